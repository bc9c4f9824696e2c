"""A component goes to another team once somebody there takes it; the weeks before stay with the team that had it."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from debtboard.domain import access, approving, moving, retiring
from debtboard.domain.refusals import Refused
from debtboard.models import Approval, AuditEvent, ComponentTeam, Membership, Person, Team

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 19, 12, tzinfo=UTC)
MONDAY = date(2026, 11, 16)
FIRST = date(2026, 1, 5)


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def admin(db):
    return Person.objects.create_superuser("ada", password="ada has a long password")


def periods(component) -> list[tuple[str, date, date | None]]:
    rows = ComponentTeam.objects.filter(component=component).order_by("since")
    return list(rows.values_list("team__slug", "since", "until"))


def wish(component) -> Approval:
    return component.approvals.get(kind="team")


def refusal(component, name: str, by) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        moving.move(component, name, by)
    return caught.value.field, str(caught.value)


# ---------------------------------------------------------------- what can't be


@pytest.mark.parametrize("name", ["", "Rsik", "growth risk"])
def test_team_that_is_not_there_is_refused(component, alice, other_team, name):
    assert refusal(component, name, alice) == ("team", "There is no team of that name: check its spelling.")


@pytest.mark.parametrize("name", ["Growth", " growth "])
def test_team_that_has_it_is_refused(component, alice, name):
    assert refusal(component, name, alice) == ("team", "It belongs to Growth already: nothing is changed.")


def test_retired_component_goes_nowhere(component, alice, charlie):
    moving.move(component, "Risk", alice)
    asked = wish(component)
    retiring.retire(component, alice)
    assert refusal(component, "Risk", alice) == ("", "The component is retired: take it back first.")
    with pytest.raises(Refused, match="The component is retired"):
        moving.decide(asked, charlie, take=True)
    assert periods(component) == [("growth", FIRST, None)]


def test_second_team_waits_for_the_first_to_answer(component, alice, other_team, organisation):
    Team.objects.create(organisation=organisation, name="Search", slug="search")
    moving.move(component, "Risk", alice)
    said = "It waits for the word of Risk already: withdraw that first."
    assert refusal(component, "Search", alice) == refusal(component, "Risk", alice) == ("team", said)


def test_lead_of_the_team_can_not_take_it_for_the_other(component, alice, charlie):
    moving.move(component, "Risk", alice)
    with pytest.raises(Refused, match="A lead of the team that it is to go to decides this, or an admin: ask one"):
        moving.decide(wish(component), alice, take=True)
    assert periods(component) == [("growth", FIRST, None)]


@pytest.mark.parametrize("role", ["viewer", "member"])
def test_member_of_the_other_team_can_not_take_it(component, alice, other_team, role):
    dora = Person.objects.create_user("dora", password="dora has a long password")
    Membership.objects.create(person=dora, team=other_team, role=role)
    moving.move(component, "Risk", alice)
    with pytest.raises(Refused):
        moving.decide(wish(component), dora, take=True)
    with pytest.raises(Http404):
        access.approval(dora, wish(component).pk)


def test_lead_of_a_third_team_neither_sees_nor_takes_it(component, alice, charlie, organisation):
    third = Team.objects.create(organisation=organisation, name="Search", slug="search")
    dora = Person.objects.create_user("dora", password="dora has a long password")
    Membership.objects.create(person=dora, team=third, role="lead")
    moving.move(component, "Risk", alice)
    for gate in (
        lambda: access.approval(dora, wish(component).pk),
        lambda: access.component(dora, component.public_id),
    ):
        with pytest.raises(Http404):
            gate()
    with pytest.raises(Refused):
        approving.decide(wish(component), dora, approve=True)


def test_withdrawn_meanwhile_is_told(component, alice, charlie):
    moving.move(component, "Risk", alice)
    asked = wish(component)
    approving.withdraw(asked, alice)
    with pytest.raises(Refused, match="It is asked for no more"):
        moving.decide(asked, charlie, take=True)


def test_wish_names_a_team_where_it_is_a_move_and_nowhere_else(component, other_team):
    for row in ({"kind": "team"}, {"kind": "exclude", "team": other_team}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.create(component=component, what="x", **row)


# ---------------------------------------------------------------- what waits


def test_asked_for_changes_nothing_and_lets_the_other_leads_look(component, alice, bob, charlie, other_team):
    assert moving.move(component, "risk", alice) is None
    assert periods(component) == [("growth", FIRST, None)]
    assert (wish(component).team, wish(component).state, wish(component).asked_by) == (other_team, "asked", alice)
    assert access.component(charlie, component.public_id) == (component, False)
    assert (access.may_keep_component(charlie, component), access.may_retire(charlie, component)) == (False, False)
    assert access.approval(charlie, wish(component).pk) == (wish(component), True)
    assert access.approval(bob, wish(component).pk) == (wish(component), False)


def test_what_is_not_taken_stays_says_why_and_is_asked_for_again(component, alice, charlie):
    moving.move(component, "Risk", alice)
    approving.decide(wish(component), charlie, approve=False, reason=" pay it off first ")
    assert (wish(component).state, wish(component).reason) == ("rejected", "pay it off first")
    assert periods(component) == [("growth", FIRST, None)]
    with pytest.raises(Http404):
        access.component(charlie, component.public_id)
    assert moving.move(component, "Risk", alice) is None
    assert (wish(component).state, wish(component).reason) == ("asked", "")


# ---------------------------------------------------------------- what is handed over


def test_taken_belongs_to_the_other_team_from_this_week_on(component, alice, charlie):
    moving.move(component, "Risk", alice)
    approving.decide(wish(component), charlie, approve=True)
    assert periods(component) == [("growth", FIRST, MONDAY), ("risk", MONDAY, None)]
    assert access.component(charlie, component.public_id) == (component, True)
    with pytest.raises(Http404):
        access.component(alice, component.public_id)
    assert not component.approvals.exists()


def test_lead_of_both_and_an_admin_ask_nobody(component, alice, admin, other_team):
    Membership.objects.create(person=alice, team=other_team, role="lead")
    assert moving.move(component, "Risk", alice) == other_team
    assert moving.move(component, "Growth", admin).slug == "growth"


def test_move_and_back_in_one_week_leaves_no_trace_in_the_weeks(component, admin, organisation, other_team):
    Team.objects.create(organisation=organisation, name="Search", slug="search")
    moving.move(component, "Risk", admin)
    moving.move(component, "Search", admin)
    assert periods(component) == [("growth", FIRST, MONDAY), ("search", MONDAY, None)]
    moving.move(component, "Growth", admin)
    assert periods(component) == [("growth", FIRST, None)]


def test_move_by_an_admin_ends_what_waits(component, alice, admin, charlie):
    moving.move(component, "Risk", alice)
    approving.ask(component, alice, ("train.py",))
    moving.move(component, "Risk", admin)
    assert list(component.approvals.values_list("kind", flat=True)) == ["exclude"]


def test_who_and_when_are_kept(component, alice, charlie):
    moving.move(component, "Risk", alice)
    approving.decide(wish(component), charlie, approve=False, reason="no")
    moving.move(component, "Risk", alice)
    approving.decide(wish(component), charlie, approve=True)
    events = AuditEvent.objects.order_by("pk").values_list("action", "actor", "detail", "noun_id")
    assert list(events) == [
        ("component.move-asked", alice.pk, {"team": "risk"}, str(component.pk)),
        ("component.not-taken", charlie.pk, {"team": "risk", "reason": "no"}, str(component.pk)),
        ("component.move-asked", alice.pk, {"team": "risk"}, str(component.pk)),
        ("component.moved", charlie.pk, {"was": "growth", "team": "risk", "asked_by": alice.pk}, str(component.pk)),
    ]
