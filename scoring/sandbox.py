"""Reading untrusted bytes in child processes with limits: the only way a scan parses anything.

A parent feeds batches of (reader, bytes) to children started with `python -I`; a child answers each item with its
encoded facts, or with the reason it refused. CPU and wall clock are counted for each file. A child that dies or exceeds
them may have been worn out by the files before, so the file is read once more, alone in a new child: that answer
stands, and is the same whatever stood beside it. It costs that file alone; another child goes on with the next one.
Facts come back as typed records; nothing else can cross the pipe (robustness 5.2, T4, T8). An operator's own signals
are asked in a child of the same limits, by messages. Both ends of each pipe stand here, so that they can't drift apart:
some lines over the limit of a module.
"""

import gc
import os
import resource
import select
import signal
import struct
import subprocess
import sys
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

import msgspec

from scoring import facts as records
from scoring.facts import FileFacts, Refusal

BATCH_ITEMS = 64
BATCH_BYTES = 1_500_000
CHILD_ITEMS = 20_000
"""Items after which a child is replaced, so that its memory cannot creep."""

PIPE_BYTES = 1 << 16
"""What a pipe holds at the most: room for more would be taken and given back at every read."""
START_SECONDS = 60.0
"""A child is ready within: no file's limit, since a busy machine starts a process slowly."""
FLAGS = ("-I", "-X", "utf8", "-c")
SERVE = "from scoring.sandbox import serve; serve()"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may take: memory as a whole, CPU and wall clock for each file."""

    memory_bytes: int = 768 * 1024 * 1024
    cpu_seconds: float = 20.0
    seconds: float = 30.0
    open_files: int = 64


class Item(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One file to read: the reader's name, and the bytes."""

    reader: str
    data: bytes


_HEADER = struct.Struct("<dI?")
"""A batch: the CPU seconds that each file may take, the size of what follows, and whether it is a file alone."""
_ANSWER = struct.Struct("<BI")
_FACTS, _REFUSED, _READY = 1, 2, 3
_NO_MEMORY = 70
"""The exit status of a child that ran out of memory, at a file that is not its only one."""
_encoder = msgspec.msgpack.Encoder()
_DECODERS = {kind.__name__: msgspec.msgpack.Decoder(kind) for kind in FileFacts.__args__}
_refusal = msgspec.msgpack.Decoder(Refusal)


def encode(facts: FileFacts) -> bytes:
    """Facts as stored bytes: the kind's name, a NUL, the record."""
    return type(facts).__name__.encode() + b"\0" + _encoder.encode(facts)


def decode(stored: bytes) -> FileFacts:
    """The inverse of `encode`; raises msgspec.ValidationError where the bytes are not of the kind they name."""
    name, _, record = stored.partition(b"\0")
    facts: FileFacts = _DECODERS[name.decode()].decode(record)
    return facts


# ---------------------------------------------------------------- the child


def serve() -> None:
    """The child's loop: a batch in, an answer for each item out, until its input ends."""
    from scoring.readers import all_readers

    warnings.simplefilter("ignore")
    sys.setrecursionlimit(10_000)
    read = {reader.name: reader.read for reader in all_readers()}
    decoder = msgspec.msgpack.Decoder(list[Item])
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGPROF])
    gc.disable()  # syntax trees have no cycles, and the child is replaced long before stray ones add up
    _send(sink, _READY, b"")
    while header := source.read(_HEADER.size):
        seconds, size, alone = _HEADER.unpack(header)
        for item in decoder.decode(source.read(size)):
            signal.setitimer(signal.ITIMER_PROF, seconds)
            _send(sink, *_answer(read[item.reader], item.data, alone=alone))
        signal.setitimer(signal.ITIMER_PROF, 0)


def _answer(read: records.ReadFunction, data: bytes, *, alone: bool) -> tuple[int, bytes]:
    from scoring.readers.base import Unreadable

    try:
        return _FACTS, encode(read(data))
    except Unreadable as refusal:
        reason, spent = str(refusal), isinstance(refusal.__context__, MemoryError)
    except RecursionError:
        reason, spent = "nested too deep to be parsed", False
    except MemoryError:
        reason, spent = "needs more memory than the reader's limit", True
    except Exception as error:
        reason, spent = f"the reader failed on it ({type(error).__name__})", False
    if spent and not alone and _used_half():
        os._exit(_NO_MEMORY)  # the files before may have taken it
    return _REFUSED, _encoder.encode(Refusal(reason))


