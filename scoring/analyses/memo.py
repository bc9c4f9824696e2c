"""What is derived from one blob alone, kept between the weeks of a history: computed once, bounded, never wrong."""

from collections.abc import Callable
from typing import Generic, TypeVar

from scoring.analyses.view import PythonFile

Derived = TypeVar("Derived")

KEPT = 20_000
"""Blobs kept per analysis; past it the oldest half is dropped."""


class Memo(Generic[Derived]):
    """A pure function of a file's facts, remembered by the file's blob and language."""

    def __init__(self, derive: Callable[[PythonFile], Derived]) -> None:
        self._derive = derive
        self._known: dict[tuple[str, str], Derived] = {}

    def __call__(self, file: PythonFile) -> Derived:
        key = (file.entry.blob, file.entry.language)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= KEPT:
                self._known = dict(list(self._known.items())[KEPT // 2 :])
            found = self._known[key] = self._derive(file)
        return found
