"""Reading untrusted bytes in child processes with limits: the only way a scan parses anything.

A parent feeds batches of (reader, bytes) to children started with `python -I`; a child answers each item with its
encoded facts, or with the reason it refused. CPU and wall clock are counted for each file. A child that dies or exceeds
them may have been worn out by the files before, so the file is read once more, alone in a new child: that answer
stands, and is the same whatever stood beside it. It costs that file alone; another child goes on with the next one.
Facts come back as typed records; nothing else can cross the pipe (robustness 5.2, T4, T8). An operator's own signals
are asked in a child of the same limits, by `messages`; the `pipe` is the same.
"""

import gc
import os
import resource
import signal
import sys
import threading
import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from scoring import facts as records
from scoring.facts import FileFacts, Refusal
from scoring.sandbox.pipe import (
    FACTS,
    HEADER,
    NO_MEMORY,
    READY,
    REFUSED,
    Child,
    Died,
    Limits,
    Spent,
    send,
    started,
)

BATCH_ITEMS = 16
BATCH_BYTES = 400_000
"""Small beside what is read at a time, so that no child waits long for the last batch of another."""
CHILD_ITEMS = 20_000
"""Items after which a child is replaced, so that its memory cannot creep."""

SERVE = "from scoring.sandbox import serve; serve()"


class Item(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One file to read: the reader's name, and the bytes."""

    reader: str
    data: bytes


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
    send(sink, READY, b"")
    while header := source.read(HEADER.size):
        seconds, size, alone = HEADER.unpack(header)
        for item in decoder.decode(source.read(size)):
            signal.setitimer(signal.ITIMER_PROF, seconds)
            send(sink, *_answer(read[item.reader], item.data, alone=alone))
        signal.setitimer(signal.ITIMER_PROF, 0)


def _answer(read: records.ReadFunction, data: bytes, *, alone: bool) -> tuple[int, bytes]:
    from scoring.readers.base import Unreadable

    try:
        return FACTS, encode(read(data))
    except Unreadable as refusal:
        reason, spent = str(refusal), isinstance(refusal.__context__, MemoryError)
    except RecursionError:
        reason, spent = "nested too deep to be parsed", False
    except MemoryError:
        reason, spent = "needs more memory than the reader's limit", True
    except Exception as error:
        reason, spent = f"the reader failed on it ({type(error).__name__})", False
    if spent and not alone and _used_half():
        os._exit(NO_MEMORY)  # the files before may have taken it
    return REFUSED, _encoder.encode(Refusal(reason))


def _used_half() -> bool:
    """Whether the child ever held half of its memory: Python's parser says MemoryError of deep nesting too."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return 2 * 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > limit


# ---------------------------------------------------------------- the parent


class _Reader(Child):
    """A child that reads files."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(started(SERVE, limits), limits)
        self.done = 0

    def ask(self, batch: Sequence[Item], *, alone: bool = False) -> Iterator[tuple[int, bytes]]:
        """(kind, payload) for each item of the batch, in order; raises Died at the item that ended the child."""
        self._tell(_encoder.encode(batch), alone=alone)
        for _ in batch:
            self.done += 1
            yield self._receive(self._limits.seconds)


class Sandbox:
    """A few children that stay warm between scans. Use it as a context, or call `close`."""

    def __init__(self, workers: int = 1, limits: Limits | None = None) -> None:
        self.workers = workers
        self.limits = limits or Limits()
        self._idle: list[_Reader] = []
        self._lock = threading.Lock()
        self._turns = threading.Semaphore(workers)

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
                flying.append(pool.submit(self._read_in_turn, batch))
                if len(flying) > self.workers + 1:
                    yield from flying.popleft().result()
            while flying:
                yield from flying.popleft().result()

    def _read_in_turn(self, batch: list[tuple[str, Item]]) -> list[tuple[str, bytes | Refusal]]:
        """By one of as many children as there are to be, whoever else reads."""
        with self._turns:
            return list(self._read_batch(batch))

    def _read_batch(self, batch: list[tuple[str, Item]]) -> Iterator[tuple[str, bytes | Refusal]]:
        left = deque(batch)
        while left:
            child = self._child()
            try:
                for answer in child.ask([item for _, item in left]):
                    key, _ = left.popleft()
                    yield key, _stored(answer)
            except Died as death:
                child.close()
                key, item = left.popleft()
                first = child.done <= 1 and not isinstance(death, Spent)
                yield key, _refused(death) if first else self._alone(item)
            except BaseException:
                child.close()
                raise
            else:
                self._give_back(child)

    def _alone(self, item: Item) -> bytes | Refusal:
        """The item by a child that has read nothing before: at most once for each item."""
        child = _Reader(self.limits)
        try:
            return _stored(next(child.ask([item], alone=True)))
        except Died as death:
            return _refused(death)
        finally:
            child.close()

    def _child(self) -> _Reader:
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.alive:
                    return child
                child.close()
        return _Reader(self.limits)

    def _give_back(self, child: _Reader) -> None:
        if child.done >= CHILD_ITEMS:
            child.close()
            return
        with self._lock:
            self._idle.append(child)


def _stored(answer: tuple[int, bytes]) -> bytes | Refusal:
    kind, payload = answer
    return payload if kind == FACTS else _refusal.decode(payload)


def _refused(death: Died) -> Refusal:
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
