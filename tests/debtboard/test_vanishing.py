"""A worker that goes silent: what was approved since it read the settings is scanned next, and nothing twice."""

from datetime import UTC, datetime

import pytest

from debtboard.domain import approving, leasing, measuring, retiring, scanning, scheduling
from debtboard.models import Scan

pytestmark = pytest.mark.django_db(transaction=True)


def vanished(component, alice, charlie, **fields: object) -> Scan:
    """A scan whose worker went silent after it had read the settings, and a profile approved since then."""
    approving.ask(component, alice, (), "prototype")
    scan = scanning.queue(component, due_at=datetime(2026, 11, 17, 9, tzinfo=UTC))
    read = measuring.inputs_of(component).digest
    Scan.objects.filter(pk=scan.pk).update(
        status="running", inputs=read, lease_until="2026-01-01T00:00:00Z", weeks=5, **fields
    )
    approving.decide(component.approvals.get(), charlie, approve=True)
    return scan


def ends(scan: Scan) -> tuple[str, list[tuple[str, int]]]:
    """(its own status, those of the scans after it with the past that they go for), once the reconciler was there."""
    scheduling.reconcile()
    scan.refresh_from_db()
    after = Scan.objects.filter(component=scan.component, pk__gt=scan.pk)
    return scan.status, list(after.values_list("status", "weeks"))


def test_worker_that_vanishes_without_a_change_of_settings_queues_nothing(component, alice):
    for fields in ({"attempt": leasing.MAX_ATTEMPTS}, {"attempt": 1, "cancel_requested": True}):
        scan = scanning.queue(component)
        read = measuring.inputs_of(component).digest
        Scan.objects.filter(pk=scan.pk).update(
            status="running", inputs=read, lease_until="2026-01-01T00:00:00Z", **fields
        )
        assert ends(scan)[1] == []


def test_worker_that_vanishes_before_it_read_any_settings_queues_nothing(component, alice, charlie):
    """Else a scan that kills each worker at once would be followed by another without end."""
    scan = vanished(component, alice, charlie, attempt=leasing.MAX_ATTEMPTS)
    Scan.objects.update(inputs="")
    assert ends(scan) == ("failed", [])


def test_retired_component_is_not_followed_up(component, alice, charlie):
    scan = vanished(component, alice, charlie, attempt=1)
    retiring.retire(component, alice)
    assert ends(scan) == ("cancelled", [])


def test_approval_during_a_scan_whose_worker_vanishes_for_good_is_scanned_next(component, alice, charlie):
    scan = vanished(component, alice, charlie, attempt=leasing.MAX_ATTEMPTS)
    assert ends(scan) == ("failed", [("queued", 5)])
    assert ends(scan) == ("failed", [("queued", 5)])


def test_approval_during_a_cancelled_scan_whose_worker_vanishes_is_scanned_next(component, alice, charlie):
    scan = vanished(component, alice, charlie, attempt=1)
    scanning.cancel(scan, alice)
    assert ends(scan) == ("cancelled", [("queued", 5)])
    assert scan.finished_at is not None


def test_approval_while_a_cancelled_scan_stops_waits_for_nobody(component, alice, charlie):
    scan = vanished(component, alice, charlie, attempt=1, cancel_requested=True)
    assert Scan.objects.filter(component=component, status="queued").count() == 1
    assert ends(scan) == ("cancelled", [("queued", component.repository.history_weeks)])


def test_scan_that_is_tried_again_reads_the_new_settings_itself(component, alice, charlie):
    scan = vanished(component, alice, charlie, attempt=1)
    assert ends(scan) == ("queued", [])
    scanning.run(scan.pk)
    scan.refresh_from_db()
    assert (scan.status, scan.inputs) == ("done", measuring.inputs_of(component).digest)
