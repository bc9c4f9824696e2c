"""Excludes and profiles: asked for by a lead, approved by somebody of another team, and only then counted.

Whatever changes what the next scan answers queues that scan, which redoes the weeks before under the same settings.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from debtboard.domain import auditing, declaring, scanning
from debtboard.domain.deciding import deciders
from debtboard.domain.measuring import inputs_of
from debtboard.domain.refusals import Refused
from debtboard.models import Approval, Component, ComponentTeam, Person, Scan

MAX_EXCLUDES = 100
_PATTERN = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
Kind, State = Approval.Kind, Approval.State


def check_excludes(patterns: tuple[str, ...]) -> None:
    """Raises Refused where a list of patterns can't be one."""
    for pattern in patterns:
        if not _PATTERN.fullmatch(pattern):
            raise Refused("A pattern holds control characters or is too long: one pattern a line.", "excludes")
    if len(patterns) > MAX_EXCLUDES:
        raise Refused(f"There are more than {MAX_EXCLUDES} patterns: name folders rather than files.", "excludes")


def ask(component: Component, by: Person, excludes: tuple[str, ...] = (), profile: str = "") -> None:
    """Wishes of a person. They wait, unless there is nobody else who could decide and the person may. Raises Refused.

    What was rejected waits again; what waits or is approved stays as it is.
    """
    check_excludes(excludes)
    with _rescanning(component, by):
        wishes = [(Kind.EXCLUDE, pattern) for pattern in excludes]
        if profile and profile != Component.Profile.PRODUCTION:
            wishes.append((Kind.PROFILE, profile))
        if component.approvals.filter(kind=Kind.EXCLUDE).count() + len(excludes) > 2 * MAX_EXCLUDES:
            raise Refused("There are too many patterns already: name folders rather than files.", "excludes")
        alone = deciders().may(by, team_of(component), by.pk)
        for kind, what in dict.fromkeys(wishes):
            row, created = Approval.objects.get_or_create(
                component=component, kind=kind, what=what, defaults={"asked_by": by}
            )
            if created or row.state == State.REJECTED:
                row.state, row.asked_by, row.asked_at = State.ASKED, by, timezone.now()
                row.reason, row.decided_by, row.decided_at = "", None, None
                row.save()
                auditing.record("approval.asked", component, by, kind=kind, what=what)
                if alone:
                    _decide(row, by, State.APPROVED, "Nobody of another team is here to decide.")


def decide(approval: Approval, by: Person, *, approve: bool, reason: str = "") -> None:
    """Approve or reject it. Raises Refused where the person may not."""
    component = approval.component
    if not deciders().may(by, team_of(component), approval.asked_by_id):
        raise Refused("Somebody of another team decides this: ask a lead there.")
    with _rescanning(component, by):
        approval.refresh_from_db()
        _decide(approval, by, State.APPROVED if approve else State.REJECTED, reason)


def withdraw(approval: Approval, by: Person) -> None:
    """End a person's wish; where it was approved it counts no more. Raises Refused for the repository's own."""
    if approval.declared:
        raise Refused("The repository's debtboard.toml asks for it: take it out there, and the next scan follows.")
    component = approval.component
    with _rescanning(component, by):
        approval.delete()
        declaring.apply(component)
        auditing.record("approval.withdrawn", component, by, kind=approval.kind, what=approval.what)


def team_of(component: Component) -> int | None:
    """The team that has it now."""
    return ComponentTeam.objects.filter(component=component, until=None).values_list("team_id", flat=True).first()


def _decide(approval: Approval, by: Person, state: State, reason: str) -> None:
    approval.state, approval.decided_by, approval.decided_at = state, by, timezone.now()
    approval.reason = reason.strip()[:500]
    approval.save()
    declaring.apply(approval.component)
    said = {"kind": approval.kind, "what": approval.what, "reason": approval.reason}
    auditing.record(f"approval.{state}", approval.component, by, **said)


@contextmanager
def _rescanning(component: Component, by: Person) -> Iterator[None]:
    """Queue a scan where what happens inside changes what a scan would answer; all of it, or nothing."""
    with transaction.atomic():
        locked = Component.objects.select_for_update().get(pk=component.pk)
        before = inputs_of(locked)
        yield
        component.refresh_from_db()
        if inputs_of(component) != before and component.scans.exists():
            scanning.queue(component, Scan.Trigger.MANUAL, by)
