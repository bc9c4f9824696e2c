"""What to do first: three signals by severity, then by gain per effort, with places, a proof and what it moves."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
from django.db.models import CharField, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from debtboard.domain.preparing import Prepared, among
from debtboard.domain.queries import catalogue
from debtboard.domain.queries.places import place_said
from debtboard.domain.queries.standing import OpenTally, standing_by
from debtboard.domain.queries.stored import StoredReport, once
from debtboard.domain.queries.wording import STATES, count, number
from debtboard.models import Finding
from scoring.findings import SEVERITIES, Outcome, SignalResult
from scoring.masking import masked
from scoring.scores.answers import DebtScore
from scoring.scores.debts import rows_of, terms_of
from scoring.scores.segments import bar

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
    costs: bool
    """Whether its signal is found, so that it takes health; an open finding of a clear signal is a lead alone."""


class Place(NamedTuple):
    """What is read of a finding for a card."""

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
    results = {result.id: result for result in report.signals}
    scores = {score.slug: score for score in report.debts}
    worst = {signal: severity for _, signal, _, severity in tally.rows}
    ranked = [row for row in _ranked(report) if row[2] in worst]
    ranked.sort(key=lambda row: (results[row[2]].outcome is not Outcome.FOUND, -worst[row[2]]))
    chosen = _one_per_debt(ranked, results)
    places = _places(component_id, [id_ for *_, id_ in chosen], tally)
    cards = []
    for _, fall, id_ in chosen:
        mine, result = places.get(id_), results[id_]
        if not mine:  # decided on between the two queries
            continue
        place, here = mine[0], _addresses(mine)
        cards.append(
            FirstCard(
                order=len(cards) + 1,
                severity=SEVERITIES[place.severity - 1],
                title=title_of(place.remedy),
                text=masked(place.message),
                places=tuple(here.items()),
                others=tally.count(signal=id_) - len(here),
                effort=effort_said(place.effort, tally.count(signal=id_)),
                proof=_proof(result),
                moves=_moves(scores.get(result.debt), -fall, tally.count(signal=id_)),
                debt=result.debt,
                costs=result.outcome is Outcome.FOUND,
            )
        )
    return tuple(cards)


@once
def _ranked(report: StoredReport) -> list[tuple[int, float, str]]:
    """(severity, points of the debt, signal), first to do first: those that are found, then the others; those on trial
    never.

    Among signals of one severity, by the points that an hour gains over all their places.
    """
    results = {result.id: result for result in report.signals}
    scores = {score.slug: score for score in report.debts}
    scored = [result for result in report.signals if result.findings and not result.on_trial]
    guilty = [result for result in scored if result.outcome is Outcome.FOUND]
    others = [result for result in scored if result.outcome is not Outcome.FOUND]
    worth = [(_fall(r, results, scores), r) for r in _severest(guilty)]
    worth.sort(key=lambda one: (-one[1].severity, -one[0] / _cost(one[1]), -one[0], one[1].id))
    ranked = [(-r.severity, -fall, r.id) for fall, r in worth[:CANDIDATES]]
    return ranked + sorted((-r.severity, 0.0, r.id) for r in _severest(others))[:CANDIDATES]


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


def _one_per_debt(
    ranked: list[tuple[int, float, str]], results: dict[str, SignalResult]
) -> list[tuple[int, float, str]]:
    """The first of each debt, so that three cards are three different things to do."""
    first: dict[str, tuple[int, float, str]] = {}
    for row in ranked:
        first.setdefault(results[row[2]].debt, row)
    return list(first.values())[:CARDS]


def _addresses(findings: Sequence[Place]) -> dict[str, str]:
    """place -> address of its first finding."""
    here: dict[str, str] = {}
    for one in findings:
        here.setdefault(place_said(one.path, one.line, one.evidence), reverse("finding", args=[one.public_id]))
    return here


def _write_places(signals: int, debts: int) -> QuerySet[Finding, Any]:
    """By debt too, which the index begins with."""
    rank = Window(RowNumber(), partition_by="signal", order_by=["-severity", "path", "line", "id"])
    chosen = among("debt", "debts", debts, CharField()), among("signal", "signals", signals, CharField())
    rows = standing_by().filter(*chosen).annotate(rank=rank).filter(rank__lte=PLACES)
    return rows.order_by("signal", "rank").values_list(*Place._fields)


_PLACES = Prepared(_write_places)


def _places(component_id: int, signals: Sequence[str], tally: OpenTally) -> dict[str, list[Place]]:
    """Up to three findings per signal, its severest first."""
    found: dict[str, list[Place]] = {}
    if signals:
        debts = tally.debts_of(signals)
        rows = _PLACES.ask(len(signals), len(debts), component=component_id, signals=signals, debts=debts)
        for place in map(Place._make, rows):
            found.setdefault(place.signal, []).append(place)
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


def _moves(score: DebtScore | None, fall: float, findings: int) -> str:
    if score is None or score.index.worst is None or fall < 0.5:
        return ""
    all_of_them = "both" if findings == 2 else f"all {findings:,}"
    done = f", once {all_of_them} findings are closed" if findings > 1 else ""
    title, worst = catalogue.debt_title(score.slug), score.index.worst
    return f"{title}: worst {number(worst)} to {number(worst - fall)}{done}"
