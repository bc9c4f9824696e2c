"""ML code without tests: what a test reaches, whether CI runs the tests, and what checks the code before it runs."""

import pytest

from scoring.findings import Outcome
from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

MODEL = (
    "from sklearn.svm import SVC\n\n\ndef scale(rows):\n    low, high = min(rows), max(rows)\n"
    "    return [(row - low) / (high - low) for row in rows]\n\n\ndef train(rows, labels):\n"
    "    model = SVC(random_state=1)\n    model.fit(rows, labels)\n    return model\n\n\n"
    "def score(model, rows):\n    found = model.predict(rows)\n    return list(found)\n"
)
LARGER = MODEL + "\n\ndef last(rows):\n    return rows[-1]\n"
TEST = "from model import scale\n\n\ndef test_scale():\n    assert scale([1, 3]) == [0, 1]\n"
OTHER = "def test_nothing():\n    assert True\n"
NOTEBOOK = (
    '{"cells": [{"cell_type": "code", "source": "import model", "outputs": [], "execution_count": 1, "metadata": {}}], '
    '"metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
)
UNREADABLE = b"\x00\xff\xfe"


def ci(*commands: str) -> dict[str, str]:
    steps = "".join(f"      - run: {command}\n" for command in commands)
    return {".github/workflows/ci.yml": f"on: push\njobs:\n  build:\n    steps:\n{steps}"}


# ---------------------------------------------------------------- tst.1


def test_tst_1_a_page_does_not_apply() -> None:
    files = {"page.py": f"import streamlit\n{MODEL}"}
    assert result_of("tst.1", facts_from(files))[0].outcome is Outcome.NOT_APPLICABLE


def test_tst_1_of_a_library_only_its_package_is_asked() -> None:
    library = {"README.md": "# Churn\n\n```\npip install churn\n```\n", "pyproject.toml": '[project]\nname = "churn"\n'}
    files = {**library, "churn/__init__.py": "", "churn/model.py": MODEL, "scripts/run.py": LARGER, "run.py": LARGER}
    assert check_found("tst.1", files, at=["churn/model.py:1"]).population == 1


@pytest.mark.parametrize(
    "path", ["examples/model.py", "experiments/model.py", "archive/model.py", "setup.py", "benchmarks/model.py"]
)
def test_tst_1_what_needs_no_test_does_not_apply(path: str) -> None:
    files = {path: MODEL, "main.py": "import sklearn\n"}
    assert result_of("tst.1", facts_from(files))[0].outcome is Outcome.NOT_APPLICABLE


def test_tst_1_a_module_that_only_passes_names_on_does_not_apply() -> None:
    assert result_of("tst.1", facts_from({"model.py": "from sklearn.svm import SVC\n"}))[0].outcome is (
        Outcome.NOT_APPLICABLE
    )


