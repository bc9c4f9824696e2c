"""One team through time: six lines with bands, gaps and ruler marks, and which component moved them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse

from debtboard.domain.queries import rows as r
from debtboard.domain.queries import series as s
from debtboard.domain.queries.begin import Begin, standing, where_to_begin, with_open_counts
from debtboard.domain.queries.causes import Came, came_and_fixed
from debtboard.domain.queries.changes import Change, Period, change
from debtboard.domain.queries.frame import Notice, Rule, Stamp, stamp
from debtboard.domain.queries.measures import Line, Point
from debtboard.domain.queries.members import Member, members
from debtboard.domain.queries.moves import Move, largest_moves
from debtboard.domain.queries.portfolio import QUESTIONS
from debtboard.domain.queries.progress import open_scans
from debtboard.domain.queries.seen import rule_of
from debtboard.domain.queries.trends import SIX, SmallLine, Trend, small_lines, telling, trend, verdict
from debtboard.domain.queries.wording import (
    Ink,
    age,
    capitalised,
    count,
    day,
    half,
    monday_of,
    number,
)
from debtboard.models import Component, ComponentTeam, Team

WEEKS = (52, 104)


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
    retired: tuple[tuple[str, str, str], ...] = ()
    """(name, address, since when) of those that the team has retired."""
    begin: Begin | None = None
    trend: Trend | None = None
    lines: tuple[SmallLine, ...] = ()
    lines_title: str = "All six lines of the team"
    span: tuple[str, str] = ("", "")
    """The other length of the lines: its words and address."""
    change: Change | None = None
    moves: tuple[Move, ...] = ()
    moves_said: str = ""
    moves_empty: str = ""
    came: tuple[Came, ...] = ()
    questions: tuple[tuple[str, str], ...] = QUESTIONS
    running: None = None


def team_page(team: Team, now: datetime, line: str = "", weeks: int = WEEKS[0]) -> TeamPage:
    """Everything the page shows; past weeks count the components that the team had then."""
    registered = members([team.pk])
    open_now = standing([member.id for member in registered])
    found = with_open_counts(registered, open_now)
    scans = open_scans([member.id for member in found])
    periods, written = _periods(team)
    shown = s.weeks_up_to(monday_of(now), weeks)
    six = s.Wanted([*SIX, *s.SECTION_MEASURES], since=shown[0])
    series = r.read_rows_series(found, six, written, shown[0])
    rows = tuple(r.with_moves_at(r.component_row(member, series, now, scans.get(member.id)), "") for member in found)
    lines = {slug: team_line(slug, periods, series, shown) for slug in SIX}
    chosen = line if line in SIX else telling(list(lines.values()))
    moves, moved = largest_moves(found, series)
    page = TeamPage(
        title=team.name,
        subtitle=_subtitle(found),
        answer=_answer(found, lines, rows, moves[:1], now),
        stamp=stamp(now),
        rule=rule_of(found, series),
        notices=(),
        components=rows,
        components_said=count(len(found), "component"),
        retired=tuple(
            (period.name, reverse("component", args=[period.public_id]), day(period.retired, now.date()))
            for period in periods
            if period.retired is not None
        ),
        begin=where_to_begin(found, open_now),
        moves=moves,
        came=came_and_fixed(found, now),
        moves_said="last 4 weeks, at one ruler" + (f"; {len(moves)} of {moved}" if moved > len(moves) else ""),
        moves_empty=(
            "No line of a component moved by a point or more in 4 weeks."
            if r.comparable(rows)
            else "Nothing to compare yet: no component of it was read 4 weeks ago by this ruler."
        ),
    )
    if not any(value.last for value in lines.values()):
        return page
    return _with_lines(page, team, periods, lines, chosen, series, weeks)


def line_of(team: Team, slug: str, now: datetime, weeks: int) -> Line:
    """One of the six lines of the team."""
    periods, written = _periods(team)
    shown = s.weeks_up_to(monday_of(now), weeks)
    measures = s.SECTION_MEASURES if slug == s.RUBRIC else (slug,)
    series = s.read_wanted(written, [s.Wanted(measures, shown[0])], shown[0])
    return team_line(slug, periods, series, shown)


def _with_lines(
    page: TeamPage,
    team: Team,
    periods: Sequence[Period],
    lines: dict[str, Line],
    chosen: str,
    series: s.Series,
    weeks: int,
) -> TeamPage:
    address = reverse("team", args=[team.slug])
    span = f"&weeks={weeks}" if weeks != WEEKS[0] else ""
    figure = reverse("team_figure", args=[team.slug, chosen]) + (f"?weeks={weeks}" if span else "")
    table = reverse("team_weeks", args=[team.slug, chosen]) + (f"?weeks={weeks}" if span else "")
    said = "0 to 7, more is better" if chosen == s.RUBRIC else "debt index, 0 good to 100 bad"
    other = WEEKS[1] if weeks == WEEKS[0] else WEEKS[0]
    return replace(
        page,
        trend=trend(
            lines[chosen],
            figure,
            table,
            f"{said}; read along the branch of each component, the team as it was each week",
        ),
        lines=small_lines([lines[slug] for slug in SIX], chosen, lambda slug: f"{address}?line={slug}{span}"),
        change=change(lines[chosen], periods, series),
        span=(f"{other} weeks", f"{address}?line={chosen}&weeks={other}#h-5"),
    )


def _periods(team: Team) -> tuple[list[Period], dict[int, int]]:
    """Which components the team had when, and component -> how often its points were written.

    A retired component counts until the week in which it was retired, and not from then on.
    """
    rows = ComponentTeam.objects.filter(team=team).order_by("component__name", "since")
    periods, written = [], {}
    for *row, times in rows.values_list(
        "component_id",
        "component__name",
        "component__public_id",
        "since",
        "until",
        "component__profile",
        "component__retired_at",
        "component__points_written",
    ):
        periods.append(_period(*row))
        written[row[0]] = times
    return periods, written


def _period(
    pk: int, name: str, public_id: str, since: date, until: date | None, profile: str, retired_at: datetime | None
) -> Period:
    live = profile == Component.Profile.PRODUCTION
    if retired_at is None:
        return Period(pk, name, public_id, since, until, live)
    here = retired_at.date() if until is None else None
    return Period(pk, name, public_id, since, min(until or date.max, monday_of(retired_at)), live, here)


def team_line(slug: str, periods: Sequence[Period], series: s.Series, weeks: Sequence[date]) -> Line:
    """A team's mean, week by week, over consecutive weeks."""
    asked = ("team", slug, tuple(periods), weeks[0], len(weeks))
    return series.once(asked, lambda: _team_line(slug, periods, series, weeks))


