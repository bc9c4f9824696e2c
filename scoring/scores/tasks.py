"""What to do first: a task for each signal with findings, by severity, then by what it gains for its effort.

The order is the one of every place that says what to do first: the text of a scan, and the pages of the board.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from scoring.debts import all_debts, all_signals, while_they_stand
from scoring.findings import LARGE, MEDIUM, SMALL, Debt, Outcome, SignalResult
from scoring.scores.answers import DebtScore
from scoring.scores.debts import rows_of, terms_of
from scoring.scores.segments import bar

T = TypeVar("T")
FIRST = 3
"""Tasks that are shown as the first ones, each of another debt."""
CANDIDATES = 12
"""Signals to look for a place of; on the board, one whose findings are all decided on has none."""
COSTS = {SMALL: 1.0, MEDIUM: 8.0, LARGE: 40.0}
"""Hours to rank by alone, never shown: the upper ends of small and medium are an hour and a week."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One signal of a report with findings, and what its debt gains once they are closed."""

    signal: str
    debt: str
    outcome: str
    badness: float | None
    findings: int
    severity: int
    """Of the signal, 1..4; a finding may carry another."""
    fall: float
    """Points by which the debt's worst case falls."""
    per_hour: float
    """The same for an hour of work over all its places."""
    debt_worst: float | None

    @property
    def found(self) -> bool:
        """Whether it takes health; an open finding of a clear signal is a lead alone."""
        return self.outcome == Outcome.FOUND.value

    def place_in_order(self, worst: int) -> tuple[bool, int, int, float, float, str]:
        """What comes first sorts first; `worst`: the severity of its worst finding that stands, 1..4."""
        return not self.found, -worst, -self.severity, -self.per_hour, -self.fall, self.signal


def tasks(signals: Sequence[SignalResult], debts: Sequence[DebtScore]) -> tuple[Task, ...]:
    """The signals with findings, those that are found and others, the severest of each; those on trial never."""
    results = {result.id: result for result in signals}
    scores = {score.slug: score for score in debts}
    scored = [result for result in signals if result.findings and not result.on_trial]
    guilty = [result for result in scored if result.outcome is Outcome.FOUND]
    others = [result for result in scored if result.outcome is not Outcome.FOUND]
    made = [_task(result, _fall(result, results, scores), scores) for result in _severest(guilty)]
    made += [_task(result, 0.0, scores) for result in _severest(others)]
    return tuple(made)


def one_per_debt(ranked: Iterable[T], debt: Callable[[T], str]) -> tuple[T, ...]:
    """The first of each debt, so that the first tasks are different things to do."""
    first: dict[str, T] = {}
    for one in ranked:
        first.setdefault(debt(one), one)
    return tuple(first.values())[:FIRST]


def _task(result: SignalResult, fall: float, scores: Mapping[str, DebtScore]) -> Task:
    score = scores.get(result.debt)
    return Task(
        signal=result.id,
        debt=result.debt,
        outcome=result.outcome.value,
        badness=result.badness,
        findings=result.findings,
        severity=result.severity,
        fall=fall,
        per_hour=fall / (result.findings * COSTS.get(_efforts().get(result.id, ""), COSTS[MEDIUM])),
        debt_worst=None if score is None else score.index.worst,
    )


def _severest(guilty: list[SignalResult]) -> list[SignalResult]:
    """As many whole severities, worst first, as hold enough signals: only these can come to be among the first."""
    chosen: list[SignalResult] = []
    for severity in (4, 3, 2, 1):
        chosen += [result for result in guilty if result.severity == severity]
        if len(chosen) >= CANDIDATES:
            break
    return chosen


def _fall(result: SignalResult, results: dict[str, SignalResult], scores: Mapping[str, DebtScore]) -> float:
    """By how many points the debt's worst case falls once this signal is clear."""
    score, debt = scores.get(result.debt), _debts().get(result.debt)
    if (
        score is None
        or score.index.worst is None
        or debt is None
        or not all(row.id in results for row in rows_of(debt))
    ):
        return 0.0
    cleared = msgspec.structs.replace(result, outcome=Outcome.CLEAR, badness=0.0)
    index, _, _ = bar(terms_of(debt, {**results, result.id: cleared}))
    return 0.0 if index.worst is None else score.index.worst - index.worst


@while_they_stand
def _debts() -> Mapping[str, Debt]:
    return {debt.slug: debt for debt in all_debts()}


@while_they_stand
def _efforts() -> Mapping[str, str]:
    return {signal.id: signal.effort for signal in all_signals()}
