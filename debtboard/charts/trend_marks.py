"""What stands on a trend besides its lines: rulers that begin, gaps, where the weeks come from, the last numbers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from debtboard.domain.queries.measures import Line, Point, begins
from debtboard.domain.queries.wording import half, number, visible

Figure = dict[str, Any]

LIGHT = {
    "bad": "#f0c3ac",
    "good": "#e2eff6",
    "unseen": "#7b8690",
    "ground": "#eef1f3",
    "best": "#a8350b",
    "worst": "#2a7498",
    "value": "#15212b",
    "halo": "#ffffff",
    "axis": "#7f8d98",
    "grid": "#d0d8dd",
    "text": "#3d4b57",
}

BRACKET = -44
"""Pixels below the axis where the stretches read from history and watched live are drawn."""

INDEX_TOP = 100.0


def label(text: str) -> str:
    """Text in a figure: Plotly reads a little HTML in names and labels, so nothing of a name may be markup."""
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def marks_of(line: Line) -> tuple[list[Figure], list[Figure]]:
    """Rulers that begin, gaps, what was read from history and what was watched live, and the last three numbers."""
    shapes, notes = [], []
    middle_week = line.points[len(line.points) // 2].week if line.points else None
    for said, week in ruler_starts(line.points):
        shapes.append(_upright(week))
        side = "right" if middle_week is not None and week > middle_week else "left"  # so that it ends inside the plot
        notes.append(_note("ruler", week, label(said), 1.0, "bottom", side))
    for first, last in gaps(line.points):
        shapes.append(_across("gap", first, last, 1, 5, 1.0))
        middle = first + (last - first) / 2
        notes.append(_note("gap", middle, "no complete scan", 1.0, "bottom", "center", 6))
    for part, words, first, last in origins(line.points):
        shapes.append(_across(part, first, last, 0, BRACKET, 2.0 if part == "live" else 1.0))
        notes.append(_note(part, first, words, 0.0, "bottom", "left", BRACKET))
    return shapes, notes + _ends(line)


def _ends(line: Line) -> list[Figure]:
    last = line.last
    if last is None:
        return []
    said = half if line.scale != INDEX_TOP else number
    parts = ("value", "best") if line.scale != INDEX_TOP else ("best", "value", "worst")
    rows = [(part, getattr(last, part)) for part in parts if getattr(last, part) is not None]
    least, placed = 0.06 * line.scale, []
    for part, height in sorted(rows, key=lambda row: row[1]):
        placed.append((part, height, height if not placed else max(height, placed[-1][2] + least)))
    return [
        {**_note(f"end-{part}", last.week, f"{part} {said(height)}", at, "middle", "left"), "yref": "y", "xshift": 8}
        for part, height, at in placed
    ]


def ruler_starts(points: Sequence[Point]) -> list[tuple[str, date]]:
    """Where another ruler begins, or new settings, and which; the first is not marked."""
    starts, before = [], ""
    for point in points:
        if point.gap or not point.ruler:
            continue
        if before and point.ruler != before:
            starts.append((begins(before, point.ruler), point.week))
        before = point.ruler
    return starts


def gaps(points: Sequence[Point]) -> list[tuple[date, date]]:
    """Inner stretches without a complete scan, from the last week seen to the next one."""
    found, before, open_ = [], None, False
    for point in points:
        if point.gap:
            open_ = before is not None
            continue
        if open_ and before is not None:
            found.append((before, point.week))
        before, open_ = point.week, False
    return found


def origins(points: Sequence[Point]) -> list[tuple[str, str, date, date]]:
    """The stretch read from history and the one watched live: (part, words, first week, last week)."""
    seen = [point for point in points if not point.gap]
    past = [point.week for point in seen if point.backfilled]
    live = [point.week for point in seen if not point.backfilled]
    rows = []
    if past:
        rows.append(("history", "read from history", past[0], past[-1]))
    if len(live) > 1:
        rows.append(("live", "watched live", live[0], live[-1]))
    return rows


def _upright(week: date) -> Figure:
    return {
        "type": "line",
        "name": "ruler",
        "xref": "x",
        "yref": "paper",
        "x0": week.isoformat(),
        "x1": week.isoformat(),
        "y0": 0,
        "y1": 1,
        "line": {"color": LIGHT["value"], "width": 1.5, "dash": "dot"},
    }


def _across(name: str, first: date, last: date, edge: int, pixels: int, width: float) -> Figure:
    """A line along the weeks, so many pixels above (or below) the upper (1) or lower (0) edge of the plot."""
    return {
        "type": "line",
        "name": name,
        "xref": "x",
        "yref": "paper",
        "x0": first.isoformat(),
        "x1": last.isoformat(),
        "ysizemode": "pixel",
        "yanchor": edge,
        "y0": pixels,
        "y1": pixels,
        "line": {"color": LIGHT["value" if name == "live" else "axis"], "width": width},
    }


def _note(name: str, week: date, text: str, height: float, yanchor: str, xanchor: str, pixels: int = 0) -> Figure:
    return {
        "name": name,
        "text": text,
        "xref": "x",
        "yref": "paper",
        "x": week.isoformat(),
        "y": height,
        "xanchor": xanchor,
        "yanchor": yanchor,
        "yshift": pixels,
        "showarrow": False,
        "font": {"size": 12, "color": LIGHT["value" if name in {"ruler", "end-value"} else "text"]},
    }
