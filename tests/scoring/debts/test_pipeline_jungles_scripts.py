"""Scripts that nothing runs (jun.4), and the pipeline that no test runs (jun.10)."""

import msgspec
import pytest

from scoring.analyses.view import View
from scoring.facts import LEFT_OUT
from scoring.findings import Outcome
from scoring.testing import check_clear, check_found, check_unknown, component_from, result_of

SCRIPT = "import pandas as pd\n\nif __name__ == '__main__':\n    pd.read_csv('a.csv').dropna().to_csv('b.csv')\n"
TRAIN = {"train.py": "from sklearn.svm import SVC\n\nSVC().fit(rows, labels)\n"}
TEST = "def test_a():\n    pass\n"


# ---------------------------------------------------------------- scripts


@pytest.mark.parametrize(
    "files",
    [
        {"Makefile": "data:\n\tpython src/prepare.py\n"},
        {"dvc.yaml": "stages:\n  prepare:\n    cmd: python -m src.prepare\n"},
        {".github/workflows/ci.yml": "on: push\njobs:\n  a:\n    steps:\n      - run: python src/prepare.py\n"},
        {"run.sh": "#!/bin/sh\npython src/prepare.py\n"},
        {"run.py": "import subprocess\n\nsubprocess.run('python src/prepare.py')\n"},
        {"all.py": "from src.prepare import main\n"},
        {"jobs.py": "import airflow\n\nBashOperator(bash_command=f'''\n  python3 src/prepare.py && ls\n''')\n"},
        {"pyproject.toml": "[project]\nname = 'a'\n[project.scripts]\nprepare = 'src.prepare:main'\n"},
    ],
    ids=lambda files: next(iter(files)),
)
def test_jun_4_script_that_something_runs_is_clear(files: dict[str, str]) -> None:
    check_clear("jun.4", {"src/prepare.py": SCRIPT, **files})


@pytest.mark.parametrize(
    "path",
    [
        "tests/prepare.py",
        "examples/prepare.py",
        "archive/prepare.py",
        "src/plot_rows.py",
        "src/train.py",
        "eval/rows.py",
        "dags/rows.py",
        "src/finetune.py",
        "src/hyper_tuning.py",
        "fake/rows.py",
        "src/export_rows.py",
        "src/analyzer.py",
        "src/EDA.py",
        "toxic/merge_results.py",
        "toxic/ensemble.py",
        "avito/quize_blending.py",
        "src/postprocess.py",
    ],
)
def test_jun_4_script_of_another_end_is_clear(path: str) -> None:
    check_clear("jun.4", {path: SCRIPT})


@pytest.mark.parametrize(
    "source",
    [
        SCRIPT.replace(".to_csv('b.csv')", ""),
        SCRIPT.replace(".to_csv('b.csv')", ".to_csv()"),
        SCRIPT.replace("if __name__ == '__main__'", "def prepare()"),
        "import json, numpy\n\nif __name__ == '__main__':\n    json.dump(json.load(open('a')), open('b', 'w'))\n",
        "import torch\n\nif __name__ == '__main__':\n    torch.save(torch.load('a'), 'b')\n",
        SCRIPT + "    SVC().fit(rows)\n",
        "import airflow\n" + SCRIPT,
        "import torch\n" + SCRIPT,
        "from sklearn.svm import SVC\n" + SCRIPT + "    SVC()\n",
        "import pandas as pd\n\nif __name__ == '__main__':\n    pd.DataFrame(open('a')).to_csv('b.csv')\n",
    ],
)
def test_jun_4_what_makes_no_data_of_data_is_clear(source: str) -> None:
    check_clear("jun.4", {"src/prepare.py": source})


def test_jun_4_comment_of_a_shell_script_runs_nothing() -> None:
    check_found("jun.4", {"src/prepare.py": SCRIPT, "run.sh": "# python src/prepare.py\n"}, at=["src/prepare.py:3"])


def test_jun_4_unread_commands_are_unknown() -> None:
    check_unknown("jun.4", {**TRAIN, "src/prepare.py": SCRIPT, ".github/workflows/ci.yml": "jobs: [\n"})


