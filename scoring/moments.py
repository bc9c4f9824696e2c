"""The points of a trend: the UTC ISO weeks, and the commit that stood at the end of each."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of a trend: the UTC ISO week, the second it is judged at, and the commit that stood then."""

    week: str
    as_of: datetime
    commit: str


def iso_week(moment: datetime) -> str:
    """ "2026-W47": the UTC ISO week that holds the moment."""
    year, week, _ = moment.astimezone(UTC).isocalendar()
    return f"{year}-W{week:02d}"


def end_of_week(moment: datetime) -> datetime:
    """The last second of its UTC ISO week."""
    day = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=7 - day.weekday(), seconds=-1)
