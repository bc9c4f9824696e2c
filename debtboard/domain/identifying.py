"""Which finding of a snapshot is which finding of before: by its fingerprint, or carried over a rename by its anchor.

A rename is: the old path is gone and the new path was not there. Without both trees nothing is carried.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from posixpath import basename

from scoring.findings import Finding as Found


@dataclass(frozen=True, slots=True)
class Known:
    """A finding of the neighbouring snapshot."""

    pk: int
    anchor: str
    path: str


def matched(found: Sequence[Found], present: Mapping[str, int], keys: Mapping[str, int]) -> dict[str, int]:
    """fingerprint -> finding's pk; each finding is taken once, by its present fingerprint before its earlier ones."""
    taken: dict[str, int] = {}
    used: set[int] = set()
    for names in (present, keys):
        for item in found:
            pk = names.get(item.id)
            if pk is not None and pk not in used and item.id not in taken:
                taken[item.id] = pk
                used.add(pk)
    return taken


def carried(
    unmatched: Iterable[Found], left: Iterable[Known], paths: frozenset[str], paths_before: frozenset[str] | None
) -> dict[str, int]:
    """fingerprint -> finding's pk for findings whose file was renamed between the two snapshots."""
    if paths_before is None:
        return {}
    gone: dict[str, list[Known]] = defaultdict(list)
    for known in sorted(left, key=lambda k: (k.path, k.pk)):
        if known.path not in paths:
            gone[known.anchor].append(known)
    taken: dict[str, int] = {}
    for item in sorted(unmatched, key=lambda f: (f.path, f.line, f.id)):
        if item.path in paths_before or not gone[item.anchor]:
            continue
        candidates = gone[item.anchor]
        same_name = [known for known in candidates if basename(known.path) == basename(item.path)]
        if not same_name and len({known.path for known in candidates}) > 1:
            continue
        chosen = (same_name or candidates)[0]
        candidates.remove(chosen)
        taken[item.id] = chosen.pk
    return taken
