"""Additions that touch many files: what is measured, and when nothing can be said."""

import pytest

from scoring.facts import HistoryFacts
from scoring.findings import Outcome
from scoring.testing import ML_FILE, facts_from, result_of


@pytest.mark.parametrize("history", [None, HistoryFacts(), HistoryFacts(reason="shallow clone")], ids=str)
def test_abs_7_history_that_is_not_there_is_unknown(history: HistoryFacts | None) -> None:
    assert result_of("abs.7", facts_from(ML_FILE, history=history))[0].outcome is Outcome.UNKNOWN


def test_abs_7_few_additions_are_unknown() -> None:
    history = HistoryFacts(addition_files=None, additions=4)
    assert result_of("abs.7", facts_from(ML_FILE, history=history))[0].outcome is Outcome.UNKNOWN


def test_abs_7_additions_of_three_files_are_clear() -> None:
    history = HistoryFacts(addition_files=3.0, additions=9)
    assert result_of("abs.7", facts_from(ML_FILE, history=history))[0].outcome is Outcome.CLEAR


def test_abs_7_additions_of_twelve_files_are_found() -> None:
    history = HistoryFacts(addition_files=12.0, additions=9)
    result = result_of("abs.7", facts_from(ML_FILE, history=history))[0]
    assert (result.outcome, result.value, result.population, result.badness) == (Outcome.FOUND, 12.0, 9, 1.0)
