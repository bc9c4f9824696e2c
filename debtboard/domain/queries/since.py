"""Since when something counts as new or fixed: the weeks of the board, not days, so that lists and trends agree."""

from datetime import UTC, date, datetime, time, timedelta

from debtboard.domain.preparing import Given, Prepared
from debtboard.domain.queries.standing import FIXED, NEW
from debtboard.domain.queries.wording import monday_of
from debtboard.models import Snapshot

CHANGED = {
    "new-2": (NEW, 2, "new this week or last"),
    "new-4": (NEW, 4, "new in 4 weeks"),
    "fixed-2": (FIXED, 2, "fixed this week or last"),
    "fixed-4": (FIXED, 4, "fixed in 4 weeks"),
}
"""What a reader may ask for: the filter, the weeks with the present one, the words."""

_FIRST = Prepared(
    lambda: Snapshot.objects.filter(component=Given("component")).order_by("as_of").values_list("as_of")[:1]
)


def weeks_begin(week: date, weeks: int) -> datetime:
    """The last moment before so many weeks, the given one among them."""
    return datetime.combine(week - timedelta(weeks=weeks - 1), time(), UTC) - timedelta(microseconds=1)


def after(component_id: int, changed: str, now: datetime) -> datetime:
    """The moment after which it has to have come or gone; one query.

    What the first snapshot of the series has may be older, so it is never new.
    """
    kind, weeks, _ = CHANGED[changed]
    begin = weeks_begin(monday_of(now), weeks)
    rows = _FIRST.ask(component=component_id) if kind == NEW else ()
    return max(begin, rows[0][0]) if rows else begin
