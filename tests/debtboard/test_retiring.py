"""A retired component is scanned no more and nothing of it is lost; it comes back with the weeks that it missed."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from debtboard.domain import access, approving, registering, retiring, scanning, scheduling
from debtboard.domain.refusals import Refused
from debtboard.domain.registering import Registration
from debtboard.models import AuditEvent, Scan, Snapshot

pytestmark = pytest.mark.django_db

LATER = datetime(2027, 1, 4, 12, tzinfo=UTC)


@pytest.fixture
def retired(component, alice):
    retiring.retire(component, alice, "replaced by fraud-v4")
    return component


def state_of(scan: Scan) -> tuple[str, bool]:
    return Scan.objects.values_list("status", "cancel_requested").get(pk=scan.pk)


def test_second_time_is_refused(retired, alice):
    with pytest.raises(Refused, match="It is retired already"):
        retiring.retire(retired, alice)
    assert AuditEvent.objects.filter(action=retiring.RETIRED).count() == 1


@pytest.mark.parametrize("reason", ["x" * 501, "a\u202eb"])
def test_reason_that_can_not_be_shown_is_refused(component, alice, reason):
    with pytest.raises(Refused) as refused:
        retiring.retire(component, alice, reason)
    component.refresh_from_db()
    assert (refused.value.field, component.retired_at) == ("reason", None)


def test_what_is_not_retired_is_not_taken_back(component, alice):
    with pytest.raises(Refused, match="It is not retired any more"):
        retiring.take_back(component, alice)
    assert not Scan.objects.exists()


def test_retired_component_is_not_scanned(retired, alice):
    with pytest.raises(scanning.NotPossible, match="The component is retired: take it back first"):
        scanning.queue(retired, by=alice)
    scheduling.queue_due(LATER)
    assert not Scan.objects.exists()


def test_retired_in_the_moment_of_its_slot_holds_up_no_other(make_component, alice, monkeypatch):
    first, second = make_component("first"), make_component("second")
    due = scheduling._scheduled()
    monkeypatch.setattr(scheduling, "_scheduled", lambda: due)
    retiring.retire(first, alice)
    scheduling.queue_due(LATER)
    assert list(Scan.objects.values_list("component", flat=True)) == [second.pk]


def test_wish_of_a_retired_component_is_not_decided(component, alice, charlie):
    approving.ask(component, alice, ("train.py",))
    wish = component.approvals.get()
    retiring.retire(component, alice)
    with pytest.raises(Refused, match="The component is retired: take it back first"):
        approving.decide(wish, charlie, approve=True)
    assert component.approvals.get().state == "asked"


def test_registering_again_says_that_it_is_retired(alice, team, repository_of):
    wanted = Registration(address=str(repository_of()), team=team)
    retiring.retire(registering.register(wanted, alice), alice)
    with pytest.raises(Refused) as refused:
        registering.register(wanted, alice)
    said = "It is registered already, as churn, and retired: take it back in its settings."
    assert (str(refused.value), refused.value.field) == (said, "address")


def test_nobody_writes_and_its_team_reads(retired, alice, bob):
    assert access.component(alice, retired.public_id) == (retired, False)
    assert access.component(bob, retired.public_id) == (retired, False)
    assert (access.may_keep_component(alice, retired), access.may_retire(alice, retired)) == (False, True)
    assert access.may_retire(bob, retired) is False


def test_waiting_scan_is_cancelled_at_once_and_a_running_one_asked_to_stop(make_component, alice):
    waiting, running = make_component("waiting"), make_component("running")
    scans = [scanning.queue(waiting), scanning.queue(running)]
    Scan.objects.filter(pk=scans[1].pk).update(status="running")
    for component in (waiting, running):
        retiring.retire(component, alice)
    assert [state_of(scan) for scan in scans] == [("cancelled", False), ("running", True)]


def test_taken_back_while_its_scan_stops_is_scanned_again(component, alice):
    stopping = scanning.queue(component)
    Scan.objects.update(status="running")
    retiring.retire(component, alice)
    retiring.take_back(component, alice)
    follows = Scan.objects.exclude(pk=stopping.pk).get()
    assert (state_of(stopping), follows.status) == (("running", True), "queued")


def test_everything_stays_and_the_weeks_missed_are_read_when_it_comes_back(scanned, alice, run_scan):
    before = list(Snapshot.objects.order_by("pk").values_list("pk", "week", "week_latest"))
    retiring.retire(scanned, alice)
    assert list(Snapshot.objects.order_by("pk").values_list("pk", "week", "week_latest")) == before
    retiring.take_back(scanned, alice)
    queued = Scan.objects.get(status="queued")
    assert (queued.weeks, queued.requested_by) == (scanned.repository.history_weeks, alice)
    Scan.objects.filter(pk=queued.pk).update(due_at="2026-12-07T09:00:00Z")
    scanning.run(queued.pk)
    weeks = scanned.snapshots.filter(week_latest=True).order_by("week").values_list("week", flat=True)
    assert [str(week) for week in weeks][-4:] == ["2026-11-16", "2026-11-23", "2026-11-30", "2026-12-07"]


def test_who_and_when_are_kept(component, alice, bob, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    retiring.retire(component, alice, "  replaced   by fraud-v4 ")
    retiring.take_back(component, bob)
    events = AuditEvent.objects.filter(noun="component").order_by("pk").values_list("action", "actor", "detail", "at")
    assert list(events) == [
        ("component.retired", alice.pk, {"reason": "replaced by fraud-v4"}, LATER),
        ("component.taken-back", bob.pk, {}, LATER),
    ]
