"""Repositories on real servers, https and ssh, from the form to the stored snapshot; what the form says of others."""

import html
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from debtboard.domain import scanning
from debtboard.models import Component, Repository, Scan, Snapshot
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
