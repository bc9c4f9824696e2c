"""Who is here, for admins alone: taking people in, giving them a way in, changing and ending roles."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from debtboard.domain import access, people
from debtboard.domain.queries.people import people_page
from debtboard.domain.queries.wording import visible
from debtboard.domain.refusals import Refused
from debtboard.forms import PersonForm
from debtboard.models import Person, Role
from debtboard.views.parameters import whole_address


@login_required
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Who is here, and taking somebody in; a new one's link is shown here once, and kept nowhere."""
    if not access.may_administer(request.user):
        raise Http404("no such page")
    form = PersonForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        added = form.save()
        if added is not None:
            person, way_in = added
            team = form.cleaned_data["team"]
            said = f"{visible(person.get_username())} is in {visible(team.name)} now, as {form.cleaned_data['role']}."
            if way_in:
                return _with_link(request, person, way_in, said)
            messages.success(request, said)
            return redirect("people")
    return _shown(request, form, status=422 if form.errors else 200)


@login_required
@never_cache
@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """A new way in for somebody who lost theirs; the older ones end."""
    person = access.somebody(request.user, pk)
    try:
        way_in = people.new_link(person, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("people")
    said = f"What led {visible(person.get_username())} in before no longer does."
    return _with_link(request, person, way_in, said)


@login_required
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role in a team."""
    found = access.membership(request.user, pk)
    try:
        people.change(found, request.POST.get("role", ""), request.user)
        who, team = visible(found.person.get_username()), visible(found.team.name)
        messages.success(request, f"{who} is {found.role} of {team} now.")
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(request)


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of a team; nothing that the person did is lost."""
    found = access.membership(request.user, pk)
    who, team = visible(found.person.get_username()), visible(found.team.name)
    try:
        people.remove(found, request.user)
        messages.success(request, f"{who} is no longer in {team}.")
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the page, for those who are still an admin."""
    return redirect("people" if access.may_administer(request.user) else "settings")


def _with_link(request: HttpRequest, person: Person, way_in: str, said: str) -> HttpResponse:
    address = whole_address(request, way_in)
    given = {"name": person.get_username(), "address": address, "said": said}
    return _shown(request, PersonForm(request.user), given=given)


def _shown(
    request: HttpRequest, form: PersonForm, *, given: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "nav": "settings",
        "crumbs": (("Settings", "/settings/"),),
        "title": "People",
        "page": people_page(request.user),
        "roles": Role.values,
        "form": form,
        "given": given,
    }
    return render(request, "settings/people.html", context, status=status)
