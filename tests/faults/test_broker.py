"""Faults F7, F8 and F12: the broker stops, forgets, or is told everything twice."""

import json
import signal
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from debtboard import tasks
from debtboard.domain import scanning
from debtboard.domain.sending import send
from debtboard.models import Component, Scan, Snapshot
from tests.faults.conftest import ended
from tests.processes import until

pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True)]


def test_f7_broker_held_and_killed_delays_and_loses_nothing(start, broker, make_component, client):
    first, second = make_component("one"), make_component("two")
    start("beat")
    start("w1")
    broker.kill(signal.SIGSTOP)
    began = time.monotonic()
    held = scanning.queue(first)
    assert time.monotonic() - began < 10
    assert (held.status, client.get("/readyz").status_code) == (Scan.Status.QUEUED, 200)
    broker.kill_all()
    gone = scanning.queue(second)
    assert client.get("/readyz").status_code == 200
    broker.start()
    assert [until(lambda scan=scan: ended(scan), 60).status for scan in (held, gone)] == [Scan.Status.DONE] * 2
    assert [Snapshot.objects.filter(component=c).count() for c in (first, second)] == [1, 1]


def test_f8_emptied_broker_is_refilled(start, broker, make_component):
    components = [make_component(f"c{number}") for number in range(5)]
    scans = [scanning.queue(component) for component in components]
    assert broker.client.llen("scan") == 5
    broker.flush()
    start("beat")
    start("w1")
    assert [until(lambda scan=scan: ended(scan)).status for scan in scans] == [Scan.Status.DONE] * 5
    assert Snapshot.objects.count() == 5


def test_f12_two_schedulers_queue_each_slot_once(start, make_component):
    component = make_component()
    Component.objects.filter(pk=component.pk).update(created_at=timezone.now() - timedelta(days=40))
    start("beat-1")
    start("beat-2")
    start("w1")
    scan = until(lambda: Scan.objects.filter(component=component).first())
    until(lambda: ended(scan))
    time.sleep(3)
    assert Scan.objects.filter(component=component).count() == 1


def test_message_of_a_sender_that_knows_the_task_carries_no_time_limit(broker):
    """A worker's own limits hold: those of the sender would stand in their place."""
    assert tasks.scan.name == scanning.TASK
    broker.flush()
    assert send(scanning.TASK, scan_id=1)
    (message,) = broker.client.lrange("scan", 0, -1)
    assert json.loads(message)["headers"]["timelimit"] == [None, None]
