"""Ends what `up` started, should `up` itself be killed: a small process that waits for its pipe to close.

It reads one session id a line. Celery's pool processes lead groups of their own, so that a time limit takes git with
them; what still holds together everything that one child started is its session.

Run as a file: it imports nothing but the standard library.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

GRACE_SECONDS = 2.0


def members(sessions: Iterable[int]) -> list[int]:
    """The processes of these sessions, zombies left out."""
    wanted = set(sessions)
    if not Path("/proc/self/stat").exists():
        return _members_by_ps(wanted)
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                fields = Path("/proc", entry, "stat").read_bytes().rpartition(b")")[2].split()
            except OSError:
                continue
            if int(fields[3]) in wanted and fields[0] != b"Z":
                found.append(int(entry))
    return sorted(found)


def _members_by_ps(wanted: set[int]) -> list[int]:
    """Where there is no /proc: a child leads the session that has its number, and its group is all that ps tells."""
    listing = subprocess.run(["ps", "-axo", "pid=,pgid="], capture_output=True, text=True, check=False).stdout
    rows = (line.split() for line in listing.splitlines())
    return sorted(int(pid) for pid, group in rows if int(group) in wanted)


def end(sessions: Iterable[int], grace: float = GRACE_SECONDS) -> None:
    """Ask the leaders to stop, then kill what is left of their sessions."""
    sessions = list(sessions)
    for leader in sessions:
        _signal(leader, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while members(sessions) and time.monotonic() < deadline:
        time.sleep(0.05)
    while left := members(sessions):
        for pid in left:
            _signal(pid, signal.SIGKILL)
        time.sleep(0.02)
        if time.monotonic() > deadline + 5:
            return


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def watch(lock: str) -> None:
    """Until the pipe closes; then end what was named and not taken back. Holds the lock while it works."""
    with open(lock, "w", encoding="ascii") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        sessions: set[int] = set()
        for line in sys.stdin:
            number = int(line)
            sessions.add(number) if number > 0 else sessions.discard(-number)
        end(sessions)


if __name__ == "__main__":
    watch(sys.argv[1])
