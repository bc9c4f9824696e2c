"""Making a team: whoever leads one already, or is an admin, may; they lead the new one too."""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import slugify

from debtboard.domain import access, auditing
from debtboard.domain.refusals import Refused
from debtboard.models import Membership, Organisation, Person, Role, Team

MAX_NAME = 120
FIELD = "new_team"
"""The field of the forms that names one."""


def first_organisation() -> Organisation:
    """The one organisation of this board."""
    return Organisation.objects.order_by("pk").first() or Organisation.objects.create(name="Our organisation")


def planned(name: str, by: Person) -> Team:
    """The team as it would be, not stored yet. Raises Refused."""
    if not access.may_found_teams(by):
        raise Refused("Only an admin, or who leads a team already, may name a new team: ask one.", FIELD)
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise Refused(f"A team's name has 1 to {MAX_NAME} printable letters: give another.", FIELD)
    team = Team(organisation=first_organisation(), name=name, slug=_slug(name))
    if Team.objects.filter(Q(name__iexact=name) | Q(slug=name), organisation=team.organisation).exists():
        raise _taken(team)
    return team


def found(team: Team, by: Person) -> Team:
    """Store what was planned; the person leads it. Raises Refused."""
    try:
        with transaction.atomic():
            team.slug = _slug(team.name)
            team.save(force_insert=True)
            Membership.objects.create(person=by, team=team, role=Role.LEAD)
            auditing.record("team.founded", team, by, name=team.name)
    except IntegrityError:
        team.pk = None
        raise _taken(team) from None
    return team


def _taken(team: Team) -> Refused:
    return Refused(f"There is a team {team.name!r} already: choose it if you lead it, or give another name.", FIELD)


def _slug(name: str) -> str:
    """What stands in addresses: of the name's Latin letters, numbered where it is taken."""
    stem = slugify(name)[: MAX_NAME - 8] or "team"
    taken = set(Team.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
