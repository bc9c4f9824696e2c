"""What makes a component a course, and what is then not asked of it."""

import json

import pytest

from scoring.analyses.lessons import is_course
from scoring.analyses.own_models import makes_a_model
from scoring.analyses.working_ci import has_ci
from scoring.findings import Outcome
from scoring.testing import facts_from, result_of

TEACHES = "# Apples\n\nThis repository contains tutorials on apples.\n"
SORTS = "# Apples\n\nSorts apples into kinds.\n"
WORK = "import sklearn\n" + "print(rows)\n" * 30
FIT = "from sklearn.svm import SVC\n\nSVC(random_state=1).fit(rows, kinds)\n"


def notebook(source: str) -> str:
    cell = {"cell_type": "code", "execution_count": 1, "source": source, "metadata": {}, "outputs": []}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]})


LESSON = {"one.ipynb": notebook(WORK)}


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": SORTS, **LESSON},
        {"README.md": TEACHES, "apples.py": WORK},
        {"README.md": TEACHES, "apples.py": WORK, **LESSON},
        {"README.md": TEACHES, "train-sklearn.py": WORK},
        {"README.md": TEACHES},
        LESSON,
    ],
    ids=[
        "says nothing of it",
        "holds a program",
        "holds half a program",
        "is named after a library",
        "holds nothing",
        "has no README",
    ],
)
def test_component_is_no_course(files: dict[str, str]) -> None:
    assert is_course(facts_from(files)) is False


def test_library_with_tutorials_is_no_course() -> None:
    files = {"README.md": f"{TEACHES}\n```bash\npip install apples\n```\n", **LESSON}
    project = '[project]\nname = "apples"\nversion = "1"\n'
    assert (is_course(facts_from(files)), is_course(facts_from({**files, "pyproject.toml": project}))) == (True, False)


def test_lessons_beside_a_package_make_a_course() -> None:
    files = {"README.md": TEACHES, "pyproject.toml": '[project]\nname = "fruit"\n', "fruit/size.py": WORK}
    assert is_course(facts_from({**files, **{f"tutorials/apples_{n}.py": f"{WORK}\nx = {n}\n" for n in range(4)}}))


@pytest.mark.parametrize(
    "path", ["one.ipynb", "solutions/apples.py", "week_1/apples.py", "03_apples.py", "tutorials/apples.py"]
)
def test_lessons_make_a_course(path: str) -> None:
    text = notebook(WORK) if path.endswith(".ipynb") else WORK
    assert is_course(facts_from({"README.md": TEACHES, path: text})) is True


@pytest.mark.parametrize(
    ("folder", "numbers", "course"),
    [("chapter", 5, True), ("Lesson_", 5, True), ("week_", 5, False), ("chapter", 4, False), ("model", 5, False)],
)
def test_numbered_lessons_make_a_course_whatever_the_readme_says(folder: str, numbers: int, course: bool) -> None:
    lessons = {f"{folder}{number}_apples/sort.py": f"{WORK}x = {number}\n" for number in range(numbers)}
    assert is_course(facts_from({"README.md": SORTS, **lessons})) is course


def test_book_that_publishes_its_code_as_a_package_is_a_course() -> None:
    chapters = {f"ch{number:02}/run.py": WORK + f"print({number})\n" for number in range(1, 8)}
    package = {
        "pyproject.toml": "[project]\nname = 'apples'\n",
        "README.md": f"{SORTS}\n```\npip install apples\n```\n",
        "apples/__init__.py": WORK,
    }
    assert is_course(facts_from({**package, **chapters}))
    assert not is_course(facts_from({**package, **dict(list(chapters.items())[:4])}))


def test_numbered_lessons_beside_a_program_make_no_course() -> None:
    lessons = {f"chapter{number}/sort.py": f"{WORK}x = {number}\n" for number in range(5)}
    assert is_course(facts_from({"README.md": SORTS, **lessons, "apples.py": WORK * 5})) is False


@pytest.mark.parametrize(
    "signal",
    [
        *("abs.2", "cfg.2", "doc.2", "duplicate-code", "ent.3", "jun.10", "mls-14", "mul.5", "pod.1", "pro.3", "pro.8"),
        *("rep.2", "rep.11"),
    ],
)
def test_form_of_a_product_is_not_asked_of_a_course(signal: str) -> None:
    files = {"README.md": TEACHES, "one.ipynb": notebook(WORK + FIT)}
    assert result_of(signal, facts_from(files))[0].outcome is Outcome.NOT_APPLICABLE


def test_model_of_its_own() -> None:
    unsure = facts_from({"ask.py": "import torch\n", "train.py": "def (:\n"})
    answers = [makes_a_model(facts_from(files)) for files in ({"train.py": FIT}, {"ask.py": "import torch\n"})]
    assert [*answers, makes_a_model(unsure), makes_a_model(facts_from({"train.py": FIT}, profile="library"))] == [
        True,
        False,
        None,
        False,
    ]


@pytest.mark.parametrize(
    ("step", "works"),
    [("uses: actions/stale@v4", False), ("uses: actions/setup-python@v5", True), ("run: pytest", True)],
)
def test_ci_that_only_greets_does_no_work(step: str, works: bool) -> None:
    text = f"on: push\njobs:\n  a:\n    steps:\n      - {step}\n"
    assert has_ci(facts_from({".github/workflows/a.yml": text, "a.py": "x = 1\n"})) is works


@pytest.mark.parametrize(
    ("folders", "course"),
    [
        (["courses/fruit"] * 5, True),
        (["Lectures"] * 5 + ["refs/book"] * 3, True),
        (["courses/fruit"] * 4, False),
        (["courses/fruit"] * 5 + ["orchard"] * 5, False),
        (["refs/book"] * 9, False),
        (["01-fruit"] * 10 + ["02-trees/apples"] * 10, True),
        (["01-fruit"] * 10 + ["trees/apples"] * 10, False),
    ],
)
def test_notebooks_in_folders_of_lessons_make_a_course_without_a_readme(folders: list[str], course: bool) -> None:
    lessons = {f"{folder}/{number}.ipynb": notebook(f"{WORK}x = {number}\n") for number, folder in enumerate(folders)}
    assert is_course(facts_from(lessons)) is course


TIMED = "on:\n  {}\njobs:\n  a:\n    steps:\n      - run: papermill 01-fruit/0.ipynb out.ipynb\n"


@pytest.mark.parametrize(
    ("file", "course"),
    [
        ({"03-pears/last.ipynb": notebook("import mlflow\nmlflow.register_model('runs:/1/model', 'pears')\n")}, False),
        ({"03-pears/last.ipynb": notebook("import mlflow\nmlflow.log_metric('pears', 1)\n")}, True),
        ({".github/workflows/a.yml": TIMED.format("schedule:\n    - cron: '0 0 * * *'")}, False),
        ({".github/workflows/a.yml": TIMED.format("push:")}, True),
        ({"debtboard.toml": "[models.pears]\nentry_point = '02-trees/1.ipynb'\n"}, False),
    ],
)
def test_numbered_steps_that_others_use_are_no_lessons(file: dict[str, str], course: bool) -> None:
    lessons = {f"01-fruit/{number}.ipynb": notebook(f"{WORK}x = {number}\n") for number in range(20)}
    assert is_course(facts_from({**lessons, **file})) is course
