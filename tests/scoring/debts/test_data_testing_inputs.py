"""Inputs that nothing checks: what counts as an input, and what counts as a check (dat.1)."""

import json

import pytest

from scoring.testing import check_clear, check_found, facts_from, result_of

SIGNAL = "dat.1"
HEAD = "import pandas as pd\nfrom sklearn.linear_model import LogisticRegression\n"
FIT = "model = LogisticRegression().fit(rows[['x']], rows['y'])\n"
READ = "rows = pd.read_csv('rows.csv')\n"


def outcome(files: dict[str, str]) -> str:
    return result_of(SIGNAL, facts_from(files))[0].outcome


@pytest.mark.parametrize(
    "check",
    [
        "assert len(rows) > 100\n",
        "if rows['x'].isna().any():\n    raise ValueError('x is empty')\n",
        "from own.checks import check_rows\n",
        "def validate(rows):\n    return rows\n",
    ],
)
def test_read_beside_what_may_be_a_check_counts_neither_way(check: str) -> None:
    assert outcome({"train.py": HEAD + READ + check + FIT}) == "unknown"


@pytest.mark.parametrize(
    "aside",
    [
        "assert mode in ['train', 'test']\n",
        "assert isinstance(rows, pd.DataFrame)\n",
        "assert os.path.exists('rows.csv')\n",
        "assert path.exists()\n",
        "def load():\n    raise NotImplementedError\n",
        "try:\n    pass\nexcept OSError:\n    raise\n",
    ],
)
def test_read_beside_what_is_refused_of_something_else_is_found(aside: str) -> None:
    check_found(SIGNAL, {"train.py": HEAD + READ + aside + FIT}, at=["train.py:3"])


def test_read_beside_a_library_of_checks_is_clear() -> None:
    check_clear(SIGNAL, {"train.py": HEAD + "import pandera\n" + READ + FIT})


@pytest.mark.parametrize("keyword", ["dtype={'x': float}", "usecols=['x', 'y']"])
def test_read_that_names_its_columns_is_clear(keyword: str) -> None:
    check_clear(SIGNAL, {"train.py": HEAD + READ.replace("')", f"', {keyword})") + FIT})


def test_read_in_a_module_that_a_checking_one_imports_counts_neither_way() -> None:
    reads = "import pandas as pd\n\n\ndef rows():\n    return pd.read_csv('rows.csv')\n"
    train = HEAD + "import pandera\nfrom rows import rows\n" + FIT
    assert outcome({"rows.py": reads, "train.py": train}) == "unknown"


def test_read_without_a_check_is_found_once_a_file() -> None:
    check_found(SIGNAL, {"train.py": HEAD + READ + READ + FIT}, at=["train.py:3"])


def test_read_in_a_module_that_the_training_imports_is_found() -> None:
    reads = "import pandas as pd\n\n\ndef rows():\n    return pd.read_csv('rows.csv')\n"
    check_found(SIGNAL, {"rows.py": reads, "train.py": HEAD + "from rows import rows\n" + FIT}, at=["rows.py:5"])


def test_own_table_that_is_read_again_is_no_input() -> None:
    writes = "import pandas as pd\n\n\ndef keep(rows):\n    rows.to_csv('data/rows.csv')\n"
    assert outcome({"keep.py": writes, "train.py": HEAD + READ + FIT}) == "unknown"


def test_read_far_from_any_model_leaves_it_open() -> None:
    assert outcome({"show.py": "import pandas as pd\n" + READ, "train.py": HEAD + FIT}) == "unknown"


@pytest.mark.parametrize(
    "path", ["dashboard/rows.py", "benchmarks/rows.py", "app.py", "plot_rows.py", "src/evaluate.py", "predict.py"]
)
def test_read_by_what_shows_results_is_no_input(path: str) -> None:
    assert outcome({path: HEAD + READ + FIT}) == "unknown"


def test_suite_of_checks_elsewhere_leaves_it_open() -> None:
    suite = "import pandera\n\nSCHEMA = pandera.DataFrameSchema({'x': pandera.Column(float)})\n"
    assert outcome({"suite.py": suite, "train.py": HEAD + READ + FIT}) == "unknown"


def test_component_that_reads_no_table_has_no_inputs_to_check() -> None:
    assert outcome({"train.py": HEAD + "rows = fetch()\n" + FIT}) == "not_applicable"


def test_read_of_a_notebook_is_found_at_the_line_of_its_cell() -> None:
    cells = [{"cell_type": "code", "source": source} for source in (HEAD, "\n" + READ, FIT)]
    _, (finding,) = result_of(SIGNAL, facts_from({"a.ipynb": json.dumps({"nbformat": 4, "cells": cells})}))
    assert (finding.line, finding.evidence) == (2, {"reads": 1, "cell": 2})


@pytest.mark.parametrize("path", ["out/preds.csv", "data/train_processed.csv", "sample_submission.csv"])
def test_table_that_a_step_before_or_a_model_made_is_no_input(path: str) -> None:
    assert outcome({"train.py": HEAD + READ.replace("rows.csv", path) + FIT}) == "unknown"


@pytest.mark.parametrize("name", ["to_csv", "average", "make_submission", "predict_rows"])
def test_table_that_is_carried_out_or_put_together_is_no_input(name: str) -> None:
    carries = f"\n\ndef {name}(path):\n    return pd.read_csv(path)\n"
    check_found(SIGNAL, {"train.py": HEAD + READ + FIT + carries}, at=["train.py:3"])
    assert outcome({"train.py": HEAD + FIT + carries}) == "unknown"


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("own/materializers.py", "def load(path):\n    "),
        ("own/serializer.py", "def read(path):\n    "),
        ("own/tables.py", "class TableMaterializer:\n    def load(self, path):\n        "),
        ("own/tables.py", "def load_from_cache(path):\n    "),
        ("own/tables.py", "def deserialize(path):\n    "),
    ],
)
def test_table_that_the_component_put_down_itself_is_no_input(path: str, scope: str) -> None:
    step = f"{HEAD}\n\n{scope}return pd.read_csv(path)\n\n\ndef fit(rows):\n    {FIT}"
    assert outcome({path: step}) == "unknown"
    assert outcome({"own/tables.py": step.replace(scope, "def load(path):\n    ")}) == "found"


@pytest.mark.parametrize(("step", "seen"), [("data_checks/test_rows.py", "unknown"), ("database/rows.py", "found")])
def test_step_that_only_checks_may_check_every_table(step: str, seen: str) -> None:
    assert outcome({"train.py": HEAD + READ + FIT, step: "def test_rows(rows):\n    assert len(rows)\n"}) == seen
