"""glu.9: how many files past changes of algorithm touched."""

from datetime import timedelta

import pytest

from scoring.analyses.algorithm_changes import unread_share
from scoring.analyses.view import View
from scoring.facts import AlgorithmSwap, HistoryFacts
from scoring.findings import Finding, Outcome, SignalResult
from scoring.testing import AS_OF, ML_FILE, facts_from, result_of


def swap(files: int, *, weight: float = 1.0, config_only: bool = False, days_ago: int = 30) -> AlgorithmSwap:
    return AlgorithmSwap(
        commits=(f"{files:040x}",),
        at=AS_OF - timedelta(days=days_ago),
        before=("SVC",) if weight == 1 else (),
        after=("xgboost",),
        files=tuple(f"part{number % 3}/file{number}.py" for number in range(files)),
        path="model_of_the_rig.py",
        weight=weight,
        config_only=config_only,
    )


def answer(history: HistoryFacts | None) -> tuple[SignalResult, tuple[Finding, ...]]:
    return result_of("glu.9", facts_from(ML_FILE, history=history))


@pytest.mark.parametrize(
    "history",
    [
        None,
        HistoryFacts(),
        HistoryFacts(reason="the clone is shallow"),
        HistoryFacts(swaps=(), swap_changes=9, swap_unread=2),
        HistoryFacts(swaps=(swap(1),), swap_changes=9, swap_unread=8),
    ],
    ids=["none", "not looked up", "shallow", "unread", "most unread"],
)
def test_unread_history_is_unknown(history: HistoryFacts | None) -> None:
    assert answer(history)[0].outcome is Outcome.UNKNOWN


def test_history_without_a_change_does_not_apply() -> None:
    assert answer(HistoryFacts(swaps=(), swap_changes=9))[0].outcome is Outcome.NOT_APPLICABLE


def test_small_footprint_is_clear() -> None:
    result, findings = answer(HistoryFacts(swaps=(swap(1), swap(2)), swap_changes=9))
    assert (result.outcome, result.value, findings) == (Outcome.CLEAR, 1.5, ())


def test_large_footprint_is_found_with_the_widest_change() -> None:
    result, findings = answer(HistoryFacts(swaps=(swap(9), swap(1), swap(14)), swap_changes=9))
    assert (result.outcome, result.value, result.population) == (Outcome.FOUND, 9.0, 3)
    assert (result.reason, findings) == (
        "The change from SVC to xgboost (2026-10-22, commit 000000000) took changes in 14 files of 3 folders",
        (),
    )


def test_algorithm_that_joins_counts_half() -> None:
    result, _ = answer(HistoryFacts(swaps=(swap(3), swap(3), swap(40, weight=0.5)), swap_changes=9))
    assert result.value == 3.0


def test_change_that_came_with_much_else_is_not_counted() -> None:
    assert answer(HistoryFacts(swaps=(swap(9), swap(25)), swap_changes=9))[0].value == 9.0
    assert answer(HistoryFacts(swaps=(swap(25),), swap_changes=9))[0].outcome is Outcome.UNKNOWN


def test_change_that_came_with_much_else_is_unseen_and_not_good() -> None:
    shares = [
        unread_share(View(facts_from(ML_FILE, history=HistoryFacts(swaps=swaps, swap_unread=1, swap_changes=10))))
        for swaps in ((), (swap(2),), (swap(2), swap(26)))
    ]
    assert shares == [0.1, 0.1, 0.5]
