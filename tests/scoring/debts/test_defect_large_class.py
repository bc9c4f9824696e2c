"""Large classes: the limits from both sides, and what is left out."""

from time import process_time

import msgspec
import pytest

from scoring.debts.defect_large_class import large_classes
from scoring.facts import PythonFacts
from scoring.readers.python import READER
from scoring.testing import check_clear, facts_from, result_of

SIGNAL = "defect-large-class"


def methods(count: int, lines: int = 9) -> str:
    return "class Model:\n" + "".join(f"    def step_{n}(self):\n" + "        x = 1\n" * lines for n in range(count))


def found(code: str, path: str = "model.py") -> list[tuple[int, str]]:
    return [(finding.line, finding.symbol) for finding in result_of(SIGNAL, facts_from({path: code}))[1]]


@pytest.mark.parametrize(
    "code", [methods(20), methods(21, lines=8), methods(5, lines=80), "class Model:\n" + "    x = 1\n" * 299]
)
def test_class_below_the_limits_is_not_found(code: str) -> None:
    check_clear(SIGNAL, {"model.py": code})


@pytest.mark.parametrize("code", [methods(21), methods(6, lines=50), "class Model:\n" + "    x = 1\n" * 300])
def test_class_over_the_limits_is_found(code: str) -> None:
    assert found(code) == [(1, "Model")]


def test_large_test_class_is_left_out() -> None:
    assert found(methods(40), "tests/test_model.py") == []


def test_docstrings_and_comments_make_no_class_large() -> None:
    documented = '        """' + "How.\n" * 20 + '        """\n        # why\n\n        x = 1\n'
    check_clear(SIGNAL, {"model.py": "class M:\n" + "".join(f"    def f{n}(self):\n{documented}" for n in range(21))})


def test_class_that_is_large_by_the_methods_that_are_told_as_long_is_not_told_too() -> None:
    long = "".join(
        f"    def part_{n}(self, x):\n" + f"        if x > {n}:\n            x += 1\n" * 60 for n in range(3)
    )
    code = methods(6, lines=20) + long
    assert len(result_of("defect-long-method", facts_from({"model.py": code}))[1]) == 3
    assert found(code) == []
    assert found(methods(7, lines=50) + long) == [(1, "Model")]


def test_many_small_classes_cost_little() -> None:
    one = "class Part{0}:\n    def go(self):\n        return {0}\n\n    def stop(self):\n        return {0}\n"
    facts = READER.read("".join(one.format(number) for number in range(200)).encode())
    assert isinstance(facts, PythonFacts)
    many = msgspec.structs.replace(facts, classes=facts.classes * 40, functions=facts.functions * 40)
    begin = process_time()
    tally = large_classes(many)
    assert process_time() - begin < 0.5
    assert tally is not None
    assert (tally.examined, tally.hits) == (8_000, ())
