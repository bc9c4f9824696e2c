"""What pages cost: T9, milliseconds in process, queries and bytes; T10, p95 of 4 clients against 2 web processes.

    python -m tests.benchmarks.bench_pages [--requests 50] [--seconds 4]

On a board of eight components with 104 weeks each, in an SQLite file of its own.
"""

import argparse
import gzip
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import django

WARM_UP = 5
CLIENTS = 4


def prepared(data: str) -> None:
    """Settings and tables in a folder of their own; Django is ready."""
    os.environ |= {"DEBTBOARD_DATA": data, "DJANGO_SETTINGS_MODULE": "debtboard.settings"}
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def in_process(client, address: str, requests: int) -> tuple[float, int, int]:
    """(median milliseconds, queries, compressed bytes) of a page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(WARM_UP):
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
    taken = []
    for _ in range(requests):
        began = time.perf_counter()
        client.get(address)
        taken.append(1000 * (time.perf_counter() - began))
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return statistics.median(taken), len(captured), len(gzip.compress(answer.content))


def p95_of_clients(cookie: str, addresses: list[str], seconds: float) -> tuple[float, int]:
    """(p95 milliseconds, requests) of 4 clients at once against 2 gunicorn sync workers on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-w", "2", "-b", f"127.0.0.1:{port}", "debtboard.wsgi"]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def ask(address: str) -> float:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{address}", headers={"Cookie": cookie})
        began = time.perf_counter()
        with urllib.request.urlopen(request, timeout=10) as answer:
            answer.read()
        return 1000 * (time.perf_counter() - began)

    def visit(first: int) -> list[float]:
        taken, ends = [], time.monotonic() + seconds
        while time.monotonic() < ends:
            taken.append(ask(addresses[(first + len(taken)) % len(addresses)]))
        return taken

    try:
        for _ in range(100):
            try:
                ask("/healthz")
                break
            except OSError:
                time.sleep(0.1)
        for address in addresses * WARM_UP:
            ask(address)
        with ThreadPoolExecutor(CLIENTS) as pool:
            taken = sorted(value for part in pool.map(visit, range(CLIENTS)) for value in part)
    finally:
        server.terminate()
        server.wait(timeout=30)
    return taken[int(0.95 * len(taken))], len(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="debtboard-bench-") as data:
        prepared(str(Path(data)))
        from django.db import connection
        from django.test import Client

        from tests.debtboard.factories import board

        made, client = board(), Client()
        client.force_login(made.alice)
        pages = {
            "portfolio": "/",
            "team": f"/teams/{made.teams[0].slug}/",
            "component": f"/components/{made.components[0].public_id}/",
            "scans": "/scans/",
        }
        for name, address in pages.items():
            milliseconds, queries, size = in_process(client, address, options.requests)
            print(f"{name:<10} {milliseconds:6.1f} ms  {queries:3d} queries  {size:6d} bytes compressed")
        cookie = f"sessionid={client.cookies['sessionid'].value}"
        connection.close()
        p95, count = p95_of_clients(cookie, list(pages.values()), options.seconds)
        print(f"T10: p95 {p95:.0f} ms over {count} requests of {CLIENTS} clients, 2 web processes")


if __name__ == "__main__":
    main()
