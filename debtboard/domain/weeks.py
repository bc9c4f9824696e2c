"""The UTC ISO week, which every point of a trend stands on. The reader's zone never moves a bucket."""

from datetime import UTC, date, datetime, timedelta


def monday(moment: datetime) -> date:
    """The Monday (UTC) of the week that holds the moment."""
    day = moment.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())
