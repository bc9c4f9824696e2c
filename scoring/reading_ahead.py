"""The files of many weeks, read newest first: while the caller judges one week, those of the next are read.

One thread reads all there is to read and tells how far it is; it knows no more than `BlobReader` does. With a single
reader everything is done in turn, in one thread.
"""

import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TypeVar

from scoring.reading import BlobReader, chunks
from scoring.sources.stores import Key

Item = TypeVar("Item")

SWITCH_SECONDS = 0.001
"""How long a thread that computes may keep one waiting that has an answer to pass on. Python's own 0.005 would leave
readers idle for as long as they read."""


class Stopped(Exception):
    """The caller asked to stop; what was read so far is kept."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading is, in blobs: each unique blob counts once."""

    moments: int
    moments_total: int
    blobs: int
    blobs_total: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read: the keys in their order, the first moment that each stands at, and how many there are."""

    keys: Sequence[Key]
    first_seen: Mapping[Key, int]
    moments: int


def reading(
    blobs: BlobReader, wanted: Wanted, should_stop: Callable[[], bool] | None, *, ahead: bool
) -> Iterator[Progress]:
    """Read what is wanted, and tell after each piece how far it is. Raises Stopped before a piece, where asked to."""
    pieces = _read(blobs, wanted)
    with closing(made_ahead(pieces) if ahead else pieces) as told:
        while should_stop is None or not should_stop():
            progress = next(told, None)
            if progress is None:
                return
            yield progress
        raise Stopped


def _read(blobs: BlobReader, wanted: Wanted) -> Generator[Progress, None, None]:
    newest = [key for key in wanted.keys if wanted.first_seen[key] == 0]
    done, total = 0, len(wanted.keys)
    for keys in (*chunks(newest), *chunks(wanted.keys[len(newest) :])):
        blobs.read(keys)
        done += len(keys)
        yield Progress(wanted.first_seen[keys[-1]], wanted.moments, done, total)
    yield Progress(wanted.moments, wanted.moments, done, total)


def made_ahead(items: Iterable[Item]) -> Generator[Item, None, None]:
    """The items, made by a thread of its own while the caller is at work with the ones before.

    What making one raises is raised here. Closing it waits for the item that is being made, and makes no more."""
    made: SimpleQueue[tuple[Item] | BaseException | None] = SimpleQueue()
    enough = threading.Event()

    def make() -> None:
        try:
            for item in items:
                made.put((item,))
                if enough.is_set():
                    return
            made.put(None)
        except BaseException as error:
            made.put(error)

    thread = threading.Thread(target=make, daemon=True)
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    thread.start()
    try:
        while (found := made.get()) is not None:
            if isinstance(found, BaseException):
                raise found
            yield found[0]
    finally:
        enough.set()
        thread.join()
        sys.setswitchinterval(before)
