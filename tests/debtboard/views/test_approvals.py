"""Where a lead asks for excludes and a profile, and another team's lead answers."""

import pytest
from django.utils import timezone

from debtboard.domain import access
from debtboard.domain.deciding import ALONE
from debtboard.domain.queries import approvals
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


# ---------------------------------------------------------------- what an answer may be, and what waits for whom


def said(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


@pytest.mark.parametrize("answer", [{}, {"answer": ""}, {"answer": "maybe"}])
def test_answer_that_is_none_decides_nothing(client, board, wish, outsider, answer):
    client.force_login(outsider)
    assert client.post(f"/settings/approvals/{wish.pk}/decide/", answer).status_code == 400
    wish.refresh_from_db()
    assert wish.state == "asked"


def test_wish_that_ends_while_somebody_decides_is_said(client, board, wish, outsider, monkeypatch):
    client.force_login(outsider)
    real = access.approval

    def withdrawn_meanwhile(*arguments):
        found = real(*arguments)
        Approval.objects.all().delete()
        return found

    monkeypatch.setattr(access, "approval", withdrawn_meanwhile)
    answer = client.post(f"/settings/approvals/{wish.pk}/decide/", {"answer": "approve"}, follow=True)
    assert (answer.status_code, said(answer)) == (200, ["It is asked for no more: somebody withdrew it just now."])


def test_pattern_is_said_as_it_is_written_and_visible(client, board, wish, outsider):
    Approval.objects.update(what="Third\u202eParty/**")
    client.force_login(outsider)
    answer = client.post(f"/settings/approvals/{wish.pk}/decide/", {"answer": "reject"}, follow=True)
    assert said(answer) == [f"Exclude Third⟨U+202E⟩Party/** of {wish.component.name} is rejected."]


def test_wishes_that_wait_for_others_hide_none_that_wait_for_this_person(board, outsider):
    ada = Person.objects.create_superuser("ada", password="a long password")
    Membership.objects.create(person=ada, team=board.teams[0], role=Role.LEAD)
    for number in range(approvals.WAITING_SHOWN):
        Approval.objects.create(
            component=board.components[0], kind="exclude", what=f"{number}/**", asked_by=board.alice
        )
    other = next(part for part in board.components if part.periods.filter(team=board.teams[1]).exists())
    Approval.objects.create(component=other, kind="exclude", what="theirs/**", asked_by=outsider)
    assert [row.what for row in approvals.waiting(ada, timezone.now())] == ["theirs/**"]


# ---------------------------------------------------------------- what is in force or waits already


def test_profile_in_force_is_refused_beside_its_field(client, board):
    component = board.components[0]
    Component.objects.filter(pk=component.pk).update(profile="library")
    client.force_login(board.alice)
    answer = client.post(f"/settings/components/{component.public_id}/", {"excludes": "", "profile": "library"})
    assert (answer.status_code, Approval.objects.count()) == (422, 0)
    assert "It is scored as library already: nothing is asked." in answer.content.decode()


def test_wish_that_waits_is_not_asked_for_again(client, board, wish):
    client.force_login(board.alice)
    answer = client.post(f"/settings/components/{wish.component.public_id}/", {"excludes": wish.what, "profile": ""})
    assert answer.status_code == 422
    assert "All of it waits or counts already: nothing is asked." in answer.content.decode()


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
