"""The collector of a process that scans: in a process of its own, because it is set for the whole of one."""

import subprocess
import sys

import pytest

SCAN = "from scoring.__main__ import main; main(['/nowhere'])"
WORKER = "from debtboard.celery import settle_the_collector; settle_the_collector()"


@pytest.mark.parametrize("start", [SCAN, WORKER])
def test_scanning_process_collects_rarely_and_leaves_its_modules_alone(start: str) -> None:
    ask = f"import gc; {start}; print(gc.isenabled(), gc.get_threshold(), gc.get_freeze_count() > 10_000)"
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] == "True (400000, 20, 20) True"
