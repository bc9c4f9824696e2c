"""`debtboard up`: database, broker, workers, scheduler and web as one process tree that starts and ends as one."""

import argparse
import fcntl
import os
import re
import signal
import socket
import sys
import time
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import IO

import redis
from django.core.exceptions import ImproperlyConfigured

from debtboard.embedded.broker import NoBroker, command, server
from debtboard.embedded.children import Child, Family, say
from scoring.arguments import Parser

HOST = "127.0.0.1"
READY_SECONDS = 60.0
SHUTDOWN_SECONDS = "2"
"""How long a worker that is asked to stop lets a scan go on; it is resumed at the next start."""


class Refused(Exception):
    """`up` can't start: one sentence, what and what to do."""


def up(argv: Sequence[str] | None = None) -> int:
    """Bring Debtboard up on this machine and keep it up until Ctrl-C. 0: stopped; 2: it could not start."""
    options = _options(argv)
    if options.data is not None:
        os.environ["DEBTBOARD_DATA"] = str(options.data.expanduser().resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debtboard.settings")
    os.umask(0o077)
    try:
        return _run(options)
    except (Refused, NoBroker, ImproperlyConfigured) as refusal:
        sys.stderr.write(f"debtboard: {refusal}\n")
        return 2


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = Parser(prog="debtboard up", description=up.__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", type=Path, help="the data folder (default: DEBTBOARD_DATA)")
    parser.add_argument("--no-browser", action="store_true", help="open no browser")
    parser.add_argument("--empty", action="store_true", help="do not register the repository it stands in")
    options = parser.parse_args(argv)
    if not 0 < options.port < 65_536:
        parser.error(f"--port {options.port} is no port: give one from 1 to 65535")
    return options


def _run(options: argparse.Namespace) -> int:
    stopping = _Stopping()
    from django.conf import settings

    try:
        settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
        run_folder: Path = settings.BROKER_SOCKET.parent
        run_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = _only_one(settings.DATA)
    except OSError as error:
        raise Refused(
            f"The data folder {settings.DATA} can't be used ({error.strerror}): give another, --data."
        ) from None
    with held:
        _port_is_free(options.port)
        family = Family(settings.DATA / "guardian.lock")
        try:
            _start(family, options, stopping)
            while not stopping.asked:
                family.tend()
                time.sleep(0.2)
        finally:
            say("up", "stopping.")
            family.stop()
            say("up", "stopped; the next start goes on from here.")
    return 0


class _Stopping:
    """Ctrl-C, SIGTERM and a closed terminal ask; a second time changes nothing."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


def _only_one(data: Path) -> IO[str]:
    """Holds the data folder for as long as the file is open. Raises Refused."""
    held = (data / "up.lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.seek(0)
        said = held.read().strip()
        held.close()
        where = f" (process {said})" if said else ""
        raise Refused(f"Debtboard is already up on {data}{where}: stop it first, or give another --data.") from None
    held.truncate(0)
    held.write(str(os.getpid()))
    held.flush()
    with (data / "guardian.lock").open("w", encoding="ascii") as former:
        fcntl.flock(former, fcntl.LOCK_EX)  # a killed `up`: its guardian is still clearing away
    return held


def _port_is_free(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Refused(f"Port {port} can't be used ({error.strerror}): give another one, --port.") from None


def _start(family: Family, options: argparse.Namespace, stopping: _Stopping) -> None:
    import django
    from django.conf import settings

    django.setup()
    from debtboard.embedded import first_run

    program = server() if settings.BROKER_SOCKET and not os.environ.get("REDIS_URL") else ""
    say("up", f"data in {settings.DATA}")
    first_run.make_tables()
    first_run.collect_static()
    environment = _environment()
    if program:
        folder = settings.DATA / "broker"
        folder.mkdir(mode=0o700, exist_ok=True)
        family.add(Child("broker", command(program, settings.BROKER_SOCKET, folder), environment, _is_chatter))
        _wait_for_broker(settings.REDIS_CLIENT_URL, stopping)
    first_run.go_on()
    for child in _children(options.port, environment, settings.DATA):
        family.add(child)
    person = first_run.admin()
    place = first_run.standing_in(Path.cwd())
    if not options.empty and place is not None and (said := first_run.register_itself(place, person)):
        say("up", said)
    link = first_run.link_for(person)
    first_run.let_go()
    _wait_for_web(family, options.port, stopping)
    _welcome(options, link, stopping)


def _environment() -> dict[str, str]:
    """What the children see: this process's own, and which folders of this host may be read."""
    from debtboard.embedded import first_run

    os.environ["DEBTBOARD_LOCAL_FOLDERS"] = first_run.allow_folders(Path.cwd())
    return {**os.environ, "PYTHONUNBUFFERED": "1", "DEBTBOARD_SHUTDOWN_SECONDS": SHUTDOWN_SECONDS}


def _children(port: int, environment: dict[str, str], data: Path) -> list[Child]:
    celery = [sys.executable, "-m", "celery", "-A", "debtboard", "--quiet"]
    lone = ["--without-gossip", "--without-mingle", "-l", "WARNING"]
    worker = [*celery, "worker", "-n", "scan@%h", "-Q", "scan", "-c", "2", *lone]
    light = [*celery, "worker", "-n", "light@%h", "-Q", "beat,pull,ingest", "-P", "solo", *lone]
    beat = [*celery, "beat", "-s", str(data / "run" / "beat"), "--pidfile=", "-l", "WARNING"]
    web = [sys.executable, "-m", "gunicorn", "debtboard.wsgi", "--bind", f"{HOST}:{port}", "--workers", "2"]
    web += ["--worker-class", "gthread", "--threads", "3", "--timeout", "60", "--graceful-timeout", "2"]
    web += ["--no-control-socket", "--log-level", "warning"]
    return [
        Child("scan", worker, environment, _is_chatter),
        Child("light", light, environment, _is_chatter),
        Child("schedule", beat, environment, _is_chatter),
        Child("web", web, environment, _is_chatter),
    ]


CHATTER = (
    r"[\W_]*$",
    r"\s",
    r"celery beat v",
    r"(LocalTime|Configuration) ->",
    r".*SecurityWarning|absolutely not recommended|Please specify a different user|User information",
    r"\d+:[CM] .* # (oO0|Redis v|Valkey v|Configuration loaded|Server initialized|WARNING Memory)",
    r"\d+:[CM] .* \* ",
)
"""Banners, and warnings that the owner of a laptop can do nothing with."""
_chatter = re.compile("|".join(f"(?:{part})" for part in CHATTER))


def _is_chatter(line: str) -> bool:
    return _chatter.match(line) is not None


def _wait_for_broker(url: str, stopping: _Stopping) -> None:
    client = redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
    deadline = time.monotonic() + READY_SECONDS
    while not stopping.asked:
        try:
            client.ping()
        except redis.BusyLoadingError:
            pass
        except (redis.RedisError, OSError):
            if time.monotonic() > deadline:
                raise Refused("The broker does not answer: its lines above say why.") from None
        else:
            break
        time.sleep(0.02)
    client.close()


def _wait_for_web(family: Family, port: int, stopping: _Stopping) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not stopping.asked and not _is_ready(port):
        if time.monotonic() > deadline:
            raise Refused("The pages do not come up: the lines of web above say why.")
        family.tend()
        time.sleep(0.05)


def _is_ready(port: int) -> bool:
    """Whether /readyz says 200; asked plainly, without any client's settings from the environment."""
    try:
        with socket.create_connection((HOST, port), timeout=2) as wire:
            wire.sendall(b"GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return b" 200 " in wire.recv(64)
    except OSError:
        return False


def _welcome(options: argparse.Namespace, link: str, stopping: _Stopping) -> None:
    if stopping.asked:
        return
    address = f"http://{HOST}:{options.port}"
    say("up", f"Debtboard is ready at {address}/")
    if link:
        say("up", f"Sign in once with {address}{link}")
    say("up", "Ctrl-C stops all of it.")
    has_screen = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not options.no_browser and sys.stdout.isatty() and has_screen:
        webbrowser.open(f"{address}{link or '/'}")
