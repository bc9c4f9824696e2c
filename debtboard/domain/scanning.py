"""Asking for scans and running them: the newest snapshot first, then the past week by week, newest week first."""

import logging
import random
import time
from datetime import UTC, datetime, timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from debtboard.domain import auditing, fetching, leasing, measuring, storing
from debtboard.domain.past import Past
from debtboard.domain.sending import send_on_commit
from debtboard.models import Component, Person, Repository, Scan
from scoring.sources.git_errors import EmptyRepository, TimedOut, Unreachable

log = logging.getLogger(__name__)

TASK = "debtboard.scan"
PAST_SECONDS = 0.8 * settings.SCAN_SECONDS
"""A scan hands the past back to the queue after this, well before its time limit; the next one goes on from there."""
RECONNECT_SECONDS = (0.0, 1.0, 4.0)
TRANSIENT = (Unreachable, TimedOut)


IS_RETIRED = "The component is retired: take it back first."


class NotPossible(Exception):
    """What was asked for does not fit the state of the scan: one sentence."""


# ---------------------------------------------------------------- asking


def queue(
    component: Component,
    trigger: Scan.Trigger = Scan.Trigger.MANUAL,
    by: Person | None = None,
    weeks: int | None = None,
    due_at: datetime | None = None,
    not_before: datetime | None = None,
) -> Scan:
    """A scan of the component; the one that already waits or runs, if there is one. Safe to call twice.

    A slot, `due_at`, is met once: asked for again, it gives its scan, even one that has ended. Raises NotPossible.
    """
    with transaction.atomic():
        if Component.objects.select_for_update().get(pk=component.pk).retired_at is not None:
            raise NotPossible(IS_RETIRED)
        waiting = Scan.objects.filter(component=component, status__in=Scan.OPEN, cancel_requested=False).first()
        if waiting is not None:
            return waiting
        scan, created = Scan.objects.get_or_create(
            component=component,
            due_at=due_at or _free_moment(component),
            defaults={
                "repository_id": component.repository_id,
                "trigger": trigger,
                "requested_by": by,
                "weeks": weeks or 1,
                "not_before": not_before,
                "sent_at": Now(),
            },
        )
        if created and by is not None:
            auditing.record("scan.asked", scan, by, component=component.public_id)
        if created and not_before is None:
            send_on_commit(TASK, scan_id=scan.pk)
    return scan


def weeks_due(component: Component) -> int:
    """How far back to go: the whole past where nothing of the component was ever read, else the newest week alone."""
    return 1 if component.current_id is not None else component.repository.history_weeks


def _free_moment(component: Component) -> datetime:
    """This second, or the next one that no scan of the component has."""
    moment = timezone.now().astimezone(UTC).replace(microsecond=0)
    while Scan.objects.filter(component=component, due_at=moment).exists():
        moment += timedelta(seconds=1)
    return moment


def cancel(scan: Scan, by: Person | None = None) -> None:
    """End it: at once where it waits, within seconds where it runs. What it stored stays."""
    with transaction.atomic():
        Component.objects.select_for_update().get(pk=scan.component_id)
        ended = Scan.objects.filter(pk=scan.pk, status=Scan.Status.QUEUED).update(
            status=Scan.Status.CANCELLED, phase=Scan.Phase.ENDED, finished_at=Now(), reason=_cancelled_by(by)
        )
        asked = Scan.objects.filter(pk=scan.pk, status=Scan.Status.RUNNING).update(cancel_requested=True)
        if not ended and not asked:
            raise NotPossible("This scan has already ended: there is nothing to cancel.")
        auditing.record("scan.cancelled", scan, by)


def retry(scan: Scan, by: Person | None = None) -> Scan:
    """A new scan with the same wish for the past; weeks that are stored already are not read again."""
    scan.refresh_from_db()
    if scan.status in Scan.OPEN:
        raise NotPossible("This scan has not ended yet: wait for it, or cancel it first.")
    return queue(scan.component, Scan.Trigger.MANUAL, by, weeks=scan.weeks)


# ---------------------------------------------------------------- running


def run(scan_id: int, worker: str = "") -> None:
    """Claim the scan and carry it out. Returns at once where it is gone, held by another, or ended."""
    scan = leasing.claim(scan_id, worker)
    if scan is None:
        return
    with leasing.Lease(scan) as lease:
        try:
            _carry_out(scan, lease)
        except leasing.Lost:
            log.info("scan %s went on elsewhere", scan.pk)
        except measuring.Stopped:
            if lease.cancelled.is_set():
                _end(scan, Scan.Status.CANCELLED, _cancelled_by(None))
        except (EmptyRepository, measuring.Unmeasurable, fetching.Refused) as refusal:
            fetching.note(scan.repository_id, refusal)
            _fail(scan, str(refusal))
        except measuring.GitError as error:
            fetching.note(scan.repository_id, error)
            _try_again(scan, str(error)) if isinstance(error, TRANSIENT) else _fail(scan, str(error))
        except SoftTimeLimitExceeded:
            _try_again(scan, "It took longer than a scan may take; what was read is kept.")
        except leasing.AWAY:
            log.exception("scan %s: the database was away", scan.pk)
            _hand_back(scan)
        except MemoryError:
            _fail(scan, "It needs more memory than a worker may use: register its folders as components of their own.")
        except OSError as error:
            _try_again(scan, f"This host could not do it ({error.strerror or type(error).__name__}).")
        except Exception as error:
            log.exception("scan %s stopped unexpectedly", scan.pk)
            _try_again(scan, f"It stopped unexpectedly ({type(error).__name__}).")
    _send_next_of(scan.repository_id)


