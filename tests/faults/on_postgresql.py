"""Fault F14, on PostgreSQL alone (tests/debtboard/test_postgresql.py runs it): the connection is ended mid-scan."""

import threading

import psycopg
import pytest
from django.db import connection

from debtboard.domain import scanning
from debtboard.models import Finding, Observation, Report, Scan, Snapshot
from tests.faults.conftest import fresh, reading
from tests.processes import until

pytestmark = pytest.mark.django_db(transaction=True)


def end_all_connections(scan: Scan) -> None:
    """Once the scan has read some files: as an administrator, or a failover, would."""
    until(lambda: reading(scan))
    named = ("dbname", "user", "host", "port")
    parameters = {name: value for name, value in connection.get_connection_params().items() if name in named}
    connection.close()
    with psycopg.connect(**parameters, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")


def test_f14_ended_connection_leaves_nothing_half_written_and_is_tried_again(heavy, settings):
    settings.SCAN_RETRY_SECONDS = 0
    scan = scanning.queue(heavy(files=300))
    interrupter = threading.Thread(target=end_all_connections, args=(scan,))
    interrupter.start()
    scanning.run(scan.pk, worker="test")
    interrupter.join()
    waiting = fresh(scan)
    said = "The database was away for a moment. It is tried again by itself."
    assert (waiting.status, waiting.attempt, waiting.reason) == (Scan.Status.QUEUED, 1, said)
    assert [model.objects.count() for model in (Snapshot, Report, Observation, Finding)] == [0, 0, 0, 0]
    scanning.run(scan.pk, worker="test")
    done = fresh(scan)
    assert (done.status, done.attempt, Snapshot.objects.count()) == (Scan.Status.DONE, 2, 1)
