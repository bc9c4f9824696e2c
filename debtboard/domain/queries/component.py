"""One component: what to do first, how sure the numbers are, and every number opened into its arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from debtboard.domain.preparing import Given, Prepared
from debtboard.domain.queries import approvals, catalogue, progress
from debtboard.domain.queries import series as s
from debtboard.domain.queries.choice import Choice
from debtboard.domain.queries.coverage import CoverageView, coverage_view
from debtboard.domain.queries.debts import SPARK_WEEKS, DebtView, debt_views, debts_caption, found_signals, ranked_debts
from debtboard.domain.queries.findings import FindingList, listing
from debtboard.domain.queries.first import FirstCard, first_cards
from debtboard.domain.queries.followed import Followed, report_followed
from debtboard.domain.queries.frame import Notice, Pages, Rule, Stamp, stamp
from debtboard.domain.queries.history import started_weeks
from debtboard.domain.queries.measures import Bar
from debtboard.domain.queries.opened import bar_of, evidence_seen
from debtboard.domain.queries.other_tools import OfTools, of_component
from debtboard.domain.queries.retired import retired_mark, retired_notice
from debtboard.domain.queries.rubric import RubricView, report_rubric, unseen_rubric
from debtboard.domain.queries.standing import OpenTally, open_tally
from debtboard.domain.queries.stored import StoredReport, read_report
from debtboard.domain.queries.trends import SIX, SmallLine, Trend, small_lines, telling, trend
from debtboard.domain.queries.unread import nothing_known
from debtboard.domain.queries.wording import Ink, age, branch_said, clock, count, day, half, monday_of, number
from debtboard.models import Component, ComponentTeam, Snapshot
from scoring.catalog.litmus import LITMUS
from scoring.reports.words import ML_UNDECIDED, is_ml_undecided

FINDINGS_HERE = 5
REMARKS = {
    "structural_only": "Structural risk only; no outcome data.",
    "estimate": "Estimated from the code as it stands: its history shows no change of algorithm.",
    "unknown": "Nothing that bears on it was seen.",
}


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One litmus answer with its opened arithmetic."""

    slug: str
    number: str
    question: str
    headline: str
    remark: str
    bar: Bar
    url: str
    """Where its arithmetic opens; empty where it does not apply."""


