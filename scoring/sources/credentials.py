"""A credential on its way to git: through a pipe that only the asking child reads.

It is never in an argument, in the environment, in an address or in an error. For a deploy key, which ssh only reads
from a file, the file lies in a private folder that is removed with the call.
"""

import base64
import contextlib
import os
import re
import shlex
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from scoring.sources.addresses import DEFAULT_PORTS, Address
from scoring.sources.git_errors import Unreachable

ASKPASS = """#!/bin/sh
# git asks twice: for the user's name, then for the secret; each lies in a pipe that is open as a descriptor
case "$1" in
    Username*) exec cat "/dev/fd/$DEBTBOARD_NAME_FD" ;;
    *) exec cat "/dev/fd/$DEBTBOARD_SECRET_FD" ;;
esac
"""

FOLDERS = ("debtboard-ask-", "debtboard-ssh-")
"""How the private folders of one call begin; a call that was killed leaves its own behind."""
MACHINE_HOSTS = Path("/etc/ssh/ssh_known_hosts")
KEY_WIDTH = 64
_KEY = re.compile(
    r"-----BEGIN (?P<kind>[A-Z0-9 ]*PRIVATE KEY)-----(?P<body>[A-Za-z0-9+/=\s:,-]+?)-----END (?P=kind)-----", re.ASCII
)


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
    with tempfile.TemporaryDirectory(prefix=FOLDERS[0]) as folder:
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
def handed_to_ssh(credential: Credential | None, address: Address, pin: str) -> Iterator[Handover]:
    """ssh without any configuration of its own, to one network address, with one key, checking the host's key by the
    name that known_hosts gives it. Without a credential, the keys and hosts of whoever runs this.

    Raises Unreachable where the credential is no key."""
    with tempfile.TemporaryDirectory(prefix=FOLDERS[1]) as folder:
        hosts = str(MACHINE_HOSTS)
        name = address.host if address.port == DEFAULT_PORTS["ssh"] else f"[{address.host}]:{address.port}"
        options = ["-F", "/dev/null", "-oBatchMode=yes", "-oConnectTimeout=10", "-oStrictHostKeyChecking=yes"]
        options += [f"-oHostName={pin}", f"-oHostKeyAlias={name}", "-oProxyCommand=none", "-oIdentityAgent=none"]
        options += ["-oIdentitiesOnly=yes", "-oPreferredAuthentications=publickey", "-oClearAllForwardings=yes"]
        if credential is None:
            hosts = f"~/.ssh/known_hosts {MACHINE_HOSTS}"
        else:
            options += ["-i", _private_file(Path(folder) / "key", _key(credential.secret))]
            if credential.known_hosts:
                hosts = _private_file(Path(folder) / "known_hosts", credential.known_hosts.rstrip("\n") + "\n")
        options += [f"-oUserKnownHostsFile={hosts}", "-oGlobalKnownHostsFile=/dev/null"]
        yield Handover({"GIT_SSH_COMMAND": shlex.join(["ssh", *options]), "GIT_SSH_VARIANT": "ssh"})


def _key(secret: str) -> str:
    """The private key in the lines that ssh wants: a field of one line, or Windows, may have taken them away."""
    found = _KEY.fullmatch(secret.strip())
    if found is None:
        raise Unreachable("The deploy key is no private key: paste all of it, from -----BEGIN to the last -----.")
    kind, body = found["kind"], found["body"].strip()
    if ":" in body:  # a header, as old encrypted keys have it, ends with its line
        raise Unreachable("The deploy key needs a passphrase: give one without, with the right to read alone.")
    letters = "".join(body.split())
    lines = [letters[start : start + KEY_WIDTH] for start in range(0, len(letters), KEY_WIDTH)]
    return "\n".join([f"-----BEGIN {kind}-----", *lines, f"-----END {kind}-----", ""])


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
