"""Tables that dbt models name directly (sta.5), and lineage that CI does not check (sta.6)."""

import pytest

from scoring.readers.sql_tables import MAX_TABLES, tables
from scoring.testing import check_clear, check_found, check_unknown

PROJECT = {"dbt_project.yml": "name: shop\n"}
MODEL = "models/orders.sql"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "select 1\n",
        "select * from {{ ref('orders') }} o join {{ source('raw', 'x') }} x on true\n",
        "with a as (select 1) select * from a join a.items\n",
        "select extract(year from raw.day), trim(both from raw.name) from {{ ref('x') }} raw\n",
        "select * from {{ ref('x') }} o, lateral flatten(o.items)\nfrom o.items\n",
        "-- from raw.orders\n/* join raw.x */ select 'from raw.y' {# from raw.z #}\n",
        "select * from generate.series(1)\n",
        "select * from region.information_schema.tables\n",
        "select a is distinct from b.c\n",
        "select * from orders\n",
    ],
)
def test_what_names_no_table_in_full_is_left_out(text: str) -> None:
    assert tables(text) == ()


def test_tables_are_told_with_their_lines() -> None:
    text = 'select *\nfrom raw.orders o\nleft join "DB".`s`.t\non true\nwhere x in (select x from a.b)\n'
    assert tables(text) == (("raw.orders", 2), ("DB.s.t", 3), ("a.b", 5))


def test_tables_are_limited() -> None:
    assert len(tables("from a.b\n" * (MAX_TABLES + 9))) == MAX_TABLES


# ---------------------------------------------------------------- sta.5


@pytest.mark.parametrize("files", [{}, {"queries/a.sql": "select * from raw.orders\n"}])
def test_sta_5_without_dbt_is_not_asked(files: dict[str, str]) -> None:
    check_unknown("sta.5", {"train.py": "import sklearn\n", **files})


def test_sta_5_without_models_is_not_asked() -> None:
    check_unknown("sta.5", {"train.py": "import sklearn\n", **PROJECT, "macros/a.sql": "from raw.orders\n"})


def test_sta_5_unread_models_are_unknown() -> None:
    check_unknown("sta.5", {"train.py": "import sklearn\n", **PROJECT, MODEL: b"\0"})


def test_sta_5_table_named_directly_is_found_once_a_model() -> None:
    text = "select * from raw.orders\nunion all\nselect * from raw.orders\n"
    check_found("sta.5", {**PROJECT, MODEL: text, "macros/a.sql": text}, at=[f"{MODEL}:1"])


def test_sta_5_project_in_a_folder_is_found() -> None:
    check_found(
        "sta.5", {"dbt/dbt_project.yml": "name: shop\n", "dbt/models/a.sql": "from raw.x\n"}, at=["dbt/models/a.sql:1"]
    )


# ---------------------------------------------------------------- sta.6

STEP = "on: push\njobs:\n  a:\n    steps:\n      - run: {command}\n"


def test_sta_6_without_declared_flows_is_not_asked() -> None:
    check_unknown("sta.6", {"train.py": "import sklearn\n"})


@pytest.mark.parametrize("command", ["dvc status", "dvc repro --dry", "dbt build", "datacontract test a.yaml"])
def test_sta_6_step_that_checks_is_clear(command: str) -> None:
    check_clear("sta.6", {**PROJECT, ".github/workflows/ci.yml": STEP.format(command=command)})


@pytest.mark.parametrize(
    "content", ["jobs: [\n", STEP.format(command="make test"), STEP.format(command="bash ci/check.sh")]
)
def test_sta_6_steps_that_are_not_seen_are_unknown(content: str) -> None:
    check_unknown("sta.6", {"train.py": "import sklearn\n", **PROJECT, ".github/workflows/ci.yml": content})


@pytest.mark.parametrize("files", [{}, {".github/workflows/ci.yml": STEP.format(command="pytest")}])
def test_sta_6_flow_that_ci_does_not_check_is_found(files: dict[str, str]) -> None:
    check_found("sta.6", {**PROJECT, **files}, at=["dbt_project.yml:1"])
