"""What stands of a component: seen in its current snapshot, and nobody has decided on it. Counted, and chosen from."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, DateTimeField, Max, Q, QuerySet

from debtboard.domain.preparing import Given, Prepared
from debtboard.models import Finding
from scoring.findings import SEVERITIES

FILTERS = {"debt": "debt", "signal": "signal", "severity": "severity", "path": "path__startswith"}
"""What a reader may choose by, and how it is looked up."""
NEW, FIXED = "new", "fixed"
"""Two more, by time: what came, or came back, after a moment and stands; and what was fixed after it."""


@dataclass(frozen=True, slots=True)
class OpenTally:
    """The open findings of a component, counted: (debt, signal, findings, worst severity from 1 to 4)."""

    rows: tuple[tuple[str, str, int, int], ...] = ()

    def count(self, debt: str = "", signal: str = "") -> int:
        return sum(row[2] for row in self._of(debt, signal))

    def worst(self, debts: Collection[str], found: Collection[str]) -> str | None:
        """The severity of the worst one of the debts, among the signals that are found; None where none is open.

        What stands of a clear signal is a lead, and outside the worst (contracts, section 2).
        """
        rank = max((row[3] for row in self.rows if row[0] in debts and row[1] in found), default=0)
        return SEVERITIES[rank - 1] if rank else None

    def within(self, debts: Collection[str]) -> int:
        """How many stand of the debts together."""
        return sum(row[2] for row in self.rows if row[0] in debts)

    def debts(self) -> frozenset[str]:
        """The debts that have a finding."""
        return frozenset(row[0] for row in self.rows)

    def debts_of(self, signals: Collection[str]) -> tuple[str, ...]:
        """The debts under which findings of these signals stand, by name."""
        return tuple(sorted({row[0] for row in self.rows if row[1] in signals}))

    def signals(self) -> frozenset[str]:
        """The signals that have a finding."""
        return frozenset(row[1] for row in self.rows)

    def debts_at(self, severity: str, found: Collection[str]) -> tuple[str, ...]:
        """The debts that have a finding of that severity from a signal that is found, by name."""
        return tuple(sorted({row[0] for row in self.rows if SEVERITIES[row[3] - 1] == severity and row[1] in found}))

    def narrowed(self, debt: str, signal: str) -> "OpenTally":
        """Those of one debt, of one signal; "" is any."""
        return OpenTally(tuple(self._of(debt, signal)))

    def by_debt(self, on_trial: Collection[str] = ()) -> list[tuple[str, int]]:
        """(debt, findings), the one with the worst finding first, then by name; signals on trial head nothing."""
        counts: Counter[str] = Counter()
        worst: dict[str, tuple[bool, int]] = {}
        for debt, signal, amount, severity in self.rows:
            counts[debt] += amount
            worst[debt] = max((signal not in on_trial, severity), worst.get(debt, (False, 0)))
        return sorted(counts.items(), key=lambda row: (not worst[row[0]][0], -worst[row[0]][1], row[0]))

    def _of(self, debt: str, signal: str) -> list[tuple[str, str, int, int]]:
        return [row for row in self.rows if debt in ("", row[0]) and signal in ("", row[1])]


def standing_anywhere() -> QuerySet[Finding]:
    """What the current snapshots have and nobody has decided on."""
    return Finding.objects.filter(present=True, state__in=Finding.STANDING)


def standing_by(filters: Collection[str] = ()) -> QuerySet[Finding]:
    """What stands of a component that is given, by the filters of these names; of FIXED, what stood."""
    named = [name for name in filters if name in FILTERS]
    given = {FILTERS[name]: Given(name, None if name == "severity" else CharField()) for name in named}
    if FIXED in filters:
        fixed = Finding.objects.filter(present=False, state=Finding.State.FIXED, fixed_at__gt=_moment(FIXED))
        return fixed.filter(component=Given("component"), **given)
    found = standing_anywhere().filter(component=Given("component"), **given)
    if NEW in filters:
        found = found.filter(Q(first_seen_at__gt=_moment(NEW)) | Q(reopened_at__gt=_moment(NEW)))
    return found


def _moment(name: str) -> Given:
    return Given(name, DateTimeField())


_TALLY = Prepared(
    lambda *filters: (
        standing_by(filters)
        .values_list("debt", "signal")
        .annotate(Count("id"), Max("severity"))
        .order_by("debt", "signal")
    )
)


def open_tally(component_id: int, filters: Mapping[str, Any] | None = None) -> OpenTally:
    """One query, whatever the number of findings: every count of open findings on a page comes from it.

    `filters`: name of one of FILTERS -> the value it must have.
    """
    asked = filters or {}
    return OpenTally(tuple(_TALLY.ask(*asked, component=component_id, **asked)))
