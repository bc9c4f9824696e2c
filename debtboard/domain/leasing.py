"""Holding a scan: claimed by one conditional UPDATE, kept by a heartbeat, fenced by a token.

Times are the database's, so that workers need not agree on the clock. Whoever finds the token moved on has lost the
scan, and may neither write nor go on.
"""

import threading
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.db.utils import InterfaceError, OperationalError

from debtboard.models import Scan

MAX_ATTEMPTS = 3
AWAY = (OperationalError, InterfaceError)
"""What a database that is away, or was for a moment, says: that the connection broke, or that it is closed."""


def _lease() -> timedelta:
    return timedelta(seconds=settings.SCAN_LEASE_SECONDS)


class Lost(Exception):
    """Another worker holds the scan now, or somebody ended it."""


def claim(scan_id: int, worker: str = "") -> Scan | None:
    """Take a queued scan, or one whose holder went silent. None: it is not to be had.

    One scan per repository runs at a time: a constraint of the table says so, and the other stays queued.
    """
    waiting = Q(status=Scan.Status.QUEUED) & (Q(not_before=None) | Q(not_before__lte=Now()))
    silent = Q(status=Scan.Status.RUNNING, lease_until__lt=Now())
    try:
        with transaction.atomic():
            taken = Scan.objects.filter(waiting | silent, pk=scan_id, attempt__lt=MAX_ATTEMPTS).update(
                status=Scan.Status.RUNNING,
                phase=Scan.Phase.FETCHING,
                reason="",
                token=F("token") + 1,
                attempt=F("attempt") + 1,
                lease_until=Now() + _lease(),
                heartbeat_at=Now(),
                started_at=Now(),
                finished_at=None,
                worker=worker[:120],
            )
    except IntegrityError:
        return None
    if not taken:
        return None
    return Scan.objects.select_related("component", "repository").get(pk=scan_id)


def mine(scan: Scan) -> Any:
    """The row, as long as it is still held under this token."""
    return Scan.objects.filter(pk=scan.pk, token=scan.token, status=Scan.Status.RUNNING)


class Lease:
    """Keeps the claim alive while its context lasts, from a thread of its own."""

    def __init__(self, scan: Scan, every: float | None = None) -> None:
        self.scan = scan
        self.lost = threading.Event()
        self.cancelled = threading.Event()
        self._every = settings.SCAN_HEARTBEAT_SECONDS if every is None else every
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=f"lease-{scan.pk}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join(timeout=30)

    def should_stop(self) -> bool:
        return self.lost.is_set() or self.cancelled.is_set()

    def report(self, **fields: Any) -> None:
        """Write progress, and prolong the lease by it. Raises Lost."""
        if not mine(self.scan).update(lease_until=Now() + _lease(), heartbeat_at=Now(), **fields):
            self.lost.set()
            raise Lost
        for name, value in fields.items():
            setattr(self.scan, name, value)
        self._look()

    def _look(self) -> None:
        if Scan.objects.filter(pk=self.scan.pk, cancel_requested=True).exists():
            self.cancelled.set()

    def _keep(self) -> None:
        try:
            while not self._ended.wait(self._every):
                try:
                    self.report()
                except Lost:
                    return
                except AWAY:
                    connection.close()
        finally:
            connection.close()
