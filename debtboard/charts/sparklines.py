"""Sparklines and small ribbons: a line through time as inline SVG; a gap breaks it, nothing is joined across."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from django.utils.safestring import SafeString

from debtboard.charts.svg import HATCH, Spot, instead, length, picture, polygon, polyline
from debtboard.domain.queries.measures import Line, Point

WIDTH, HEIGHT, MARGIN = 92, 22, 3
FLOOR = 6
"""A sparkline spans at least this many findings, so that a change of 1 looks like 1."""

RIBBON_WIDTH, RIBBON_HEIGHT = 200.0, 56.0
INDEX_TOP = 100.0

T = TypeVar("T")


def sparkline(series: Sequence[float | None], label: str) -> SafeString:
    """Counts, oldest first; None is a week without a complete scan."""
    known = [value for value in series if value is not None]
    if not known:
        return instead("no scan yet")
    low, high = min(known), max(known)
    span = max(high - low, FLOOR)
    low = max(0.0, (low + high - span) / 2)
    step = (WIDTH - 6) / max(1, len(series) - 1)
    rise = (HEIGHT - 2 * MARGIN) / span
    spots = [
        None if value is None else (2 + index * step, HEIGHT - MARGIN - (value - low) * rise)
        for index, value in enumerate(series)
    ]
    body = "".join(polyline(_corners(run)) for run in runs(spots))
    x, y = next(spot for spot in reversed(spots) if spot is not None)
    body += f'<circle cx="{length(x)}" cy="{length(y)}" r="2.4"/>'
    return picture(body, label, "db-spark", f"0 0 {WIDTH} {HEIGHT}")


def ribbon(line: Line, label: str) -> SafeString:
    """The bar stood upright week by week: bad from below, good from above, the band hatched, the value a line in ink.

    A rubric score rises with health: what is had lies below, the band above it, and the rest stays empty.
    """
    draw = _debt_run if line.scale == INDEX_TOP else _score_run
    last = max(1, len(line.points) - 1)
    body = ""
    for run in runs([None if point.gap else (index, point) for index, point in enumerate(line.points)]):
        xs = [RIBBON_WIDTH * index / last for index, _ in run]
        if len(run) == 1:
            xs, run = [xs[0] - 1, xs[0] + 1], [run[0], run[0]]
        body += draw(xs, [point for _, point in run], line.scale)
    return picture(body, label, "db-chart", f"0 0 {RIBBON_WIDTH:.0f} {RIBBON_HEIGHT:.0f}")


def runs(points: Sequence[T | None]) -> Iterator[list[T]]:
    """Stretches without a gap."""
    run: list[T] = []
    for point in points:
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _corners(run: Sequence[Spot]) -> list[Spot]:
    """A run without the inner points of its level stretches: the same line in fewer bytes."""
    inner = [b for a, b, c in zip(run, run[1:], run[2:], strict=False) if not a[1] == b[1] == c[1]]
    return [run[0], *inner, run[-1]] if len(run) > 1 else [run[0], (run[0][0] + 1, run[0][1])]


def _debt_run(xs: Sequence[float], run: Sequence[Point], scale: float) -> str:
    best, worst = _spots(xs, [point.best for point in run], scale), _spots(xs, [point.worst for point in run], scale)
    foot: list[Spot] = [(xs[-1], RIBBON_HEIGHT), (xs[0], RIBBON_HEIGHT)]
    body = polygon('class="a-bad"', [*best, *foot])
    body += polygon('class="a-good"', [*worst, (xs[-1], 0.0), (xs[0], 0.0)])
    body += polygon(HATCH, [*worst, *reversed(best)])
    return body + polyline(best, "l-bad") + polyline(worst, "l-good") + _value(xs, run, scale)


def _score_run(xs: Sequence[float], run: Sequence[Point], scale: float) -> str:
    had, may = _spots(xs, [point.value for point in run], scale), _spots(xs, [point.best for point in run], scale)
    foot: list[Spot] = [(xs[-1], RIBBON_HEIGHT), (xs[0], RIBBON_HEIGHT)]
    body = polygon('class="a-good"', [*had, *foot]) + polygon(HATCH, [*may, *reversed(had)])
    return body + _value(xs, run, scale)


def _value(xs: Sequence[float], run: Sequence[Point], scale: float) -> str:
    """The value in ink, broken where the evidence did not carry one."""
    spots = [None if p.value is None else (x, _height(p.value, scale)) for x, p in zip(xs, run, strict=True)]
    return "".join(polyline(part, "s-val-halo l-halo") + polyline(part, "l-val") for part in runs(spots))


def _spots(xs: Sequence[float], values: Sequence[float | None], scale: float) -> list[Spot]:
    return [(x, _height(value or 0.0, scale)) for x, value in zip(xs, values, strict=True)]


def _height(value: float, scale: float) -> float:
    return RIBBON_HEIGHT * (1 - value / scale)
