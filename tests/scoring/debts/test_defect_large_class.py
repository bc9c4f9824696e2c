"""Large classes: the limits from both sides, and what is left out."""

import pytest

from scoring.testing import check_clear, facts_from, result_of

SIGNAL = "defect-large-class"


def methods(count: int, lines: int = 9) -> str:
    return "class Model:\n" + "".join(f"    def step_{n}(self):\n" + "        x = 1\n" * lines for n in range(count))


def found(code: str, path: str = "model.py") -> list[tuple[int, str]]:
    return [(finding.line, finding.symbol) for finding in result_of(SIGNAL, facts_from({path: code}))[1]]


@pytest.mark.parametrize("code", [methods(20), methods(21, lines=2), "class Model:\n" + "    x = 1\n" * 299])
def test_class_below_the_limits_is_not_found(code: str) -> None:
    check_clear(SIGNAL, {"model.py": code})


@pytest.mark.parametrize("code", [methods(21), "class Model:\n" + "    x = 1\n" * 300])
def test_class_over_the_limits_is_found(code: str) -> None:
    assert found(code) == [(1, "Model")]


def test_large_test_class_is_left_out() -> None:
    assert found(methods(40), "tests/test_model.py") == []
