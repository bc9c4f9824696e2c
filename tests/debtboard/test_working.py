"""From a row to a snapshot through the real broker and a real worker."""

import pytest

from debtboard.domain import scanning
from debtboard.models import Scan
from tests.processes import until


def ended(scan: Scan) -> bool:
    scan.refresh_from_db()
    return scan.status not in Scan.OPEN


@pytest.mark.redis
def test_queued_scan_is_taken_and_stored(worker, component):
    scan = scanning.queue(component, weeks=3)
    until(lambda: ended(scan))
    component.refresh_from_db()
    assert (scan.status, scan.weeks_done, scan.snapshot_id) == (
        Scan.Status.DONE,
        scan.weeks_total,
        component.current_id,
    )
    assert scan.worker
