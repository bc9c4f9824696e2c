"""What the weeks of a history share: the files that stand at a commit, and counts over a window that moves by days.

A week differs from its neighbour by a few commits at either end of its windows, and often by no commit at all. So the
counts are carried from week to week by what came and what went, and what a commit alone fixes is kept while it stands.
Every answer is the one that a first question would give: nothing here depends on which week was asked before.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Generic, TypeVar

from scoring.analyses.history_knowledge import Authorship, Knowledge
from scoring.analyses.history_places import HistoryPlaces
from scoring.analyses.history_timeline import Lens
from scoring.analyses.memo import Latest

Counted = TypeVar("Counted", bound=Hashable)


class Sliding(Generic[Counted]):
    """How often each thing stands in the commits of a window; counted anew only where most of the window is new."""

    def __init__(self, things: Callable[[int], Iterable[Counted]]) -> None:
        self._things = things
        self._window: frozenset[int] = frozenset()
        self._counts: dict[Counted, int] = {}

    def counts(self, window: frozenset[int]) -> dict[Counted, int]:
        """Thing -> how often, where at all; to be read before the next question."""
        gone, come = self._window - window, window - self._window
        if len(gone) + len(come) > len(window):
            self._counts, gone, come = {}, frozenset(), window
        counts = self._counts
        for place in come:
            for thing in self._things(place):
                counts[thing] = counts.get(thing, 0) + 1
        for place in gone:
            for thing in self._things(place):
                left = counts[thing] - 1
                if left:
                    counts[thing] = left
                else:
                    del counts[thing]
        self._window = window
        return counts


class Hands:
    """Who changed any of some files, and how often, by the commits of a window."""

    def __init__(self, lens: Lens) -> None:
        self._touched = lens.timeline.touched
        self._signature = lens.timeline.signature
        self._rests_on: tuple[frozenset[int], list[int]] | None = None
        self._sliding: Sliding[int] = Sliding(lambda place: ())

    def changes(self, numbers: frozenset[int], persons: list[int], window: frozenset[int]) -> dict[int, int]:
        """Person -> commits to the files with these numbers; `persons`: signature -> person. To be read before the next
        question."""
        kept = self._rests_on
        if kept is None or kept[0] != numbers or kept[1] is not persons:
            self._rests_on = (numbers, persons)
            touched, signature = self._touched, self._signature
            self._sliding = Sliding(
                lambda place: () if numbers.isdisjoint(touched[place]) else (persons[signature[place]],)
            )
        return self._sliding.counts(window)


class Standing:
    """The files of a snapshot as the history knows them at one commit, under one lens."""

    def __init__(self, lens: Lens, cut: int, places: HistoryPlaces) -> None:
        self.cut, self.places = cut, places
        self._timeline = timeline = lens.timeline
        at, prefix = timeline.files.at, timeline.prefix
        self.numbers = {path: number for path in places.files if (number := at(prefix + path, cut)) is not None}
        """path -> file number, for paths that the history knows."""
        self.names = {number: path for path, number in self.numbers.items()}
        self._states = {path: lens.state(number, cut) for path, number in self.numbers.items()}
        self.ml = [(path, self.numbers[path]) for path in places.ml if path in self.numbers]
        self.research, self.production = self._known(places.research), self._known(places.production)
        self._newest = {path: time for path in self.numbers if (time := self._newest_of(path)) is not None}
        self._ceiling = max(self._newest.values(), default=0)
        self._dated: dict[str, datetime] | None = None
        self._knowledge: Knowledge | None = None
        self._factors: tuple[tuple[str, int, int], ...] | None = None

    def knowledge(self, authorship: Authorship) -> Knowledge:
        """Who could maintain the machine-learning files; `authorship` is of the same lens."""
        if self._knowledge is None:
            self._knowledge = authorship.knowledge(self.ml, self.cut)
        return self._knowledge

    def factors(self, authorship: Authorship) -> tuple[tuple[str, int, int], ...]:
        """(language, its truck factor, its files that have an author) of each language with any."""
        if self._factors is None:
            numbers = self.numbers
            told = (
                (name, authorship.knowledge([(path, numbers[path]) for path in paths if path in numbers], self.cut))
                for name, paths in self.places.languages
            )
            self._factors = tuple(
                (name, known.truck_factor, known.authored) for name, known in told if known.truck_factor is not None
            )
        return self._factors

    def last(self, latest: int) -> dict[str, int]:
        """path -> seconds of its last change up to `latest`: of the commits that count, else of any."""
        if self._ceiling <= latest:
            return self._newest
        found = {}
        for path, state in self._states.items():
            times = [time for time in state.times if time <= latest] or self._any_times(path, latest)
            if times:
                found[path] = max(times)
        return found

    def dated(self, last: dict[str, int], moment: Callable[[int], datetime]) -> dict[str, datetime]:
        """The same as datetimes; kept where every week of the commit gets it."""
        if last is not self._newest:
            return {path: moment(time) for path, time in last.items()}
        if self._dated is None:
            self._dated = {path: moment(time) for path, time in last.items()}
        return self._dated

    def _newest_of(self, path: str) -> int | None:
        times: Sequence[int] = self._states[path].times
        return times[-1] if times else max(self._any_times(path), default=None)

    def _any_times(self, path: str, latest: int | None = None) -> list[int]:
        times = (
            self._timeline.times[place] for place in self._timeline.events[self.numbers[path]] if place <= self.cut
        )
        return [time for time in times if time is not None and (latest is None or time <= latest)]

    def _known(self, paths: Iterable[str]) -> frozenset[int]:
        return frozenset([self.numbers[path] for path in paths if path in self.numbers])


class Shared:
    """What the weeks under one lens share."""

    def __init__(self, lens: Lens, max_change_set: int) -> None:
        touched, numbers = lens.timeline.touched, lens.timeline.numbers
        self.lens = lens
        self.authorship = Authorship(lens)
        self.revisions = Sliding(numbers)
        self.narrow = Sliding(lambda place: numbers(place) if len(touched[place]) <= max_change_set else ())
        self.active = Sliding(lens.timeline.folders)
        self.research, self.production = Hands(lens), Hands(lens)
        self.hot: Latest[tuple[str, ...]] = Latest()
        self.coupling: Latest[tuple[float | None, tuple[tuple[str, str, float], ...], int]] = Latest()
        self._standing: Standing | None = None
        self._moments: dict[int, datetime] = {}

    def standing(self, cut: int, places: HistoryPlaces) -> Standing:
        """The files at a commit; the last ones asked for are kept."""
        kept = self._standing
        if kept is None or kept.cut != cut or kept.places is not places:
            kept = self._standing = Standing(self.lens, cut, places)
        return kept

    def moment(self, seconds: int) -> datetime:
        """The seconds as a datetime in UTC."""
        known = self._moments.get(seconds)
        if known is None:
            known = self._moments[seconds] = datetime.fromtimestamp(seconds, UTC)
        return known
