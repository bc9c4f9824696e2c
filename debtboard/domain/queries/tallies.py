"""Small figures of a line of the portfolio: counts through time, and how much of it is unseen."""

from collections.abc import Sequence
from datetime import datetime

from debtboard.domain.queries.measures import Bar
from debtboard.domain.queries.wording import age, number


def sum_series(rows: Sequence[Sequence[float | None]]) -> tuple[float | None, ...]:
    """Week by week, the sum of the counts that are known; a component without a scan that week keeps its last count."""
    if not rows:
        return ()
    filled = [_carried(row) for row in rows]
    return tuple(
        None if all(row[index] is None for row in rows) else sum(row[index] or 0 for row in filled)
        for index in range(len(rows[0]))
    )


def _carried(row: Sequence[float | None]) -> list[float | None]:
    last, filled = None, []
    for value in row:
        last = last if value is None else value
        filled.append(last)
    return filled


def findings_label(counts: Sequence[float | None]) -> str:
    known = [value for value in counts if value is not None]
    if not known:
        return "Open findings: no scan yet"
    return f"Open findings over {len(counts)} weeks, from {number(known[0])} to {number(known[-1])}"


def mean_unseen(litmus: Sequence[Bar]) -> float:
    drawn = [bar.unseen or 0.0 for bar in litmus if bar.drawn]
    return sum(drawn) / len(drawn) if drawn else 1.0


def read_age(as_of: datetime | None, now: datetime) -> str:
    return "never" if as_of is None else age(now - as_of)
