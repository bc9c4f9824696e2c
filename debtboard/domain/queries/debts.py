"""The debts of one component as a table: ranked, with bar, severity, count and a year of what was seen to be bad."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from debtboard.domain.queries import catalogue
from debtboard.domain.queries import series as s
from debtboard.domain.queries.measures import Bar
from debtboard.domain.queries.opened import Sum, bar_of, open_debt
from debtboard.domain.queries.standing import OpenTally
from debtboard.domain.queries.stored import StoredReport, once
from debtboard.domain.queries.wording import number
from debtboard.models import Component
from scoring.debts import children
from scoring.findings import OWN, SEVERITIES, Outcome
from scoring.scores.answers import DebtScore

SPARK_WEEKS = 52

SHOWN_DEBTS = 12


@dataclass(frozen=True, slots=True)
class DebtView:
    slug: str
    title: str
    url: str
    bar: Bar
    worst_open: str | None
    count: int
    series: tuple[float | None, ...]
    series_label: str
    sum: Sum | None = None
    yours: bool = False
    """The operator's own."""


def family(slug: str) -> tuple[str, ...]:
    """The debts whose findings count for it: its own, and an umbrella's children."""
    return (slug, *(child.slug for child in children(slug)))


@once
def found_signals(report: StoredReport) -> frozenset[str]:
    """The signals that cost health; what is open of the others, or of one on trial, is a lead alone."""
    return frozenset(r.id for r in report.signals if r.outcome is Outcome.FOUND and not r.on_trial)


def _rank(debt: DebtScore, tally: OpenTally, found: frozenset[str]) -> tuple[int, float, str]:
    """Worst open finding first, then how much was seen to be bad."""
    worst = tally.worst(family(debt.slug), found)
    leads = 0.5 if tally.within(family(debt.slug)) else 0.0
    severity = SEVERITIES.index(worst) + 1 if worst else leads
    return -severity, -(debt.segments.bad or 0.0), debt.slug


def ranked_debts(report: StoredReport, tally: OpenTally, all_debts: bool) -> list[DebtScore]:
    """The debts that the page shows: worst open finding first, then what was seen to be bad."""
    found = found_signals(report)
    ranked = sorted(report.debts, key=lambda debt: (debt.state == "not_applicable", _rank(debt, tally, found)))
    return ranked if all_debts else ranked[:SHOWN_DEBTS]


def debt_views(
    component: Component,
    report: StoredReport,
    ranked: Sequence[DebtScore],
    tally: OpenTally,
    series: s.Series,
    monday: date,
) -> tuple[DebtView, ...]:
    weeks = s.weeks_up_to(monday, SPARK_WEEKS)
    year = (component.pk, weeks[0], SPARK_WEEKS)
    base = series.once(
        ("debts", report.as_of, year, tuple(debt.slug for debt in ranked)),
        lambda: [_debt_view(component, debt, series.seen_bad(component.pk, debt.slug, weeks)) for debt in ranked],
    )
    found = found_signals(report)
    views = [
        replace(view, worst_open=tally.worst(family(view.slug), found), count=tally.within(family(view.slug)))
        for view in base
    ]
    if views and views[0].count:
        opened = _opened(report, ranked[0].slug, reverse("findings", args=[component.public_id]))
        views[0] = replace(views[0], sum=opened)
    return tuple(views)


@once
def _opened(report: StoredReport, slug: str, findings_url: str) -> Sum | None:
    return open_debt(next(debt for debt in report.debts if debt.slug == slug), report, findings_url)


def _debt_view(component: Component, debt: DebtScore, values: tuple[float | None, ...]) -> DebtView:
    """Its row but for what is open, which is counted as everywhere on the page."""
    known = [value for value in values if value is not None]
    label = f"{catalogue.debt_title(debt.slug)}: seen to be bad over {len(values)} weeks, "
    label += f"from {number(known[0])} to {number(known[-1])} of 100" if known else "no value"
    return DebtView(
        slug=debt.slug,
        title=catalogue.debt_title(debt.slug),
        url=reverse("component_debt", args=[component.public_id, debt.slug]),
        bar=bar_of(debt),
        worst_open=None,
        count=0,
        series=values,
        series_label=label,
        yours=debt.slug.startswith(OWN),
    )


def debts_caption(report: StoredReport, shown: Sequence[DebtView]) -> str:
    apply = sum(debt.state != "not_applicable" for debt in report.debts)
    return (
        f"{len(shown)} of {len(report.debts)} debts, worst open finding first, then what was seen to be bad. "
        "Leads are findings of signals that are clear as a whole, or on trial: they cost nothing. "
        f"{apply} apply. The line shows how much was seen to be bad, week by week."
    )
