"""One's own password: the first after a link, another for who knows the present one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from debtboard.domain import entering, limiting
from debtboard.models import AuditEvent
from tests.debtboard.views.test_states import text_of

PASSWORD = "/accounts/password/"
NEW = "a violet umbrella"
OLD = "alice has a long password"


@pytest.fixture
def linked(client, alice):
    """Alice came by a link and has no password."""
    alice.set_unusable_password()
    alice.save()
    answer = client.post(entering.link_path(alice))
    assert answer.url == PASSWORD
    return client


@pytest.fixture
def entered(client, alice):
    assert client.login(username="alice", password=OLD)
    return client


def first(client, new: str = NEW, again: str = NEW):
    return client.post(PASSWORD, {"new_password1": new, "new_password2": again})


def other(client, old: str, new: str = NEW):
    return client.post(PASSWORD, {"old_password": old, "new_password1": new, "new_password2": new})


def test_visitor_is_sent_to_sign_in(client, db):
    assert client.get(PASSWORD).url == f"/accounts/login/?next={PASSWORD}"


@pytest.mark.parametrize(("new", "again"), [("short", "short"), ("12345678901", "12345678901"), (NEW, "another one")])
def test_first_password_that_is_weak_or_mistyped_is_refused(linked, alice, new, again):
    assert first(linked, new, again).status_code == 422
    alice.refresh_from_db()
    assert (alice.has_usable_password(), AuditEvent.objects.filter(action="person.password-set").count()) == (False, 0)


def test_wrong_present_password_is_refused(entered, alice):
    assert other(entered, "wrong").status_code == 422
    assert first(entered).status_code == 422
    alice.refresh_from_db()
    assert alice.check_password(OLD)


def test_present_password_is_guessed_ten_times_at_the_most(entered, alice):
    assert [other(entered, "wrong").status_code for _ in range(limiting.PER_ACCOUNT)] == [422] * limiting.PER_ACCOUNT
    answer = other(entered, OLD)
    assert (answer.status_code, "try again in 15 minutes." in text_of(answer)) == (429, True)
    assert 890 < int(answer["Retry-After"]) <= 900
    alice.refresh_from_db()
    assert alice.check_password(OLD)


def test_weak_new_password_counts_nothing(entered):
    for _ in range(limiting.PER_ACCOUNT + 2):
        assert other(entered, OLD, "short").status_code == 422
    assert other(entered, OLD).status_code == 302


def test_first_password_signs_in_afterwards(linked, alice):
    assert "The link that you came by is used up" in text_of(linked.get(PASSWORD))
    assert first(linked).url == "/"
    assert "Your password is set" in text_of(linked.get("/"))
    answer = Client().post("/accounts/login/", {"username": "alice", "password": NEW})
    assert (answer.status_code, answer.url) == (302, "/")
    event = AuditEvent.objects.get(action="person.password-set")
    assert (event.actor, event.detail) == (alice, {})


def test_other_password_ends_the_sessions_elsewhere(entered):
    elsewhere = Client()
    elsewhere.login(username="alice", password=OLD)
    assert other(entered, OLD).status_code == 302
    assert (entered.get("/").status_code, elsewhere.get("/").status_code) == (200, 302)
    assert (Client().login(username="alice", password=OLD), Client().login(username="alice", password=NEW)) == (
        False,
        True,
    )


def test_page_asks_two_queries_and_is_not_kept(entered):
    with CaptureQueriesContext(connection) as captured:
        answer = entered.get(PASSWORD)
    assert (answer.status_code, len(captured)) == (200, 2)
    assert "no-store" in answer["Cache-Control"]
