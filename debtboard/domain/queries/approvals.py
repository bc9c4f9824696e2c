"""What components ask for: excludes and profiles that wait for somebody's approval, and those decided on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from debtboard.domain.access import registrable_teams
from debtboard.domain.deciding import ALONE, Deciders, deciders
from debtboard.domain.keeping import Keeper
from debtboard.domain.preparing import Given, Prepared
from debtboard.domain.queries.frame import Notice, joined
from debtboard.domain.queries.tallies import left_out
from debtboard.domain.queries.wording import count, day
from debtboard.models import Approval, Component, ComponentTeam, Membership, Person

WAITING_SHOWN = 100
PATTERNS_SHOWN = 5
NO_TEAM: tuple[int | None, str] = (None, "")


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    pk: int
    component: str
    team: str
    kind: str
    what: str
    asked: str
    state: str
    decided: str
    may_decide: bool
    may_withdraw: bool
    url: str = ""
    """Of the component that is to be handed over: who is to take it may look at it first."""


def waiting(person: Person, now: datetime) -> tuple[ApprovalRow, ...]:
    """What waits for this person's word, oldest first."""
    mine = Membership.objects.filter(
        person_id=person.pk, team__periods__component=OuterRef("component"), team__periods__until=None
    )
    rows = _rows(
        Approval.objects.filter(state=Approval.State.ASKED, component__retired_at=None)
        .annotate(of_mine=Exists(mine))
        .order_by("asked_at", "pk")
    )
    if not person.is_superuser:  # Of excludes and profiles, those left are all theirs to decide, or none is.
        offered = Q(team__in=registrable_teams(person).values("pk"))
        rows = rows.filter(offered | Q(of_mine=False, team=None) & ~Q(asked_by=person))[:WAITING_SHOWN]
    found = list(rows)
    if not found:
        return ()
    able = deciders()
    teams = _teams(row.component_id for row in found)
    theirs = (row for row in found if able.decides(person, row, teams.get(row.component_id, NO_TEAM)[0]))
    return tuple(_row(row, teams, able, person, now, keeps=False) for row in islice(theirs, WAITING_SHOWN))


def of_component(component: Component, keeper: Keeper, now: datetime) -> tuple[ApprovalRow, ...]:
    """All of one component's, moves last; those who keep it may withdraw what a person asked for."""
    rows = _rows(component.approvals.order_by("kind", "what", "pk"))
    teams = {component.pk: (keeper.team, keeper.team_name)}
    return tuple(_row(row, teams, keeper.able, keeper.person, now, keeps=keeper.keeps) for row in rows)


_WAITS = Prepared(
    lambda: (
        Approval.objects.filter(component=Given("component"), state=Approval.State.ASKED)
        .order_by("-kind", "what")
        .values_list("kind", "what")
    )
)


def notices(component: Component) -> tuple[Notice, ...]:
    """What the component's page says of wishes that wait; one query."""
    rows = _WAITS.ask(component=component.pk)
    profiles = [what for kind, what in rows if kind == Approval.Kind.PROFILE]
    excludes = sum(kind == Approval.Kind.EXCLUDE for kind, _ in rows)
    moves = tuple(_move_notice(component, what) for kind, what in rows if kind == Approval.Kind.TEAM)
    if not profiles and not excludes:
        return moves
    asked = [f"the profile {what}" for what in profiles] + ([count(excludes, "exclude")] if excludes else [])
    effects = [f"it is scored as {component.profile}"] if profiles else []
    effects += ["what is to be left out is unseen, neither good nor bad"] if excludes else []
    text = f"{', and '.join(effects)} until somebody of another team approves."
    actions = (("See what waits", reverse("component_settings", args=[component.public_id])),)
    return (*moves, Notice(f"Asks for {joined(asked)}; not approved yet.", text[:1].upper() + text[1:], actions))


def _move_notice(component: Component, team: str) -> Notice:
    actions = (("See what waits", reverse("component_settings", args=[component.public_id])),)
    return Notice(f"Is to go to {team}; not taken yet.", f"It stays where it is until {team} takes it.", actions)


def left_out_notice(component: Component) -> tuple[Notice, ...]:
    """What the settings take out of every figure; told louder from half of the files on."""
    snapshot = component.current
    if snapshot is None or not snapshot.files_left_out:
        return ()
    files, read = snapshot.files_left_out, snapshot.files
    patterns = ", ".join(component.excludes[:PATTERNS_SHOWN])
    more = len(component.excludes) - PATTERNS_SHOWN
    by = approved_by(component)
    text = f"They count in no figure: {patterns}{f' and {more} more' if more > 0 else ''}. {by}"
    much = files >= read
    title = f"{left_out(files, read)}{': half of it or more' if much else ''}."
    return (Notice(title, text, (("Settings", reverse("component_settings", args=[component.public_id])),), bad=much),)


def approved_by(component: Component) -> str:
    """Who let the component leave files out, and who decided on a wish of their own."""
    approved = component.approvals.filter(kind=Approval.Kind.EXCLUDE, state=Approval.State.APPROVED)
    rows = approved.order_by("decided_by__username").values_list("decided_by__username", "reason").distinct()
    names = list(dict.fromkeys(name or "somebody who left" for name, _ in rows))
    if not names:
        return ""
    alone = all(reason == ALONE for _, reason in rows)
    said = ", who asked for it too: nobody of another team was there to decide" if alone else ""
    return f"Approved by {joined(names)}{said}."


def _rows(found: QuerySet[Approval]) -> QuerySet[Approval]:
    return found.select_related("component", "asked_by", "decided_by")


def _teams(components: Iterable[int]) -> dict[int, tuple[int | None, str]]:
    """component -> (its team's pk, its name)."""
    rows = ComponentTeam.objects.filter(component_id__in=set(components), until=None)
    return {pk: (team, name) for pk, team, name in rows.values_list("component_id", "team_id", "team__name")}


def _row(
    row: Approval,
    teams: Mapping[int, tuple[int | None, str]],
    able: Deciders,
    person: Person,
    now: datetime,
    *,
    keeps: bool,
) -> ApprovalRow:
    team, name = teams.get(row.component_id, NO_TEAM)
    by = "debtboard.toml of the repository" if row.declared else str(row.asked_by or "somebody who left")
    decided = ""
    if row.decided_at is not None:
        decided = f"{row.decided_by or 'somebody who left'}, {day(row.decided_at, now.date())}"
        decided += f": {row.reason}" if row.reason else ""
    return ApprovalRow(
        pk=row.pk,
        component=row.component.name,
        team=name,
        kind=str(Approval.Kind(row.kind).label),
        what=row.what,
        asked=f"{by}, {day(row.asked_at, now.date())}",
        state=str(Approval.State(row.state).label),
        decided=decided,
        may_decide=able.decides(person, row, team),
        may_withdraw=keeps and not row.declared,
        url=reverse("component", args=[row.component.public_id]) if row.kind == Approval.Kind.TEAM else "",
    )
