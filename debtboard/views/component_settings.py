"""The settings of one component: what is asked for, and what who keeps it changes at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from debtboard.domain import access, deciding
from debtboard.domain.queries import approvals
from debtboard.domain.queries.wording import visible
from debtboard.forms.component import AskForm, KeepForm
from debtboard.models import Component
from debtboard.views.settings import APPROVED_ALONE, CRUMBS


@login_required
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One component's excludes and profile: what counts, what waits, and asking for more."""
    found, _ = access.component(request.user, public_id)
    keeps = access.may_keep_component(request.user, found)
    if request.method == "POST" and not keeps:
        raise PermissionDenied
    form = AskForm(found, request.user, request.POST if request.method == "POST" else None)
    asking = request.method == "POST" and form.is_valid() and "count" not in request.POST
    if asking and form.save():
        said = f"It is {APPROVED_ALONE}" if form.approved else "It is asked for, and waits for approval."
        messages.success(request, f"{said} What changes the figures is scanned anew.")
        return redirect("component_settings", public_id=public_id)
    return (
        _component_page(request, found, form, KeepForm(found, request.user))
        if keeps
        else _component_page(request, found)
    )


def _component_page(
    request: HttpRequest, found: Component, form: AskForm | None = None, keep_form: KeepForm | None = None
) -> HttpResponse:
    refused = any(one is not None and one.errors for one in (form, keep_form))
    context = {
        "nav": "settings",
        "crumbs": (*CRUMBS, (found.name, reverse("component", args=[found.public_id]))),
        "title": f"Settings of {found.name}",
        "component": found,
        "rows": approvals.of_component(found, request.user, timezone.now(), keeps=form is not None),
        "form": form,
        "keep_form": keep_form,
        "alone": deciding.deciders().alone(request.user),
    }
    return render(request, "settings/component.html", context, status=422 if refused else 200)


@login_required
@require_POST
def keep(request: HttpRequest, public_id: str) -> HttpResponse:
    """Another name or schedule; what can't be kept is said beside its field."""
    found, _ = access.component(request.user, public_id)
    if not access.may_keep_component(request.user, found):
        raise PermissionDenied
    form = KeepForm(found, request.user, request.POST)
    if form.is_valid() and form.save():
        messages.success(request, f"{visible(found.name)} is kept as you said.")
        return redirect("component_settings", public_id=public_id)
    return _component_page(request, found, AskForm(found, request.user), form)