def test_tst_1_a_course_does_not_apply() -> None:
    files = {f"chapter{n}/model.py": f"{MODEL}\nN = {n}\n" for n in range(1, 7)}
    assert result_of("tst.1", facts_from(files))[0].outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"tests/test_model.py": UNREADABLE}, id="a test is unreadable"),
        pytest.param(
            {"tests/test_a.py": f"import run\n\n\n{OTHER}", "run.py": UNREADABLE}, id="what it tests is unreadable"
        ),
        pytest.param({".github/workflows/ci.yml": UNREADABLE}, id="CI is unreadable"),
        pytest.param({"tests/test_cli.py": f"import subprocess\n\n\n{OTHER}"}, id="a test starts a program"),
        pytest.param({"tests/test_api.py": f"import requests\n\n\n{OTHER}"}, id="tests ask a service alone"),
        pytest.param(
            {"tests/test_run.py": f"import run\n\n\n{OTHER}", "run.py": "import hydra\n"},
            id="a test reaches what runs what settings name",
        ),
        pytest.param(ci("pytest --doctest-modules"), id="doctests"),
        pytest.param(ci("pytest --nbmake examples"), id="notebooks by a pattern"),
    ],
)
def test_tst_1_what_may_reach_more_than_is_seen_is_unknown(more: dict[str, str | bytes]) -> None:
    check_unknown("tst.1", {"model.py": MODEL, **more})


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"test_model.py": TEST}, id="a test beside it"),
        pytest.param({"tests/test_a.py": "import run\n\n\n" + OTHER, "run.py": "import model\n"}, id="through another"),
        pytest.param({"tests/conftest.py": "import model\n", "tests/test_a.py": OTHER}, id="a fixture"),
        pytest.param({"deploy/model.py": MODEL, "tests/test_model.py": TEST}, id="a copy of it is not imported"),
        pytest.param(ci("python model.py --smoke"), id="CI runs it"),
        pytest.param(
            {**ci("dvc repro"), "dvc.yaml": "stages:\n  train:\n    cmd: python model.py\n"}, id="CI runs its pipeline"
        ),
        pytest.param({**ci("make smoke"), "Makefile": "smoke:\n\tpython model.py\n"}, id="a target of CI runs it"),
        pytest.param(
            {
                **ci("churn --smoke"),
                "pyproject.toml": '[project]\nname = "churn"\n[project.scripts]\nchurn = "model:train"\n',
            },
            id="CI calls its console script",
        ),
        pytest.param(
            {**ci("make NB_FILE=./show.ipynb show"), "show.ipynb": NOTEBOOK}, id="CI runs a notebook that imports it"
        ),
        pytest.param(
            {"a/model.py": "", "b/model.py": f"{MODEL}B = 1\n", "b/tests/test_model.py": TEST, "test_model.py": TEST},
            id="another of the same name",
        ),
        pytest.param(
            {"cases.py": "import unittest\nimport model\n\n\nclass Cases(unittest.TestCase):\n    pass\n"},
            id="cases of the product",
        ),
    ],
)
def test_tst_1_what_a_test_or_ci_reaches_is_clear(more: dict[str, str]) -> None:
    assert check_clear("tst.1", {"model.py": MODEL, **more}).value == 1.0


def test_tst_1_what_a_package_loads_by_name_is_reached_with_it() -> None:
    files = {
        "churn/__init__.py": "import importlib\n\n\ndef load(name):\n    return importlib.import_module(name)\n",
        "churn/models/__init__.py": "",
        "churn/models/model.py": MODEL,
        "tests/test_load.py": "from churn import load\n\n\ndef test_load():\n    assert load('churn.models.model')\n",
    }
    assert check_clear("tst.1", files).value == 1.0


def test_tst_1_code_that_nothing_tests_is_told_once_at_the_largest_file() -> None:
    assert check_found("tst.1", {"a.py": MODEL, "b.py": LARGER}, at=["b.py:1"]).value == 0.0


def test_tst_1_a_script_called_test_that_takes_options_tests_nothing() -> None:
    script = "import argparse\n\nimport model\n\n\ndef test_model(rows):\n    return model.score(None, rows)\n"
    assert check_found("tst.1", {"model.py": MODEL, "test_model.py": script}, at=["model.py:1"]).value == 0.0


def test_tst_1_unreadable_code_that_no_test_imports_hides_nothing() -> None:
    files: dict[str, str | bytes] = {"other.py": UNREADABLE, "tests/test_a.py": f"import nothing\n\n\n{OTHER}"}
    check_found("tst.1", {"model.py": MODEL, **files}, at=["model.py:1"])


def test_tst_1_files_that_tests_leave_out_are_told_one_by_one() -> None:
    files = {"model.py": MODEL, "b.py": LARGER, "c.py": f"{MODEL}C = 1\n", "tests/test_model.py": TEST}
    result = check_found("tst.1", files, at=["b.py:1", "c.py:1"])
    assert result.value == pytest.approx(1 / 3)
    assert result.population == 3


