"""Changing what a component is called, and how often its repository is scanned."""

from django.db import transaction

from debtboard.domain import access, auditing
from debtboard.domain.refusals import Refused
from debtboard.models import Component, ComponentTeam, Person, Repository

MAX_NAME = 200


def may_schedule(component: Component, by: Person) -> bool:
    """Whether the person keeps every component of the repository: its schedule is one for all of them."""
    theirs = ComponentTeam.objects.filter(component__repository_id=component.repository_id, until=None)
    return not theirs.exclude(team__in=access.registrable_teams(by).values("pk")).exists()


def keep(component: Component, name: str, often: str, by: Person) -> None:
    """Both, or neither; its address and its past stay. Raises Refused."""
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise Refused(f"A component's name has 1 to {MAX_NAME} printable letters: give another.", "name")
    repository = component.repository
    if often not in Repository.Schedule.values:
        raise Refused("Choose one of the list.", "schedule")
    if often != repository.schedule and not may_schedule(component, by):
        raise Refused("Other components of this repository are another team's: ask an admin.", "schedule")
    with transaction.atomic():
        if name != component.name:
            auditing.record("component.renamed", component, by, was=component.name, name=name)
            component.name = name
            component.save(update_fields=["name"])
        if often != repository.schedule:
            auditing.record("repository.scheduled", repository, by, was=repository.schedule, schedule=often)
            repository.schedule = often
            repository.save(update_fields=["schedule"])
