"""The processes that `up` keeps going: each leads a session of its own, and its lines are shown under its name."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from debtboard.embedded import guardian

STEADY_SECONDS = 20.0
"""A child that lived so long starts again at once when it dies; others wait longer each time."""
LONGEST_WAIT_SECONDS = 30.0
STOP_SECONDS = 4.0

_printing = threading.Lock()


def say(name: str, text: str) -> None:
    """One readable line on the terminal: who, and what."""
    with _printing:
        sys.stdout.write(f"{name:<9}| {text}\n")
        sys.stdout.flush()


@dataclass(slots=True)
class Child:
    """One kind of process. `command` is asked anew at each start."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    quiet: Callable[[str], bool] = lambda line: False
    """Lines that say nothing to a person."""
    process: subprocess.Popen[str] | None = None
    started: float = 0.0
    failures: int = 0
    next_start: float = field(default=0.0)

    def start(self) -> int:
        """Its session's number."""
        self.process = subprocess.Popen(
            list(self.command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict(self.environment),
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self.started = time.monotonic()
        threading.Thread(target=self._relay, args=(self.process,), daemon=True).start()
        return self.process.pid

    def _relay(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            text = line.rstrip()
            if text and not self.quiet(text):
                say(self.name, text)

    def died(self) -> int | None:
        """Its exit code, once, if it has ended."""
        return None if self.process is None else self.process.poll()


class Family:
    """All of them, and the guardian that survives `up`."""

    def __init__(self, lock: Path) -> None:
        self._children: list[Child] = []
        self._guardian = subprocess.Popen(
            [sys.executable, "-I", str(Path(guardian.__file__)), str(lock)],
            stdin=subprocess.PIPE,
            text=True,
            env={"PATH": os.environ.get("PATH", "")},
            start_new_session=True,
        )

    def add(self, child: Child) -> None:
        self._children.append(child)
        self._start(child)

    def _start(self, child: Child) -> None:
        self._tell(child.start())

    def _tell(self, session: int) -> None:
        if self._guardian.stdin is not None and self._guardian.poll() is None:
            self._guardian.stdin.write(f"{session}\n")
            self._guardian.stdin.flush()

    def tend(self) -> None:
        """Start again what has died, later each time if it keeps dying."""
        now = time.monotonic()
        for child in self._children:
            if (code := child.died()) is not None:
                guardian.end([child.process.pid] if child.process else [], grace=0)
                self._tell(-child.process.pid if child.process else 0)
                child.failures = 0 if now - child.started > STEADY_SECONDS else child.failures + 1
                wait = min(LONGEST_WAIT_SECONDS, 2.0 ** (child.failures - 1)) if child.failures else 0.0
                said = "at once" if not wait else f"in {wait:.0f} s"
                say("up", f"{child.name} ended ({_reason(code)}); it starts again {said}.")
                child.process, child.next_start = None, now + wait
            if child.process is None and now >= child.next_start:
                self._start(child)

    def stop(self) -> None:
        """End all of them, those that give work first, and everything they started."""
        sessions = [child.process.pid for child in self._children if child.process is not None]
        guardian.end(sessions, STOP_SECONDS)
        for child in self._children:
            if child.process is not None:
                child.process.wait()
        if self._guardian.stdin is not None:
            self._guardian.stdin.close()
        self._guardian.wait()


def _reason(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit {code}"