def test_tst_1_a_test_that_asks_a_service_and_reaches_some_files_leaves_the_others_told() -> None:
    files = {"model.py": MODEL, "b.py": LARGER, "tests/test_model.py": f"import requests\n{TEST}"}
    check_found("tst.1", files, at=["b.py:1"])


def test_tst_1_from_six_tenths_on_nothing_is_told() -> None:
    files = {"model.py": MODEL, "b.py": f"{MODEL}B = 1\n", "c.py": LARGER, "tests/test_b.py": f"import b\n{TEST}"}
    assert check_clear("tst.1", files).value == pytest.approx(2 / 3)


# ---------------------------------------------------------------- tst.2


def _hooks(*names: str) -> dict[str, str]:
    listed = "".join(f"  - id: {name}\n" for name in names)
    return {".pre-commit-config.yaml": f"repos:\n- repo: https://example.org/hooks\n  rev: v1\n  hooks:\n{listed}"}


def test_tst_2_without_tests_does_not_apply() -> None:
    files = {"model.py": MODEL, **ci("flake8 ."), "tests/conftest.py": "def test_rows():\n    return [1]\n"}
    files["data/sample/test_model.py"] = TEST
    assert result_of("tst.2", facts_from(files))[0].outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({".github/workflows/ci.yml": UNREADABLE}, id="CI is unreadable"),
        pytest.param(ci("./scripts/check.sh"), id="a script"),
        pytest.param({**ci("pre-commit run -a"), **_hooks("pytest")}, id="hooks that run tests"),
        pytest.param({**ci("pre-commit run -a"), ".pre-commit-config.yaml": UNREADABLE}, id="hooks that can't be read"),
        pytest.param(ci("docker run image check"), id="a container"),
        pytest.param(ci("anyscale jobs submit jobs/all.yaml --wait"), id="a job elsewhere"),
        pytest.param({**ci("make check"), "Makefile": "check:\n\tpytest\n"}, id="a target that may be another"),
        pytest.param(ci("$PYTEST tests/"), id="a command in a variable"),
        pytest.param(ci("uv sync && pixi run test"), id="a task behind an install"),
        pytest.param(
            {".github/workflows/ci.yml": "jobs:\n  a:\n    steps:\n    - name: Run tests\n      uses: acme/a@v1\n"},
            id="a step called tests",
        ),
        pytest.param(
            {".github/workflows/ci.yml": "on: push\njobs:\n  a:\n    uses: acme/ci/.github/workflows/all.yml@v1\n"},
            id="a workflow of another repository",
        ),
    ],
)
def test_tst_2_what_is_out_of_sight_is_unknown(more: dict[str, str | bytes]) -> None:
    check_unknown("tst.2", {"model.py": MODEL, "tests/test_model.py": TEST, **more})


def test_tst_2_tests_that_ci_runs_are_clear() -> None:
    assert check_clear("tst.2", {"tests/test_model.py": TEST, **ci("pytest")}).value == 1.0


def test_tst_2_tests_without_any_ci_are_told_at_the_first() -> None:
    check_found("tst.2", {"tests/test_b.py": TEST, "tests/test_a.py": OTHER}, at=["tests/test_a.py:1"])


@pytest.mark.parametrize(
    "commands",
    [("flake8 .",), ("bash miniconda.sh -b", "pip install -r requirements/tests.txt", "flake8 ."), ("make docs",)],
    ids=["a linter", "what only installs", "another target"],
)
def test_tst_2_ci_that_leaves_the_tests_out_is_told_there(commands: tuple[str, ...]) -> None:
    check_found("tst.2", {"tests/test_model.py": TEST, **ci(*commands)}, at=[".github/workflows/ci.yml:1"])


# ---------------------------------------------------------------- tst.3


