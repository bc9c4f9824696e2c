"""The same tests on PostgreSQL, where its programs are: a cluster of this run's own, on a unix socket."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import ROOT

CHOSEN = (
    "access",
    "approving",
    "ending",
    "entrusting",
    "migrating",
    "moving",
    "preparing",
    "registering",
    "relocating",
    "retiring",
    "scheduling",
    "storing",
    "vanishing",
    "working",
)
SAME = [f"tests/debtboard/test_{name}.py" for name in CHOSEN]
SAME += [f"tests/debtboard/queries/test_{name}.py" for name in ("causes", "findings")]
SAME += [f"tests/debtboard/views/test_{name}.py" for name in ("begin", "changed", "moves")]
SAME += ["tests/faults/on_postgresql.py"]

OUTER = ("DEBTBOARD_", "DJANGO_", "DATABASE_URL", "REDIS_URL", "PYTEST_")


def program(name: str) -> str | None:
    """On the path, or where Debian keeps it."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(found[-1]) if found else None)


def other_user() -> str | None:
    """PostgreSQL refuses to be run by root: somebody else who is there."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Path]:
    """The folder of its socket."""
    make, run = program("initdb"), program("postgres")
    if make is None or run is None:
        pytest.skip("no PostgreSQL here: install Debian's postgresql")
    as_other = ["runuser", "-u", other_user() or "", "--"] if os.getuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="debtboard-pg-") as place:
        folder = Path(place)
        if as_other:
            shutil.chown(folder, other_user())
        options = ["--auth=trust", "--username=debtboard", "--encoding=UTF8", "--no-sync"]
        subprocess.run(
            [*as_other, make, "-D", str(folder / "data"), *options], check=True, capture_output=True, cwd="/"
        )
        settings = [*("-c", "listen_addresses="), *("-c", f"unix_socket_directories={folder}"), *("-c", "fsync=off")]
        server = subprocess.Popen(
            [*as_other, run, "-D", str(folder / "data"), *settings],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
        try:
            yield folder
        finally:
            server.terminate()
            server.wait(timeout=30)


@pytest.mark.postgres
@pytest.mark.redis
def test_same_tests_pass_on_postgresql(cluster):
    address = f"postgresql://debtboard@/debtboard?host={cluster}"
    # Without the outer run's settings: Django's plugin reads them before this folder's conftest can set its own.
    plain = {name: value for name, value in os.environ.items() if not name.startswith(OUTER)}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", *SAME],
        cwd=ROOT,
        env={**plain, "DEBTBOARD_TEST_DATABASE_URL": address},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-9000:] + ran.stderr[-2000:]
    assert "skipped" not in ran.stdout
