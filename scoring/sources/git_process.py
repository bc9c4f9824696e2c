"""How git is started: nothing inherited but PATH, limits before exec, a deadline, and its errors cut and masked.

Limits are set by a two-line `/bin/sh` launcher (about a millisecond). `preexec_fn` would run Python between fork and
exec, which can deadlock in a process with threads (workers, the watchdogs below); a Python launcher would cost 20 ms
a call. Every child leads a session of its own, so that a deadline ends it together with its helpers.
"""

import contextlib
import os
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from scoring.sources.git_errors import DamagedRepository, TimedOut, TooLarge

SECONDS = 60.0
"""Deadline of a call that names no other."""
STDERR_BYTES = 64 * 1024
CHUNK = 1 << 20
PIPE_BYTES = 1 << 16
"""What a pipe holds at the most: a larger buffer before it would never be filled."""
GIGABYTE = 1 << 30

LIMITS: tuple[tuple[str, int, int, int], ...] = (
    ("v", resource.RLIMIT_AS, 1024, GIGABYTE),
    ("t", resource.RLIMIT_CPU, 1, 120),
    ("f", resource.RLIMIT_FSIZE, 512, GIGABYTE),
    ("n", resource.RLIMIT_NOFILE, 1, 256),
    ("c", resource.RLIMIT_CORE, 512, 0),
)
"""(option of the shell's ulimit, the resource, its unit in bytes or pieces, the limit)."""

FLAGS: tuple[str, ...] = (
    "protocol.allow=never",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.symlinks=false",
    "core.protectHFS=true",
    "core.protectNTFS=true",
    "core.bigFileThreshold=16m",
    "core.packedGitWindowSize=32m",  # mapped windows count against the address space
    "core.packedGitLimit=256m",
    "core.commitGraph=true",
    "safe.bareRepository=explicit",
    "credential.helper=",
    "transfer.bundleURI=false",
    "fetch.recurseSubmodules=false",
    "submodule.recurse=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "pack.threads=1",
    "diff.external=",
    "log.showSignature=false",
    "log.mailmap=false",
    "i18n.logOutputEncoding=UTF-8",
)

ENVIRONMENT: Mapping[str, str] = {
    "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "true",
    "SSH_ASKPASS": "true",
    "GIT_ALLOW_PROTOCOL": "none",  # git before 2.45 knows no GIT_NO_LAZY_FETCH: no protocol, no fetch
    "GIT_PROTOCOL_FROM_USER": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_PAGER": "cat",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
}

_USER_INFO = re.compile(r"://[^/@\s]*@")
_CONTROLS = re.compile(r"[^\x20-\x7e\u00a0-\u2027\u2030-\ud7ff\ue000-\ufffd]+")


def masked(text: bytes | str, secrets: Sequence[str] = ()) -> str:
    """What git wrote on stderr, fit for a log: no user info of an address, no given secret, no control character."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    for secret in secrets:
        if secret:
            words = words.replace(secret, "***")
    return _CONTROLS.sub(" ", _USER_INFO.sub("://***@", words)).strip()[:STDERR_BYTES]


def _ulimits(overrides: Mapping[str, int]) -> str:
    """Shell lines that set each limit, never above what this process itself is allowed."""
    lines = []
    for option, kind, unit, default in LIMITS:
        wanted = overrides.get(option, default)
        _, hard = resource.getrlimit(kind)
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        lines.append(f"ulimit -{option} {allowed // unit}")
    return "; ".join(lines)


def command(
    arguments: Sequence[str], *, flags: Sequence[str] = (), limits: Mapping[str, int] | None = None
) -> list[str]:
    """The whole argument vector of `git <arguments>` behind the launcher. `limits` are raised or lowered by option."""
    settings = [word for flag in (*FLAGS, *flags) for word in ("-c", flag)]
    launcher = f'{_ulimits(limits or {})}; exec "$@"'
    return ["/bin/sh", "-c", launcher, "git", "git", "--no-pager", *settings, *arguments]


def dying_with_parent(arguments: list[str]) -> list[str]:
    """The same vector, killed by the kernel when this process dies. Only for calls that are waited for in the thread
    that starts them, since the kernel watches the thread; and only where util-linux has setpriv."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL", "--", *arguments] if setpriv else arguments


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Everything a git child sees."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), **ENVIRONMENT, **extra}


def spawn(
    arguments: list[str],
    extra: Mapping[str, str],
    *,
    stdin: int = subprocess.DEVNULL,
    stderr: int | IO[bytes] = subprocess.DEVNULL,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a vector of `command` with stdout on a pipe, in a session of its own, in the folder /."""
    return subprocess.Popen(
        arguments,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env=environment(extra),
        cwd="/",
        start_new_session=True,
        pass_fds=pass_fds,
        bufsize=PIPE_BYTES,
    )


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the child with all it started, and reap it."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    process.wait()


class Watchdog:
    """`with Watchdog(process, seconds) as dog`: kills the child at the deadline; `dog.bit` says that it did."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self._timer = threading.Timer(seconds, self._bite)
        self._timer.daemon = True
        self.bit = False

    def _bite(self) -> None:
        if self._process.poll() is None:
            self.bit = True
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def __enter__(self) -> "Watchdog":
        self._timer.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._timer.cancel()


def stream(arguments: list[str], extra: Mapping[str, str], *, seconds: float = SECONDS) -> Iterator[bytes]:
    """stdout in pieces of up to 1 MiB.

    Raises TimedOut at the deadline and DamagedRepository when git fails; by then pieces may have been given."""
    with tempfile.TemporaryFile() as errors:
        process = spawn(arguments, extra, stderr=errors)
        assert process.stdout is not None
        try:
            with Watchdog(process, seconds) as dog:
                while piece := process.stdout.read(CHUNK):
                    yield piece
                code = process.wait()
            if dog.bit:
                raise TimedOut(
                    f"Git did not end within {seconds:.0f} seconds: try again when the machine is less busy."
                )
            if code:
                errors.seek(0)
                raise DamagedRepository(_said(errors.read(STDERR_BYTES)))
        finally:
            kill(process)


def _said(stderr: bytes) -> str:
    lines = masked(stderr.strip().split(b"\n")[-1])[:200]
    return f"Git could not read the repository ({lines or 'it gave no reason'}): clone it again."


def run(
    arguments: list[str],
    extra: Mapping[str, str],
    *,
    seconds: float = SECONDS,
    limit: int = 16 * CHUNK,
    pass_fds: Sequence[int] = (),
) -> tuple[int, bytes, str]:
    """(exit code, stdout, masked stderr) of a call with a small answer; raises TimedOut, or TooLarge beyond `limit`."""
    with tempfile.TemporaryFile() as errors:
        process = spawn(arguments, extra, stderr=errors, pass_fds=pass_fds)
        assert process.stdout is not None
        try:
            with Watchdog(process, seconds) as dog:
                answer = process.stdout.read(limit + 1)
                if len(answer) > limit:
                    raise TooLarge("Git's answer is larger than its limit: the repository cannot be scanned.")
                code = process.wait()
            if dog.bit:
                raise TimedOut(
                    f"Git did not end within {seconds:.0f} seconds: try again when the machine is less busy."
                )
            errors.seek(0)
            return code, answer, masked(errors.read(STDERR_BYTES))
        finally:
            kill(process)
