"""A repository that takes a worker a few seconds, and the processes that are to be hurt while they read it."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from debtboard.models import Scan
from tests.processes import Process, scheduler, worker

FILES = 1_100
BODY = "".join(f"def step_{n}(frame, rate=0.{n}):\n    return frame.dropna() * rate + {n}\n\n\n" for n in range(12))


def heavy_repository(folder: Path, files: int = FILES) -> Path:
    """One commit of many different modules, written by git itself."""
    environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "init", "-q", "-b", "main", folder], env=environment, check=True, timeout=60)
    lines = ["commit refs/heads/main", "committer Ada <ada@example.org> 1790000000 +0000", "data 4", "heap"]
    for number in range(files):
        text = f"import sklearn\nNUMBER = {number}\n\n\n{BODY}"
        lines += [f"M 100644 inline pkg/module_{number}.py", f"data {len(text)}", text]
    stream = ("\n".join(lines) + "\n").encode()
    subprocess.run(["git", "fast-import", "--quiet"], cwd=folder, env=environment, input=stream, check=True, timeout=60)
    return folder


@pytest.fixture
def heavy(make_component, repository_of, tmp_path, transactional_db) -> Callable[..., object]:
    """heavy("name") -> a component whose first scan takes seconds."""
    from debtboard.models import Component

    def make(name: str = "heavy", files: int = FILES) -> Component:
        heavy_repository(tmp_path / "repositories" / name, files)
        return make_component(name, commits=())

    return make


@pytest.fixture
def start(broker, tmp_path, transactional_db) -> Iterator[Callable[..., Process]]:
    """start("w1") -> a worker of scans; start("beat") -> the scheduler and the worker of its own queue."""
    broker.flush()
    started: list[Process] = []

    def begin(name: str = "w1", **options) -> Process:
        if name.startswith("beat"):
            started.append(worker(tmp_path / f"{name}-light.log", "-P", "solo", queues="beat"))
            started.append(scheduler(tmp_path / f"{name}.log"))
        else:
            started.append(worker(tmp_path / f"{name}.log", **options))
        return started[-1]

    yield begin
    for process in started:
        process.kill_all()


def fresh(scan: Scan) -> Scan:
    return Scan.objects.get(pk=scan.pk)


def reading(scan: Scan) -> Scan | None:
    """The row, once its worker has read some of the files."""
    now = fresh(scan)
    return now if now.status == Scan.Status.RUNNING and now.files_done > 0 else None


def ended(scan: Scan) -> Scan | None:
    now = fresh(scan)
    return now if now.status not in Scan.OPEN else None


def pid_of(scan: Scan) -> int:
    """The process that carries it out."""
    return int(fresh(scan).worker.split()[-1])
