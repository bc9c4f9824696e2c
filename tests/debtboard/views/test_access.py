"""Alice leads, Bob is a member of the first team, Charlie is a stranger: every address, every verb."""

import pytest

from debtboard.models import Finding, Membership, Role, Scan
from tests.debtboard.factories import SHAPES

PAGES = (
    "/",
    "/figure/findings-open.json",
    "/teams/{team}/",
    "/teams/{team}/weeks/rubric/",
    "/teams/{team}/figure/rubric.json",
    "/components/{component}/",
    "/components/{component}/progress/",
    "/components/{component}/findings/",
    "/components/{component}/debts/glue-code/",
    "/components/{component}/opened/litmus-newcomer-speed/",
    "/components/{component}/opened/rubric/",
    "/components/{component}/weeks/rubric/",
    "/components/{component}/figure/rubric.json",
    "/components/{component}/figure/glue-code.json",
    "/components/{component}/figure/findings-open.json",
    "/findings/{finding}/",
    "/findings/{finding}/blame/",
    "/scans/",
    "/settings/",
    "/settings/components/{component}/",
    "/catalogue/",
    "/catalogue/glue-code/",
    "/catalogue/litmus-newcomer-speed/",
    "/catalogue/data-1/",
    "/catalogue/bp-01-interpretability/",
)
NOUNS = [address for address in PAGES if "{" in address]
VERBS = ("/components/{component}/scan/", "/scans/{scan}/cancel/", "/scans/{scan}/retry/")


@pytest.fixture
def board(make_board):
    """One component of each of the first two teams, and one that waits for its first scan."""
    return make_board([SHAPES[0], SHAPES[3], SHAPES[7]], weeks=3)


@pytest.fixture
def named(board):
    """Addresses of the first team's things."""
    component = board.components[0]
    return {
        "team": board.teams[0].slug,
        "component": component.public_id,
        "finding": Finding.objects.filter(component=component).first().public_id,
        "scan": Scan.objects.filter(component=component).first().pk,
    }


@pytest.mark.parametrize("address", PAGES)
def test_page_sends_a_visitor_to_sign_in(client, named, address):
    answer = client.get(address.format(**named))
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize("address", NOUNS)
def test_page_is_unknown_to_a_stranger(client, board, named, address):
    client.force_login(board.charlie)
    assert client.get(address.format(**named)).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_page_opens_for_lead_and_member(client, board, named, address):
    for person in (board.alice, board.bob):
        client.force_login(person)
        assert client.get(address.format(**named)).status_code == 200


def test_lists_are_empty_for_a_stranger(client, board):
    client.force_login(board.charlie)
    for address in ("/", "/scans/", "/settings/"):
        text = client.get(address).content.decode()
        assert [component.name for component in board.components if component.name in text] == []


def test_member_sees_nothing_of_another_team(client, board):
    client.force_login(board.bob)
    assert client.get(f"/components/{board.components[1].public_id}/").status_code == 404
    assert "home-ranker" not in client.get("/").content.decode()


@pytest.mark.parametrize("verb", VERBS)
def test_verb_is_unknown_to_a_stranger_and_refused_to_a_viewer(client, board, named, verb):
    client.force_login(board.charlie)
    assert client.post(verb.format(**named)).status_code == 404
    Membership.objects.create(person=board.charlie, team=board.teams[0], role=Role.VIEWER)
    assert client.post(verb.format(**named)).status_code == 403


@pytest.mark.parametrize("verb", VERBS)
def test_verb_needs_post(client, board, named, verb):
    client.force_login(board.alice)
    assert client.get(verb.format(**named)).status_code == 405


def test_member_asks_for_a_scan_once(client, board, named):
    client.force_login(board.bob)
    for _ in range(2):
        assert client.post(f"/components/{named['component']}/scan/").status_code == 302
    assert Scan.objects.filter(component=board.components[0], status=Scan.Status.QUEUED).count() == 1


def test_queued_scan_is_cancelled_and_asked_for_again(client, board):
    client.force_login(board.alice)
    scan = Scan.objects.get(component=board.components[-1])
    client.post(f"/scans/{scan.pk}/cancel/")
    scan.refresh_from_db()
    assert scan.status == Scan.Status.CANCELLED
    client.post(f"/scans/{scan.pk}/retry/")
    assert Scan.objects.filter(component=board.components[-1], status=Scan.Status.QUEUED).count() == 1


def test_register_is_refused_to_who_keeps_no_team(client, board):
    client.force_login(board.bob)
    assert client.get("/settings/repositories/new/").status_code == 403
    assert client.get("/settings/repositories/import/").status_code == 403


def test_component_page_offers_a_scan_to_those_who_may_and_its_settings_to_all(client, board, named):
    address, scan = f"/components/{named['component']}/", f'action="/components/{named["component"]}/scan/"'
    Membership.objects.create(person=board.charlie, team=board.teams[0], role=Role.VIEWER)
    offered = {}
    for person in (board.alice, board.bob, board.charlie):
        client.force_login(person)
        text = client.get(address).content.decode()
        offered[person.username] = (scan in text, f'href="/settings/components/{named["component"]}/"' in text)
    assert offered == {"alice": (True, True), "bob": (True, True), "charlie": (False, True)}
