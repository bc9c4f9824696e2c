"""What to do first: three signals by severity, then by gain per effort, with places, a proof and what it moves."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import msgspec
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
from scoring.findings import SEVERITIES, Outcome, SignalResult
from scoring.masking import masked
from scoring.scores.answers import DebtScore
from scoring.scores.debts import rows_of, terms_of
from scoring.scores.segments import bar

T = TypeVar("T")
CARDS = 3
PLACES = 3
"""Places that a card names."""
COSTS = {"small": 1.0, "medium": 8.0, "large": 40.0}
"""Hours to rank by alone, never shown: the upper ends of small and medium are an hour and a week."""
CANDIDATES = 12
"""Signals to look for a place of; one whose findings are all decided on has none."""
TITLE = 120
"""Letters of a card's title."""
ASIDE, CLAUSE = re.compile(r" \([^()]*\)"), re.compile(r"[,;:] ")
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


@dataclass(frozen=True, slots=True)
class Task:
    """One signal of a report with findings, and what its debt gains once they are closed."""

    signal: str
    debt: str
    found: bool
    """Whether it takes health; an open finding of a clear signal is a lead alone."""
    severity: int
    fall: float
    """Points by which the debt's worst case falls."""
    per_hour: float
    """The same for an hour of work over all its places."""
    debt_worst: float | None
    proof: str

    def place_in_order(self, worst: int) -> tuple[bool, int, int, float, float, str]:
        """What comes first sorts first; `worst`: the severity of its worst finding that stands."""
        return not self.found, -worst, -self.severity, -self.per_hour, -self.fall, self.signal


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
        proof=task.proof,
        moves=_moves(task, findings),
        debt=task.debt,
    )


@once
def tasks(report: StoredReport) -> tuple[Task, ...]:
    """The signals with findings, those that are found and others, the severest of each; those on trial never."""
    results = {result.id: result for result in report.signals}
    scores = {score.slug: score for score in report.debts}
    scored = [result for result in report.signals if result.findings and not result.on_trial]
    guilty = [result for result in scored if result.outcome is Outcome.FOUND]
    others = [result for result in scored if result.outcome is not Outcome.FOUND]
    made = [_task(result, _fall(result, results, scores), scores) for result in _severest(guilty)]
    made += [_task(result, 0.0, scores) for result in _severest(others)]
    return tuple(made)


def _task(result: SignalResult, fall: float, scores: Mapping[str, DebtScore]) -> Task:
    score = scores.get(result.debt)
    return Task(
        signal=result.id,
        debt=result.debt,
        found=result.outcome is Outcome.FOUND,
        severity=result.severity,
        fall=fall,
        per_hour=fall / _cost(result),
        debt_worst=None if score is None else score.index.worst,
        proof=_proof(result),
    )


def _cost(result: SignalResult) -> float:
    signal = catalogue.signals_by_id().get(result.id)
    return result.findings * COSTS.get(signal.effort if signal else "", COSTS["medium"])


def _severest(guilty: list[SignalResult]) -> list[SignalResult]:
    """As many whole severities, worst first, as hold enough signals: only these can come to stand on a card."""
    chosen: list[SignalResult] = []
    for severity in (4, 3, 2, 1):
        chosen += [result for result in guilty if result.severity == severity]
        if len(chosen) >= CANDIDATES:
            break
    return chosen


def one_per_debt(ranked: Iterable[T], debt: Callable[[T], str]) -> tuple[T, ...]:
    """The first of each debt, so that three cards are three different things to do."""
    first: dict[str, T] = {}
    for one in ranked:
        first.setdefault(debt(one), one)
    return tuple(first.values())[:CARDS]


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


def _fall(result: SignalResult, results: dict[str, SignalResult], scores: dict[str, DebtScore]) -> float:
    """By how many points the debt's worst case falls once this signal is clear."""
    score, debt = scores.get(result.debt), catalogue.debts_by_slug().get(result.debt)
    if (
        score is None
        or score.index.worst is None
        or debt is None
        or not all(row.id in results for row in rows_of(debt))
    ):
        return 0.0
    index, _, _ = bar(terms_of(debt, {**results, result.id: _cleared(result)}))
    return 0.0 if index.worst is None else score.index.worst - index.worst


def _cleared(result: SignalResult) -> SignalResult:
    return msgspec.structs.replace(result, outcome=Outcome.CLEAR, badness=0.0)


def title_of(remedy: str) -> str:
    """The first sentence of the remedy: what to do, as an order. Of a long one what is in brackets is left out, then
    its last clauses: the finding's page has all of it."""
    sentence = remedy.split(". ", 1)[0].rstrip(".")
    if len(sentence) > TITLE:
        sentence = ASIDE.sub("", sentence)
    if len(sentence) > TITLE:
        clauses = [found.start() for found in CLAUSE.finditer(sentence) if TITLE // 3 < found.start() <= TITLE]
        return sentence[: clauses[-1]] if clauses else f"{sentence[: TITLE - 3].rsplit(' ', 1)[0]}…"
    return sentence


def _proof(result: SignalResult) -> str:
    findings = count(result.findings, "finding")
    if result.outcome is not Outcome.FOUND:
        return f"{result.id} is {STATES[result.outcome.value]} as a whole: {findings}, and no points lost by them"
    badness = 0.0 if result.badness is None else result.badness
    over = f", over {findings}" if result.findings > 1 else ""
    return f"{result.id} clear: its badness falls from {badness:.2f} to 0{over}"


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
