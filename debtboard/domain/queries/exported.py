"""The findings of a component as a CSV: what the list shows, all of it, safe to open in a spreadsheet."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from io import StringIO
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from debtboard.domain.preparing import Prepared
from debtboard.domain.queries.catalogue import debt_title, trial_mark
from debtboard.domain.queries.choice import ORDERS, Choice
from debtboard.domain.queries.places import cell_of
from debtboard.domain.queries.since import after
from debtboard.domain.queries.standing import standing_by
from debtboard.domain.queries.wording import visible
from debtboard.models import Finding
from scoring.findings import SEVERITIES
from scoring.masking import masked

COLUMNS = (
    "severity",
    "debt",
    "signal",
    "on trial",
    "path",
    "cell",
    "line",
    "symbol",
    "what was found",
    "what to do",
    "effort",
    "state",
    "first seen",
    "fixed",
    "link",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A spreadsheet takes what begins so for a formula, unless an apostrophe stands before it; some take full-width signs
(OWASP, CSV injection)."""


class _Row(NamedTuple):
    severity: int
    debt: str
    signal: str
    path: str
    line: int
    symbol: str
    message: str
    remedy: str
    effort: str
    state: str
    first_seen_at: datetime
    fixed_at: datetime | None
    public_id: str
    evidence: dict[str, Any]


def _write(filters: tuple[str, ...], order: str) -> QuerySet[Finding, Any]:
    return standing_by(filters).order_by(*ORDERS[order]).values_list(*_Row._fields)


_ROWS = Prepared(_write)


def lines(component_id: int, choice: Choice, now: datetime, link: Callable[[str], str]) -> Iterator[str]:
    """Line by line, the head first; `link` makes an address whole."""
    if choice.changed:
        choice = replace(choice, after=after(component_id, choice.changed, now))
    yield _line(COLUMNS)
    for row in _ROWS.ask(tuple(choice.filters), choice.order, component=component_id, **choice.filters):
        yield _line(_cells(_Row(*row), link))


def _cells(row: _Row, link: Callable[[str], str]) -> tuple[object, ...]:
    return (
        SEVERITIES[row.severity - 1],
        debt_title(row.debt),
        row.signal,
        trial_mark(row.signal),
        row.path,
        cell_of(row.path, row.evidence),
        row.line,
        row.symbol,
        masked(row.message),
        row.remedy,
        row.effort,
        row.state,
        f"{row.first_seen_at:%Y-%m-%d}",
        f"{row.fixed_at:%Y-%m-%d}" if row.fixed_at else "",
        link(reverse("finding", args=[row.public_id])),
    )


def _line(cells: tuple[object, ...]) -> str:
    written = StringIO()
    csv.writer(written).writerow([_safe(cell) for cell in cells])
    return written.getvalue()


def _safe(cell: object) -> object:
    if not isinstance(cell, str):
        return "" if cell is None else cell
    return f"'{visible(cell)}" if cell.startswith(FORMULA) else visible(cell)
