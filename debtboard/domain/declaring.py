"""What a component's settings are: the wishes that were approved, and those that a scanned debtboard.toml declares."""

import re
from collections.abc import Sequence

from django.utils import timezone

from debtboard.domain import auditing
from debtboard.models import Approval, Component

MAX_DECLARED = 100
"""Wishes of one debtboard.toml that are put before people; files under any more of its excludes stay unseen."""

PATTERN = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
"""What an exclude can be, whoever asks for it."""
Wish = tuple[str, str]
"""(kind, what)"""


def apply(component: Component) -> None:
    """Take over what is approved: every exclude, and the profile that was approved last."""
    approved = component.approvals.filter(state=Approval.State.APPROVED)
    excludes = approved.filter(kind=Approval.Kind.EXCLUDE).values_list("what", flat=True)
    profile = approved.filter(kind=Approval.Kind.PROFILE).order_by("decided_at", "pk").last()
    component.excludes = sorted(excludes)
    component.profile = profile.what if profile else Component.Profile.PRODUCTION
    component.save(update_fields=["excludes", "profile"])


def take(component: Component, wishes: Sequence[Wish] | None) -> None:
    """Follow the newest debtboard.toml: what is new in it waits for approval, what is gone from it counts no more.

    None: it could not be read, so all stays as it was.
    """
    if wishes is None:
        return
    known = {(row.kind, row.what): row for row in component.approvals.all()}
    wanted = dict.fromkeys(wishes)
    room = MAX_DECLARED - sum(row.declared and wish in wanted for wish, row in known.items())
    Approval.objects.bulk_create(
        [
            Approval(component=component, kind=kind, what=what, declared=True, asked_at=timezone.now())
            for kind, what in [wish for wish in wanted if wish not in known][: max(0, room)]
        ]
    )
    gone = [row for wish, row in known.items() if row.declared and wish not in wanted]
    for row in gone:
        auditing.record("approval.lapsed", component, None, kind=row.kind, what=row.what, was=row.state)
        row.delete()
    if any(row.state == Approval.State.APPROVED for row in gone):
        apply(component)
