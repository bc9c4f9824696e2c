"""The longest list of features that is spelt out (ent.7)."""

import pytest

from scoring.findings import Outcome
from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

LIBRARY = {
    "README.md": "# shop\n\n    pip install shop\n",
    "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n',
}


def listed(name: str, count: int, *, start: int = 0) -> str:
    names = ", ".join(f'"rate_{number}"' for number in range(start, start + count))
    return f"import sklearn\n\n{name} = [{names}]\n"


@pytest.mark.parametrize("name", ["FEATURES", "features", "feature_names: list[str]", "NUMERIC_FEATURES", "predictors"])
def test_list_of_few_features_is_clear(name: str) -> None:
    assert check_clear("ent.7", {"train.py": listed(name, 50)}).value == 50


@pytest.mark.parametrize(
    "name", ["columns", "rates", "features_by_day", "drop_features", "UNUSED_FEATURES", "featurettes"]
)
def test_list_of_something_else_is_not_counted(name: str) -> None:
    check_unknown("ent.7", {"train.py": listed(name, 60)})


@pytest.mark.parametrize("value", ['["a", 1, "b"]', '["a", *rates]', '["a"]', "[1, 2, 3]", 'dict(a="b", c="d")'])
def test_list_that_is_not_spelt_out_is_not_counted(value: str) -> None:
    check_unknown("ent.7", {"train.py": f"import sklearn\n\nfeatures = {value}\n"})


def test_name_that_stands_twice_counts_once() -> None:
    source = listed("features", 40).replace("]", ", " + listed("x", 40).partition("[")[2].strip())
    assert check_clear("ent.7", {"train.py": source}).value == 40


def test_longest_list_is_found_alone() -> None:
    files = {"a.py": listed("features", 60), "b.py": listed("features", 51), "c.py": listed("features", 3)}
    check_found("ent.7", files, at=["a.py:3"])


def test_list_in_a_cell_names_the_cell() -> None:
    source = listed("features", 60).replace("\n", "\\n").replace('"', '\\"')
    cell = f'{{"nbformat": 4, "cells": [{{"cell_type": "code", "source": "{source}"}}]}}'
    _, findings = result_of("ent.7", facts_from({"look.ipynb": cell}))
    assert [(found.line, found.evidence["cell"]) for found in findings] == [(3, 1)]


def test_library_is_not_asked() -> None:
    check_unknown("ent.7", {"shop/rows.py": listed("features", 60), **LIBRARY})


def test_table_whose_columns_nobody_lists_is_unknown() -> None:
    source = "import pandas as pd\nimport sklearn\n\nrows = pd.read_csv('rows.csv')\n"
    result, _ = result_of("ent.7", facts_from({"train.py": source}))
    assert result.outcome is Outcome.UNKNOWN
