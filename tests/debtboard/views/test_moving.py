"""A lead hands a component over on its settings page, and a lead of the other team takes it on theirs."""

import pytest
from django.utils import timezone

from debtboard.domain.queries import team as query
from debtboard.models import ComponentTeam, Membership, Person, Role
from tests.debtboard.views.test_states import text_of


@pytest.fixture
def kept(board):
    return board.components[0]


@pytest.fixture
def lead(board):
    """Leads the first team alone."""
    return person(board, "erik", 0)


@pytest.fixture
def outsider(board):
    """Leads the second team alone."""
    return person(board, "dora", 1)


def person(board, name: str, team: int) -> Person:
    made = Person.objects.create_user(name, password="a long password")
    Membership.objects.create(person=made, team=board.teams[team], role=Role.LEAD)
    return made


def hand_over(client, component, team="Trust and safety"):
    return client.post(f"/settings/components/{component.public_id}/team/", {"team-team": team}, follow=True)


def answer(client, component, said: str):
    row = component.approvals.get()
    return client.post(f"/settings/approvals/{row.pk}/decide/", {"answer": said, "reason": "why"}, follow=True)


def team_of(component) -> str:
    return ComponentTeam.objects.values_list("team__slug", flat=True).get(component=component, until=None)


@pytest.mark.parametrize(("name", "status"), [("charlie", 404), ("bob", 403)])
def test_stranger_and_member_hand_nothing_over(client, board, kept, name, status):
    client.force_login(getattr(board, name))
    assert (hand_over(client, kept).status_code, kept.approvals.count()) == (status, 0)
    if name == "bob":
        assert "Hand it over" not in text_of(client.get(f"/settings/components/{kept.public_id}/"))


def test_team_that_is_not_there_is_said_beside_its_field(client, kept, lead):
    client.force_login(lead)
    said = hand_over(client, kept, "Trust & safety")
    assert (said.status_code, 'id="id_team-team_error"' in said.content.decode()) == (422, True)
    assert "There is no team of that name: check its spelling." in text_of(said)


def test_teams_that_one_is_not_in_are_not_listed(client, kept, lead):
    client.force_login(lead)
    text = client.get(f"/settings/components/{kept.public_id}/").content.decode()
    assert ("Trust and safety" in text, "Search quality" in text) == (False, False)


def test_lead_of_the_team_is_offered_to_withdraw_and_not_to_approve(client, kept, lead, outsider):
    client.force_login(lead)
    said = hand_over(client, kept)
    assert "It is asked for, and waits until somebody of Trust and safety takes it." in text_of(said)
    text = said.content.decode()
    assert ('value="approve"' in text, "Withdraw" in text) == (False, True)
    assert "Is to go to Trust and safety; not taken yet." in text_of(client.get(f"/components/{kept.public_id}/"))
    assert answer(client, kept, "approve").status_code == 403
    client.post(f"/settings/approvals/{kept.approvals.get().pk}/withdraw/")
    assert (kept.approvals.count(), team_of(kept)) == (0, "team-0")


def test_lead_of_the_other_team_looks_at_it_and_takes_it(client, board, kept, lead, outsider):
    client.force_login(lead)
    hand_over(client, kept)
    client.force_login(outsider)
    listed = client.get("/settings/")
    assert "move to Trust and safety fraud-scoring , Payments risk" in text_of(listed)
    assert f'href="/components/{kept.public_id}/"' in listed.content.decode()
    assert client.get(f"/components/{kept.public_id}/").status_code == 200
    assert client.post(f"/components/{kept.public_id}/scan/").status_code == 403
    assert "Move to Trust and safety of fraud-scoring is approved." in text_of(answer(client, kept, "approve"))
    assert team_of(kept) == "team-1"
    client.force_login(lead)
    assert client.get(f"/components/{kept.public_id}/").status_code == 404


def test_what_is_not_taken_says_why_to_who_asked(client, kept, lead, outsider):
    client.force_login(lead)
    hand_over(client, kept)
    client.force_login(outsider)
    answer(client, kept, "reject")
    client.force_login(lead)
    assert "rejected dora, 22 Nov: why" in text_of(client.get(f"/settings/components/{kept.public_id}/"))
    assert team_of(kept) == "team-0"


def test_lead_of_both_teams_hands_it_over_at_once(as_alice, kept):
    said = hand_over(as_alice, kept)
    assert "fraud-scoring belongs to Trust and safety from this week on." in text_of(said)
    assert team_of(kept) == "team-1"


def test_weeks_before_stay_with_the_team_that_had_it(as_alice, board, kept):
    def numbers(team: int) -> list[object]:
        line = query.line_of(board.teams[team], "litmus-newcomer-speed", timezone.now(), 8)
        return [point.value for point in line.points]

    before = [numbers(team) for team in (0, 1)]
    hand_over(as_alice, kept)
    after = [numbers(team) for team in (0, 1)]
    assert [old[:-1] for old in before] == [new[:-1] for new in after]
    assert all(old[-1] != new[-1] for old, new in zip(before, after, strict=True))
    assert "components that came or left" in text_of(as_alice.get("/teams/team-1/?line=litmus-newcomer-speed"))
