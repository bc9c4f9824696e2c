"""What went unread: of each source, the share of files that a reader would have read and could not (catalogue 2.3)."""

from collections.abc import Iterable, Iterator

from scoring.facts import FileEntry
from scoring.findings import CFG, NB, PKG, PY, SQL

SOURCE_ROLES = {PKG: frozenset({"packaging", "ci", "task", "docs"}), CFG: frozenset({"config"})}
LISTING_CUT = 0.5
"""Least share of every source where the tree itself could not be listed whole."""


def unread_shares(files: Iterable[FileEntry], *, complete: bool) -> dict[str, float]:
    """Source -> share of its files that went unread, 0..1; `complete` where the whole tree was listed."""
    total: dict[str, int] = {}
    missed: dict[str, int] = {}
    for entry in files:
        for source in _sources_of(entry):
            total[source] = total.get(source, 0) + 1
            if entry.skipped:
                missed[source] = missed.get(source, 0) + 1
    shares = {source: missed.get(source, 0) / count for source, count in total.items()}
    if not complete:
        shares = {source: max(LISTING_CUT, shares.get(source, 0.0)) for source in (PY, NB, SQL, CFG, PKG)}
    return shares


def _sources_of(entry: FileEntry) -> Iterator[str]:
    if entry.language == "python":
        yield PY
    elif entry.language == "jupyter":
        yield PY
        yield NB
    elif entry.language == "sql":
        yield SQL
    for source, roles in SOURCE_ROLES.items():
        if entry.roles & roles:
            yield source
