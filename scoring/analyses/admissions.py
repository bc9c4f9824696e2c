"""How old admitted debt is, and how long it stays: which comments already stood a year before the moment, and which of
a year before stand now (catalogue 4.34, sat.3; 4.30, cul.6)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scoring.facts import AdmissionFacts, AdmittedBefore, CodeFacts, FileEntry
from scoring.readers.admissions import folded

Earlier = Mapping[str, AdmissionFacts | None]
"""path -> what its version of a year ago admitted; None where that version could not be read."""

Comments = tuple[tuple[int, str], ...]
"""(line, folded text) of each comment of admitted debt in one file."""


class Since(NamedTuple):
    """What a year changed of the admitted debt."""

    old_comments: tuple[tuple[str, int], ...] = ()
    """(path, line) of each comment that already stood in its file a year before, by place."""
    before: AdmittedBefore | None = None


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


SAMPLED = 60
"""Of the modules that have changed and admit nothing now: so many are read as they were, which costs a scan little."""


class YearBefore(NamedTuple):
    """The Python modules that stood a year before, by what became of them. A module that nothing can read now is in
    none."""

    kept: tuple[str, ...]
    """Where those stand now whose bytes are the same, at their path or at another; each once for every such module."""
    changed: tuple[str, ...]
    """Those that admit something now."""
    others: tuple[str, ...]
    """Of the rest, which have changed or are gone, those to read: the first by the name of their blob, which is as good
    as by lot and the same on every machine."""
    rest: int
    """How many the rest are."""


def year_before(then: Mapping[str, str], entries: Sequence[FileEntry], admitted: Mapping[str, Comments]) -> YearBefore:
    """`then`: path -> blob of each Python module that stood a year before."""
    places = {entry.blob: entry.path for entry in entries if entry.facts}
    unread = {entry.path for entry in entries if not entry.facts}
    left = {path: blob for path, blob in then.items() if blob not in places and path not in unread}
    rest = sorted((blob, path) for path, blob in left.items() if path not in admitted)
    return YearBefore(
        kept=tuple(places[blob] for blob in then.values() if blob in places),
        changed=tuple(sorted(path for path in left if path in admitted)),
        others=tuple(path for _, path in rest[:SAMPLED]),
        rest=len(rest),
    )


def in_doubt(admitted: Mapping[str, Comments], modules: YearBefore, earlier: Earlier) -> tuple[str, ...]:
    """Modules of which something of a year before stands in no comment now: it may stand in a string, as it did then,
    since neither version was parsed for it."""
    texts = _texts(admitted)
    return tuple(path for path in (*modules.changed, *modules.others) if not _then(earlier, path) <= texts)


def admitted_before(
    admitted: Mapping[str, Comments], modules: YearBefore, earlier: Earlier, now: Earlier
) -> AdmittedBefore:
    """What stood a year before, and what of it stands: each text once for each module. `now`: what the modules in doubt
    admit now, read in the same way as those of then."""
    texts = _texts(admitted)
    kept = sum([len({text for _, text in admitted.get(path, ())}) for path in modules.kept])
    changed, still = _counted(modules.changed, earlier, now, texts)
    others, moved = _counted(modules.others, earlier, now, texts)
    read = sum([earlier.get(path) is not None for path in modules.others])
    weight = modules.rest / read if read else 0.0
    return AdmittedBefore(
        seen=kept + changed + others, stood=kept + changed + weight * others, standing=kept + still + weight * moved
    )


def _texts(admitted: Mapping[str, Comments]) -> frozenset[str]:
    return frozenset([text for comments in admitted.values() for _, text in comments])


def _then(earlier: Earlier, path: str) -> frozenset[str]:
    facts = earlier.get(path)
    return frozenset(facts.texts) if facts is not None else frozenset()


def _counted(paths: Sequence[str], earlier: Earlier, now: Earlier, texts: frozenset[str]) -> tuple[int, int]:
    """(what these modules admitted a year before, what of it stands anywhere now)."""
    then = [(_then(earlier, path), _then(now, path)) for path in paths]
    return sum([len(old) for old, _ in then]), sum([len(old & (texts | new)) for old, new in then])
