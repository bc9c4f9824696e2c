"""What several tests of the engine start from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scoring.sandbox import Sandbox
from tests.scoring.past import Past


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as shared:
        yield shared


@pytest.fixture
def past(tmp_path: Path, sandbox: Sandbox) -> Past:
    return Past(tmp_path, sandbox)
