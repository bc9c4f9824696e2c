"""Notebooks in production, hidden state, leftovers: negatives first for each."""

import json
from datetime import timedelta

import pytest

from scoring.facts import HistoryFacts
from scoring.findings import Outcome, SignalResult
from scoring.testing import AS_OF, ML_FILE, check_clear, check_found, check_unknown, facts_from, result_of

NOTEBOOK_SIGNALS = ["pro.1", "pro.2", "pro.4", "pro.8"]
PARAMETERS = {"tags": ["parameters"]}


def notebook(*cells: str, counts: list[int | None] | None = None, tags: dict[str, list[str]] | None = None) -> str:
    numbers = counts or list(range(1, len(cells) + 1))
    left = "; kept.to_csv('kept.csv')" if counts else ""  # something is left of a run
    code = [
        {
            "cell_type": "code",
            "execution_count": count,
            "source": cell + left,
            "outputs": [],
            "metadata": tags or {},
        }
        for cell, count in zip(cells, numbers, strict=True)
    ]
    return json.dumps({"cells": code, "nbformat": 4, "nbformat_minor": 5, "metadata": {}})


# ---------------------------------------------------------------- pro.1


@pytest.mark.parametrize(
    "files",
    [
        {"Makefile": "check:\n\tpytest --nbmake explore.ipynb\n"},
        {"Makefile": "docs:\n\tjupyter nbconvert --to html explore.ipynb\n"},
        {"Makefile": "run:\n\tpapermill other_explore.ipynb out.ipynb\n"},
        {"README.md": "Run `papermill explore.ipynb out.ipynb`\n", "Makefile": "check:\n\tpytest\n"},
        {"flow.py": "from prefect import flow\n"},
    ],
)
def test_notebook_that_is_tested_or_shown_is_clear(files: dict[str, str]) -> None:
    check_clear("pro.1", {"explore.ipynb": notebook("x = 1"), **files})


def test_notebook_where_nothing_is_run_has_no_production_to_stay_off() -> None:
    files = {"explore.ipynb": notebook("x = 1"), "README.md": "Run `papermill explore.ipynb out.ipynb`\n"}
    result, _ = result_of("pro.1", facts_from({**ML_FILE, **files}))
    assert result.outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    "files",
    [
        {"Makefile": "run:\n\tpapermill nb/explore.ipynb out.ipynb\n"},
        {"dvc.yaml": "stages:\n  train:\n    cmd: jupyter nbconvert --execute --to notebook nb/explore.ipynb\n"},
        {"run.py": "import papermill as pm\n\npm.execute_notebook('nb/explore.ipynb', 'out.ipynb')\n"},
    ],
)
def test_notebook_that_a_job_runs_is_found(files: dict[str, str]) -> None:
    check_found("pro.1", {"nb/explore.ipynb": notebook("x = 1"), **files}, at=["nb/explore.ipynb:1"])


@pytest.mark.parametrize(
    "cell",
    [
        "import mlflow\nmlflow.sklearn.log_model(m, 'm', registered_model_name='churn')",
        "import pandas as pd\npd.DataFrame().to_sql('prod.scores', None)",
    ],
)
def test_notebook_that_registers_or_writes_to_production_is_found(cell: str) -> None:
    _, findings = result_of("pro.1", facts_from({**ML_FILE, "a.ipynb": notebook("x = 1", cell)}))
    assert [(finding.path, finding.line, finding.evidence) for finding in findings] == [("a.ipynb", 2, {"cell": 2})]


def test_notebook_with_parameters_is_milder() -> None:
    files = {"Makefile": "run:\n\tpapermill a.ipynb out.ipynb\n", "a.ipynb": notebook("day = 1", tags=PARAMETERS)}
    _, findings = result_of("pro.1", facts_from({**ML_FILE, **files}))
    assert [finding.severity for finding in findings] == ["medium"]


# ---------------------------------------------------------------- pro.2


@pytest.mark.parametrize("counts", [[1, 2, 3], [1, 2, None]])
def test_notebook_run_from_the_top_is_clear(counts: list[int | None]) -> None:
    check_clear("pro.2", {"a.ipynb": notebook("x = 1", "y = 2", "z = 3", counts=counts)})


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([2, 1, 3], "its cells were run out of order"),
        ([1, 2, 9], "cells were run again, cleared or deleted between the ones that are saved"),
        ([7, 8, 9], "other cells had run in its session before the first that is saved"),
    ],
)
def test_notebook_with_hidden_state_is_found(counts: list[int | None], words: str) -> None:
    files = {"a.ipynb": notebook("x = 1", "y = 2", "z = 3", counts=counts)}
    check_found("pro.2", files, at=["a.ipynb:1"])
    _, findings = result_of("pro.2", facts_from(files))
    assert words in findings[0].message


