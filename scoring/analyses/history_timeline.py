"""The log of a repository as arrays over one order of its commits (`scoring.analyses.history_order`).

`Timeline` holds what no convention of the team can change; `Lens` reads it under one .mailmap and one list of ignored
revisions: who is who, and which commits count.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

import msgspec

from scoring.analyses.history_kinds import adds, is_config, removes, repairs, serves, synchronises, was_reviewed
from scoring.analyses.history_order import Files, ordered
from scoring.analyses.identity import People, Signature
from scoring.sources.git import Change, LoggedCommit

MAX_FILES = 100
"""Commits that touch more are mass reformats and imports; they count for nobody (catalogue 2.4)."""
DAY = 86_400
_REVISION = re.compile(rb"^\s*([0-9a-f]{40}(?:[0-9a-f]{24})?)\b")


CODE = (".py", ".ipynb", ".pyx", ".R", ".r", ".sql", ".scala", ".java", ".jl", ".c", ".cc", ".cpp", ".cu", ".h", ".sh")
"""Ends of the names of files that hold code of a model."""


class FileState(msgspec.Struct, frozen=True):
    """One file after some of its commits: those that count."""

    times: tuple[int, ...]
    """Seconds since 1970 of its dated commits, ascending."""
    places: tuple[int, ...]
    """Their places in the order, parallel to `times`."""
    changes: tuple[tuple[int, int], ...]
    """(signature, changes after the creation), sorted."""
    creator: int | None
    """The signature that created it, where that commit counts."""
    commits: int
    """How many there are, dated or not."""


class Work(msgspec.Struct, frozen=True, gc=False):
    """What kind of work one eligible commit is: asked of the commits of a window, a few of a long history."""

    service: bool
    removing: bool
    adding: bool
    repairing: bool
    untraced: bool
    """It came to the main line by itself, and nothing says that anybody reviewed it."""
    configs: tuple[int, ...]
    """The configuration files of the component that it touched."""
    only_configs: bool


class _Told(msgspec.Struct, frozen=True, gc=False):
    """What an eligible commit says: no more of it than its kind can be told from."""

    subject: str
    statuses: str
    """One letter for each path."""
    paths: tuple[str, ...]
    numbers: tuple[int, ...]
    """The files that stand at the paths."""
    untraced: bool
    """It came to the main line by itself, and no trailer says that anybody reviewed it."""
    blobs: bytes
    """Before and after, of each change: names as bytes, which take half the room."""


class Timeline:
    """Arrays by place; `prefix` is the component's folder with its slash, or ""."""

    def __init__(self, log: Iterable[LoggedCommit], head: str, prefix: str) -> None:
        commits, self.line = ordered(log, head)
        self.prefix = prefix
        self.ids = [commit.id for commit in commits]
        self.times = [commit.committed for commit in commits]
        self.files = Files()
        self.events: list[list[int]] = []
        """The places of each file's changes, ascending."""
        self.born: set[int] = set()
        """Files that were new at the first of them."""
        self.touched: list[tuple[int, ...]] = []
        self.eligible = bytearray(len(commits))
        """Neither a merge nor a mass change, and inside the component."""
        self.signature: list[int] = []
        self.seen: list[int] = []
        """How many signatures the commits up to this place have shown."""
        self._told: list[_Told | None] = []
        self._works: dict[int, Work] = {}
        self._folders: dict[int, tuple[str, ...]] = {}
        self._code_folders: dict[int, tuple[str, ...]] = {}
        self._repeated: dict[int, tuple[int, ...]] = {}
        self._direct = frozenset(self.line.values())
        self._numbers: dict[Signature, int] = {}
        for place, commit in enumerate(commits):
            self._add(place, commit)
        self.signatures = list(self._numbers)

    def _add(self, place: int, commit: LoggedCommit) -> None:
        self.signature.append(self._numbers.setdefault((commit.name, commit.email), len(self._numbers)))
        self.seen.append(len(self._numbers))
        numbers = []
        for number, new in self.files.apply(place, commit.changes):
            numbers.append(number)
            if number == len(self.events):
                self.events.append([])
            self.events[number].append(place)
            if new:
                self.born.add(number)
        if len(commit.parents) > 1 or not 0 < len(numbers) <= MAX_FILES:
            self.touched.append(())
            self._told.append(None)
            return
        touched = (numbers[0],) if len(numbers) == 1 else tuple(sorted(set(numbers)))
        self.touched.append(touched)
        if len(touched) < len(numbers):
            self._repeated[place] = tuple(sorted(numbers))
        paths = tuple([change.path for change in commit.changes])
        if self.prefix and not any(path.startswith(self.prefix) for path in paths):
            self._told.append(None)
            return
        self.eligible[place] = 1
        statuses = "".join([change.status for change in commit.changes])
        untraced = place in self._direct and not commit.approved
        blobs = bytes.fromhex("".join([change.old + change.new for change in commit.changes]))
        self._told.append(_Told(commit.subject, statuses, paths, tuple(numbers), untraced, blobs))

    def numbers(self, place: int) -> tuple[int, ...]:
        """The files that the commit touched, as `touched`, but each as often as the commit changed it."""
        return self._repeated.get(place) or self.touched[place]

    def folders(self, place: int) -> tuple[str, ...]:
        """Folders of the component that the commit touched, where it is eligible."""
        found = self._folders.get(place)
        if found is None:
            found = self._folders[place] = _folders(self._inside(place))
        return found

    def code_folders(self, place: int) -> tuple[str, ...]:
        """Of these, where it changed code: a model's README and settings are not the model."""
        found = self._code_folders.get(place)
        if found is None:
            code = [path for path in self._inside(place) if path.endswith(CODE)]
            found = self._code_folders[place] = _folders(code)
        return found

    def _inside(self, place: int) -> list[str]:
        told, prefix = self._told[place], self.prefix
        return [path.removeprefix(prefix) for path in told.paths if path.startswith(prefix)] if told else []

    def changes(self, place: int) -> list[Change]:
        """What an eligible commit changed in the component; paths begin at its folder."""
        told, prefix = self._told[place], self.prefix
        if told is None:
            return []
        size = len(told.blobs) // len(told.paths) // 2
        found = []
        for step, (status, path) in enumerate(zip(told.statuses, told.paths, strict=True)):
            if path.startswith(prefix):
                start, inside = 2 * size * step, path[len(prefix) :]
                old, new = told.blobs[start : start + size].hex(), told.blobs[start + size : start + 2 * size].hex()
                found.append(Change(status, inside, inside, old, new))
        return found

    def inside(self, place: int) -> list[int]:
        """The files that these changes are of, in their order."""
        told, prefix = self._told[place], self.prefix
        if told is None:
            return []
        return [number for number, path in zip(told.numbers, told.paths, strict=True) if path.startswith(prefix)]

    def synchronises(self, place: int) -> bool:
        """Whether an eligible commit brings over what was worked on elsewhere."""
        told = self._told[place]
        return told is not None and synchronises(told.subject)

    def work(self, place: int) -> Work:
        """The kind of an eligible commit."""
        found = self._works.get(place)
        if found is None:
            told = self._told[place]
            assert told is not None
            found = self._works[place] = self._work(told)
        return found

    def _work(self, told: _Told) -> Work:
        prefix, start = self.prefix, len(self.prefix)
        inside = [
            Change(status, path, path, "", "")
            for status, path in zip(told.statuses, told.paths, strict=True)
            if path.startswith(prefix)
        ]
        numbered = zip(told.numbers, told.paths, strict=True)
        configs = tuple([number for number, path in numbered if path.startswith(prefix) and is_config(path[start:])])
        return Work(
            serves(told.subject, inside),
            removes(told.subject, inside),
            adds(told.subject),
            repairs(told.subject),
            told.untraced and not was_reviewed(told.subject),
            configs,
            bool(configs) and len(configs) == len(inside),
        )


