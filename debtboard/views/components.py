"""A component's page, its opened debts, its figures, and asking for a scan."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from debtboard.charts import trends
from debtboard.domain import access, scanning
from debtboard.domain.queries import component as query
from debtboard.domain.queries import debt as debt_query
from debtboard.domain.queries import progress as progress_query
from debtboard.domain.queries.history import line_of
from debtboard.domain.queries.opened import open_answer
from debtboard.domain.queries.rubric import rubric_view
from debtboard.domain.queries.series import FINDINGS
from debtboard.domain.queries.stored import read_report
from debtboard.domain.queries.trends import week_rows
from debtboard.models import Component, Scan
from debtboard.views.parameters import findings_choice


@login_required
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """What to do first, and how sure the numbers are."""
    component, may_write = access.component(request.user, public_id)
    wish = query.Wish(request.GET.get("line", ""), request.GET.get("debts") == "all", findings_choice(request))
    shown = query.component_page(component, timezone.now(), wish)
    context = {
        "nav": "portfolio",
        "crumbs": crumbs(component),
        "title": shown.title,
        "subtitle": shown.subtitle,
        "page": shown,
        "answer": shown.answer,
        "stamp": shown.stamp,
        "rule": shown.rule,
        "component": component,
        "may_write": may_write,
        "rubric_url": reverse("opened", args=[public_id, "rubric"]),
    }
    return render(request, "component.html", context)


@login_required
def debt(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    """One debt opened into its arithmetic: a row of the table for htmx, a page of its own otherwise."""
    component, _ = access.component(request.user, public_id)
    shown = debt_query.debt_page(component, slug, timezone.now(), findings_choice(request))
    if shown is None:
        raise Http404
    if request.htmx:
        return render(request, "partials/debt_opened.html", {"sum": shown.sum, "slug": slug})
    context = {
        "nav": "portfolio",
        "crumbs": (*crumbs(component), (component.name, shown.component_url)),
        "title": slug,
        "page": shown,
        "answer": shown.answer,
        "stamp": shown.stamp,
        "rule": shown.rule,
    }
    return render(request, "debt.html", context)


@login_required
def opened(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    """A litmus answer opened into its arithmetic, or the 28 tests: a fragment for htmx, a page otherwise."""
    component, _ = access.component(request.user, public_id)
    report = read_report(component.current) if component.current else None
    if report is None:
        raise Http404
    if slug == "rubric":
        shown = {"rubric": rubric_view(report.rubric), "fragment": "partials/tests.html", "heading": "Test by test"}
    else:
        shown = {"sum": open_answer(slug, report), "fragment": "partials/opened_sum.html", "heading": "Arithmetic"}
    if shown.get("rubric") is None and shown.get("sum") is None:
        raise Http404
    return _fragment(request, component, shown)


@login_required
def weeks(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """A measure week by week, as a table."""
    component, _ = access.component(request.user, public_id)
    line = line_of(component, name, timezone.now())
    if line is None:
        raise Http404
    shown = {"line": line, "rows": week_rows(line), "fragment": "partials/weeks.html", "heading": line.name}
    return _fragment(request, component, shown)


def _fragment(request: HttpRequest, component: Component, shown: dict[str, Any]) -> HttpResponse:
    if request.htmx:
        return render(request, shown["fragment"], shown)
    context = {
        "nav": "portfolio",
        "crumbs": (*crumbs(component), (component.name, reverse("component", args=[component.public_id]))),
        "title": component.name,
        **query.head(component, timezone.now()),
        **shown,
    }
    return render(request, "opened.html", context)


@login_required
def figure(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """A measure of the component through time, as a figure that Plotly opens."""
    component, _ = access.component(request.user, public_id)
    line = line_of(component, name, timezone.now())
    if line is None:
        raise Http404
    return JsonResponse(trends.counts([line], line.name) if name == FINDINGS else trends.trend(line))


@login_required
def progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """The open scan's progress, polled while it lasts; says so when the first figures stand before the past is read."""
    component, _ = access.component(request.user, public_id)
    scan = progress_query.of_component(component, timezone.now(), bare="bare" in request.GET)
    if scan is None:
        scan = progress_query.ended(Scan.objects.filter(component=component).first(), public_id, "bare" in request.GET)
    return render(request, "partials/progress.html", {"scan": scan})


@login_required
@require_POST
def scan_now(request: HttpRequest, public_id: str) -> HttpResponse:
    """Queue a scan by hand."""
    component, may_write = access.component(request.user, public_id)
    if not may_write:
        raise PermissionDenied
    try:
        scanning.queue(component, Scan.Trigger.MANUAL, request.user, scanning.weeks_due(component))
        messages.success(request, f"A scan of {component.name} is queued.")
    except scanning.NotPossible as error:
        messages.error(request, str(error))
    return redirect("component", public_id=public_id)


def crumbs(component: Component) -> tuple[tuple[str, str], ...]:
    """All teams / the team that has it now."""
    return (("All teams", "/"), *query.team_crumb(component))
