"""A line through time as a Plotly figure: the segment bar stood upright week by week, with its gaps and ruler marks.

Plain dicts that `plotly.io.from_json` opens; `meta` of a trace and `name` of a shape or annotation say its part, so
that the page can colour it for the theme. Colours here are those of the light theme.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from debtboard.charts.sparklines import runs
from debtboard.charts.trend_marks import INDEX_TOP, LIGHT, Figure, label, marks_of
from debtboard.domain.queries.measures import Line, Point
from debtboard.domain.queries.wording import week_short

TICKS = 8
FACES = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif'


def trend(line: Line) -> Figure:
    """One measure over the weeks of the line."""
    rising = line.scale != INDEX_TOP
    traces = _score_areas(line) if rising else _debt_areas(line)
    if not rising:
        traces += [_edge(line, "worst"), _edge(line, "best")]
    else:
        traces += [_edge(line, "best", "worst")]
    weeks = [point.week.isoformat() for point in line.points]
    values = [point.value for point in line.points]
    traces += [
        _stroke("halo", weeks, values, 6, {"hoverinfo": "skip"}),
        _stroke("value", weeks, values, 2, {"hovertemplate": "%{y:.1f}"}),
    ]
    return {"data": traces, "layout": _layout(line)}


def counts(lines: Sequence[Line], title: str) -> Figure:
    """Counts of open findings: one plain line each; nothing is added up."""
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": label(line.name),
            "meta": "value",
            "x": [point.week.isoformat() for point in line.points],
            "y": [point.value for point in line.points],
            "line": {"color": LIGHT["value"], "width": 1.5, "shape": "hv"},
            "connectgaps": False,
            "hovertemplate": "%{y:.0f}",
        }
        for line in lines
    ]
    longest = max(lines, key=lambda line: len(line.points), default=Line("", "", ()))
    layout = _layout(longest, marks=False)
    layout["yaxis"] = _axis(title=label(title), rangemode="tozero")
    return {"data": traces, "layout": layout}


def _debt_areas(line: Line) -> list[Figure]:
    bad, good, unseen = _Polygon(), _Polygon(), _Polygon()
    for run in _stretches(line.points):
        best, worst = [p.best or 0.0 for p in run], [p.worst or 0.0 for p in run]
        bad.add(run, [0.0] * len(run), best)
        unseen.add(run, best, worst)
        good.add(run, worst, [INDEX_TOP] * len(run))
    return [bad.trace("bad"), good.trace("good"), unseen.trace("unseen")]


def _score_areas(line: Line) -> list[Figure]:
    had, may = _Polygon(), _Polygon()
    for run in _stretches(line.points):
        value, best = [p.value or 0.0 for p in run], [p.best or 0.0 for p in run]
        had.add(run, [0.0] * len(run), value)
        may.add(run, value, best)
    return [had.trace("good"), may.trace("unseen")]


class _Polygon:
    """The area between two edges, one closed piece per stretch without a gap."""

    def __init__(self) -> None:
        self.x: list[str | None] = []
        self.y: list[float | None] = []

    def add(self, run: Sequence[Point], low: Sequence[float], high: Sequence[float]) -> None:
        weeks = [point.week.isoformat() for point in run]
        if self.x:
            self.x.append(None)
            self.y.append(None)
        self.x += [*weeks, *reversed(weeks)]
        self.y += [*low, *reversed(high)]

    def trace(self, part: str) -> Figure:
        trace: Figure = {
            "type": "scatter",
            "mode": "lines",
            "name": part,
            "meta": part,
            "x": self.x,
            "y": self.y,
            "fill": "toself",
            "fillcolor": LIGHT[part],
            "line": {"width": 0},
            "hoverinfo": "skip",
            "showlegend": False,
        }
        if part == "unseen":
            trace["fillpattern"] = {
                "shape": "/",
                "size": 7,
                "solidity": 0.22,
                "fgcolor": LIGHT["unseen"],
                "bgcolor": LIGHT["ground"],
                "fillmode": "replace",
            }
        return trace


def _stretches(points: Iterable[Point]) -> Iterable[list[Point]]:
    return runs([None if point.gap else point for point in points])


def _edge(line: Line, part: str, colour: str = "") -> Figure:
    weeks = [point.week.isoformat() for point in line.points]
    heights = [getattr(point, part) for point in line.points]
    return {**_stroke(colour or part, weeks, heights, 1.5, {"hovertemplate": "%{y:.0f}"}), "name": part}


def _stroke(part: str, x: list[str], y: Sequence[float | None], width: float, more: Figure) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": part,
        "meta": part,
        "x": x,
        "y": list(y),
        "line": {"color": LIGHT[part], "width": width},
        "connectgaps": False,
        "showlegend": False,
        **more,
    }


def _layout(line: Line, marks: bool = True) -> Figure:
    weeks = [point.week for point in line.points]
    layout: Figure = {
        "font": {"family": FACES, "size": 12, "color": LIGHT["text"]},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 38, "r": 84, "t": 34, "b": 58},
        "hovermode": "x unified",
        "showlegend": False,
        "height": 340,
        "dragmode": False,
        "xaxis": _axis(
            type="date",
            range=[weeks[0].isoformat(), weeks[-1].isoformat()] if len(weeks) > 1 else None,
            tickvals=_tick_weeks(weeks),
            ticktext=_tick_names(weeks),
            hoverformat="W%V %G",
            fixedrange=True,
            showgrid=False,
        ),
        "yaxis": _axis(
            ticklabelstandoff=6,
            range=[0, line.scale],
            tickvals=[0, 25, 50, 75, 100] if line.scale == INDEX_TOP else list(range(8)),
            fixedrange=True,
        ),
    }
    if marks and weeks:
        layout["shapes"], layout["annotations"] = marks_of(line)
    return layout


def _axis(**more: Any) -> Figure:
    return {"gridcolor": LIGHT["grid"], "linecolor": LIGHT["axis"], "zeroline": False, "automargin": False, **more}


def _tick_weeks(weeks: Sequence[date]) -> list[str]:
    return [week.isoformat() for week in _ticks(weeks)]


def _tick_names(weeks: Sequence[date]) -> list[str]:
    names, year = [], None
    for week in _ticks(weeks):
        names.append(week_short(week, with_year=week.isocalendar().year != year))
        year = week.isocalendar().year
    return names


def _ticks(weeks: Sequence[date]) -> list[date]:
    """About eight weeks, the last always among them, none so near to it that the names collide."""
    step = max(1, round(len(weeks) / TICKS))
    chosen = list(weeks[::step])
    if weeks and chosen[-1] != weeks[-1]:
        if (weeks[-1] - chosen[-1]).days < 5 * step:
            chosen.pop()
        chosen.append(weeks[-1])
    return chosen
