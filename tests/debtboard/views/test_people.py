"""The page of people is its admins' alone; the only way in that it gives is a link, once."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from debtboard.domain import entering
from debtboard.models import AuditEvent, Membership, Person, Role
from tests.debtboard.views.test_states import text_of

PEOPLE = "/settings/people/"
LINK = re.compile(r"http://testserver(/accounts/enter/[^<]+)<")


@pytest.fixture
def teams(board):
    return board.teams


@pytest.fixture
def admin(board, client):
    """Alice is admin of the first team alone, lead of the others, and signed in."""
    Membership.objects.filter(person=board.alice, team=board.teams[0]).update(role=Role.ADMIN)
    client.force_login(board.alice)
    return client


@pytest.fixture
def root(board):
    """Dora runs the organisation."""
    dora = Person.objects.create_superuser("dora", password="dora has a long password")
    client = Client()
    client.force_login(dora)
    return client


def role_of(person: Person, team) -> str | None:
    return Membership.objects.filter(person=person, team=team).values_list("role", flat=True).first()


def add(client, name: str, team, role: str = "member"):
    return client.post(PEOPLE, {"name": name, "team": team.pk, "role": role})


def verbs(membership: Membership) -> list[str]:
    return [
        f"{PEOPLE}{membership.person_id}/link/",
        f"{PEOPLE}roles/{membership.pk}/change/",
        f"{PEOPLE}roles/{membership.pk}/remove/",
    ]


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


@pytest.mark.parametrize("name", ["alice", "bob", "charlie"])
def test_page_is_unknown_to_lead_member_and_stranger(client, board, name):
    person = getattr(board, name)
    client.force_login(person)
    membership = Membership.objects.get(person=board.bob)
    assert client.get(PEOPLE).status_code == 404
    assert add(client, "eve", board.teams[0]).status_code == 404
    assert [client.post(verb).status_code for verb in verbs(membership)] == [404, 404, 404]
    assert (Person.objects.filter(username="eve").exists(), actions()) == (False, [])
    assert PEOPLE not in client.get("/settings/").content.decode()


def test_page_sends_a_visitor_to_sign_in(client, board):
    addresses = [PEOPLE, *verbs(Membership.objects.get(person=board.bob))]
    assert {client.post(address).url.partition("?")[0] for address in addresses} == {"/accounts/login/"}


def test_admin_of_one_team_neither_sees_nor_changes_another(admin, board, teams):
    theirs = Membership.objects.create(person=board.charlie, team=teams[1], role=Role.MEMBER)
    assert "charlie" not in admin.get(PEOPLE).content.decode()
    assert [admin.post(verb, {"role": "lead"}).status_code for verb in verbs(theirs)] == [404, 404, 404]
    answer = add(admin, "eve", teams[1])
    assert (answer.status_code, "Select a valid choice" in text_of(answer)) == (422, True)
    assert (role_of(board.charlie, teams[1]), actions()) == ("member", [])


@pytest.mark.parametrize("name", ["", "two words", "a@", "<b>", "x" * 151])
def test_name_that_can_not_be_one_is_refused_beside_it(admin, teams, name):
    before = Person.objects.count()
    answer = add(admin, name, teams[0])
    assert (answer.status_code, 'id="id_name_error"' in answer.content.decode()) == (422, True)
    assert Person.objects.count() == before


def test_unknown_role_is_refused(admin, board, teams):
    assert add(admin, "eve", teams[0], "owner").status_code == 422
    bob = Membership.objects.get(person=board.bob)
    answer = admin.post(verbs(bob)[1], {"role": "owner"}, follow=True)
    assert "A role is one of viewer, member, lead, admin." in text_of(answer)
    assert role_of(board.bob, teams[0]) == "member"


@pytest.mark.parametrize("verb", [1, 2])
def test_last_admin_of_a_team_stays(admin, root, board, teams, verb):
    mine = Membership.objects.get(person=board.alice, team=teams[0])
    for client in (admin, root):
        answer = client.post(verbs(mine)[verb], {"role": "lead"}, follow=True)
        assert "alice is the last admin of Payments risk: make somebody else its admin first." in text_of(answer)
    assert (role_of(board.alice, teams[0]), actions()) == ("admin", [])


def test_admin_who_is_locked_out_counts_for_none(admin, board, teams):
    gone = Person.objects.create(username="gone", is_active=False)
    Membership.objects.create(person=gone, team=teams[0], role=Role.ADMIN)
    admin.post(verbs(Membership.objects.get(person=board.alice, team=teams[0]))[2])
    assert role_of(board.alice, teams[0]) == "admin"
    assert "account is closed" in text_of(add(admin, "Gone", teams[0]))


def test_second_admin_may_leave_and_no_longer_sees_the_page(admin, board, teams):
    Membership.objects.filter(person=board.bob).update(role=Role.ADMIN)
    mine = Membership.objects.get(person=board.alice, team=teams[0])
    answer = admin.post(verbs(mine)[2])
    assert (answer.url, role_of(board.alice, teams[0])) == ("/settings/", None)
    assert admin.get(PEOPLE).status_code == 404
    assert actions() == ["membership.removed"]


def test_new_person_gets_a_link_once_and_it_signs_in_once(admin, teams):
    answer = add(admin, "ada@example.org", teams[0], "lead")
    [way_in] = LINK.findall(answer.content.decode())
    ada = Person.objects.get(username="ada@example.org")
    assert (ada.email, ada.has_usable_password(), role_of(ada, teams[0])) == ("ada@example.org", False, "lead")
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert LINK.findall(admin.get(PEOPLE).content.decode()) == []
    assert actions() == ["person.added", "membership.added"]
    hers = Client()
    assert hers.post(way_in).url == "/accounts/password/"
    assert hers.get("/teams/team-0/").status_code == 200
    assert Client().get(way_in).status_code == 410


def test_link_is_of_the_address_that_the_operator_names(admin, teams, settings):
    settings.BASE_URL = "https://board.example.org"
    text = add(admin, "ada", teams[0]).content.decode()
    assert '<code class="db-name">https://board.example.org/accounts/enter/' in text


def test_person_who_is_here_joins_another_team_without_a_link(admin, board, teams):
    board.charlie.email = "charlie@example.org"
    board.charlie.save()
    answer = add(admin, "Charlie@Example.org", teams[0], "viewer")
    assert (answer.status_code, role_of(board.charlie, teams[0])) == (302, "viewer")
    again = add(admin, "CHARLIE", teams[0])
    assert (again.status_code, "charlie is in Payments risk already, as viewer." in text_of(again)) == (422, True)
    assert actions() == ["membership.added"]


def test_role_is_changed_and_ended_with_what_it_opened(admin, board, teams):
    bob = Membership.objects.get(person=board.bob)
    admin.post(verbs(bob)[1], {"role": "lead"})
    assert role_of(board.bob, teams[0]) == "lead"
    admin.post(verbs(bob)[2])
    client = Client()
    client.force_login(board.bob)
    assert (role_of(board.bob, teams[0]), client.get("/teams/team-0/").status_code) == (None, 404)
    assert actions() == ["membership.changed", "membership.removed"]
    event = AuditEvent.objects.get(action="membership.changed")
    assert (event.actor, event.detail) == (
        board.alice,
        {"person": board.bob.pk, "team": "team-0", "was": "member", "role": "lead"},
    )


def test_link_is_refused_for_an_account_that_is_more_than_the_teams(admin, board, teams):
    """With a password, in another team too, or the organisation's admin: a link would hand the account over."""
    eve, root = Person.objects.create(username="eve"), Person.objects.create(username="root", is_superuser=True)
    for person in (eve, root):
        person.set_unusable_password()
        person.save()
        Membership.objects.create(person=person, team=teams[0])
    Membership.objects.create(person=eve, team=teams[1])
    for person in (board.bob, eve, root, board.alice):
        answer = admin.post(f"{PEOPLE}{person.pk}/link/", follow=True)
        assert "Only an admin of the organisation gives this person a link: ask one." in text_of(answer)
    assert (LINK.findall(admin.get(PEOPLE).content.decode()), actions()) == ([], [])
    assert f"{PEOPLE}{eve.pk}/link/" not in admin.get(PEOPLE).content.decode()


