"""The log of a repository as arrays over one order of its commits (`scoring.analyses.history_order`).

`Timeline` holds what no convention of the team can change; `Lens` reads it under one .mailmap and one list of ignored
revisions: who is who, and which commits count.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

import msgspec

from scoring.analyses.history_kinds import adds, is_config, removes, repairs, serves, was_reviewed
from scoring.analyses.history_order import Files, ordered
from scoring.analyses.identity import People, Signature
from scoring.sources.git import LoggedCommit

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


class Timeline:
    """Arrays by place; `prefix` is the component's folder with its slash, or ""."""

    def __init__(self, log: Iterable[LoggedCommit], head: str, prefix: str) -> None:
        commits, self.line = ordered(log, head)
        self.prefix = prefix
        self.ids = [commit.id for commit in commits]
        self.times = [commit.committed for commit in commits]
        self.files = Files()
        self.events: dict[int, list[tuple[int, bool]]] = {}
        """file -> (place, whether it was new then), by place."""
        self.touched: list[tuple[int, ...]] = []
        self.folders: list[tuple[str, ...]] = []
        """Folders of the component that each eligible commit touched."""
        self.code_folders: list[tuple[str, ...]] = []
        """Of these, where it changed code: a model's README and settings are not the model."""
        self.eligible = bytearray(len(commits))
        """Neither a merge nor a mass change, and inside the component."""
        self.service = bytearray(len(commits))
        self.removing = bytearray(len(commits))
        self.adding = bytearray(len(commits))
        self.repairing = bytearray(len(commits))
        self.untraced = bytearray(len(commits))
        """It came to the main line by itself, and nothing says that anybody reviewed it."""
        self.configs: dict[int, tuple[int, ...]] = {}
        """place -> the configuration files of the component that the commit touched."""
        self.only_configs = bytearray(len(commits))
        self._direct = frozenset(self.line.values())
        self.signature: list[int] = []
        self.seen: list[int] = []
        """How many signatures the commits up to this place have shown."""
        self._numbers: dict[Signature, int] = {}
        for place, commit in enumerate(commits):
            self._add(place, commit, prefix)
        self.signatures = list(self._numbers)

    def _add(self, place: int, commit: LoggedCommit, prefix: str) -> None:
        self.signature.append(self._numbers.setdefault((commit.name, commit.email), len(self._numbers)))
        self.seen.append(len(self._numbers))
        found = self.files.apply(place, commit.changes)
        for number, new in found:
            self.events.setdefault(number, []).append((place, new))
        counts = len(commit.parents) < 2 and 0 < len(found) <= MAX_FILES
        if not counts:
            self.touched.append(())
            self.folders.append(())
            self.code_folders.append(())
            return
        start = len(prefix)
        inside = [change for change in commit.changes if change.path.startswith(prefix)] if prefix else commit.changes
        self.touched.append(tuple(sorted({number for number, _ in found})))
        self.folders.append(tuple(sorted({change.path[start:].rpartition("/")[0] for change in inside})))
        code = (change.path[start:] for change in inside if change.path.endswith(CODE))
        self.code_folders.append(tuple(sorted({path.rpartition("/")[0] for path in code})))
        if inside:
            self.eligible[place] = 1
            self.service[place] = serves(commit.subject, inside)
            self.removing[place] = removes(commit.subject, inside)
            self.adding[place] = adds(commit.subject)
            self.repairing[place] = repairs(commit.subject)
            self.untraced[place] = place in self._direct and not commit.approved and not was_reviewed(commit.subject)
            configs = [
                number
                for (number, _), change in zip(found, commit.changes, strict=True)
                if change.path.startswith(prefix) and is_config(change.path[start:])
            ]
            if configs:
                self.configs[place] = tuple(configs)
                self.only_configs[place] = len(configs) == len(inside)


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
            (time, place)
            for place, time in enumerate(timeline.times)
            if time is not None and timeline.eligible[place] and not self._skipped[place]
        )
        self.row_times = [time for time, _ in rows]
        self.row_places = [place for _, place in rows]
        self._events: dict[int, tuple[list[int], list[bool]]] = {}
        self._states: dict[int, FileState] = {}
        """The last state asked of each file: weeks are asked in order, so more would only cost memory."""
        self._careers: tuple[list[int], dict[int, list[tuple[int, int]]]] = ([], {})

    def window(self, cut: int, start: int, end: int) -> list[int]:
        """Places up to `cut` of the commits that count, with start < time <= end, by time."""
        low, high = bisect_right(self.row_times, start), bisect_right(self.row_times, end)
        return [place for place in self.row_places[low:high] if place <= cut]

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
            pairs = [(place, new) for place, new in self.timeline.events[number] if self._counts(place)]
            events = self._events[number] = ([place for place, _ in pairs], [new for _, new in pairs])
        count = bisect_right(events[0], cut)
        state = self._states.get(number)
        if state is None or state.commits != count:
            state = self._states[number] = self._state(events[0][:count], events[1][:count])
        return state

    def _counts(self, place: int) -> bool:
        return bool(self.timeline.touched[place]) and not self._skipped[place]

    def _state(self, places: list[int], new: list[bool]) -> FileState:
        creator: int | None = None
        changes: dict[int, int] = {}
        dated: list[tuple[int, int]] = []
        for place, is_new in zip(places, new, strict=True):
            signature = self.timeline.signature[place]
            if is_new and creator is None and not changes:
                creator = signature
            else:
                changes[signature] = changes.get(signature, 0) + 1
            time = self.timeline.times[place]
            if time is not None:
                dated.append((time, place))
        dated.sort()
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
