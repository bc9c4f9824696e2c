"""What of an older version of a module tells whether a cut-off stands and whether it does the same, without a parse."""

import pytest

from scoring.readers.cut_offs import read

TRAIN = "import os\n\nmodel = SVC(C=1.5)\nmodel.fit(x, y)\n"


def told(source: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    facts = read(source.encode())
    return facts.numbers, facts.names


@pytest.mark.parametrize("source", ["", "x = 1\n", "def f(x) -> int: ...\n", "x == 0.5\n", b"\xff\xfe((("])
def test_source_that_compares_with_no_number(source: str | bytes) -> None:
    assert read(source if isinstance(source, bytes) else source.encode()).lines == ()


@pytest.mark.parametrize("line", ["if p > 0.5:", "if  p>.5 :", "\tif p > .5:"])
def test_white_space_and_bare_points_are_folded(line: str) -> None:
    assert read(line.encode()).lines == ("if p>0.5:",)


@pytest.mark.parametrize(
    "source",
    [
        "# SVC(C=3)\n" + TRAIN,
        '"""Fits 12 models."""\n' + TRAIN,
        "from a import (\n    b,\n    c2,\n)\n" + TRAIN,
        TRAIN.replace("SVC(C=1.5)", "SVC(\n    C = 1.5,\n)"),
    ],
    ids=["comment", "docstring", "import", "reformat"],
)
def test_what_only_reads_otherwise_does_the_same(source: str) -> None:
    assert told(source) == told(TRAIN)


@pytest.mark.parametrize("source", [TRAIN.replace("1.5", "2.5"), TRAIN + "model.fit(x, y)\n"])
def test_other_number_or_call_does_not(source: str) -> None:
    assert told(source) != told(TRAIN)
