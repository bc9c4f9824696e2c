"""A line is worse, or better, only where evidence says so."""

from datetime import date, timedelta

import pytest

from debtboard.domain.queries import rows as r
from debtboard.domain.queries import series as s

LINE = "litmus-transitive-closure"
AFTER = date(2026, 11, 16)
BEFORE = AFTER - timedelta(weeks=4)


def made(*pairs: tuple[float, float]) -> s.Series:
    """One component's (best, worst) in both weeks."""
    return s.Series(
        (1, LINE, week.isoformat(), best, 100 * best / (best + 100 - worst), worst)
        for week, (best, worst) in zip((BEFORE, AFTER), pairs, strict=True)
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ((20, 60), (10, 60)),  # the bad rows do not apply any more: worst did not fall
        ((20, 60), (10, 65)),  # or can't be seen any more
        ((20, 40), (20, 70)),  # good rows went out of sight: best did not rise
        ((20, 60), (20, 60)),
        ((20, 60), (20.2, 60.2)),
    ],
)
def test_line_does_not_move_by_what_went_out_of_sight(old, new):
    assert r.line_move(made(old, new), 1, LINE, BEFORE, AFTER) is None


@pytest.mark.parametrize(("old", "new"), [((20, 60), (30, 60)), ((20, 60), (30, 70)), ((5, 20), (8, 10))])
def test_line_is_worse_where_more_is_seen_to_be_bad(old, new):
    assert r.line_move(made(old, new), 1, LINE, BEFORE, AFTER) > 0


@pytest.mark.parametrize(("old", "new"), [((20, 60), (20, 50)), ((20, 60), (10, 50))])
def test_line_is_better_where_more_is_seen_to_be_good(old, new):
    assert r.line_move(made(old, new), 1, LINE, BEFORE, AFTER) < 0


def test_line_without_an_earlier_week_does_not_move():
    series = s.Series([(1, LINE, AFTER.isoformat(), 10.0, 50.0, 90.0)])
    assert r.line_move(series, 1, LINE, BEFORE, AFTER) is None


def test_team_score_is_of_its_production_components():
    research = (False, [(0.0, 0.0, 0.0)] * 4)
    assert s.team_score([research, (True, [(4.0, 2.0, 1.0)] * 4)]) == (4.0, 2.0, 1.0)
    assert s.team_score([research, (True, [None] * 4)]) == (0.0, 0.0, 0.0)
    assert s.team_score([]) is None
