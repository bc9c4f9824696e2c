"""Reads of tables without column types."""

import pytest

from scoring.testing import ML_FILE, check_clear, check_found, facts_from, result_of

PANDAS = "import pandas as pd\n"


@pytest.mark.parametrize(
    "text",
    [
        "rows = pd.read_csv('a.csv', dtype={'id': 'string'})\n",
        "rows = pd.read_parquet('a.parquet')\n",
        "rows = pd.read_csv('a.csv', **options)\n",
        "import pandera\n\nrows = pd.read_csv('a.csv')\n",
    ],
)
def test_read_with_types_or_a_schema_is_clear(text: str) -> None:
    check_clear("pod.4", {"load.py": PANDAS + text})


def test_read_without_types_is_found_once_a_file() -> None:
    text = f"{PANDAS}a = pd.read_csv('a.csv')\nb = pd.read_csv('b.csv')\n"
    check_found("pod.4", {"load.py": text}, at=["load.py:2"])


def test_reads_with_neither_types_nor_columns_are_counted_and_shown_elsewhere() -> None:
    files = {f"load_{n}.py": f"{PANDAS}rows = pd.read_csv('a.csv')\nPART = {n}\n" for n in range(20)}
    result, findings = result_of("mls-04", facts_from({**ML_FILE, **files}))
    assert (result.value, findings) == (4.0, ())
