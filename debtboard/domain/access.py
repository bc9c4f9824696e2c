"""Who may see and change what: one gate per noun, giving (object, may_write). Strangers get 404.

An organisation's admin (`is_superuser`) may do everything; all else follows from memberships. A component belongs to
the team that has it now.
"""

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.http import Http404

from debtboard.domain import deciding
from debtboard.domain.preparing import Given, Prepared, columns, instance
from debtboard.models import (
    Approval,
    Component,
    ComponentTeam,
    Finding,
    Membership,
    Repository,
    Role,
    Scan,
    Snapshot,
    Team,
)
from debtboard.models.organisation import Person

WRITERS = (Role.MEMBER, Role.LEAD, Role.ADMIN)
KEEPERS = (Role.LEAD, Role.ADMIN)
"""Those who register, change and retire what a team has."""


def visible_teams(person: Person) -> QuerySet[Team]:
    if person.is_superuser:
        return Team.objects.all()
    return Team.objects.filter(memberships__person_id=person.pk)


def registrable_teams(person: Person) -> QuerySet[Team]:
    """Teams for which the person may register repositories and change settings."""
    if person.is_superuser:
        return Team.objects.all()
    return Team.objects.filter(memberships__person_id=person.pk, memberships__role__in=KEEPERS)


def administered_teams(person: Person) -> QuerySet[Team]:
    """Teams of which the person says who is in them: all for an organisation's admin, else where they are admin."""
    if person.is_superuser:
        return Team.objects.all()
    return Team.objects.filter(memberships__person_id=person.pk, memberships__role=Role.ADMIN)


def may_administer(person: Person) -> bool:
    """Whether the person sees the page of people at all."""
    return person.is_superuser or administered_teams(person).exists()


def membership(person: Person, pk: int) -> Membership:
    """Of a team that the person is admin of; nobody else knows of it."""
    found = (
        Membership.objects.filter(pk=pk, team__in=administered_teams(person).values("pk"))
        .select_related("person", "team")
        .first()
    )
    if found is None:
        raise Http404("no such membership")
    return found


def somebody(person: Person, pk: int) -> Person:
    """A person as an admin of one of their teams sees them."""
    found = Person.objects.filter(pk=pk, is_active=True)
    if not person.is_superuser:
        found = found.filter(memberships__team__in=administered_teams(person).values("pk")).distinct()
    first = found.first()
    if first is None:
        raise Http404("no such person")
    return first


def may_found_teams(person: Person) -> bool:
    """Whether the person may name a new team: an admin, and whoever keeps one already."""
    return person.is_superuser or registrable_teams(person).exists()


def visible_components(person: Person) -> QuerySet[Component]:
    """Of the person's teams, as they are now, and those that wait for their word on being handed to them.

    Retired ones stay to be read, though nobody may change them.
    """
    return Component.objects.all() if person.is_superuser else _seen_by(person.pk)


def _seen_by(person: int | Given) -> QuerySet[Component]:
    """What a member of a team sees, and somebody who may take it for theirs."""
    theirs = {"until": None, "team__memberships__person_id": person}
    mine = ComponentTeam.objects.filter(component=OuterRef("pk"), **theirs)
    keeping = {"team__memberships__person_id": person, "team__memberships__role__in": KEEPERS}
    offered = Approval.objects.filter(component=OuterRef("pk"), state=Approval.State.ASKED, **keeping)
    return Component.objects.filter(Exists(mine) | Exists(offered))


def team(person: Person, slug: str) -> tuple[Team, bool]:
    found = visible_teams(person).filter(slug=slug).first()
    if found is None:
        raise Http404("no such team")
    return found, _has_role(person, found.pk, KEEPERS)


_COMPONENT, _REPOSITORY = columns(Component), columns(Repository, "repository__")
_GATE = Prepared(
    lambda everything: (
        (Component.objects.all() if everything else _seen_by(Given("person")))
        .filter(public_id=Given("public_id", CharField()))
        .order_by()
        .values_list(*_COMPONENT, *_REPOSITORY, *columns(Snapshot, "current__"))
    )
)


def component(person: Person, public_id: str) -> tuple[Component, bool]:
    """With its repository and its current snapshot."""
    rows = _GATE.ask(person.is_superuser, person=person.pk, public_id=public_id)
    if not rows:
        raise Http404("no such component")
    first, second = len(_COMPONENT), len(_COMPONENT) + len(_REPOSITORY)
    found = instance(Component, rows[0][:first])
    found.repository = instance(Repository, rows[0][first:second])
    if found.current_id is not None:
        found.current = instance(Snapshot, rows[0][second:])
    return found, may_write_component(person, found)


def finding(person: Person, public_id: str) -> tuple[Finding, bool]:
    found = (
        Finding.objects.filter(public_id=public_id, component__in=visible_components(person).values("pk"))
        .select_related("component", "component__repository", "component__current")
        .first()
    )
    if found is None:
        raise Http404("no such finding")
    return found, may_write_component(person, found.component)


def scan(person: Person, pk: int) -> tuple[Scan, bool]:
    found = (
        Scan.objects.filter(pk=pk, component__in=visible_components(person).values("pk"))
        .select_related("component", "repository")
        .first()
    )
    if found is None:
        raise Http404("no such scan")
    return found, may_write_component(person, found.component)


def repository(person: Person, pk: int) -> tuple[Repository, bool]:
    """Seen by the teams of its components; changed by those who keep all of them."""
    found = Repository.objects.filter(pk=pk).first()
    visible = visible_components(person).filter(repository_id=pk)
    if found is None or not visible.exists():
        raise Http404("no such repository")
    teams = ComponentTeam.objects.filter(component__repository_id=pk, until=None).values_list("team_id", flat=True)
    return found, all(_has_role(person, team_id, KEEPERS) for team_id in set(teams))


_WRITES = Prepared(
    lambda: Membership.objects.filter(
        person_id=Given("person"),
        team__in=ComponentTeam.objects.filter(component=Given("component"), until=None).values("team_id"),
        role__in=WRITERS,
    ).values_list("pk")
)


def may_write_component(person: Person, found: Component) -> bool:
    """Whether the person may triage its findings and scan it again: of a retired one nobody."""
    if found.retired_at is not None:
        return False
    return person.is_superuser or bool(_WRITES.ask(person=person.pk, component=found.pk))


def may_keep_component(person: Person, found: Component) -> bool:
    """Whether the person may change its settings: of a retired one nobody."""
    return found.retired_at is None and may_retire(person, found)


def may_retire(person: Person, found: Component) -> bool:
    """Whether the person may retire it, or take it back."""
    return registrable_teams(person).filter(periods__component=found, periods__until=None).exists()


def team_of(found: Component) -> int | None:
    """The team that has it now."""
    return ComponentTeam.objects.filter(component=found, until=None).values_list("team_id", flat=True).first()


def approval(person: Person, pk: int) -> tuple[Approval, bool]:
    """A wish of a component, seen by its teams and by those who may decide on it, and by nobody else."""
    found = Approval.objects.filter(pk=pk, component__retired_at=None).select_related("component").first()
    if found is None:
        raise Http404("no such wish")
    may_decide = deciding.deciders().decides(person, found, team_of(found.component))
    if not may_decide and not visible_components(person).filter(pk=found.component_id).exists():
        raise Http404("no such wish")
    return found, may_decide


def _has_role(person: Person, team_id: int, roles: tuple[Role, ...]) -> bool:
    return (
        person.is_superuser or Membership.objects.filter(person_id=person.pk, team_id=team_id, role__in=roles).exists()
    )