def _used_half() -> bool:
    """Whether the child ever held half of its memory: Python's parser says MemoryError of deep nesting too."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return 2 * 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > limit


def _send(sink: IO[bytes], kind: int, payload: bytes) -> None:
    sink.write(_ANSWER.pack(kind, len(payload)) + payload)
    sink.flush()


def answer_messages(answer: Callable[[bytes], bytes]) -> None:
    """The loop of a child that is sent messages: one in, one out, until its input ends.

    What it runs may print and read as it likes: the pipe is out of its reach, and its own ends lead nowhere.
    """
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for end in (0, 1):
        os.dup2(nowhere, end)
    warnings.simplefilter("ignore")
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGPROF])
    _send(sink, _READY, b"")
    while header := source.read(_HEADER.size):
        seconds, size, _ = _HEADER.unpack(header)
        message = source.read(size)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        reply = answer(message)
        signal.setitimer(signal.ITIMER_PROF, 0)
        _send(sink, _FACTS, reply)


# ---------------------------------------------------------------- the parent


class _Died(Exception):
    """The child ended, or was ended; says why in words for the file it was reading.

    `lasting` where the file's own bytes are to blame; a slow machine or a killed process may read it next time.
    """

    lasting = False


class _Exhausted(_Died):
    """The file took more CPU than a file may."""

    lasting = True


class _Spent(_Died):
    """The child had no memory left; whose that was, the file's or those before, a child of its own tells."""


class _Slow(_Died):
    """No answer came in time, whatever it was doing."""


class _Long(_Died):
    """Its reply is longer than a reply may be, and was not read."""


