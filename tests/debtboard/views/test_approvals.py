"""Where a lead asks for excludes and a profile, and another team's lead answers."""

import pytest

from debtboard.domain.deciding import ALONE
from debtboard.models import Approval, Component, Membership, Person, Role, Snapshot
from tests.debtboard.factories import SHAPES


@pytest.fixture
def board(make_board):
    """Alice leads both teams; the component is the first team's."""
    return make_board([SHAPES[0], SHAPES[3]], weeks=3)


@pytest.fixture
def outsider(board):
    """Leads the second team alone."""
    dora = Person.objects.create_user("dora", password="a long password")
    Membership.objects.create(person=dora, team=board.teams[1], role=Role.LEAD)
    return dora


@pytest.fixture
def wish(board):
    return Approval.objects.create(
        component=board.components[0], kind="exclude", what="vendor_x/**", asked_by=board.alice
    )


def test_verbs_are_unknown_to_a_stranger(client, board, wish):
    client.force_login(board.charlie)
    for verb in ("decide", "withdraw"):
        assert client.post(f"/settings/approvals/{wish.pk}/{verb}/", {"answer": "approve"}).status_code == 404


def test_verbs_are_refused_to_a_member_and_need_post(client, board, wish, outsider):
    client.force_login(board.bob)
    for verb in ("decide", "withdraw"):
        address = f"/settings/approvals/{wish.pk}/{verb}/"
        assert (client.post(address, {"answer": "approve"}).status_code, client.get(address).status_code) == (403, 405)
    wish.refresh_from_db()
    assert wish.state == "asked"


def test_lead_of_the_team_may_not_approve_their_own(client, board, wish, outsider):
    client.force_login(board.alice)
    assert client.post(f"/settings/approvals/{wish.pk}/decide/", {"answer": "approve"}).status_code == 403
    text = client.get(f"/settings/components/{wish.component.public_id}/").content.decode()
    assert ("vendor_x/**" in text, 'value="approve"' in text, "Withdraw" in text) == (True, False, True)


def test_lead_of_another_team_finds_it_in_the_settings_and_approves(client, board, wish, outsider):
    client.force_login(outsider)
    text = client.get("/settings/").content.decode()
    assert ("Waiting for your word" in text, "vendor_x/**" in text, 'value="approve"' in text) == (True, True, True)
    answer = client.post(f"/settings/approvals/{wish.pk}/decide/", {"answer": "approve", "reason": "vendored"})
    assert (answer.status_code, answer.url) == (302, "/settings/")
    wish.refresh_from_db()
    assert (wish.state, wish.decided_by, wish.reason) == ("approved", outsider, "vendored")
    assert Component.objects.get(pk=wish.component_id).excludes == ["vendor_x/**"]
    assert "Waiting for your word" not in client.get("/settings/").content.decode()


def test_empty_wish_is_refused_beside_the_form(client, board):
    client.force_login(board.alice)
    answer = client.post(f"/settings/components/{board.components[0].public_id}/", {"excludes": " \n", "profile": ""})
    assert answer.status_code == 422
    assert "Give a pattern, or choose a profile." in answer.content.decode()


def test_bad_pattern_is_refused_beside_its_field(client, board):
    client.force_login(board.alice)
    address = f"/settings/components/{board.components[0].public_id}/"
    answer = client.post(address, {"excludes": "x" * 201, "profile": ""})
    assert answer.status_code == 422
    assert "one pattern a line" in answer.content.decode()


def test_member_may_not_ask(client, board):
    client.force_login(board.bob)
    address = f"/settings/components/{board.components[0].public_id}/"
    assert client.post(address, {"excludes": "a/**"}).status_code == 403
    assert "Ask for more" not in client.get(address).content.decode()


def test_wish_is_said_on_the_component_page_until_it_is_decided(client, board, outsider):
    client.force_login(board.alice)
    component = board.components[0]
    client.post(f"/settings/components/{component.public_id}/", {"excludes": "a/**\nb/**", "profile": "prototype"})
    text = client.get(f"/components/{component.public_id}/").content.decode()
    assert "Asks for the profile prototype and 2 excludes; not approved yet." in text
    assert "It is scored as production, and what is to be left out is unseen" in text
    component.approvals.update(state="approved")
    text = client.get(f"/components/{component.public_id}/").content.decode()
    assert "approve" not in text.partition("<main")[2].partition("What this rests on")[0]


def test_lead_withdraws(client, board, wish):
    client.force_login(board.alice)
    assert client.post(f"/settings/approvals/{wish.pk}/withdraw/").status_code == 302
    assert Approval.objects.count() == 0


def test_lists_cost_the_same_with_three(client, board, wish, outsider, django_assert_num_queries):
    client.force_login(outsider)
    for more in ((), ("a/**", "b/**")):
        for what in more:
            Approval.objects.create(component=board.components[0], kind="exclude", what=what, asked_by=board.alice)
        with django_assert_num_queries(11):
            client.get("/settings/")


# ---------------------------------------------------------------- an admin alone, and what a pattern matches


@pytest.fixture
def ada(board):
    """The only one who could approve anything."""
    Membership.objects.all().delete()
    return Person.objects.create_superuser("ada", password="ada has a long password")


def test_only_admin_is_told_that_it_counts_at_once(client, board, ada):
    client.force_login(ada)
    address = f"/settings/components/{board.components[0].public_id}/"
    assert "You are the only one here who can approve" in client.get(address).content.decode()
    assert "it counts at once" in client.get("/settings/repositories/new/").content.decode()
    text = client.post(address, {"excludes": "vendor_x/**"}, follow=True).content.decode()
    assert "It is approved by you alone, since nobody of another team is here to decide" in text


def test_lead_among_others_is_told_that_it_waits(client, board, outsider):
    client.force_login(board.alice)
    address = f"/settings/components/{board.components[0].public_id}/"
    text = client.post(address, {"excludes": "vendor_x/**"}, follow=True).content.decode()
    assert ("waits for approval" in text, "approved by you alone" in text) == (True, False)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("/srv/x/**", "is absolute"),
        ("..\\x", "holds a backslash"),
        ("!keep/**", "begins with !"),
        ("a/../b", "holds . or .. as a folder"),
        ("data[0/**", "never closed"),
    ],
)
def test_pattern_that_can_match_nothing_is_refused_beside_its_field(client, board, pattern, said):
    client.force_login(board.alice)
    address = f"/settings/components/{board.components[0].public_id}/"
    answer = client.post(address, {"excludes": pattern})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not Approval.objects.exists()


@pytest.mark.parametrize(("files", "said"), [(37, "37 of 120 files left out"), (60, "60 of 120 files left out")])
def test_files_left_out_are_told_on_component_and_portfolio(client, board, files, said):
    component = board.components[0]
    Snapshot.objects.filter(pk=component.current_id).update(files_left_out=files, files=120 - files)
    Component.objects.filter(pk=component.pk).update(excludes=["vendor_x/**"])
    Approval.objects.create(
        component=component, kind="exclude", what="vendor_x/**", state="approved", decided_by=board.alice, reason=ALONE
    )
    client.force_login(board.alice)
    page = client.get(f"/components/{component.public_id}/").content.decode()
    assert (f"{said} by settings" in page, ": half of it or more." in page) == (True, files == 60)
    assert "Approved by alice, who asked for it too" in page
    portfolio = client.get("/").content.decode()
    assert f"{said} by settings" in portfolio
