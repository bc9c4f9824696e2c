"""What to do first in several components: their findings in one order, the order of each component's own page."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count

from debtboard.domain.preparing import Prepared, among
from debtboard.domain.queries.catalogue import trial_mark
from debtboard.domain.queries.first import FirstCard, card, places_of, tasks
from debtboard.domain.queries.kept import Kept
from debtboard.domain.queries.members import Member
from debtboard.domain.queries.standing import standing_anywhere
from debtboard.domain.queries.stored import read_reports
from debtboard.domain.queries.wording import count
from scoring.findings import SEVERITIES
from scoring.scores.tasks import Task, one_per_debt

COMPONENTS = 12
"""Components whose reports are looked into: those with the worst open findings."""
NAMED = 3
"""Components that are named where the same is to be done."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, where, and why it comes when it comes."""

    card: FirstCard
    component: str
    team: str
    url: str
    why: str
    also: str
    """Other components that the same is to be done in; "" where there is none."""


@dataclass(frozen=True, slots=True)
class Begin:
    """What to do first, and the components with the worst open findings."""

    steps: tuple[Step, ...]
    said: str
    components: tuple[tuple[str, str, str], ...]
    """(name, address, how many findings of which severity), worst first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many findings of one component are open of a debt and a signal at a severity, from 1 to 4."""

    component: int
    debt: str
    signal: str
    severity: int
    findings: int


@dataclass(frozen=True, slots=True)
class _Choice:
    """A task of one component, with what stands of it."""

    member: Member
    task: Task
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
_TASKS: Kept[dict[int, tuple[Task, ...]]] = Kept(room=50_000, weight=lambda kept: sum(map(len, kept.values())))
"""Of reports, which never change; by their snapshots."""


def standing(components: Sequence[int]) -> tuple[Standing, ...]:
    """What is open in the components, counted in one query."""
    rows = _OPEN.ask(len(components), components=components) if components else ()
    return tuple(Standing(*row) for row in rows)


def with_open_counts(found: Sequence[Member], open_now: Sequence[Standing]) -> list[Member]:
    """The components with what stands of each, as its own page counts it.

    A snapshot's own count leaves out what it could not judge and what therefore stands.
    """
    totals: Counter[int] = Counter()
    for row in open_now:
        totals[row.component] += row.findings
    return [replace(member, findings=totals[member.id]) for member in found]


def where_to_begin(
    found: Sequence[Member], open_now: Sequence[Standing], teams: Mapping[int, str] | None = None
) -> Begin | None:
    """The order of the day over the components; one query once their reports are known, two before.

    `teams`: their names, where the components are of several. What is on trial heads nothing.
    """
    scored = [row for row in open_now if not trial_mark(row.signal)]
    components = _worst_first(found, scored, open_now)
    if not components:
        return None
    members = {member.id: member for member in found}
    ranked = _ranked([members[id_] for id_, _ in components], scored)
    chosen = one_per_debt(ranked, lambda choice: choice.task.debt)
    here = sorted({choice.member.id for choice in chosen})
    signals = sorted({choice.task.signal for choice in chosen})
    debts = sorted({row.debt for row in scored if row.signal in signals})
    places = places_of(here, signals, debts)
    steps: list[Step] = []
    for choice in chosen:
        mine = places.get((choice.member.id, choice.task.signal))
        if mine:  # else decided on between the two queries
            why = _why(choice, ranked, steps)
            made = card(choice.task, mine, choice.findings, len(steps) + 1)
            also = _also(choice, scored, members)
            team = (teams or {}).get(choice.member.team_id, "")
            steps.append(Step(made, choice.member.name, team, f"{choice.member.url}#h-1", why, also))
    total = sum(row.findings for row in open_now)
    named = tuple((members[id_].name, f"{members[id_].url}#h-1", said) for id_, said in components[:NAMED])
    return Begin(tuple(steps), _said(total, len(components)), named)


def _said(findings: int, components: int) -> str:
    looked = f", in the {COMPONENTS} components with the worst" if components == COMPONENTS else ""
    return f"of {count(findings, 'open finding')}{looked}: by severity, then by gain per effort"


def _worst_first(
    found: Sequence[Member], scored: Sequence[Standing], open_now: Sequence[Standing]
) -> list[tuple[int, str]]:
    """(component, how many findings of its worst severity): by that severity, how many have it, then the name."""
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    totals: Counter[int] = Counter()
    for row in scored:
        counts[row.component][row.severity] += row.findings
    for row in open_now:
        totals[row.component] += row.findings
    ranked = sorted(
        (-max(mine), -mine[max(mine)], member.name.casefold(), member.id)
        for member in found
        if (mine := counts.get(member.id))
    )
    return [(id_, f"{-amount:,} of {totals[id_]:,} {SEVERITIES[-worst - 1]}") for worst, amount, _, id_ in ranked][
        :COMPONENTS
    ]


def _ranked(found: Sequence[Member], scored: Sequence[Standing]) -> list[_Choice]:
    """Every task of the components that something stands of, first to do first."""
    amounts: Counter[tuple[int, str]] = Counter()
    worst: dict[tuple[int, str], int] = {}
    for row in scored:
        here = row.component, row.signal
        amounts[here] += row.findings
        worst[here] = max(row.severity, worst.get(here, 0))
    known = _tasks_of(tuple(member.snapshot_id for member in found if member.snapshot_id is not None))
    choices = [
        _Choice(member, task, worst[here], amounts[here])
        for member in found
        for task in known.get(member.snapshot_id or 0, ())
        if (here := (member.id, task.signal)) in worst
    ]
    return sorted(choices, key=lambda c: (*c.task.place_in_order(c.severity), c.member.name.casefold(), c.member.id))


def _tasks_of(snapshots: tuple[int, ...]) -> dict[int, tuple[Task, ...]]:
    return _TASKS.get(snapshots, lambda: {pk: tasks(report) for pk, report in read_reports(snapshots).items()})


def _why(choice: _Choice, ranked: Sequence[_Choice], before: Sequence[Step]) -> str:
    """By what it comes here: its severity against what else is open, then its gain per effort."""
    severity, found = SEVERITIES[choice.severity - 1], choice.task.found
    peers = sum(other.severity == choice.severity and other.task.found == found for other in ranked)
    gains = "gains most for its effort" if choice.task.fall else "comes first by name: none moves a figure alone"
    if not found:
        return f"{severity}, a lead: its signal as a whole is clear, so it costs no points"
    if before and before[-1].card.severity == severity:
        return f"{severity} too, of another debt; next by gain for its effort"
    if before:
        return f"{severity}: no other debt has one that is {before[-1].card.severity}"
    if peers == 1:
        return f"{severity}, and nothing else that is open is as severe"
    return f"{severity}, the worst that is open; of {peers} things to do that are {severity}, it {gains}"


def _also(choice: _Choice, scored: Sequence[Standing], members: Mapping[int, Member]) -> str:
    """bugbug (3), zamba (1) and 2 more components: where the same signal has findings."""
    others: Counter[int] = Counter()
    for row in scored:
        if row.signal == choice.task.signal and row.component != choice.member.id:
            others[row.component] += row.findings
    ordered = sorted(others, key=lambda id_: (-others[id_], members[id_].name.casefold(), id_))
    named = ", ".join(f"{members[id_].name} ({others[id_]:,})" for id_ in ordered[:NAMED])
    rest = len(ordered) - NAMED
    return f"{named} and {count(rest, 'more component')}" if rest > 0 else named
