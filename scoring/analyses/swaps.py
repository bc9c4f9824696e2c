"""Past changes of algorithm, mined from the history (catalogue, section 9, Q1).

A commit changes the algorithm where a file that chooses one chooses another than before, or where a key of
configuration names another. Which files choose is told from the snapshot; the versions before and after are read by a
light reader, each once, newest first and up to a limit, and what could not be read is counted. What only moved or was
renamed is netted; a class that joins others counts half. Commits of one author within seven days are one change.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from scoring.analyses.choices import choices_of
from scoring.analyses.history_kinds import is_config
from scoring.analyses.history_standing import Standing
from scoring.analyses.history_timeline import DAY, Lens, Timeline, between
from scoring.facts import AlgorithmFacts, AlgorithmSwap, ConfigFacts, FileFacts
from scoring.readers import algorithms, readers_for
from scoring.readers.places import roles_of
from scoring.sources.git import Change
from scoring.sources.stores import Key

WINDOW_DAYS = 730
MERGED_DAYS = 7
KEPT = 10
"""The last ten changes of 24 months (catalogue, section 9, Q1)."""
MAX_CHANGES = 400
"""Changes of files that choose an algorithm that are read for one moment, the newest first."""
MAX_NEIGHBOURS = 20
"""Other files of such a commit in which a class may have been renamed."""
SAME_METHODS = 0.5
"""A class of another name that shares this much of its methods was renamed."""
_NOT_PRODUCT = frozenset({"test", "docs", "generated", "migration"})

ReadFacts = Callable[[Sequence[Key]], Mapping[Key, FileFacts | None]]
"""Keys -> facts; None where a blob is missing or was refused."""


class Mined(NamedTuple):
    """What the history says of changes of algorithm."""

    swaps: tuple[AlgorithmSwap, ...] = ()
    """The newest first."""
    changes: int = 0
    """Changes of files that choose an algorithm."""
    unread: int = 0
    """Of them: not read, so that nobody knows what they changed."""


class _Event(NamedTuple):
    """What one commit changed."""

    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    path: str = ""
    unread: int = 0


class SwapMiner:
    """Mines one repository; what a commit says is kept for the next week, and no version is asked for twice."""

    def __init__(self, read: ReadFacts) -> None:
        self._read = read
        self._events: dict[tuple[int, frozenset[int]], _Event] = {}
        self._timeline: Timeline | None = None

    def at(self, lens: Lens, standing: Standing, now: int) -> Mined:
        """The changes of algorithm in the 24 months before `now`, in seconds since 1970."""
        if self._timeline is not lens.timeline:
            self._timeline, self._events = lens.timeline, {}
        found = _touching(lens, standing, now)
        # What brings over work done elsewhere goes unread: nobody knows what one piece of that work was.
        own = [place for place in found if not lens.timeline.synchronises(place)]
        newest = sorted(own, key=lambda place: (lens.timeline.times[place] or 0, place), reverse=True)
        read, changes = [], 0
        total = sum(map(len, found.values()))
        for place in newest:
            changes += len(found[place])
            if changes > MAX_CHANGES:
                changes -= len(found[place])
                break
            read.append((place, frozenset(found[place])))
        self._learn(lens.timeline, read)
        known = [(place, self._events[place, files]) for place, files in read]
        unread = total - changes + sum(event.unread for _, event in known)
        return Mined(_merged(lens, standing.cut, known)[:KEPT], total, unread)

    def _learn(self, timeline: Timeline, asked: Sequence[tuple[int, frozenset[int]]]) -> None:
        """Read what the commits changed that no week has asked for."""
        fresh = {item: _choosing(timeline, *item) for item in asked if item not in self._events}
        keys = [key for changes in fresh.values() for change in changes for key in _keys(change)]
        facts = self._read(list(dict.fromkeys(keys))) if keys else {}
        for item, changes in fresh.items():
            event = _event(changes, facts)
            if event.before and event.after:
                neighbours = _neighbours(timeline.changes(item[0]), changes)
                around = self._read([key for change in neighbours for key in _keys(change)]) if neighbours else {}
                event = _renamed(event, (*changes, *neighbours), {**facts, **around})
            self._events[item] = event


def _touching(lens: Lens, standing: Standing, now: int) -> dict[int, set[int]]:
    """place -> the files that choose an algorithm, or whose settings name one, that the commit changed."""
    found: dict[int, set[int]] = {}
    places = standing.places
    for path in (*places.choosing, *places.choices):
        number = standing.numbers.get(path)
        if number is not None:
            state = lens.state(number, standing.cut)
            low, high = between(state, now - WINDOW_DAYS * DAY, now + DAY)
            for place in state.places[low:high]:
                found.setdefault(place, set()).add(number)
    return found


def _choosing(timeline: Timeline, place: int, files: frozenset[int]) -> tuple[Change, ...]:
    """The commit's changes of these files, and the Python that it deleted: what they chose may have moved."""
    numbered = zip(timeline.changes(place), timeline.inside(place), strict=True)
    return tuple(
        [
            change
            for change, number in numbered
            if (number in files or (change.status == "D" and _is_product(change.path)))
            and change.old != change.new
            and _readers(change.path)
        ]
    )