def _folders(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({path.rpartition("/")[0] for path in paths}))


class Lens:
    """A timeline under one .mailmap and one .git-blame-ignore-revs."""

    def __init__(self, timeline: Timeline, mailmap: bytes, ignored: bytes) -> None:
        self.timeline = timeline
        self.people = People(timeline.signatures, mailmap)
        left_out = {match[1].decode("ascii") for line in ignored.split(b"\n") if (match := _REVISION.match(line))}
        bots = self.people.bots
        self._skipped = bytearray(
            bots[signature] or name in left_out
            for signature, name in zip(timeline.signature, timeline.ids, strict=True)
        )
        rows = sorted(
            (time, place) for place, time in enumerate(timeline.times) if time is not None and self.counts(place)
        )
        self.every_time = [time for time, _ in rows]
        self.every_place = [place for _, place in rows]
        """The commits that count for a file, wherever it stands, by time."""
        rows = [(time, place) for time, place in rows if timeline.eligible[place]]
        self.row_times = [time for time, _ in rows]
        self.row_places = [place for _, place in rows]
        self._events: dict[int, list[int]] = {}
        self._states: dict[int, FileState] = {}
        """The last state asked of each file: weeks are asked in order, so more would only cost memory."""
        self._careers: tuple[list[int], dict[int, list[tuple[int, int]]]] = ([], {})

    def window(self, cut: int, start: int, end: int) -> list[int]:
        """Places up to `cut` of the commits that count, with start < time <= end, by time."""
        low, high = bisect_right(self.row_times, start), bisect_right(self.row_times, end)
        return [place for place in self.row_places[low:high] if place <= cut]

    def counting(self, cut: int, start: int, end: int) -> frozenset[int]:
        """As `window`, with the commits outside the component: a file may have come from there."""
        low, high = bisect_right(self.every_time, start), bisect_right(self.every_time, end)
        return frozenset([place for place in self.every_place[low:high] if place <= cut])

    def persons(self, cut: int) -> list[int]:
        """signature -> person, as known at `cut`."""
        return self.people.persons(self.timeline.seen[cut])

    def careers(self, cut: int) -> dict[int, list[tuple[int, int]]]:
        """person -> (time, place) of all commits that count, by time; those after `cut` are in it too."""
        persons = self.persons(cut)
        if self._careers[0] is not persons:
            found: dict[int, list[tuple[int, int]]] = {}
            for time, place in zip(self.row_times, self.row_places, strict=True):
                found.setdefault(persons[self.timeline.signature[place]], []).append((time, place))
            self._careers = (persons, found)
        return self._careers[1]

    def state(self, number: int, cut: int) -> FileState:
        """A file after its commits up to `cut`."""
        events = self._events.get(number)
        if events is None:
            events = self._events[number] = [place for place in self.timeline.events[number] if self.counts(place)]
        count = bisect_right(events, cut)
        state = self._states.get(number)
        if state is None or state.commits != count:
            state = self._states[number] = self._state(number, events[:count])
        return state

    def counts(self, place: int) -> bool:
        """Neither a merge, nor a mass change, nor left out."""
        return bool(self.timeline.touched[place]) and not self._skipped[place]

    def _state(self, number: int, places: list[int]) -> FileState:
        creator: int | None = None
        signature, times = self.timeline.signature, self.timeline.times
        changed = places
        if places and number in self.timeline.born and places[0] == self.timeline.events[number][0]:
            creator, changed = signature[places[0]], places[1:]
        changes: dict[int, int] = {}
        for place in changed:
            changes[signature[place]] = changes.get(signature[place], 0) + 1
        dated = sorted([(time, place) for place in places if (time := times[place]) is not None])
        return FileState(
            tuple([time for time, _ in dated]),
            tuple([place for _, place in dated]),
            tuple(sorted(changes.items())),
            creator,
            len(places),
        )


def between(state: FileState, start: int, end: int) -> tuple[int, int]:
    """The slice of the state's commits with start < time <= end."""
    return bisect_left(state.times, start + 1), bisect_right(state.times, end)
