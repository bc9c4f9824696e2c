"""What a reader asks of a list of findings: its order, its filters, its page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from debtboard.domain.queries.since import CHANGED
from scoring.findings import SEVERITIES

BY_DEBT, BY_FILE = "debt", "file"
ORDERS = {BY_DEBT: ("-severity", "path", "line", "id"), BY_FILE: ("path", "line", "id")}
"""By debt, within each, after what is not on trial: the debt with the worst finding that isn't stands before all
others, then their names count."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader asked for: order, filters, page."""

    order: str = BY_DEBT
    debt: str = ""
    signal: str = ""
    number: int = 1
    severity: str = ""
    path: str = ""
    """What the path begins with."""
    changed: str = ""
    """One of `since.CHANGED`."""
    after: datetime | None = None
    """The moment that `changed` means; a list finds it."""

    @property
    def filters(self) -> dict[str, Any]:
        """Those of `standing` that were asked for, with their values."""
        rank = SEVERITIES.index(self.severity) + 1 if self.severity else 0
        asked = {"debt": self.debt, "signal": self.signal, "severity": rank, "path": self.path}
        if self.changed:
            asked[CHANGED[self.changed][0]] = self.after
        return {name: value for name, value in asked.items() if value}

    def query(self, **changes: object) -> str:
        fields = {
            "order": self.order,
            "debt": self.debt,
            "signal": self.signal,
            "severity": self.severity,
            "path": self.path,
            "changed": self.changed,
            **changes,
        }
        kept = {key: value for key, value in fields.items() if value and (key, value) != ("order", BY_DEBT)}
        return urlencode(kept)
