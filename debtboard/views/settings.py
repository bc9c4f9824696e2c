"""What is registered, and registering more."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from debtboard.domain import access, approving
from debtboard.domain.queries import approvals
from debtboard.domain.queries import registered as query
from debtboard.domain.queries.scans import writable
from debtboard.domain.queries.wording import count, visible
from debtboard.domain.refusals import Refused
from debtboard.forms import ImportForm, RegisterForm, TeamForm
from debtboard.forms.component import APPROVED_ALONE
from debtboard.models import Approval, Component

CRUMBS = (("Settings", "/settings/"),)
ANSWERS = {"approve": "approved", "reject": "rejected"}


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Every component that the person may see, with its repository and schedule."""
    teams = query.teams(access.visible_teams(request.user))
    theirs = list(access.visible_components(request.user).values_list("pk", flat=True))
    shown = query.registered([team.pk for team in teams], writable(request.user, theirs), timezone.now())
    context = {
        "nav": "settings",
        "title": "Settings",
        "page": shown,
        "teams": teams,
        "may_register": access.may_found_teams(request.user),
        "may_administer": access.may_administer(request.user),
        "waiting": approvals.waiting(request.user, timezone.now()),
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
            if component.excludes or component.profile != Component.Profile.PRODUCTION:
                messages.success(request, f"What it leaves out or is scored as is {APPROVED_ALONE}")
            return redirect("component", public_id=component.public_id)
    context = {"nav": "settings", "crumbs": CRUMBS, "title": "Register a repository", "form": form}
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
        "crumbs": CRUMBS,
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
    context = {"nav": "settings", "crumbs": CRUMBS, "title": "Create a team", "form": form}
    return render(request, "settings/team.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or reject what another team's component asks for."""
    found, may_decide = access.approval(request.user, pk)
    if not may_decide:
        raise PermissionDenied
    said = ANSWERS.get(request.POST.get("answer", ""))
    if said is None:
        return HttpResponseBadRequest("Answer with approve or reject.")
    try:
        approving.decide(found, request.user, approve=said == "approved", reason=request.POST.get("reason", "")[:500])
        kind = Approval.Kind(found.kind).label.capitalize()
        messages.success(request, f"{kind} {visible(found.what)} of {visible(found.component.name)} is {said}.")
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(request, found.component)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End a wish of one's own component."""
    found, _ = access.approval(request.user, pk)
    if not access.may_keep_component(request.user, found.component):
        raise PermissionDenied
    try:
        approving.withdraw(found, request.user)
        messages.success(request, f"{visible(found.what)} is asked for no more.")
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(request, found.component)


def _back(request: HttpRequest, found: Component) -> HttpResponse:
    """To the component's settings, for those who may see them."""
    if access.visible_components(request.user).filter(pk=found.pk).exists():
        return redirect("component_settings", public_id=found.public_id)
    return redirect("settings")


def _gate(request: HttpRequest) -> None:
    if not access.may_found_teams(request.user):
        raise PermissionDenied
