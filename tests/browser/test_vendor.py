"""What is vendored is what its list says, hash by hash, with its licence beside it."""

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHELVES = (ROOT / "static" / "vendor", ROOT / "tests" / "browser" / "vendor")


@pytest.mark.parametrize("shelf", SHELVES, ids=["static", "tests"])
def test_vendored_file_has_its_hash_and_licence(shelf):
    listed = json.loads((shelf / "vendor.json").read_text())
    for entry in listed:
        assert hashlib.sha256((shelf / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
        assert (shelf / entry["licence_file"]).stat().st_size > 100
    scripts = {str(path.relative_to(shelf)) for path in shelf.rglob("*.js")}
    assert scripts == {entry["file"] for entry in listed}
