"""mul.1: one path through several languages."""

from collections.abc import Mapping

import pytest

from scoring.analyses.languages import spread
from scoring.findings import Outcome
from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

PYTHON = {"train.py": "".join(f"x{n} = {n}\n" for n in range(100))}
R = "".join(f"x{n} <- {n}\n" for n in range(100))
SQL = "".join(f"select {n};\n" for n in range(100))
SHELL = "".join(f"echo {n}\n" for n in range(100))


def shares(files: Mapping[str, str | bytes]) -> list[tuple[str, float]]:
    return [(item.name, round(item.share, 3)) for item in spread(facts_from(files)).shares]


@pytest.mark.parametrize("files", [{"main.go": "package main\n"}, {"train.py": ""}, {"README.md": "# x\n"}])
def test_mul_1_no_python_on_the_way_does_not_apply(files: dict[str, str]) -> None:
    assert result_of("mul.1", facts_from(files))[0].outcome is Outcome.NOT_APPLICABLE


def test_mul_1_unreadable_code_of_another_language_is_unknown() -> None:
    check_unknown("mul.1", {**PYTHON, "score.R": b"\x00\xff"})


def test_mul_1_one_language_is_clear() -> None:
    assert check_clear("mul.1", PYTHON).value == 1.0


@pytest.mark.parametrize(
    "files",
    [
        {"tests/a.R": R},
        {"docs/a.R": R},
        {"examples/a.R": R},
        {"vendor/a.R": R},
        {"run.sh": SHELL[:300]},
        {"web/index.html": "<p>\n", "web/app.js": R},
        {"app/static/app.js": R},
        {"style.css": R},
        {"config.yaml": "a: 1\n"},
    ],
    ids=lambda files: next(iter(files)),
)
def test_mul_1_what_is_not_on_the_way_is_left_out(files: dict[str, str]) -> None:
    assert shares({**PYTHON, **files}) == [("Python", 1.0)]


def test_mul_1_identical_files_count_once() -> None:
    assert shares({**PYTHON, "a.R": R, "b.R": R}) == [("Python", 0.5), ("R", 0.5)]


def test_mul_1_sql_counts_half() -> None:
    assert shares({**PYTHON, "features.sql": SQL}) == [("Python", 0.667), ("SQL", 0.333)]


def test_mul_1_long_shell_counts() -> None:
    assert shares({**PYTHON, "run.sh": SHELL}) == [("Python", 0.5), ("shell", 0.5)]


def test_mul_1_second_language_is_found_and_told_as_a_share() -> None:
    result = check_found("mul.1", {**PYTHON, "a.R": R, "b.R": "y <- 1\n"}, at=[])
    assert result.value == pytest.approx(1.998, abs=0.01)
    assert result.reason == "50 % Python, 50 % R"


def test_mul_1_sql_of_a_dbt_project_is_its_shape() -> None:
    files = {**PYTHON, "models/orders.sql": "".join(f"select {number};\n" for number in range(200))}
    check_found("mul.1", {**files, "shop.yml": "name: shop\n"})
    assert check_clear("mul.1", {**files, "dbt_project.yml": "name: shop\n"}).value == 1.0


# ---------------------------------------------------------------- what checks them

LONG_R = "".join(f"x{n} <- {n}\n" for n in range(200))
STEP = "on: push\njobs:\n  a:\n    steps:\n      - run: pytest\n      - run: {command}\n"


def test_mul_5_language_of_a_few_lines_is_not_asked() -> None:
    check_unknown("mul.5", {"train.py": "x = 1\n"})


@pytest.mark.parametrize(
    "files",
    [
        {"tests/test_a.py": "def test_a():\n    assert True\n"},
        {"tests/test_a.py": "import unittest as u\n\n\nclass A(u.TestCase):\n    def test_a(self):\n        pass\n"},
        {".github/workflows/ci.yml": STEP.format(command="flake8 .")},
    ],
    ids=str,
)
def test_mul_5_one_language_with_a_test_or_a_check_is_clear(files: dict[str, str]) -> None:
    check_clear("mul.5", {**PYTHON, **files})


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"test.py": "from train import model\n\nmodel.evaluate()\n"},
        {".github/workflows/greet.yml": "on: push\njobs:\n  a:\n    steps:\n      - run: pip install .\n"},
    ],
    ids=str,
)
def test_mul_5_script_called_test_and_a_job_that_only_installs_cover_nothing(files: dict[str, str]) -> None:
    check_found("mul.5", {**PYTHON, **files}, at=["train.py:1"])


@pytest.mark.parametrize(
    "files",
    [
        {"a.R": R[:300]},
        {"a.sh": LONG_R},
        {"figures/a.R": LONG_R},
        {"rgf1.2/src/a.R": LONG_R},
        {"src/report.Rmd": f"# Report\n\n```{{r}}\n{LONG_R}```\n"},
        {"a.R": LONG_R, "tests/test_a.R": "x <- 1\n"},
        {"a.R": LONG_R, ".github/workflows/ci.yml": STEP.format(command="Rscript a.R")},
        {"a.R": LONG_R, ".github/workflows/ci.yml": STEP.format(command="./ci/r.sh"), "ci/r.sh": "Rscript a.R\n"},
        {"a.R": LONG_R, ".github/workflows/ci.yml": STEP.format(command="make r"), "Makefile": "r:\n\tRscript a.R\n"},
    ],
    ids=str,
)
def test_mul_5_small_and_checked_languages_are_clear(files: dict[str, str]) -> None:
    checked = {".github/workflows/ci.yml": STEP.format(command="pytest")}
    check_clear("mul.5", {**PYTHON, **checked, "b.go": R[:200], **files})


@pytest.mark.parametrize(
    "files",
    [
        {"b.jl": b"\x00"},
        {".github/workflows/ci.yml": "jobs: [\n"},
        {".github/workflows/ci.yml": STEP.format(command="./build.sh")},
    ],
)
def test_mul_5_unread_files_are_unknown(files: dict[str, str | bytes]) -> None:
    check_unknown("mul.5", {**PYTHON, "a.R": LONG_R, **files})


@pytest.mark.parametrize(
    "files",
    [
        {"tests/test_a.py": b"def test_a(:\n\x00"},
        {"a.hs": LONG_R, ".github/workflows/ci.yml": STEP.format(command="stack test")},
    ],
)
def test_mul_5_unread_test_and_unknown_tools_are_never_clear(files: dict[str, str | bytes]) -> None:
    check_unknown("mul.5", {**PYTHON, **files})


def test_mul_5_each_unchecked_language_is_found() -> None:
    check_found("mul.5", {**PYTHON, "a.R": LONG_R, "b.go": LONG_R + "y\n"}, at=["a.R:1", "b.go:1", "train.py:1"])


def test_mul_5_code_beside_dead_modules_alone_is_told_with_them() -> None:
    runs = {f"run_{number}.py": f"print({number})\n" for number in range(4)}
    kernel = "".join(f"int x{number} = {number};\n" for number in range(200))
    files = {**runs, "ops/src/kernel.cpp": kernel, "ops/load.py": "def load(path):\n    return path\n"}
    check_found("dec.4", files, at=["model_of_the_rig.py:1", "ops/load.py:1"])
    found = check_found("mul.5", files)
    assert found.findings == 0
    _, told = result_of("mul.5", facts_from({**files, "run_1.py": "from ops.load import load\n\nprint(load(1))\n"}))
    assert [item.path for item in told] == ["ops/src/kernel.cpp"]