def _neighbours(changes: Iterable[Change], read: Sequence[Change]) -> tuple[Change, ...]:
    """Other Python that the commit changed, in which a class may have been renamed."""
    paths = {change.path for change in read}
    others = [change for change in changes if change.path not in paths and change.path.endswith(".py")]
    return tuple([change for change in others if change.old != change.new][:MAX_NEIGHBOURS])


def _is_product(path: str) -> bool:
    return path.endswith(".py") and not roles_of(path) & _NOT_PRODUCT


def _readers(path: str) -> tuple[tuple[str, int], ...]:
    """(name, version) of what reads an older version of the path."""
    if path.endswith(".py"):
        return ((algorithms.PYTHON.name, algorithms.PYTHON.version),)
    if path.endswith(".ipynb"):
        return ((algorithms.NOTEBOOK.name, algorithms.NOTEBOOK.version),)
    return tuple([(item.name, item.version) for item in readers_for(path) if item.name.startswith("config")])


def _keys(change: Change) -> tuple[Key, ...]:
    blobs = [blob for blob in (change.old, change.new) if blob.strip("0")]
    return tuple([(blob, *reader) for reader in _readers(change.path) for blob in blobs])


# ---------------------------------------------------------------- one commit


class _Change(NamedTuple):
    """What one file chose before and after; None where there was none, or nobody knows."""

    status: str
    before: frozenset[str]
    after: frozenset[str]


def _event(changes: Sequence[Change], facts: Mapping[Key, FileFacts | None]) -> _Event:
    """What the commit changed: (chosen no more, chosen now)."""
    told: list[tuple[str, _Change]] = []
    unread = 0
    for change in changes:
        if any(facts.get(key) is None for key in _keys(change)):
            unread += 1
        else:
            told.append((change.path, _chosen(change, facts)))
    modified = [item for _, item in told if item.status not in "AD"]
    removed = frozenset().union(*(item.before - item.after for item in modified))
    added = frozenset().union(*(item.after - item.before for item in modified))
    gone = frozenset().union(*(item.before for _, item in told if item.status == "D"))
    made = frozenset().union(*(item.after for _, item in told if item.status == "A"))
    moved = (removed & added) | (removed & made) | (added & gone)
    before, after = removed - moved, added - moved
    if gone and made:
        before, after = before | (gone - made), after | (made - gone)
    joins = any(item.before and item.after - item.before - moved for item in modified)
    if not after or not (before or joins):
        return _Event(unread=unread)
    path = next((path for path, item in told if item.after & after), "")
    return _Event(before, after, path, unread)


