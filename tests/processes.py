"""Real processes for the tests that need them: the broker, workers, schedulers; each in a session of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import redis

from debtboard.embedded import guardian
from debtboard.embedded.broker import command, server

ROOT = Path(__file__).resolve().parent.parent
FAST = {
    "DEBTBOARD_SCAN_LEASE_SECONDS": "3",
    "DEBTBOARD_SCAN_RETRY_SECONDS": "1",
    "DEBTBOARD_BEAT_SECONDS": "1",
    "DEBTBOARD_SHUTDOWN_SECONDS": "2",
}
"""The settings' own times, made short: 45, 30, 30 and 60 seconds."""


def until(true: Callable[[], Any], seconds: float = 90.0) -> Any:
    """The first true answer; fails with the question after so many seconds."""
    deadline = time.monotonic() + seconds
    while not (answer := true()):
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.02)
    return answer


class Process:
    """One program in its own session; what it prints goes to a file."""

    def __init__(self, arguments: list[str], log: Path, **environment: str) -> None:
        self.log = log
        with log.open("ab") as sink:
            self.process = subprocess.Popen(
                arguments,
                cwd=ROOT,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.pid = self.process.pid

    @property
    def members(self) -> list[int]:
        return guardian.members([self.pid])

    def kill_all(self) -> None:
        """kill -9 of everything it started."""
        guardian.end([self.pid], grace=0)
        self.process.wait()

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        os.kill(self.pid, number)

    def printed(self) -> str:
        return self.log.read_text(errors="replace")


class Broker(Process):
    """Debtboard's own choice of a server, on the socket of the settings."""

    def __init__(self) -> None:
        from django.conf import settings

        self.socket: Path = settings.BROKER_SOCKET
        self.folder: Path = settings.DATA / "broker"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.socket.parent.mkdir(parents=True, exist_ok=True)
        self.client = redis.Redis(unix_socket_path=str(self.socket))
        self.start()

    def start(self) -> None:
        super().__init__(command(server(), self.socket, self.folder), self.folder / "log")
        until(self._answers)

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.RedisError:
            return False

    def flush(self) -> None:
        self.client.flushall()

    def stop(self) -> None:
        self.client.close()
        self.kill_all()


def worker(log: Path, *extra: str, queues: str = "scan", concurrency: int = 1, **environment: str) -> Process:
    arguments = [sys.executable, "-m", "celery", "-A", "debtboard", "--quiet", "worker", "-Q", queues]
    arguments += ["-n", f"{log.stem}@%h", "-c", str(concurrency), "--without-gossip", "--without-mingle", *extra]
    return Process(arguments, log, **FAST, **environment)


def scheduler(log: Path) -> Process:
    arguments = [sys.executable, "-m", "celery", "-A", "debtboard", "--quiet", "beat", "--pidfile="]
    return Process([*arguments, "-s", str(log.with_suffix(".db"))], log, **FAST)


def processes_naming(text: str) -> list[str]:
    """Command lines, other than of this process and its parents, that hold the text."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) not in (os.getpid(), os.getppid()):
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if text in line:
                found.append(line)
    return found


def git_processes(folder: Path) -> list[int]:
    """Git children of anybody whose environment or arguments name the folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                arguments = (entry / "cmdline").read_bytes()
                named = arguments + (entry / "environ").read_bytes()
            except OSError:
                continue
            if arguments.split(b"\0")[0].endswith(b"git") and os.fsencode(folder) in named:
                found.append(int(entry.name))
    return found
