"""Since when each cut-off stands, and what its model was made from since, mined from the history (thr.3).

A cut-off was last touched by the newest commit whose version of the file holds it and the version before does not, or
by the one that brought the file. A change of the code that trains counts where a number in it or several names differ:
no header, reformat or word of help. A commit of over 30 files is a move, and makes no model anew. Versions are read by
a light reader, newest first, each once, and no further back than it takes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from operator import is_not

from scoring.analyses.coupling import MAX_CHANGE_SET
from scoring.analyses.cut_off_text import expression_of
from scoring.analyses.history_places import HistoryPlaces
from scoring.analyses.history_standing import Standing
from scoring.analyses.history_timeline import DAY, FileState, Lens
from scoring.facts import ConfigFacts, CutOffAge, CutOffFacts, FileFacts
from scoring.readers import cut_offs, readers_for
from scoring.sources.git import Change
from scoring.sources.stores import Key

MAX_VERSIONS = 300
"""Of one file that are looked back through; where none of them shows the change, nobody knows it."""
AT_A_TIME = 32
SAME_WORK_DAYS = 30
"""What changes within a month of the cut-off is the same piece of work."""
OTHER_NAMES = 6
"""Names that come, go or stand more or less often where the training does something else."""
MAX_TRAINERS = 3
"""Of one cut-off: with more of them nobody can tell whose scores it cuts."""

ReadFacts = Callable[[Sequence[Key]], Mapping[Key, FileFacts | None]]
"""Keys -> facts; None where a blob is missing or was refused."""
Changes = tuple[tuple[datetime, str], ...]
_Asked = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Keys of the cut-offs of a file, the code that trains for it, the kept models."""


class CutOffMiner:
    """Mines one repository; what a version holds is kept for the next week, and none is asked for twice."""

    def __init__(self, read: ReadFacts) -> None:
        self._read = read
        self._facts: dict[Key, FileFacts | None] = {}
        self._kept: tuple[Standing | None, tuple[CutOffAge, ...]] = (None, ())
        self._known: dict[str, tuple[_Asked, tuple[FileState, ...], tuple[CutOffAge, ...]]] = {}

    def at(self, lens: Lens, standing: Standing) -> tuple[CutOffAge, ...]:
        """The cut-offs that stand at a commit and of which it is known since when, by place."""
        if self._kept[0] is not standing:
            ages = [age for path, keys in standing.places.cut_offs for age in self._ages(lens, standing, path, keys)]
            self._kept = (standing, tuple(ages))
        return self._kept[1]

    def _ages(self, lens: Lens, standing: Standing, path: str, keys: tuple[str, ...]) -> tuple[CutOffAge, ...]:
        """Of one file; most weeks change neither it nor what trains for it."""
        if path not in standing.numbers:
            return ()
        trainers = tuple([item for item in trainers_of(standing.places, path) if item in standing.numbers])
        models = tuple([item for item in models_of(standing.places, path, trainers) if item in standing.numbers])
        asked = (keys, trainers, models)
        states = tuple([lens.state(standing.numbers[item], standing.cut) for item in (path, *trainers, *models)])
        kept = self._known.get(path)
        if kept is None or kept[0] != asked or any(map(is_not, kept[1], states)):
            found = tuple(self._found(lens, standing, path, *asked))
            kept = self._known[path] = (asked, states, found)
        return kept[2]

    def _found(
        self,
        lens: Lens,
        standing: Standing,
        path: str,
        keys: tuple[str, ...],
        trainers: tuple[str, ...],
        models: tuple[str, ...],
    ) -> Iterator[CutOffAge]:
        for key in keys:
            since = self._last_touched(lens, standing, path, key)
            if since is not None:
                replaced = _replaced(lens, standing, models, since)
                trained = self._trained(lens, standing, trainers, since) if replaced is None else replaced
                yield CutOffAge(path, key, _moment(since), models if replaced is not None else (), trained)

    def _last_touched(self, lens: Lens, standing: Standing, path: str, key: str) -> int | None:
        """Seconds since 1970; None where it could not be told."""
        timeline, number = lens.timeline, standing.numbers[path]
        stood: bool | None = None
        for place, change in self._versions(lens, standing, path):
            before, after = (self._holds(blob, change.path, key) for blob in _blobs(change))
            if before is None or after is None:
                return None
            if after and not before:
                return timeline.times[place]
            stood = stood or after
        if stood is False or len(lens.state(number, standing.cut).places) > MAX_VERSIONS:
            return None
        return timeline.times[timeline.events[number][0]]

    def _trained(self, lens: Lens, standing: Standing, trainers: Sequence[str], since: int) -> Changes | None:
        """When the code that trains came to do something else, by time; None where no such code is known, or where
        nothing is seen to have changed and not all of it could be read."""
        if not trainers:
            return None
        times, touched, found, unread = lens.timeline.times, lens.timeline.touched, [], False
        for path in trainers:
            for place, change in self._versions(lens, standing, path, since + SAME_WORK_DAYS * DAY):
                time = times[place]
                if time is not None and len(touched[place]) <= MAX_CHANGE_SET:
                    differs = self._differ(change)
                    unread = unread or differs is None
                    found += [(_moment(time), path)] if differs else []
        return tuple(sorted(found)) if found or not unread else None

    def _versions(self, lens: Lens, standing: Standing, path: str, after: int = 0) -> Iterator[tuple[int, Change]]:
        """(place, change) of the file's commits dated later, the newest first; they are read a few at a time."""
        timeline, number = lens.timeline, standing.numbers[path]
        state = lens.state(number, standing.cut)
        pairs = zip(state.places, state.times, strict=True)
        newest = sorted((place for place, time in pairs if time > after), reverse=True)[:MAX_VERSIONS]
        for start in range(0, len(newest), AT_A_TIME):
            found = [
                (place, change)
                for place in newest[start : start + AT_A_TIME]
                for change, other in zip(timeline.changes(place), timeline.inside(place), strict=True)
                if other == number and change.old != change.new
            ]
            self._learn([change for _, change in found])
            yield from found

    def _learn(self, changes: Sequence[Change]) -> None:
        """Read the versions that nobody has asked for yet."""
        keys = [key for change in changes for blob in _blobs(change) if blob for key in _keys(blob, change.path)]
        if fresh := [key for key in dict.fromkeys(keys) if key not in self._facts]:
            self._facts.update(self._read(fresh))

    def _facts_of(self, blob: str, path: str) -> FileFacts | None:
        return next((found for key in _keys(blob, path) if (found := self._facts.get(key)) is not None), None)

    def _holds(self, blob: str, path: str, key: str) -> bool | None:
        """Whether a version holds the cut-off; "" is no version; None where it could not be read."""
        facts = self._facts_of(blob, path) if blob else None
        if isinstance(facts, CutOffFacts):
            return any(map(expression_of(key).search, facts.lines))
        if isinstance(facts, ConfigFacts):
            name, _, value = key.partition("=")
            return any(item.key == name and item.value == value for item in facts.settings)
        return None if blob else False

    def _differ(self, change: Change) -> bool | None:
        """Whether there are two versions that do something else; None where one could not be read."""
        blobs = _blobs(change)
        if not all(blobs):
            return False
        before, after = (self._facts_of(blob, change.path) for blob in blobs)
        if not isinstance(before, CutOffFacts) or not isinstance(after, CutOffFacts):
            return None
        return before.numbers != after.numbers or len(set(before.names) ^ set(after.names)) >= OTHER_NAMES


