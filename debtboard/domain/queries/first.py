"""What to do first: three signals by severity, then by gain per effort, with places, a proof and what it moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import CharField, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from debtboard.domain.preparing import Prepared, among
from debtboard.domain.queries import catalogue
from debtboard.domain.queries.places import place_said
from debtboard.domain.queries.standing import OpenTally, standing_anywhere
from debtboard.domain.queries.stored import StoredReport, once
from debtboard.domain.queries.wording import STATES, count, number
from debtboard.models import Finding
from scoring.findings import SEVERITIES
from scoring.masking import masked
from scoring.reports.shortening import title_of
from scoring.scores.tasks import Task, one_per_debt
from scoring.scores.tasks import tasks as tasks_of

PLACES = 3
"""Places that a card names."""
EFFORTS = {"small": "small, under an hour", "medium": "medium, under a week", "large": "large, over a week"}


@dataclass(frozen=True, slots=True)
class FirstCard:
    order: int
    severity: str
    title: str
    text: str
    places: tuple[tuple[str, str], ...]
    """(place, address) of the first ones, worst first; each place once."""
    others: int
    """How many findings stand elsewhere, or at these places too."""
    effort: str
    proof: str
    moves: str
    debt: str


class Place(NamedTuple):
    """What is read of a finding for a card."""

    component_id: int
    public_id: str
    signal: str
    path: str
    line: int
    message: str
    severity: int
    effort: str
    remedy: str
    evidence: Mapping[str, Any]


def first_cards(component_id: int, report: StoredReport, tally: OpenTally) -> tuple[FirstCard, ...]:
    """By the severity of the worst finding that stands, then by the points that its debt's worst case falls per effort;
    one query."""
    worst = {signal: severity for _, signal, _, severity in tally.rows}
    ranked = [task for task in tasks(report) if task.signal in worst]
    ranked.sort(key=lambda task: task.place_in_order(worst[task.signal]))
    chosen = one_per_debt(ranked, lambda task: task.debt)
    signals = [task.signal for task in chosen]
    places = places_of((component_id,), signals, tally.debts_of(signals))
    cards: list[FirstCard] = []
    for task in chosen:
        mine = places.get((component_id, task.signal))
        if mine:  # else decided on between the two queries
            cards.append(card(task, mine, tally.count(signal=task.signal), len(cards) + 1))
    return tuple(cards)


def card(task: Task, mine: Sequence[Place], findings: int, order: int) -> FirstCard:
    """What the card says of a task: `mine` are its first places, of so many findings."""
    place, here = mine[0], _addresses(mine)
    return FirstCard(
        order=order,
        severity=SEVERITIES[place.severity - 1],
        title=title_of(place.remedy),
        text=masked(place.message),
        places=tuple(here.items()),
        others=findings - len(here),
        effort=effort_said(place.effort, findings),
        proof=_proof(task),
        moves=_moves(task, findings),
        debt=task.debt,
    )


@once
def tasks(report: StoredReport) -> tuple[Task, ...]:
    """The tasks of a report; what is on trial is none."""
    return tasks_of(report.signals, report.debts)


def _addresses(findings: Sequence[Place]) -> dict[str, str]:
    """place -> address of its first finding."""
    here: dict[str, str] = {}
    for one in findings:
        here.setdefault(place_said(one.path, one.line, one.evidence), reverse("finding", args=[one.public_id]))
    return here


def _write_places(components: int, signals: int, debts: int) -> QuerySet[Finding, Any]:
    """By debt too, which the index begins with."""
    rank = Window(RowNumber(), partition_by=["component_id", "signal"], order_by=["-severity", "path", "line", "id"])
    chosen = (
        among("component_id", "components", components),
        among("debt", "debts", debts, CharField()),
        among("signal", "signals", signals, CharField()),
    )
    rows = standing_anywhere().filter(*chosen).annotate(rank=rank).filter(rank__lte=PLACES)
    return rows.order_by("component_id", "signal", "rank").values_list(*Place._fields)


_PLACES = Prepared(_write_places)


def places_of(
    components: Sequence[int], signals: Sequence[str], debts: Sequence[str]
) -> dict[tuple[int, str], list[Place]]:
    """(component, signal) -> up to three findings, the severest first; one query for all of them.

    `debts`: those under which the findings of the signals stand.
    """
    found: dict[tuple[int, str], list[Place]] = {}
    if signals:
        asked = {"components": components, "signals": signals, "debts": debts}
        for place in map(Place._make, _PLACES.ask(len(components), len(signals), len(debts), **asked)):
            found.setdefault((place.component_id, place.signal), []).append(place)
    return found


def _proof(task: Task) -> str:
    findings = count(task.findings, "finding")
    if not task.found:
        return f"{task.signal} is {STATES[task.outcome]} as a whole: {findings}, and no points lost by them"
    badness = 0.0 if task.badness is None else task.badness
    over = f", over {findings}" if task.findings > 1 else ""
    return f"{task.signal} clear: its badness falls from {badness:.2f} to 0{over}"


def effort_said(effort: str, findings: int) -> str:
    """small, under an hour; small each, under an hour: 14 findings."""
    size, _, span = EFFORTS.get(effort, effort).partition(", ")
    if findings < 2:
        return f"{size}, {span}" if span else size
    return f"{size} each{f', {span}' if span else ''}: {count(findings, 'finding')}"


def _moves(task: Task, findings: int) -> str:
    if task.debt_worst is None or task.fall < 0.5:
        return ""
    all_of_them = "both" if findings == 2 else f"all {findings:,}"
    done = f", once {all_of_them} findings are closed" if findings > 1 else ""
    title, worst = catalogue.debt_title(task.debt), task.debt_worst
    return f"{title}: worst {number(worst)} to {number(worst - task.fall)}{done}"
