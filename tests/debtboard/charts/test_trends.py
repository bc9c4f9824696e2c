"""Figures are plain dicts that Plotly's own schema accepts."""

import json
from dataclasses import replace

import plotly.io
import pytest

from debtboard.charts import trend_marks, trends
from debtboard.domain.queries.measures import Line, Point


@pytest.fixture
def line(weeks):
    """104 weeks with two gaps, a new ruler and a live stretch."""
    points = []
    for index, week in enumerate(weeks(104)):
        if index in {0, 1, 60, 61}:
            points.append(Point(week))
            continue
        value = None if index < 10 else 40.0 + index / 10
        points.append(Point(week, 20.0, value, 70.0, index < 90, "2026.1" if index < 70 else "2026.2<b>"))
    return Line("litmus-transitive-closure", "Q2 Closure", tuple(points))


@pytest.mark.parametrize("scale", [100.0, 7.0])
def test_trend_is_a_figure_that_plotly_opens(line, scale):
    figure = trends.trend(Line(line.slug, line.name, line.points, scale))
    opened = plotly.io.from_json(json.dumps(figure))
    assert opened.to_dict()["layout"]["yaxis"]["range"] == [0, scale]


def test_empty_trend_is_a_figure_that_plotly_opens():
    plotly.io.from_json(json.dumps(trends.trend(Line("q", "Q", ()))))


def test_counts_are_a_figure_that_plotly_opens(line):
    figure = trends.counts([line, line], "open findings")
    assert len(plotly.io.from_json(json.dumps(figure)).data) == 2


def test_gap_is_never_joined_across(line):
    figure = trends.trend(line)
    bad = next(trace for trace in figure["data"] if trace["meta"] == "bad")
    assert bad["x"].count(None) == 1
    assert [trace["connectgaps"] for trace in figure["data"] if "connectgaps" in trace] == [False] * 4
    assert trend_marks.gaps(line.points) == [(line.points[59].week, line.points[62].week)]


def test_new_ruler_is_marked_once_and_its_name_is_no_markup(line):
    notes = [note["text"] for note in trends.trend(line)["layout"]["annotations"] if note["name"] == "ruler"]
    assert notes == ["ruler 2026.2&lt;b&gt; begins"]


@pytest.mark.parametrize(("starts", "side"), [(20, "left"), (103, "right")])
def test_label_of_a_ruler_lies_inside_the_plot(line, starts, side):
    points = tuple(replace(point, ruler="b" if at >= starts else "a") for at, point in enumerate(line.points))
    notes = trends.trend(replace(line, points=points))["layout"]["annotations"]
    assert [note["xanchor"] for note in notes if note["name"] == "ruler"] == [side]


def test_history_and_live_weeks_are_told_apart(line):
    assert [(part, first, last) for part, _, first, last in trend_marks.origins(line.points)] == [
        ("history", line.points[2].week, line.points[89].week),
        ("live", line.points[90].week, line.points[103].week),
    ]


def test_figure_of_104_weeks_is_small(line):
    assert len(json.dumps(trends.trend(line))) < 40_000
