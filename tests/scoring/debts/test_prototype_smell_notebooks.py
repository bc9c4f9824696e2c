"""Notebooks that carry the work (pro.3), their order (pro.2) and their outputs (pro.8): sketches and examples first."""

import json

import pytest

from scoring.analyses.notebooks import of_product
from scoring.findings import Outcome
from scoring.testing import ML_FILE, check_clear, check_found, facts_from, result_of

WRITES = "; kept.to_csv('kept.csv')"
"""Something is left of a run."""


def notebook(*cells: str, counts: list[int | None] | None = None, output: str = "") -> str:
    outputs = [{"output_type": "stream", "name": "stdout", "text": output}] if output else []
    left = WRITES if counts else ""
    code = [
        {
            "cell_type": "code",
            "execution_count": count,
            "source": cell + left,
            "outputs": outputs,
            "metadata": {},
        }
        for cell, count in zip(cells, counts or range(1, len(cells) + 1), strict=True)
    ]
    return json.dumps({"cells": code, "nbformat": 4, "nbformat_minor": 5, "metadata": {}})


# ---------------------------------------------------------------- pro.2


@pytest.mark.parametrize("counts", [[1, 2, 3], [2, 3, 4], [1, 2, 4], [1, 4, 8]])
def test_cells_run_once_each_in_order_are_clear(counts: list[int | None]) -> None:
    check_clear("pro.2", {"a.ipynb": notebook("x = 1", "y = x", "z = y", counts=counts)})


@pytest.mark.parametrize(
    ("counts", "told"),
    [([1, 2, 10], "cleared or deleted between"), ([2, 1, 3], "out of order"), ([12, 13, 14], "before the first")],
)
def test_runs_that_no_saved_cell_shows_are_told_for_what_they_are(counts: list[int | None], told: str) -> None:
    _, findings = result_of("pro.2", facts_from({"a.ipynb": notebook("x = 1", "y = x", "z = y", counts=counts)}))
    assert [told in finding.message for finding in findings] == [True]


def test_few_cells_run_again_in_a_long_notebook_are_clear() -> None:
    cells = ["x = 1", *["y = x"] * 59]
    check_clear("pro.2", {"a.ipynb": notebook(*cells, counts=[*range(1, 31), *range(60, 90)])})
    check_found("pro.2", {"a.ipynb": notebook(*cells, counts=[*range(1, 31), *range(92, 122)])}, at=["a.ipynb:1"])


@pytest.mark.parametrize("counts", [[12, 13, 16], [2, 1, 3], [1, 14, 19]])
def test_cells_run_again_between_are_found(counts: list[int | None]) -> None:
    check_found("pro.2", {"a.ipynb": notebook("x = 1", "y = x", "z = y", counts=counts)}, at=["a.ipynb:1"])


# ---------------------------------------------------------------- pro.3

SAME = "from sklearn.svm import SVC\nmodel = SVC()\nmodel.fit([[0], [1]], [0, 1])\n"
MAKE = {"Makefile": "model:\n\tpython train.py\n"}
LONG = SAME + "".join(f"a{number} = {number}\n" for number in range(7))


@pytest.mark.parametrize(
    "files",
    [
        {"train.py": SAME, **MAKE},
        {"train.py": SAME, "go.py": "import train\n"},
        {"train.py": SAME + "if __name__ == '__main__':\n    print(model)\n"},
    ],
)
def test_notebook_that_a_module_in_use_repeats_is_its_sketch(files: dict[str, str]) -> None:
    check_clear("pro.3", {"a.ipynb": notebook(SAME, "x = 1\n" * 40), **files})


@pytest.mark.parametrize(
    ("cell", "files"), [(SAME, {"train.py": SAME}), (LONG, {"train.py": SAME, **MAKE}), (LONG, {})]
)
def test_notebook_that_no_module_in_use_repeats_in_its_length_is_found(cell: str, files: dict[str, str]) -> None:
    _, findings = result_of("pro.3", facts_from({"a.ipynb": notebook(cell), **files}))
    assert [finding.path for finding in findings] == ["a.ipynb"]


FIT_SVC = "from sklearn.svm import SVC\nmodel = SVC()\nmodel.fit([[0], [1]], [0, 1])\nmodel.score(rows, labels)\n"
EXAMPLES = [
    "blogs/2020/a.ipynb",
    "examples/a.ipynb",
    "demos/a.ipynb",
    "Demo.ipynb",
    "nb/quick_start_churn.ipynb",
    "Tutorial 1.ipynb",
]


@pytest.mark.parametrize("path", EXAMPLES)
def test_training_in_an_example_is_no_training_of_the_project(path: str) -> None:
    check_clear("pro.3", {path: notebook(LONG), "train.py": SAME})
    assert result_of("pro.3", facts_from({path: notebook(LONG)}))[0].outcome is Outcome.NOT_APPLICABLE


def test_notebook_that_only_prepares_data_trains_nothing() -> None:
    cell = "from sklearn.decomposition import PCA\nPCA().fit_transform(rows)\n"
    check_clear("pro.3", {"a.ipynb": notebook(cell), "train.py": SAME})


