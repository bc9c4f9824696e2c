"""Faults F1 to F4, F11 and F33: what happens to a scan when those who carry it out are killed, held or asked to go."""

import os
import signal
import time

import pytest

from debtboard.domain import approving, leasing, scanning
from debtboard.domain.sending import send
from debtboard.models import Component, Finding, Scan, Snapshot
from tests.faults.conftest import ended, fresh, pid_of, reading
from tests.processes import git_processes, until

pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True)]


def whole(component: Component) -> bool:
    """One snapshot, each finding once."""
    findings = Finding.objects.filter(component=component)
    return (
        Snapshot.objects.filter(component=component).count() == 1
        and findings.count() == findings.values("fingerprint").distinct().count()
    )


def test_f1_pool_process_killed_mid_scan_is_resumed(start, heavy):
    component = heavy()
    start("beat")
    start("w1")
    scan = scanning.queue(component)
    until(lambda: reading(scan))
    os.kill(pid_of(scan), signal.SIGKILL)
    killed = time.monotonic()
    done = until(lambda: ended(scan))
    assert (done.status, done.attempt, whole(component)) == (Scan.Status.DONE, 2, True)
    assert time.monotonic() - killed < 20
    assert git_processes(component.repository.address) == []


def test_f2_whole_worker_killed_is_resumed_by_the_next(start, heavy):
    component = heavy()
    start("beat")
    worker = start("w1")
    scan = scanning.queue(component)
    until(lambda: reading(scan))
    worker.kill_all()
    assert fresh(scan).status == Scan.Status.RUNNING
    start("w2")
    done = until(lambda: ended(scan))
    assert (done.status, done.attempt, whole(component)) == (Scan.Status.DONE, 2, True)


def test_f3_late_writer_is_refused(start, heavy, tmp_path):
    """Its process is held where a dead parent would leave it: alive, silent, and able to write later."""
    component = heavy()
    start("beat")
    start("w1")
    scan = scanning.queue(component)
    until(lambda: reading(scan))
    held = pid_of(scan)
    os.kill(held, signal.SIGSTOP)
    start("w2")
    done = until(lambda: ended(scan))
    os.kill(held, signal.SIGCONT)
    until(lambda: "went on elsewhere" in (tmp_path / "w1.log").read_text())
    assert (done.status, done.attempt, whole(component)) == (Scan.Status.DONE, 2, True)
    assert fresh(scan).token == done.token


def test_f4_poison_ends_after_three_attempts_and_others_go_on(start, heavy, make_component):
    poison, healthy = heavy(), make_component("healthy")
    start("beat")
    start("w1")
    scan = scanning.queue(poison)
    other = scanning.queue(healthy)
    for attempt in (1, 2, 3):
        until(lambda attempt=attempt: (now := reading(scan)) and now.attempt == attempt)
        os.kill(pid_of(scan), signal.SIGKILL)
    failed = until(lambda: ended(scan))
    assert (failed.status, failed.attempt) == (Scan.Status.FAILED, 3)
    assert failed.reason == "It stopped unexpectedly 3 times."
    assert until(lambda: ended(other)).status == Scan.Status.DONE
    assert until(lambda: Component.objects.get(pk=poison.pk).stale_reason) == failed.reason


def test_approval_during_a_scan_whose_worker_vanishes_for_good_is_scanned_next(start, heavy, alice, charlie):
    component = heavy()
    approving.ask(component, alice, (), "prototype")
    start("beat")
    start("w1")
    scan = scanning.queue(component)
    until(lambda: reading(scan))
    approving.decide(component.approvals.get(), charlie, approve=True)
    assert Scan.objects.count() == 1
    Scan.objects.update(attempt=leasing.MAX_ATTEMPTS)
    os.kill(pid_of(scan), signal.SIGKILL)
    failed = until(lambda: ended(scan))
    follows = until(lambda: Scan.objects.exclude(pk=scan.pk).first())
    done = until(lambda: ended(follows))
    assert (failed.status, done.status, done.attempt) == (Scan.Status.FAILED, Scan.Status.DONE, 1)
    assert Snapshot.objects.get(component=component, pk=done.snapshot_id).profile == "prototype"


def test_f11_second_delivery_finds_a_live_lease(start, heavy, broker):
    component = heavy()
    start("w1", concurrency=2)
    scan = scanning.queue(component)
    until(lambda: reading(scan))
    for _ in range(3):
        send(scanning.TASK, scan_id=scan.pk)
    done = until(lambda: ended(scan))
    until(lambda: broker.client.llen("scan") == 0)
    assert (done.status, done.attempt, whole(component)) == (Scan.Status.DONE, 1, True)


def test_f33_deploy_while_a_scan_runs_loses_nothing(start, heavy):
    component = heavy()
    start("beat")
    old = start("w1")
    scan = scanning.queue(component)
    until(lambda: reading(scan))
    old.kill(signal.SIGTERM)
    start("w2")
    done = until(lambda: ended(scan), 90)
    until(lambda: old.process.poll() is not None, 90)
    assert (done.status, whole(component)) == (Scan.Status.DONE, True)
