"""What is registered: every component with its repository, team, profile and schedule."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from debtboard.domain.queries.retired import RetiredRow, retired_rows
from debtboard.domain.queries.wording import Ink, branch_said, count
from debtboard.models import Component, ComponentTeam, Repository, Role, Team


@dataclass(frozen=True, slots=True)
class RegisteredRow:
    name: str
    url: str
    repository: str
    path: str
    team: str
    profile: str
    schedule: str
    exclude: str
    scan_url: str
    settings_url: str


@dataclass(frozen=True, slots=True)
class RegisteredPage:
    rows: tuple[RegisteredRow, ...]
    said: str
    retired: tuple[RetiredRow, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamRow:
    pk: int
    name: str
    url: str
    people: int
    leads: int


def teams(visible: QuerySet[Team]) -> tuple[TeamRow, ...]:
    """By name, also those without a component; one query. `visible` names each team once."""
    counted = Team.objects.filter(pk__in=visible.values("pk")).annotate(
        people_count=Count("memberships"),
        leads_count=Count("memberships", Q(memberships__role__in=(Role.LEAD, Role.ADMIN))),
    )
    return tuple(
        TeamRow(team.pk, team.name, reverse("team", args=[team.slug]), team.people_count, team.leads_count)
        for team in counted.order_by("name", "pk")
    )


def settings_answer(component: Component, team: str) -> tuple[str, ...]:
    """What a component's settings come to, in a sentence."""
    repository = component.repository
    if component.retired_at is not None:
        return (Ink("Retired"), ": it is not scanned, and nothing of it can be changed before it is taken back.")
    often = Repository.Schedule(repository.schedule).label
    branch = branch_said(repository.branch)
    of = f"the folder {component.path} of {branch}" if component.path else branch
    return ("Scanned ", Ink(str(often)), f" from {of} for ", Ink(team), ", scored as ", Ink(component.profile), ".")


def registered(teams: Collection[int], writable: Collection[int], now: datetime) -> RegisteredPage:
    """The components of the teams, by team and name; one query, and another one where some are retired."""
    periods = list(
        ComponentTeam.objects.filter(team_id__in=teams, until=None)
        .select_related("component__repository", "team")
        .order_by("team__name", "component__name", "component_id")
    )
    present = [period for period in periods if period.component.retired_at is None]
    gone = [period for period in periods if period.component.retired_at is not None]
    rows = tuple(_row(period, period.component_id in writable) for period in present)
    return RegisteredPage(rows, count(len(rows), "component"), retired_rows(gone, now))


def _row(period: ComponentTeam, may_write: bool) -> RegisteredRow:
    component = period.component
    return RegisteredRow(
        name=component.name,
        url=reverse("component", args=[component.public_id]),
        repository=component.repository.address,
        path=component.path or "(root)",
        team=period.team.name,
        profile=component.profile,
        schedule=str(Repository.Schedule(component.repository.schedule).label),
        exclude=", ".join(component.excludes) or "nothing",
        scan_url=reverse("scan_now", args=[component.public_id]) if may_write else "",
        settings_url=reverse("component_settings", args=[component.public_id]),
    )
