"""One debt of one component: its arithmetic, its line and its findings."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from debtboard.domain.queries import catalogue
from debtboard.domain.queries.choice import Choice
from debtboard.domain.queries.component import head
from debtboard.domain.queries.debts import family, found_signals
from debtboard.domain.queries.findings import FindingList, listing
from debtboard.domain.queries.frame import Rule, Stamp
from debtboard.domain.queries.history import measure_of, started_weeks
from debtboard.domain.queries.opened import Sum, open_debt
from debtboard.domain.queries.other_tools import Row, of_debt
from debtboard.domain.queries.standing import OpenTally, open_tally
from debtboard.domain.queries.stored import read_report
from debtboard.domain.queries.trends import Trend, trend
from debtboard.domain.queries.wording import Ink, branch_said, count, number, percent
from debtboard.models import Component
from scoring.scores.answers import DebtScore


@dataclass(frozen=True, slots=True)
class DebtPage:
    slug: str
    title: str
    why: str
    component_url: str
    answer: tuple[str, ...]
    stamp: Stamp
    rule: Rule
    sum: Sum | None
    findings: FindingList
    trend: Trend | None
    tools: tuple[Row, ...] = ()
    """What other tools said that speaks of this debt."""
    tools_url: str = ""
    lines: tuple[()] = ()

    @property
    def tool_groups(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """One group without a heading: all of it is of this debt."""
        return (("", self.tools),)


def debt_page(component: Component, slug: str, now: datetime, choice: Choice) -> DebtPage | None:
    """None where nothing was stored of that debt."""
    report = read_report(component.current) if component.current else None
    score = next((debt for debt in report.debts if debt.slug == slug), None) if report else None
    declared = catalogue.debts_by_slug().get(slug)
    if report is None or score is None or declared is None:
        return None
    address = reverse("component_debt", args=[component.public_id, slug])
    series = measure_of(component, slug, now)
    weeks = started_weeks(series, component.pk, now)
    figure = reverse("component_figure", args=[component.public_id, slug])
    table = reverse("component_weeks", args=[component.public_id, slug])
    top, branch = head(component, now), branch_said(component.repository.branch)
    line = series.line(component.pk, slug, weeks)
    tools, tools_url = of_debt(component, slug, now)
    chosen, tally = replace(choice, debt=slug, severity="", path=""), open_tally(component.pk)
    found = listing(component.pk, address, chosen, now, tally, of_debt=True)
    csv = f"{reverse('findings_csv', args=[component.public_id])}?{chosen.query()}"
    return DebtPage(
        slug=slug,
        title=declared.title,
        why=declared.paragraph("Why"),
        component_url=reverse("component", args=[component.public_id]),
        answer=_answer(score, tally, found_signals(report)),
        stamp=top["stamp"],
        rule=Rule(report.ruler.version, score.coverage),
        sum=open_debt(score, report, reverse("findings", args=[component.public_id])),
        findings=replace(found, csv_url=csv),
        trend=trend(line, figure, table, f"0 good to 100 bad; read along {branch}") if line.last else None,
        tools=tools,
        tools_url=tools_url,
    )


def _answer(score: DebtScore, tally: OpenTally, found: frozenset[str]) -> tuple[str, ...]:
    mine = family(score.slug)
    severity, standing = tally.worst(mine, found), tally.within(mine)
    worst = f", the worst {severity}" if severity else ", none of a signal that is found and scored" if standing else ""
    parts = [Ink(count(standing, "finding")), f" open{worst}; "]
    if score.index.best is None:
        return (*parts, "the debt does not apply.")
    between = f"between {number(score.index.best)} and {number(score.index.worst)}"
    if score.index.value is None:
        return (*parts, "not enough evidence for a value: ", between, f" of 100, {percent(score.coverage)} seen.")
    return (*parts, Ink(f"{number(score.index.value)} of 100"), f", {between}, {percent(score.coverage)} seen.")
