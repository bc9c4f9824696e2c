"""What pages say of the past that is read, that is left unread, and of the scans that read it."""

import re

import pytest

from debtboard.models import Ruler, Scan, Snapshot
from tests.debtboard import factories
from tests.debtboard.answers import Shape
from tests.debtboard.views.test_states import text_of


def test_one_week_is_no_line(client, make_board):
    made = make_board(shapes=(Shape("young", 0),), weeks=1)
    client.force_login(made.alice)
    page = client.get(f"/components/{made.components[0].public_id}/")
    assert "One week so far." in text_of(page)
    assert "db-plot" not in page.content.decode()
    assert "1 weeks" not in text_of(page)


@pytest.mark.parametrize(
    ("status", "done", "said"),
    [
        ("cancelled", 66, "66 of 104 weeks are read, the newest first. Cancelled. Scan again to read the rest."),
        ("partial", 104, "Some weeks of the past could not be read whole. Cancelled. Scan again to read the rest."),
        ("done", 66, ""),
        ("failed", 66, ""),
    ],
)
def test_past_that_was_left_unread_is_told_with_a_way_on(as_alice, board, status, done, said):
    component = board.components[0]
    last = Scan.objects.filter(component=component).first()
    Scan.objects.filter(component=component).exclude(pk=last.pk).update(weeks=1)
    Scan.objects.filter(pk=last.pk).update(
        status=status, reason="Cancelled.", weeks=104, weeks_done=done, weeks_total=104
    )
    page = as_alice.get(f"/components/{component.public_id}/")
    assert (said in text_of(page), f"/scans/{last.pk}/retry/" in page.content.decode()) == (True, bool(said))


def test_scan_is_not_offered_while_one_is_under_way(as_alice, board):
    scanned, waiting = board.components[0], board.components[-1]
    pages = [as_alice.get(f"/components/{one.public_id}/").content.decode() for one in (scanned, waiting)]
    assert [">Scan now</button>" in page for page in pages] == [True, False]


def test_scans_name_what_failed_in_the_last_day(as_alice, board):
    Scan.objects.filter(status="failed").update(finished_at=None)
    assert "No scans failed in the last day." in text_of(as_alice.get("/scans/"))
    Scan.objects.filter(component__in=board.components[:5]).update(status="failed", finished_at=factories.NOW)
    text = text_of(as_alice.get("/scans/"))
    assert re.search(r"scans failed in the last day: [\w-]+, [\w-]+, [\w-]+ and 2 others\. The reason", text)


def test_ruler_of_the_same_version_and_another_hash_is_another_ruler(client, make_board):
    made = make_board(shapes=(Shape("young", 0),), weeks=22)
    client.force_login(made.alice)
    new = made.components[0].current.ruler
    old = Ruler.objects.create(version=new.version, hash="0" * 64)
    Snapshot.objects.filter(week__lt=factories.NOW.date() - factories.timedelta(weeks=2)).update(ruler=old)
    said = f"ruler {new.version}, hash {new.hash[:8]}"
    assert "its ruler is new" in text_of(client.get("/"))
    page = client.get(f"/components/{made.components[0].public_id}/").content.decode()
    assert f"{said} begins in W" in page
    assert f"<span>Ruler {new.version}</span>" in client.get("/").content.decode()