def _team_line(slug: str, periods: Sequence[Period], series: s.Series, weeks: Sequence[date]) -> Line:
    """A component that was not scanned in a week keeps its last point, as long as another one of the team was; a
    week without any complete scan is a gap."""
    measures = s.SECTION_MEASURES if slug == s.RUBRIC else (slug,)
    last: dict[tuple[int, str], s.Numbers] = {}
    points = []
    for week in weeks:
        held = [period for period in periods if period.holds(week)]
        here = [period.component for period in held]
        fresh = False
        for component in here:
            for measure in measures:
                numbers = series.numbers(component, measure, week)
                if numbers is not None:
                    last[component, measure] = numbers
                    fresh = True
        numbers = _mean(slug, held, last) if fresh else None
        points.append(_point(week, numbers, here, series))
    return Line(slug, s.NAMES[slug], tuple(points), s.scale_of(slug))


def _mean(slug: str, held: Sequence[Period], last: dict[tuple[int, str], s.Numbers]) -> s.Numbers | None:
    if slug == s.RUBRIC:
        return s.team_score([(p.production, [last.get((p.component, m)) for m in s.SECTION_MEASURES]) for p in held])
    return s.mean_numbers([last[p.component, slug] for p in held if (p.component, slug) in last])


def _point(week: date, numbers: s.Numbers | None, here: Sequence[int], series: s.Series) -> Point:
    if numbers is None:
        return Point(week)
    origins = [origin for component in here if (origin := series.origin(component, week)) is not None]
    rulers = sorted({origin.ruler for origin in origins})
    commits = " ".join(sorted({origin.commit for origin in origins}))
    committed = max((origin.committed for origin in origins if origin.committed), default=None)
    backfilled = all(origin.backfilled for origin in origins)
    return Point(week, *numbers, backfilled, rulers[-1] if rulers else "", commits, committed)


def _subtitle(found: Sequence[Member]) -> str:
    return f"{count(len(found), 'component')}, {sum(member.ml_code for member in found)} with ML code"


def _answer(
    found: Sequence[Member], lines: dict[str, Line], rows: Sequence[r.Row], largest: Sequence[Move], now: datetime
) -> tuple[str, ...]:
    if not found:
        return (Ink("No component"), " belongs to this team yet.")
    parts: list[str] = []
    stale = [member for member in found if member.stale_since is not None]
    if stale:
        first = min(stale, key=lambda member: member.stale_since or now)
        since = age(now - (first.unread_since or now))
        parts += [first.name, " ", Ink(f"has not been read for {since}" if first.week else "was never read"), "; "]
    worsening = [line for line in lines.values() if line.scale != s.RUBRIC_TOP and verdict(line) == "worsening"]
    for line in worsening[:1]:
        parts += [
            line.name,
            " is ",
            Ink("worsening"),
            f", now {number(line.last.value if line.last else None)} of 100; ",
        ]
    worse, better = sum(row.worse for row in rows), sum(row.better for row in rows)
    rubric = lines[s.RUBRIC].last
    if rubric is not None and rubric.best is not None and not (stale and worse):
        parts += ["ML Test Score ", Ink(f"{half(rubric.value)} of 7"), f", up to {half(rubric.best)}; "]
    if worse or better:
        parts += [Ink(count(worse, "line")), " of its components worse in 4 weeks"]
        for move in largest[:worse]:
            parts += [", most ", Ink(f"{move.line} {move.points}"), f" in {move.component}"]
        parts += ["; ", Ink(f"{better} better"), "."]
    elif r.comparable(rows):
        parts += [Ink("no line"), " of its components moved in 4 weeks."]
    else:
        parts += [Ink("nothing to compare yet"), ": no component of it was read 4 weeks ago by this ruler."]
    return tuple(parts) if stale else capitalised(parts)
