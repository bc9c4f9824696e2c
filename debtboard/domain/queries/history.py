"""One measure of a component through time: its points, and the weeks that its lines run over."""

from datetime import date, datetime

from debtboard.domain.queries import catalogue
from debtboard.domain.queries import series as s
from debtboard.domain.queries.measures import Line
from debtboard.domain.queries.trends import SIX
from debtboard.domain.queries.wording import monday_of
from debtboard.models import Component


def started_weeks(series: s.Series, component: int, now: datetime) -> tuple[date, ...]:
    """The weeks from the first point to this week, at most 104."""
    first = series.first_week(component)
    if first is None:
        return ()
    return tuple(week for week in s.weeks_up_to(monday_of(now), s.HISTORY_WEEKS) if week >= first)


def measure_of(component: Component, name: str, now: datetime) -> s.Series:
    """Two years of one measure of the component."""
    since = s.weeks_up_to(monday_of(now), s.HISTORY_WEEKS)[0]
    return s.read_wanted({component.pk: component.points_written}, [s.Wanted([name], since)], since)


def line_of(component: Component, name: str, now: datetime) -> Line | None:
    """One measure of the component through time; None where there is no such measure."""
    if name not in SIX and name != s.FINDINGS and name not in catalogue.debts_by_slug():
        return None
    series = measure_of(component, name, now)
    return series.line(component.pk, name, started_weeks(series, component.pk, now))
