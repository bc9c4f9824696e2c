"""The operator's own signals on the board: scanned, stored, shown as theirs, and never in the way of anything else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from debtboard.domain import measuring
from debtboard.models import Finding, Scan
from scoring.custom.declared import installed
from tests.processes import ROOT
from tests.scoring.custom.folders import FAST, GOOD, folder_of, whole

pytestmark = pytest.mark.django_db(transaction=True)

BROKEN = "raise ValueError('not today')\n"
OWN = GOOD.replace("acme_features", "pandas")
"""Of the library that the fixtures' train.py imports at its third line."""


@pytest.fixture(autouse=True)
def _found_static(settings):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True


def folder(root: Path, name: str, files: dict[str, str]) -> Path:
    (root / name).mkdir()
    return folder_of(root / name, files)


def own_findings() -> list[tuple[str, str, int, bool]]:
    rows = Finding.objects.filter(signal__startswith="x-").order_by("signal", "path", "line")
    return list(rows.values_list("signal", "path", "line", "present"))


def test_broken_and_failing_files_end_no_scan_and_are_told(component, run_scan, client, alice, tmp_path):
    files = {"broken.py": BROKEN, "failing.py": whole("return 3", "x-failing.1"), "good.py": OWN}
    with installed(folder(tmp_path, "a", files), FAST):
        scan = run_scan(component, weeks=3)
        assert (scan.status, scan.reason) == (Scan.Status.DONE, "")
        assert own_findings() == [("x-acme.1", "train.py", 3, True)]
        client.force_login(alice)
        index, entry = (client.get(f"/catalogue/{page}").content.decode() for page in ("", "x-broken/"))
        opened = client.get(f"/components/{component.public_id}/debts/x-failing/").content.decode()
    assert "broken.py raises ValueError at line 1: not today: nothing of it is measured" in index
    assert "<b>This file is not in.</b> <code>broken.py</code> raises ValueError at line 1: not today." in entry
    assert "it returns an int, and no Measure, NotApplicable or Unknown" in opened


def test_own_signals_are_shown_as_yours(component, run_scan, client, alice, tmp_path):
    with installed(
        folder(tmp_path, "a", {"acme_rules.py": OWN.replace("(__name__)", "(__name__, beside='glue-code')")}), FAST
    ):
        run_scan(component, weeks=3)
        finding = Finding.objects.get(signal="x-acme.1")
        client.force_login(alice)
        pages = {
            name: client.get(address).content.decode()
            for name, address in {
                "component": f"/components/{component.public_id}/?debts=all",
                "debt": f"/components/{component.public_id}/debts/x-acme-rules/",
                "findings": f"/components/{component.public_id}/findings/?debt=x-acme-rules",
                "finding": f"/findings/{finding.public_id}/",
                "portfolio": "/?debts=all",
                "entry": "/catalogue/x-acme-rules/",
                "beside": "/catalogue/glue-code/",
            }.items()
        }
    assert 'Imports of the retired client</a> <span class="db-dim">yours</span>' in pages["component"]
    assert "x-acme.1, yours" in pages["findings"]
    assert "x-acme.1, yours" in pages["finding"]
    assert "train.py:3" in pages["debt"]
    assert "Yours: <code>acme_rules.py</code>" in pages["entry"]
    assert "nobody has judged its findings yet" in pages["entry"]
    assert "import pandas" in pages["entry"]
    assert 'Beside it, yours: <a href="/catalogue/x-acme-rules/">Imports of the retired client</a>' in pages["beside"]
    assert "Imports of the retired client" in pages["portfolio"]


def test_file_that_breaks_or_fails_closes_no_finding(component, run_scan, tmp_path):
    days = [f"2026-11-1{day}T09:00:00Z" for day in range(2, 7)]
    found = [("x-acme.1", "train.py", 3, True)]
    with installed(folder(tmp_path, "a", {"acme_rules.py": OWN}), FAST):
        run_scan(component, days[0])
        assert own_findings() == found
    for name, text, day in (("b", BROKEN, days[1]), ("c", whole("raise ValueError"), days[2])):
        with installed(folder(tmp_path, name, {"acme_rules.py": text}), FAST):
            assert run_scan(component, day).status == Scan.Status.DONE
            assert own_findings() == found
    with installed(folder(tmp_path, "d", {"acme_rules.py": GOOD}), FAST):
        run_scan(component, days[3])
        assert own_findings() == [("x-acme.1", "train.py", 3, False)]


def test_pages_open_once_the_folder_is_gone(component, run_scan, client, alice, tmp_path):
    with installed(folder(tmp_path, "a", {"acme_rules.py": OWN}), FAST):
        run_scan(component, weeks=3)
    client.force_login(alice)
    finding = Finding.objects.get(signal="x-acme.1")
    here = f"/components/{component.public_id}/"
    for address in (
        "/",
        "/?debts=all",
        here,
        f"{here}?debts=all",
        f"{here}findings/",
        f"/findings/{finding.public_id}/",
    ):
        assert client.get(address).status_code == 200, address
    assert client.get(f"{here}debts/x-acme-rules/").status_code == 404
    assert client.get("/catalogue/x-acme-rules/").status_code == 404
    run_scan(component, "2026-11-17T09:00:00Z")
    assert own_findings() == [("x-acme.1", "train.py", 3, False)]


def test_scan_without_own_signals_starts_nothing_for_them(component):
    with measuring.bench(component) as bench:
        bench.newest(bench.moments(component.repository.created_at, 1)[0], lambda progress: None, lambda: False)
        assert bench._ask._child is None


STARTED = """
import django
django.setup()
from scoring.debts import all_signals
print([signal.id for signal in all_signals() if signal.own])
"""


def test_every_process_of_the_board_takes_the_folder_of_the_environment(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "DEBTBOARD_DATA": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "debtboard.settings",
        "DEBTBOARD_SIGNALS": str(folder(tmp_path, "a", {"acme_rules.py": OWN, "broken.py": BROKEN})),
    }
    command = [sys.executable, "-c", STARTED]
    started = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert started.stdout == "['x-acme.1', 'x-broken.0']\n"
