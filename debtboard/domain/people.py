"""Who is here: taking a person in, giving a way in, changing and ending a membership.

A link signs in as its person, so a team's admin gives one only to somebody who has no password yet and is in no team
but theirs: nobody reaches another team, or somebody's account, by it.
"""

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q

from debtboard.domain import access, auditing, entering
from debtboard.domain.refusals import Refused
from debtboard.models import Membership, Person, Role, Team

MAX_NAME = 150


def add(name: str, team: Team, role: str, by: Person) -> tuple[Person, str]:
    """Into the team, by username or e-mail: the person, and the way in of one who is new here, "" else.

    Raises Refused.
    """
    _check(team, role, by)
    try:
        with transaction.atomic():
            person, new = _found_or_made(name, by)
            membership, joined = Membership.objects.get_or_create(person=person, team=team, defaults={"role": role})
            if not joined:
                raise Refused(f"{person.get_username()} is in {team.name} already, as {membership.role}.", "name")
            auditing.record("membership.added", membership, by, person=person.pk, team=team.slug, role=role)
    except IntegrityError:
        raise Refused("Somebody else added this person just now: look at the list.", "name") from None
    return person, entering.link_path(person) if new else ""


def change(membership: Membership, role: str, by: Person) -> None:
    """Another role in the same team. Raises Refused."""
    _check(membership.team, role, by)
    with transaction.atomic():
        if role != Role.ADMIN:
            _refuse_last_admin(membership)
        was, membership.role = membership.role, role
        membership.save(update_fields=["role"])
        auditing.record(
            "membership.changed",
            membership,
            by,
            person=membership.person_id,
            team=membership.team.slug,
            was=was,
            role=role,
        )


def remove(membership: Membership, by: Person) -> None:
    """Out of the team; the person and what they did stay. Raises Refused."""
    team = membership.team
    _check(team, membership.role, by)
    with transaction.atomic():
        _refuse_last_admin(membership)
        auditing.record(
            "membership.removed", membership, by, person=membership.person_id, team=team.slug, was=membership.role
        )
        membership.delete()


def new_link(person: Person, by: Person) -> str:
    """A way in. It ends what led in before: an older link, a password, and where they are signed in. Raises Refused."""
    teams = set(Membership.objects.filter(person=person).values_list("team_id", flat=True))
    if not may_link(by, person, teams, set(access.administered_teams(by).values_list("pk", flat=True))):
        raise Refused("Only an admin of the organisation gives this person a link: ask one.")
    with transaction.atomic():
        person.set_unusable_password()
        person.save(update_fields=["password"])
        auditing.record("person.link-given", person, by)
    return entering.link_path(person)


def may_link(by: Person, person: Person, teams: set[int], administered: set[int]) -> bool:
    """Whether `by` may give the person of these teams a link. One's own password is changed, not taken away."""
    if by.pk == person.pk or not person.is_active:
        return False
    if by.is_superuser:
        return True
    return not person.is_superuser and not person.has_usable_password() and bool(teams) and teams <= administered


def _check(team: Team, role: str, by: Person) -> None:
    if role not in Role.values:
        raise Refused(f"A role is one of {', '.join(Role.values)}.", "role")
    if not access.administered_teams(by).filter(pk=team.pk).exists():
        raise Refused("Only an admin of the team says who is in it: ask one.", "team")


def _found(name: str) -> Person | None:
    """Whose username or e-mail it is, in whatever case. Raises Refused where it is several's, or is locked out."""
    people = list(Person.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).order_by("pk")[:2])
    exact = [person for person in people if person.username.casefold() == name.casefold()]
    if len(people) > 1 and len(exact) != 1:
        raise Refused("Several people here have this name: give the username of one.", "name")
    person = next(iter(exact or people), None)
    if person is not None and not person.is_active:
        raise Refused("This person's account is closed: an admin of the organisation opens it.", "name")
    return person


def _found_or_made(name: str, by: Person) -> tuple[Person, bool]:
    found = _found(name)
    if found is not None:
        return found, False
    made = _made(name)
    auditing.record("person.added", made, by, name=made.get_username())
    return made, True


def _made(name: str) -> Person:
    """Somebody new, who can't sign in before they use their link. Raises Refused."""
    try:
        UnicodeUsernameValidator()(name)
        if "@" in name:
            validate_email(name)
    except ValidationError:
        raise Refused(
            "Give a username of letters, digits and . + - _, or an e-mail address like ada@example.org.", "name"
        ) from None
    person = Person(username=Person.normalize_username(name), email=name if "@" in name else "")
    person.set_unusable_password()
    person.save(force_insert=True)
    return person


def _refuse_last_admin(membership: Membership) -> None:
    """A team that has an admin keeps one. Called inside of a transaction, which waits for others of the same team."""
    Team.objects.select_for_update().get(pk=membership.team_id)
    membership.refresh_from_db(fields=["role"])
    admins = Membership.objects.filter(team_id=membership.team_id, role=Role.ADMIN, person__is_active=True)
    if membership.role == Role.ADMIN and not admins.exclude(pk=membership.pk).exists():
        raise Refused(
            f"{membership.person.get_username()} is the last admin of {membership.team.name}: "
            "make somebody else its admin first."
        )
