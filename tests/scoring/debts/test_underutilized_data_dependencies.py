"""Reads of tables that take every column."""

import pytest

from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, facts_from, result_of

PANDAS = "import io\n\nimport pandas as pd\n\n"


@pytest.mark.parametrize(
    "read",
    [
        "pd.read_csv('a.csv', usecols=['x'])",
        "pd.read_csv('a.csv', names=['x', 'y'])",
        "pd.read_csv('a.csv')[['x', 'y']]",
        "pd.read_parquet('a.parquet', columns=['x'])",
        "pd.read_csv('a.csv', **options)",
        "pd.read_sql('SELECT x, y FROM t', engine)",
    ],
)
def test_choice_of_columns_is_clear(read: str) -> None:
    check_clear("udd.2", {"load.py": f"{PANDAS}rows = {read}\n"})


@pytest.mark.parametrize(
    "text",
    [
        "rows = pd.read_csv(io.StringIO('a,b'))\n",
        "def load(path):\n    return pd.read_csv(path)\n",
        "def plot(path):\n    rows = pd.read_csv(path)\n    return rows\n",
        "rows = pd.read_sql(query, engine)\n",
    ],
)
def test_read_that_does_not_decide_is_not_asked(text: str) -> None:
    check_unknown("udd.2", {**ML_FILE, "load.py": PANDAS + text})


@pytest.mark.parametrize(
    "read", ["pd.read_csv('a.csv')", "pd.read_parquet(path)", "pd.read_sql('select * from t', engine)"]
)
def test_read_of_every_column_is_found(read: str) -> None:
    check_found("udd.2", {"load.py": f"{PANDAS}rows = {read}\n"}, at=["load.py:5"])


def test_file_gets_one_finding_with_its_count() -> None:
    text = f"{PANDAS}a = pd.read_csv('a.csv')\nb = pd.read_csv('b.csv')\nc = pd.read_csv('c.csv', usecols=['x'])\n"
    result, findings = result_of("udd.2", facts_from({**ML_FILE, "load.py": text}))
    assert (result.population, result.value) == (3, 0.666667)
    assert [finding.message for finding in findings] == [
        "2 of 3 tables read here, first by read_csv, bring in every column there is: one that is added at the source "
        "comes along unseen."
    ]
