"""A team's page and its figures."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from debtboard.charts import trends
from debtboard.domain import access
from debtboard.domain.queries import team as query
from debtboard.domain.queries.trends import SIX, week_rows


@login_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Six lines through time, what moved, and the components."""
    team, may_write = access.team(request.user, slug)
    shown = query.team_page(team, timezone.now(), request.GET.get("line", ""), _weeks(request))
    context = {
        "nav": "portfolio",
        "crumbs": (("All teams", "/"),),
        "title": shown.title,
        "subtitle": shown.subtitle,
        "page": shown,
        "answer": shown.answer,
        "stamp": shown.stamp,
        "rule": shown.rule,
        "may_register": may_write,
    }
    return render(request, "team.html", context)


@login_required
def figure(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """One of the six lines as a figure that Plotly opens."""
    team, _ = access.team(request.user, slug)
    if name not in SIX:
        raise Http404
    return JsonResponse(trends.trend(query.line_of(team, name, timezone.now(), _weeks(request))))


@login_required
def weeks(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """One of the six lines week by week, as a table: a fragment for htmx, a page otherwise."""
    team, _ = access.team(request.user, slug)
    if name not in SIX:
        raise Http404
    line = query.line_of(team, name, timezone.now(), _weeks(request))
    shown = {"line": line, "rows": week_rows(line), "fragment": "partials/weeks.html", "heading": line.name}
    if request.htmx:
        return render(request, shown["fragment"], shown)
    crumbs = (("All teams", "/"), (team.name, reverse("team", args=[slug])))
    return render(request, "opened.html", {"nav": "portfolio", "crumbs": crumbs, "title": team.name, **shown})


def _weeks(request: HttpRequest) -> int:
    return query.WEEKS[1] if request.GET.get("weeks") == str(query.WEEKS[1]) else query.WEEKS[0]