def test_new_link_ends_the_old_one(admin, teams):
    [first] = LINK.findall(add(admin, "ada", teams[0]).content.decode())
    ada = Person.objects.get(username="ada")
    [second] = LINK.findall(admin.post(f"{PEOPLE}{ada.pk}/link/").content.decode())
    assert [Client().get(way_in).status_code for way_in in (first, second)] == [410, 200]
    assert actions()[2:] == ["person.link-given"]


def test_link_of_the_organisations_admin_ends_a_lost_password_and_its_sessions(root, board):
    bobs = Client()
    assert bobs.login(username="bob", password="a long password")
    [way_in] = LINK.findall(root.post(f"{PEOPLE}{board.bob.pk}/link/").content.decode())
    assert bobs.get("/").status_code == 302
    assert not Client().login(username="bob", password="a long password")
    assert Client().post(way_in).url == "/accounts/password/"


def test_organisations_admin_sees_everybody_and_those_in_no_team(root):
    text = text_of(root.get(PEOPLE))
    assert [name for name in ("alice", "bob", "charlie", "dora") if f"{name} " in text] == [
        "alice",
        "bob",
        "charlie",
        "dora",
    ]
    assert "charlie signs in by password in no team" in text
    assert "dora admin of the organisation, signs in by password in no team" in text


@pytest.mark.parametrize("more", [0, 20])
def test_page_asks_seven_queries_however_many_people(admin, teams, more):
    for number in range(more):
        Membership.objects.create(person=Person.objects.create(username=f"p-{number}"), team=teams[0])
    admin.get(PEOPLE)
    with CaptureQueriesContext(connection) as captured:
        assert admin.get(PEOPLE).status_code == 200
    assert len(captured) == 7


def test_used_link_gives_nobody_a_second_way_in(board):
    """Setting a password ends a link that was given and never used."""
    board.bob.set_unusable_password()
    board.bob.save()
    way_in, unused = (entering.link_path(board.bob) for _ in range(2))
    client = Client()
    client.post(way_in)
    said = {"new_password1": "a violet umbrella", "new_password2": "a violet umbrella"}
    assert client.post("/accounts/password/", said).url == "/"
    assert Client().get(unused).status_code == 410
