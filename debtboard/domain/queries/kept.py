"""What a web process keeps between requests: a key says all that its value follows from, so none can be stale."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")
ENTRIES = 20_000
"""Values of one kind that are kept at most, however light they are."""


class _Key:
    """A key whose hash is reckoned once: one of many lines and findings costs more to hash than to look up."""

    __slots__ = ("_hash", "of")

    def __init__(self, of: Hashable) -> None:
        self.of = of
        self._hash = hash(of)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.of == other.of


class Kept(Generic[T]):
    """The values used last, by key, as long as their weights fit; one that is heavier than all room is not kept.

    A key weighs as much as the letters and numbers in it, a value at least 1.

    A key must hold everything that the value follows from: identities of rows that never change, or the values
    themselves. Nothing here knows of persons, so a value must not depend on who asks.
    """

    def __init__(self, room: int, weight: Callable[[T], int] = lambda _: 1, entries: int = ENTRIES) -> None:
        self._room = room
        self._weight = weight
        self._entries = entries
        self._values: OrderedDict[_Key, tuple[_Key, T, int]] = OrderedDict()
        self._used = 0
        self._lock = Lock()
        _all.append(self)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of the key, made where it is not there."""
        asked = _Key(key)
        with self._lock:
            found = self._values.get(asked)
            if found is not None:
                stored, known, _ = found
                self._values.move_to_end(stored)  # the very object, so that no key is compared again
                return known
        value = make()
        with self._lock:
            self._add(asked, value)
        return value

    def _add(self, key: _Key, value: T) -> None:
        weight = max(1, self._weight(value)) + _weight_of(key.of)
        if key in self._values or weight > self._room:
            return
        self._values[key] = key, value, weight
        self._used += weight
        while self._used > self._room or len(self._values) > self._entries:
            _, (_, _, freed) = self._values.popitem(last=False)
            self._used -= freed

    def clear(self) -> None:
        with self._lock:
            self._values.clear()
            self._used = 0

    def __len__(self) -> int:
        return len(self._values)


def _weight_of(key: object) -> int:
    """Roughly: letters, and one for each thing that is no text."""
    if isinstance(key, str):
        return len(key)
    if isinstance(key, tuple | frozenset):
        return 1 + sum(map(_weight_of, key))
    if is_dataclass(key):
        return 1 + sum(_weight_of(getattr(key, field.name)) for field in fields(key))
    return 1


_all: list[Kept[object]] = []


def clear() -> None:
    """Forget everything: for another database in the same process, as tests have one after the other."""
    for kept in _all:
        kept.clear()
