"""Bare results, and additions that touch many files: what is measured, and when nothing can be said."""

import pytest

from scoring.facts import HistoryFacts
from scoring.findings import Outcome
from scoring.testing import ML_FILE, check_clear, facts_from, result_of

SIGNAL = "abs.5"
HEAD = "import torch\n\n\n"


@pytest.mark.parametrize(
    "code",
    [
        "def load(a):\n    return a, a, a\n",
        "def _load(a):\n    return a, b, c, e\n",
        "def load(a) -> Batch:\n    return a, b, c, e\n",
        "@app.get('/')\ndef load(a):\n    return {'a': a, 'b': a, 'c': a, 'd': a}\n",
        "class A:\n    def forward(self, a):\n        return a, b, c, e\n",
        "def load(a):\n    def inner():\n        return a, b, c, e\n    return inner\n",
        "def load(a):\n    return {'a': A(), 'b': B(), 'c': C(a), 'd': D()}\n",
        "def load(a):\n    return {'a': {'x': a}, 'b': {'x': a}, 'c': {'x': a}, 'd': {'x': a}}\n",
        "def load(a) -> dict[str, float]:\n    return {'a': a, 'b': a, 'c': a, 'd': a}\n",
        "def load(a):\n    return {a: 1, a + 1: 2, a + 2: 3, a + 3: 4}\n",
        "def load(a):\n    return {}\n",
        "def load(a):\n    return x_train, x_test, y_train, y_test\n",
        "def load(a):\n    return x_min, y_min, w, h\n",
        "def load(a):\n    return x - x_off, x + w, y - y_off, y + h\n",
        "def load(a):\n    return a.x_min, a.y_min, a.w, a.h\n",
        "def load(a):\n    return s, a, r, s_next\n",
        "def load(a):\n    return {0: a, 1: a, 2: a, 3: b}\n",
        "def load(a):\n    return {'a': 0, 'b': 1, 'c': 2, 'd': 3}\n",
        "def load(a):\n    return {'loss': a, 'status': a, 'model': a, 'rate': a}\n",
    ],
    ids=[
        "three",
        "private",
        "typed",
        "decorated",
        "framework",
        "inner",
        "registry",
        "table",
        "measures",
        "keys",
        "empty",
        "split",
        "box",
        "moved box",
        "box of an object",
        "step",
        "numbers",
        "codes",
        "hyperopt",
    ],
)
def test_other_results_are_clear(code: str) -> None:
    check_clear(SIGNAL, {"load.py": HEAD + code, "other.py": HEAD + "def other(a):\n    return a\n"})
    assert result_of(SIGNAL, facts_from({"load.py": HEAD + code}))[1] == ()


@pytest.mark.parametrize(
    "code",
    [
        "def load(a):\n    return a, b, c, e\n",
        "def load(a) -> tuple[int, ...]:\n    return a, b, c, e\n",
        "def load(a):\n    return {'a': a, 'b': a, 'c': a, 'd': a}\n",
    ],
)
def test_bare_result_is_found(code: str) -> None:
    findings = result_of(SIGNAL, facts_from({"load.py": HEAD + code}))[1]
    assert [(finding.line, finding.symbol) for finding in findings] == [(4, "load")]


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
