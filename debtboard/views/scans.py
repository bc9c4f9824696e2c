"""The scans: live progress, reasons of failure, cancel and retry."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from debtboard.domain import access, scanning
from debtboard.domain.queries import scans as query
from debtboard.views.parameters import page_number


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """The list; only its table where htmx polls."""
    visible = dict(access.visible_components(request.user).values_list("pk", "retired_at"))
    only = request.GET.get("component", "")[:16]
    writable = query.writable(request.user, [pk for pk, retired_at in visible.items() if retired_at is None])
    shown = query.scans_page(visible, writable, timezone.now(), page_number(request), only)
    context = {
        "nav": "scans",
        "title": "Scans",
        "page": shown,
        "answer": shown.answer,
        "may_register": access.registrable_teams(request.user).exists(),
    }
    return render(request, "partials/scan_list.html" if request.htmx else "scans.html", context)


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a queued or running scan to stop."""
    scan, may_write = access.scan(request.user, pk)
    if not may_write:
        raise PermissionDenied
    try:
        scanning.cancel(scan, by=request.user)
        messages.success(request, f"The scan of {scan.component.name} is asked to stop; what was stored stays.")
    except scanning.NotPossible as error:
        messages.error(request, str(error))
    return redirect("scans")


@login_required
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue a scan in the place of one that failed."""
    scan, may_write = access.scan(request.user, pk)
    if not may_write:
        raise PermissionDenied
    try:
        scanning.retry(scan, by=request.user)
        messages.success(request, f"A scan of {scan.component.name} is queued.")
    except scanning.NotPossible as error:
        messages.error(request, str(error))
    return redirect("scans")
