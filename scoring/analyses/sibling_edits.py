"""Commits that made one and the same edit in five sibling configurations or more, mined from the history (prc.2).

Siblings lie in one folder, or under one name in folders beside each other. An edit is the same where a key got one
value in each of them, or left each of them; what every file has of its own (its version, its place in a list) is none.
Both versions are read by the reader of any configuration, each commit once for all weeks.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from scoring.analyses.history_kinds import is_config
from scoring.analyses.history_standing import Standing
from scoring.analyses.history_timeline import DAY, Lens, Timeline
from scoring.analyses.own_configs import MACHINE
from scoring.facts import ConfigFacts, FileFacts, SiblingEdit
from scoring.readers import readers_for
from scoring.sources.git import Change
from scoring.sources.stores import Key

WINDOW_DAYS = 365
SIBLINGS = 5
MAX_COMMITS = 60
"""Commits of one window whose files are read, the newest first."""
MAX_KEYS = 1_500
"""More are data, and no settings."""
OF_EACH = re.compile(
    r"^(?:defaults|results)\b|version$|(?:^|[._-])(?:names?|id|uuid|date|updated|created|timestamp|hash|md5|sha256)$",
    re.IGNORECASE,
)
"""Keys that each file has for itself, that record what came of it, or that only name what it is composed from."""
NOT_KEPT = re.compile(
    r"(?:^|/)(?:(?:pre[-_]?)?trained|saved|exported)[-_]?models?/"
    r"|(?:^|/)(?:data/models|checkpoints?|weights|results|outputs?|runs|taskcluster|cloud[-_]?build|ci)/",
    re.IGNORECASE,
)
"""Folders of what a program wrote down beside a model or a run, and of what a service builds."""
BUILDS = frozenset({"steps", "jobs", "stages"})
"""Top keys of lists of steps: what a service builds or checks."""

ReadFacts = Callable[[Sequence[Key]], Mapping[Key, FileFacts | None]]
"""Keys -> facts; None where a blob is missing or was refused."""
_Numbered = tuple[int, Change]
_Edit = tuple[tuple[str, ...], tuple[int, ...]]
"""(keys, numbers of the files)."""
_Known = tuple[_Edit, frozenset[str]]
"""An edit, with the versions that the commit gave the files: made again on another branch, it is the same."""


class SiblingMiner:
    """Mines one repository; what a commit says is kept for the next week."""

    def __init__(self, read: ReadFacts) -> None:
        self._read = read
        self._edits: dict[int, tuple[_Known, ...]] = {}
        self._unread: set[int] = set()
        """Places of commits of which too few files could be read to tell."""
        self._timeline: Timeline | None = None

    def at(self, lens: Lens, standing: Standing, now: int) -> tuple[SiblingEdit, ...] | None:
        """The edits of the 12 months before `now`, in seconds since 1970, the newest first; None where none was seen
        and some of the files could not be read."""
        timeline = lens.timeline
        if self._timeline is not timeline:
            self._timeline, self._edits, self._unread = timeline, {}, set()
        window = lens.window(standing.cut, now - WINDOW_DAYS * DAY, now + DAY)
        wide = [place for place in window if len(timeline.work(place).configs) >= SIBLINGS]
        newest = sorted(wide, key=lambda place: (timeline.times[place] or 0, place), reverse=True)[:MAX_COMMITS]
        self._learn(timeline, [place for place in newest if place not in self._edits])
        told: dict[_Known, SiblingEdit] = {}
        for place in newest:
            for known in self._edits[place]:
                if known not in told and (edit := _told(timeline, standing, place, known[0])) is not None:
                    told[known] = edit
        return tuple(told.values()) if told or self._unread.isdisjoint(newest) else None

    def _learn(self, timeline: Timeline, places: Sequence[int]) -> None:
        for place in places:
            families = list(_families(zip(timeline.inside(place), timeline.changes(place), strict=True)))
            keys = [key for family in families for _, change in family for key in _keys(change)]
            facts = self._read(list(dict.fromkeys(keys))) if keys else {}
            if any(_is_unread(family, facts) for family in families):
                self._unread.add(place)
            found: dict[tuple[str, ...], set[int]] = {}
            for edit in [edit for family in families if (edit := _edit(family, facts))]:
                found.setdefault(edit[0], set()).update(edit[1])
            versions = {number: change.new for family in families for number, change in family}
            self._edits[place] = tuple(
                [
                    ((shared, tuple(sorted(numbers))), frozenset(versions[number] for number in numbers))
                    for shared, numbers in sorted(found.items())
                ]
            )


def _told(timeline: Timeline, standing: Standing, place: int, edit: _Edit) -> SiblingEdit | None:
    """The edit as it is seen from a snapshot: None where fewer than five of its files still stand."""
    keys, numbers = edit
    paths = tuple(sorted([standing.names[number] for number in numbers if number in standing.names]))
    if len(paths) < SIBLINGS:
        return None
    at = datetime.fromtimestamp(timeline.times[place] or 0, UTC)
    return SiblingEdit(commit=timeline.ids[place], at=at, keys=keys, paths=paths, files=len(numbers))


def _families(changes: Iterable[_Numbered]) -> Iterator[list[_Numbered]]:
    """Of a commit's changed configurations, those with enough siblings: each in the first family that it is of."""
    changed = [item for item in changes if item[1].status == "M" and _is_kept_by_hand(item[1].path)]
    for kin in (_beside, _named_alike):
        families: dict[tuple[str, str], list[_Numbered]] = {}
        for item in changed:
            families.setdefault(kin(item[1].path), []).append(item)
        found = [family for _, family in sorted(families.items()) if len(family) >= SIBLINGS]
        yield from found
        told = {number for family in found for number, _ in family}
        changed = [item for item in changed if item[0] not in told]


