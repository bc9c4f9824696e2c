"""Handing a component to another team, which has to take it: nobody is given another's debt unasked.

The weeks before stay with the team that had it then; this week is the first that is the other team's.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from debtboard.domain import access, auditing, scanning
from debtboard.domain.deciding import deciders
from debtboard.domain.refusals import Refused
from debtboard.domain.weeks import monday
from debtboard.models import Approval, Component, ComponentTeam, Person, Team

FIELD = "team"
State = Approval.State


def move(component: Component, name: str, by: Person) -> Team | None:
    """The team, where it is theirs at once: the person keeps it too. None: it is asked. Raises Refused."""
    team = _called(name)
    with transaction.atomic():
        row = _locked(component)
        if access.team_of(row) == team.pk:
            raise Refused(f"It belongs to {team.name} already: nothing is changed.", FIELD)
        if access.registrable_teams(by).filter(pk=team.pk).exists():
            _hand_over(row, team, by)
            return team
        _ask(row, team, by)
    return None


def decide(wish: Approval, by: Person, *, take: bool, reason: str = "") -> None:
    """Take the component, or leave it where it is. Raises Refused where the person may not."""
    with transaction.atomic():
        row = _locked(wish.component)
        asked = row.approvals.select_for_update().select_related(None).filter(pk=wish.pk).first()
        if asked is None or asked.team is None:
            raise Refused("It is asked for no more: somebody withdrew it just now.")
        if not deciders().decides(by, asked, access.team_of(row)):
            raise Refused("A lead of the team that it is to go to decides this, or an admin: ask one.")
        if take:
            _hand_over(row, asked.team, by, asked_by=asked.asked_by_id)
            return
        asked.state, asked.decided_by, asked.decided_at = State.REJECTED, by, timezone.now()
        asked.reason = reason.strip()[:500]
        asked.save()
        auditing.record("component.not-taken", row, by, team=asked.team.slug, reason=asked.reason)


def _called(name: str) -> Team:
    name = " ".join(name.split())
    team = Team.objects.filter(Q(name__iexact=name) | Q(slug=name)).order_by("pk").first()
    if team is None:
        raise Refused("There is no team of that name: check its spelling.", FIELD)
    return team


def _locked(component: Component) -> Component:
    row = Component.objects.select_for_update().get(pk=component.pk)
    if row.retired_at is not None:
        raise Refused(scanning.IS_RETIRED)
    return row


def _ask(component: Component, team: Team, by: Person) -> None:
    """One team at a time; what was not taken is asked again."""
    wishes = component.approvals.filter(kind=Approval.Kind.TEAM)
    waits = wishes.filter(state=State.ASKED).first()
    if waits is not None:
        raise Refused(f"It waits for the word of {waits.what} already: withdraw that first.", FIELD)
    wishes.filter(what=team.name).delete()
    Approval.objects.create(component=component, kind=Approval.Kind.TEAM, what=team.name, team=team, asked_by=by)
    auditing.record("component.move-asked", component, by, team=team.slug)


def _hand_over(component: Component, team: Team, by: Person, asked_by: int | None = None) -> None:
    """From this week on. A team that has it for no whole week leaves no period behind."""
    week = monday(timezone.now())
    periods = ComponentTeam.objects.filter(component=component)
    was = periods.filter(until=None).values_list("team__slug", flat=True).first()
    periods.filter(until=None, since__gte=week).delete()
    periods.filter(until=None).update(until=week)
    if not periods.filter(team=team, until=week).update(until=None):
        ComponentTeam.objects.create(component=component, team=team, since=week)
    component.approvals.filter(kind=Approval.Kind.TEAM).delete()
    auditing.record("component.moved", component, by, was=was, team=team.slug, asked_by=asked_by)