def test_tst_3_without_a_module_does_not_apply() -> None:
    cell = '{"cells": [{"cell_type": "code", "source": "import sklearn", "outputs": [], "execution_count": 1}], '
    files = {"a.ipynb": cell + '"metadata": {}, "nbformat": 4, "nbformat_minor": 5}'}
    assert result_of("tst.3", facts_from(files))[0].outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({".github/workflows/ci.yml": UNREADABLE}, id="CI is unreadable"),
        pytest.param(ci("./scripts/check.sh"), id="a script"),
        pytest.param({".pre-commit-config.yaml": UNREADABLE}, id="hooks that can't be read"),
        pytest.param(ci("pre-commit run -a"), id="hooks of elsewhere"),
        pytest.param({**ci("make check"), "Makefile": "check:\n\tflake8 .\n"}, id="a target that may be another"),
    ],
)
def test_tst_3_what_is_out_of_sight_is_unknown(more: dict[str, str | bytes]) -> None:
    check_unknown("tst.3", {"model.py": MODEL, **more})


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(ci("ruff check ."), id="a linter"),
        pytest.param(ci("pip install ruff && ruff check ."), id="a linter that is installed first"),
        pytest.param(ci("make lint"), id="a target"),
        pytest.param({**ci("tox"), "tox.ini": "[testenv:lint]\ncommands = flake8 src\n"}, id="every target"),
        pytest.param(
            {".github/workflows/ci.yml": "on: push\njobs:\n  a:\n    steps:\n      - uses: psf/black@stable\n"},
            id="an action",
        ),
        pytest.param(_hooks("trailing-whitespace", "ruff-format"), id="a hook"),
        pytest.param({".lgtm.yml": "extraction: {}\n"}, id="a service"),
    ],
)
def test_tst_3_what_runs_before_merging_is_clear(more: dict[str, str]) -> None:
    assert check_clear("tst.3", more).value == 1.0


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({".flake8": "[flake8]\n"}, ".flake8:1"),
        ({"pyproject.toml": "[project]\nname = 'a'\n\n[tool.ruff]\nline-length = 100\n"}, "pyproject.toml:5"),
        ({"Makefile": "lint:\n\tflake8 .\n"}, "Makefile:2"),
        ({"requirements-dev.txt": "pytest\npylint==3.2\n"}, "requirements-dev.txt:2"),
    ],
    ids=["settings", "a section", "a target", "a package"],
)
def test_tst_3_what_is_set_up_and_not_run_is_told_there(more: dict[str, str], place: str) -> None:
    assert check_found("tst.3", more, at=[place]).value == 0.5


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(_hooks("trailing-whitespace", "check-yaml"), id="hooks for blanks"),
        pytest.param({**ci("pre-commit run -a"), **_hooks("check-yaml")}, id="hooks for blanks that CI runs"),
        pytest.param({"deps/other/.pre-commit-config.yaml": _hooks("ruff")[".pre-commit-config.yaml"]}, id="another's"),
        pytest.param(ci("echo black", "git config core.quality high"), id="words"),
    ],
)
def test_tst_3_what_checks_no_code_of_its_own_is_no_check(more: dict[str, str]) -> None:
    assert check_found("tst.3", {"model.py": MODEL, **more}).value == 0.0


def test_tst_3_to_install_a_linter_is_not_to_run_it() -> None:
    assert check_found("tst.3", ci("pip install flake8", "pytest"), at=[".github/workflows/ci.yml:1"]).value == 0.0


def test_tst_3_code_that_nothing_checks_is_told_at_its_largest_module() -> None:
    check_found("tst.3", {"a.py": LARGER, "examples/b.py": LARGER * 2}, at=["a.py:1"])


def test_python_that_no_test_reaches_is_told_once() -> None:
    code = "from sklearn.svm import SVC\n\n\ndef fit(rows, kinds):\n    return SVC().fit(rows, kinds)\n\n\n"
    code += "".join(f"def part_{n}(rows):\n    return rows[{n}]\n\n\n" for n in range(60))
    view = facts_from({"model.py": code})
    told, left = result_of("tst.1", view), result_of("mul.5", view)
    assert (told[0].findings, left[0].outcome, left[0].value, left[1]) == (1, "found", 1.0, ())