def test_jun_4_workflow_of_an_unknown_runner_is_unknown() -> None:
    check_unknown("jun.4", {**TRAIN, "src/prepare.py": SCRIPT, "main.nf": "process a {}\n"})


def test_jun_4_longer_name_is_another_script() -> None:
    check_found("jun.4", {"a.py": SCRIPT, "Makefile": "x:\n\tpython data.py\n"}, at=["a.py:3"])


def test_jun_4_script_at_top_level_is_found() -> None:
    check_found("jun.4", {"a.py": "import pandas as pd\n\npd.read_csv('a').to_csv('b')\n"}, at=["a.py:3"])


# ---------------------------------------------------------------- the pipeline


def test_jun_10_without_training_is_not_asked() -> None:
    check_unknown("jun.10", {"a.py": "import sklearn\n"})


@pytest.mark.parametrize(
    "test",
    ["def test_train_fast():\n    pass\n", "from sklearn.svm import SVC\n\n\ndef test_a():\n    SVC().fit([1], [2])\n"],
)
def test_jun_10_tests_that_may_train_are_unknown(test: str) -> None:
    check_unknown("jun.10", {**TRAIN, "tests/test_a.py": test})


def test_jun_10_python_that_is_left_out_may_train() -> None:
    component = component_from({"a.py": "import sklearn\n"})
    left_out = msgspec.structs.replace(component, excluded=(("train.py", LEFT_OUT),))
    outcomes = [result_of("jun.10", View(item))[0].outcome for item in (component, left_out)]
    assert outcomes == [Outcome.NOT_APPLICABLE, Outcome.UNKNOWN]


@pytest.mark.parametrize("path", ["examples/fit.py", "a.ipynb"])
def test_jun_10_examples_are_not_asked(path: str) -> None:
    check_unknown("jun.10", {path: TRAIN["train.py"] if path.endswith(".py") else "{}"})


ALL = "on: push\njobs:\n  a:\n    steps:\n      - run: ./all.sh\n"


def test_jun_10_shell_script_that_may_train_is_unknown() -> None:
    choosing = 'case "$1" in\n  fit) python train.py ;;\nesac\n'
    check_unknown("jun.10", {**TRAIN, "all.sh": choosing, ".github/workflows/ci.yml": ALL})


def test_jun_10_shell_script_that_ci_calls_and_that_trains_is_clear() -> None:
    check_clear("jun.10", {**TRAIN, "all.sh": "python train.py\n", ".github/workflows/ci.yml": ALL})


def test_jun_10_task_that_ci_runs_and_that_may_train_is_unknown() -> None:
    workflow = "on: push\njobs:\n  a:\n    steps:\n      - run: tox\n"
    files = {"tox.ini": "[testenv]\ncommands =\n    python src/train.py\n", ".github/workflows/ci.yml": workflow}
    check_unknown("jun.10", {"src/train.py": TRAIN["train.py"], **files})


def test_jun_10_scripts_beside_the_package_of_a_library_show_its_use() -> None:
    files = {"tasks/fit.py": TRAIN["train.py"], "churn/__init__.py": "", "churn/model.py": "import sklearn\n"}
    check_unknown("jun.10", files, profile="library")
    check_found("jun.10", {**files, "churn/fit.py": TRAIN["train.py"]}, at=["churn/fit.py:1"], profile="library")


def test_jun_10_pipeline_in_ci_is_clear() -> None:
    workflow = "on: push\njobs:\n  a:\n    steps:\n      - run: dvc repro\n"
    check_clear("jun.10", {**TRAIN, ".github/workflows/ci.yml": workflow})


def test_jun_10_training_that_nothing_tests_is_found() -> None:
    check_found("jun.10", {**TRAIN, "tests/test_a.py": TEST}, at=["train.py:1"])


def test_jun_10_is_told_where_training_is_named() -> None:
    part = "from sklearn.svm import SVC\n\nSVC().fit([1], [2])\n"
    check_found("jun.10", {"aloss.py": part, "src/train.py": part}, at=["src/train.py:1"])
    check_found("jun.10", {"aloss.py": part, "main.py": part}, at=["main.py:1"])
    check_found("jun.10", {"aloss.py": part, "src/model.py": part}, at=["aloss.py:1"])