def test_notebooks_of_a_library_show_its_use() -> None:
    files = {"notebooks/a.ipynb": notebook(LONG, output="x" * 2_000_000), "train.py": SAME}
    check_clear("pro.3", files, profile="library")
    assert result_of("pro.8", facts_from(files, profile="library"))[0].outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("path", ["explore.ipynb", "nb/demographics.ipynb"])
def test_training_in_a_notebook_beside_modules_is_found(path: str) -> None:
    _, findings = result_of("pro.3", facts_from({path: notebook(LONG), "train.py": SAME}))
    assert [finding.path for finding in findings] == [path]


DEFINES = "import sklearn\n\n\nclass Chooser:\n    def one(self): ...\n    def two(self): ...\n\n\ndef show(): ...\n"


def test_notebook_whose_definitions_were_moved_to_a_module_is_its_sketch() -> None:
    check_clear("pro.3", {"a.ipynb": notebook(DEFINES, FIT_SVC), "chooser.py": DEFINES + FIT_SVC})


def test_notebook_of_which_a_module_defines_little_is_found() -> None:
    files = {"a.ipynb": notebook(DEFINES, FIT_SVC), "chooser.py": DEFINES.replace("one", "a").replace("two", "b")}
    _, findings = result_of("pro.3", facts_from(files))
    assert [finding.path for finding in findings] == ["a.ipynb"]


# ---------------------------------------------------------------- pro.8


@pytest.mark.parametrize("path", EXAMPLES)
def test_outputs_of_an_example_are_shown_on_purpose(path: str) -> None:
    text = notebook("plot()", output="x" * 2_000_000)
    check_clear("pro.8", {path: text, "explore.ipynb": notebook("x = 1"), **ML_FILE})
    assert result_of("pro.8", facts_from({path: text, **ML_FILE}))[0].outcome is Outcome.NOT_APPLICABLE


def test_small_outputs_beside_large_ones_are_not_named() -> None:
    files = {"a.ipynb": notebook("plot()", output="x" * 1_200_000), "b.ipynb": notebook("plot()", output="x" * 200_000)}
    check_found("pro.8", files, at=["a.ipynb:1"])


def test_many_small_outputs_are_no_burden() -> None:
    files = {
        "train.py": LONG,
        **{f"n{size}.ipynb": notebook("plot()", output="x" * size * 1000) for size in (280, 290, 300, 310)},
    }
    check_clear("pro.8", files)


# ---------------------------------------------------------------- copies

CELLS = [SAME, *["x = 1"] * 7]


def test_notebook_translated_counts_once() -> None:
    files = {f"nb/{language}/a.ipynb": notebook(*CELLS, f"y = '{language}'") for language in ("en", "es", "jp")}
    result, findings = result_of("pro.3", facts_from(files))
    assert (result.population, [finding.path for finding in findings]) == (1, ["nb/en/a.ipynb"])


def test_trials_of_one_name_with_other_code_are_as_many() -> None:
    files = {f"exp/{trial}/a.ipynb": notebook(*[f"{trial} = {cell}" for cell in range(8)]) for trial in "abc"}
    assert len(of_product(facts_from(files))) == 3


def test_notebooks_of_one_name_with_other_cells_are_two() -> None:
    files = {"nb/en/a.ipynb": notebook(*CELLS), "nb/es/a.ipynb": notebook(*CELLS, "y = 1")}
    _, findings = result_of("pro.3", facts_from(files))
    assert [finding.path for finding in findings] == ["nb/en/a.ipynb", "nb/es/a.ipynb"]


def test_outputs_where_notebooks_are_most_of_the_work_are_no_burden() -> None:
    files = {"a.ipynb": notebook(LONG, output="x" * 2_000_000), "read.py": "import pandas\n"}
    assert result_of("pro.8", facts_from(files))[0].outcome is Outcome.NOT_APPLICABLE


def test_notebooks_with_hidden_state_are_one_finding_from_three_on() -> None:
    files = {f"{name}.ipynb": notebook("x = 1", "x += 1", f"print({name!r})", counts=[3, 1, 2]) for name in "abc"}
    result, findings = result_of("pro.2", facts_from(files))
    assert (result.value, [finding.path for finding in findings]) == (1.0, ["a.ipynb"])
    assert findings[0].message.startswith("3 notebooks were not run from the top. The first: a.ipynb was not run")
    del files["c.ipynb"]
    assert [finding.path for finding in result_of("pro.2", facts_from(files))[1]] == ["a.ipynb", "b.ipynb"]


def test_hidden_state_of_which_nothing_is_left_counts_and_is_not_told() -> None:
    looks = notebook("x = 1", "x += 1", counts=[2, 1]).replace(WRITES, "")
    assert check_found("pro.2", {"a.ipynb": looks}, at=[]).value == 1.0
    check_found("pro.2", {"a.ipynb": notebook("x = 1", "x += 1", counts=[2, 1])}, at=["a.ipynb:1"])


def test_notebooks_that_a_job_tries_after_a_change_are_not_in_production() -> None:
    job = "on: {}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: papermill a.ipynb out.ipynb\n"
    files = {"a.ipynb": notebook("x = 1")}
    check_clear("pro.1", {**files, ".github/workflows/a.yml": job.format("push")})
    timed = job.format("\n  schedule:\n    - cron: '0 3 * * *'")
    check_found("pro.1", {**files, ".github/workflows/a.yml": timed}, at=["a.ipynb:1"])
