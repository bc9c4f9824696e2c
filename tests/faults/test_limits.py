"""Faults F6 and F20: a server that never answers, and the time limits of a task; no git is left behind."""

import os
import signal
from pathlib import Path

import pytest

from debtboard.domain import fetching, scanning
from debtboard.models import Scan, Snapshot
from tests.faults.conftest import ended, fresh, pid_of
from tests.processes import processes_naming, until

pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True)]


def cloning(forge) -> list[str]:
    """Git processes that wait for the server."""
    return [line for line in processes_naming(f"127.0.0.1:{forge.port}/") if "git" in line]


def test_f6_soft_limit_leaves_nothing_behind_and_says_so(start, forge, remote):
    forge.hangs.set()
    start("w1", DEBTBOARD_SCAN_SECONDS="3", **remote.allowed)
    scan = scanning.queue(remote.component)
    until(lambda: cloning(forge))
    waiting = until(lambda: (now := fresh(scan)).status == Scan.Status.QUEUED and now.attempt == 1 and now)
    said = "It took longer than a scan may take; what was read is kept. It is tried again by itself."
    assert (waiting.reason, Snapshot.objects.count()) == (said, 0)
    until(lambda: cloning(forge) == [], 2)
    assert list(fetching.mirror_folder(waiting.repository).parent.iterdir()) == []


def test_f6_hard_limit_leaves_no_git_behind_and_the_next_attempt_succeeds(start, forge, remote):
    """Its process is held, so that it can heed nothing: it is killed, and git has to go by itself."""
    forge.hangs.set()
    start("beat")
    start("w1", DEBTBOARD_SCAN_SECONDS="3", **remote.allowed)
    scan = scanning.queue(remote.component)
    until(lambda: len(cloning(forge)) > 1 and fetching.mirror_folder(remote.component.repository).parent.exists())
    os.kill(held := pid_of(scan), signal.SIGSTOP)
    forge.hangs.clear()
    until(lambda: not Path("/proc", str(held)).exists())
    done = until(lambda: ended(scan), 60)
    assert (done.status, done.reason, done.attempt) == (Scan.Status.DONE, "", 2)
    assert Snapshot.objects.count() == 1
    assert cloning(forge) == []
    assert [entry.name for entry in fetching.mirror_folder(done.repository).parent.glob("*.git*")] == ["mirror.git"]
