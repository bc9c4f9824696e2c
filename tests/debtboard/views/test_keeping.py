"""A component's name and its repository's schedule are changed by who keeps them."""

import pytest

from debtboard.models import AuditEvent, Component, ComponentTeam, Membership, Repository, Role
from tests.debtboard.views.test_states import text_of


@pytest.fixture
def kept(board):
    return board.components[0]


def keep(client, component: Component, name: str = "fraud", schedule: str = "weekly"):
    said = {"keep-name": name, "keep-schedule": schedule}
    return client.post(f"/settings/components/{component.public_id}/keep/", said, follow=True)


def state(component: Component) -> tuple[str, str]:
    found = Component.objects.select_related("repository").get(pk=component.pk)
    return found.name, found.repository.schedule


@pytest.mark.parametrize(("name", "status"), [("charlie", 404), ("bob", 403)])
def test_stranger_and_member_change_nothing(client, board, kept, name, status):
    client.force_login(getattr(board, name))
    assert (keep(client, kept).status_code, state(kept)) == (status, ("fraud-scoring", "daily"))
    if name == "bob":
        assert "Name and schedule" not in text_of(client.get(f"/settings/components/{kept.public_id}/"))


@pytest.mark.parametrize(
    ("name", "schedule"), [("", "weekly"), ("a\u202eb", "weekly"), ("x" * 201, "off"), ("a", "now")]
)
def test_name_or_schedule_that_can_not_be_is_refused_with_both(as_alice, kept, name, schedule):
    answer = keep(as_alice, kept, name, schedule)
    assert (answer.status_code, 'class="db-error"' in answer.content.decode()) == (422, True)
    assert (state(kept), AuditEvent.objects.count()) == (("fraud-scoring", "daily"), 0)


def test_schedule_of_a_repository_that_another_team_shares_stays(client, board, kept):
    other = Component.objects.create(repository=kept.repository, name="theirs", path="theirs")
    ComponentTeam.objects.create(component=other, team=board.teams[1], since="2020-01-06")
    Membership.objects.filter(person=board.bob).update(role=Role.LEAD)
    client.force_login(board.bob)
    text = text_of(client.get(f"/settings/components/{kept.public_id}/"))
    assert "Other components of this repository are another team" in text
    keep(client, kept)
    assert state(kept) == ("fraud", "daily")


def test_lead_changes_name_and_schedule(as_alice, kept):
    answer = keep(as_alice, kept, "  fraud   scores ", Repository.Schedule.OFF)
    assert "fraud scores is kept as you said." in text_of(answer)
    assert state(kept) == ("fraud scores", "off")
    assert "fraud scores" in text_of(as_alice.get(f"/components/{kept.public_id}/"))
    assert "fraud scores" in text_of(as_alice.get("/"))
    events = [(event.action, event.detail) for event in AuditEvent.objects.order_by("pk")]
    assert events == [
        ("component.renamed", {"was": "fraud-scoring", "name": "fraud scores"}),
        ("repository.scheduled", {"was": "daily", "schedule": "off"}),
    ]
