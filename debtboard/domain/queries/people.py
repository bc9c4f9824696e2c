"""Who is here: every person with their teams and roles, as far as an admin looks after them."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse

from debtboard.domain import access, people
from debtboard.domain.queries.wording import count
from debtboard.models import Membership, Person


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One team of one person."""

    team: str
    role: str
    change_url: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    name: str
    said: str
    """What is to be known of the account."""
    roles: tuple[RoleRow, ...]
    link_url: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    rows: tuple[PersonRow, ...]
    said: str


def people_page(admin: Person) -> PeoplePage:
    """By username, in three queries: all people for an organisation's admin, else those of the admin's teams.

    A team's admin sees of nobody in which other teams they are.
    """
    administered = set(access.administered_teams(admin).values_list("pk", flat=True))
    memberships = Membership.objects.select_related("team").order_by("team__name", "team_id")
    found = Person.objects.filter(is_active=True)
    if not admin.is_superuser:
        theirs = Membership.objects.filter(team_id__in=administered).values("person_id")
        found = found.filter(pk__in=theirs)
    found = found.order_by("username", "pk").prefetch_related(Prefetch("memberships", memberships))
    rows = tuple(_row(admin, person, administered) for person in found)
    return PeoplePage(rows, count(len(rows), "person", "people"))


def _row(admin: Person, person: Person, administered: set[int]) -> PersonRow:
    mine = list(person.memberships.all())
    may_link = people.may_link(admin, person, {row.team_id for row in mine}, administered)
    return PersonRow(
        name=person.get_username(),
        said=_said(person),
        roles=tuple(
            RoleRow(
                row.team.name,
                row.role,
                reverse("membership_change", args=[row.pk]),
                reverse("membership_remove", args=[row.pk]),
            )
            for row in mine
            if row.team_id in administered
        ),
        link_url=reverse("person_link", args=[person.pk]) if may_link else "",
    )


def _said(person: Person) -> str:
    way = "signs in by password" if person.has_usable_password() else "no password yet"
    return f"admin of the organisation, {way}" if person.is_superuser else way