def _is_kept_by_hand(path: str) -> bool:
    return is_config(path) and NOT_KEPT.search(path) is None


def _beside(path: str) -> tuple[str, str]:
    return path.rpartition("/")[0], path.rpartition(".")[2]


def _named_alike(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[0], name


def _keys(change: Change) -> list[Key]:
    readers = [item for item in readers_for(change.path) if item.name.startswith("config")]
    return [(blob, item.name, item.version) for item in readers for blob in (change.old, change.new)]


def _is_unread(family: Sequence[_Numbered], facts: Mapping[Key, FileFacts | None]) -> bool:
    """Whether fewer than five of a family could be read in both versions."""
    read = [change for _, change in family if all(facts.get(key) is not None for key in _keys(change))]
    return len(read) < SIBLINGS


def _edit(family: Sequence[_Numbered], facts: Mapping[Key, FileFacts | None]) -> _Edit | None:
    """The edits that five of a family or more share: their keys, and the files of the widest one."""
    made: dict[tuple[str, str | None], list[int]] = {}
    for number, change in family:
        versions = [facts.get(key) for key in _keys(change)]
        for edit in _edits(*versions) if len(versions) == 2 else ():
            made.setdefault(edit, []).append(number)
    wide = {edit: numbers for edit, numbers in made.items() if len(numbers) >= SIBLINGS}
    if not wide:
        return None
    widest = max(wide.values(), key=lambda numbers: (len(numbers), [-number for number in numbers]))
    return tuple(sorted({key for key, _ in wide})), tuple(sorted(widest))


def _edits(old: FileFacts | None, new: FileFacts | None) -> Iterator[tuple[str, str | None]]:
    """(key, its new value; None where it is gone) of what differs between two versions of one's own configuration."""
    if not isinstance(old, ConfigFacts) or not isinstance(new, ConfigFacts) or not (_is_told(old) and _is_told(new)):
        return
    before, after = ({item.key: item.value for item in version.settings} for version in (old, new))
    sections = {part for key in after for part in _sections(key)}
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key) and not _is_of_each(key) and key not in sections:
            yield key, after.get(key)


def _sections(key: str) -> Iterator[str]:
    """What a key lies in: a value that became a section did not leave."""
    place = key.find(".")
    while place >= 0:
        yield key[:place]
        place = key.find(".", place + 1)


def _is_told(facts: ConfigFacts) -> bool:
    if facts.template or facts.truncated or len(facts.settings) > MAX_KEYS:
        return False
    tops = {item.key.partition(".")[0] for item in facts.settings}
    return tops.isdisjoint(MACHINE) and tops.isdisjoint(BUILDS)


def _is_of_each(key: str) -> bool:
    return "{" in key or OF_EACH.search(key) is not None or any(part.isdigit() for part in key.split("."))