def _chosen(change: Change, facts: Mapping[Key, FileFacts | None]) -> _Change:
    def told(blob: str) -> FileFacts | None:
        return next((found for reader in _readers(change.path) if (found := facts.get((blob, *reader)))), None)

    old, new = told(change.old), told(change.new)
    if isinstance(old, ConfigFacts) and isinstance(new, ConfigFacts):
        earlier, later = choices_of(old, change.path), choices_of(new, change.path)
        other = [key for key, value in later.items() if key in earlier and _folded(earlier[key]) != _folded(value)]
        return _Change("M", frozenset([earlier[key] for key in other]), frozenset([later[key] for key in other]))
    before = frozenset(old.chosen if isinstance(old, AlgorithmFacts) else ())
    after = frozenset(new.chosen if isinstance(new, AlgorithmFacts) else ())
    return _Change(change.status, before, after)


def _folded(name: str) -> str:
    """A name without capitals and marks: what a mere correction of its spelling leaves."""
    return "".join([character for character in name.lower() if character.isalnum()])


def _renamed(event: _Event, changes: Sequence[Change], facts: Mapping[Key, FileFacts | None]) -> _Event:
    """The event without classes of the repository's own that only got another name."""
    sides: list[dict[str, str]] = []
    for blobs in ([change.old for change in changes], [change.new for change in changes]):
        classes: dict[str, str] = {}
        for blob, change in zip(blobs, changes, strict=True):
            found = [facts.get((blob, *reader)) for reader in _readers(change.path)]
            classes.update(pair for item in found if isinstance(item, AlgorithmFacts) for pair in item.classes)
        sides.append(classes)
    then, now = sides
    before, after = set(event.before), set(event.after)
    for old in sorted(event.before & then.keys() - now.keys()):
        for new in sorted(after & now.keys() - then.keys()):
            if _alike(then[old], now[new]):
                before.discard(old)
                after.discard(new)
                break
    return (
        event._replace(before=frozenset(before), after=frozenset(after))
        if before and after
        else _Event(unread=event.unread)
    )


def _alike(first: str, second: str) -> bool:
    one, other = set(first.split()), set(second.split())
    return len(one & other) >= SAME_METHODS * len(one | other)


# ---------------------------------------------------------------- all of them


def _merged(lens: Lens, cut: int, events: Iterable[tuple[int, _Event]]) -> tuple[AlgorithmSwap, ...]:
    """The changes of algorithm, newest first: commits of one author within seven days are one."""
    timeline, persons = lens.timeline, lens.persons(cut)
    groups: dict[int, list[list[tuple[int, _Event]]]] = {}
    for place, event in sorted(events, key=lambda item: (timeline.times[item[0]] or 0, item[0])):
        if not event.after:
            continue
        mine = groups.setdefault(persons[timeline.signature[place]], [])
        first = timeline.times[mine[-1][0][0]] if mine else None
        if first is not None and (timeline.times[place] or 0) - first <= MERGED_DAYS * DAY:
            mine[-1].append((place, event))
        else:
            mine.append([(place, event)])
    found = [_swap(timeline, group) for mine in groups.values() for group in mine]
    return tuple(sorted([swap for swap in found if swap is not None], key=lambda swap: (swap.at, swap.commits))[::-1])


def _swap(timeline: Timeline, group: Sequence[tuple[int, _Event]]) -> AlgorithmSwap | None:
    """One change; None where its commits take back what they did."""
    net: Counter[str] = Counter()
    for _, event in group:
        net.update(event.after)
        net.subtract(event.before)
    before, after = (tuple(sorted(name for name in net if net[name] * way > 0)) for way in (-1, 1))
    if not after:
        return None
    paths = {change.path for place, _ in group for change in timeline.changes(place)}
    files = tuple(sorted(path for path in paths if "test" not in roles_of(path)))
    return AlgorithmSwap(
        commits=tuple([timeline.ids[place] for place, _ in group]),
        at=datetime.fromtimestamp(timeline.times[group[-1][0]] or 0, UTC),
        before=before,
        after=after,
        files=files,
        path=group[-1][1].path,
        weight=1.0 if before else 0.5,
        config_only=bool(files) and all(is_config(path) for path in files),
    )
