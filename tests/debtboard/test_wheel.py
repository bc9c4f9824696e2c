"""The wheel holds what the checkout shows: every template, every static file, all of the two packages."""

import subprocess
import sys
import zipfile

from tests.processes import ROOT


def files(*folders: str) -> set[str]:
    """Paths of all files, compiled ones left out."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in found if path.suffix != ".pyc"}


def test_wheel_holds_every_template_static_file_and_module(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    expected = files("scoring", "debtboard") | {f"debtboard/{name}" for name in files("templates", "static")}
    assert held == expected
