"""Mirrors: cloned from listed folders and from a server on the loopback, quotas, damage, credentials, redirects."""

import os
import shlex
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scoring.sources import redirects
from scoring.sources.addresses import Address, Policy, parse_address, parse_networks
from scoring.sources.credentials import Credential, handed_to_https, handed_to_ssh
from scoring.sources.git import GitRepository
from scoring.sources.git_errors import (
    EmptyRepository,
    GitError,
    MissingDefaultBranch,
    NotARepository,
    RefusedAddress,
    RefusedRepository,
    TimedOut,
    TooLarge,
    Unreachable,
)
from scoring.sources.mirror import Mirror, is_sound, mirror
from scoring.sources.targets import UNCOMMITTED, opened
from scoring.sources.transfer import Remote
from tests.remotes import CANARY, GitServer
from tests.scoring.sources.git_lab import ENVIRONMENT, Lab


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    return Lab(tmp_path / "listed" / "source.git")


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "mirrors" / "one.git"


def listed(lab: Lab) -> tuple[Address, Policy]:
    policy = Policy(folders=(lab.path.parent,))
    return parse_address(str(lab.path), policy), policy


def update(lab: Lab, into: Path, *, suspect: bool = False) -> bool:
    address, policy = listed(lab)
    return mirror(address, into, policy=policy, suspect=suspect).cloned


# ---------------------------------------------------------------- cloning and fetching


def test_clone_then_fetch_brings_every_branch(lab: Lab, into: Path) -> None:
    first = lab.one({"a": "1"})
    side = lab.point(lab.commit(lab.files({"b": "1"}), (first,)), "refs/heads/side")
    assert update(lab, into)
    second = lab.point(lab.commit(lab.files({"a": "2"}), (first,)))
    lab.git("update-ref", "-d", "refs/heads/side")
    lab.point(side, "refs/heads/later")
    assert not update(lab, into)
    with GitRepository(into, contained=True) as repository:
        assert repository.default_revision() == second
        assert repository.references() == (("later", "main"), ())
    assert oct(into.stat().st_mode & 0o777) == "0o700"
    assert [entry.name for entry in into.parent.iterdir()] == ["one.git"]
    assert list((into / "objects" / "info").glob("commit-graph*"))


def test_force_push_and_new_default_branch_are_followed(lab: Lab, into: Path) -> None:
    lab.one({"a": "1"})
    update(lab, into)
    other = lab.commit(lab.files({"a": "rewritten"}))
    lab.point(other)
    lab.point(lab.commit(lab.files({"t": "1"})), "refs/heads/trunk")
    lab.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    update(lab, into)
    with GitRepository(into) as repository:
        assert repository.resolve("main") == other
        assert repository.default_revision() == repository.resolve("trunk")


def test_probe_tells_branches_and_clones_nothing(lab: Lab, into: Path) -> None:
    lab.one({"a": "1"})
    address, policy = listed(lab)
    assert Mirror(address, into, policy=policy).probe() == Remote("main", ("main",))
    assert not into.parent.exists()


def test_empty_and_tag_only_repositories_are_said_plainly(lab: Lab, into: Path) -> None:
    with pytest.raises(EmptyRepository, match="no commits yet"):
        update(lab, into)
    lab.point(lab.commit(lab.files({"a": "1"})), "refs/tags/v1")
    with pytest.raises(MissingDefaultBranch, match="tags but no branch"):
        update(lab, into)
    assert list(into.parent.iterdir()) == []


def test_missing_default_branch_falls_back_to_one_that_exists(lab: Lab, into: Path) -> None:
    sha = lab.point(lab.commit(lab.files({"a": "1"})), "refs/heads/develop")
    update(lab, into)
    update(lab, into)
    with GitRepository(into) as repository:
        assert repository.default_revision() == sha


def test_deleted_source_keeps_the_mirror(lab: Lab, into: Path) -> None:
    sha = lab.one({"a": "1"})
    update(lab, into)
    address, policy = listed(lab)
    lab.path.rename(lab.path.with_name("gone"))
    with pytest.raises(NotARepository):
        mirror(address, into, policy=policy)
    with GitRepository(into) as repository:
        assert repository.default_revision() == sha


