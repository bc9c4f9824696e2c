"""The engine's name: the version, and a digest of what gives the answers."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import scoring
from scoring.edition import engine_version

PRINT = "from scoring.edition import engine_version; print(engine_version())"


def named(folder: Path) -> str:
    command = [sys.executable, "-c", PRINT]
    return subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True).stdout.strip()


def test_engine_is_named_by_version_and_digest_and_fits_its_column() -> None:
    assert re.fullmatch(re.escape(scoring.VERSION) + r"\+[0-9a-f]{12}", engine_version())
    assert len(engine_version()) <= 40


def test_engine_has_the_same_name_elsewhere_and_another_with_another_rule(tmp_path: Path) -> None:
    package = tmp_path / "scoring"
    shutil.copytree(Path(scoring.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    assert named(tmp_path) == engine_version()
    rules = package / "knowledge" / "calls.toml"
    rules.write_text(rules.read_text("utf-8") + "\n", "utf-8")
    assert named(tmp_path) != engine_version()
