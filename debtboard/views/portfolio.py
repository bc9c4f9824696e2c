"""The portfolio, over the teams that the person may see."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from debtboard.charts import trends
from debtboard.domain import access
from debtboard.domain.queries import portfolio as query
from debtboard.domain.queries.rows import WEEKS_SHOWN
from debtboard.domain.queries.series import FINDINGS


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """All teams and components, what fails or is stale, and where the debt sits."""
    teams = list(access.visible_teams(request.user))
    shown = query.portfolio(teams, timezone.now(), request.GET.get("debts") == "all")
    may_register = access.may_found_teams(request.user)
    context = {
        "nav": "portfolio",
        "title": "Portfolio",
        "page": shown,
        "answer": shown.answer if teams or may_register else query.IN_NO_TEAM,
        "stamp": shown.stamp,
        "rule": shown.rule,
        "may_register": may_register,
    }
    return render(request, "portfolio.html", context)


@login_required
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """The sparklines as a figure: open findings of every component, week by week."""
    if name != FINDINGS:
        raise Http404
    teams = access.visible_teams(request.user).values_list("pk", flat=True)
    lines = query.findings_lines(list(teams), timezone.now(), WEEKS_SHOWN)
    return JsonResponse(trends.counts(lines, "open findings"))
