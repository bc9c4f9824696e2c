"""What is kept between the weeks of a history, bounded and never wrong: what one blob gives, and what rests on little.

`Memo` keeps what follows from one blob alone. `Latest` keeps what follows from several files for as long as they stand:
most weeks change no packaging file, no import and no module's name.
"""

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar
from weakref import WeakSet

from scoring.facts import FileEntry


class InItsPlace(Protocol):
    """Facts with the entry of the file that they are of."""

    @property
    def entry(self) -> FileEntry: ...


Source = TypeVar("Source", bound=InItsPlace)
Derived = TypeVar("Derived")

KEPT = 20_000
"""Files kept per analysis and generation."""

_memos: "WeakSet[Memo[Any, Any]]" = WeakSet()


def next_snapshot() -> None:
    """A new snapshot begins: what the last one did not ask for is let go, so that a long history takes no more memory
    than its largest two neighbours."""
    for memo in _memos:
        memo.age()


class Memo(Generic[Source, Derived]):
    """A pure function of a file's facts, remembered by the file's path and blob."""

    def __init__(self, derive: Callable[[Source], Derived]) -> None:
        self._derive = derive
        self._young: dict[tuple[str, str], Derived] = {}
        self._old: dict[tuple[str, str], Derived] = {}
        _memos.add(self)

    def age(self) -> None:
        """Keep what was asked for since the last time, let go of the rest."""
        self._old, self._young = self._young, {}

    def __call__(self, source: Source) -> Derived:
        entry = source.entry
        key = (entry.path, entry.blob)
        found = self._young.get(key)
        if found is None:
            if len(self._young) >= KEPT:
                self.age()
            found = self._old.get(key)
            if found is None:
                found = self._derive(source)
            self._young[key] = found
        return found


class Latest(Generic[Derived]):
    """The last answer of a pure function, kept while everything that it rests on stays equal."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[object, ...], Derived] | None = None

    def __call__(self, rests_on: tuple[object, ...], derive: Callable[[], Derived]) -> Derived:
        """`rests_on` names all that `derive` reads, cheap to compare: paths with their blobs, or earlier answers."""
        kept = self._kept
        if kept is None or kept[0] != rests_on:
            kept = self._kept = (rests_on, derive())
        return kept[1]
