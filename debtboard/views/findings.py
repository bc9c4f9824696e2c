"""Lists of findings, one finding, and when its line last changed."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from debtboard.domain import access
from debtboard.domain.queries import component as component_query
from debtboard.domain.queries import excerpts, exported
from debtboard.domain.queries import finding as query
from debtboard.domain.queries import findings as list_query
from debtboard.domain.queries.standing import open_tally
from debtboard.domain.queries.wording import Ink, age, day
from debtboard.views.components import crumbs
from debtboard.views.parameters import findings_choice, whole_address
from scoring.findings import SEVERITIES


@login_required
def listing(request: HttpRequest, public_id: str) -> HttpResponse:
    """All open findings of a component, by debt or by file, 50 a page."""
    component, _ = access.component(request.user, public_id)
    address = reverse("findings", args=[public_id])
    choice = findings_choice(request)
    shown = list_query.listing(component.pk, address, choice, timezone.now(), open_tally(component.pk))
    shown = replace(shown, csv_url=f"{reverse('findings_csv', args=[public_id])}?{choice.query()}".removesuffix("?"))
    context = {
        "nav": "portfolio",
        "crumbs": (*crumbs(component), (component.name, reverse("component", args=[public_id]))),
        "title": "Findings",
        "list": shown,
        "answer": shown.answer,
        "severities": SEVERITIES[::-1],
        **component_query.head(component, timezone.now()),
    }
    return render(request, "findings.html", context)


@login_required
def export(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    """The same list, all of its pages, as a CSV."""
    component, _ = access.component(request.user, public_id)
    rows = exported.lines(
        component.pk, findings_choice(request), timezone.now(), lambda path: whole_address(request, path)
    )
    answer = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    name = f"{slugify(component.name) or public_id}-findings.csv"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


@login_required
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One finding at its place."""
    finding, may_write = access.finding(request.user, public_id)
    shown = query.finding_page(finding, timezone.now())
    component = finding.component
    component_url = reverse("component", args=[component.public_id])
    context = {
        "nav": "portfolio",
        "crumbs": (*crumbs(component), (component.name, component_url), (shown.debt, shown.debt_url)),
        "title": shown.signal,
        "subtitle": shown.measure,
        "page": shown,
        "answer": (Ink(shown.message),),
        "stamp": shown.stamp,
        "may_write": may_write,
        "link": whole_address(request, request.path),
    }
    return render(request, "finding.html", context)


@login_required
def blame(request: HttpRequest, public_id: str) -> HttpResponse:
    """When the line last changed: asked of git only when somebody wants to know."""
    finding, _ = access.finding(request.user, public_id)
    found = excerpts.last_change(finding, finding.last_snapshot.commit)
    if isinstance(found, str):
        return render(request, "partials/blame.html", {"reason": found})
    seen = finding.last_snapshot.as_of
    said = {
        "day": day(found.at, seen.date()) if found.at else "an unknown day",
        "age": age(seen - found.at) if found.at else "an unknown time",
        "commit": found.commit,
        "subject": found.subject,
    }
    return render(request, "partials/blame.html", {"blame": said})
