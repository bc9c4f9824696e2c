"""A line in one sentence: what it had at first, and what it has now."""

from datetime import date, timedelta

import pytest

from debtboard.domain.queries.measures import Line, Point
from debtboard.domain.queries.trends import describe

MONDAY = date(2026, 11, 9)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((None, None), "not enough evidence for a value; band from 20 to 90 in W47"),
        ((None, 70.0), "not enough evidence for a value at first, 70 of 100 now; band from 20 to 90 in W47"),
        ((70.0, None), "not enough evidence for a value; band from 20 to 90 in W47"),
        ((60.0, 70.0), "value from 60 to 70 of 100, band from 20 to 90 in W47"),
    ],
)
def test_sentence_says_of_which_week_a_value_is(values: tuple[float | None, ...], said: str) -> None:
    points = tuple(
        Point(MONDAY + timedelta(weeks=index), 20.0, value, 90.0, False, "a") for index, value in enumerate(values)
    )
    assert describe(Line("litmus-newcomer-speed", "Q5", points, 100.0)) == said
