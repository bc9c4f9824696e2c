"""Settings in code (cfg.16), settings that nothing loads (cfg.17), conditions bound to a day (cfg.23)."""

import json

import pytest

from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

WORKFLOW = "on: push\njobs:\n  test:\n    steps:\n      - run: pytest\n      - run: {command}\n"


def mapping(name: str, keys: int, value: str = "{n}", key: str = "rate_{n}") -> str:
    lines = "".join(f"    '{key.format(n=n)}': {value.format(n=n)},\n    'a{n}': 'b{n}',\n" for n in range(keys // 2))
    return f"import os\n\n{name} = {{\n{lines}}}\n"


CONFIG = {"conf/train.yaml": "rate: 0.1\n"}


# ---------------------------------------------------------------- settings in code


@pytest.mark.parametrize(
    "source",
    [
        mapping("CONFIG", 30),
        mapping("NAMES", 40, key="rate of {n}"),
        mapping("CONFIG", 40, value="'x'"),
        mapping("CONFIG", 40, value="Layer{n}"),
        mapping("LOGGING_CONFIG", 40),
        mapping("pretrained_settings", 40),
        "CONFIG = " + repr({f"a{n}": n for n in range(40)}) + "\n",
    ],
)
def test_cfg_16_small_mappings_and_tables_are_clear(source: str) -> None:
    check_clear("cfg.16", {**CONFIG, "app.py": source})


def test_cfg_16_configuration_file_in_python_is_clear() -> None:
    check_clear("cfg.16", {**CONFIG, "configs/small.py": mapping("CONFIG", 40).removeprefix("import os\n")})


@pytest.mark.parametrize("path", ["tests/app.py", "examples/app.py", "scripts/convert_models.py"])
def test_cfg_16_what_is_no_setting_of_the_product_is_clear(path: str) -> None:
    check_clear("cfg.16", {**CONFIG, path: mapping("CONFIG", 40)})


def test_cfg_16_without_any_configuration_is_not_asked() -> None:
    check_unknown("cfg.16", {"app.py": "import sklearn\n"})


@pytest.mark.parametrize("name", ["CONFIG", "DEFAULT_PARAMS", "presets"])
def test_cfg_16_wide_mapping_is_found_by_its_name(name: str) -> None:
    check_found("cfg.16", {"app.py": mapping(name, 40, key="rate of {n}")}, at=["app.py:3"])


def test_cfg_16_wide_mapping_is_found_by_its_keys() -> None:
    check_found("cfg.16", {"app.py": mapping("INITIAL", 40)}, at=["app.py:3"])


def test_cfg_16_nested_mappings_count_together() -> None:
    inner = ", ".join(f"'a{n}': {n}, 'b{n}': 'x'" for n in range(9))
    check_found(
        "cfg.16", {"app.py": f"config = {{\n    'one': {{{inner}}},\n    'two': {{{inner}}},\n}}\n"}, at=["app.py:1"]
    )


def test_cfg_16_call_of_dict_is_a_mapping() -> None:
    given = ",\n".join(f"    a{n}={n}, b{n}='x'" for n in range(20))
    check_found("cfg.16", {"app.py": f"import os\n\nconfig = dict(\n{given}\n)\n"}, at=["app.py:3"])


def test_cfg_16_binary_configuration_is_found() -> None:
    check_found("cfg.16", {"app.py": "x = 1\n", "models/config.pkl": b"\x80\x04."}, at=["models/config.pkl:1"])


# ---------------------------------------------------------------- settings that nothing loads


@pytest.mark.parametrize(
    "files",
    [{}, {"deploy/job.yaml": "a: 1\n"}, {"app.yaml": "a: 1\n"}, {"mlruns/0/meta.yaml": "a: 1\n"}, {"a.json": "{}"}],
)
def test_cfg_17_without_settings_of_its_own_is_not_asked(files: dict[str, str]) -> None:
    check_unknown("cfg.17", {"train.py": "import sklearn\n", **files})


@pytest.mark.parametrize(
    "test",
    [
        "import yaml\n\n\ndef test_a():\n    pass\n",
        "def test_every_config_loads():\n    pass\n",
        "from app.config import load\n",
    ],
)
def test_cfg_17_tests_that_may_load_settings_are_unknown(test: str) -> None:
    check_unknown("cfg.17", {"train.py": "import sklearn\n", **CONFIG, "tests/test_a.py": test})


def test_cfg_17_module_that_a_test_reaches_may_load_settings() -> None:
    modules = {"app/start.py": "from app import load\n", "app/load.py": "import yaml\n", "app/__init__.py": ""}
    check_unknown("cfg.17", {**modules, **CONFIG, "tests/test_a.py": "from app.start import x\n"})


def test_cfg_17_shell_script_of_ci_may_load_settings() -> None:
    workflow = {".github/workflows/ci.yml": WORKFLOW.format(command="./check.sh")}
    check_unknown("cfg.17", {"train.py": "import sklearn\n", **CONFIG, **workflow})


def test_cfg_17_unread_files_are_unknown() -> None:
    check_unknown("cfg.17", {"train.py": "import sklearn\n", **CONFIG, ".github/workflows/ci.yml": "jobs: [\n"})


@pytest.mark.parametrize(
    "command", ["python train.py --cfg job", "dvc repro --dry", "check-jsonschema -s a b", "dbt parse"]
)
def test_cfg_17_step_that_loads_settings_is_clear(command: str) -> None:
    check_clear("cfg.17", {**CONFIG, ".github/workflows/ci.yml": WORKFLOW.format(command=command)})


def test_cfg_17_settings_that_nothing_loads_are_found_once() -> None:
    files = {**CONFIG, "conf/model/small.yaml": "size: 1\n", "tests/test_a.py": "def test_a():\n    pass\n"}
    reads = "import yaml\n\nprint(yaml.safe_load(open('conf/train.yaml')))\n"
    check_found("cfg.17", {"train.py": reads, **files}, at=["conf/train.yaml:1"])


def test_cfg_17_settings_that_python_does_not_name_are_another_programs() -> None:
    result, _ = result_of("cfg.17", facts_from({"train.py": "import sklearn\n", **CONFIG}))
    assert result.outcome == "not_applicable"


@pytest.mark.parametrize("path", ["conf/other.yaml", ".github/workflows/ci.yml", "tests/test_a.py"])
def test_cfg_17_file_that_was_skipped_may_load_settings(path: str) -> None:
    reads = "import yaml\n\nprint(yaml.safe_load(open('conf/train.yaml')))\n"
    check_unknown("cfg.17", {"train.py": reads, **CONFIG, path: "a: [\n"})


# ---------------------------------------------------------------- conditions bound to a day


def condition(line: str) -> dict[str, str]:
    return {"features.py": f"import datetime\nimport pandas as pd\n\n\ndef clean(df, day='2020-01-01'):\n    {line}\n"}


@pytest.mark.parametrize(
    "line",
    [
        "return df[df.day > first_day]",
        "return df[df.season == '2007-08']",
        "return df[df.version >= '2020-01-01']",
        "df[df.day > '2020-01-01']",
        "assert df.day.max() > '2020-01-01'",
        "plot_df = df[df.day > '2020-01-01']",
        "return pd.to_datetime('2020-01-01')",
        "return df[df.day > day]",
        "return df[df.number > 20200101]",
        "return df[df.name == 'run 2020-01-01']",
    ],
)
def test_cfg_23_what_decides_by_no_day_is_clear(line: str) -> None:
    check_clear("cfg.23", condition(line))


@pytest.mark.parametrize(
    "line",
    [
        "return df[df.day > '2020-01-01']",
        "return df[df.day > '2020/01/01 10:00:00']",
        "return df[df.day >= pd.Timestamp('2020-01-01')]",
        "df = df[df.day.dt.date < datetime.date(2020, 1, 1)]",
        "if df.day.max() < datetime.datetime(2020, 1, 1).date(): return None",
        "return df[(df.day > '20200101') & (df.day < '20200201')]",
    ],
)
def test_cfg_23_condition_on_a_day_is_found_once(line: str) -> None:
    check_found("cfg.23", condition(line), at=["features.py:6"])


def test_cfg_23_constant_of_the_module_is_a_day() -> None:
    source = "import pandas as pd\n\nFIRST = '2020-01-01'\n\n\ndef clean(df):\n    return df[df.day > FIRST]\n"
    check_found("cfg.23", {"features.py": source}, at=["features.py:7"])


def test_cfg_23_name_with_another_value_is_no_day() -> None:
    source = "import pandas as pd\n\nday = '2020-01-01'\nday = r()\nrows = pd.read_csv('a')\na = rows[rows.day > day]\n"
    check_clear("cfg.23", {"features.py": source})


def test_cfg_23_line_of_a_notebook_is_that_of_its_cell() -> None:
    cells = [("import pandas as pd",), ("df = pd.read_csv('a')\n", "df = df[df.day > '2020-01-01']")]
    source = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": list(lines)} for lines in cells]
    notebook = json.dumps({"cells": source, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    check_found("cfg.23", {"look.ipynb": notebook}, at=["look.ipynb:2"])


def test_cfg_23_condition_in_configuration_is_found() -> None:
    check_found("cfg.23", {"conf/data.yaml": "rows:\n  where: day < '2023-10-07'\n"}, at=["conf/data.yaml:2"])


def test_cfg_23_check_of_the_data_is_clear() -> None:
    check_clear("cfg.23", {"conf/data.yaml": "tests:\n  expression_is_true: day > '2010-01-01'\n"})


def test_cfg_23_part_of_a_path_is_no_condition() -> None:
    check_clear("cfg.23", {"conf/data.yaml": "source: bundles/version=2026-02-12/rows.parquet\n"})


def test_cfg_16_what_a_search_tries_is_no_configuration() -> None:
    check_clear("cfg.16", {**CONFIG, "app.py": mapping("sweep_config", 40)})
    check_found("cfg.16", {**CONFIG, "app.py": mapping("model_config", 40)}, at=["app.py:3"])
