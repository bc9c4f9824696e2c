"""Rows that read dbt projects: keys that nothing tests (dat.5), and layers passed by (jun.5)."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown

ML = {"train.py": "import sklearn\n"}
PROJECT = {"dbt_project.yml": "name: shop\n"}
STAGED = "select * from {{ source('raw', 'orders') }}\n"
MODEL = {**PROJECT, "models/orders.sql": STAGED}
KEYED = "models:\n  - name: orders\n    columns:\n      - name: id\n        data_tests: [unique, not_null]\n"


# ---------------------------------------------------------------- dat.5


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"queries/a.sql": STAGED},
        PROJECT,
        {**PROJECT, "macros/a.sql": STAGED},
        {**PROJECT, "models/a.sql": b"\0"},
        {"dbt_packages/x/dbt_project.yml": "name: x\n", "dbt_packages/x/models/a.sql": STAGED},
        {"integration_tests/dbt_project.yml": "name: x\n", "integration_tests/models/a.sql": STAGED},
        {**MODEL, "models/orders.sql": "{{ config(materialized='ephemeral') }}" + STAGED},
        {**MODEL, "models/orders.sql": "{{ config(enabled=false) }}" + STAGED},
        {**MODEL, "dbt_project.yml": "name: shop\nmodels:\n  shop:\n    +materialized: ephemeral\n"},
        {**MODEL, "models/orders.yml": "models:\n  - name: orders\n    config: {enabled: false}\n"},
        {**MODEL, "models/orders.yml": "models: [\n"},
        {**MODEL, "models/orders.sql": "select a from {{ source('raw', 'orders') }} group by a\n"},
        {**MODEL, "models/orders.sql": "select * from {{ ref('users') }}\n"},
        {**MODEL, "models/orders.sql": "select * from {{ ref('users') }} cross join {{ ref('day') }}\n"},
        {**MODEL, "models/orders.sql": "{{ config(materialized='view') }} select 1 union all select 2\n"},
    ],
)
def test_dat_5_without_a_model_that_can_be_asked_is_not_answered(files: dict[str, str | bytes]) -> None:
    check_unknown("dat.5", {**ML, **files})


@pytest.mark.parametrize(
    "tests",
    [
        "columns:\n      - name: id\n        tests: [unique, not_null]\n",
        "columns:\n      - name: id\n        tests:\n          - unique:\n              where: a > 1\n",
        "data_tests:\n      - dbt_utils.unique_combination_of_columns:\n          combination_of_columns: [a, b]\n",
        "columns:\n      - name: id\n        constraints:\n          - type: primary_key\n",
        "tests:\n      - name: one_a_day\n        test_name: unique\n        column_name: a\n",
    ],
)
def test_dat_5_model_with_a_key_test_is_clear(tests: str) -> None:
    check_clear("dat.5", {**MODEL, "models/orders.yml": f"models:\n  - name: orders\n    {tests}"})


def test_dat_5_query_that_counts_groups_is_a_test() -> None:
    text = "select id from {{ ref('orders') }} group by id having count(*) > 1\n"
    check_clear("dat.5", {**MODEL, "tests/one_order.sql": text})


def test_dat_5_version_of_a_model_is_described_by_its_name() -> None:
    check_clear("dat.5", {**PROJECT, "models/orders_v2.sql": STAGED, "models/orders.yml": KEYED})


def test_dat_5_source_with_a_key_test_passes_it_on() -> None:
    source = "sources:\n  - name: raw\n    tables:\n      - name: orders\n        columns:\n          - name: id\n"
    files = {**MODEL, "models/sources.yml": f"{source}            tests: [unique]\n"}
    check_unknown("dat.5", {**ML, **files})


def test_dat_5_row_doubled_before_a_tested_model_is_caught_there() -> None:
    files = {**MODEL, "models/stg_orders.sql": STAGED, "models/orders.sql": "select * from {{ ref('stg_orders') }}\n"}
    check_clear("dat.5", {**files, "models/orders.yml": KEYED})


def test_dat_5_other_tests_are_no_test_of_the_key() -> None:
    text = "models:\n\n  - name: orders\n    columns:\n      - name: unique_id\n        tests: [not_null]\n"
    result = check_found("dat.5", {**MODEL, "models/orders.yml": text}, at=["models/orders.yml:3"])
    assert (result.value, result.population) == (0, 1)


def test_dat_5_undescribed_model_is_found_where_it_stands() -> None:
    files = {"dbt/dbt_project.yml": "name: shop\nmodel-paths: [sql]\n", "dbt/sql/orders.sql": STAGED}
    check_found("dat.5", files, at=["dbt/sql/orders.sql:1"])


def test_dat_5_join_is_found_though_what_it_joins_is_tested() -> None:
    joined = "select * from {{ ref('orders') }} join {{ ref('users') }} using (id)\n"
    files = {**MODEL, "models/orders.yml": KEYED, "models/baskets.sql": joined}
    check_found("dat.5", files, at=["models/baskets.sql:1"])


# ---------------------------------------------------------------- jun.5


@pytest.mark.parametrize("files", [{}, PROJECT, {**PROJECT, "models/a.sql": b"\0"}])
def test_jun_5_without_models_is_not_asked(files: dict[str, str | bytes]) -> None:
    check_unknown("jun.5", {**ML, **files})


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"models/stg_a_base.sql": STAGED, "models/stg_a.sql": "select * from {{ ref('stg_a_base') }}\n"},
        {"models/base_a.sql": STAGED, "models/stg_a.sql": STAGED + "join {{ ref('base_a') }}\n"},
        {"models/a.sql": STAGED + "join {{ ref('model_of_a_package') }}\n"},
        {"models/a.sql": "select * from {{ ref('x') }} join {{ source('utils', 'days') }}\n"},
        {"models/a/b.sql": STAGED, "models/a/c.sql": STAGED + "cross join {{ ref('x') }}\n"},
    ],
)
def test_jun_5_layers_kept_are_clear(files: dict[str, str]) -> None:
    check_clear("jun.5", {**PROJECT, "models/x.sql": STAGED, **files})


def test_jun_5_read_past_staging_is_found() -> None:
    text = "select *\nfrom {{ ref('stg_a') }}\njoin {{ source('raw', 'b') }}\n"
    files = {**PROJECT, "models/staging/stg_a.sql": STAGED, "models/b.sql": text}
    result = check_found("jun.5", files, at=["models/b.sql:3"])
    assert (result.value, result.population) == (50, 2)


def test_jun_5_staging_on_staging_is_found() -> None:
    files = {"models/stg_a.sql": STAGED, "models/stg_b.sql": "select *\nfrom {{ ref('stg_a') }}\n"}
    check_found("jun.5", {**PROJECT, **files}, at=["models/stg_b.sql:2"])
