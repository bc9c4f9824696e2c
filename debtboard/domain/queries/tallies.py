"""Small figures of a line of the portfolio: counts through time, and how much of it is unseen."""

from collections.abc import Sequence
from datetime import date, datetime

from debtboard.domain.queries.measures import Bar
from debtboard.domain.queries.series import Series, lines
from debtboard.domain.queries.wording import age, count, number


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


def evidence_of(weeks: Sequence[tuple[int, date]], series: Series) -> float | None:
    """The mean coverage of every line that applies to the components, each at its week; None where none does."""
    return series.once(("seen", tuple(weeks)), lambda: _evidence_of(weeks, series))


def _evidence_of(weeks: Sequence[tuple[int, date]], series: Series) -> float | None:
    shares = []
    for component, week in weeks:
        for measure in lines():
            best, _, worst = series.numbers(component, measure, week) or (None, None, None)
            if best is not None and worst is not None:
                shares.append((best + 100 - worst) / 100)
    return sum(sorted(shares)) / len(shares) if shares else None


def left_out(files: int, read: int) -> str:
    """`read`: those that stand in the figures."""
    return f"{files:,} of {count(files + read, 'file')} left out by settings"


def read_age(as_of: datetime | None, now: datetime) -> str:
    return "never" if as_of is None else age(now - as_of)