@dataclass(frozen=True, slots=True)
class ComponentPage:
    snapshot: Snapshot | None
    title: str
    subtitle: str
    answer: tuple[str, ...]
    stamp: Stamp
    rule: Rule | None
    notices: tuple[Notice, ...]
    running: progress.ScanProgress | None
    open_count: int = 0
    first: tuple[FirstCard, ...] = ()
    rubric: RubricView | None = None
    followed: Followed | None = None
    litmus: tuple[AnswerView, ...] = ()
    debts: tuple[DebtView, ...] = ()
    debts_caption: str = ""
    debts_more: str = ""
    findings: FindingList | None = None
    tools: OfTools | None = None
    trend: Trend | None = None
    lines: tuple[SmallLine, ...] = ()
    lines_title: str = "All six lines of the component"
    coverage: CoverageView | None = None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader chose on the page."""

    line: str = ""
    all_debts: bool = False
    choice: Choice = field(default_factory=Choice)


def component_page(component: Component, now: datetime, wish: Wish) -> ComponentPage:
    """Everything the page shows, in a number of queries that does not grow with findings or weeks."""
    snapshot = component.current
    running, left_unread = progress.of_page(component, now) if component.retired_at is None else (None, ())
    report = read_report(snapshot) if snapshot else None
    branch = f"branch {component.repository.branch}" if component.repository.branch else ""
    ended = "retired" if component.retired_at is not None else ""
    subtitle = ", ".join(part for part in (component.path, branch, component.profile, ended) if part)
    if snapshot is None or report is None:
        return _unread(component, subtitle, running, now)
    tally = open_tally(component.pk)
    ranked = ranked_debts(report, tally, wish.all_debts)
    series = _series(component, [debt.slug for debt in ranked], wish.line, monday_of(now))
    every = reverse("findings", args=[component.public_id])
    found = listing(component.pk, every, replace(wish.choice, number=1), now, tally, FINDINGS_HERE)
    cards = first_cards(component.pk, report, tally)
    rubric = report_rubric(report)
    debts = debt_views(component, report, ranked, tally, series, monday_of(now))
    page = ComponentPage(
        snapshot=snapshot,
        title=component.name,
        subtitle=subtitle,
        answer=_answer(report, cards, tally),
        stamp=stamp(report.as_of, _source(component, snapshot, now)),
        rule=Rule(report.ruler.version, evidence_seen(report)),
        notices=(*retired_notice(component, now), *_notices(component, report, now), *left_unread),
        running=running,
        open_count=tally.count(),
        first=cards,
        rubric=rubric,
        litmus=_litmus(component, report),
        debts=debts,
        followed=report_followed(report),
        debts_caption=debts_caption(report, debts),
        debts_more="" if wish.all_debts else f"All {len(report.debts)} debts",
        findings=_first_of(found, component, every),
        tools=of_component(component, now),
        coverage=coverage_view(report),
        stale=component.stale_since is not None or component.retired_at is not None,
    )
    return _with_history(page, component, report, series, now, wish.line)


def _first_of(found: FindingList, component: Component, every: str) -> FindingList:
    """The head of the list: it goes on on a page of its own, which has another size."""
    said = f"the first {FINDINGS_HERE} of {count(found.total, 'finding')}" if found.pages.count > 1 else found.said
    export = reverse("findings_csv", args=[component.public_id])
    chosen = found.choice.query()
    mark = f"?{chosen}" if chosen else ""
    return replace(found, said=said, pages=Pages(), all_url=f"{every}{mark}", csv_url=f"{export}{mark}")


def _unread(component: Component, subtitle: str, running: progress.ScanProgress | None, now: datetime) -> ComponentPage:
    """Before the first complete scan: the page stands, all hatch, and says what is missing."""
    notice, answer = nothing_known(component, running is not None, now)
    return ComponentPage(
        snapshot=None,
        title=component.name,
        subtitle=subtitle,
        answer=answer,
        stamp=stamp(now),
        rule=Rule("", 0.0),
        notices=(notice,) if running is None else (),
        running=running,
        rubric=unseen_rubric(),
        litmus=tuple(AnswerView(q.slug, q.id, q.title, "Not seen yet.", "", Bar.whole_hatch(), "") for q in LITMUS),
    )


def _source(component: Component, snapshot: Snapshot, now: datetime) -> str:
    scanned = clock(snapshot.stored_at, now)
    return f"commit {snapshot.commit[:7]}, scanned {scanned}{retired_mark(component, now)}"


def _share(report: StoredReport) -> float:
    return report.coverage.read / report.coverage.files if report.coverage.files else 0.0


def _notices(component: Component, report: StoredReport, now: datetime) -> tuple[Notice, ...]:
    notices = []
    if component.stale_since is not None:
        since = age(now - report.as_of)
        notices.append(
            Notice(
                f"Not read for {since}: {component.stale_reason or 'the scan failed'}",
                f"Figures are those of {day(report.as_of, now.date())} and have not moved since.",
                (("See the scans", f"{reverse('scans')}?component={component.public_id}"),),
                bad=True,
            )
        )
    waiting = approvals.notices(component) if component.retired_at is None else ()
    return (*notices, *approvals.left_out_notice(component), *waiting)


def _answer(report: StoredReport, cards: Sequence[FirstCard], tally: OpenTally) -> tuple[str, ...]:
    """Worst news first, under 35 words, ending in what lifts the score."""
    parts: list[str] = []
    found = found_signals(report)
    severity = tally.worst(tally.debts(), found)
    if not tally.count():
        parts += [Ink("Nothing open"), f"; {number(100 * _share(report))} % of the files were read. "]
    elif severity is not None:
        debts = tally.debts_at(severity, found)
        debt = next((card.debt for card in cards if card.debt in debts), debts[0])
        parts += [
            Ink(count(tally.count(), "finding")),
            " open, the worst ",
            Ink(severity),
            f" in {catalogue.debt_title(debt)}. ",
        ]
    else:
        parts += [Ink(count(tally.count(), "finding")), " open, none of them from a signal that is found and scored. "]
    if not report.ml_code:
        if is_ml_undecided(report.litmus):
            return (*parts, ML_UNDECIDED)
        return (*parts, "No ML code found: the five answers and the ML Test Score do not apply, the debts below do.")
    rubric = report_rubric(report)
    if rubric is not None:
        lowest = next((section for section in rubric.sections if section.sets), None)
        parts += ["ML Test Score ", Ink(f"{half(rubric.score.value)} of 7")]
        parts += [f", set by {lowest.name}" if lowest else " in all four sections", "; "]
        if lowest and lowest.next_test:
            unseen = ", which this version can’t see yet" if lowest.out_of_sight else ""
            parts += [Ink(lowest.next_test), f" is the cheapest next half point of {lowest.name}{unseen}."]
        else:
            parts += [f"up to {half(rubric.score.best)} once all is seen."]
    return tuple(parts)


def _litmus(component: Component, report: StoredReport) -> tuple[AnswerView, ...]:
    if not report.ml_code:
        return ()
    answers = {answer.slug: answer for answer in report.litmus}
    views = []
    for question in LITMUS:
        answer = answers.get(question.slug)
        if answer is None:
            continue
        views.append(
            AnswerView(
                slug=question.slug,
                number=question.id,
                question=question.title,
                headline=answer.headline,
                remark=REMARKS.get(answer.state, ""),
                bar=bar_of(answer),
                url=reverse("opened", args=[component.public_id, question.slug]) if answer.terms else "",
            )
        )
    return tuple(views)


def _series(component: Component, debts: Sequence[str], line: str, monday: date) -> s.Series:
    """Two years of the six lines and of the one that was chosen, one year of the debts that are shown."""
    year, all_weeks = s.weeks_up_to(monday, SPARK_WEEKS)[0], s.weeks_up_to(monday, s.HISTORY_WEEKS)[0]
    wanted = [s.Wanted({*SIX, line}, since=all_weeks), s.Wanted([d for d in debts if d != line], since=year)]
    return s.read_wanted({component.pk: component.points_written}, wanted, all_weeks)


def _with_history(
    page: ComponentPage, component: Component, report: StoredReport, series: s.Series, now: datetime, wanted: str
) -> ComponentPage:
    weeks = started_weeks(series, component.pk, now)
    slugs = SIX if report.ml_code else ()
    chosen = wanted if wanted in slugs or wanted in catalogue.debts_by_slug() else ""
    lines = [series.line(component.pk, slug, weeks) for slug in slugs]
    chosen = chosen or (telling(lines) if lines else next((debt.slug for debt in page.debts if debt.bar.drawn), ""))
    if not chosen or not weeks:
        return page
    address = reverse("component", args=[component.public_id])
    figure = reverse("component_figure", args=[component.public_id, chosen])
    table = reverse("component_weeks", args=[component.public_id, chosen])
    said = "0 to 7, more is better" if chosen == s.RUBRIC else "0 good to 100 bad"
    branch = branch_said(component.repository.branch)
    large, small = series.once(
        ("history", chosen, tuple(slugs), figure, branch, weeks[0], len(weeks)),
        lambda: (
            trend(series.line(component.pk, chosen, weeks), figure, table, f"{said}; read along {branch}"),
            small_lines(lines, chosen, lambda slug: f"{address}?line={slug}#h-5"),
        ),
    )
    return replace(page, trend=large, lines=small)


def head(component: Component, now: datetime) -> dict[str, Any]:
    """The stamp of a page below a component."""
    snapshot = component.current
    return {"stamp": stamp(now) if snapshot is None else stamp(snapshot.as_of, _source(component, snapshot, now))}


_TEAM = Prepared(
    lambda: (
        ComponentTeam.objects.filter(component=Given("component"), until=None)
        .order_by()
        .values_list("team__name", "team__slug")
    )
)


def team_crumb(component: Component) -> tuple[tuple[str, str], ...]:
    """The team that has the component now, with its address."""
    return tuple((name, reverse("team", args=[slug])) for name, slug in _TEAM.ask(component=component.pk))
