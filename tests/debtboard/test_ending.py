"""A scan's failure and the stale mark of its component are one transaction: no page shows one without the other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from debtboard.domain import leasing, scanning, scheduling
from debtboard.models import Scan

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
