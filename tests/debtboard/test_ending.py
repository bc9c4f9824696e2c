"""A scan's failure and the stale mark of its component are one transaction: no page shows one without the other."""

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from debtboard.domain import leasing, measuring, scanning, scheduling
from debtboard.models import Finding, Scan, Snapshot
from scoring.debts import all_signals
from scoring.findings import Outcome

pytestmark = pytest.mark.django_db(transaction=True)


def transactions(captured: CaptureQueriesContext) -> list[set[str]]:
    """The tables that each transaction wrote to; what was written outside of any comes as one by itself."""
    found, inside = [], None
    for query in captured:
        words = query["sql"].split()
        if words[0] == "BEGIN":
            inside = set()
        elif words[0] == "COMMIT":
            found.append(inside)
            inside = None
        elif words[0] == "UPDATE":
            (found.append({words[1]}) if inside is None else inside.add(words[1]))
    return found


FIRST = all_signals()[0].id
BOTH = {'"debtboard_scan"', '"debtboard_component"'}


def test_scan_that_fails_marks_stale_in_the_same_transaction(make_component, settings):
    component = make_component("empty", commits=())
    scan = scanning.queue(component)
    with CaptureQueriesContext(connection) as captured:
        scanning.run(scan.pk)
    component.refresh_from_db()
    assert (Scan.objects.get().status, component.stale_reason != "") == ("failed", True)
    assert [written for written in transactions(captured) if '"debtboard_component"' in written] == [BOTH]


def test_scan_given_up_marks_stale_in_the_same_transaction(component):
    scan = scanning.queue(component)
    Scan.objects.update(status="running", attempt=leasing.MAX_ATTEMPTS, lease_until="2026-01-01T00:00:00Z")
    with CaptureQueriesContext(connection) as captured:
        scheduling.reconcile()
    component.refresh_from_db()
    scan.refresh_from_db()
    assert (scan.status, component.stale_reason) == ("failed", "It stopped unexpectedly 3 times.")
    assert [written for written in transactions(captured) if '"debtboard_component"' in written] == [BOTH]


def failing_signal(monkeypatch, calls: range) -> None:
    """From now on these assessments, counted from 0, have one signal that failed: FIRST."""
    real, made = measuring.assess, []

    def assess(*arguments):
        answer = real(*arguments)
        made.append(answer)
        if len(made) - 1 not in calls:
            return answer
        first = msgspec.structs.replace(answer.signals[0], outcome=Outcome.ERROR)
        return msgspec.structs.replace(answer, signals=(first, *answer.signals[1:]))

    monkeypatch.setattr(measuring, "assess", assess)


def test_signal_that_fails_ends_the_scan_partial(scanned, run_scan, repository_of, monkeypatch):
    before = list(Finding.objects.order_by("pk").values_list("pk", "state", "present", "last_seen_at"))
    current, count = scanned.current_id, Snapshot.objects.count()
    failing_signal(monkeypatch, range(1))
    repository_of("churn", [("2026-11-17T10:00:00Z", {"train.py": "import os\n"})])
    scan = run_scan(scanned, "2026-11-18T09:00:00Z")
    said = f"These signals failed, so the scores of before stay: {FIRST}."
    assert (scan.status, scan.reason, scanned.stale_reason) == (Scan.Status.PARTIAL, said, said)
    assert (scanned.current_id, Snapshot.objects.count()) == (current, count)
    assert list(Finding.objects.order_by("pk").values_list("pk", "state", "present", "last_seen_at")) == before


def test_signal_that_fails_in_the_past_leaves_the_newest_fresh(component, run_scan, monkeypatch):
    failing_signal(monkeypatch, range(1, 2))
    scan = run_scan(component, weeks=3)
    said = f"The week of 2026-11-09: These signals failed, so the scores of before stay: {FIRST}."
    assert (scan.status, scan.reason) == (Scan.Status.PARTIAL, said)
    assert (component.current_id, component.stale_since) == (scan.snapshot_id, None)
    assert Snapshot.objects.count() == 2


def test_scan_that_fails_in_the_past_leaves_the_newest_fresh(component, run_scan, monkeypatch):
    real, made = measuring.assess, []

    def assess(*arguments):
        made.append(1)
        if len(made) > 1:
            raise MemoryError
        return real(*arguments)

    monkeypatch.setattr(measuring, "assess", assess)
    scan = run_scan(component, weeks=3)
    assert (scan.status, component.current_id) == (Scan.Status.FAILED, scan.snapshot_id)
    assert (component.stale_since, component.stale_reason) == (None, "")


def test_scan_given_up_in_the_past_leaves_the_newest_fresh(component, run_scan):
    scan = run_scan(component)
    Scan.objects.update(status="running", attempt=leasing.MAX_ATTEMPTS, lease_until="2026-01-01T00:00:00Z")
    scheduling.reconcile()
    scan.refresh_from_db()
    component.refresh_from_db()
    assert (scan.status, component.stale_reason) == ("failed", "")
