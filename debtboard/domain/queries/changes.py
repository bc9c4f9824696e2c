"""What moved a team's line, split by component so that the parts add up, and the largest moves of single lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from debtboard.domain.queries import rows as r
from debtboard.domain.queries import series as s
from debtboard.domain.queries.measures import Line
from debtboard.domain.queries.trends import change_css
from debtboard.domain.queries.wording import MINUS, half, number, signed, week_short

MOVES = 8


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One component's part of the team's change."""

    name: str
    url: str
    points: str
    css: str
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    title: str
    caption: str
    before_week: str = ""
    after_week: str = ""
    before: str = ""
    after: str = ""
    rows: tuple[ChangeRow, ...] = ()
    equation: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    component: str
    line: str
    url: str
    points: str
    css: str
    said: str


@dataclass(frozen=True, slots=True)
class Period:
    """A component while it belonged to the team."""

    component: int
    name: str
    public_id: str
    since: date
    until: date | None

    def holds(self, week: date) -> bool:
        return self.since <= week and (self.until is None or week < self.until)


def change(line: Line, periods: Sequence[Period], series: s.Series) -> Change:
    """The last step of the line, split by component: the parts add up exactly, in print too."""
    seen = [point for point in line.points if point.value is not None]
    title = f"Which component moved {line.name}"
    if line.slug == s.RUBRIC:
        return _rubric_change(title, line, periods, series)
    if len(seen) < 2:
        return Change(title, "Two weeks with a value are needed to say what moved it.")
    before, after = seen[-2], seen[-1]
    if before.ruler != after.ruler:
        return Change(title, f"Ruler {after.ruler} begins in {week_short(after.week)}: the two weeks do not compare.")
    start, end = round(before.value or 0.0, 1), round(after.value or 0.0, 1)
    parts = _parts(line.slug, periods, series, before.week, after.week)
    total = sum(part for _, part in parts)
    scale = (end - start) / total if total else 0.0
    rows, printed = [], []
    for period, part in parts:
        points = round(part * scale, 1)
        printed.append(points)
        rows.append((period, points))
    if rows:  # rounding stays with the largest part, so that the parts add up in print
        index = max(range(len(rows)), key=lambda i: abs(rows[i][1]))
        rows[index] = (rows[index][0], round(rows[index][1] + round(end - start - sum(printed), 1), 1))
    return Change(
        title=title,
        caption="Points of value of the team, by component. The parts add up exactly.",
        before_week=week_short(before.week),
        after_week=week_short(after.week),
        before=number(start, 1),
        after=number(end, 1),
        rows=tuple(_change_row(line.slug, period, points, series, before.week, after.week) for period, points in rows),
        equation=_equation(start, [points for _, points in rows], end),
    )


def _parts(
    slug: str, periods: Sequence[Period], series: s.Series, before: date, after: date
) -> list[tuple[Period, float]]:
    """What each component's own change weighs in the mean of the segments."""
    parts = []
    for period in periods:
        if not period.holds(after):
            continue
        old, new = series.numbers(period.component, slug, before), series.numbers(period.component, slug, after)
        if new is None or new[0] is None or new[2] is None:
            parts.append((period, 0.0))
            continue
        if old is None or old[0] is None or old[2] is None:
            parts.append((period, 0.0 if old is None else 1.0))
            continue
        parts.append((period, (new[0] - old[0]) + (new[2] - old[2])))
    return parts


def _change_row(slug: str, period: Period, points: float, series: s.Series, before: date, after: date) -> ChangeRow:
    old, new = series.numbers(period.component, slug, before), series.numbers(period.component, slug, after)
    why = "not scanned in both weeks" if old is None or new is None else _numbers_said(old, new)
    url = f"{reverse('component', args=[period.public_id])}#{slug}"
    return ChangeRow(period.name, url, signed(points), change_css(points), why)


def _numbers_said(old: s.Numbers, new: s.Numbers) -> str:
    if old == new:
        return "no change"
    if old[1] is not None and new[1] is not None and round(old[1], 1) != round(new[1], 1):
        return f"value {number(old[1], 1)} to {number(new[1], 1)}"
    return f"best {number(old[0], 1)} to {number(new[0], 1)}, worst {number(old[2], 1)} to {number(new[2], 1)}"


def _equation(start: float, parts: Sequence[float], end: float) -> str:
    shown = [f"{'+' if part > 0 else MINUS} {number(abs(part), 1)}" for part in parts if round(part, 1)]
    return f"{' '.join([number(start, 1), *shown])} = {number(end, 1)}" if shown else f"{number(end, 1)}, as before"


def _rubric_change(title: str, line: Line, periods: Sequence[Period], series: s.Series) -> Change:
    """The score is a minimum, so it does not split into parts: each component's own score stands beside it."""
    last = line.last
    if last is None or last.best is None:
        return Change(title, "No ML Test Score yet.")
    rows = []
    for period in periods:
        numbers = series.numbers(period.component, s.RUBRIC, last.week)
        if not period.holds(last.week) or numbers is None or numbers[1] is None:
            continue
        url = f"{reverse('component', args=[period.public_id])}#h-2"
        rows.append((numbers[1], ChangeRow(period.name, url, half(numbers[1]), "", f"up to {half(numbers[0])} of 7")))
    return Change(
        title="Which component holds the ML Test Score down",
        caption="Each component's own score. The team's is the lowest of its four mean section sums.",
        before_week="worst",
        before=half(last.worst),
        after_week="best",
        after=half(last.best),
        rows=tuple(row for _, row in sorted(rows, key=lambda pair: (pair[0], pair[1].name))),
        equation=f"{half(last.value)} of 7 in {week_short(last.week)}",
    )


def largest_moves(found: Sequence[r.Member], series: s.Series) -> tuple[Move, ...]:
    """The largest moves of single lines in four weeks, both ways."""
    moves = []
    for member in found:
        if member.week is None or r.moved(member, series)[2]:
            continue
        before = member.week - r.MOVED_SPAN
        for measure in series.measures(member.id):
            points = r.line_change(series, member.id, measure, before, member.week)
            if points is not None and abs(points) >= r.MOVED_POINTS:
                moves.append((points, member, measure, before))
    moves.sort(key=lambda row: (-abs(row[0]), row[1].name, row[2]))
    return tuple(_move(series, *row) for row in moves[:MOVES])


def _move(series: s.Series, points: float, member: r.Member, measure: str, before: date) -> Move:
    old = series.numbers(member.id, measure, before) or (None, None, None)
    new = series.numbers(member.id, measure, member.week or before) or (None, None, None)
    return Move(
        component=member.name,
        line=s.NAMES.get(measure, measure),
        url=f"{member.url}?debts=all#{measure}",
        points=signed(points),
        css=change_css(points),
        said=_numbers_said(old, new),
    )
