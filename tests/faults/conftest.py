"""A repository that takes a worker a few seconds, and the processes that are to be hurt while they read it."""

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from debtboard.models import Component, Repository, Scan
from tests.processes import Process, scheduler, worker
from tests.remotes import Authority, GitServer

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

    def make(name: str = "heavy", files: int = FILES) -> Component:
        heavy_repository(tmp_path / "repositories" / name, files)
        return make_component(name, commits=())

    return make


@pytest.fixture
def start(broker, tmp_path, transactional_db) -> Iterator[Callable[..., Process]]:
    """start("w1", *options) -> a worker of scans; start("beat") -> the scheduler and the worker of its own queue."""
    broker.flush()
    started: list[Process] = []

    def begin(name: str = "w1", *extra: str, **options) -> Process:
        if name.startswith("beat"):
            started.append(worker(tmp_path / f"{name}-light.log", "-P", "solo", queues="beat"))
            started.append(scheduler(tmp_path / f"{name}.log"))
        else:
            started.append(worker(tmp_path / f"{name}.log", *extra, **options))
        return started[-1]

    yield begin
    for process in started:
        process.kill_all()


@dataclass(frozen=True)
class Remote:
    component: Component
    allowed: dict[str, str]


@pytest.fixture
def source(repository_of) -> Path:
    """The git directory that servers give out."""
    return repository_of() / ".git"


@pytest.fixture
def forge(tmp_path, source, settings) -> Iterator[GitServer]:
    """An https server, allowed by the operator, whose authority the operator trusts."""
    authority = Authority(tmp_path)
    server = GitServer(source.parent.parent, authority.certificate())
    server.user = "git"
    settings.EGRESS_ALLOW, settings.EGRESS_PORTS = ["127.0.0.1/32"], [server.port]
    settings.CA_BUNDLE = str(authority.bundle)
    yield server
    server.close()


@pytest.fixture
def remote(forge, make_component, tmp_path) -> Remote:
    """A component of a repository on the https server, and what a worker must be told of that."""
    component = make_component()
    address = f"https://127.0.0.1:{forge.port}/churn/.git"
    Repository.objects.update(kind=Repository.Kind.REMOTE, address=address)
    component.refresh_from_db()
    allowed = {
        "DEBTBOARD_EGRESS_ALLOW": "127.0.0.1/32",
        "DEBTBOARD_EGRESS_PORTS": str(forge.port),
        "DEBTBOARD_CA_BUNDLE": str(tmp_path / "authority.pem"),
    }
    return Remote(component, allowed)


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