def trainers_of(places: HistoryPlaces, path: str) -> tuple[str, ...]:
    """Modules that train what the file cuts: itself, else those of the nearest folder above, else the only one."""
    trainers = places.trainers
    if path in trainers:
        return (path,)
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        if near := tuple([item for item in trainers if item.rpartition("/")[0] == folder]):
            return near if len(near) <= MAX_TRAINERS else ()
    return trainers if len(trainers) == 1 else ()


def models_of(places: HistoryPlaces, path: str, trainers: Sequence[str]) -> tuple[str, ...]:
    """Kept models: of the folder that holds the cut-off or its training, or of a component with one training."""
    if len(places.trainers) <= 1:
        return places.kept_models
    folders = tuple({folder + "/" for item in (path, *trainers) if (folder := item.rpartition("/")[0])})
    return tuple([item for item in places.kept_models if item.startswith(folders)]) if folders else ()


def _replaced(lens: Lens, standing: Standing, models: Sequence[str], since: int) -> Changes | None:
    """When a kept model was replaced, by time; None where git knows of none."""
    states = [(path, lens.state(standing.numbers[path], standing.cut)) for path in models]
    after = since + SAME_WORK_DAYS * DAY
    found = [(_moment(time), path) for path, state in states for time in state.times if time > after]
    return tuple(sorted(found)) if any(state.times for _, state in states) else None


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _blobs(change: Change) -> tuple[str, str]:
    """Before and after; "" where there was no file."""
    before = "" if change.status == "A" or not change.old.strip("0") else change.old
    return before, change.new if change.new.strip("0") else ""


def _keys(blob: str, path: str) -> tuple[Key, ...]:
    if path.endswith(".py"):
        return ((blob, cut_offs.READER.name, cut_offs.READER.version),)
    return tuple([(blob, item.name, item.version) for item in readers_for(path) if item.name.startswith("config")])
