"""A team that is not there yet: who may name one, how, and what it becomes."""

import pytest

from debtboard.domain import founding
from debtboard.domain.importing import RefusedLines, register_csv
from debtboard.domain.refusals import Refused
from debtboard.forms import RegisterForm
from debtboard.models import AuditEvent, Component, Membership, Person, Role, Team

pytestmark = pytest.mark.django_db

CHOICES = {"profile": "production", "schedule": "daily"}
NEW = "/settings/repositories/new/"


@pytest.fixture
def admin():
    """Of the organisation, and in no team."""
    return Person.objects.create(username="root", is_superuser=True)


def roles(name: str) -> list[tuple[str, str]]:
    return list(Membership.objects.filter(team__name=name).values_list("person__username", "role"))


def test_member_may_not_name_a_new_team(bob):
    with pytest.raises(Refused) as caught:
        founding.planned("Pricing", bob)
    assert str(caught.value) == "Only an admin, or who leads a team already, may name a new team: ask one."
    assert caught.value.field == "new_team"


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "a\x00b", "a\u202eb"])
def test_name_that_can_not_be_shown_is_refused(alice, name):
    with pytest.raises(Refused):
        founding.planned(name, alice)


def test_name_of_another_team_is_refused(alice, other_team):
    with pytest.raises(Refused) as caught:
        founding.planned(" risk ", alice)
    assert str(caught.value) == "There is a team 'risk' already: choose it if you lead it, or give another name."


def test_name_taken_meanwhile_is_refused(alice, organisation):
    planned = founding.planned("Pricing", alice)
    Team.objects.create(organisation=organisation, name="Pricing", slug="other")
    with pytest.raises(Refused):
        founding.found(planned, alice)
    assert roles("Pricing") == []


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({}, "team", "Choose a team, or name a new one below."),
        (
            {"new_team": "Risk"},
            "new_team",
            "There is a team 'Risk' already: choose it if you lead it, or give another name.",
        ),
        ({"team": "growth", "new_team": "X"}, "new_team", "A team is chosen above as well: keep one of the two."),
    ],
)
def test_form_says_what_is_wrong_with_the_team(alice, team, other_team, repository_of, given, field, said):
    given = {name: team.pk if name == "team" else value for name, value in given.items()}
    form = RegisterForm(alice, {"address": str(repository_of()), **given, **CHOICES})
    assert not form.is_valid()
    assert form.errors == {field: [said]}


def test_refused_registration_makes_no_team(client, alice, tmp_path):
    client.force_login(alice)
    answer = client.post(NEW, {"address": str(tmp_path), "new_team": "Pricing", **CHOICES})
    assert (answer.status_code, roles("Pricing")) == (422, [])


@pytest.mark.parametrize("who", ["alice", "admin"])
def test_lead_and_admin_register_for_a_new_team_and_lead_it(client, request, organisation, who, repository_of):
    person = request.getfixturevalue(who)
    client.force_login(person)
    answer = client.post(NEW, {"address": str(repository_of()), "new_team": " Pricing  and yield", **CHOICES})
    assert answer.status_code == 302
    assert roles("Pricing and yield") == [(person.username, Role.LEAD)]
    assert Component.objects.get().periods.get().team.slug == "pricing-and-yield"
    assert AuditEvent.objects.filter(action="team.founded").count() == 1
    assert client.get("/teams/pricing-and-yield/").status_code == 200


def test_names_without_latin_letters_get_addresses_of_their_own(alice):
    slugs = [founding.found(founding.planned(name, alice), alice).slug for name in ("数据", "模型")]
    assert slugs == ["team", "team-2"]


def test_list_names_a_new_team_on_two_lines(alice, repository_of):
    text = f"address,team\n{repository_of()},Pricing\n{repository_of('two')},pricing\n"
    assert len(register_csv(text, alice)) == 2
    assert roles("Pricing") == [("alice", Role.LEAD)]


def test_list_with_a_bad_line_makes_no_team(alice, repository_of):
    with pytest.raises(RefusedLines):
        register_csv(f"address,team\n{repository_of()},Pricing\nfile:///etc,Pricing\n", alice)
    assert roles("Pricing") == []


def test_settings_create_a_team_for_who_may(client, alice, bob):
    client.force_login(bob)
    assert client.get("/settings/teams/new/").status_code == 403
    assert "ask one" in client.get("/settings/").content.decode()
    client.force_login(alice)
    assert client.get("/settings/teams/new/").status_code == 200
    assert client.post("/settings/teams/new/", {"new_team": "growth"}).status_code == 422
    assert client.post("/settings/teams/new/", {"new_team": "Pricing"}).status_code == 302
    assert "Pricing" in client.get("/settings/").content.decode()
