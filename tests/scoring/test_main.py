"""The command line of the engine (contracts, sections 1 and 2): exit codes, formats, and the same bytes anywhere."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from scoring.__main__ import catalogue, main
from tests.scoring.readers.tool_logs import log, result
from tests.scoring.sources.git_lab import DAY, Lab

MONDAY = 1_772_442_000
SCHEMA = json.loads((Path(__file__).parents[2] / "scoring/reports/report-1.schema.json").read_text("utf-8"))
TRAIN = "import numpy as np\nfrom sklearn.svm import SVC\n\nX = np.random.rand(9, 2)\nSVC().fit(X, X[:, 0] > 0.5)\n"
NOTEBOOK = json.dumps(
    {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"language": "python"}},
        "cells": [
            {"cell_type": "code", "execution_count": 3, "metadata": {}, "outputs": [], "source": "import pandas as pd"},
            {
                "cell_type": "code",
                "execution_count": 1,
                "metadata": {},
                "outputs": [],
                "source": "pd.read_csv('/home/a/b.csv')",
            },
        ],
    }
)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    lab = Lab(tmp_path / "r.git")
    first = lab.commit(lab.files({"train.py": TRAIN}), time=MONDAY)
    files = {
        "train.py": TRAIN,
        "n\xe9.py": "import os\n",
        "explore.ipynb": NOTEBOOK,
        "requirements.txt": "numpy\nscikit-learn==1.5.0\n",
    }
    second = lab.commit(lab.files(files), (first,), time=MONDAY + 8 * DAY)
    odd = lab.files(files | {"README.md": "# R\n\nTrains.\n", "old.py": "print 'two'\n"})
    lab.point(lab.commit(odd, (second,), time=MONDAY + 15 * DAY))
    return lab.path


def run(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, bytes, str]:
    code = main([str(argument) for argument in arguments])
    captured = capsysbinary.readouterr()
    return code, captured.out, captured.err.decode()


def test_sarif_is_shown_apart_and_moves_no_score(
    repository: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    given: list[str] = []
    for number, document in enumerate((log(result("train.py"), result("gone.py")), log(result("old.py"), tool="b"))):
        place = tmp_path / f"{number}.sarif"
        place.write_text(json.dumps(document))
        given += ["--sarif", str(place)]
    asked = (str(repository), "--format", "json", "--quiet")
    _, plain, _ = run(capsysbinary, *asked)
    _, told, _ = run(capsysbinary, *asked, *given)
    _, again, _ = run(capsysbinary, *asked, *given[2:], *given[:2])
    assert told == again
    report = json.loads(told)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    found = report["other_tools"]
    assert [(row["path"], row["tool"], row["debt"]) for row in found["results"]] == [
        ("old.py", "b", ""),
        ("train.py", "ruff", "defect-long-method"),
    ]
    assert found["tools"][1]["left_out"] == [{"reason": "no file of this commit", "results": 1}]
    assert {**json.loads(plain), "other_tools": found} == report
    for form in ("text", "markdown"):
        _, shown, _ = run(capsysbinary, str(repository), "--format", form, "--quiet", *given)
        assert "From other tools" in shown.decode()
        assert "ruff: 1 result; left out: 1 no file of this commit" in shown.decode()


def test_json_report_is_of_its_schema(repository: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, _ = run(capsysbinary, repository, "--format", "json", "--history", "104", "--quiet")
    report = json.loads(out)
    assert code == 0
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert [entry["week"] for entry in report["history"]] == ["2026-W12", "2026-W11", "2026-W10"]
    assert list(report) == sorted(report)


def test_history_entry_equals_a_scan_of_its_commit(
    repository: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    _, out, _ = run(capsysbinary, repository, "--format", "json", "--history", "104", "--quiet")
    for week in json.loads(out)["history"]:
        _, alone, _ = run(
            capsysbinary, repository, "--rev", week["commit"], "--as-of", week["as_of"], "--format", "json", "--quiet"
        )
        report = json.loads(alone)
        assert week["litmus"] == {answer["slug"]: answer for answer in report["litmus"]}
        assert week["rubric"] == report["rubric"]
        assert week["debts"] == {debt["slug"]: debt for debt in report["debts"]}


def test_same_bytes_in_another_process_zone_folder_and_worker_count(repository: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "a longer name"
    shutil.copytree(repository, elsewhere)
    outputs = set()
    for path, seed, zone, workers in (
        (repository, "0", "UTC", "1"),
        (elsewhere, "1", "Pacific/Kiritimati", "2"),
        (repository, "4242", "America/St_Johns", "3"),
    ):
        command = [
            sys.executable,
            "-m",
            "scoring",
            str(path),
            "--format",
            "json",
            "--history",
            "104",
            "--quiet",
            "--workers",
            workers,
        ]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        outputs.add(subprocess.run(command, env=environment, capture_output=True, check=True, cwd=tmp_path).stdout)
    assert len(outputs) == 1


def test_component_is_scanned_alone(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    lab = Lab(tmp_path / "r.git")
    lab.one({"services/churn/train.py": TRAIN, "other.py": "import os\n"})
    _, out, _ = run(capsysbinary, lab.path, "--component", "services/churn", "--format", "json", "--quiet")
    report = json.loads(out)
    assert (report["target"]["component"], report["coverage"]["files"], report["ml_code"]) == (
        "services/churn",
        1,
        True,
    )


def test_operator_leaves_out_and_chooses_the_profile(
    repository: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    options = ("--exclude", "old.py", "--exclude", "*.ipynb", "--profile", "library", "--format", "json", "--quiet")
    code, out, _ = run(capsysbinary, repository, *options)
    report = json.loads(out)
    assert (code, report["profile"], report["coverage"]["skipped"]) == (0, "library", [])
    plain = json.loads(run(capsysbinary, repository, "--format", "json", "--quiet")[1])
    assert plain["coverage"]["files"] - report["coverage"]["files"] == 2


def test_bytes_that_are_not_utf8_are_escaped(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    lab = Lab(tmp_path / "r.git")
    lab.point(lab.commit(lab.tree(("100644", b"caf\xe9.py", lab.blob(b"def f(:\n")))))
    _, out, _ = run(capsysbinary, lab.path, "--format", "json", "--quiet")
    assert [skip["path"] for skip in json.loads(out)["coverage"]["skipped"]] == ["caf\\xe9.py"]


@pytest.mark.parametrize("chosen", ["text", "markdown"])
def test_reports_for_people_say_what_could_not_be_read(
    repository: Path, capsysbinary: pytest.CaptureFixture[bytes], chosen: str
) -> None:
    code, out, _ = run(capsysbinary, repository, "--format", chosen, "--history", "3", "--quiet")
    text = out.decode()
    assert code == 0
    assert "old.py" in text
    assert "Python 2" in text
    assert "2026-W10" in text


def test_report_without_ml_code_says_so(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    lab = Lab(tmp_path / "r.git")
    lab.one({"app.py": "import os\n\n\ndef f():\n    return os.getcwd()\n"})
    _, out, _ = run(capsysbinary, lab.path, "--quiet")
    assert "No ML code found; the five answers and the ML Test Score do not apply." in out.decode()


@pytest.mark.parametrize("chosen", ["json", "markdown"])
def test_catalogue_is_printed_from_the_code(capsysbinary: pytest.CaptureFixture[bytes], chosen: str) -> None:
    assert catalogue(["--format", chosen]) == 0
    assert b"fixed-thresholds" in capsysbinary.readouterr().out


def test_exclude_that_matches_nothing_is_told_and_the_scan_goes_on(capsysbinary, repository):
    code, out, err = run(capsysbinary, repository, "--exclude", "trian.py", "--exclude", "train.py")
    assert (code, "--exclude 'trian.py' matches no file." in err, "'train.py' matches" in err) == (0, True, False)
    assert out.startswith(b"Debtboard")


def test_text_names_debts_plainly(capsysbinary, repository):
    _, out, _ = run(capsysbinary, repository, "--quiet")
    assert "Results that can't be had again" in out.decode()
    assert "reproducibility-debt" not in out.decode()
    assert re.search(r"\b1 findings", out.decode()) is None
