"""What is registered, and registering more."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from debtboard.domain import access
from debtboard.domain.queries import registered as query
from debtboard.domain.queries.scans import writable


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Every component that the person may see, with its repository and schedule."""
    teams = list(access.visible_teams(request.user).values_list("pk", flat=True))
    visible = list(access.visible_components(request.user).values_list("pk", flat=True))
    shown = query.registered(teams, writable(request.user, visible))
    context = {
        "nav": "settings",
        "title": "Settings",
        "page": shown,
        "may_register": access.registrable_teams(request.user).exists(),
    }
    return render(request, "settings/index.html", context)
