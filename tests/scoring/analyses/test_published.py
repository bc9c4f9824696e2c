"""What shows a package and is no part of it: examples, notebooks, benchmarks; and what stays the product."""

import json

import pytest

from scoring.analyses.published import kloc_run
from scoring.analyses.view import View
from scoring.testing import ML_FILE, facts_from, result_of

PROJECT = {"pyproject.toml": "[project]\nname = 'apples'\n"}
PUBLISHED = {**PROJECT, "README.md": "# Apples\n\n```\npip install apples\n```\n"}
BARE = "import numpy\n\n\n" + "".join(f"def bare_{n}(rows):\n    return rows\n\n\n" for n in range(6))
PACKAGE = {"apples/fit.py": "import numpy\n\n\ndef fit(rows: list) -> list:\n    return rows\n" * 9}


def notebook(*cells: str) -> str:
    return json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": text} for text in cells]})


def product(files: dict[str, str], **declared: str) -> list[str]:
    return [file.path for file in facts_from(files, **declared).product]


@pytest.mark.parametrize(
    ("path", "beside"),
    [
        ("examples/show.py", {}),
        ("projects/show.py", PROJECT),
        ("notebooks/clean.ipynb", PROJECT),
        ("benchmarks/speed.py", PROJECT),
        ("apples/benchmarks/speed.py", PUBLISHED),
        ("scripts/train.py", PUBLISHED),
        ("apples/demo/rows.py", {**PUBLISHED, "apples/__init__.py": "", "apples/demo/__init__.py": ""}),
    ],
)
def test_product_that_shows_no_package_stays(path: str, beside: dict[str, str]) -> None:
    text = notebook(BARE) if path.endswith(".ipynb") else BARE
    paths = [found for found in product({**beside, **PACKAGE, path: text}) if not found.endswith("__init__.py")]
    assert paths == sorted(["apples/fit.py", path])


@pytest.mark.parametrize(
    ("path", "beside"),
    [
        ("examples/show.py", PROJECT),
        ("apples/tutorials/show.py", PROJECT),
        ("demo.ipynb", PROJECT),
        ("notebooks/clean.ipynb", PUBLISHED),
        ("benchmarks/speed.py", PUBLISHED),
        ("projects/adder/train.py", PUBLISHED),
        ("examples/pears/rows.py", {**PUBLISHED, "examples/__init__.py": "", "examples/pears/__init__.py": ""}),
    ],
)
def test_example_beside_its_package_is_no_product(path: str, beside: dict[str, str]) -> None:
    text = notebook(BARE) if path.endswith(".ipynb") else BARE
    assert product({**beside, **PACKAGE, path: text}) == ["apples/fit.py"]


@pytest.mark.parametrize("beside", [PROJECT, PUBLISHED])
def test_collection_of_examples_is_the_product(beside: dict[str, str]) -> None:
    files = {**beside, "apples/tool.py": "def rows(path):\n    return open(path)\n", "examples/one.py": BARE}
    assert product(files) == ["apples/tool.py", "examples/one.py"]
    assert product(files, profile="library") == ["apples/tool.py"]


def test_lines_of_examples_thin_nothing_out() -> None:
    view, bare = (facts_from({**PUBLISHED, **PACKAGE, **more}) for more in ({"examples/show.py": BARE}, {}))
    assert (view.kloc, view.ml_kloc, view.loc) == (bare.kloc, bare.ml_kloc, bare.loc)


def found_at(signal: str, view: View) -> list[str]:
    return [finding.path for finding in result_of(signal, view)[1]]


@pytest.mark.parametrize(
    ("signal", "code"),
    [
        ("cfg.4", "import pandas\n\nframe = pandas.read_csv('/home/ann/data/clicks.csv')\n"),
        ("thr.1", "def act(model, rows):\n    return model.predict_proba(rows)[:, 1] > 0.73\n"),
        ("sat.2", "import numpy\n\n# TODO: mend the sum of rows that are empty\nprint(numpy.zeros(3))\n"),
    ],
)
def test_example_is_not_asked_for_the_form_of_a_product(signal: str, code: str) -> None:
    code = f"import sklearn\n{code}"
    assert found_at(signal, facts_from({**PACKAGE, "examples/show.py": code})) == ["examples/show.py"]
    assert found_at(signal, facts_from({**ML_FILE, **PROJECT, **PACKAGE, "examples/show.py": code})) == []


@pytest.mark.parametrize("signal", ["doc.2", "pod.1"])
def test_functions_of_an_example_do_not_count(signal: str) -> None:
    alone = {**ML_FILE, **PACKAGE, "examples/show.py": BARE}
    counts = [result_of(signal, facts_from(files))[0].population for files in (alone, {**PROJECT, **alone})]
    assert counts[0] - counts[1] == 6


def test_example_that_will_not_run_is_found() -> None:
    gone = "import numpy as np\nfrom sklearn.externals import joblib\n\njoblib.dump(np.float(1), 'a')\n"
    assert found_at("abs.9", facts_from({**PUBLISHED, **PACKAGE, "examples/show.py": gone})) == ["examples/show.py"] * 2
    assert found_at("abs.9", facts_from({**PUBLISHED, **PACKAGE, "demo.ipynb": notebook(gone)})) == ["demo.ipynb"] * 2


@pytest.mark.parametrize(("seed", "found"), [("", ["apples/augment.py"]), ("np.random.seed(1)\n", [])])
def test_example_tells_what_seeds_the_package(seed: str, found: list[str]) -> None:
    draw = "import numpy as np\n\n\ndef sample(rows: list) -> list:\n    return np.random.permutation(rows)\n"
    run = f"import numpy as np\nfrom apples.augment import sample\n\n{seed}print(sample([1, 2]))\n"
    files = {**ML_FILE, **PUBLISHED, "apples/augment.py": draw * 2, "examples/show.py": run}
    assert found_at("mls-14", facts_from(files)) == found


@pytest.mark.parametrize(("path", "stays"), [("old_net.py", 0), ("net_old.py", 0), ("fold.py", 1), ("older.py", 1)])
def test_file_that_says_it_is_old_is_put_aside(path: str, *, stays: int) -> None:
    assert product({**PACKAGE, path: BARE}) == sorted(["apples/fit.py", path])[: 1 + stays]


def test_lines_of_an_example_that_the_package_copies_count_once() -> None:
    view = facts_from({**PUBLISHED, **PACKAGE, "examples/show.py": BARE, "made/show.py": BARE})
    assert "examples/show.py" in view.shown
    assert kloc_run(view, ml=False) == view.kloc
    alone = facts_from({**PUBLISHED, **PACKAGE, "examples/show.py": BARE})
    assert kloc_run(alone, ml=False) > alone.kloc
