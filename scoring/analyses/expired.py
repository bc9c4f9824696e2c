"""What a file still uses that a later release of the library lacks (abs.9)."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from scoring.analyses.declarations import PINNED, covers, declarations, indexes, is_pinned
from scoring.analyses.idioms import of_kind
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.published import kloc_run
from scoring.analyses.versions import admits
from scoring.analyses.view import PythonFile, View, once
from scoring.facts import Idiom
from scoring.findings import Answer, Hit, Measure, NotApplicable
from scoring.knowledge.expired import ROOTS, Release, release_of
from scoring.knowledge.majors import month_at

SHOWN = 3
"""Names in a message."""
LOW, HIGH = 1, 3
"""Severities."""
OWNERS = {"pandas": "a frame", "keras": "a network"}
PARTS = {
    "pandas fillna": "`method` of a frame's `fillna`",
    "pandas drop": "an axis without its name, in a frame's `drop`,",
}
"""Methods of which only an argument went."""


def expired_names(view: View) -> Answer:
    """One finding for each release that names did not survive, where it weighs most: high where what is declared lets
    that release in, low where it keeps it out, or where the package keeps the name. Each file counts. A release that
    came out after the moment is told and not counted: nobody could know of it then, and whoever reads of it wants to.
    """
    files = [file for file in once(view.with_shown) if _imports_one(file)]
    if not files:
        return NotApplicable("no library is imported whose lost names are known")
    now = month_at(view.as_of)
    found = [(file, item) for file in files for item in _found_in(file)]
    out = sum([item.release.month <= now for _, item in found])
    by_release: dict[Release, list[Hit]] = {}
    for file, item in found:
        by_release.setdefault(item.release, []).append(placed(_ranked(view, file, item), file))
    hits = tuple([_together(told) for told in by_release.values()])
    return Measure(out / max(1.0, kloc_run(view, ml=True) / 10), len(files), hits)


_imports_one: Memo[PythonFile, bool] = Memo(lambda file: any(module in ROOTS for module, _ in file.facts.name_uses))
_found_in: Memo[PythonFile, tuple["_Found", ...]] = Memo(lambda file: tuple(_hits(of_kind(file.facts, "expired"))))


class _Found(NamedTuple):
    release: Release
    hit: Hit
    """Without what is declared: `_ranked` says what follows of that."""


def _ranked(view: View, file: PythonFile, found: _Found) -> Hit:
    release, hit = found
    if release.kept:
        return msgspec.structs.replace(hit, severity=LOW)
    unranked = _with(hit, "so an older one has to be kept.")
    listed = [item for item in indexes(view).own.find([release.package]) if covers(item.place, file.path)]
    if not listed:
        return unranked
    admitting = [item for item in listed if admits(item.requirement.specifier, release.version)]
    known = declarations(view)
    if any(item.requirement.pin not in PINNED and is_pinned(item, known) for item in admitting):
        return unranked  # at whatever version a lock says
    name = (admitting or listed)[0].path.rpartition("/")[2]
    follows, rank = (f"and {name} lets it in.", HIGH) if admitting else (f"so {name} holds it back.", LOW)
    return msgspec.structs.replace(_with(hit, follows), severity=rank)


def _together(told: list[Hit]) -> Hit:
    """What one release took away is one move, whatever number of files it is made in."""
    first = max(told, key=lambda hit: (hit.severity, hit.evidence["lines"]))
    others = len(told) - 1
    if not others:
        return first
    more = f"{others} other files use" if others > 1 else "One other file uses"
    said = f"{first.message} {more} what that release took away or keeps for a while."
    return msgspec.structs.replace(first, message=said, evidence={**first.evidence, "files": others + 1})


def _with(hit: Hit, follows: str) -> Hit:
    return msgspec.structs.replace(hit, message=f"{hit.message}, {follows}")


def _hits(found: list[Idiom]) -> Iterator[_Found]:
    releases: dict[Release, list[Idiom]] = {}
    for item in found:
        releases.setdefault(release_of(item.subject), []).append(item)
    for release, items in sorted(releases.items()):
        items = sorted(items, key=lambda item: (item.line, item.subject))
        names = [_shown(item.subject) for item in items]
        lines = sum(int(item.detail) for item in items)
        hit = Hit(
            line=items[0].line,
            end_line=items[0].end_line,
            key=f"{release.package} {release.version}{' kept' if release.kept else ''}",
            symbol=items[0].scope,
            message=_message(release, names, lines),
            evidence={"names": len(names), "lines": lines},
            remedy=f"Write {release.instead}.",
        )
        yield _Found(release, hit)


def _shown(entry: str) -> str:
    """An entry of the table as a reader knows it: a name, a method of a frame, an argument of a call."""
    if entry in PARTS:
        return PARTS[entry]
    owner, _, part = entry.partition(" ")
    if not part:
        return f"`{owner}`"
    return f"`{part}` of {OWNERS.get(owner) or f'`{owner}`'}"


def _message(release: Release, names: list[str], lines: int) -> str:
    told = names if len(names) <= SHOWN else [*names[:SHOWN], f"{len(names) - SHOWN} more"]
    listed = told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"
    where = f" ({lines} lines of this file)" if lines > 1 else ""
    if release.kept:
        return (
            f"{listed}{where} is what {release.package} had before {release.version}, kept for code that is not "
            "moved yet: what is written on it has that move before it."
        )
    gone = "is" if len(names) == 1 else "are"
    return f"{listed}{where} {gone} gone from {release.package} {release.version}: from that release on this code fails"
