"""One line of the portfolio: a component, or a team of them, with its scores, what moved and whether it is fresh."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from debtboard.domain.queries import series as s
from debtboard.domain.queries.measures import Bar, Points, news
from debtboard.domain.queries.members import Member
from debtboard.domain.queries.tallies import evidence_of, findings_label, left_out, mean_unseen, read_age, sum_series
from debtboard.domain.queries.wording import day, monday_of, percent
from debtboard.models import Component, Scan

WEEKS_SHOWN = 52
MOVED_WEEKS = 4
MOVED_SPAN = timedelta(weeks=MOVED_WEEKS)
MOVED_POINTS = 1.0
"""Index points from which a line counts as moved: half of that is rounding."""
BLIND = 0.65
"""Unseen share, over the five answers, from which the row says how much was seen: no value can be shown."""
QUIET = "quiet"
"""A mark that states a fact, and asks for nothing."""

NO_ML = "No ML code found; the five answers and the ML Test Score do not apply."
NO_SCAN = "No complete scan yet."
AGED = "no new commit"
"""Where both weeks scored the same commit: what moved is its age alone."""

Mark = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    url: str
    ml_code: bool
    rubric: Points
    litmus: tuple[Bar, ...]
    worse: int
    better: int
    moved_note: str
    findings: int | None
    series: tuple[float | None, ...]
    series_label: str
    read: str
    stale: bool = False
    marks: tuple[Mark, ...] = ()
    no_answers: str = NO_ML
    worse_lines: tuple[str, ...] = ()
    """The measures that are worse; none of a team."""
    moved_url: str = ""
    """Where the moves are told one by one; "" where nothing moved."""


def read_rows_series(
    found: Sequence[Member],
    also: s.Wanted | None = None,
    written: Mapping[int, int] | None = None,
    since: date | None = None,
) -> s.Series:
    """What the rows show: the present and four weeks ago of every line, and 52 weeks of open findings.

    `also` asks for more points, of other components too (those of `written`: how often their points were written), with
    the origins of all weeks `since` then.
    """
    present = {member.week for member in found if member.week is not None}
    weeks = present | {week - MOVED_SPAN for week in present}
    year = min(present) - timedelta(weeks=WEEKS_SHOWN) if present else date.max
    compared = [*s.lines(), s.RUBRIC, *s.SECTION_MEASURES]
    wanted = [s.Wanted(compared, weeks=weeks), s.Wanted([s.FINDINGS], since=year), *([also] if also else [])]
    here = {member.id: member.points_written for member in found}
    return s.read_wanted({**(written or {}), **here}, wanted, since or weeks)


def component_row(member: Member, series: s.Series, now: datetime, scan: str | None) -> Row:
    """The line of one component."""
    week = member.week
    if week is None:
        return Row(
            name=member.name,
            url=member.url,
            ml_code=False,
            rubric=Points(),
            litmus=(),
            worse=0,
            better=0,
            moved_note="–",
            findings=None,
            series=(),
            series_label="",
            read="first scan" if scan in Scan.OPEN else "never",
            marks=_marks(member, (), now, scan),
            no_answers=NO_SCAN,
        )
    litmus = tuple(series.bar(member.id, slug, week) for slug in s.LITMUS_SLUGS) if member.ml_code else ()
    worse, better, note = moved(member, series)
    counts = series.values(member.id, s.FINDINGS, s.weeks_up_to(monday_of(now), WEEKS_SHOWN))
    return Row(
        name=member.name,
        url=member.url,
        ml_code=member.ml_code,
        rubric=series.points(member.id, s.RUBRIC, week),
        litmus=litmus,
        worse=len(worse),
        better=better,
        worse_lines=worse,
        moved_note=note,
        findings=member.findings,
        series=counts,
        series_label=findings_label(counts),
        read=f"since {day(member.as_of, now.date())}" if member.stale_since else f"{read_age(member.as_of, now)} ago",
        stale=member.stale_since is not None,
        marks=_marks(member, litmus, now, scan, evidence_of(((member.id, week),), series)),
    )


def team_row(name: str, url: str, found: Sequence[Member], rows: Sequence[Row], series: s.Series, now: datetime) -> Row:
    """The line of a team: mean segments of its components; counts are sums, and nothing is ranked."""
    scored = [member for member in found if member.week is not None]
    with_ml = [member for member in scored if member.ml_code]
    litmus = tuple(team_bar(with_ml, slug, series) for slug in s.LITMUS_SLUGS) if with_ml else ()
    counts = sum_series([row.series for row in rows if row.series])
    notes = {row.moved_note for row in rows}
    stale = bool(scored) and all(member.stale_since for member in scored)
    oldest = min((member.as_of for member in scored if member.as_of), default=None)
    newest = max((member.as_of for member in scored if member.as_of), default=None)
    return Row(
        name=name,
        url=url,
        ml_code=bool(with_ml),
        rubric=team_rubric(with_ml, series),
        litmus=litmus,
        worse=sum(row.worse for row in rows),
        better=sum(row.better for row in rows),
        moved_note=notes.pop() if len(notes) == 1 else "" if rows else "–",
        findings=sum(member.findings for member in scored) if scored else None,
        series=counts,
        series_label=findings_label(counts),
        read=f"since {day(oldest, now.date())}" if stale else f"{read_age(newest, now)} ago" if newest else "never",
        stale=stale,
        no_answers=NO_ML if scored else NO_SCAN if found else "No component yet.",
    )


def team_bar(found: Sequence[Member], measure: str, series: s.Series) -> Bar:
    """The mean bar of the components, each at its own present week."""
    weeks = tuple((m.id, m.week) for m in found if m.week is not None)
    return series.once(("mean", measure, weeks), lambda: _mean_bar(weeks, measure, series))


def _mean_bar(weeks: Sequence[tuple[int, date]], measure: str, series: s.Series) -> Bar:
    rows = [series.numbers(component, measure, week) for component, week in weeks]
    numbers = s.mean_numbers([row for row in rows if row is not None])
    return Bar(state="not_applicable") if numbers is None else Bar.of_numbers(*numbers)


def team_rubric(found: Sequence[Member], series: s.Series) -> Points:
    """The team's ML Test Score at each component's present week."""
    rows = [(m, [series.numbers(m.id, part, m.week) for part in s.SECTION_MEASURES]) for m in found if m.week]
    numbers = s.team_score([(m.profile == Component.Profile.PRODUCTION, sections) for m, sections in rows])
    return Points() if numbers is None else Points(numbers[2], numbers[1], numbers[0])


def moved(member: Member, series: s.Series) -> tuple[tuple[str, ...], int, str]:
    """(lines worse, how many are better, "") against four weeks ago; or why the two weeks say nothing of changes."""
    if member.week is None:
        return (), 0, "–"
    after, before = member.week, member.week - MOVED_SPAN
    then = series.origin(member.id, before)
    if then is None:
        return (), 0, "not 4 weeks old"
    if then.ruler != member.ruler:
        return (), 0, news(then.ruler, member.ruler)
    now = series.origin(member.id, after)
    if now is not None and then.commit and now.commit == then.commit:
        return (), 0, AGED
    worse, better = series.once(("moves", member.id, member.week), lambda: _moves(series, member.id, before, after))
    return worse, better, ""


def _moves(series: s.Series, component: int, before: date, after: date) -> tuple[tuple[str, ...], int]:
    changes = {m: line_move(series, component, m, before, after) for m in series.measures(component)}
    moved_by = {measure: change for measure, change in changes.items() if change is not None}
    worse = tuple(sorted(measure for measure, change in moved_by.items() if change > 0))
    return worse, len(moved_by) - len(worse)


def line_move(series: s.Series, component: int, measure: str, before: date, after: date) -> float | None:
    """Points by which a line moved, + is worse; None where it did not.

    A value also moves when evidence comes or goes, so it is worse only where best rose too (more was seen to be bad),
    and better only where worst fell too (more was seen to be good).
    """
    change = line_change(series, component, measure, before, after)
    if change is None or abs(change) < MOVED_POINTS:
        return None
    old, new = (series.numbers(component, measure, week) or (None, None, None) for week in (before, after))
    side = 0 if change > 0 else 2
    was, now = old[side], new[side]
    return change if was is not None and now is not None and (now - was) * change > 0 else None


def comparable(rows: Sequence[Row]) -> bool:
    """Whether any of them has a week to compare with."""
    return any(row.moved_note in {"", AGED} for row in rows)


def line_change(series: s.Series, component: int, measure: str, before: date, after: date) -> float | None:
    """Points of value between two weeks; of the worst case where either week has too little evidence for a value."""
    if measure not in s.lines():
        return None
    old, new = series.numbers(component, measure, before), series.numbers(component, measure, after)
    if old is None or new is None:
        return None
    if old[1] is not None and new[1] is not None:
        return new[1] - old[1]
    return None if old[2] is None or new[2] is None else new[2] - old[2]


def _marks(
    member: Member, litmus: Sequence[Bar], now: datetime, scan: str | None, seen: float | None = None
) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    if member.stale_since is not None:
        words = f"stale since {day(member.stale_since, now.date())}" if member.week else "failed"
        marks.append(("stale" if member.week else "failed", words))
    elif litmus and mean_unseen(litmus) > BLIND:
        marks.append((QUIET, f"{percent(seen)} seen"))
    if member.files_left_out:
        kind = "waived" if member.files_left_out >= member.files else QUIET
        marks.append((kind, left_out(member.files_left_out, member.files)))
    if scan in Scan.OPEN:
        marks.append(("running", "scanning" if scan == Scan.Status.RUNNING else "queued"))
    elif scan and member.stale_since is None:
        marks.append(("failed", "cancelled"))
    return tuple(marks)


def with_moves_at(row: Row, team_url: str) -> Row:
    """The row, its moves leading to where the team's page tells them."""
    return replace(row, moved_url=f"{team_url}#h-mv") if row.worse or row.better else row
