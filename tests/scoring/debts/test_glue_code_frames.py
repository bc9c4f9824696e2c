"""Loops over rows and the values attribute of frames."""

import pytest

from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, facts_from, result_of

PANDAS = "import pandas as pd\n\n\n"


def parts(text: str) -> dict[str, str]:
    """Twenty different files: a density counts against five KLOC at least."""
    return {f"part_{n:02}.py": f"{PANDAS}{text}PART = {n}\n" for n in range(20)}


def found_in_each(line: int) -> list[str]:
    return [f"part_{n:02}.py:{line}" for n in range(20)]


@pytest.mark.parametrize(
    "text",
    [
        "def mark(df):\n    return df.iterrows()\n",
        "def save_images(df):\n    for _, row in df.iterrows():\n        row.save()\n",
        "def mark(make):\n    for _, row in make().iterrows():\n        row.x = 1\n",
        "def mark(df):\n    for row in df.itertuples():\n        row.x = 1\n",
        "def mark(df):\n    for _, row in df.iterrows():\n        print(row.x)\n",
        "def mark(df, total):\n    for _, row in df.iterrows():\n        total.append(ask(row))\n",
        "def mark(df, ax):\n    for _, row in df.iterrows():\n        ax.barh(row.x, row.y)\n",
        "def mark(df, full):\n    for _, row in df.iterrows():\n        full += row.x\n        row.y = full > 3\n",
        "def select_baseline(df, best):\n    for _, row in df.iterrows():\n        row.x = 1\n",
        "def mark(grid):\n    for _, row in grid.iterrows():\n        row.x = 1\n",
        "def mark(results_df):\n    for _, row in results_df.iterrows():\n        row.x = 1\n",
        "def mark(df):\n    return [Point(row.x) for _, row in df.iterrows()]\n",
        "def mark(df):\n    for _, row in df.iterrows():\n        yield row.x\n",
    ],
)
def test_other_ways_through_a_frame_are_clear(text: str) -> None:
    check_clear("mls-01", parts(text))


def test_loop_without_frames_is_not_asked() -> None:
    check_unknown("mls-01", {"a.py": "import numpy\n\nfor row in numpy.zeros(3):\n    print(row)\n"})


@pytest.mark.parametrize(
    "text",
    [
        "def mark(df):\n    for _, row in df.iterrows():\n        row.x = 1\n",
        "def mark(df):\n    for _, row in enumerate(df.iterrows()):\n        row.x = 1\n",
        "def mark(df, found):\n    for _, row in df.iterrows():\n        found.append(row.x.strip() + 'a')\n",
        "def mark(df, total):\n    for _, row in df.iterrows():\n        total += row.x * row.y\n",
        "def mark(df):\n    return [float(row.x) for _, row in df.iterrows()]\n",
    ],
)
def test_loop_over_rows_that_columns_could_do_is_found(text: str) -> None:
    check_found("mls-01", parts(text), at=found_in_each(5))


@pytest.mark.parametrize(
    "value",
    ["df.to_numpy()", "df.values()", "settings.values()", "settings.values", "df['a']", "df['a'].unique().values"],
)
def test_other_values_are_clear(value: str) -> None:
    check_clear("mls-08", parts(f"def take(df, settings):\n    return {value}\n"))


@pytest.mark.parametrize(
    "value", ["df.values", "df['a'].values.reshape(-1, 1)", "df.iloc[:, 1:].values", "df.drop('y', axis=1).values"]
)
def test_values_of_a_frame_are_found(value: str) -> None:
    check_found("mls-08", parts(f"def take(df):\n    return {value}\n"), at=found_in_each(5))


def test_file_gets_one_finding_for_its_values() -> None:
    check_found("mls-08", parts("def take(df):\n    return df.values, df.values\n"), at=found_in_each(5))


def test_name_bound_to_a_read_is_a_frame() -> None:
    check_found("mls-08", parts("rows = pd.read_csv('a.csv')\ny = rows['y'].values\n"), at=found_in_each(5))


@pytest.mark.parametrize(("done", "severity"), [("row.x = 1", "low"), ("model.predict(row)", "medium")])
def test_prediction_of_one_row_at_a_time_weighs_more(done: str, severity: str) -> None:
    code = f"import pandas\n\n\ndef mark(df, model):\n    for _, row in df.iterrows():\n        {done}\n"
    _, findings = result_of("mls-01", facts_from({**ML_FILE, "mark.py": code}))
    assert [finding.severity for finding in findings] == [severity]


SPELT = "df = pd.DataFrame({'a': [1]})\n"


@pytest.mark.parametrize(
    "code",
    [
        f"{SPELT}x = df.values\n",
        f"{SPELT}{SPELT}x = df.values\n",
        f"{SPELT}\n\ndef take(path):\n    df = path\n    return df\n\n\nx = df.values\n",
    ],
)
def test_values_of_a_frame_spelt_out_are_clear(code: str) -> None:
    check_clear("mls-08", parts(code))


@pytest.mark.parametrize(
    "again",
    [
        "df = pd.read_csv('a.csv')",
        "df: object = pd.read_csv('a.csv')",
        "for df in pd.read_csv('a.csv', chunksize=9):\n    pass",
        "with f() as df:\n    pass",
        "print(df := f())",
        "df, y = f()",
        "from app import df",
        "def load():\n    global df\n    df = f()",
    ],
)
def test_values_of_a_frame_that_is_bound_again_are_found(again: str) -> None:
    line = 6 + again.count("\n")
    check_found("mls-08", parts(f"{SPELT}{again}\nx = df.values\n"), at=found_in_each(line))
