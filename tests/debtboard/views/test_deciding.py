"""What the answer to a wish may be, what is said of it, and which wishes are put before whom."""

import pytest
from django.utils import timezone

from debtboard.domain import access
from debtboard.domain.queries import approvals
from debtboard.models import Approval, Component, Membership, Person, Role
from tests.debtboard.factories import SHAPES


@pytest.fixture
def board(make_board):
    """Alice leads both teams."""
    return make_board([SHAPES[0], SHAPES[3]], weeks=3)


@pytest.fixture
def outsider(board):
    """Leads the second team alone."""
    dora = Person.objects.create_user("dora", password="a long password")
    Membership.objects.create(person=dora, team=board.teams[1], role=Role.LEAD)
    return dora


@pytest.fixture
def wish(board):
    """Of the first team's component."""
    return Approval.objects.create(
        component=board.components[0], kind="exclude", what="vendor_x/**", asked_by=board.alice
    )


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


def said(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


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
