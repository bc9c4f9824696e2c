"""Weeks are those of UTC, whatever the clock on the wall says."""

from datetime import UTC, datetime, timedelta, timezone

from scoring.moments import end_of_week, iso_week


def test_week_of_another_zone_is_that_of_utc() -> None:
    kiritimati = timezone(timedelta(hours=14))
    assert iso_week(datetime(2027, 1, 4, 13, tzinfo=kiritimati)) == "2026-W53"
    assert end_of_week(datetime(2027, 1, 4, 13, tzinfo=kiritimati)) == datetime(2027, 1, 3, 23, 59, 59, tzinfo=UTC)


def test_weeks_are_those_of_utc() -> None:
    assert iso_week(datetime(2027, 1, 3, 23, 59, 59, tzinfo=UTC)) == "2026-W53"
    assert iso_week(datetime(2027, 1, 4, tzinfo=UTC)) == "2027-W01"
    assert end_of_week(datetime(2026, 12, 28, tzinfo=UTC)) == datetime(2027, 1, 3, 23, 59, 59, tzinfo=UTC)
    assert end_of_week(datetime(2027, 1, 3, 23, 59, 59, tzinfo=UTC)) == datetime(2027, 1, 3, 23, 59, 59, tzinfo=UTC)