class _Child:
    """One child and its pipe. Not safe for threads: each thread has its own."""

    def __init__(self, limits: Limits, serve: str = SERVE) -> None:
        self._limits = limits
        self._buffer = bytearray()
        self.done = 0
        self._process = subprocess.Popen(
            [sys.executable, *FLAGS, serve],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
            bufsize=0,
        )
        self._limit()
        try:
            self._receive(START_SECONDS)
        except _Died as death:
            self.close()
            raise RuntimeError("The reader's process did not start: is Debtboard installed in this Python?") from death

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def _limit(self) -> None:
        """From outside, by prlimit: `preexec_fn` is unsafe where threads run, and nothing is read before it is set."""
        pid, limits = self._process.pid, self._limits
        for kind, bound in (
            (resource.RLIMIT_AS, limits.memory_bytes),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NOFILE, limits.open_files),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.prlimit(pid, kind, (bound, bound))

    def ask(self, batch: Sequence[Item], *, alone: bool = False) -> Iterator[tuple[int, bytes]]:
        """(kind, payload) for each item of the batch, in order; raises _Died at the item that ended the child."""
        self._tell(_encoder.encode(batch), alone=alone)
        for _ in batch:
            self.done += 1
            yield self._receive(self._limits.seconds)

    def _tell(self, payload: bytes, *, alone: bool) -> None:
        sink = self._process.stdin
        assert sink is not None
        try:
            for piece in (_HEADER.pack(self._limits.cpu_seconds, len(payload), alone), payload):
                view = memoryview(piece)
                while view:
                    view = view[sink.write(view) or 0 :]
        except BrokenPipeError as error:
            raise _Died("the reader's process ended") from error

    def _receive(self, seconds: float) -> tuple[int, bytes]:
        deadline = time.monotonic() + seconds
        kind, size = _ANSWER.unpack(self._take(_ANSWER.size, deadline))
        return kind, self._take(size, deadline)

    def _take(self, size: int, deadline: float) -> bytes:
        source = self._process.stdout
        assert source is not None
        while len(self._buffer) < size:
            ready, _, _ = select.select([source], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise _Slow(f"took longer than {self._limits.seconds:g} s to read")
            piece = os.read(source.fileno(), PIPE_BYTES)
            if not piece:
                raise self._cause()
            self._buffer += piece
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _cause(self) -> _Died:
        code = self._process.wait()
        if code == -signal.SIGPROF:
            return _Exhausted(f"took more than {self._limits.cpu_seconds:g} s of CPU to read")
        if code == _NO_MEMORY:
            return _Spent("ran out of memory")
        return _Died(f"ended the process that read it ({_ending(code)})")

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Gone(Exception):
    """A child that was sent a message did not answer it, and is no more: why, in words that follow "it"."""


class Messenger(_Child):
    """A child that answers messages instead of reading files. `serve` is the code that it runs."""

    MOST_BYTES = 32_000_000
    """Of one reply."""

    def send(self, message: bytes) -> bytes:
        """The reply. Raises Gone: then the child is closed."""
        try:
            self._tell(message, alone=True)
            return self._receive(self._limits.seconds)[1]
        except _Exhausted:
            said = f"took more than {self._limits.cpu_seconds:g} s of CPU"
        except _Slow:
            said = f"took longer than {self._limits.seconds:g} s"
        except _Long:
            said = f"answers with more than {self.MOST_BYTES // 1_000_000} MB"
        except _Died:
            said = f"ended its process ({_ending(self._process.wait())})" if self._ended() else "broke its pipe"
        self.close()
        raise Gone(said)

    def _receive(self, seconds: float) -> tuple[int, bytes]:
        deadline = time.monotonic() + seconds
        kind, size = _ANSWER.unpack(self._take(_ANSWER.size, deadline))
        if size > self.MOST_BYTES:
            raise _Long("its reply is too long")
        return kind, self._take(size, deadline)

    def _ended(self) -> bool:
        try:
            self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return False
        return True


class Sandbox:
    """A few children that stay warm between scans. Use it as a context, or call `close`."""

    def __init__(self, workers: int = 1, limits: Limits | None = None) -> None:
        self.workers = workers
        self.limits = limits or Limits()
        self._idle: list[_Child] = []
        self._lock = threading.Lock()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            children, self._idle = self._idle, []
        for child in children:
            child.close()

    def read(self, items: Iterable[tuple[str, Item]]) -> Iterator[tuple[str, bytes | Refusal]]:
        """(key, item) -> (key, stored facts or the refusal), in the order given, whatever the number of workers."""
        batches = _batches(items)
        if self.workers == 1:
            for batch in batches:
                yield from self._read_batch(batch)
            return
        yield from self._read_side_by_side(batches)

    def _read_side_by_side(self, batches: Iterator[list[tuple[str, Item]]]) -> Iterator[tuple[str, bytes | Refusal]]:
        from concurrent.futures import Future, ThreadPoolExecutor

        with ThreadPoolExecutor(self.workers) as pool:
            flying: deque[Future[list[tuple[str, bytes | Refusal]]]] = deque()
            for batch in batches:
                flying.append(pool.submit(lambda part: list(self._read_batch(part)), batch))
                if len(flying) > self.workers + 1:
                    yield from flying.popleft().result()
            while flying:
                yield from flying.popleft().result()

    def _read_batch(self, batch: list[tuple[str, Item]]) -> Iterator[tuple[str, bytes | Refusal]]:
        left = deque(batch)
        while left:
            child = self._child()
            try:
                for answer in child.ask([item for _, item in left]):
                    key, _ = left.popleft()
                    yield key, _stored(answer)
            except _Died as death:
                child.close()
                key, item = left.popleft()
                first = child.done <= 1 and not isinstance(death, _Spent)
                yield key, _refused(death) if first else self._alone(item)
            except BaseException:
                child.close()
                raise
            else:
                self._give_back(child)

    def _alone(self, item: Item) -> bytes | Refusal:
        """The item by a child that has read nothing before: at most once for each item."""
        child = _Child(self.limits)
        try:
            return _stored(next(child.ask([item], alone=True)))
        except _Died as death:
            return _refused(death)
        finally:
            child.close()

    def _child(self) -> _Child:
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.alive:
                    return child
                child.close()
        return _Child(self.limits)

    def _give_back(self, child: _Child) -> None:
        if child.done >= CHILD_ITEMS:
            child.close()
            return
        with self._lock:
            self._idle.append(child)


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit {code}"


def _stored(answer: tuple[int, bytes]) -> bytes | Refusal:
    kind, payload = answer
    return payload if kind == _FACTS else _refusal.decode(payload)


def _refused(death: _Died) -> Refusal:
    return Refusal(str(death), passing=not death.lasting)


def _batches(items: Iterable[tuple[str, Item]]) -> Iterator[list[tuple[str, Item]]]:
    batch: list[tuple[str, Item]] = []
    size = 0
    for key, item in items:
        batch.append((key, item))
        size += len(item.data)
        if len(batch) >= BATCH_ITEMS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
