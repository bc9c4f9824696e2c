"""Repositories on real servers, https and ssh, from the form to the stored snapshot; what the form says of others."""

import html
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from debtboard.domain import credentials, scanning
from debtboard.models import AuditEvent, Component, Repository, Scan, Snapshot
from tests.conftest import HISTORY
from tests.processes import until
from tests.remotes import CANARY, SshServer, key_pair, sshd

pytestmark = pytest.mark.django_db(transaction=True)

LATER = [("2026-11-12T10:00:00Z", {"evaluate.py": "import sklearn\n"})]


@pytest.fixture
def keys() -> tuple[str, str]:
    return key_pair()


@pytest.fixture
def host(tmp_path, keys, settings) -> Iterator[SshServer]:
    """An ssh server, allowed by the operator, whose host key the operator knows."""
    if sshd() is None:
        pytest.skip("no ssh server here: install Debian's openssh-server")
    server = SshServer(tmp_path / "ssh", keys[1])
    known = tmp_path / "known_hosts"
    known.write_text(server.known_hosts)
    settings.EGRESS_ALLOW, settings.EGRESS_PORTS = ["127.0.0.1/32"], [server.port]
    settings.SSH_KNOWN_HOSTS = str(known)
    until(server.answers)
    yield server
    server.close()


@pytest.fixture
def register(client, alice, team):
    """register("https://...", "token") -> what the form says; "" where it took the repository."""
    client.force_login(alice)

    def post(address: str, token: str = "") -> str:
        said = {"address": address, "token": token, "team": team.pk, "profile": "production", "schedule": "daily"}
        answer = client.post("/settings/repositories/new/", said)
        text = answer.content.decode()
        assert token == "" or token not in text
        if answer.status_code == 302:
            return ""
        assert answer.status_code == 422
        (errors,) = answer.context["form"].errors.values()
        assert all(html.escape(error) in text for error in errors)
        return " ".join(errors)

    return post


def scanned(component: Component) -> Scan:
    """Its open scan, or a new one due a second after its last, carried out here."""
    last = Scan.objects.filter(component=component).latest("due_at")
    scan = scanning.queue(component, due_at=last.due_at + timedelta(seconds=1))
    scanning.run(scan.pk, worker="test")
    scan.refresh_from_db()
    return scan


def scan_twice(source: Path, repository_of) -> None:
    """What was registered is cloned and measured, then fetched and measured anew."""
    component = Component.objects.get()
    first = scanned(component)
    assert (first.status, first.reason) == (Scan.Status.DONE, "")
    commit = Repository.objects.get().head_commit
    repository_of(commits=LATER)
    second = scanned(component)
    assert (second.status, second.reason) == (Scan.Status.DONE, "")
    assert Repository.objects.get().head_commit != commit
    assert Snapshot.objects.filter(component=component, week_latest=True).count() > len(HISTORY)


# ---------------------------------------------------------------- https


def test_https_repository_is_refused_in_words(forge, register, settings):
    address = f"https://127.0.0.1:{forge.port}/churn/.git"
    forge.password = CANARY
    assert register(address) == "The server asks for a credential: add a token that may read the repository."
    wrong = "The server refuses the credential, or asks for one: give one that may read the repository."
    assert register(address, "not the token") == wrong
    settings.CA_BUNDLE = ""
    untrusted = "The server's certificate is not trusted: install its authority on this machine."
    assert register(address, CANARY) == untrusted
    settings.EGRESS_ALLOW = []
    closed = "The host is not public: ask the operator to allow its network (DEBTBOARD_EGRESS_ALLOW)."
    assert register(address, CANARY) == closed
    settings.EGRESS_PORTS = []
    assert register(address, CANARY).endswith("or ask the operator to allow it (DEBTBOARD_EGRESS_PORTS).")
    assert Repository.objects.count() == 0


def test_https_redirect_to_a_closed_host_is_refused(forge, register):
    forge.redirects["/moved"] = f"https://10.1.2.3:{forge.port}/churn/.git"
    closed = "The host is not public: ask the operator to allow its network (DEBTBOARD_EGRESS_ALLOW)."
    assert register(f"https://127.0.0.1:{forge.port}/moved", CANARY) == closed
    assert len(forge.requests) == 1


def test_https_repository_without_token_is_cloned_and_fetched(forge, register, source, repository_of):
    assert register(f"https://127.0.0.1:{forge.port}/churn/.git") == ""
    scan_twice(source, repository_of)
    assert {sent for _, sent in forge.requests} == {""}


def test_https_repository_with_token_is_cloned_and_fetched(forge, register, source, repository_of):
    forge.password = CANARY
    assert register(f"https://127.0.0.1:{forge.port}/churn/.git", CANARY) == ""
    scan_twice(source, repository_of)
    assert forge.seen_in_proc == []


def test_token_that_was_revoked_keeps_the_snapshot_and_says_so(forge, register):
    forge.password = CANARY
    assert register(f"https://127.0.0.1:{forge.port}/churn/.git", CANARY) == ""
    component = Component.objects.get()
    scanned(component)
    forge.password = "another"
    failed = scanned(component)
    said = "The server refuses the credential, or asks for one: give one that may read the repository."
    assert (failed.status, failed.reason) == (Scan.Status.QUEUED, f"{said} It is tried again by itself.")
    component.refresh_from_db()
    assert component.current is not None
    assert Repository.objects.get().state == Repository.State.UNREACHABLE


