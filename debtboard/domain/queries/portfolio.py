"""The portfolio: what is getting worse, what is stale or failing, how much is seen. Nothing is ranked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.urls import reverse

from debtboard.domain.queries import catalogue
from debtboard.domain.queries import rows as r
from debtboard.domain.queries.begin import Begin, Standing, standing, where_to_begin, with_open_counts
from debtboard.domain.queries.cards import Card, cards_of
from debtboard.domain.queries.frame import Rule, Stamp, stamp
from debtboard.domain.queries.measures import Bar, Line
from debtboard.domain.queries.members import Member, members
from debtboard.domain.queries.progress import open_scans
from debtboard.domain.queries.seen import rule_of
from debtboard.domain.queries.series import FINDINGS, Series, line_name, read_series, weeks_up_to
from debtboard.domain.queries.wording import Ink, capitalised, count, day, monday_of
from debtboard.models import Team
from scoring.catalog.litmus import LITMUS
from scoring.findings import SEVERITIES

HEAT_DEBTS = 16
HEAT_FROM = (0.0, 20.0, 40.0, 60.0, 80.0)
CARDS = 6
IN_NO_TEAM = (Ink("No team"), " is yours yet, so there is nothing to show.")
QUESTIONS = tuple((question.id, question.short) for question in LITMUS)


@dataclass(frozen=True, slots=True)
class TeamBlock:
    row: r.Row
    components: tuple[r.Row, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    title: str
    bar: Bar
    step: int
    worst_open: str
    url: str

    @property
    def letter(self) -> str:
        return self.worst_open[:1].upper() if self.worst_open in {"critical", "high"} else ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    name: str
    url: str
    stale: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    groups: tuple[tuple[str, int], ...] = ()
    debts: tuple[tuple[str, str], ...] = ()
    """(slug, title)"""
    rows: tuple[HeatRow, ...] = ()
    total: int = 0
    all: bool = False
    with_findings: int = 0
    """How many of those shown have an open finding."""

    @property
    def shown(self) -> int:
        return len(self.debts)

    @property
    def said(self) -> str:
        """By what the debts were chosen."""
        most = f"{count(self.with_findings, 'debt')} with the most open findings"
        rest = self.shown - self.with_findings
        return f"{most}, and {rest} without any, of which most was seen" if rest else most


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    teams: tuple[TeamBlock, ...]
    cards: tuple[Card, ...]
    heat: Heat
    component_count: int
    caption: str
    answer: tuple[str, ...]
    stamp: Stamp
    rule: Rule | None
    questions: tuple[tuple[str, str], ...] = QUESTIONS

    begin: Begin | None = None
    needing: int = 0
    """Components that fail or are stale: as many as there would be cards."""


def portfolio(teams: Sequence[Team], now: datetime, all_debts: bool = False) -> PortfolioPage:
    """Everything the page shows of the given teams."""
    registered = members([team.pk for team in teams])
    open_now = standing([member.id for member in registered if member.week is not None])
    found = with_open_counts(registered, open_now)
    series = r.read_rows_series(found)
    scans = open_scans([member.id for member in found])
    blocks, mine_by_team = [], {}
    for team in teams:
        mine = mine_by_team[team.pk] = [member for member in found if member.team_id == team.pk]
        rows = [r.component_row(member, series, now, scans.get(member.id)) for member in mine]
        url = reverse("team", args=[team.slug])
        head = r.with_moves_at(r.team_row(team.name, url, mine, rows, series, now), url)
        blocks.append(TeamBlock(head, tuple(r.with_moves_at(row, url) for row in sorted(rows, key=_order))))
    names = {team.pk: team.name for team in teams}
    cards = cards_of(found, names, series, now, scans)
    return PortfolioPage(
        teams=tuple(sorted(blocks, key=lambda block: (not block.components, *_order(block.row)))),
        cards=cards[:CARDS],
        needing=len(cards),
        heat=_heat(teams, mine_by_team, series, open_now, all_debts),
        begin=where_to_begin(found, open_now, names if len(teams) > 1 else None),
        component_count=len(found),
        caption=_caption(teams, found),
        answer=_answer(blocks, found, now),
        stamp=stamp(now),
        rule=rule_of(found, series, count(len(found), "component")),
    )


def findings_lines(teams: Sequence[int], now: datetime, weeks: int) -> list[Line]:
    """Open findings of every component of the teams, week by week."""
    found = members(teams)
    shown = weeks_up_to(monday_of(now), weeks)
    series = read_series([member.id for member in found], [FINDINGS], shown[0])
    lines = [series.counts(member.id, member.name, shown) for member in found]
    return [line for line in lines if line.last is not None]


def _order(row: r.Row) -> tuple[int, str]:
    return -row.worse, row.name.casefold()


def _caption(teams: Sequence[Team], found: Sequence[Member]) -> str:
    lines = len(LITMUS) + len(catalogue.debts_by_slug())
    with_ml = sum(member.ml_code for member in found)
    return (
        f"{count(len(teams), 'team')}, {count(len(found), 'component')}, {with_ml} with ML code. "
        f"A line is one of the {lines} measures of a component: 5 litmus answers and {lines - 5} debts; "
        "it moved when its value changed by a point or more, and is worse only where best rose too, "
        "better only where worst fell too: what came into sight or left it moves no line."
    )


def _answer(blocks: Sequence[TeamBlock], found: Sequence[Member], now: datetime) -> tuple[str, ...]:
    """Worst news first: what was not read, what got worse."""
    if not found:
        return (Ink("No repository"), " is registered yet.")
    unread = [member for member in found if member.week is None]
    if len(unread) == len(found):
        return (
            Ink(count(len(found), "component")),
            " registered and none read to its end yet: nothing is known so far.",
        )
    parts: list[str] = []
    stale = sorted((m for m in found if m.stale_since), key=lambda m: m.stale_since or now)
    if stale:
        first = stale[0]
        others = f" and {count(len(stale) - 1, 'other')}" if len(stale) > 1 else ""
        since = day(first.unread_since, now.date())
        unread_since = "was never read" if first.week is None and not others else ""
        said = unread_since or f"{'have' if others else 'has'} not been read since {since}"
        parts += [first.name, others, " ", Ink(said), "; "]
    worse, better = sum(b.row.worse for b in blocks), sum(b.row.better for b in blocks)
    only = [(line, row.name) for block in blocks for row in block.components for line in row.worse_lines]
    if len(only) == 1:
        line, name = only[0]
        parts += [Ink("1 line"), " got worse in 4 weeks (", Ink(line_name(line)), f", {name}) and "]
        parts += [Ink(str(better)), " got better"]
    elif worse or better:
        parts += [Ink(count(worse, "line")), " got worse in 4 weeks and ", Ink(str(better)), " got better"]
    elif r.comparable([row for block in blocks for row in block.components]):
        parts += [Ink("no line moved"), " in 4 weeks"]
    else:
        parts += [Ink("nothing to compare yet"), ": no component was read 4 weeks ago by this ruler"]
    leader = max(blocks, key=lambda block: block.row.worse)
    if worse > 1 and len(blocks) > 1:
        parts += [", most of them in " if leader.row.worse * 2 > worse else ", first in ", leader.row.name]
    if unread:
        parts += ["; ", Ink(str(len(unread))), " not read to the end yet"]
    critical = [block for block in blocks if block.row.findings]
    parts += [
        "; ",
        Ink(count(sum(block.row.findings or 0 for block in critical), "finding")),
        " open.",
    ]
    return capitalised(parts) if not stale else tuple(parts)


def _heat(
    teams: Sequence[Team],
    of_team: dict[int, list[Member]],
    series: Series,
    open_now: Sequence[Standing],
    show_all: bool,
) -> Heat:
    found = [member for team in teams for member in of_team[team.pk] if member.week is not None]
    if not found:
        return Heat()
    open_counts, severities = _open_by_debt(open_now)
    debts = catalogue.debts_by_slug()
    weeks = tuple((m.id, m.week) for m in found if m.week is not None)
    seen = series.once(("debts seen", weeks), lambda: _seen_by_debt(weeks, series))
    ranked = sorted(debts, key=lambda slug: (-open_counts[slug], -seen[slug], slug))
    chosen = ranked if show_all else ranked[:HEAT_DEBTS]
    ordered = sorted(chosen, key=lambda slug: (catalogue.GROUPS.index(debts[slug].group), slug))
    groups = [(name, len(list(run))) for name, run in groupby(ordered, key=lambda slug: debts[slug].group)]
    rows = [
        _heat_row(team, [m for m in of_team[team.pk] if m.week is not None], ordered, series, severities)
        for team in sorted(teams, key=lambda team: team.name.casefold())
        if any(m.week is not None for m in of_team[team.pk])
    ]
    titles = tuple((slug, debts[slug].title) for slug in ordered)
    return Heat(tuple(groups), titles, tuple(rows), len(debts), show_all, sum(open_counts[d] > 0 for d in ordered))


def _seen_by_debt(weeks: Sequence[tuple[int, date]], series: Series) -> dict[str, float]:
    """How much of each debt is seen, over all components."""
    return {
        slug: sum(series.bar(component, slug, week).coverage for component, week in weeks)
        for slug in catalogue.debts_by_slug()
    }


def _open_by_debt(open_now: Sequence[Standing]) -> tuple[Counter[str], dict[tuple[int, str], int]]:
    """How many findings stand per debt, and the worst severity per (component, debt) but for what is on trial."""
    counts: Counter[str] = Counter()
    severities: dict[tuple[int, str], int] = {}
    for row in open_now:
        counts[row.debt] += row.findings
        here = row.component, row.debt
        if not catalogue.trial_mark(row.signal):
            severities[here] = max(row.severity, severities.get(here, 0))
    return counts, severities


def _heat_row(
    team: Team, found: Sequence[Member], debts: Sequence[str], series: Series, severities: dict[tuple[int, str], int]
) -> HeatRow:
    weeks = tuple((member.id, member.week) for member in found if member.week is not None)
    urls = {member.id: member.url for member in found}
    cells = []
    for slug, bar, worst_at in series.once(("heat", weeks, tuple(debts)), lambda: _cells(found, debts, weeks, series)):
        rank = max((severities.get((member.id, slug), 0) for member in found), default=0)
        worst = SEVERITIES[rank - 1] if rank else ""
        place = f"{urls[worst_at]}?debts=all#{slug}"
        cells.append(Cell(catalogue.debt_title(slug), bar, heat_step(bar), worst, place))
    stale = all(member.stale_since is not None for member in found)
    return HeatRow(team.name, reverse("team", args=[team.slug]), stale, tuple(cells))


def heat_step(bar: Bar) -> int:
    """1 to 5 by the worst case; 0 where the evidence does not carry a figure."""
    if bar.value is None or bar.worst is None:
        return 0
    return sum(bar.worst >= floor for floor in HEAT_FROM)


def _cells(
    found: Sequence[Member], debts: Sequence[str], weeks: Sequence[tuple[int, date]], series: Series
) -> list[tuple[str, Bar, int]]:
    """(debt, the team's mean bar, the component of the team where it is worst)."""
    return [(slug, r.team_bar(found, slug, series), _worst_component(slug, weeks, series)) for slug in debts]


def _worst_component(slug: str, weeks: Sequence[tuple[int, date]], series: Series) -> int:
    def badness(place: tuple[int, date]) -> float:
        numbers = series.numbers(place[0], slug, place[1])
        return -1.0 if numbers is None or numbers[2] is None else numbers[2]

    return max(weeks, key=badness)[0]
