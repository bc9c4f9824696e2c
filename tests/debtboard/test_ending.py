"""A scan's failure and the stale mark of its component are one transaction: no page shows one without the other."""

from datetime import UTC, datetime

import msgspec
import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.test.utils import CaptureQueriesContext

from debtboard.domain import approving, leasing, measuring, past, scanning, scheduling, weeks
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


def weeks_of(component) -> list[str]:
    rows = Snapshot.objects.filter(component=component).order_by("-as_of").values_list("week", flat=True)
    return [str(week) for week in rows]


def test_weeks_that_fail_are_all_named_and_retry_reads_them_alone(component, run_scan, monkeypatch):
    failing_signal(monkeypatch, range(2, 4))
    scan = run_scan(component, weeks=5)
    said = f"The weeks of 2026-11-02, 2026-10-26: These signals failed, so the scores of before stay: {FIRST}."
    assert (scan.status, scan.reason) == (Scan.Status.PARTIAL, said)
    assert weeks_of(component) == ["2026-11-16", "2026-11-09", "2026-10-19"]
    measured = []
    real = measuring.Bench._measured
    monkeypatch.setattr(
        measuring.Bench, "_measured", lambda self, moment, **kind: measured.append(moment) or real(self, moment, **kind)
    )
    again = scanning.retry(scan)
    Scan.objects.filter(pk=again.pk).update(due_at=scan.due_at.replace(second=1))
    scanning.run(again.pk)
    again.refresh_from_db()
    assert again.status == Scan.Status.DONE
    assert [str(weeks.monday(moment.as_of)) for moment in measured] == ["2026-11-16", "2026-11-02", "2026-10-26"]
    assert set(weeks_of(component)) == {"2026-11-16", "2026-11-09", "2026-11-02", "2026-10-26", "2026-10-19"}


def slow_past(monkeypatch, slow: range) -> None:
    """From now on these assessments, counted from 0, take longer than a scan may."""
    real, made = measuring.assess, []

    def assess(*arguments):
        made.append(1)
        if len(made) - 1 in slow:
            raise SoftTimeLimitExceeded
        return real(*arguments)

    monkeypatch.setattr(measuring, "assess", assess)


def test_time_limit_in_the_past_ends_partial_and_names_the_weeks(component, run_scan, monkeypatch):
    slow_past(monkeypatch, range(1, 99))
    scan = run_scan(component, weeks=3)
    assert (scan.status, scan.attempt) == (Scan.Status.QUEUED, 1)
    Scan.objects.update(attempt=leasing.MAX_ATTEMPTS - 1, not_before=None)
    scanning.run(scan.pk)
    scan.refresh_from_db()
    component.refresh_from_db()
    assert (scan.status, scan.reason) == (
        Scan.Status.PARTIAL,
        "It took longer than a scan may take. The weeks of 2026-11-09, 2026-11-02 are not read:"
        " retry it to read them alone.",
    )
    assert (component.current_id, component.stale_since) == (scan.snapshot_id, None)


def test_time_limit_goes_on_as_long_as_weeks_are_added(component, run_scan, monkeypatch):
    slow_past(monkeypatch, range(2, 3))
    scan = run_scan(component, weeks=4)
    assert (scan.status, scan.attempt, Snapshot.objects.count()) == (Scan.Status.QUEUED, 0, 2)
    scanning.run(scan.pk)
    scan.refresh_from_db()
    assert (scan.status, Snapshot.objects.count()) == (Scan.Status.DONE, 4)


def test_failure_without_a_change_of_settings_queues_nothing(make_component):
    scan = scanning.queue(make_component("empty", commits=()))
    scanning.run(scan.pk)
    assert list(Scan.objects.values_list("status", flat=True)) == ["failed"]


def test_approval_just_before_the_end_is_scanned_next(scanned, alice, charlie, monkeypatch):
    approving.ask(scanned, alice, (), "prototype")
    approve_before(monkeypatch, "_end", scanned, charlie)
    ended = scanning.queue(scanned, due_at=datetime(2026, 11, 17, 9, tzinfo=UTC))
    scanning.run(ended.pk)
    follows = Scan.objects.get(component=scanned, status="queued")
    ended.refresh_from_db()
    assert (ended.status, follows.pk != ended.pk) == ("done", True)


def test_approval_during_a_scan_that_fails_is_scanned_next(make_component, alice, charlie, monkeypatch):
    component = make_component("empty", commits=())
    approving.ask(component, alice, (), "prototype")
    approve_before(monkeypatch, "_fail", component, charlie)
    ended = scanning.queue(component)
    scanning.run(ended.pk)
    assert list(Scan.objects.order_by("pk").values_list("status", flat=True)) == ["failed", "queued"]


def test_approval_during_a_scan_that_is_cancelled_is_scanned_next(scanned, alice, charlie, monkeypatch):
    approving.ask(scanned, alice, (), "prototype")
    ended = scanning.queue(scanned, due_at=datetime(2026, 11, 17, 9, tzinfo=UTC))

    def stop(self):
        scanning.cancel(ended)
        approving.decide(scanned.approvals.get(), charlie, approve=True)
        self._lease.report()
        raise measuring.Stopped

    monkeypatch.setattr(past.Past, "newest", stop)
    scanning.run(ended.pk)
    ended.refresh_from_db()
    assert (ended.status, Scan.objects.filter(component=scanned, status="queued").count()) == ("cancelled", 1)


def approve_before(monkeypatch, name: str, component, by) -> None:
    """What the component asks for is approved just before scanning does this."""
    real = getattr(scanning, name)

    def late(*arguments):
        monkeypatch.setattr(scanning, name, real)
        approving.decide(component.approvals.get(), by, approve=True)
        return real(*arguments)

    monkeypatch.setattr(scanning, name, late)
