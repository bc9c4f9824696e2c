"""Mirrors of a server on the loopback: addresses, redirects, credentials, refusals, deadlines."""

import socket
import time
from pathlib import Path

import pytest

from scoring.sources import redirects
from scoring.sources.addresses import Policy, parse_address, parse_networks
from scoring.sources.credentials import Credential
from scoring.sources.git import GitRepository
from scoring.sources.git_errors import GitError, NotARepository, RefusedAddress, TimedOut, Unreachable
from scoring.sources.mirror import Mirror
from tests.remotes import CANARY, SSH_KEY, GitServer, policy_for
from tests.scoring.sources.git_lab import Lab


def fake_resolver(host: str, port: int) -> list[str]:
    closed = {"inside.example.org": ["169.254.169.254"], "rebound.example.org": ["8.8.8.8", "10.0.0.1"]}
    return closed.get(host) or ([host] if host[0].isdigit() else ["127.0.0.1"])


def from_server(
    server: GitServer, into: Path, path: str = "/source.git", credential: Credential | None = None
) -> Mirror:
    policy = policy_for(server)
    address = parse_address(f"http://forge.example.org:{server.port}{path}", policy)
    return Mirror(address, into, credential=credential, policy=policy, resolver=fake_resolver)


def test_clone_over_http_goes_to_the_pinned_address(lab: Lab, server: GitServer, into: Path) -> None:
    sha = lab.one({"a": "1"})
    assert from_server(server, into).update().commits == 1
    with GitRepository(into) as repository:
        assert repository.default_revision() == sha
    assert {host for host, _ in server.requests} == {f"forge.example.org:{server.port}"}


def test_credential_reaches_the_server_and_nothing_else(lab: Lab, server: GitServer, into: Path) -> None:
    lab.one({"a": "1"})
    server.password = CANARY
    credential = Credential(CANARY, "robot")
    assert from_server(server, into, credential=credential).update().cloned
    assert not from_server(server, into, credential=credential).update().cloned
    assert server.seen_in_proc == []
    assert CANARY not in repr(credential)
    assert [path for path in into.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()] == []


def test_missing_and_wrong_credentials_are_told_apart_and_not_shown(lab: Lab, server: GitServer, into: Path) -> None:
    lab.one({"a": "1"})
    server.password = CANARY
    with pytest.raises(Unreachable, match="asks for a credential"):
        from_server(server, into).update()
    with pytest.raises(Unreachable, match="refuses the credential") as refusal:
        from_server(server, into, credential=Credential("wrong-" + CANARY, "robot")).update()
    assert CANARY not in str(refusal.value)
    assert not into.exists()


def test_redirect_to_a_renamed_repository_is_followed_by_us(lab: Lab, server: GitServer, into: Path) -> None:
    lab.one({"a": "1"})
    server.redirects["/renamed"] = "/source.git"
    assert from_server(server, into, "/renamed").update().commits == 1


def test_redirect_drops_the_credential_on_another_host(lab: Lab, server: GitServer, into: Path) -> None:
    lab.one({"a": "1"})
    server.redirects["/moved"] = f"http://other.example.org:{server.port}/source.git"
    assert from_server(server, into, "/moved", Credential(CANARY, "robot")).update().commits == 1
    assert {bool(sent) for host, sent in server.requests if host.startswith("other.")} == {False}
    assert {bool(sent) for host, sent in server.requests if host.startswith("forge.")} == {True}


@pytest.mark.parametrize(
    "target",
    ["http://inside.example.org:{}/x", "http://rebound.example.org:{}/x", "http://169.254.169.254:{}/x", "file:///etc"],
)
def test_redirect_inside_is_refused(server: GitServer, into: Path, target: str) -> None:
    server.redirects["/trap"] = target.format(server.port)
    with pytest.raises(RefusedAddress):
        from_server(server, into, "/trap").update()
    assert len(server.requests) == 1


def test_redirects_without_end_or_to_a_page_are_refused(server: GitServer, into: Path) -> None:
    server.redirects["/loop"] = "/loop"
    with pytest.raises(RefusedAddress, match="more than 3"):
        from_server(server, into, "/loop").update()
    server.redirects["/page"] = "/sign_in?back="
    with pytest.raises(RefusedAddress, match="no repository"):
        from_server(server, into, "/page").update()


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (403, Unreachable, "asks for a credential"),
        (404, NotARepository, "no repository there"),
        (429, Unreachable, "try again later"),
        (503, Unreachable, "try again later"),
    ],
)
def test_refusing_server_is_said_plainly(
    server: GitServer, into: Path, status: int, kind: type[GitError], words: str
) -> None:
    server.status["/x"] = status
    with pytest.raises(kind, match=words):
        from_server(server, into, "/x").update()


def test_dripping_server_ends_at_the_deadline(server: GitServer, into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redirects, "SECONDS", 0.4)
    server.drip = True
    begin = time.monotonic()
    with pytest.raises(TimedOut, match="did not answer"):
        from_server(server, into, "/x").update()
    assert time.monotonic() - begin < 20


def test_closed_port_and_plain_text_peer_are_unreachable(into: Path) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    policy = Policy(schemes=frozenset({"http"}), networks=parse_networks("127.0.0.1/32"), ports=frozenset({port}))
    address = parse_address(f"http://forge.example.org:{port}/x", policy)
    with pytest.raises(Unreachable, match="cannot be reached") as refusal:
        Mirror(address, into, policy=policy, resolver=fake_resolver).update()
    assert "127.0.0.1" not in str(refusal.value)


def test_plain_text_peer_and_downgrade_are_refused(server: GitServer, into: Path) -> None:
    policy = policy_for(server)
    address = parse_address(f"https://forge.example.org:{server.port}/source.git", policy)
    with pytest.raises(Unreachable, match="cannot be reached"):
        Mirror(address, into, policy=policy, resolver=fake_resolver).update()
    with pytest.raises(RefusedAddress, match="without encryption"):
        redirects._next(address, f"http://forge.example.org:{server.port}/y.git/info/refs", policy)


def test_ssh_peer_that_is_none_is_unreachable_and_closed_host_refused(server: GitServer, into: Path) -> None:
    policy = Policy(networks=parse_networks("127.0.0.1/32"), ports=frozenset({server.port}))
    address = parse_address(f"ssh://git@forge.example.org:{server.port}/source.git", policy)
    with pytest.raises(Unreachable, match="could not be fetched") as refusal:
        Mirror(address, into, credential=Credential(SSH_KEY), policy=policy, resolver=fake_resolver).update()
    assert CANARY not in str(refusal.value)
    with pytest.raises(Unreachable, match="needs a deploy key"):
        Mirror(address, into, policy=policy, resolver=fake_resolver).update()
    inside = parse_address(f"ssh://git@inside.example.org:{server.port}/source.git", policy)
    with pytest.raises(RefusedAddress, match="not public"):
        Mirror(inside, into, policy=policy, resolver=fake_resolver).probe()


def test_loopback_is_refused_without_the_operators_word(server: GitServer, into: Path) -> None:
    policy = Policy(schemes=frozenset({"http"}), ports=frozenset({server.port}))
    address = parse_address(f"http://forge.example.org:{server.port}/source.git", policy)
    with pytest.raises(RefusedAddress, match="not public"):
        Mirror(address, into, policy=policy, resolver=fake_resolver).update()
    assert server.requests == []
