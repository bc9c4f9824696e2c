"""The large line of a page and its small multiples, with what they say in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from debtboard.domain.queries.measures import Line, Point, begins
from debtboard.domain.queries.series import LITMUS_SLUGS, RUBRIC, RUBRIC_TOP
from debtboard.domain.queries.tendency import AGED, FEWEST, NONE, SIGNIFICANT, TOO_FEW, WEEKS, tendency
from debtboard.domain.queries.wording import count, day, half, number, week_short

MOSTLY_UNSEEN = 0.65
"""Share of the scale from which a band says next to nothing."""
SIX = (RUBRIC, *LITMUS_SLUGS)


@dataclass(frozen=True, slots=True)
class WeekRow:
    week: str
    best: str
    value: str
    worst: str
    origin: str
    gap: bool


@dataclass(frozen=True, slots=True)
class Trend:
    line: Line
    weeks: str
    said: str
    label: str
    figure_url: str
    weeks_url: str

    @property
    def drawn(self) -> bool:
        """One week alone is a point, and no line."""
        return sum(not point.gap for point in self.line.points) > 1


@dataclass(frozen=True, slots=True)
class SmallLine:
    line: Line
    label: str
    said: str
    url: str
    current: bool


def telling(lines: Sequence[Line]) -> str:
    """The line to show where nobody chose one: the first, unless its band is nearly all hatch and another's is not."""
    shown = [line.slug for line in lines if line.last is not None and _unseen(line.last, line.scale) <= MOSTLY_UNSEEN]
    return lines[0].slug if not shown or lines[0].slug in shown else shown[0]


def _unseen(point: Point, scale: float) -> float:
    """The share of the scale that the last band covers."""
    if point.best is None or point.worst is None:
        return 1.0
    return abs(point.worst - point.best) / scale


def trend(line: Line, figure_url: str, weeks_url: str, said: str) -> Trend:
    """The large view of one line."""
    return Trend(
        line=line,
        weeks=count(len(line.points), "week"),
        said=said,
        label=f"{line.name}, {count(len(line.points), 'week')}: {describe(line)}; {grounds(line)}",
        figure_url=figure_url,
        weeks_url=weeks_url,
    )


def week_rows(line: Line) -> tuple[WeekRow, ...]:
    """The same line as a table, newest week first."""
    return tuple(_week_row(line, point) for point in reversed(line.points))


def small_lines(lines: Sequence[Line], chosen: str, address: Callable[[str], str]) -> tuple[SmallLine, ...]:
    return tuple(
        SmallLine(
            line=line,
            label=f"{line.name} over {len(line.points)} weeks, {now_said(line)}",
            said=now_said(line),
            url=address(line.slug),
            current=line.slug == chosen,
        )
        for line in lines
    )


def now_said(line: Line) -> str:
    """54/100, worsening · 1.8 to 2.7 of 7."""
    last = line.last
    if last is None:
        return "no scan yet"
    if line.scale == RUBRIC_TOP:
        return "does not apply" if last.best is None else f"{half(last.value)} to {half(last.best)} of 7"
    if last.value is None:
        return f"{number(last.best)} to {number(last.worst)}, not enough evidence"
    return f"{number(last.value)}/100, {verdict(line)}"


def verdict(line: Line) -> str:
    """Whether the value rises or falls over the last eight weeks at one ruler."""
    found = tendency(line)
    return found.word if found.since is None else f"{AGED}: no commits since {_day(line, found.since)}"


def _day(line: Line, moment: date) -> str:
    return day(moment, line.points[-1].week)


def grounds(line: Line) -> str:
    """The verdict with what it rests on, in one sentence: the slope, the test, how many weeks it read."""
    found, last = tendency(line), f"last {count(min(WEEKS, len(line.points)), 'week')}"
    weeks = f"{found.points} of them {'has' if found.points == 1 else 'have'} a value at this ruler"
    if found.word == TOO_FEW:
        return f"{last}: {TOO_FEW}, {weeks}, {FEWEST} are needed"
    if found.since is not None:
        return f"{last}: {verdict(line)}; it moves by the calendar alone"
    chance = "under .01" if found.p < 0.01 else f"{number(found.p, 2).removeprefix('0')}"
    if found.word == NONE and found.p < SIGNIFICANT:
        return f"{last}: {NONE}, steady, but under 1 % of the scale (Theil-Sen; Mann-Kendall p {chance}); {weeks}"
    by = f" by {number(abs(found.slope), 1)} a week" if found.word != NONE else ""
    return f"{last}: {found.word}{by} (Theil-Sen; Mann-Kendall p {chance}); {weeks}"


def describe(line: Line) -> str:
    """The line in one sentence: from where to where, its band now, its gaps and rulers."""
    seen = [point for point in line.points if not point.gap]
    if not seen:
        return "no complete scan yet"
    first, last = seen[0], seen[-1]
    parts = [_span(line, first, last)]
    missing = sum(point.gap for point in line.points[line.points.index(first) : line.points.index(last)])
    if missing:
        parts.append(f"{missing} weeks without a complete scan")
    rulers = [(before.ruler, point) for before, point in pairwise(seen) if before.ruler != point.ruler]
    parts += [f"{begins(before, point.ruler)} in {week_short(point.week)}" for before, point in rulers]
    return "; ".join(parts)


def _span(line: Line, first: Point, last: Point) -> str:
    if line.scale == RUBRIC_TOP:
        return f"from {half(first.value)} to {half(last.value)} of 7, up to {half(last.best)}"
    band = f"band from {number(last.best)} to {number(last.worst)} in {week_short(last.week)}"
    if last.value is None:
        return f"not enough evidence for a value; {band}"
    if first.value is None:
        return f"not enough evidence for a value at first, {number(last.value)} of 100 now; {band}"
    return f"value from {number(first.value)} to {number(last.value)} of 100, {band}"


def _week_row(line: Line, point: Point) -> WeekRow:
    if point.gap:
        return WeekRow(week_of(point.week), "", "", "", "", True)
    said = half if line.scale == RUBRIC_TOP else number
    origin = "read from history" if point.backfilled else "watched live"
    return WeekRow(week_of(point.week), said(point.best), said(point.value), said(point.worst), origin, False)


def week_of(monday: date) -> str:
    return week_short(monday, with_year=True)


def change_css(points: float, digits: int = 1) -> str:
    """Worse is bad ink, better good ink, nothing is grey; the sign says it too."""
    if round(points, digits) == 0:
        return "db-dim"
    return "db-up" if points > 0 else "db-down"