def test_hostile_source_config_and_hooks_never_act(lab: Lab, into: Path, tmp_path: Path) -> None:
    lab.one({"a": "1", ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = ./x\n'})
    canary, script = tmp_path / "canary", tmp_path / "evil"
    script.write_text(f"#!/bin/sh\ntouch {canary}\n")
    script.chmod(0o755)
    config = lab.path / "config"
    config.write_text(
        config.read_text() + f"[uploadpack]\n\tpackObjectsHook = {script}\n[core]\n\tfsmonitor = {script}\n"
    )
    for name in ("post-checkout", "reference-transaction", "post-update"):
        (lab.path / "hooks").mkdir(exist_ok=True)
        (lab.path / "hooks" / name).symlink_to(script)
    update(lab, into)
    assert not canary.exists()
    assert not (into / "hooks").exists()


def test_source_that_leads_elsewhere_is_refused(lab: Lab, into: Path, tmp_path: Path) -> None:
    lab.one({"a": "1"})
    secret = Lab(tmp_path / "secret.git")
    secret.one({"secret": "1"})
    (lab.path.parent / "trap").mkdir()
    (lab.path.parent / "trap" / ".git").write_text(f"gitdir: {secret.path}\n")
    policy = Policy(folders=(lab.path.parent,))
    with pytest.raises(RefusedRepository):
        mirror(parse_address(str(lab.path.parent / "trap"), policy), into, policy=policy)
    (lab.path / "objects" / "info" / "alternates").write_text(f"{secret.path}/objects\n")
    with pytest.raises(RefusedRepository):
        update(lab, into)


def test_malformed_objects_are_refused_by_name(lab: Lab, into: Path) -> None:
    lab.point(lab.commit(lab.tree(("40000", b".git", lab.files({"config": "x"})))))
    with pytest.raises(RefusedRepository, match="malformed"):
        update(lab, into)


# ---------------------------------------------------------------- damage and quotas


def test_damaged_mirror_is_cloned_again_and_takes_its_place(lab: Lab, into: Path) -> None:
    sha = lab.one({f"f{number}": os.urandom(2000) for number in range(10)})
    update(lab, into)
    assert is_sound(into)
    for pack in (into / "objects" / "pack").iterdir():
        pack.chmod(0o644)
        pack.write_bytes(pack.read_bytes()[:100])
    assert not is_sound(into)
    assert update(lab, into, suspect=True)
    assert is_sound(into)
    with GitRepository(into) as repository:
        assert all(data is not None for _, data in repository.blobs(entry.blob for entry in repository.tree(sha)))


def test_fetch_into_a_damaged_mirror_heals_it(lab: Lab, into: Path) -> None:
    first = lab.one({"a": "1"})
    update(lab, into)
    (into / "HEAD").write_text("nonsense\n")
    lab.point(lab.commit(lab.files({"a": "2"}), (first,)))
    assert update(lab, into)
    assert is_sound(into)


def test_stale_locks_and_leftovers_do_not_stop_a_fetch(lab: Lab, into: Path) -> None:
    first = lab.one({"a": "1"})
    update(lab, into)
    second = lab.point(lab.commit(lab.files({"a": "2"}), (first,)))
    for name in ("shallow.lock", "packed-refs.lock", "HEAD.lock", "config.lock", "refs/heads/main.lock"):
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        (into / name).write_text("")
    (into.parent / ".one.git.abandoned").mkdir()
    assert not update(lab, into)
    assert [entry.name for entry in into.parent.iterdir()] == ["one.git"]
    with GitRepository(into) as repository:
        assert repository.default_revision() == second


def test_swap_that_was_interrupted_is_undone(lab: Lab, into: Path) -> None:
    lab.one({"a": "1"})
    update(lab, into)
    left = into.parent / ".one.git.half"
    left.mkdir()
    into.rename(left / "old")
    assert not update(lab, into)


def test_quotas_refuse_and_leave_nothing(lab: Lab, into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.one({"a": os.urandom(5000)})
    lab.point(lab.commit(lab.files({"a": "2"}), (lab.git("rev-parse", "main").decode().strip(),)))
    monkeypatch.setattr("scoring.sources.mirror.MAX_COMMITS", 1)
    with pytest.raises(TooLarge, match="commits"):
        update(lab, into)
    monkeypatch.setattr("scoring.sources.mirror.MAX_BYTES", 100)
    with pytest.raises(TooLarge, match="1 GB"):
        update(lab, into)
    assert list(into.parent.iterdir()) == []


# ---------------------------------------------------------------- a server


@pytest.fixture
def server(lab: Lab) -> Iterator[GitServer]:
    one = GitServer(lab.path.parent)
    try:
        yield one
    finally:
        one.close()


def policy_for(server: GitServer) -> Policy:
    return Policy(
        schemes=frozenset({"http", "https"}),
        networks=parse_networks("127.0.0.1/32"),
        ports=frozenset({server.port}),
    )


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
        Mirror(address, into, credential=Credential(KEY), policy=policy, resolver=fake_resolver).update()
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


# ---------------------------------------------------------------- credentials


def test_askpass_answers_from_the_pipes() -> None:
    with handed_to_https(Credential(CANARY, "robot")) as handover:
        assert CANARY not in "".join(handover.environment.values())
        answers = [
            subprocess.run(
                [handover.environment["GIT_ASKPASS"], question],
                env={"PATH": os.environ["PATH"], **handover.environment},
                pass_fds=handover.descriptors,
                capture_output=True,
                check=True,
            ).stdout
            for question in ("Username for 'https://host': ", "Password for 'https://robot@host': ")
        ]
        helper = Path(handover.environment["GIT_ASKPASS"])
    assert answers == [b"robot", CANARY.encode()]
    assert not helper.exists()


BODY = "A" * 70 + "/+" + CANARY.replace("-", "") + "=="
KEY = "\n".join(["-----BEGIN OPENSSH PRIVATE KEY-----", BODY[:64], BODY[64:], "-----END OPENSSH PRIVATE KEY-----", ""])


@pytest.mark.parametrize(
    "said", ["", "no key at all", "ssh-ed25519 AAAA ada@host", KEY.replace("PRIVATE", "PUBLIC"), KEY[:90]]
)
def test_ssh_refuses_what_is_no_private_key(said: str) -> None:
    with (
        pytest.raises(Unreachable, match="no private key"),
        handed_to_ssh(Credential(said), parse_address("git@example.org:x"), "8.8.8.8"),
    ):
        pass


def test_ssh_refuses_a_key_that_needs_a_passphrase() -> None:
    said = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"
    with (
        pytest.raises(Unreachable, match="needs a passphrase"),
        handed_to_ssh(Credential(said), parse_address("git@example.org:x"), "8.8.8.8"),
    ):
        pass


@pytest.mark.parametrize("between", ["\n", "\r\n", "", " "])
def test_ssh_gets_its_key_in_a_private_file_that_goes_away(between: str) -> None:
    credential = Credential(KEY.replace("\n", between), known_hosts="example.org ssh-ed25519 AAAA")
    with handed_to_ssh(credential, parse_address("git@example.org:x"), "8.8.8.8") as handover:
        words = shlex.split(handover.environment["GIT_SSH_COMMAND"])
        key = Path(words[words.index("-i") + 1])
        assert oct(key.stat().st_mode & 0o777) == "0o600"
        assert key.read_text() == KEY
        assert BODY[:64] not in " ".join(words)
        wanted = {"-oHostName=8.8.8.8", "-oHostKeyAlias=example.org", "-oStrictHostKeyChecking=yes", "-oBatchMode=yes"}
        assert wanted <= set(words)
    assert not key.exists()


def test_ssh_looks_up_a_host_of_another_port_as_known_hosts_names_it() -> None:
    policy = Policy(ports=frozenset({2222}))
    with handed_to_ssh(Credential(KEY), parse_address("ssh://git@example.org:2222/x", policy), "8.8.8.8") as handover:
        words = shlex.split(handover.environment["GIT_SSH_COMMAND"])
    assert "-oHostKeyAlias=[example.org]:2222" in words
    assert "-oUserKnownHostsFile=/etc/ssh/ssh_known_hosts" in words


def test_ssh_of_the_command_line_uses_its_own_keys() -> None:
    with handed_to_ssh(None, parse_address("git@example.org:x"), "8.8.8.8") as handover:
        words = shlex.split(handover.environment["GIT_SSH_COMMAND"])
    assert ("-i" in words, "-oUserKnownHostsFile=~/.ssh/known_hosts /etc/ssh/ssh_known_hosts" in words) == (False, True)


# ---------------------------------------------------------------- targets of the command line


def test_target_work_tree_says_what_is_not_read(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    run = ["git", "-C", str(tree), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q", "-b", "main"], ["commit", "-q", "--allow-empty", "-m", "x"]):
        subprocess.run([*run, *arguments], env=ENVIRONMENT, check=True)
    with opened(str(tree), tmp_path) as (repository, note):
        assert len(repository.default_revision()) == 40
        assert note == UNCOMMITTED


def test_target_bare_repository_has_no_note(lab: Lab, tmp_path: Path) -> None:
    sha = lab.one({"a": "1"})
    with opened(str(lab.path), tmp_path) as (repository, note):
        assert (repository.default_revision(), note) == (sha, "")


def test_target_address_is_cloned_into_the_scratch_folder(lab: Lab, server: GitServer, tmp_path: Path) -> None:
    sha = lab.one({"a": "1"})
    with opened(f"http://127.0.0.1:{server.port}/source.git", tmp_path, policy_for(server)) as (repository, note):
        assert (repository.default_revision(), note) == (sha, "")
    assert (tmp_path / "mirror.git").is_dir()


@pytest.mark.parametrize("target", ["ext::sh -c x", "https://user:x@host/x", "/nowhere", "nowhere"])
def test_bad_target_is_refused(tmp_path: Path, target: str) -> None:
    with pytest.raises(GitError), opened(target, tmp_path):
        pass


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBTBOARD_EGRESS_ALLOW", "everything"),
        ("DEBTBOARD_EGRESS_PORTS", "443-8443"),
        ("DEBTBOARD_EGRESS_PORTS", "70000"),
        ("DEBTBOARD_CA_BUNDLE", "/none/here.pem"),
    ],
)
def test_bad_setting_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(RefusedAddress, match=name), opened("https://host/x", tmp_path):
        pass
