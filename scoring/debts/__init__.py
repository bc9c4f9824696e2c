"""The debts, one file each: its docstring is the page users read, its rows are the ruler's.

The registry is a walk over this package, so that a new file is a new debt and no list is kept by hand.
"""

import pkgutil
import re
from collections.abc import Callable
from functools import cache, wraps
from importlib import import_module
from typing import Protocol, TypeVar

from scoring.findings import Debt, Signal, SignalFile

T = TypeVar("T")


class Declared(Protocol):
    """What an operator adds to the catalogue (`scoring.custom`)."""

    def debts(self) -> tuple[Debt, ...]: ...

    def files(self) -> tuple[SignalFile, ...]: ...

    @property
    def digest(self) -> str:
        """Of the files' bytes; "" where there are none."""


class _Own:
    declared: Declared | None = None


def install(declared: Declared | None) -> Declared | None:
    """Add an operator's own debts, from the next question on, for this whole process; None takes them away again.

    Gives what stood before. It is asked for its debts when somebody first asks for ours.
    """
    before, _Own.declared = _Own.declared, declared
    for known in (all_debts, all_signals, children):
        known.cache_clear()
    return before


def own() -> Declared | None:
    """What the operator added, if anything."""
    return _Own.declared


@cache
def all_debts() -> tuple[Debt, ...]:
    """Every debt of the package, by section of the catalogue, then the operator's own by their name."""
    found = [import_module(f"{__name__}.{module.name}").debt for module in pkgutil.iter_modules(__path__)]
    declared = _Own.declared.debts() if _Own.declared else ()
    return (
        *sorted(found, key=lambda debt: _natural(debt.section)),
        *sorted(declared, key=lambda debt: debt.slug),
    )


def while_they_stand(make: Callable[[], T]) -> Callable[[], T]:
    """What follows from the debts alone: made once, and anew after an `install`."""
    kept: list[tuple[tuple[Debt, ...], T]] = []

    @wraps(make)
    def known() -> T:
        debts = all_debts()
        if not kept or kept[0][0] is not debts:
            kept[:] = [(debts, make())]
        return kept[0][1]

    return known


@cache
def all_signals() -> tuple[Signal, ...]:
    """Every row of the ruler, by section of its debt, then by the number in its id."""
    return tuple(signal for debt in all_debts() for signal in sorted(debt.rows.values(), key=lambda s: _natural(s.id)))


@cache
def children(slug: str) -> tuple[Debt, ...]:
    """The debts whose rows the umbrella `slug` takes, once each (catalogue 2.6); empty for every other debt."""
    return tuple(debt for debt in all_debts() if debt.umbrella == slug)


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key by which 4.9 comes before 4.10, and thr.2 before thr.10."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", text) if part)
