"""What stands at the top of every page: the week's stamp and the ruler line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from debtboard.domain.queries.wording import monday_of, shown, week_short, week_span


@dataclass(frozen=True, slots=True)
class Stamp:
    number: str
    span: str
    as_of: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    version: str
    share: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A state of the page in two sentences: what is so, and what to do."""

    title: str
    text: str
    actions: tuple[tuple[str, str], ...] = ()
    bad: bool = False
    scan_url: str = ""
    """Where a scan is asked for, by those who may."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a paged list stands."""

    number: int = 1
    count: int = 1
    previous: str = ""
    next: str = ""


def stamp(moment: datetime, source: str = "") -> Stamp:
    """The UTC ISO week of a moment, its dates, and the moment in the zone that is shown."""
    monday = monday_of(moment)
    local = shown(moment)
    as_of = f"as of {local:%a} {local.day} {local:%b}, {local:%H:%M} {local.tzname()}"
    return Stamp(week_short(monday).removeprefix("W"), week_span(monday), as_of, source)


def pages(number: int, total: int, size: int, address: str) -> Pages:
    """`address` ends where the page's number goes."""
    last = max(1, -(-total // size))
    number = min(max(1, number), last)
    return Pages(
        number, last, f"{address}{number - 1}" if number > 1 else "", f"{address}{number + 1}" if number < last else ""
    )


def joined(parts: Sequence[str]) -> str:
    """a, b and c."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
