"""Who could maintain the machine-learning files: authorship, truck factor, hot and solo files (catalogue 3.6, 9 Q5)."""

import math
from collections.abc import Mapping, Sequence

import msgspec

from scoring.analyses.authorship import authors, truck_factor
from scoring.analyses.history_timeline import Lens

MIN_AUTHORS = 4
"""Under four authors in 12 months the three measures do not apply (catalogue 2.5, rule 6)."""
MIN_HOT_POPULATION = 5
"""A decile of fewer files says nothing."""
HOT_SHARE = 0.10


class Knowledge(msgspec.Struct, frozen=True):
    truck_factor: int | None = None
    solo: tuple[str, ...] = ()
    authored: int = 0


class Authorship:
    """The authors of files under one lens; each version of a file is computed once, while who is who stays."""

    def __init__(self, lens: Lens) -> None:
        self._lens = lens
        self._known: dict[int, tuple[list[int], int, tuple[int, ...]]] = {}

    def knowledge(self, files: Sequence[tuple[str, int]], cut: int) -> Knowledge:
        """Of (path, file number), at the place `cut`."""
        persons = self._lens.persons(cut)
        authored: list[tuple[int, ...]] = []
        solo: list[str] = []
        totals: dict[int, int] = {}
        for path, number in files:
            people = self._authors(number, cut, persons)
            if not people:
                continue
            authored.append(people)
            if len(people) == 1:
                solo.append(path)
            for signature, count in self._lens.state(number, cut).changes:
                totals[persons[signature]] = totals.get(persons[signature], 0) + count
        if not authored:
            return Knowledge()
        return Knowledge(truck_factor(authored, totals), tuple(sorted(solo)), len(authored))

    def _authors(self, number: int, cut: int, persons: list[int]) -> tuple[int, ...]:
        state = self._lens.state(number, cut)
        known = self._known.get(number)
        if known is None or known[0] is not persons or known[1] != state.commits:
            changes: dict[int, int] = {}
            for signature, count in state.changes:
                changes[persons[signature]] = changes.get(persons[signature], 0) + count
            creator = None if state.creator is None else persons[state.creator]
            known = self._known[number] = (persons, state.commits, authors(changes, creator))
        return known[2]


def hot_files(revisions: Mapping[str, int], lines: Mapping[str, int]) -> tuple[str, ...]:
    """The top decile of rank percentile (revisions) x rank percentile (lines), among files revised at all."""
    if len(lines) < MIN_HOT_POPULATION:
        return ()
    by_revisions = _percentiles({path: revisions.get(path, 0) for path in lines})
    by_lines = _percentiles(lines)
    alive = [path for path in lines if revisions.get(path, 0)]
    order = sorted(alive, key=lambda path: (-by_revisions[path] * by_lines[path], path))
    return tuple(sorted(order[: math.ceil(len(lines) * HOT_SHARE)]))


def _percentiles(values: Mapping[str, int]) -> dict[str, float]:
    """Share of files with at most this value."""
    at_most = {value: position for position, value in enumerate(sorted(values.values()), 1)}
    return {path: at_most[value] / len(values) for path, value in values.items()}
