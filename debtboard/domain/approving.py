"""Excludes and profiles: asked for by a lead, approved by somebody of another team, and only then counted.

Whatever changes what the next scan answers queues that scan, which redoes the weeks before under the same settings.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from debtboard.domain import access, auditing, declaring, moving, scanning
from debtboard.domain.deciding import ALONE, deciders
from debtboard.domain.measuring import inputs_of
from debtboard.domain.refusals import Refused
from debtboard.models import Approval, Component, Person, Scan
from scoring.listing import unusable

MAX_EXCLUDES = 100
Kind, State = Approval.Kind, Approval.State


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of wishes: how many are asked for now, and whether the person approved them alone."""

    new: int = 0
    approved: bool = False


def check_excludes(patterns: tuple[str, ...]) -> None:
    """Raises Refused where a list of patterns can't be one."""
    for pattern in patterns:
        if not declaring.PATTERN.fullmatch(pattern):
            raise Refused("A pattern holds control characters or is too long: one pattern a line.", "excludes")
        if said := unusable(pattern):
            raise Refused(f"{pattern} {said}.", "excludes")
    if len(patterns) > MAX_EXCLUDES:
        raise Refused(f"There are more than {MAX_EXCLUDES} patterns: name folders rather than files.", "excludes")


def ask(component: Component, by: Person, excludes: tuple[str, ...] = (), profile: str = "") -> Asked:
    """Wishes of a person. They wait, unless there is nobody else who could decide and the person may. Raises Refused.

    What was rejected waits again; what waits or is in force stays as it is.
    """
    check_excludes(excludes)
    asked = Asked()
    with _rescanning(component, by):
        if profile == component.profile != Component.Profile.PRODUCTION:
            raise Refused(f"It is scored as {profile} already: nothing is asked.", "profile")
        wishes = [(Kind.EXCLUDE, pattern) for pattern in excludes]
        if profile and profile != Component.Profile.PRODUCTION:
            wishes.append((Kind.PROFILE, profile))
        if component.approvals.filter(kind=Kind.EXCLUDE).count() + len(excludes) > 2 * MAX_EXCLUDES:
            raise Refused("There are too many patterns already: name folders rather than files.", "excludes")
        alone = deciders().may(by, access.team_of(component), by.pk)
        for kind, what in dict.fromkeys(wishes):
            row, created = Approval.objects.get_or_create(
                component=component, kind=kind, what=what, defaults={"asked_by": by}
            )
            if created or row.state == State.REJECTED or _gave_way(row, component):
                asked = Asked(asked.new + 1, alone)
                row.state, row.asked_by, row.asked_at = State.ASKED, by, timezone.now()
                row.reason, row.decided_by, row.decided_at = "", None, None
                row.save()
                auditing.record("approval.asked", component, by, kind=kind, what=what)
                if alone:
                    _decide(row, component, by, State.APPROVED, ALONE)
    return asked


def _gave_way(row: Approval, component: Component) -> bool:
    """An approved profile, where another one was approved after it."""
    return row.kind == Kind.PROFILE and row.state == State.APPROVED and row.what != component.profile


def decide(approval: Approval, by: Person, *, approve: bool, reason: str = "") -> None:
    """Approve or reject it. Raises Refused where the person may not."""
    if approval.kind == Kind.TEAM:
        moving.decide(approval, by, take=approve, reason=reason)
        return
    component = approval.component
    with _rescanning(component, by):
        row = _as_it_is(approval)
        if not deciders().decides(by, row, access.team_of(component)):
            raise Refused("Somebody of another team decides this: ask a lead there.")
        _decide(row, component, by, State.APPROVED if approve else State.REJECTED, reason)


def withdraw(approval: Approval, by: Person) -> None:
    """End a person's wish; where it was approved it counts no more. Raises Refused for the repository's own."""
    component = approval.component
    with _rescanning(component, by):
        row = _as_it_is(approval)
        if row.declared:
            raise Refused("The repository's debtboard.toml asks for it: take it out there, and the next scan follows.")
        row.delete()
        declaring.apply(component)
        auditing.record("approval.withdrawn", component, by, kind=row.kind, what=row.what)


def _as_it_is(approval: Approval) -> Approval:
    """The row as it stands under the component's lock. Raises Refused where somebody ended it meanwhile."""
    row = Approval.objects.select_for_update().filter(pk=approval.pk).first()
    if row is None:
        raise Refused("It is asked for no more: somebody withdrew it just now.")
    return row


def _decide(approval: Approval, component: Component, by: Person, state: State, reason: str) -> None:
    approval.state, approval.decided_by, approval.decided_at = state, by, timezone.now()
    approval.reason = reason.strip()[:500]
    approval.save()
    declaring.apply(component)
    said = {"kind": approval.kind, "what": approval.what, "reason": approval.reason}
    auditing.record(f"approval.{state}", component, by, **said)


@contextmanager
def _rescanning(component: Component, by: Person) -> Iterator[None]:
    """Queue a scan where what happens inside changes what a scan would answer; all of it, or nothing."""
    with transaction.atomic():
        locked = Component.objects.select_for_update().get(pk=component.pk)
        if locked.retired_at is not None:
            raise Refused(scanning.IS_RETIRED)
        before = inputs_of(locked)
        component.profile, component.excludes = locked.profile, locked.excludes
        yield
        component.refresh_from_db()
        if inputs_of(component) != before and component.scans.exists():
            scanning.queue(component, Scan.Trigger.MANUAL, by, weeks=scanning.weeks_due(component))
