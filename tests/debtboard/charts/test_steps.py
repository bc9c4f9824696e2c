"""The steps of a change: each bar stands where the one before it ended, on an axis that keeps small steps small."""

import re

import pytest

from debtboard.charts.steps import stand, step_bar
from debtboard.domain.queries.changes import axis_of

AXIS = (48, 56)


def rects(svg: str) -> list[tuple[str, str, str]]:
    return re.findall(r'<rect class="(\S+)" x="(\S+)" width="(\S+)"', svg)


def test_part_that_is_no_step_draws_nothing():
    assert "rect" not in step_bar(None, None, AXIS)
    assert "line" not in stand(None, AXIS)


def test_part_that_moved_nothing_is_a_line():
    assert ("<rect" in step_bar(52, 52, AXIS), 'class="l-axis" x1="50%"' in step_bar(52, 52, AXIS)) == (False, True)


def test_rise_is_bad_and_fall_is_good_each_from_the_lower_end():
    assert rects(step_bar(50, 52, AXIS)) == [("s-bad", "25%", "25%")]
    assert rects(step_bar(52, 50, AXIS)) == [("s-good", "25%", "25%")]


@pytest.mark.parametrize(
    ("values", "axis"),
    [
        ([59.3, 59.3], (55, 63)),
        ([50.6, 53.7, 52.3, 54.1], (48, 56)),
        ([0.0, 0.2], (0, 8)),
        ([99.0, 100.0], (92, 100)),
        ([0.0, 100.0], (0, 100)),
        ([20.0, 60.0], (19, 61)),
    ],
)
def test_axis_holds_every_value_and_spans_eight_points(values, axis):
    assert axis_of(values) == axis
    assert axis[0] <= min(values) <= max(values) <= axis[1]
