"""Who knows which file: degree of authorship, and the truck factor of Avelino et al. 2016 (catalogue 3.6)."""

import math
from collections.abc import Mapping, Sequence

BASE, FIRST, DELIVERY, OTHERS = 3.293, 1.098, 0.164, 0.321
"""DOA(d, f) = 3.293 + 1.098 FA + 0.164 DL - 0.321 ln(1 + AC): Fritz et al. 2014, as Avelino et al. use it."""
AUTHOR_SHARE = 0.75
AUTHOR_DOA = 3.293
COVERED = 0.5
MINOR_SHARE = 0.10
"""Developers with under a tenth of the top one's files are dropped from the truck factor's set."""


def authors(changes: Mapping[int, int], creator: int | None) -> tuple[int, ...]:
    """The authors of one file, sorted. `changes`: person -> changes after its creation; `creator`: who created it.

    d is an author where DOA / max DOA > 0.75 and DOA >= 3.293.
    """
    total = sum(changes.values())
    people = set(changes) if creator is None else {*changes, creator}
    degrees = {
        person: BASE
        + FIRST * (person == creator)
        + DELIVERY * changes.get(person, 0)
        - OTHERS * math.log1p(total - changes.get(person, 0))
        for person in people
    }
    top = max(degrees.values(), default=0.0)
    return tuple(sorted(person for person, doa in degrees.items() if doa >= AUTHOR_DOA and doa / top > AUTHOR_SHARE))


def truck_factor(files: Sequence[tuple[int, ...]], changes: Mapping[int, int]) -> int:
    """How many people must leave before half of the authored files have no author left.

    `files`: the authors of each file that has any; `changes`: person -> changes over all of them, which breaks ties.
    """
    owned: dict[int, set[int]] = {}
    for number, people in enumerate(files):
        for person in people:
            owned.setdefault(person, set()).add(number)
    left = [len(people) for people in files]
    covered = len(files)
    removed: list[int] = []
    order = sorted(owned, key=lambda person: (-len(owned[person]), -changes.get(person, 0), person))
    for person in order:
        if not files or covered / len(files) < COVERED:
            break
        removed.append(len(owned[person]))
        for number in owned[person]:
            left[number] -= 1
            covered -= left[number] == 0
    return sum(1 for count in removed if count >= MINOR_SHARE * removed[0])
