"""The export of feature flags that a component's scans rest on."""

from dataclasses import dataclass
from datetime import datetime

from debtboard.domain.queries.wording import count, day
from debtboard.models import Component, FlagUpload


@dataclass(frozen=True, slots=True)
class FlagsKept:
    said: str
    when: str
    by: str


def kept(component: Component, now: datetime) -> FlagsKept | None:
    """None where none was handed over; one query."""
    found = FlagUpload.objects.filter(component=component).select_related("uploaded_by").first()
    if found is None:
        return None
    by = found.uploaded_by.get_username() if found.uploaded_by else "somebody who left"
    return FlagsKept(f"{count(found.flags, 'flag')} of {found.system}", day(found.uploaded_at, now.date()), by)
