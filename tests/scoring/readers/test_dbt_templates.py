"""What SQL texts ask of dbt, told without rendering a template."""

import pytest

from scoring.facts import DbtText
from scoring.readers.dbt_templates import MAX_NAMES, dbt_text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "select 1 from ref('a')\n",
        "select {{ columns() }} from a\n",
        "-- {{ ref('a') }}\n/* {{ ref('b') }} */ {# {{ source('a', 'b') }} #}\nselect 1\n",
        "select * from {{ ref(name) }} join {{ source(name, 'a') }}\n",
        "select * from {{ source('raw') }}\n",
        "select enabled = true from a where '{{ day }}' = unique_key\n",
    ],
)
def test_what_asks_nothing_of_dbt_is_left_out(text: str) -> None:
    assert dbt_text(text) is None


def test_models_and_sources_are_told_with_their_lines() -> None:
    text = (
        "-- a\nselect *\nfrom {{ ref('orders') }} o\n"
        "join {{ ref(\"shop\", 'Users') }}\njoin {{source('raw','items')}}\n"
    )
    found = dbt_text(text)
    assert found is not None
    assert found.refs == (("orders", 3), ("Users", 4))
    assert found.sources == (("raw.items", 5),)


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("{{ config(materialized='table') }}", (("materialized", "table"),)),
        ('{{ config({\'enabled\': false, "unique_key": "id"}) }}', (("enabled", "false"), ("unique_key", "id"))),
        ("{% set x = {'unique_key': ['a', 'b']} %}{{ config(**x) }}", (("unique_key", "a, b"),)),
        ("{{ config(enabled=var('on')) }}", (("enabled", "var("),)),
        ("{{ config(enabled = 1 == 1) }}", (("enabled", "1"),)),
    ],
)
def test_settings_are_told_as_written(config: str, told: tuple[tuple[str, str], ...]) -> None:
    assert dbt_text(f"{config}\nselect 1") == DbtText(settings=told)


def test_names_are_limited() -> None:
    found = dbt_text("{{ ref('a') }}\n" * (MAX_NAMES + 9))
    assert found is not None
    assert len(found.refs) == MAX_NAMES


@pytest.mark.parametrize(
    "text",
    [
        "select a, count(*) from {{ ref('x') }} group by a",
        "select a from {{ ref('x') }} {{ dbt_utils.group_by(n=2) }}",
        "select distinct a from {{ ref('x') }}",
        "select count(*) as n, round(sum(a), 2) as s from {{ ref('x') }}",
        "select * from {{ ref('x') }} qualify row_number() over (partition by a order by b) = 1",
        "with y as (select a, max(b) from {{ ref('x') }} group by a), z as (select a from y)\nselect a, 1 as b from z",
        "with y as (select *, rank() over (order by b) as rn from {{ ref('x') }})\nselect * from y where rn = 1",
        "select * from (select *, row_number() over (order by b) as n from {{ ref('x') }}) where a > 1 and n = 1",
        "{{ union_of(ref('x')) }}",
    ],
)
def test_text_that_makes_one_row_for_each_key(text: str) -> None:
    found = dbt_text(text)
    assert found is not None
    assert found.one_per_key


@pytest.mark.parametrize(
    "text",
    [
        "select * from {{ ref('x') }}",
        "with y as (select a from {{ ref('x') }} group by a)\nselect * from y join {{ ref('z') }} using (a)",
        "with y as (select a from {{ ref('x') }} group by a), z as (select 1)\nselect * from y, z",
        "with y as (select * from {{ ref('x') }})\nselect * from y",
        "select * from {{ ref('x') }} where active = 1",
        "select round(sum(a) over (order by b), 2) as s from {{ ref('x') }}",
        "select coalesce(a, 1) as a from {{ ref('x') }}",
        "select (select count(*) from b group by c) as n from {{ ref('x') }}",
    ],
)
def test_text_that_may_hold_rows_twice(text: str) -> None:
    found = dbt_text(text)
    assert found is not None
    assert not found.one_per_key


def test_brackets_nested_past_any_use_are_read_in_time() -> None:
    text = "{{ ref('x') }} select " + "(" * 200_000 + ")" * 200_000
    assert dbt_text(text) == DbtText(refs=(("x", 1),))
