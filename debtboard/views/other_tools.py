"""What other tools said of a component, as a list, and one result at its place."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from debtboard.domain import access
from debtboard.domain.queries import component as component_query
from debtboard.domain.queries import other_tools as query
from debtboard.domain.queries.wording import Ink, count
from debtboard.views.components import crumbs
from debtboard.views.parameters import page_number


@login_required
def listing(request: HttpRequest, public_id: str) -> HttpResponse:
    """All results, by tool and by debt, 50 a page."""
    component, _ = access.component(request.user, public_id)
    tool, debt = request.GET.get("tool", "")[:100].replace("\0", ""), request.GET.get("debt", "")[:80].replace("\0", "")
    shown = query.listing(component, tool, debt, page_number(request), timezone.now())
    context = {
        "nav": "portfolio",
        "crumbs": (*crumbs(component), (component.name, reverse("component", args=[public_id]))),
        "title": "From other tools",
        "list": shown,
        "answer": (Ink(count(shown.total, "result")), " from other tools; none is scored."),
        **component_query.head(component, timezone.now()),
    }
    return render(request, "other_tools.html", context)


@login_required
def page(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """One result at its place."""
    component, _ = access.component(request.user, public_id)
    shown = query.result_page(component, pk, timezone.now())
    if shown is None:
        raise Http404
    back = reverse("other_tools", args=[public_id])
    context = {
        "nav": "portfolio",
        "crumbs": (
            *crumbs(component),
            (component.name, reverse("component", args=[public_id])),
            ("From other tools", back),
        ),
        "title": shown.rule,
        "page": shown,
        "answer": (Ink(shown.message),),
        **component_query.head(component, timezone.now()),
    }
    return render(request, "tool_result.html", context)
