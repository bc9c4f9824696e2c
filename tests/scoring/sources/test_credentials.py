"""Credentials reach git by pipes and private files, and nothing else."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from scoring.sources.addresses import Policy, parse_address
from scoring.sources.credentials import Credential, handed_to_https, handed_to_ssh
from scoring.sources.git_errors import Unreachable
from tests.remotes import CANARY, SSH_BODY, SSH_KEY


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


@pytest.mark.parametrize(
    "said", ["", "no key at all", "ssh-ed25519 AAAA ada@host", SSH_KEY.replace("PRIVATE", "PUBLIC"), SSH_KEY[:90]]
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
    credential = Credential(SSH_KEY.replace("\n", between), known_hosts="example.org ssh-ed25519 AAAA")
    with handed_to_ssh(credential, parse_address("git@example.org:x"), "8.8.8.8") as handover:
        words = shlex.split(handover.environment["GIT_SSH_COMMAND"])
        key = Path(words[words.index("-i") + 1])
        assert oct(key.stat().st_mode & 0o777) == "0o600"
        assert key.read_text() == SSH_KEY
        assert SSH_BODY[:64] not in " ".join(words)
        wanted = {"-oHostName=8.8.8.8", "-oHostKeyAlias=example.org", "-oStrictHostKeyChecking=yes", "-oBatchMode=yes"}
        assert wanted <= set(words)
    assert not key.exists()


def test_ssh_looks_up_a_host_of_another_port_as_known_hosts_names_it() -> None:
    policy = Policy(ports=frozenset({2222}))
    with handed_to_ssh(
        Credential(SSH_KEY), parse_address("ssh://git@example.org:2222/x", policy), "8.8.8.8"
    ) as handover:
        words = shlex.split(handover.environment["GIT_SSH_COMMAND"])
    assert "-oHostKeyAlias=[example.org]:2222" in words
    assert "-oUserKnownHostsFile=/etc/ssh/ssh_known_hosts" in words


def test_ssh_of_the_command_line_uses_its_own_keys() -> None:
    with handed_to_ssh(None, parse_address("git@example.org:x"), "8.8.8.8") as handover:
        words = shlex.split(handover.environment["GIT_SSH_COMMAND"])
    assert ("-i" in words, "-oUserKnownHostsFile=~/.ssh/known_hosts /etc/ssh/ssh_known_hosts" in words) == (False, True)
