"""Which line a page opens at, and what a trend rests on."""

from datetime import date, timedelta

import pytest

from debtboard.domain.queries.measures import Line, Point
from debtboard.domain.queries.trends import grounds, telling

MONDAY = date(2026, 9, 7)


def line(slug: str, *bands: tuple[float, float, float], scale: float = 100.0) -> Line:
    points = [Point(MONDAY + timedelta(weeks=index), *band, False, "a") for index, band in enumerate(bands)]
    return Line(slug, slug, tuple(points), scale)


HATCH, KNOWN = (0.0, 50.0, 100.0), (20.0, 30.0, 60.0)


@pytest.mark.parametrize(
    ("lines", "slug"),
    [
        ([line("score", (6.0, 0.0, 0.0), scale=7.0), line("q1", HATCH), line("q5", KNOWN)], "q5"),
        ([line("score", (3.0, 1.0, 1.0), scale=7.0), line("q5", KNOWN)], "score"),
        ([line("score", (7.0, 0.0, 0.0), scale=7.0), line("q1", HATCH)], "score"),
        ([line("score"), line("q1")], "score"),
    ],
)
def test_page_opens_at_the_first_line_that_has_something_to_show(lines, slug):
    assert telling(lines) == slug


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((1.0,), "last 1 week: too few weeks to tell, 1 of them has a value at this ruler, 4 are needed"),
        ((1.0, 2.0, 1.0, 2.0), "last 4 weeks: no clear trend (Theil-Sen; Mann-Kendall p .70); 4 of them"),
        (
            (1.0, 1.1, 1.2, 1.3),
            "last 4 weeks: no clear trend, steady, but under 1 % of the scale (Theil-Sen; Mann-Kendall p .09); 4 of",
        ),
        (
            tuple(map(float, range(9))),
            "last 8 weeks: worsening by 1.0 a week (Theil-Sen; Mann-Kendall p under .01); 8 of them",
        ),
    ],
)
def test_grounds_say_what_the_verdict_rests_on(values, said):
    assert grounds(line("q5", *[(value, value, value) for value in values])).startswith(said)
