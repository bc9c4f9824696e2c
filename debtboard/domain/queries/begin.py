"""Where to begin: the components with the worst open findings, each with what to do first there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from debtboard.domain.preparing import Prepared, among
from debtboard.domain.queries.catalogue import trial_mark
from debtboard.domain.queries.members import Member
from debtboard.domain.queries.standing import standing_anywhere
from debtboard.domain.queries.wording import count
from scoring.findings import SEVERITIES

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Begin:
    """One component to open, and why that one."""

    name: str
    url: str
    severity: str
    said: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How many findings of one component are open of a debt and a signal at a severity, from 1 to 4."""

    component: int
    debt: str
    signal: str
    severity: int
    findings: int


_OPEN = Prepared(
    lambda components: (
        standing_anywhere()
        .filter(among("component_id", "components", components))
        .values_list("component_id", "debt", "signal", "severity")
        .annotate(Count("id"))
        .order_by()
    )
)


def standing(components: Sequence[int]) -> tuple[Standing, ...]:
    """What is open in the components, counted in one query."""
    rows = _OPEN.ask(len(components), components=components) if components else ()
    return tuple(Standing(*row) for row in rows)


def where_to_begin(found: Sequence[Member], open_now: Sequence[Standing]) -> tuple[Begin, ...]:
    """By the worst severity that is open, then how many have it, then the name; what is on trial heads nothing."""
    counts: dict[int, Counter[int]] = {}
    totals: Counter[int] = Counter()
    for row in open_now:
        totals[row.component] += row.findings
        if not trial_mark(row.signal):
            counts.setdefault(row.component, Counter())[row.severity] += row.findings
    ranked = sorted(
        (-max(mine), -mine[max(mine)], member.name.casefold(), member.id)
        for member in found
        if (mine := counts.get(member.id))
    )
    members = {member.id: member for member in found}
    return tuple(_begin(members[id_], -worst, -amount, totals[id_]) for worst, amount, _, id_ in ranked[:SHOWN])


def _begin(member: Member, worst: int, amount: int, total: int) -> Begin:
    severity = SEVERITIES[worst - 1]
    said = (
        f"{count(total, 'finding')} open, all {severity}"
        if amount == total
        else f"{amount:,} of {total:,} findings are {severity}"
    )
    return Begin(member.name, f"{member.url}#h-1", severity, said)
