"""Signing in may fail so often and no more: by account and by address, and with the one-time link too."""

import time

import pytest
from django.db import connection

from debtboard.domain import entering, limiting

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/login/"
RIGHT = "alice has a long password"


def tried(client, name: str, password: str = "wrong", address: str = "198.51.100.7"):
    return client.post(SIGN_IN, {"username": name, "password": password}, REMOTE_ADDR=address)


def test_account_is_closed_after_ten_failures_even_to_the_right_password(client, alice):
    answers = [tried(client, "alice", address=f"198.51.100.{n}").status_code for n in range(limiting.PER_ACCOUNT)]
    assert answers == [200] * limiting.PER_ACCOUNT
    answer = tried(client, "Alice", RIGHT, "203.0.113.9")
    assert answer.status_code == 429
    assert "Signing in failed too often: try again in 15 minutes." in answer.content.decode()
    assert 890 < int(answer["Retry-After"]) <= 900
    assert tried(client, "alice", RIGHT, "203.0.113.9").status_code == 429


def test_address_is_closed_after_thirty_failures_and_others_go_on(client, alice):
    for number in range(limiting.PER_ADDRESS):
        assert tried(client, f"nobody-{number}").status_code == 200
    assert tried(client, "alice", RIGHT).status_code == 429
    assert tried(client, "alice", RIGHT, "203.0.113.9").status_code == 302


def test_refused_attempts_on_one_account_do_not_close_the_address(client, alice, bob):
    for _ in range(limiting.PER_ADDRESS + 5):
        tried(client, "alice")
    assert tried(client, "bob", "bob has a long password").status_code == 302


def test_right_password_clears_the_account(client, alice):
    for _ in range(limiting.PER_ACCOUNT - 1):
        tried(client, "alice")
    assert tried(client, "alice", RIGHT).status_code == 302
    client.logout()
    assert [tried(client, "alice").status_code for _ in range(limiting.PER_ACCOUNT)] == [200] * limiting.PER_ACCOUNT


def test_window_ends_by_itself(client, alice, monkeypatch):
    monkeypatch.setattr(limiting, "WINDOW_SECONDS", 5)
    for _ in range(limiting.PER_ACCOUNT):
        tried(client, "alice")
    assert "try again in a minute." in tried(client, "alice", RIGHT).content.decode()
    time.sleep(10.1)
    assert tried(client, "alice", RIGHT).status_code == 302


def test_empty_form_counts_nothing(client, alice):
    for _ in range(limiting.PER_ACCOUNT + 1):
        assert tried(client, "alice", "").status_code == 200
    assert tried(client, "alice", RIGHT).status_code == 302


def test_one_time_link_is_guessed_ten_times_at_the_most(client, alice):
    path = entering.link_path(alice)
    guess = path.rstrip("/")[:-4] + "0000/"
    assert [client.get(guess).status_code for _ in range(limiting.PER_ACCOUNT)] == [410] * limiting.PER_ACCOUNT
    answer = client.post(path)
    assert (answer.status_code, "try again in 15 minutes." in answer.content.decode()) == (429, True)
    assert "_auth_user_id" not in client.session


def test_looking_at_a_right_link_counts_nothing(client, alice):
    path = entering.link_path(alice)
    assert {client.get(path).status_code for _ in range(limiting.PER_ACCOUNT + 2)} == {200}
    assert client.post(path).status_code == 302


def test_count_lies_in_the_database(alice, client):
    tried(client, "alice")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM debtboard_cache WHERE cache_key LIKE '%sign-in:%'")
        assert cursor.fetchone() == (2,)


@pytest.mark.parametrize(
    ("environment", "behind", "network"),
    [
        ({"REMOTE_ADDR": "198.51.100.7", "HTTP_X_FORWARDED_FOR": "1.2.3.4"}, False, "198.51.100.7"),
        ({"REMOTE_ADDR": "10.0.0.2", "HTTP_X_FORWARDED_FOR": "1.2.3.4, 198.51.100.7"}, True, "198.51.100.7"),
        ({"REMOTE_ADDR": "2001:db8:1:2:3::9"}, False, "2001:db8:1:2::/64"),
        ({"REMOTE_ADDR": "::ffff:198.51.100.7"}, False, "198.51.100.7"),
        ({"REMOTE_ADDR": ""}, False, "unknown"),
    ],
)
def test_network_is_what_one_host_may_have(settings, environment, behind, network):
    settings.BEHIND_PROXY = behind
    assert limiting.network_of(environment) == network
