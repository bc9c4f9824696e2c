"""What moved a team's line, split by component so that the parts add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from math import ceil, floor

from django.urls import reverse

from debtboard.domain.queries import series as s
from debtboard.domain.queries.measures import Line, begins
from debtboard.domain.queries.trends import change_css
from debtboard.domain.queries.wording import MINUS, half, number, signed, week_short

AXIS = 8
"""Points that the axis of the steps spans at least."""
PRINTED = 0.1
"""The smallest step that is printed."""
NONE: s.Numbers = (None, None, None)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One component's part of the team's change."""

    name: str
    url: str
    points: str
    css: str
    why: str
    start: float | None = None
    """Where its step begins and ends on the axis; None where the parts don't add up to anything."""
    end: float | None = None


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
    axis: tuple[int, int] = (0, 100)
    start: float | None = None
    end: float | None = None


Pair = tuple[float, float]
"""The segments bad and good of a component, in points of 100."""


@dataclass(frozen=True, slots=True)
class Period:
    """A component while it belonged to the team."""

    component: int
    name: str
    public_id: str
    since: date
    until: date | None
    """The Monday of the first week that it was no longer the team's, or was retired."""
    production: bool = False
    retired: date | None = None
    """The day, where the team has it retired now."""

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
        said = f"{begins(before.ruler, after.ruler)} in {week_short(after.week)}: the two weeks do not compare."
        return Change(title, said[:1].upper() + said[1:])
    start, end = round(before.value or 0.0, 1), round(after.value or 0.0, 1)
    olds, news = (_segments(line.slug, periods, series, week) for week in (before.week, after.week))
    stayed = {period.component for period in periods} & set(olds) & set(news)
    parts = midpoint_parts({c: (olds[c], news[c]) for c in sorted(stayed)})
    rows = _change_rows(line.slug, periods, parts, (before.week, after.week), series)
    remainder = (after.value or 0.0) - (before.value or 0.0) - sum(parts.values())
    changed = [period.name for period in periods if period.component in set(olds) ^ set(news)]
    if changed or abs(remainder) >= PRINTED / 2:
        rows.append((remainder, ChangeRow(_remainder_name(changed), "", "", "", ", ".join(sorted(set(changed))))))
    printed = printed_parts([part for part, _ in rows], round(end - start, 1))
    return Change(
        title=title,
        caption=(
            "Points of value of the team, by component: what its own segments moved, all else at the mean of the "
            "two weeks. Who came or left is the remainder; the largest part takes the rounding."
        ),
        before_week=week_short(before.week),
        after_week=week_short(after.week),
        before=number(start, 1),
        after=number(end, 1),
        rows=_stepped([row for _, row in rows], printed, start),
        equation=_equation(start, printed, end),
        axis=axis_of([start, end, *accumulate(printed, initial=start)]),
        start=start,
        end=end,
    )


def _stepped(rows: Sequence[ChangeRow], printed: Sequence[float], start: float) -> tuple[ChangeRow, ...]:
    """Each row with its step, which begins where the one before it ended."""
    made = []
    for row, points in zip(rows, printed, strict=True):
        made.append(replace(row, points=signed(points), css=change_css(points), start=start, end=start + points))
        start += points
    return tuple(made)


def axis_of(values: Sequence[float]) -> tuple[int, int]:
    """From where to where an axis goes that holds all of them: 8 points or more, so that a small step looks small."""
    low, high = min(values), max(values)
    span = min(100, max(AXIS, ceil(high - low) + 2))
    first = max(0, min(100 - span, floor((low + high - span) / 2)))
    return first, first + span


def midpoint_parts(pairs: Mapping[int, tuple[Pair, Pair]]) -> dict[int, float]:
    """What each component moved the value V = 100 B / (B + G) of the mean segments B and G, exactly.

    The difference of two fractions is (Gm dB - Bm dG) / (S0 S1) with Gm and Bm the midpoints of the two weeks; dB and
    dG are sums over the components, so the parts add up to it without any scaling.
    """
    count = len(pairs)
    if not count:
        return {}
    (bad0, good0), (bad1, good1) = (
        (sum(pair[week][0] for pair in pairs.values()) / count, sum(pair[week][1] for pair in pairs.values()) / count)
        for week in (0, 1)
    )
    bad, good, seen = (bad0 + bad1) / 2, (good0 + good1) / 2, (bad0 + good0) * (bad1 + good1)
    if not seen:
        return dict.fromkeys(pairs, 0.0)
    return {
        component: 100 * (good * (new[0] - old[0]) - bad * (new[1] - old[1])) / (count * seen)
        for component, (old, new) in pairs.items()
    }


def printed_parts(parts: Sequence[float], total: float) -> list[float]:
    """To one decimal; rounding stays with the largest part, so that the parts add up in print."""
    shown = [round(part, 1) for part in parts]
    if shown:
        index = max(range(len(parts)), key=lambda i: abs(parts[i]))
        shown[index] = round(shown[index] + total - sum(shown), 1)
    return shown


def _segments(slug: str, periods: Sequence[Period], series: s.Series, week: date) -> dict[int, Pair]:
    """Bad and good of the components that the team's mean of that week counts: each at its last point until then."""
    found = {}
    for period in periods:
        if not period.holds(week):
            continue
        weeks = [at for at in series.weeks(period.component, slug) if period.holds(at) and at <= week]
        best, _, worst = series.numbers(period.component, slug, max(weeks)) or NONE if weeks else NONE
        if best is not None and worst is not None:
            found[period.component] = (best, 100 - worst)
    return found


def _change_rows(
    slug: str, periods: Sequence[Period], parts: Mapping[int, float], weeks: tuple[date, date], series: s.Series
) -> list[tuple[float, ChangeRow]]:
    """One row per component that counts in both weeks, with its part."""
    rows = []
    for period in periods:
        if period.component not in parts or not period.holds(weeks[1]):
            continue
        old, new = (series.numbers(period.component, slug, week) for week in weeks)
        why = "not scanned in both weeks" if old is None or new is None else numbers_said(old, new)
        url = f"{reverse('component', args=[period.public_id])}#{slug}"
        rows.append((parts[period.component], ChangeRow(period.name, url, "", "", why)))
    return rows


def _remainder_name(changed: Sequence[str]) -> str:
    return "components that came or left" if changed else "not split"


def numbers_said(old: s.Numbers, new: s.Numbers) -> str:
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
        rows.append(
            (
                numbers[1],
                ChangeRow(
                    period.name,
                    url,
                    half(numbers[1]),
                    "",
                    f"{half(numbers[1])} of 7 now, up to {half(numbers[0])} once all is seen",
                ),
            )
        )
    return Change(
        title="Which component holds the ML Test Score down",
        caption=(
            "Each component's own score. The team's is the lowest of its four mean section sums, over its production "
            "components where it has any."
        ),
        before_week="The team at worst",
        before=half(last.worst),
        after_week="The team at best",
        after=half(last.best),
        rows=tuple(row for _, row in sorted(rows, key=lambda pair: (pair[0], pair[1].name))),
        equation=f"The team's score in {week_short(last.week)} is {half(last.value)} of 7",
    )
