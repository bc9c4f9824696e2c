"""Where a team begins: the components with the worst open findings, each with what to do first there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from debtboard.domain.queries.rows import Member
from debtboard.domain.queries.wording import count
from debtboard.models import Finding
from scoring.findings import SEVERITIES

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Begin:
    """One component to open, and why that one."""

    name: str
    url: str
    severity: str
    said: str


def where_to_begin(found: Sequence[Member]) -> tuple[Begin, ...]:
    """By the worst severity that is open, then how many have it, then the name; one query."""
    rows = (
        Finding.objects.filter(component_id__in=[m.id for m in found], present=True, state__in=Finding.STANDING)
        .values_list("component_id", "severity")
        .annotate(Count("id"))
        .order_by()
    )
    counts: dict[int, dict[int, int]] = {}
    for component, severity, amount in rows:
        counts.setdefault(component, {})[severity] = amount
    ranked = sorted(
        (-max(mine), -mine[max(mine)], member.name.casefold(), member.id)
        for member in found
        if (mine := counts.get(member.id))
    )
    members = {member.id: member for member in found}
    return tuple(_begin(members[id_], -worst, -amount, counts[id_]) for worst, amount, _, id_ in ranked[:SHOWN])


def _begin(member: Member, worst: int, amount: int, counts: dict[int, int]) -> Begin:
    severity = SEVERITIES[worst - 1]
    total = sum(counts.values())
    said = (
        f"{count(total, 'finding')} open, all {severity}" if amount == total else f"{amount:,} of {total:,} {severity}"
    )
    return Begin(member.name, f"{member.url}#h-1", severity, said)
