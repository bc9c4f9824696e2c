"""Who keeps a component; changing what it is called, and how often its repository is scanned."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from debtboard.domain import access, auditing
from debtboard.domain.deciding import Deciders, deciders
from debtboard.domain.refusals import Refused
from debtboard.models import Component, ComponentTeam, Person, Repository

MAX_NAME = 200
BAD_NAME = f"A component's name has 1 to {MAX_NAME} printable letters: give another."
SHARED = "Other components of this repository are another team's: ask an admin."


@dataclass(frozen=True, slots=True)
class FlagsHeld:
    """The export of feature flags that scans rest on."""

    system: str
    flags: int
    uploaded_at: datetime
    by: str
    """"" where they are gone."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody at a component's settings, and what decides what they may do there: asked once for a whole page."""

    person: Person
    keeps: bool
    """Whether they may change anything at all."""
    keeps_all: bool
    """Whether they may change what is the repository's."""
    able: Deciders
    """Who may approve what."""
    team: int | None
    """The component's."""
    team_name: str
    flags: FlagsHeld | None = None


def keeper(component: Component, person: Person) -> Keeper:
    keeps = access.may_keep_component(person, component)
    export = "component__flag_upload"
    held_flags = (f"{export}__{name}" for name in ("system", "flags", "uploaded_at", "uploaded_by__username"))
    row = component.periods.filter(until=None).values_list("team_id", "team__name", *held_flags).first()
    team, name, system, flags, uploaded_at, by = row or (None, "", None, None, None, None)
    held = None if system is None else FlagsHeld(system, flags, uploaded_at, by or "")
    return Keeper(person, keeps, keeps and keeps_all(component, person), deciders(), team, name, held)


def keeps_all(component: Component, by: Person) -> bool:
    """Whether the person keeps every component of the repository: what is the repository's is one for all of them."""
    theirs = ComponentTeam.objects.filter(
        component__repository_id=component.repository_id, component__retired_at=None, until=None
    )
    return not theirs.exclude(team__in=access.registrable_teams(by).values("pk")).exists()


def held(repository: Repository) -> list[Component]:
    """Its present components, locked in one order: under these locks whatever is the repository's is changed."""
    rows = Component.objects.select_for_update().filter(repository=repository, retired_at=None)
    return list(rows.order_by("pk"))


def keep(component: Component, name: str, often: str, by: Person) -> None:
    """Both, or neither; its address and its past stay. Raises Refused."""
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise Refused(BAD_NAME, "name")
    repository = component.repository
    if often not in Repository.Schedule.values:
        raise Refused("Choose one of the list.", "schedule")
    if often != repository.schedule and not keeps_all(component, by):
        raise Refused(SHARED, "schedule")
    with transaction.atomic():
        if name != component.name:
            auditing.record("component.renamed", component, by, was=component.name, name=name)
            component.name = name
            component.save(update_fields=["name"])
        if often != repository.schedule:
            auditing.record("repository.scheduled", repository, by, was=repository.schedule, schedule=often)
            repository.schedule = often
            repository.save(update_fields=["schedule"])