@pytest.mark.parametrize(
    "cells",
    [
        ["x = 1", "x + 1"],
        ["def f():\n    return later", "later = 1", "f()"],
        ["[later for later in range(3)]", "later = 1"],
        ["print(list(range(3)))", "list = 1"],
        ["from os import *", "path", "path = 1"],
        ["import later.part", "later", "later = 1"],
        ["later +", "later", "later = 1"],
        ["try:\n    pass\nexcept OSError as later:\n    later", "later = 1"],
    ],
)
def test_cleared_notebook_that_defines_before_it_uses_is_clear(cells: list[str]) -> None:
    check_clear("pro.2", {"a.ipynb": notebook(*cells, counts=[None] * len(cells))})


@pytest.mark.parametrize(
    "cells",
    [["later + 1", "later = 1"], ["x = [later for _ in range(3)]", "later = 1"], ["f(1)", "def f(x):\n    return x"]],
)
def test_cleared_notebook_that_uses_before_it_defines_is_found(cells: list[str]) -> None:
    check_found("pro.2", {"a.ipynb": notebook(*cells, counts=[None] * len(cells))}, at=["a.ipynb:1"])


def test_message_names_the_cell_and_the_name() -> None:
    files = {"a.ipynb": notebook("x = 1", "later + x", "later = 1", counts=[None, None, None])}
    _, findings = result_of("pro.2", facts_from(files))
    assert [finding.message for finding in findings] == [
        "a.ipynb fails when it is run from the top: cell 2 uses later, which only a later cell defines; its results "
        "may rest on code that is no longer there."
    ]


# ---------------------------------------------------------------- pro.3

FIT = "from sklearn.svm import SVC\nSVC().fit([[0], [1]], [0, 1])\n"


def test_training_in_modules_is_clear() -> None:
    check_clear("pro.3", {"train.py": FIT, "look.ipynb": notebook("import pandas", "pandas.DataFrame()")})


def test_training_in_a_notebook_is_found_at_its_first_fit() -> None:
    _, findings = result_of("pro.3", facts_from({"a.ipynb": notebook("x = 1", FIT)}))
    assert [(finding.line, finding.message) for finding in findings] == [
        (2, "a.ipynb holds 3 of the 3 lines of training code; another program can't import them from there.")
    ]


def test_nothing_that_fits_is_not_clear() -> None:
    check_unknown("pro.3", {**ML_FILE, "a.ipynb": notebook("x = 1")})


# ---------------------------------------------------------------- pro.4


def test_one_breach_is_clear() -> None:
    check_clear("pro.4", {"Untitled.ipynb": notebook("x = 1")})


def test_cleared_cells_are_no_breach() -> None:
    check_clear("pro.4", {"a.ipynb": notebook("x = 1", "y = 2", counts=[None, None])})


def test_error_is_named() -> None:
    output = {"output_type": "error", "ename": "KeyError", "evalue": "x", "traceback": []}
    cell = {"cell_type": "code", "execution_count": 1, "source": "x", "outputs": [output]}
    text = json.dumps({"cells": [cell], "nbformat": 4, "metadata": {}})
    _, findings = result_of("pro.4", facts_from({"Untitled.ipynb": text}))
    assert [finding.message for finding in findings] == [
        "Untitled.ipynb is hard to take over: one cell ended in an error, it has no title."
    ]


@pytest.mark.parametrize(
    "files",
    [
        {"a.ipynb": notebook("x = 1\n" * 31, *["y = 2"] * 50)},
        {"a.ipynb": notebook("x = 1\n" * 31, "y = 2", counts=[1, None])},
    ],
    ids=["one long cell among many", "one long cell and one not run"],
)
def test_little_of_two_kinds_is_clear(files: dict[str, str]) -> None:
    assert result_of("pro.4", facts_from(files))[1] == ()


def test_example_of_a_package_is_as_long_as_what_it_explains() -> None:
    beside = {"pyproject.toml": "[project]\nname = 'apples'\n", "apples.py": "x = 1\n" * 999}
    long = notebook(*["x = 1\n" * 31] * 3, *["y = 2"] * 50)
    assert result_of("pro.4", facts_from({**beside, "examples/a.ipynb": long}))[1] == ()
    check_found("pro.4", {"examples/a.ipynb": long}, at=["examples/a.ipynb:1"])


def test_several_breaches_are_found() -> None:
    cells = ["x = 1\n" * 31, *["y = 2"] * 50]
    check_found("pro.4", {"a-Copy1.ipynb": notebook(*cells)}, at=["a-Copy1.ipynb:1"])


