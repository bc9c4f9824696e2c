"""Which findings stand behind a move of a debt: how many came and how many were fixed, with one place of each kind."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Count, DateTimeField, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from debtboard.domain.preparing import Given, Prepared, among
from debtboard.domain.queries.places import place_said
from debtboard.models import Finding

Pair = tuple[int, str]
"""A component and a debt."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What came and what was fixed of a debt; the place is the severest of those that came, else of those fixed."""

    new: int
    fixed: int
    place: str
    url: str

    @property
    def said(self) -> str:
        parts = [f"{self.new:,} new" if self.new else "", f"{self.fixed:,} fixed" if self.fixed else ""]
        return ", ".join(part for part in parts if part)


class _Row(NamedTuple):
    component_id: int
    debt: str
    present: bool
    public_id: str
    path: str
    line: int
    evidence: Mapping[str, Any]
    findings: int


def _write(components: int, debts: int) -> QuerySet[Finding, Any]:
    after, alike = Given("after", DateTimeField()), ["component_id", "debt", "present"]
    came = Q(present=True, state__in=Finding.STANDING) & (Q(first_seen_at__gt=after) | Q(reopened_at__gt=after))
    left = Q(present=False, state=Finding.State.FIXED, fixed_at__gt=after)
    chosen = among("component_id", "components", components), among("debt", "debts", debts, CharField())
    rank = Window(RowNumber(), partition_by=alike, order_by=["-severity", "path", "line", "id"])
    rows = Finding.objects.filter(came | left, *chosen)
    rows = rows.annotate(findings=Window(Count("id"), partition_by=alike), rank=rank).filter(rank=1)
    return rows.order_by("-severity", "path", "line", "id").values_list(*_Row._fields)


_CHANGED = Prepared(_write)


def causes(pairs: Sequence[Pair], families: Mapping[str, Collection[str]], after: datetime) -> dict[Pair, Cause]:
    """By (component, debt), those of which anything came or was fixed after the moment; one query, none without pairs.

    `families`: debt -> the debts whose findings count for it, itself among them.
    """
    if not pairs:
        return {}
    components = sorted({component for component, _ in pairs})
    debts = sorted({slug for _, debt in pairs for slug in families[debt]})
    rows = _CHANGED.ask(len(components), len(debts), components=components, debts=debts, after=after)
    found = [_Row(*row) for row in rows]
    made = {pair: _cause([row for row in found if _of(row, pair, families)]) for pair in pairs}
    return {pair: cause for pair, cause in made.items() if cause is not None}


def _of(row: _Row, pair: Pair, families: Mapping[str, Collection[str]]) -> bool:
    return row.component_id == pair[0] and row.debt in families[pair[1]]


def _cause(rows: Sequence[_Row]) -> Cause | None:
    if not rows:
        return None
    new, fixed = [row for row in rows if row.present], [row for row in rows if not row.present]
    shown = (new or fixed)[0]
    return Cause(
        new=sum(row.findings for row in new),
        fixed=sum(row.findings for row in fixed),
        place=place_said(shown.path, shown.line, shown.evidence),
        url=reverse("finding", args=[shown.public_id]),
    )
