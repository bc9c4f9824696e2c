"""What to do first: the three signals whose findings cost the most, each with a place, a proof and what it moves."""

from dataclasses import dataclass

import msgspec
from django.db.models import Count, Max, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from debtboard.domain.queries import catalogue
from debtboard.domain.queries.findings import standing
from debtboard.domain.queries.stored import StoredReport
from debtboard.domain.queries.wording import count, number
from debtboard.models import Finding
from scoring.findings import SEVERITIES, Outcome, SignalResult
from scoring.scores.answers import DebtScore
from scoring.scores.debts import rows_of, terms_of
from scoring.scores.segments import bar

CARDS = 3
EFFORTS = {"small": "small, under an hour", "medium": "medium, under a week", "large": "large, over a week"}


@dataclass(frozen=True, slots=True)
class FirstCard:
    order: int
    severity: str
    title: str
    text: str
    place: str
    url: str
    others: int
    effort: str
    proof: str
    moves: str
    debt: str


def first_cards(component_id: int, report: StoredReport) -> tuple[FirstCard, ...]:
    """By the worst severity of the signal's open findings, then by the points its debt's worst case would fall."""
    grouped = standing(component_id).order_by().values_list("signal").annotate(Max("severity"), Count("id"))
    found = {signal: (severity, amount) for signal, severity, amount in grouped}
    results = {result.id: result for result in report.signals}
    scores = {score.slug: score for score in report.debts}
    ranked = sorted(
        (
            (found[id_][0], _fall(result, results, scores), id_)
            for id_, result in results.items()
            if id_ in found and result.outcome is Outcome.FOUND
        ),
        key=lambda row: (-row[0], -row[1], row[2]),
    )[:CARDS]
    chosen = [id_ for _, _, id_ in ranked]
    places = _places(component_id, chosen)
    cards = []
    for order, (severity, fall, id_) in enumerate(ranked, start=1):
        place, result = places[id_], results[id_]
        cards.append(
            FirstCard(
                order=order,
                severity=SEVERITIES[severity - 1],
                title=_order(place.remedy),
                text=place.message,
                place=f"{place.path}:{place.line}",
                url=reverse("finding", args=[place.public_id]),
                others=found[id_][1] - 1,
                effort=EFFORTS.get(place.effort, place.effort),
                proof=_proof(result),
                moves=_moves(scores.get(result.debt), fall),
                debt=result.debt,
            )
        )
    return tuple(cards)


def _places(component_id: int, signals: list[str]) -> dict[str, Finding]:
    """One finding per signal: the first of its severest."""
    rank = Window(RowNumber(), partition_by="signal", order_by=["-severity", "path", "line", "id"])
    rows = standing(component_id).filter(signal__in=signals).annotate(rank=rank).filter(rank=1)
    return {finding.signal: finding for finding in rows}


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


def _order(remedy: str) -> str:
    """The first sentence of the remedy: what to do, as an order."""
    sentence = remedy.split(". ", 1)[0].rstrip(".")
    return sentence if len(sentence) <= 120 else f"{sentence[:117].rsplit(' ', 1)[0]}…"


def _proof(result: SignalResult) -> str:
    places = count(result.findings, "place")
    badness = 0.0 if result.badness is None else result.badness
    return f"{result.id} clear: its badness falls from {badness:.2f} to 0, over {places}"


def _moves(score: DebtScore | None, fall: float) -> str:
    if score is None or score.index.worst is None or fall < 0.5:
        return ""
    return f"{score.slug} worst {number(score.index.worst)} to {number(score.index.worst - fall)}"
