"""The Celery application. Messages carry ids only; what must be scanned is kept in the database (domain.scanning)."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init, worker_process_shutdown
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debtboard.settings")

app = Celery("debtboard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_queues = [Queue(name) for name in ("scan", "pull", "ingest", "beat")]
app.autodiscover_tasks(["debtboard"])


@worker_process_init.connect
def lead_own_group(**_: Any) -> None:
    """So that a time limit, which kills the group, leaves no git behind (billiard kills groups that a child leads)."""
    if os.getsid(0) != os.getpid():
        os.setpgrp()


@worker_process_init.connect
def settle_the_collector(**_: Any) -> None:
    from scoring.collector import collect_rarely

    collect_rarely()


@worker_process_init.connect
def remove_handed_credentials(**_: Any) -> None:
    """On this worker's own host: the reconciler may run on another."""
    from debtboard.domain.sweeping import remove_handed_credentials

    remove_handed_credentials()


@worker_process_shutdown.connect
def end_readers(**_: Any) -> None:
    from debtboard.domain.measuring import close_sandbox

    close_sandbox()
