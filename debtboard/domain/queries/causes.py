"""Which findings came and which were fixed: behind a move of a debt, with a place, and of whole components."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Count, DateTimeField, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from debtboard.domain.preparing import Given, Prepared, among
from debtboard.domain.queries.members import Member
from debtboard.domain.queries.places import place_said
from debtboard.domain.queries.since import weeks_begin
from debtboard.domain.queries.standing import FIXED, NEW
from debtboard.domain.queries.wording import monday_of
from debtboard.models import Finding, Snapshot

WEEKS = 4

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


@dataclass(frozen=True, slots=True)
class Came:
    """How many findings of a component came, and how many were fixed, with the lists of them."""

    component: str
    new: int
    new_url: str
    fixed: int
    fixed_url: str


def _write_came(components: int) -> QuerySet[Finding, Any]:
    """What the first snapshot of a series has may be older, so it did not come."""
    after = Given("after", DateTimeField())
    first = Snapshot.objects.filter(component_id=OuterRef("component_id")).order_by("as_of").values("as_of")[:1]
    fresh = Q(first_seen_at__gt=after) & Q(first_seen_at__gt=Subquery(first))
    came = Q(present=True, state__in=Finding.STANDING) & (fresh | Q(reopened_at__gt=after))
    left = Q(present=False, state=Finding.State.FIXED, fixed_at__gt=after)
    rows = Finding.objects.filter(came | left, among("component_id", "components", components))
    return rows.values_list("component_id", "present").annotate(Count("id")).order_by()


_CAME = Prepared(_write_came)


def came_and_fixed(found: Sequence[Member], now: datetime) -> tuple[Came, ...]:
    """Of the components that anything came of or was fixed of in four weeks; one query."""
    counts: dict[int, dict[bool, int]] = {}
    ids = [member.id for member in found]
    rows = _CAME.ask(len(ids), components=ids, after=weeks_begin(monday_of(now), WEEKS)) if ids else ()
    for component, present, findings in rows:
        counts.setdefault(component, {})[present] = findings
    made = []
    for member in found:
        if member.id in counts:
            every, mine = reverse("findings", args=[member.public_id]), counts[member.id]
            urls = [f"{every}?changed={kind}-{WEEKS}" for kind in (NEW, FIXED)]
            made.append(Came(member.name, mine.get(True, 0), urls[0], mine.get(False, 0), urls[1]))
    return tuple(made)


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
