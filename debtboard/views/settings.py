"""What is registered, and registering more."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from debtboard.domain import access
from debtboard.domain.queries import registered as query
from debtboard.domain.queries.scans import writable
from debtboard.domain.queries.wording import count
from debtboard.forms import ImportForm, RegisterForm, TeamForm


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Every component that the person may see, with its repository and schedule."""
    teams = query.teams(access.visible_teams(request.user))
    visible = list(access.visible_components(request.user).values_list("pk", flat=True))
    shown = query.registered([team.pk for team in teams], writable(request.user, visible))
    context = {
        "nav": "settings",
        "title": "Settings",
        "page": shown,
        "teams": teams,
        "may_register": access.may_found_teams(request.user),
    }
    return render(request, "settings/index.html", context)


@login_required
def register(request: HttpRequest) -> HttpResponse:
    """One repository; what can't be used is said beside its field."""
    _gate(request)
    form = RegisterForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        component = form.save()
        if component is not None:
            messages.success(request, f"{component.name} is registered, and its first scan is queued.")
            return redirect("component", public_id=component.public_id)
    context = {"nav": "settings", "crumbs": _crumbs(), "title": "Register a repository", "form": form}
    return render(request, "settings/register.html", context, status=422 if form.errors else 200)


@login_required
def import_list(request: HttpRequest) -> HttpResponse:
    """Many at once: all lines are taken, or none, and each that can't be used is named."""
    _gate(request)
    form = ImportForm(request.user, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        components = form.save()
        if components is not None:
            messages.success(request, f"{count(len(components), 'component')} registered; the first scans are queued.")
            return redirect("scans")
    context = {
        "nav": "settings",
        "crumbs": _crumbs(),
        "title": "Import repositories",
        "form": form,
        "problems": form.problems,
    }
    return render(request, "settings/import.html", context, status=422 if form.errors or form.problems else 200)


@login_required
def new_team(request: HttpRequest) -> HttpResponse:
    """A team by its name; the person leads it."""
    _gate(request)
    form = TeamForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        team = form.save()
        if team is not None:
            messages.success(request, f"The team {team.name} is there, and you lead it.")
            return redirect("settings")
    context = {"nav": "settings", "crumbs": _crumbs(), "title": "Create a team", "form": form}
    return render(request, "settings/team.html", context, status=422 if form.errors else 200)


def _gate(request: HttpRequest) -> None:
    if not access.may_found_teams(request.user):
        raise PermissionDenied


def _crumbs() -> tuple[tuple[str, str], ...]:
    return (("Settings", "/settings/"),)
