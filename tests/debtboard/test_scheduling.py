from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from debtboard.domain import leasing, scanning, scheduling
from debtboard.models import Component, Pulse, Repository, Scan

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def old(component):
    Component.objects.update(created_at=LONG_AGO)
    component.refresh_from_db()
    return component


def scans():
    return list(Scan.objects.order_by("pk").values_list("component_id", "due_at", "trigger", "status"))


def test_component_registered_after_its_slot_waits_for_the_next(component):
    Component.objects.update(created_at=NOW)
    scheduling.queue_due(NOW)
    assert scans() == []


def test_repository_scanned_on_demand_only_is_left_alone(old):
    Repository.objects.update(schedule=Repository.Schedule.OFF)
    scheduling.queue_due(NOW)
    assert scans() == []


def test_retired_component_is_left_alone(old):
    Component.objects.update(retired_at=LONG_AGO)
    scheduling.queue_due(NOW)
    assert scans() == []


def test_slot_just_met_is_queued_once_however_often_asked(old):
    slot = scheduling.slot_of(old, NOW)
    for seconds in (1, 2, 31):
        scheduling.queue_due(slot + timedelta(seconds=seconds))
    assert scans() == [(old.pk, slot, "schedule", "queued")]


def test_what_was_never_read_is_scheduled_with_its_past_and_the_rest_without(old, run_scan):
    scheduling.queue_due(NOW)
    assert Scan.objects.values_list("weeks", flat=True).get() == old.repository.history_weeks
    Scan.objects.all().delete()
    run_scan(old)
    scheduling.queue_due(NOW)
    assert Scan.objects.values_list("weeks", flat=True).get(status="queued") == 1


def test_slot_lies_within_the_day_and_stays_there(old):
    slot = scheduling.slot_of(old, NOW)
    assert NOW - timedelta(days=1) < slot <= NOW
    assert scheduling.slot_of(old, NOW + timedelta(days=1)) == slot + timedelta(days=1)


def test_three_silent_weeks_give_one_catch_up_each_and_spread(make_component):
    for number in range(4):
        make_component(f"c{number}", commits=[("2026-10-05T10:00:00Z", {"x.py": "1\n"})])
    Component.objects.update(created_at=LONG_AGO)
    now = NOW + timedelta(minutes=37)
    for component in Component.objects.select_related("repository"):
        scheduling.slot_of(component, now)
    scheduling.queue_due(now)
    scheduling.queue_due(now + timedelta(seconds=30))
    triggers = list(Scan.objects.values_list("trigger", flat=True))
    assert len(triggers) == 4
    waits = [scan.not_before - now for scan in Scan.objects.exclude(not_before=None)]
    assert all(timedelta(0) <= wait <= timedelta(hours=1) for wait in waits)


def test_unreachable_repository_is_asked_once_a_day(old):
    Repository.objects.update(schedule=Repository.Schedule.HOURLY, state=Repository.State.UNREACHABLE)
    old = Component.objects.select_related("repository").get()
    slots = {scheduling.slot_of(old, NOW + timedelta(hours=hour)) for hour in range(25)}
    assert len(slots) == 2


# ---------------------------------------------------------------- leases


def running(component, attempt: int = 1, lease=timedelta(seconds=-1), **fields) -> Scan:
    return Scan.objects.create(
        component=component,
        repository=component.repository,
        due_at=NOW,
        status=Scan.Status.RUNNING,
        attempt=attempt,
        token=5,
        lease_until=timezone.now() + lease,
        **fields,
    )


def after(scan: Scan) -> tuple:
    scan.refresh_from_db()
    return scan.status, scan.attempt, scan.token


def test_live_lease_is_left_alone(component):
    scan = running(component, lease=timedelta(seconds=30))
    scheduling.reconcile()
    assert after(scan) == ("running", 1, 5)
    assert leasing.claim(scan.pk) is None


def test_silent_scan_goes_back_to_the_queue_under_a_new_token(component):
    scan = running(component)
    scheduling.reconcile()
    assert after(scan) == ("queued", 1, 6)
    assert leasing.claim(scan.pk).attempt == 2


def test_silent_for_the_third_time_fails_and_marks_stale(component):
    scan = running(component, attempt=3)
    scheduling.reconcile()
    component.refresh_from_db()
    assert after(scan) == ("failed", 3, 6)
    assert (scan.reason, component.stale_reason) == ("It stopped unexpectedly 3 times.",) * 2


def test_silent_scan_that_was_cancelled_ends(component):
    scan = running(component, cancel_requested=True)
    scheduling.reconcile()
    assert after(scan) == ("cancelled", 1, 6)


def test_delayed_scan_is_not_to_be_had_before_its_time(component):
    scan = scanning.queue(component, not_before=timezone.now() + timedelta(minutes=5))
    assert leasing.claim(scan.pk) is None


def test_claim_is_had_once(component):
    scan = scanning.queue(component)
    assert leasing.claim(scan.pk).token == 1
    assert leasing.claim(scan.pk) is None


def test_second_component_of_a_running_repository_waits(make_component):
    commits = [("2026-10-05T10:00:00Z", {"a/x.py": "1\n", "b/x.py": "1\n"})]
    first = scanning.queue(make_component("mono", commits, path="a"))
    second = scanning.queue(make_component("mono", (), path="b"))
    assert leasing.claim(first.pk) is not None
    assert leasing.claim(second.pk) is None
    second.refresh_from_db()
    assert second.status == "queued"


def test_late_report_is_refused(component):
    scan = leasing.claim(scanning.queue(component).pk)
    Scan.objects.update(token=2)
    lease = leasing.Lease(scan)
    with pytest.raises(leasing.Lost):
        lease.report(files_done=1)
    assert (lease.should_stop(), Scan.objects.get().files_done) == (True, 0)


def test_cancel_reaches_the_one_who_runs_it(component):
    scan = leasing.claim(scanning.queue(component).pk)
    scanning.cancel(scan)
    lease = leasing.Lease(scan)
    lease.report()
    assert lease.cancelled.is_set()


def test_cancelled_scan_keeps_what_it_stored(component, monkeypatch):
    from debtboard.domain.past import Past

    store = Past._store

    def store_and_cancel(self, measured):
        store(self, measured)
        scanning.cancel(self._scan)
        self._lease.report()

    monkeypatch.setattr(Past, "_store", store_and_cancel)
    scan = scanning.queue(component, weeks=8, due_at=datetime(2026, 11, 16, 9, tzinfo=UTC))
    scanning.run(scan.pk)
    scan.refresh_from_db()
    assert (scan.status, component.snapshots.count()) == ("cancelled", 2)
    monkeypatch.undo()
    again = scanning.retry(scan)
    scanning.run(again.pk)
    assert component.snapshots.filter(backfilled=True).count() == 6


def test_reconciler_leaves_its_pulse():
    scheduling.reconcile()
    assert timezone.now() - Pulse.objects.get(name="scheduler").at < timedelta(seconds=5)


def test_scan_asked_for_again_in_the_same_second_is_another_one(component, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    first = scanning.queue(component)
    Scan.objects.update(status="done")
    second = scanning.queue(component)
    assert (second.status, second.due_at) == ("queued", NOW + timedelta(seconds=1))
    assert scanning.queue(component).pk == second.pk != first.pk


def test_slot_that_was_met_is_not_met_again(component):
    first = scanning.queue(component, due_at=NOW)
    Scan.objects.update(status="done")
    assert scanning.queue(component, due_at=NOW).pk == first.pk