# ---------------------------------------------------------------- pro.6


def changed(days: int, *paths: str) -> HistoryFacts:
    return HistoryFacts(commits=9, last_change=dict.fromkeys(paths, AS_OF - timedelta(days=days)))


OLD = ("src/copy_rows.py", "models/yolo_v2.py", "old/notes.txt", "semi-final.py")


@pytest.mark.parametrize(("path", "days"), [("scratch/try.py", 90), *((path, 400) for path in OLD)])
def test_work_in_use_is_clear(path: str, days: int) -> None:
    check_clear("pro.6", {path: "x = 1\n"}, history=changed(days, path, *ML_FILE))


@pytest.mark.parametrize(
    ("paths", "days", "at"),
    [
        (["scratch/try.py", "scratch/deep/more.py"], 91, "scratch/deep/more.py:1"),
        (["train_old.py"], 1, "train_old.py:1"),
        (["train.py", "train-final.py"], 1, "train-final.py:1"),
        (["train.py", "train_v2.py"], 1, "train_v2.py:1"),
        (["model (1).ipynb"], 1, "model (1).ipynb:1"),
    ],
)
def test_work_left_behind_is_found(paths: list[str], days: int, at: str) -> None:
    files = {path: f"x = {n}\n" if path.endswith(".py") else notebook("x = 1") for n, path in enumerate(paths)}
    check_found("pro.6", files, at=[at], history=changed(days, *paths, *ML_FILE))


@pytest.mark.parametrize("history", [None, HistoryFacts(reason="shallow clone"), HistoryFacts()])
def test_absent_history_is_not_clear(history: HistoryFacts | None) -> None:
    check_unknown("pro.6", {**ML_FILE, "scratch/try.py": "x = 1\n"}, history=history)


def test_files_that_nothing_reads_are_not_clear() -> None:
    check_unknown("pro.6", {"old/a.py": "def (:\n"}, history=changed(400, "old/a.py"))


def test_folder_of_unknown_age_is_clear() -> None:
    check_clear("pro.6", {"scratch/try.py": "x = 1\n"}, history=changed(400, *ML_FILE))


# ---------------------------------------------------------------- pro.8


def test_small_outputs_beside_an_unread_notebook_are_not_clear() -> None:
    check_unknown("pro.8", {**ML_FILE, "a.ipynb": notebook("x = 1"), "b.ipynb": "{["})


def test_outputs_count_each_blob_once() -> None:
    output = [{"output_type": "stream", "name": "stdout", "text": "x" * 1_200_000}]
    cell = {"cell_type": "code", "execution_count": 1, "source": "plot()", "outputs": output}
    text = json.dumps({"cells": [cell], "nbformat": 4, "metadata": {}})
    result = check_found("pro.8", {"a.ipynb": text, "b.ipynb": text}, at=["a.ipynb:1"])
    assert (round(result.value or 0, 2), result.population) == (1.2, 1)


@pytest.mark.parametrize("signal", [*NOTEBOOK_SIGNALS, "pro.3"])
@pytest.mark.parametrize("content", ["", "{}", "{[", '{"nbformat": 4, "cells": []}'])
def test_notebook_emptied_or_broken_is_not_clear(signal: str, content: str) -> None:
    check_unknown(signal, {**ML_FILE, "a.ipynb": content})


@pytest.mark.parametrize("signal", NOTEBOOK_SIGNALS)
def test_no_notebook_is_not_clear(signal: str) -> None:
    check_unknown(signal, ML_FILE)


# ---------------------------------------------------------------- pro.7


def notebook_churn(notebooks: int, modules: int) -> SignalResult:
    files = {**ML_FILE, "explore.ipynb": notebook("import pandas as pd\n")}
    module = next(iter(ML_FILE))
    history = HistoryFacts(churn_12m={"explore.ipynb": notebooks, module: modules})
    return result_of("pro.7", facts_from(files, history=history))[0]


def test_pro_7_without_history_is_unknown() -> None:
    check_unknown("pro.7", ML_FILE)


def test_pro_7_quiet_year_does_not_apply() -> None:
    assert notebook_churn(0, 0).outcome is Outcome.NOT_APPLICABLE


def test_pro_7_work_in_modules_is_clear() -> None:
    assert notebook_churn(1, 9).outcome is Outcome.CLEAR


def test_pro_7_work_in_notebooks_is_found() -> None:
    result = notebook_churn(5, 5)
    assert (result.outcome, result.value, result.population, result.badness) == (Outcome.FOUND, 0.5, 10, 0.5)
