"""Objects by name through long-lived `git cat-file` processes, a bounded number of requests in flight.

A request that git answers with "missing" is an ordinary answer. An object that kills the process (a damaged pack, a
truncated file) costs one restart and counts as missing too, so one bad object never hides the others.
"""

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from scoring.sources import git_process

IN_FLIGHT = 128
"""Requests sent before their answers are read: 128 x 65 bytes fit a pipe, so neither side can block the other."""
SECONDS_PER_BATCH = 120.0
OBJECT_NAME = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")

Answer = tuple[str, str, bytes | None]
"""(object name, type, content); the content is None when the object is missing, damaged or larger than the limit."""


class CatFile:
    """One `git cat-file --batch` or `--batch-check`. Not for several threads at once."""

    def __init__(self, environment: Mapping[str, str], *, content: bool) -> None:
        self._environment = environment
        self._arguments = git_process.command(["cat-file", "--batch" if content else "--batch-check"])
        self._process: subprocess.Popen[bytes] | None = None
        self.damaged: list[str] = []
        """Requests whose object ended git, in the order met."""

    def contents(self, requests: Iterable[str], limit: int) -> Iterator[Answer]:
        """An answer for each request, in order. Content of more than `limit` bytes is thrown away unread."""
        for batch in _batches(requests):
            done = 0
            while done < len(batch):
                answers = self._exchange(batch[done:], limit)
                yield from answers
                done += len(answers)

    def sizes(self, requests: Iterable[str]) -> Iterator[tuple[str, str, int | None]]:
        """(object name, type, size in bytes or None when missing) for each request, in order."""
        for batch in _batches(requests):
            done = 0
            while done < len(batch):
                part = self._sizes(batch[done:])
                yield from part
                done += len(part)

    def _exchange(self, batch: list[str], limit: int) -> list[Answer]:
        """Answers for the front of the batch: all of it, or up to and with the request that ended git."""
        process = self._running()
        answers: list[Answer] = []
        with git_process.Watchdog(process, SECONDS_PER_BATCH):
            if not _send(process, batch):
                return self._after_death(batch, answers)
            for request in batch:
                answer = _read_one(process, request, limit)
                if answer is None:
                    return self._after_death(batch, answers)
                answers.append(answer)
        return answers

    def _sizes(self, batch: list[str]) -> list[tuple[str, str, int | None]]:
        process = self._running()
        assert process.stdout is not None
        answers: list[tuple[str, str, int | None]] = []
        with git_process.Watchdog(process, SECONDS_PER_BATCH):
            sent = _send(process, batch)
            for request in batch if sent else ():
                line = process.stdout.readline()
                if not line.endswith(b"\n"):
                    break
                words = line.decode("ascii", "replace").split()
                known = len(words) == 3 and words[2].isdigit()
                answers.append((words[0], words[1], int(words[2])) if known else (request, "", None))
        if len(answers) < len(batch):
            self._lost(batch[len(answers)])
            answers.append((batch[len(answers)], "", None))
        return answers

    def _after_death(self, batch: list[str], answers: list[Answer]) -> list[Answer]:
        culprit = batch[len(answers)]
        self._lost(culprit)
        return [*answers, (culprit, "", None)]

    def _lost(self, culprit: str) -> None:
        self.damaged.append(culprit)
        self.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = git_process.spawn(self._arguments, self._environment, stdin=subprocess.PIPE)
        return self._process

    def close(self) -> None:
        """End the process; it starts again at the next request."""
        if self._process is not None:
            git_process.kill(self._process)
            self._process = None


def _batches(requests: Iterable[str]) -> Iterator[list[str]]:
    source = iter(requests)
    while batch := list(islice(source, IN_FLIGHT)):
        for request in batch:
            if not OBJECT_NAME.fullmatch(request.removesuffix("^{tree}")):
                raise ValueError("not the full name of an object")
        yield batch


def _send(process: subprocess.Popen[bytes], batch: list[str]) -> bool:
    assert process.stdin is not None
    try:
        process.stdin.write("".join(f"{request}\n" for request in batch).encode("ascii"))
        process.stdin.flush()
    except BrokenPipeError:
        return False
    return True


def _read_one(process: subprocess.Popen[bytes], request: str, limit: int) -> Answer | None:
    """The next answer, or None when git ended before it was whole."""
    out = process.stdout
    assert out is not None
    line = out.readline()
    if not line.endswith(b"\n"):
        return None
    words = line.decode("ascii", "replace").split()
    if len(words) != 3 or not words[2].isdigit():
        return request, "", None
    size = int(words[2])
    if size > limit:
        return (words[0], words[1], None) if _skip(process, size + 1) else None
    data = out.read(size + 1)
    return (words[0], words[1], data[:-1]) if len(data) == size + 1 else None


def _skip(process: subprocess.Popen[bytes], count: int) -> bool:
    assert process.stdout is not None
    while count:
        piece = process.stdout.read(min(count, git_process.CHUNK))
        if not piece:
            return False
        count -= len(piece)
    return True