# ---------------------------------------------------------------- another token


@pytest.fixture
def give(client, register):
    """give("token") -> what the settings of the one component say beside the field; "" where it was taken."""

    def post(token: str) -> str:
        component = Component.objects.get()
        address = f"/settings/components/{component.public_id}/token/"
        answer = client.post(address, {"token-token": token}, follow=True)
        assert token not in answer.content.decode()
        if answer.status_code == 200:
            return ""
        (errors,) = answer.context["forms"]["token"].errors.values()
        return " ".join(errors)

    return post


def test_token_that_the_server_refuses_replaces_none(forge, register, give, settings):
    forge.password = CANARY
    assert register(f"https://127.0.0.1:{forge.port}/churn/.git", CANARY) == ""
    forge.password = "rotated"
    before = Repository.objects.values_list("credential", "branch").get()
    wrong = "The server refuses the credential, or asks for one: give one that may read the repository."
    assert give("not the token") == wrong
    settings.CREDENTIAL_KEYS = []
    missing = "No credential can be kept: the operator must set DEBTBOARD_CREDENTIAL_KEYS first."
    assert give("rotated") == missing
    assert Repository.objects.values_list("credential", "branch").get() == before


def test_token_that_is_replaced_is_asked_for_first_kept_encrypted_and_used(forge, register, give, caplog):
    forge.password = CANARY
    assert register(f"https://127.0.0.1:{forge.port}/churn/.git", CANARY) == ""
    component = Component.objects.get()
    scanned(component)
    forge.password = "rotated-7c1f"
    scanned(component)
    Scan.objects.filter(status=Scan.Status.QUEUED).delete()
    assert give("rotated-7c1f") == ""
    repository = Repository.objects.get()
    assert (credentials.opened(repository.credential), repository.credential_hint) == ("rotated-7c1f", "token")
    assert b"rotated" not in bytes(repository.credential)
    assert "rotated" not in str(list(AuditEvent.objects.values())) + caplog.text
    event = AuditEvent.objects.get(action="repository.token-replaced")
    assert (event.actor.username, event.detail) == ("alice", {"kind": "token"})
    scan = Scan.objects.get(status=Scan.Status.QUEUED)
    scanning.run(scan.pk, worker="test")
    scan.refresh_from_db()
    assert (scan.status, Repository.objects.get().state) == (Scan.Status.DONE, Repository.State.OK)


def test_token_given_after_the_first_scan_failed_reads_the_whole_past(forge, register, give):
    assert register(f"https://127.0.0.1:{forge.port}/churn/.git") == ""
    forge.password = CANARY
    Scan.objects.update(attempt=2)
    failed = Scan.objects.get()
    scanning.run(failed.pk, worker="test")
    assert Component.objects.get().stale_since is not None
    assert give(CANARY) == ""
    assert AuditEvent.objects.filter(action="repository.token-set").count() == 1
    assert Scan.objects.get(status=Scan.Status.QUEUED).weeks == 104


def test_branch_of_a_server_is_asked_for_with_the_credential_kept(forge, client, register):
    forge.password = CANARY
    assert register(f"https://127.0.0.1:{forge.port}/churn/.git", CANARY) == ""
    address = f"/settings/components/{Component.objects.get().public_id}/source/"
    answer = client.post(address, {"source-branch": "mian"})
    said = "There is no branch 'mian' there: check its spelling, or name another, such as 'main'."
    assert answer.context["forms"]["source"].errors == {"branch": [said]}
    assert client.post(address, {"source-branch": "main"}).status_code == 302
    forge.password = "another"
    refused = "The server refuses the credential, or asks for one: give one that may read the repository."
    assert refused in client.post(address, {"source-branch": ""}).content.decode()
    assert Repository.objects.get().branch == "main"


# ---------------------------------------------------------------- ssh


def test_ssh_repository_is_refused_in_words(host, keys, register, source, tmp_path, settings):
    address = host.address(source)
    assert register(address) == "An ssh address needs a deploy key: add one that may read the repository."
    assert register(address, "a password").startswith("The deploy key is no private key: paste all of it")
    wrong = "The server refuses the credential, or asks for one: give one that may read the repository."
    assert register(address, key_pair()[0]) == wrong
    missing = "There is no repository at that address: check it, or give a credential if it is private."
    assert register(host.address(source.parent / "none"), keys[0]) == missing
    Path(settings.SSH_KNOWN_HOSTS).write_text(f"[127.0.0.1]:{host.port} {key_pair()[1]}\n")
    unknown = "The server's ssh key is not known: add it to the known hosts."
    assert register(address, keys[0]) == unknown
    settings.SSH_KNOWN_HOSTS = ""
    assert register(address, keys[0]) == unknown
    assert Repository.objects.count() == 0


@pytest.mark.parametrize("between", ["\n", "\r\n", ""], ids=["as-it-is", "windows", "one-line"])
def test_ssh_repository_is_cloned_and_fetched(host, keys, register, source, repository_of, between):
    """A password field of a browser takes the line breaks of a key away."""
    assert register(host.address(source), keys[0].replace("\n", between)) == ""
    assert Repository.objects.get().credential_hint == "deploy key"
    scan_twice(source, repository_of)
