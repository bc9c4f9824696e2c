"""What the data-flow pass holds of an expression: the data it came from, the part of a split it is, what touched it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

Part = tuple[str, str]
"""(split, side): one side of a split."""

NOWHERE: frozenset[Any] = frozenset()


class Mark(NamedTuple):
    """Something that was learnt from rows and went into others."""

    kind: str
    """learnt | statistic | selected | resampled | predicted | residual"""
    label: str
    line: int
    end_line: int
    scope: str
    roots: frozenset[str]
    parts: frozenset[Part]
    """Where the rows came from that it was learnt on."""


class Thing:
    """An object with a memory: an estimator, a transformer, a splitter. Shared by all names that stand for it."""

    __slots__ = ("called", "fitted", "in_loop")

    def __init__(self, called: str) -> None:
        self.called = called
        """Dotted name of its class, "" when nobody knows."""
        self.fitted: Value | None = None
        self.in_loop = 0
        """Line of the loop whose own variable set one of its parameters."""


class Value(NamedTuple):
    """Everything that is known of an expression's result."""

    roots: frozenset[str] = NOWHERE
    parts: frozenset[Part] = NOWHERE
    marks: frozenset[tuple[Mark, str]] = NOWHERE
    """(mark, the column that it is on; "" for all)."""
    kind: str = ""
    """"" | statistic | index | folds | mask"""
    items: "tuple[Value, ...]" = ()
    thing: Thing | None = None

    def marked(self, mark: Mark) -> "Value":
        """The same rows, touched by what was learnt."""
        return Value(self.roots, self.parts, self.marks | {(mark, "")})

    def part(self, split: str, side: str) -> "Value":
        """One side of a split of these rows."""
        return Value(self.roots, self.parts | {(split, side)}, self.marks)

    def columns(self, names: frozenset[str]) -> "Value":
        """Some columns alone."""
        kept = frozenset([pair for pair in self.marks if not pair[1] or pair[1] in names])
        return Value(self.roots, self.parts, kept, self.kind)

    def with_column(self, name: str, value: "Value") -> "Value":
        """With a column set; what was on that column before is gone."""
        kept = [pair for pair in self.marks if not name or pair[1] != name]
        new = [(mark, column or name) for mark, column in value.marks]
        roots = self.roots or value.roots
        return Value(roots, self.parts or value.parts, frozenset([*kept, *new]))


EMPTY = Value()


def join(values: Iterable[Value]) -> Value:
    """What comes of several values put together."""
    values = [value for value in values if value.roots or value.marks or value.parts]
    if not values:
        return EMPTY
    if len(values) == 1:
        value = values[0]
        return value if not value.items and not value.kind and not value.thing else Value(*value[:3])
    return Value(
        frozenset().union(*[value.roots for value in values]),
        frozenset().union(*[value.parts for value in values]),
        frozenset().union(*[value.marks for value in values]),
    )


def either(first: Value, second: Value) -> Value:
    """What a name stands for after two branches."""
    if first == second or not (second.roots or second.thing or second.marks or second.items):
        return first
    if not (first.roots or first.thing or first.marks or first.items):
        return second
    if len(first.items) == len(second.items) and first.items:
        items = tuple(either(one, other) for one, other in zip(first.items, second.items, strict=True))
        return join(items)._replace(items=items)
    return join((first, second))._replace(thing=first.thing or second.thing, kind=first.kind)
