"""Children that are sent messages, one in and one out: the way in which an operator's own signals are asked.

Such a child can answer by a fork of itself: what the fork changes, in the interpreter as in what it holds, ends with
it, and the next fork begins as the first one did.
"""

import ctypes
import gc
import os
import resource
import signal
import subprocess
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import IO, NoReturn

from scoring.sandbox.pipe import (
    ANSWER,
    FACTS,
    HEADER,
    READY,
    Child,
    Died,
    Exhausted,
    Limits,
    Process,
    Slow,
    ending,
    send,
)

Answering = Callable[[bytes], bytes]
"""A message in, its reply out; it never raises."""

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


# ---------------------------------------------------------------- the child


def answer_messages(answer: Answering) -> None:
    """The loop of a child that is sent messages: one in, one out, until its input ends.

    What it runs may print and read as it likes: the pipe is out of its reach, and its own ends lead nowhere.
    """
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for end in (0, 1):
        os.dup2(nowhere, end)
    warnings.simplefilter("ignore")
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGPROF])
    _answer_each(answer, source, sink)


def _answer_each(answer: Answering, source: IO[bytes], sink: IO[bytes]) -> None:
    send(sink, READY, b"")
    while header := source.read(HEADER.size):
        seconds, size, _ = HEADER.unpack(header)
        message = source.read(size)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        reply = answer(message)
        signal.setitimer(signal.ITIMER_PROF, 0)
        send(sink, FACTS, reply)


def _answer_as_fork(answer: Answering, source: int, sink: int) -> NoReturn:
    """The life of a fork. The ends of its parent's pipe are closed in it, and it does not outlive its parent."""
    try:
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        for end in range(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0]):
            if end not in (source, sink):
                with suppress(OSError):
                    os.close(end)
        _answer_each(answer, os.fdopen(source, "rb"), os.fdopen(sink, "wb"))
    finally:
        os._exit(0)


# ---------------------------------------------------------------- the parent


class Gone(Exception):
    """A child that was sent a message did not answer it, and is no more: why, in words that follow "it"."""


class _Long(Died):
    """Its reply is longer than a reply may be, and was not read."""


class Messenger(Child):
    """A child that answers messages."""

    MOST_BYTES = 32_000_000
    """Of one reply."""

    def send(self, message: bytes) -> bytes:
        """The reply. Raises Gone: then the child is closed."""
        try:
            self._tell(message, alone=True)
            return self._receive(self._limits.seconds)[1]
        except Exhausted:
            said = f"took more than {self._limits.cpu_seconds:g} s of CPU"
        except Slow:
            said = f"took longer than {self._limits.seconds:g} s"
        except _Long:
            said = f"answers with more than {self.MOST_BYTES // 1_000_000} MB"
        except Died:
            said = f"ended its process ({ending(self._process.wait())})" if self._ended() else "broke its pipe"
        self.close()
        raise Gone(said)

    def _receive(self, seconds: float) -> tuple[int, bytes]:
        deadline = time.monotonic() + seconds
        kind, size = ANSWER.unpack(self._take(ANSWER.size, deadline))
        if size > self.MOST_BYTES:
            raise _Long("its reply is too long")
        return kind, self._take(size, deadline)

    def _ended(self) -> bool:
        try:
            self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return False
        return True


class Fork(Messenger):
    """A copy of this process as it stands, with its limits, which answers messages until it is closed."""

    def __init__(self, answer: Answering, limits: Limits) -> None:
        """Raises OSError or RuntimeError where there is no process to be had."""
        super().__init__(_forked(answer), limits)

    def close(self) -> None:
        """At once: it holds nothing that is missed."""
        self._process.kill()
        super().close()


def _forked(answer: Answering) -> Process:
    """Call it where one thread runs."""
    (source, asks), (answers, sink) = os.pipe(), os.pipe()
    gc.freeze()  # so that collecting in the fork does not copy what it shares
    pid = os.fork()
    if not pid:
        _answer_as_fork(answer, source, sink)
    gc.unfreeze()
    os.close(source)
    os.close(sink)
    return _Forked(pid, os.fdopen(asks, "wb", 0), os.fdopen(answers, "rb", 0))


class _Forked:
    """A fork as its parent holds it."""

    def __init__(self, pid: int, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self.pid = pid
        self.stdin = stdin
        self.stdout = stdout
        self._code: int | None = None

    def poll(self) -> int | None:
        return self._reaped(os.WNOHANG)

    def wait(self, timeout: float | None = None) -> int:
        deadline = time.monotonic() + (timeout or 0)
        while (code := self._reaped(0 if timeout is None else os.WNOHANG)) is None:
            if time.monotonic() >= deadline:
                raise subprocess.TimeoutExpired("a fork", timeout or 0)
            time.sleep(0.001)
        return code

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def _reaped(self, options: int) -> int | None:
        if self._code is None:
            pid, status = os.waitpid(self.pid, options)
            self._code = os.waitstatus_to_exitcode(status) if pid else None
        return self._code
