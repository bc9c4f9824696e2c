"""A child process with limits, and the pipe to it: both of its ends, so that they can't drift apart.

A child runs a loop of its own (`scoring.sandbox`, `scoring.sandbox.messages`): a header and what it announces go in, an
answer with its size comes out. CPU and wall clock are counted for each answer.
"""

import os
import resource
import select
import signal
import struct
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import IO, Protocol

PIPE_BYTES = 1 << 16
"""What a pipe holds at the most: room for more would be taken and given back at every read."""
START_SECONDS = 60.0
"""A child is ready within: no file's limit, since a busy machine starts a process slowly."""
FLAGS = ("-I", "-X", "utf8", "-c")

HEADER = struct.Struct("<dI?")
"""A batch: the CPU seconds that each file may take, the size of what follows, and whether it is a file alone."""
ANSWER = struct.Struct("<BI")
FACTS, REFUSED, READY = 1, 2, 3
NO_MEMORY = 70
"""The exit status of a child that ran out of memory, at a file that is not its only one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may take: memory as a whole, CPU and wall clock for each file."""

    memory_bytes: int = 768 * 1024 * 1024
    cpu_seconds: float = 20.0
    seconds: float = 30.0
    open_files: int = 64


def send(sink: IO[bytes], kind: int, payload: bytes) -> None:
    """One answer of a child's."""
    sink.write(ANSWER.pack(kind, len(payload)) + payload)
    sink.flush()


class Died(Exception):
    """The child ended, or was ended; says why in words for the file it was reading.

    `lasting` where the file's own bytes are to blame; a slow machine or a killed process may read it next time.
    """

    lasting = False


class Exhausted(Died):
    """The file took more CPU than a file may."""

    lasting = True


class Spent(Died):
    """The child had no memory left; whose that was, the file's or those before, a child of its own tells."""


class Slow(Died):
    """No answer came in time, whatever it was doing."""


class Process(Protocol):
    """What is asked of a process: a `subprocess.Popen`, or a fork."""

    @property
    def pid(self) -> int: ...
    @property
    def stdin(self) -> IO[bytes] | None: ...
    @property
    def stdout(self) -> IO[bytes] | None: ...
    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def kill(self) -> None: ...


def started(serve: str, limits: Limits) -> Process:
    """A new Python that runs `serve` under the limits: it is ready once it sent its first answer."""
    process = subprocess.Popen(
        [sys.executable, *FLAGS, serve],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
        bufsize=0,
    )
    # From outside, by prlimit: `preexec_fn` is unsafe where threads run, and nothing is read before it is set.
    for kind, bound in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.prlimit(process.pid, kind, (bound, bound))
    return process


class Child:
    """One child and its pipe. Not safe for threads: each thread has its own."""

    def __init__(self, process: Process, limits: Limits) -> None:
        """Raises RuntimeError where the process does not get ready."""
        self._limits = limits
        self._buffer = bytearray()
        self._process = process
        try:
            self._receive(START_SECONDS)
        except Died as death:
            self.close()
            raise RuntimeError("The reader's process did not start: is Debtboard installed in this Python?") from death

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def _tell(self, payload: bytes, *, alone: bool) -> None:
        sink = self._process.stdin
        assert sink is not None
        try:
            for piece in (HEADER.pack(self._limits.cpu_seconds, len(payload), alone), payload):
                view = memoryview(piece)
                while view:
                    view = view[sink.write(view) or 0 :]
        except BrokenPipeError as error:
            raise Died("the reader's process ended") from error

    def _receive(self, seconds: float) -> tuple[int, bytes]:
        deadline = time.monotonic() + seconds
        kind, size = ANSWER.unpack(self._take(ANSWER.size, deadline))
        return kind, self._take(size, deadline)

    def _take(self, size: int, deadline: float) -> bytes:
        source = self._process.stdout
        assert source is not None
        while len(self._buffer) < size:
            ready, _, _ = select.select([source], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise Slow(f"took longer than {self._limits.seconds:g} s to read")
            piece = os.read(source.fileno(), PIPE_BYTES)
            if not piece:
                raise self._cause()
            self._buffer += piece
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _cause(self) -> Died:
        code = self._process.wait()
        if code == -signal.SIGPROF:
            return Exhausted(f"took more than {self._limits.cpu_seconds:g} s of CPU to read")
        if code == NO_MEMORY:
            return Spent("ran out of memory")
        return Died(f"ended the process that read it ({ending(code)})")

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def ending(code: int) -> str:
    """How a process ended, as its exit code tells."""
    return f"signal {-code}" if code < 0 else f"exit {code}"
