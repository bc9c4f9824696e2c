"""A repository to read, a server that holds it, and where its mirror goes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.remotes import GitServer
from tests.scoring.sources.git_lab import Lab


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    return Lab(tmp_path / "listed" / "source.git")


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "mirrors" / "one.git"


@pytest.fixture
def server(lab: Lab) -> Iterator[GitServer]:
    one = GitServer(lab.path.parent)
    try:
        yield one
    finally:
        one.close()
