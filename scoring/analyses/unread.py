"""What went unread: of each source, the share of files that a reader would have read and could not (catalogue 2.3)."""

from collections import Counter
from collections.abc import Iterable, Iterator

from scoring.facts import FileEntry
from scoring.findings import CFG, NB, PKG, PY, SQL

SOURCE_ROLES = {PKG: frozenset({"packaging", "ci", "task", "docs"}), CFG: frozenset({"config"})}
LISTING_CUT = 0.5
"""Least share of every source where the tree itself could not be listed whole."""


def unread_shares(files: Iterable[FileEntry], *, complete: bool) -> dict[str, float]:
    """Source -> share of its files that went unread, 0..1; `complete` where the whole tree was listed."""
    total: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    kinds = Counter([(entry.language, entry.roles, bool(entry.skipped)) for entry in files])
    for (language, roles, skipped), count in kinds.items():
        for source in _sources_of(language, roles):
            total[source] += count
            missed[source] += count if skipped else 0
    shares = {source: missed[source] / count for source, count in total.items()}
    if not complete:
        shares = {source: max(LISTING_CUT, shares.get(source, 0.0)) for source in (PY, NB, SQL, CFG, PKG)}
    return shares


def _sources_of(language: str, roles: frozenset[str]) -> Iterator[str]:
    if language == "python":
        yield PY
    elif language == "jupyter":
        yield PY
        yield NB
    elif language == "sql":
        yield SQL
    for source, of_source in SOURCE_ROLES.items():
        if roles & of_source:
            yield source
