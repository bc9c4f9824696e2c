"""The token of a component's repository on its settings page: no page, error or redirect ever shows it."""

import pytest

from debtboard.domain import credentials
from debtboard.models import Repository
from tests.debtboard.views.test_states import text_of
from tests.remotes import CANARY


@pytest.fixture
def remote(component):
    """Its server is one that nobody may reach; a token of it is kept."""
    sealed = credentials.sealed(CANARY)
    address = "https://127.0.0.1/a/b"
    Repository.objects.update(kind="remote", address=address, credential=sealed, credential_hint="token")
    return component


def give(client, component, token=CANARY):
    address = f"/settings/components/{component.public_id}/token/"
    return client.post(address, {"token-token": token}, follow=True)


def remove(client, component):
    return client.post(f"/settings/components/{component.public_id}/token/remove/", follow=True)


@pytest.mark.parametrize(("name", "status"), [("charlie", 404), ("bob", 403)])
def test_stranger_and_member_change_nothing(client, remote, request, name, status):
    client.force_login(request.getfixturevalue(name))
    for answer in (give(client, remote), remove(client, remote)):
        assert answer.status_code == status
    assert credentials.opened(Repository.objects.get().credential) == CANARY


def test_verbs_need_post(client, remote, alice):
    client.force_login(alice)
    for verb in ("token/", "token/remove/"):
        assert client.get(f"/settings/components/{remote.public_id}/{verb}").status_code == 405


def test_token_that_is_refused_is_said_beside_its_field_and_not_shown(client, remote, alice):
    client.force_login(alice)
    answer = give(client, remote, "ghp_other")
    text = answer.content.decode()
    assert (answer.status_code, "ghp_other" in text, CANARY in text) == (422, False, False)
    assert ("The host is not public" in text, 'id="id_token-token_error"' in text) == (True, True)


def test_folder_of_this_host_is_offered_none(client, component, alice):
    client.force_login(alice)
    assert "Token" not in text_of(client.get(f"/settings/components/{component.public_id}/"))
    assert "A folder of this host is read without a token" in text_of(give(client, component))


def test_shared_repository_is_offered_none(client, remote, make_component, alice, other_team):
    other = make_component("other", team=other_team)
    other.repository, other.path = remote.repository, "b"
    other.save()
    client.force_login(alice)
    assert "is kept, encrypted" not in text_of(client.get(f"/settings/components/{remote.public_id}/"))
    assert "ask an admin" in text_of(remove(client, remote))
    assert Repository.objects.get(pk=remote.repository_id).credential_hint == "token"


def test_page_says_that_one_is_kept_and_never_which(client, remote, alice):
    client.force_login(alice)
    text = client.get(f"/settings/components/{remote.public_id}/").content.decode()
    assert ("a token is kept, encrypted" in text, CANARY in text) == (True, False)


def test_lead_removes_it_once(client, remote, alice):
    client.force_login(alice)
    assert "It is removed." in text_of(remove(client, remote))
    assert Repository.objects.get().credential_hint == ""
    assert "none is kept" in text_of(client.get(f"/settings/components/{remote.public_id}/"))
    assert "There is none any more" in text_of(remove(client, remote))
