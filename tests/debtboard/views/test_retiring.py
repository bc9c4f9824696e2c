"""A lead retires a component on its settings page: it leaves every list, and its pages say what became of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from debtboard.domain import retiring
from debtboard.domain.queries import team as query
from debtboard.models import Component, Finding, Membership, Role, Scan
from tests.debtboard.factories import NOW
from tests.debtboard.views.test_states import text_of

READ = (
    "/components/{}/",
    "/components/{}/findings/",
    "/components/{}/debts/glue-code/",
    "/components/{}/opened/rubric/",
    "/components/{}/weeks/rubric/",
    "/settings/components/{}/",
)
WRITTEN = ("keep", "retire")


@pytest.fixture
def kept(board):
    return board.components[0]


@pytest.fixture
def gone(board, kept):
    retiring.retire(kept, board.alice, "replaced by fraud-v4")
    return kept


def retire(client, component, reason="no longer used"):
    address = f"/settings/components/{component.public_id}/retire/"
    return client.post(address, {"retire-reason": reason}, follow=True)


def take_back(client, component):
    return client.post(f"/settings/components/{component.public_id}/take-back/", follow=True)


def is_retired(component) -> bool:
    return Component.objects.get(pk=component.pk).retired_at is not None


@pytest.mark.parametrize(("name", "status"), [("charlie", 404), ("bob", 403)])
def test_stranger_and_member_retire_nothing_and_take_nothing_back(client, board, kept, name, status):
    client.force_login(getattr(board, name))
    assert (retire(client, kept).status_code, is_retired(kept)) == (status, False)
    retiring.retire(kept, board.alice)
    assert (take_back(client, kept).status_code, is_retired(kept)) == (status, True)


def test_verbs_need_post(as_alice, kept):
    for verb in ("retire", "take-back"):
        assert as_alice.get(f"/settings/components/{kept.public_id}/{verb}/").status_code == 405


def test_reason_that_can_not_be_shown_is_refused_beside_its_field(as_alice, kept):
    answer = retire(as_alice, kept, "a\u202eb")
    assert (answer.status_code, is_retired(kept)) == (422, False)
    assert "A reason has at most 500 printable letters: shorten it." in text_of(answer)
    assert 'href="#retire"' in answer.content.decode()


def test_retired_component_takes_no_change(as_alice, gone):
    address = f"/settings/components/{gone.public_id}/"
    for verb in WRITTEN:
        assert as_alice.post(f"{address}{verb}/", {"keep-name": "x", "keep-schedule": "off"}).status_code == 403
    assert as_alice.post(address, {"excludes": "a/**"}).status_code == 403
    assert as_alice.post(f"/components/{gone.public_id}/scan/").status_code == 403
    text = as_alice.get(address).content.decode()
    assert ("Take it back" in text, "Name and schedule" in text, "Ask for more" in text) == (True, False, False)


def test_member_reads_and_is_offered_nothing(client, board, gone):
    client.force_login(board.bob)
    for address in READ:
        text = client.get(address.format(gone.public_id)).content.decode()
        assert ("Take it back" in text, "Scan now" in text) == (False, False)


@pytest.mark.parametrize("address", READ)
def test_its_pages_stay_and_say_so(as_alice, gone, address):
    text = text_of(as_alice.get(address.format(gone.public_id)))
    assert "etired" in text
    assert "22 Nov" in text


def test_its_page_says_who_when_and_why_first(as_alice, gone):
    text = text_of(as_alice.get(f"/components/{gone.public_id}/"))
    assert "Retired on 22 Nov by alice: replaced by fraud-v4. It is not scanned any more" in text
    finding = Finding.objects.filter(component=gone).first()
    assert "retired 22 Nov" in text_of(as_alice.get(f"/findings/{finding.public_id}/"))


def test_component_retired_before_its_first_scan_says_so(as_alice, board):
    unread = board.components[-1]
    retire(as_alice, unread, "")
    text = text_of(as_alice.get(f"/components/{unread.public_id}/"))
    assert ("Retired on 22 Nov by alice." in text, "it was retired before it was read" in text) == (True, True)
    assert not Scan.objects.filter(component=unread, status__in=Scan.OPEN).exists()


def test_it_leaves_the_portfolio_and_stands_retired_in_settings_and_team(as_alice, board, kept):
    Membership.objects.create(person=board.charlie, team=board.teams[0], role=Role.VIEWER)
    answer = retire(as_alice, kept, "replaced by fraud-v4")
    assert "fraud-scoring is retired." in text_of(answer)
    assert "fraud-scoring" not in text_of(as_alice.get("/"))
    assert "Retired, and counted in no week since: fraud-scoring (22 Nov)." in text_of(as_alice.get("/teams/team-0/"))
    as_alice.force_login(board.charlie)
    settings = text_of(as_alice.get("/settings/"))
    assert "fraud-scoring Payments risk 22 Nov alice replaced by fraud-v4 Settings" in settings
    assert "fraud-scoring" in text_of(as_alice.get("/scans/"))


def test_retired_scan_is_not_offered_again(as_alice, board, gone):
    Scan.objects.filter(component=gone).update(status="failed", finished_at=NOW)
    assert f"again-{Scan.objects.filter(component=gone).first().pk}" not in as_alice.get("/scans/").content.decode()


def numbers(board) -> list[tuple[object, object]]:
    line = query.line_of(board.teams[0], "litmus-newcomer-speed", timezone.now(), 8)
    return [(point.week, point.value) for point in line.points]


def test_past_weeks_of_the_team_stay_and_this_one_is_without_it(board, kept):
    before = numbers(board)
    retiring.retire(kept, board.alice)
    after = numbers(board)
    assert after[:-1] == before[:-1]
    assert after[-1] != before[-1]


def test_component_retired_long_ago_counts_until_then(board, kept):
    before = numbers(board)
    Component.objects.filter(pk=kept.pk).update(retired_at=NOW - timedelta(weeks=3))
    assert [old == new for old, new in zip(before, numbers(board), strict=True)] == [True] * 4 + [False] * 4


def test_lead_takes_it_back(as_alice, board, gone):
    answer = take_back(as_alice, gone)
    assert "fraud-scoring is back, and a scan of it is queued." in text_of(answer)
    assert (is_retired(gone), gone.scans.filter(status="queued").count()) == (False, 1)
    assert "Retired" not in text_of(as_alice.get("/settings/"))
    assert "It is not retired any more" in text_of(take_back(as_alice, gone))


def queries_of(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_retired_ones_cost_the_same_however_many(as_alice, board, gone):
    once = [queries_of(as_alice, address) for address in ("/settings/", f"/components/{gone.public_id}/")]
    for component in board.components[1:3]:
        retiring.retire(component, board.alice)
    assert [queries_of(as_alice, address) for address in ("/settings/", f"/components/{gone.public_id}/")] == once
    assert once == [10, 10]
