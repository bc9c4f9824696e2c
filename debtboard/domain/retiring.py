"""Ending a component, and taking it back: nothing of it is lost, and who did it when stays on its page."""

from django.db import transaction
from django.utils import timezone

from debtboard.domain import auditing, scanning
from debtboard.domain.refusals import Refused
from debtboard.models import Component, Person, Scan

MAX_REASON = 500
RETIRED = "component.retired"


def retire(component: Component, by: Person, reason: str = "") -> None:
    """Out of the portfolio and of the schedule; a scan that waits or runs is cancelled. Raises Refused."""
    reason = " ".join(reason.split())
    if len(reason) > MAX_REASON or not reason.isprintable():
        raise Refused(f"A reason has at most {MAX_REASON} printable letters: shorten it.", "reason")
    with transaction.atomic():
        row = Component.objects.select_for_update().get(pk=component.pk)
        if row.retired_at is not None:
            raise Refused("It is retired already: somebody else was quicker.")
        row.retired_at = timezone.now()
        row.save(update_fields=["retired_at"])
        auditing.record(RETIRED, row, by, reason=reason)
        for scan in Scan.objects.filter(component=row, status__in=Scan.OPEN):
            scanning.cancel(scan, by)
    component.retired_at = row.retired_at


def take_back(component: Component, by: Person) -> None:
    """It is scanned again, at once and with the weeks that it missed. Raises Refused."""
    with transaction.atomic():
        row = Component.objects.select_for_update().get(pk=component.pk)
        if row.retired_at is None:
            raise Refused("It is not retired any more: somebody else took it back.")
        row.retired_at = None
        row.save(update_fields=["retired_at"])
        auditing.record("component.taken-back", row, by)
        scanning.queue(row, Scan.Trigger.MANUAL, by, weeks=row.repository.history_weeks)
    component.retired_at = None
