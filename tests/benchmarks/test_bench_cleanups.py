"""The harness of V13: what counts as a fall, the commits that are compared, and the list itself."""

import re
from pathlib import Path
from typing import Any

import pytest

from scoring.debts import all_debts
from tests.benchmarks import bench_cleanups as bench
from tests.benchmarks.bench_cleanups import Standing
from tests.scoring.sources.git_lab import DAY, START, Lab

CHOSEN = ("subject", "diff", "replacement", "fresh", "second fresh", "third fresh")


@pytest.mark.parametrize(
    ("before", "after", "falls"),
    [
        (Standing(50.0, 3), Standing(50.0, 3), False),
        (Standing(50.0, 3), Standing(51.0, 3), False),
        (Standing(50.0, 3), Standing(50.0, 4), False),
        (Standing(None, 0), Standing(50.0, 0), False),
        (Standing(None, 3), Standing(None, 3), False),
        (Standing(50.0, 3), Standing(49.0, 4), True),
        (Standing(50.0, 3), Standing(51.0, 2), True),
        (Standing(50.0, 0), Standing(None, 0), True),
    ],
)
def test_debt_falls_by_its_index_or_its_findings(before: Standing, after: Standing, falls: bool) -> None:
    assert bench.falls(before, after) is falls


def test_fewer_findings_alone_are_no_fall_of_the_index() -> None:
    assert not bench.index_falls(Standing(50.0, 3), Standing(51.0, 2))


def history(folder: Path, length: int) -> tuple[Path, list[str]]:
    lab = Lab(folder / "r.git")
    names: list[str] = []
    for number in range(length):
        tree = lab.files({"a.py": f"{number}\n"})
        names.append(lab.commit(tree, tuple(names[-1:]), time=START + number * DAY))
    return lab.path, names


def test_history_of_two_commits_has_nothing_to_hold_it_against(tmp_path: Path) -> None:
    path, names = history(tmp_path, 2)
    assert bench.first_parents(path, names[1]) is None


def test_absent_commit_has_no_parents(tmp_path: Path) -> None:
    assert bench.first_parents(history(tmp_path, 1)[0], "0" * 40) is None


def report(worst: float | None, findings: int) -> dict[str, Any]:
    debts = [("duplicate-code", worst, findings), ("glue-code", worst, findings)]
    return {"debts": [{"slug": slug, "index": {"worst": w}, "findings": n} for slug, w, n in debts]}


def test_cleanup_is_told_with_its_control_and_with_what_else_fell(tmp_path: Path) -> None:
    path, names = history(tmp_path, 3)
    reports = dict(zip(names, (report(60.0, 4), report(60.0, 4), report(30.0, 4)), strict=True))
    row = {"repository": "a/one", "commit": names[2], "debt": "duplicate-code", "chosen": "diff"}
    assert bench.measured(path, row, lambda _, commit: reports[commit]) == {
        "repository": "a/one",
        "commit": names[2][:12],
        "debt": "duplicate-code",
        "chosen": "diff",
        "worst": [60.0, 30.0],
        "findings": [4, 4],
        "falls": True,
        "index": True,
        "control": False,
        "others": ["glue-code"],
    }


def test_commit_that_cannot_be_scanned_is_left_out(tmp_path: Path) -> None:
    path, names = history(tmp_path, 3)
    row = {"repository": "a/one", "commit": names[2], "debt": "duplicate-code", "chosen": "diff"}
    assert bench.measured(path, row, lambda *_: None) is None


def test_share_counts_what_is_so() -> None:
    assert bench.share([{"falls": True}, {"falls": False}, {"falls": True}, {"falls": True}], "falls") == 0.75


def test_folder_without_a_listed_repository_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(str(tmp_path)) == 2
    assert capsys.readouterr().err.endswith("none of the listed repositories lies in the folder\n")


def test_list_names_full_commits_and_debts_that_exist() -> None:
    rows = bench.rows()
    known = {debt.slug for debt in all_debts()}
    assert [row for row in rows if row["debt"] not in known or not re.fullmatch("[0-9a-f]{40}", row["commit"])] == []
    assert [row for row in rows if len(row["reason"]) < 20 or row["chosen"] not in CHOSEN] == []


def test_withdrawn_row_says_why_and_is_replaced() -> None:
    withdrawn = [row for row in bench.rows() if row["withdrawn"]]
    assert [row for row in withdrawn if len(row["withdrawn"]) < 20] == []
    assert len(withdrawn) <= len([row for row in bench.rows() if row["chosen"] == "replacement"])
    assert [row for row in bench.standing_rows() if row in withdrawn] == []
