"""A credential on its way to git: through a pipe that only the asking child reads.

It is never in an argument, in the environment, in an address or in an error. For a deploy key, which ssh only reads
from a file, the file lies in a private folder that is removed with the call.
"""

import base64
import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

ASKPASS = """#!/bin/sh
# git asks twice: for the user's name, then for the secret; each lies in a pipe that is open as a descriptor
case "$1" in
    Username*) exec cat "/dev/fd/$DEBTBOARD_NAME_FD" ;;
    *) exec cat "/dev/fd/$DEBTBOARD_SECRET_FD" ;;
esac
"""


class Credential(msgspec.Struct, frozen=True):
    """A token with the name it goes under, or a private key for ssh. Its text form shows nothing of it."""

    secret: str
    name: str = "git"
    known_hosts: str = ""
    """For ssh: lines of known_hosts; empty takes the machine's own /etc/ssh/ssh_known_hosts."""

    def __repr__(self) -> str:
        return "Credential(***)"

    @property
    def basic(self) -> str:
        """The value of an HTTP Authorization header."""
        return "Basic " + base64.b64encode(f"{self.name}:{self.secret}".encode()).decode("ascii")


class Handover(msgspec.Struct, frozen=True):
    """What a git child needs to be given: its environment and the descriptors it inherits."""

    environment: dict[str, str]
    descriptors: tuple[int, ...] = ()


@contextlib.contextmanager
def handed_to_https(credential: Credential | None) -> Iterator[Handover]:
    """The askpass helper with both answers in pipes; without a credential, a helper that answers nothing."""
    if credential is None:
        yield Handover({})
        return
    with tempfile.TemporaryDirectory(prefix="debtboard-ask-") as folder:
        helper = Path(folder) / "askpass"
        helper.write_text(ASKPASS)
        helper.chmod(stat.S_IRWXU)
        name, secret = _filled_pipe(credential.name), _filled_pipe(credential.secret)
        try:
            yield Handover(
                {"GIT_ASKPASS": str(helper), "DEBTBOARD_NAME_FD": str(name), "DEBTBOARD_SECRET_FD": str(secret)},
                (name, secret),
            )
        finally:
            os.close(name)
            os.close(secret)


@contextlib.contextmanager
def handed_to_ssh(credential: Credential | None, host: str, address: str) -> Iterator[Handover]:
    """ssh without any configuration of its own, to one address, with one key, checking the host's key by its name."""
    with tempfile.TemporaryDirectory(prefix="debtboard-ssh-") as folder:
        hosts = Path("/etc/ssh/ssh_known_hosts")
        options = ["-F", "/dev/null", "-oBatchMode=yes", "-oConnectTimeout=10", "-oStrictHostKeyChecking=yes"]
        options += [f"-oHostName={address}", f"-oHostKeyAlias={host}", "-oProxyCommand=none", "-oIdentityAgent=none"]
        options += ["-oIdentitiesOnly=yes", "-oPreferredAuthentications=publickey", "-oClearAllForwardings=yes"]
        if credential is not None:
            options += ["-i", _private_file(Path(folder) / "key", credential.secret.rstrip("\n") + "\n")]
            if credential.known_hosts:
                hosts = Path(_private_file(Path(folder) / "known_hosts", credential.known_hosts.rstrip("\n") + "\n"))
        options += [f"-oUserKnownHostsFile={hosts}", "-oGlobalKnownHostsFile=/dev/null"]
        yield Handover({"GIT_SSH_COMMAND": " ".join(["ssh", *options]), "GIT_SSH_VARIANT": "ssh"})


def _filled_pipe(text: str) -> int:
    """The reading end of a pipe that holds the text; well under a pipe's size, so writing cannot block."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(text.encode()[:4096])
    return reading


def _private_file(path: Path, text: str) -> str:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    return str(path)
