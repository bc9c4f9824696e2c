"""What is derived from one blob alone, kept between the weeks of a history: computed once, bounded, never wrong."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from scoring.facts import FileEntry


class InItsPlace(Protocol):
    """Facts with the entry of the file that they are of."""

    @property
    def entry(self) -> FileEntry: ...


Source = TypeVar("Source", bound=InItsPlace)
Derived = TypeVar("Derived")

KEPT = 20_000
"""Blobs kept per analysis; past it the older half is dropped."""


class Memo(Generic[Source, Derived]):
    """A pure function of a file's facts, remembered by the file's blob and language."""

    def __init__(self, derive: Callable[[Source], Derived]) -> None:
        self._derive = derive
        self._known: dict[tuple[str, str], Derived] = {}

    def __call__(self, source: Source) -> Derived:
        key = (source.entry.blob, source.entry.language)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= KEPT:
                self._known = dict(list(self._known.items())[KEPT // 2 :])
            found = self._known[key] = self._derive(source)
        return found
