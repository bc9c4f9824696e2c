"""The export of feature flags that a component's scans rest on, in words."""

from dataclasses import dataclass
from datetime import datetime

from debtboard.domain.keeping import FlagsHeld
from debtboard.domain.queries.wording import count, day


@dataclass(frozen=True, slots=True)
class FlagsKept:
    said: str
    when: str
    by: str


def kept(held: FlagsHeld | None, now: datetime) -> FlagsKept | None:
    """None where none was handed over."""
    if held is None:
        return None
    said = f"{count(held.flags, 'flag')} of {held.system}"
    return FlagsKept(said, day(held.uploaded_at, now.date()), held.by or "somebody who left")