def _carry_out(scan: Scan, lease: leasing.Lease) -> None:
    began = time.monotonic()
    lease.report(inputs=measuring.inputs_of(scan.component).digest)
    fetching.fetch(scan.repository)
    try:
        _read(scan, lease, began)
    except measuring.GitError:
        if not fetching.mended(scan.repository):
            raise
        _read(scan, lease, began)


def _read(scan: Scan, lease: leasing.Lease, began: float) -> None:
    lease.report(phase=Scan.Phase.READING)
    with measuring.bench(scan.component) as bench:
        lease.report(inputs=bench.inputs.digest)
        Repository.objects.filter(pk=scan.repository_id).update(
            state=Repository.State.OK,
            state_reason="",
            unreachable_since=None,
            head_commit=bench.commit,
            root_commit=bench.root,
        )
        past = Past(scan, lease, bench)
        past.newest()
        try:
            past.rest(until=began + PAST_SECONDS)
        except SoftTimeLimitExceeded:
            _out_of_time(scan, past)
            return
    _finish(scan, past)


def _finish(scan: Scan, past: Past) -> None:
    if past.outdated:
        _go_on_later(scan)
    elif past.incomplete:
        _end_stale(scan, Scan.Status.PARTIAL, past.incomplete)
    elif past.unfinished:
        _go_on_later(scan)
    elif past.gaps:
        _end(scan, Scan.Status.PARTIAL, past.gaps)
    else:
        _end(scan, Scan.Status.DONE, "")


def _out_of_time(scan: Scan, past: Past) -> None:
    """The newest is stored, the past did not fit: it goes on as long as weeks are added, and else says which lack."""
    said = "It took longer than a scan may take"
    if past.stored:
        _go_on_later(scan)
    elif scan.attempt < leasing.MAX_ATTEMPTS:
        _try_again(scan, f"{said}; what was read is kept.")
    else:
        _end(scan, Scan.Status.PARTIAL, f"{said}. {past.missing} are not read: retry it to read them alone.")


# ---------------------------------------------------------------- ending


def _end(scan: Scan, status: Scan.Status, reason: str) -> bool:
    """Whether it was still ours to end."""
    with transaction.atomic():
        component = Component.objects.select_for_update().get(pk=scan.component_id)
        ended = leasing.mine(scan).update(
            status=status, phase=Scan.Phase.ENDED, reason=reason[:500], lease_until=None, finished_at=Now()
        )
        if ended:
            follow_up(scan, component)
    return bool(ended)


def follow_up(scan: Scan, component: Component) -> None:
    """Another scan, where the settings changed since the one that has just ended read them: whoever changed them found
    it open, and so queued none. Called under the component's lock."""
    if component.retired_at is None and scan.inputs not in ("", measuring.inputs_of(component).digest):
        queue(component, weeks=scan.weeks)


def _fail(scan: Scan, reason: str) -> None:
    _end_stale(scan, Scan.Status.FAILED, reason)


def _end_stale(scan: Scan, status: Scan.Status, reason: str) -> None:
    """The last snapshot stays and is marked stale; no page shows one without the other.

    It is not stale where this very scan stored it, and only the past is missing.
    """
    with transaction.atomic():
        if _end(scan, status, reason) and scan.snapshot_id is None:
            storing.mark_stale(scan.component_id, reason)


def _try_again(scan: Scan, reason: str) -> None:
    """Back to the queue with a growing delay, at the third attempt the end."""
    if scan.attempt >= leasing.MAX_ATTEMPTS:
        _fail(scan, reason)
        return
    leasing.mine(scan).update(
        status=Scan.Status.QUEUED,
        phase=Scan.Phase.WAITING,
        reason=f"{reason} It is tried again by itself."[:500],
        lease_until=None,
        token=F("token") + 1,
        not_before=Now() + delay(scan.attempt),
    )


def _hand_back(scan: Scan) -> None:
    """Over a new connection. A database that stays away leaves the row to its lease and the reconciler."""
    for seconds in RECONNECT_SECONDS:
        time.sleep(random.uniform(0, seconds))  # noqa: S311 -- jitter, no secret
        connection.close()
        try:
            _try_again(scan, "The database was away for a moment.")
        except leasing.AWAY:
            log.warning("scan %s: the database is still away", scan.pk)
        else:
            return


def _go_on_later(scan: Scan) -> None:
    """Other scans get their turn; this one comes back with a fresh count of attempts."""
    with transaction.atomic():
        leasing.mine(scan).update(
            status=Scan.Status.QUEUED,
            phase=Scan.Phase.WAITING,
            reason="The past is read in parts; it goes on by itself.",
            lease_until=None,
            token=F("token") + 1,
            attempt=0,
            sent_at=Now(),
        )
        send_on_commit(TASK, scan_id=scan.pk)


def delay(attempt: int) -> timedelta:
    """Full jitter over 30 s, 60 s, 120 s, ..., at most an hour (robustness 5.4)."""
    most = min(settings.SCAN_RETRY_SECONDS * 2 ** (attempt - 1), 3600)
    return timedelta(seconds=random.uniform(0, most))  # noqa: S311 -- jitter, no secret


def _send_next_of(repository_id: int) -> None:
    """Another component of the repository may have waited for this one."""
    queued = Scan.objects.filter(repository_id=repository_id, status=Scan.Status.QUEUED, not_before=None)
    for pk in queued.order_by("due_at", "pk").values_list("pk", flat=True)[:1]:
        send_on_commit(TASK, scan_id=pk)


def _cancelled_by(by: Person | None) -> str:
    return f"Cancelled by {by}." if by is not None else "Cancelled."
