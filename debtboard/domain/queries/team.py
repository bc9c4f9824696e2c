"""One team through time: six lines with bands, gaps and ruler marks, and which component moved them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse

from debtboard.domain.queries import rows as r
from debtboard.domain.queries import series as s
from debtboard.domain.queries.frame import Notice, Rule, Stamp, stamp
from debtboard.domain.queries.measures import Line, Point
from debtboard.domain.queries.portfolio import QUESTIONS
from debtboard.domain.queries.trends import SIX, SmallLine, Trend, change_css, small_lines, trend, verdict
from debtboard.domain.queries.wording import (
    MINUS,
    Ink,
    age,
    capitalised,
    count,
    half,
    monday_of,
    number,
    signed,
    week_short,
)
from debtboard.models import ComponentTeam, Team

WEEKS = (52, 104)
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
class TeamPage:
    title: str
    subtitle: str
    answer: tuple[str, ...]
    stamp: Stamp
    rule: Rule | None
    notices: tuple[Notice, ...]
    components: tuple[r.Row, ...]
    components_said: str
    trend: Trend | None = None
    lines: tuple[SmallLine, ...] = ()
    lines_title: str = "All six lines of the team"
    change: Change | None = None
    moves: tuple[Move, ...] = ()
    moves_said: str = ""
    moves_empty: str = ""
    questions: tuple[tuple[str, str], ...] = QUESTIONS
    running: None = None


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


def team_page(team: Team, now: datetime, line: str = "", weeks: int = WEEKS[0]) -> TeamPage:
    """Everything the page shows; past weeks count the components that the team had then."""
    found = r.members([team.pk])
    scans = r.open_scans([member.id for member in found])
    periods = _periods(team)
    shown = s.weeks_up_to(monday_of(now), weeks)
    six = s.Wanted([*SIX, *s.SECTION_MEASURES], since=shown[0])
    series = r.read_rows_series(found, six, [period.component for period in periods], shown[0])
    rows = tuple(r.component_row(member, series, now, scans.get(member.id)) for member in found)
    lines = {slug: team_line(slug, periods, series, shown) for slug in SIX}
    chosen = line if line in SIX else s.RUBRIC
    page = TeamPage(
        title=team.name,
        subtitle=_subtitle(found),
        answer=_answer(found, lines, rows, now),
        stamp=stamp(now),
        rule=r.rule_of(found, series),
        notices=(),
        components=rows,
        components_said=count(len(found), "component"),
    )
    if not any(value.last for value in lines.values()):
        return page
    return _with_lines(page, team, periods, lines, chosen, series, found, weeks)


def line_of(team: Team, slug: str, now: datetime, weeks: int) -> Line:
    """One of the six lines of the team."""
    periods = _periods(team)
    shown = s.weeks_up_to(monday_of(now), weeks)
    measures = s.SECTION_MEASURES if slug == s.RUBRIC else (slug,)
    series = s.read_series(sorted({period.component for period in periods}), measures, shown[0])
    return team_line(slug, periods, series, shown)


def _with_lines(
    page: TeamPage,
    team: Team,
    periods: Sequence[Period],
    lines: dict[str, Line],
    chosen: str,
    series: s.Series,
    found: Sequence[r.Member],
    weeks: int,
) -> TeamPage:
    address = reverse("team", args=[team.slug])
    span = f"&weeks={weeks}" if weeks != WEEKS[0] else ""
    figure = reverse("team_figure", args=[team.slug, chosen]) + (f"?weeks={weeks}" if span else "")
    table = reverse("team_weeks", args=[team.slug, chosen]) + (f"?weeks={weeks}" if span else "")
    said = "0 to 7, more is better" if chosen == s.RUBRIC else "debt index, 0 good to 100 bad"
    moves = _moves(found, series)
    return replace(
        page,
        trend=trend(lines[chosen], figure, table, f"{said}; first-parent history, team of each week"),
        lines=small_lines([lines[slug] for slug in SIX], chosen, lambda slug: f"{address}?line={slug}{span}"),
        change=change(lines[chosen], periods, series),
        moves=moves,
        moves_said="last 4 weeks, at one ruler",
        moves_empty="No line of a component moved by a point or more in 4 weeks.",
    )


def _periods(team: Team) -> list[Period]:
    rows = (
        ComponentTeam.objects.filter(team=team)
        .order_by("component__name", "since")
        .values_list("component_id", "component__name", "component__public_id", "since", "until")
    )
    return [Period(*row) for row in rows]


def team_line(slug: str, periods: Sequence[Period], series: s.Series, weeks: Sequence[date]) -> Line:
    """A team's mean, week by week. A component that was not scanned in a week keeps its last point, as long as
    another one of the team was; a week without any complete scan is a gap."""
    measures = s.SECTION_MEASURES if slug == s.RUBRIC else (slug,)
    last: dict[tuple[int, str], s.Numbers] = {}
    points = []
    for week in weeks:
        here = [period.component for period in periods if period.holds(week)]
        fresh = False
        for component in here:
            for measure in measures:
                numbers = series.numbers(component, measure, week)
                if numbers is not None:
                    last[component, measure] = numbers
                    fresh = True
        numbers = _mean(slug, measures, here, last) if fresh else None
        points.append(_point(week, numbers, here, series))
    return Line(slug, s.NAMES[slug], tuple(points), s.scale_of(slug))


def _mean(
    slug: str, measures: Sequence[str], here: Sequence[int], last: dict[tuple[int, str], s.Numbers]
) -> s.Numbers | None:
    if slug == s.RUBRIC:
        return s.lowest_section([[last.get((component, m)) for component in here] for m in measures])
    return s.mean_numbers([last[component, slug] for component in here if (component, slug) in last])


def _point(week: date, numbers: s.Numbers | None, here: Sequence[int], series: s.Series) -> Point:
    if numbers is None:
        return Point(week)
    origins = [origin for component in here if (origin := series.origin(component, week)) is not None]
    rulers = sorted({origin.ruler for origin in origins})
    return Point(week, *numbers, all(o.backfilled for o in origins), rulers[-1] if rulers else "")


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


def _moves(found: Sequence[r.Member], series: s.Series) -> tuple[Move, ...]:
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


def _subtitle(found: Sequence[r.Member]) -> str:
    return f"{count(len(found), 'component')}, {sum(member.ml_code for member in found)} with ML code"


def _answer(found: Sequence[r.Member], lines: dict[str, Line], rows: Sequence[r.Row], now: datetime) -> tuple[str, ...]:
    if not found:
        return (Ink("No component"), " belongs to this team yet.")
    parts: list[str] = []
    stale = [member for member in found if member.stale_since is not None]
    if stale:
        first = min(stale, key=lambda member: member.stale_since or now)
        parts += [first.name, " ", Ink(f"has not been read for {age(now - (first.stale_since or now))}"), "; "]
    worsening = [line for line in lines.values() if line.scale != s.RUBRIC_TOP and verdict(line) == "worsening"]
    for line in worsening[:1]:
        parts += [
            line.name,
            " is ",
            Ink("worsening"),
            f", now {number(line.last.value if line.last else None)} of 100; ",
        ]
    rubric = lines[s.RUBRIC].last
    if rubric is not None and rubric.best is not None:
        parts += ["ML Test Score ", Ink(f"{half(rubric.value)} of 7"), f", up to {half(rubric.best)}; "]
    worse, better = sum(row.worse for row in rows), sum(row.better for row in rows)
    if worse or better:
        parts += [Ink(count(worse, "line")), " of its components worse in 4 weeks, ", Ink(f"{better} better"), "."]
    else:
        parts += [Ink("no line"), " of its components moved in 4 weeks."]
    return tuple(parts) if stale else capitalised(parts)
