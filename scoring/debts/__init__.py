"""The debts, one file each: its docstring is the page users read, its rows are the ruler's.

The registry is a walk over this package, so that a new file is a new debt and no list is kept by hand.
"""

import pkgutil
import re
from functools import cache
from importlib import import_module

from scoring.findings import Debt, Signal


@cache
def all_debts() -> tuple[Debt, ...]:
    """Every debt of the package, by section of the catalogue."""
    found = [import_module(f"{__name__}.{module.name}").debt for module in pkgutil.iter_modules(__path__)]
    return tuple(sorted(found, key=lambda debt: _natural(debt.section)))


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
