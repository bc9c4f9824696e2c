"""Sparklines and small ribbons: a line through time as inline SVG; a gap breaks it, nothing is joined across."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from django.utils.safestring import SafeString

from debtboard.charts.svg import HATCH, Spot, instead, length, picture, polyline
from debtboard.domain.queries.kept import Kept
from debtboard.domain.queries.measures import Line, Point

WIDTH, HEIGHT, MARGIN = 92, 22, 3
FLOOR = 6
"""A sparkline spans at least this many findings, so that a change of 1 looks like 1."""

RIBBON_WIDTH, RIBBON_HEIGHT = 416, 112
INDEX_TOP = 100.0

T = TypeVar("T")


def sparkline(series: Sequence[float | None], label: str, missing: str = "no scan yet") -> SafeString:
    """Counts, oldest first; None is a week without a complete scan or the measure; `missing` is said where all are."""
    known = [value for value in series if value is not None]
    if not known:
        return instead(missing)
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


_ribbons: Kept[SafeString] = Kept(2_000_000, len)


def ribbon(line: Line, label: str) -> SafeString:
    """A line as a small picture, kept by what it shows."""
    return _ribbons.get((line, label), lambda: _ribbon(line, label))


def _ribbon(line: Line, label: str) -> SafeString:
    """The bar stood upright week by week: bad from below, good from above, the band hatched, the value a line in ink.

    A rubric score rises with health: what is had lies below, the band above it, and the rest stays empty. The hatch is
    laid first and the other two over it, so that each edge is written once as whole relative steps: few bytes.
    """
    draw = _debt_run if line.scale == INDEX_TOP else _score_run
    step = RIBBON_WIDTH / max(1, len(line.points) - 1)
    body = ""
    for run in runs([None if point.gap else (index, point) for index, point in enumerate(line.points)]):
        xs = [round(index * step) for index, _ in run]
        if len(run) == 1:
            xs, run = [max(0, xs[0] - 2), xs[0] + 2], [run[0], run[0]]
        body += draw(xs, [point for _, point in run], RIBBON_HEIGHT / line.scale)
    return picture(body, label, "db-chart db-ribbon", f"0 0 {RIBBON_WIDTH} {RIBBON_HEIGHT}", stretched=True)


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


def _debt_run(xs: Sequence[int], run: Sequence[Point], rise: float) -> str:
    best, worst = _steps(xs, [point.best for point in run], rise), _steps(xs, [point.worst for point in run], rise)
    hatch = f'<path {HATCH} d="M{xs[0]} 0H{xs[-1]}V{RIBBON_HEIGHT}H{xs[0]}z"/>'
    areas = f'<path class="a-bad" d="{best}V{RIBBON_HEIGHT}H{xs[0]}z"/><path class="a-good" d="{worst}V0H{xs[0]}z"/>'
    edges = f'<path class="l-bad" d="{best}"/><path class="l-good" d="{worst}"/>'
    return hatch + areas + edges + _value(xs, run, rise)


def _score_run(xs: Sequence[int], run: Sequence[Point], rise: float) -> str:
    had, may = _steps(xs, [point.value for point in run], rise), _steps(xs, [point.best for point in run], rise)
    foot = f"V{RIBBON_HEIGHT}H{xs[0]}z"
    body = f'<path {HATCH} d="{may}{foot}"/><path class="a-good" d="{had}{foot}"/>'
    return body + _value(xs, run, rise)


def _value(xs: Sequence[int], run: Sequence[Point], rise: float) -> str:
    """The value in ink, broken where the evidence did not carry one."""
    body = ""
    for part in runs([None if point.value is None else (x, point) for x, point in zip(xs, run, strict=True)]):
        line = _steps([x for x, _ in part], [point.value for _, point in part], rise)
        body += f'<path class="s-val-halo l-halo" d="{line}"/><path class="l-val" d="{line}"/>'
    return body


def _steps(xs: Sequence[int], values: Sequence[float | None], rise: float) -> str:
    """A path in whole units, relative from point to point, the inner points of level stretches left out."""
    heights = [round(RIBBON_HEIGHT - (value or 0.0) * rise) for value in values]
    if len(xs) == 1:
        return f"M{xs[0]} {heights[0]}h1"
    steps, x, y = [f"M{xs[0]} {heights[0]}l"], xs[0], heights[0]
    last = len(xs) - 1
    for index in range(1, last + 1):
        height = heights[index]
        if index < last and height == y == heights[index + 1]:
            continue
        steps.append(f"{xs[index] - x} {height - y}")
        x, y = xs[index], height
    return " ".join(steps).replace("l ", "l", 1)
