"""The verdict on a trend, against values worked out by hand."""

from datetime import date, timedelta

import pytest

from debtboard.domain.queries.measures import Line, Point
from debtboard.domain.queries.tendency import mann_kendall, tendency, theil_sen
from debtboard.domain.queries.trends import grounds, verdict

MONDAY = date(2026, 9, 7)


def line(*values: float | None, scale: float = 100.0, rulers: str = "") -> Line:
    names = rulers or "a" * len(values)
    points = [
        Point(MONDAY + timedelta(weeks=index))
        if value is None
        else Point(MONDAY + timedelta(weeks=index), value, value, value, False, ruler)
        for index, (value, ruler) in enumerate(zip(values, names, strict=True))
    ]
    return Line("litmus-newcomer-speed", "Q5", tuple(points), scale)


@pytest.mark.parametrize(
    ("values", "p"),
    [
        ((5.0, 5.0, 5.0, 5.0), 1.0),  # all tied: no spread at all
        (
            (1.0, 3.0, 1.0, 3.0, 2.0, 2.0, 1.0, 1.0),
            0.4989,
        ),  # S = -6; variance (1176 - 192) / 18; z = 5 / 7.3937
        ((1.0, 2.0, 3.0), 0.2963),  # S = 3; variance 3.6667; z = 1.0445
        ((1.0, 2.0, 3.0, 4.0), 0.0894),  # S = 6; variance 8.6667; z = 1.6984
        ((4.0, 3.0, 2.0, 1.0), 0.0894),  # the same falling
        ((1.0, 2.0, 2.0, 3.0, 4.0), 0.0433),  # S = 9; variance (300 - 18) / 18 = 15.667; z = 8 / 3.958 = 2.0211
        (
            (50.0, 50.0, 50.0, 50.0, 52.0, 52.0, 52.0, 52.0),
            0.0304,
        ),  # S = 16; variance (1176 - 312) / 18
        (tuple(map(float, range(8))), 0.0008),  # S = 28; variance 65.333; z = 27 / 8.0829 = 3.3404
    ],
)
def test_mann_kendall_gives_the_worked_p(values, p):
    assert mann_kendall(values) == pytest.approx(p, abs=0.0002)


@pytest.mark.parametrize(
    ("spots", "slope"),
    [
        (((0, 1.0), (1, 2.0), (2, 9.0)), 4.0),  # slopes 1, 4, 7
        (((0, 10.0), (1, 11.0), (2, 12.0), (3, 99.0)), 15.33),  # 1, 1, 1, 29.67, 44, 87: the middle of 1 and 29.67
        (((0, 10.0), (1, 11.0), (2, 12.0), (3, 13.0), (4, 99.0)), 1.0),  # one week that is off does not tilt it
        (((0, 4.0), (4, 2.0)), -0.5),  # a gap keeps its width
    ],
)
def test_theil_sen_gives_the_worked_slope(spots, slope):
    assert theil_sen(spots) == pytest.approx(slope, abs=0.01)


@pytest.mark.parametrize(
    ("made", "word"),
    [
        (line(), "too few weeks to tell"),
        (line(None, None, None, None), "too few weeks to tell"),
        (line(10, 20, 30), "too few weeks to tell"),
        (line(10, 20, 30, None, None, None, None, None, None), "too few weeks to tell"),
        (line(10, 20, 30, 40, 50, rulers="aabbb"), "too few weeks to tell"),
        (line(50, 50, 50, 50), "no clear trend"),
        (line(50, 60, 50, 60, 50, 60), "no clear trend"),
        (line(50, 50, 50, 50, 50, 50, 50, 60), "no clear trend"),  # one step is no trend yet
        (line(50, 50.1, 50.2, 50.3, 50.4), "no clear trend"),  # steady, and less than rounding
        (line(10, 20, 30, 40), "worsening"),
        (line(90, 10, 20, None, 30, 40, 50, None, 60), "worsening"),  # before the window nothing counts
        (line(40, 30, 20, 10), "improving"),
        (line(1, 2, 3, 4, scale=7.0), "improving"),
        (line(4, 3, 2, 1, scale=7.0), "worsening"),
    ],
)
def test_tendency_says_the_word(made, word):
    assert tendency(made).word == word


def test_tendency_says_what_it_rests_on():
    found = tendency(line(None, 10, 20, 30, None, 50, 60))
    assert (found.points, found.slope) == (5, 10.0)
    assert found.p == pytest.approx(0.0275, abs=0.0002)  # S = 10; variance 16.667; z = 9 / 4.0825


def aged(commits: str, *values: float) -> Line:
    """A letter a week: the commit that the week scored."""
    points = [
        Point(MONDAY + timedelta(weeks=index), value, value, value, False, "a", commit, date(2026, 8, 22))
        for index, (commit, value) in enumerate(zip(commits, values, strict=True))
    ]
    return Line("litmus-newcomer-speed", "Q5", tuple(points))


def test_line_without_a_commit_in_the_window_has_only_aged():
    values = [float(value) for value in range(50, 60)]
    assert verdict(aged("xyaaaaaaaa", *values)) == "only aged: no commits since 22 Aug"
    assert grounds(aged("xyaaaaaaaa", *values)).startswith("last 8 weeks: only aged: no commits since 22 Aug; it moves")
    assert verdict(aged("xyzaaaaaaa", *values)) == "worsening"
    assert verdict(aged("aaaa", 5.0, 5.0, 5.0, 5.0)) == "no clear trend"
