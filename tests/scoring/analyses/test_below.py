"""A call shortly below another in the same scope."""

import pytest

from scoring.analyses.below import Below
from scoring.facts import Call


def call(line: int, scope: str = "f") -> Call:
    return Call("x", line, line, scope)


@pytest.mark.parametrize("others", [[], [call(9)], [call(10)], [call(13)], [call(11, "g")]])
def test_call_with_none_close_below_it_is_alone(others: list[Call]) -> None:
    assert not Below(others).follow(call(10), 1, 2)


@pytest.mark.parametrize("others", [[call(11)], [call(12), call(30)], [call(1), call(10), call(12)]])
def test_call_with_another_close_below_it_is_followed(others: list[Call]) -> None:
    assert Below(others).follow(call(10), 1, 2)
