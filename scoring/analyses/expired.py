"""What a file still uses that a later release of the library lacks (abs.9)."""

from collections.abc import Iterator

from scoring.analyses.idioms import of_kind
from scoring.facts import Idiom, PythonFacts
from scoring.findings import Hit, Tally
from scoring.knowledge.expired import ROOTS, Release, release_of

SHOWN = 3
"""Names in a message."""
OWNERS = {"pandas": "a frame", "keras": "a network"}
PARTS = {
    "pandas fillna": "`method` of a frame's `fillna`",
    "pandas drop": "an axis without its name, in a frame's `drop`,",
}
"""Methods of which only an argument went."""


def expired_names(facts: PythonFacts) -> Tally | None:
    """One hit for each release that a file's names did not survive; None for files that import no such library."""
    if not any(module in ROOTS for module, _ in facts.name_uses):
        return None
    hits = tuple(_hits(of_kind(facts, "expired")))
    return Tally(1, len(hits), hits)


def _hits(found: list[Idiom]) -> Iterator[Hit]:
    releases: dict[Release, list[Idiom]] = {}
    for item in found:
        releases.setdefault(release_of(item.subject), []).append(item)
    for release, items in sorted(releases.items()):
        items = sorted(items, key=lambda item: (item.line, item.subject))
        names = [_shown(item.subject) for item in items]
        lines = sum(int(item.detail) for item in items)
        yield Hit(
            line=items[0].line,
            end_line=items[0].end_line,
            key=f"{release.package} {release.version}{' kept' if release.kept else ''}",
            symbol=items[0].scope,
            message=_message(release, names, lines),
            evidence={"names": len(names), "lines": lines},
            remedy=f"Write {release.instead}.",
        )


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
    return (
        f"{listed}{where} {gone} gone from {release.package} {release.version}: from that release on this code fails, "
        "so an older one has to be kept."
    )
