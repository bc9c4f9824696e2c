"""A credential is kept once the server took it, encrypted; it is removed whatever the server says; nobody sees it."""

import pytest

from debtboard.domain import credentials, entrusting, fetching
from debtboard.domain.refusals import Refused
from debtboard.models import AuditEvent, Component, Repository
from tests.remotes import CANARY

pytestmark = pytest.mark.django_db

MONO = [("2026-10-05T10:00:00Z", {"a/x.py": "1\n", "b/x.py": "1\n"})]


@pytest.fixture
def remote(component) -> Component:
    """Its server is one that nobody may reach."""
    Repository.objects.update(kind="remote", address="https://127.0.0.1/a/b")
    component.refresh_from_db()
    return component


@pytest.fixture
def kept(remote) -> Component:
    Repository.objects.update(credential=credentials.sealed("the old one"), credential_hint="token")
    remote.refresh_from_db()
    return remote


def refusal(component, secret: str, by) -> tuple[str, str]:
    before = Repository.objects.values_list("credential", "credential_hint").get()
    with pytest.raises(Refused) as caught:
        entrusting.give(component, secret, by)
    assert Repository.objects.values_list("credential", "credential_hint").get() == before
    assert not AuditEvent.objects.exists()
    assert CANARY not in str(caught.value)
    return caught.value.field, str(caught.value)


@pytest.mark.parametrize("secret", ["", " \n"])
def test_nothing_is_no_token(remote, alice, secret):
    said = "Give a token, or a deploy key for an ssh address."
    assert refusal(remote, secret, alice) == ("token", said)


def test_folder_of_this_host_takes_none(component, alice):
    said = "A folder of this host is read without a token: none is needed."
    assert refusal(component, CANARY, alice) == ("token", said)


def test_host_that_is_not_public_is_not_asked(kept, alice):
    said = "The host is not public: ask the operator to allow its network (DEBTBOARD_EGRESS_ALLOW)."
    assert refusal(kept, CANARY, alice) == ("token", said)


def test_ssh_takes_nothing_but_a_key(remote, alice, settings):
    settings.EGRESS_ALLOW = ["127.0.0.0/8"]
    Repository.objects.update(address="ssh://git@127.0.0.1/a/b")
    field, said = refusal(remote, CANARY, alice)
    assert (field, said.startswith("The deploy key is no private key: paste all of it")) == ("token", True)


def test_repository_that_another_team_shares_keeps_its_own(make_component, alice, other_team):
    mine = make_component("mono", MONO, path="a")
    make_component("mono", (), team=other_team, path="b")
    said = "Other components of this repository are another team's: ask an admin."
    assert refusal(mine, CANARY, alice) == ("token", said)
    with pytest.raises(Refused, match="ask an admin"):
        entrusting.take_away(mine, alice)


def test_what_is_not_kept_is_not_removed(remote, alice):
    with pytest.raises(Refused, match="There is none any more"):
        entrusting.take_away(remote, alice)
    assert not AuditEvent.objects.exists()


def test_it_is_removed_without_asking_the_server(kept, alice):
    entrusting.take_away(kept, alice)
    assert Repository.objects.values_list("credential", "credential_hint").get() == (b"", "")
    assert fetching.credential_of(kept.repository) is None
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.detail) == ("repository.token-removed", alice, {"kind": "token"})
