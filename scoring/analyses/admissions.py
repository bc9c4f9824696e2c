"""How old admitted debt is: which comments already stood a year before the moment (catalogue 4.34, sat.3)."""

from collections.abc import Mapping, Sequence

from scoring.facts import AdmissionFacts, CodeFacts, FileEntry
from scoring.readers.admissions import folded

Earlier = Mapping[str, AdmissionFacts | None]
"""path -> what its version of a year ago admitted; None where that version could not be read."""

Comments = tuple[tuple[int, str], ...]
"""(line, folded text) of each comment of admitted debt in one file."""


class Admitting:
    """Finds the comments of admitted debt; each file that stands in the next snapshot too is looked at once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, bool], Comments] = {}

    def comments(self, entries: Sequence[FileEntry]) -> dict[str, Comments]:
        """path -> its comments, for the files that have any, in the order of the entries."""
        known = self._known
        self._known = {}
        found: dict[str, Comments] = {}
        for entry in entries:
            key = (entry.path, entry.blob, bool(entry.facts))  # a link has no facts where a file of its blob has
            comments = known.get(key)
            if comments is None:
                comments = _comments(entry)
            self._known[key] = comments
            if comments:
                found[entry.path] = comments
        return found


def _comments(entry: FileEntry) -> Comments:
    return tuple(
        (comment.line, folded(comment.text))
        for facts in entry.facts
        if isinstance(facts, CodeFacts)
        for comment in facts.comments
    )


def standing_comments(admitted: Mapping[str, Comments], earlier: Earlier) -> tuple[tuple[str, int], ...]:
    """(path, line) of each comment that already stood in its file a year before, by place."""
    old: list[tuple[str, int]] = []
    for path, comments in admitted.items():
        then = earlier.get(path)
        if then is not None:
            old.extend((path, line) for line, text in comments if text in then.texts)
    return tuple(sorted(old))
