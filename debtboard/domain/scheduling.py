"""What must happen by itself: due scans are queued, lost ones are found again. Each may run twice, anywhere."""

import hashlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from debtboard.domain import leasing, scanning, storing, sweeping
from debtboard.domain.sending import send
from debtboard.models import Component, Pulse, Repository, Scan

SLOTS = {
    Repository.Schedule.HOURLY: timedelta(hours=1),
    Repository.Schedule.DAILY: timedelta(days=1),
    Repository.Schedule.WEEKLY: timedelta(weeks=1),
}
EPOCH = datetime(2001, 1, 1, tzinfo=UTC)
"""A Monday: slots are counted from it."""
LATE = timedelta(minutes=10)
"""A slot missed by more is caught up, not met."""
CATCH_UP_SPREAD_SECONDS = 3600
CATCH_UP_EACH_SECONDS = 20
RESEND_AT_ONCE = 200


def reconcile() -> None:
    """Free the scans whose worker went silent, and tell the workers again of those that wait."""
    beat("scheduler")
    _end_hopeless()
    _free_silent()
    _send_waiting()
    sweeping.sweep()


def beat(name: str) -> None:
    Pulse.objects.update_or_create(name=name[:120], defaults={"at": timezone.now()})


def _silent() -> Q:
    return Q(status=Scan.Status.RUNNING, lease_until__lt=Now())


def _end_hopeless() -> None:
    reason = f"It stopped unexpectedly {leasing.MAX_ATTEMPTS} times."
    for scan in Scan.objects.filter(_silent(), attempt__gte=leasing.MAX_ATTEMPTS):
        with transaction.atomic():
            component = Component.objects.select_for_update().get(pk=scan.component_id)
            ended = Scan.objects.filter(_silent(), pk=scan.pk, token=scan.token).update(
                status=Scan.Status.FAILED,
                phase=Scan.Phase.ENDED,
                reason=reason,
                lease_until=None,
                token=F("token") + 1,
                finished_at=Now(),
            )
            if ended:
                scanning.follow_up(scan, component)
            if ended and scan.snapshot_id is None:
                storing.mark_stale(scan.component_id, reason)


def _free_silent() -> None:
    for scan in Scan.objects.filter(_silent()):
        with transaction.atomic():
            component = Component.objects.select_for_update().get(pk=scan.component_id)
            scan.refresh_from_db(fields=["cancel_requested", "inputs"])
            cancelled = scan.cancel_requested
            freed = Scan.objects.filter(_silent(), pk=scan.pk, token=scan.token).update(
                status=Scan.Status.CANCELLED if cancelled else Scan.Status.QUEUED,
                phase=Scan.Phase.ENDED if cancelled else Scan.Phase.WAITING,
                reason="Cancelled." if cancelled else "Its worker stopped; it is tried again by itself.",
                lease_until=None,
                token=F("token") + 1,
                not_before=Now() + scanning.delay(scan.attempt) if scan.attempt > 1 else None,
                sent_at=None,
                **({"finished_at": Now()} if cancelled else {}),
            )
            if freed and cancelled:
                scanning.follow_up(scan, component)


def _send_waiting() -> None:
    waiting = Scan.objects.filter(
        Q(sent_at=None) | Q(sent_at__lt=Now() - timedelta(seconds=settings.BEAT_SECONDS)),
        Q(not_before=None) | Q(not_before__lte=Now()),
        status=Scan.Status.QUEUED,
    )
    for pk in waiting.order_by("due_at", "pk").values_list("pk", flat=True)[:RESEND_AT_ONCE]:
        if not send(scanning.TASK, scan_id=pk):
            return
        Scan.objects.filter(pk=pk).update(sent_at=Now())


# ---------------------------------------------------------------- the schedule


def queue_due(now: datetime | None = None) -> None:
    """One scan for each component whose slot has come; after a long silence one each, spread over the hour."""
    now = (now or timezone.now()).astimezone(UTC)
    beat("schedule")
    due = [(component, slot) for component in _scheduled() if (slot := _unmet_slot(component, now)) is not None]
    spread = min(CATCH_UP_SPREAD_SECONDS, CATCH_UP_EACH_SECONDS * (len(due) - 1))
    for component, slot in due:
        weeks = scanning.weeks_due(component)
        with suppress(scanning.NotPossible):  # it was retired this very moment
            if now - slot <= LATE:
                scanning.queue(component, Scan.Trigger.SCHEDULE, weeks=weeks, due_at=slot)
                continue
            wait = timedelta(seconds=_share(component) * spread) if spread else None
            scanning.queue(
                component,
                Scan.Trigger.CATCH_UP,
                weeks=weeks,
                due_at=now.replace(minute=now.minute // 10 * 10, second=0, microsecond=0),
                not_before=now + wait if wait else None,
            )


def _scheduled() -> list[Component]:
    return list(
        Component.objects.filter(retired_at=None)
        .exclude(repository__schedule=Repository.Schedule.OFF)
        .select_related("repository")
        .order_by("pk")
    )


def slot_of(component: Component, now: datetime) -> datetime:
    """The component's latest slot: every hour, day or week, at a minute of its own. Slower where it is unreachable."""
    repository = component.repository
    every = SLOTS[Repository.Schedule(repository.schedule)]
    if repository.state == Repository.State.UNREACHABLE:
        every = max(every, SLOTS[Repository.Schedule.DAILY])
    start = EPOCH + (_share(component) * every)
    slot = start + ((now - start) // every) * every
    return slot.replace(microsecond=0)


def _unmet_slot(component: Component, now: datetime) -> datetime | None:
    slot = slot_of(component, now)
    if component.created_at >= slot or Scan.objects.filter(component=component, due_at__gte=slot).exists():
        return None
    return slot


def _share(component: Component) -> float:
    """Where in the interval its slot lies, 0..1: fixed for a component, even over all of them."""
    digest = hashlib.blake2b(component.public_id.encode(), digest_size=4).digest()
    return int.from_bytes(digest) / 2**32
