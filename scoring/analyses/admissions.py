"""How old admitted debt is: which comments already stood a year before the moment (catalogue 4.34, sat.3)."""

from collections.abc import Mapping, Sequence

from scoring.facts import AdmissionFacts, FileEntry, PythonFacts
from scoring.readers.admissions import folded

Earlier = Mapping[str, AdmissionFacts | None]
"""path -> what its version of a year ago admitted; None where that version could not be read."""


def admitting(entries: Sequence[FileEntry]) -> tuple[FileEntry, ...]:
    """Files that hold a comment of admitted debt today."""
    return tuple(
        entry for entry in entries if any(isinstance(item, PythonFacts) and item.comments for item in entry.facts)
    )


def standing_comments(entries: Sequence[FileEntry], earlier: Earlier) -> tuple[tuple[str, int], ...]:
    """(path, line) of each comment that already stood in its file a year before, by place."""
    old: list[tuple[str, int]] = []
    for entry in admitting(entries):
        then = earlier.get(entry.path)
        if then is None:
            continue
        for facts in entry.facts:
            if isinstance(facts, PythonFacts):
                old.extend(
                    (entry.path, comment.line) for comment in facts.comments if folded(comment.text) in then.texts
                )
    return tuple(sorted(old))
