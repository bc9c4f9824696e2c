"""Silent cleaning, chained stores and columns that begin empty."""

import pytest

from scoring.testing import check_clear, check_found

PANDAS = "import warnings\n\nimport pandas as pd\n\n\n"


def parts(text: str) -> dict[str, str]:
    """Twenty different files: a density counts against five KLOC at least."""
    return {f"part_{n:02}.py": f"{PANDAS}{text}PART = {n}\n" for n in range(20)}


def found_in_each(line: int) -> list[str]:
    return [f"part_{n:02}.py:{line}" for n in range(20)]


@pytest.mark.parametrize(
    "line",
    [
        "df = df.dropna(subset=['x'])",
        "plot(df.dropna())",
        "kept = df.dropna()",
        "before = len(df); df = df.dropna()",
        "df = df.fillna({'x': 0})",
        "counts = counts.pivot_table(index='x').fillna(0)",
        "x = df.x; x = x.dropna()",
        "texts = df[['a', 'b']]; texts = texts.fillna('')",
        "df['x'] = df['x'].fillna(0)",
        "df = df.drop(columns='x', errors='ignore')",
        "pd.to_datetime(df.x, errors='raise')",
        "made = pd.to_datetime(df.x, errors='coerce'); known = made.notna().sum()",
        "warnings.filterwarnings('ignore', category=FutureWarning)",
    ],
)
def test_cleaning_that_is_told_or_chosen_is_clear(line: str) -> None:
    check_clear("dat.6", parts(f"def clean(df, counts, plot):\n    {line}\n"))


def test_rows_dropped_to_draw_a_curve_are_clear() -> None:
    check_clear("dat.6", parts("def learning_curve(df):\n    df = df.dropna()\n    return df\n"))


@pytest.mark.parametrize("name", ["plot_years", "optimize_dtypes", "get_date_stats"])
def test_conversion_to_look_at_data_is_clear(name: str) -> None:
    check_clear("dat.6", parts(f"def {name}(df):\n    days = pd.to_datetime(df.x, errors='coerce')\n    return days\n"))


def test_warnings_muted_for_one_block_are_clear() -> None:
    text = "rows = pd.read_csv('a.csv')\nwith warnings.catch_warnings():\n    warnings.simplefilter('ignore')\n"
    check_clear("dat.6", parts(text))


@pytest.mark.parametrize(
    "line",
    [
        "df = df.dropna()",
        "df.dropna(inplace=True)",
        "df = df.fillna(0)",
        "df['x'] = pd.to_numeric(df['x'], errors='coerce')",
        "df = pd.read_csv('a.csv', on_bad_lines='skip')",
    ],
)
def test_silent_cleaning_is_found(line: str) -> None:
    check_found("dat.6", parts(f"def clean(df):\n    {line}\n"), at=found_in_each(7))


def test_failed_read_passed_over_is_found() -> None:
    text = "def load(path):\n    try:\n        df = pd.read_csv(path)\n    except Exception:\n        pass\n"
    check_found("dat.6", parts(text), at=found_in_each(9))


def test_warnings_muted_where_data_is_read_count_once_a_file_and_are_not_told() -> None:
    text = "warnings.filterwarnings('ignore')\nwarnings.simplefilter('ignore')\nrows = pd.read_csv('a.csv')\n"
    check_found("dat.6", parts(text), at=[])
    check_clear("dat.6", parts(text.replace("'ignore'", "'error'")))


def test_conversions_of_one_function_are_one_finding_and_count_each() -> None:
    text = "".join(f"    df['{x}'] = pd.to_numeric(df['{x}'], errors='coerce')\n" for x in "abc")
    both = parts(f"def first(df):\n{text}\n\ndef second(df):\n{text}")
    places = sorted([*found_in_each(7), *found_in_each(13)], key=lambda place: (place[:10], len(place), place))
    assert check_found("dat.6", both, at=places).value == pytest.approx(6 * 20 / 5)


@pytest.mark.parametrize(
    "line", ["df.loc[0, 'x'] = 1", "y = df['x'][0]", "settings['x']['y'] = 1", "df['x'] = df['y'][mask]"]
)
def test_store_in_one_step_is_clear(line: str) -> None:
    check_clear("mls-03", parts(f"def change(df, settings, mask):\n    {line}\n"))


@pytest.mark.parametrize(
    "line", ["df['x'][0] = 1", "df[mask]['x'] = 1", "df.loc[mask]['x'] = 1", "df['x'].iloc[0] = 1"]
)
def test_chained_store_is_found(line: str) -> None:
    check_found("mls-03", parts(f"def change(df, mask):\n    {line}\n"), at=found_in_each(7))


@pytest.mark.parametrize(
    "text",
    [
        "df['x'] = 0\n    return df\n",
        "df['x'] = None\n    df.loc[df.y > 1, 'x'] = 1\n",
        "df['x'] = 0\n    df.loc[df.y > 1, 'z'] = 1\n",
        "df['x'] = False\n    df.loc[df.y > 1, 'x'] = True\n",
    ],
)
def test_column_that_is_whole_is_clear(text: str) -> None:
    check_clear("mls-05", parts(f"def mark(df):\n    {text}"))


def test_column_begun_empty_and_set_in_part_is_found() -> None:
    check_found(
        "mls-05", parts("def mark(df):\n    df['x'] = ''\n    df.loc[df.y > 1, 'x'] = 'big'\n"), at=found_in_each(7)
    )
