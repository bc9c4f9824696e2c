"""The settings of one component: what is asked for, and what who keeps it changes at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from debtboard.domain import access, entrusting, flagging, keeping, retiring, uploading
from debtboard.domain.keeping import Keeper
from debtboard.domain.queries import approvals, audited, flag_exports, other_tools, retired
from debtboard.domain.queries.registered import settings_answer
from debtboard.domain.queries.wording import visible
from debtboard.domain.refusals import Refused
from debtboard.forms.component import (
    AskForm,
    FlagsForm,
    KeepForm,
    MoveForm,
    RetireForm,
    Section,
    SourceForm,
    TokenForm,
    ToolsForm,
)
from debtboard.models import Component
from debtboard.views.settings import CRUMBS

FORMS: dict[str, type[Section]] = {
    form.prefix: form for form in (KeepForm, SourceForm, TokenForm, ToolsForm, FlagsForm, MoveForm, RetireForm)
}
"""What the page holds for those who keep the component, by the name of its section, besides what they ask for."""


@login_required
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One component's excludes and profile: what counts, what waits, and asking for more."""
    found, _ = access.component(request.user, public_id)
    keeper = keeping.keeper(found, request.user)
    if request.method != "POST":
        return _shown(request, found, keeper)
    if not keeper.keeps:
        raise PermissionDenied
    form = AskForm(found, keeper, request.POST)
    if form.is_valid() and "count" not in request.POST and form.save():
        messages.success(request, form.done)
        return redirect("component_settings", public_id=public_id)
    return _shown(request, found, keeper, ask=form)


def _shown(request: HttpRequest, found: Component, keeper: Keeper, **posted: Section) -> HttpResponse:
    """The page, with the form that could not be taken, if there is one, among the fresh ones."""
    forms = {
        name: posted.get(name) or form(found, keeper)
        for name, form in {"ask": AskForm, **FORMS}.items()
        if name in posted or form.offered(found, keeper)
    }
    refused = [(name, said[0]) for name, form in posted.items() for said in form.errors.values()]
    context = {
        "nav": "settings",
        "crumbs": (*CRUMBS, (found.name, reverse("component", args=[found.public_id]))),
        "title": f"Settings of {found.name}",
        "component": found,
        "answer": settings_answer(found, keeper.team_name),
        "rows": approvals.of_component(found, keeper, timezone.now()),
        "team": keeper.team_name,
        "known_teams": access.visible_teams(request.user).exclude(pk=keeper.team).values_list("name", flat=True),
        "forms": forms,
        "refused": refused,
        "alone": keeper.able.alone(request.user),
        "tools": other_tools.uses(found, timezone.now()) if "tools" in forms else (),
        "flags": flag_exports.kept(keeper.flags, timezone.now()),
        "audited": audited.audited(found, timezone.now()),
        "notices": retired.retired_notice(found, timezone.now()),
        "may_take_back": found.retired_at is not None and access.may_retire(request.user, found),
    }
    return render(request, "settings/component.html", context, status=422 if refused else 200)


@login_required
@require_POST
def change(request: HttpRequest, public_id: str, section: str) -> HttpResponse:
    """One section's form taken, and said so; or the page with what is wrong beside its field."""
    found, _ = access.component(request.user, public_id)
    if section not in FORMS:
        raise Http404("no such section")
    keeper = keeping.keeper(found, request.user)
    if not keeper.keeps:
        raise PermissionDenied
    form = FORMS[section](found, keeper, request.POST, request.FILES)
    if form.is_valid() and form.save():
        messages.success(request, form.done)
        return redirect("component_settings", public_id=public_id)
    return _shown(request, found, keeper, **{section: form})


@login_required
@require_POST
def remove_token(request: HttpRequest, public_id: str) -> HttpResponse:
    """The credential that is kept goes."""
    found, _ = access.component(request.user, public_id)
    if not access.may_keep_component(request.user, found):
        raise PermissionDenied
    try:
        entrusting.take_away(found, request.user)
        said = "It is removed. Without one, a private repository can't be read: its figures stay as they are."
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("component_settings", public_id=public_id)


@login_required
@require_POST
def forget_flags(request: HttpRequest, public_id: str) -> HttpResponse:
    """The export of feature flags counts no more."""
    found, _ = access.component(request.user, public_id)
    if not access.may_keep_component(request.user, found):
        raise PermissionDenied
    try:
        if flagging.forget(found, request.user):
            messages.success(request, "It counts no more; all weeks are scanned anew.")
        else:
            messages.error(request, "No export of feature flags is kept.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("component_settings", public_id=public_id)


@login_required
@require_POST
def forget_tool(request: HttpRequest, public_id: str) -> HttpResponse:
    """What another tool said is shown no more."""
    found, _ = access.component(request.user, public_id)
    if not access.may_keep_component(request.user, found):
        raise PermissionDenied
    if uploading.forget(found, request.POST.get("tool", "").replace("\0", ""), request.user):
        messages.success(request, "It is shown no more.")
    else:
        messages.error(request, "Nothing of that tool is kept.")
    return redirect("component_settings", public_id=public_id)


@login_required
@require_POST
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """A retired component is scanned again."""
    found, _ = access.component(request.user, public_id)
    if not access.may_retire(request.user, found):
        raise PermissionDenied
    try:
        retiring.take_back(found, request.user)
        messages.success(request, f"{visible(found.name)} is back, and a scan of it is queued.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("component_settings", public_id=public_id)
