"""Thin, named, ids only: each calls one verb of the domain, which may be called twice."""

import os

from celery import Task, shared_task

from debtboard.domain import scanning, scheduling


@shared_task(name="debtboard.scan", bind=True)
def scan(self: Task, *, scan_id: int) -> None:
    host = self.request.hostname or ""
    scheduling.beat(f"worker {host}")
    scanning.run(scan_id, f"{host} {os.getpid()}")


@shared_task(name="debtboard.reconcile")
def reconcile() -> None:
    scheduling.reconcile()


@shared_task(name="debtboard.queue_due")
def queue_due() -> None:
    scheduling.queue_due()
