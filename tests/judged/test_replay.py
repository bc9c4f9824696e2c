"""What becomes of a judged row when its repository is scanned again."""

import pytest

from tests.benchmarks.replay_judged import AGAIN, AGREED, LOST, OPEN, WITHDRAWN, Found, outcome

PLACE = ("a.ipynb", 3, "s.1")


def row(verdict: str, status: str = "", key: str = "") -> dict[str, str]:
    return {"path": "a.ipynb", "line": "3", "signal": "s.1", "verdict": verdict, "status": status, "key": key}


@pytest.mark.parametrize(
    ("verdict", "status", "found", "expected"),
    [
        ("true", "", {}, LOST),
        ("true", "withdrawn", {}, WITHDRAWN),
        ("true", "", {PLACE: {"cell 2"}}, AGREED),
        ("false", "", {PLACE: {"cell 2"}}, AGAIN),
        ("false", "open", {PLACE: {"cell 2"}}, OPEN),
        ("false", "", {("a.ipynb", 4, "s.1"): {"cell 2"}}, AGREED),
    ],
)
def test_row_without_a_key_takes_any_finding_at_its_place(
    verdict: str, status: str, found: Found, expected: str
) -> None:
    assert outcome(row(verdict, status), found) == expected


def test_row_with_a_key_takes_that_finding_alone() -> None:
    found = {PLACE: {"cell 2"}}
    assert [outcome(row("true", key=key), found) for key in ("cell 1", "cell 2")] == [LOST, AGREED]
