"""Models of dbt whose properties files were not read whole (dat.5)."""

import msgspec
import pytest

from scoring.analyses.dbt_projects import dbt_projects
from scoring.analyses.view import View
from scoring.facts import Component, FileEntry
from scoring.testing import ML_FILE, check_unknown, component_from, facts_from, result_of

STAGED = "select * from {{ source('raw', 'orders') }}\n"
KEYED = "models:\n  - name: a\n    columns:\n      - name: id\n        tests: [unique]\n"
BASE = {**ML_FILE, "dbt_project.yml": "name: shop\n", "models/a.sql": STAGED, "models/a.yml": KEYED}
LONG = "models:\n" + "".join([f"  - name: q{n}\n    description: a\n" for n in range(6000)])


def _skip(component: Component, path: str) -> Component:
    def skipped(entry: FileEntry) -> FileEntry:
        return msgspec.structs.replace(entry, facts=(), skipped="took too long") if entry.path == path else entry

    return msgspec.structs.replace(component, files=tuple([skipped(entry) for entry in component.files]))


def test_projects_do_not_rest_on_a_file_that_was_read_elsewhere() -> None:
    files = {**BASE, "models/b.sql": STAGED, "models/b.yml": "models:\n  - name: b\n"}
    whole = component_from(files)
    assert dbt_projects(View(whole))[0].unread == frozenset()
    project = dbt_projects(View(_skip(whole, "models/b.yml")))[0]
    assert project.unread == {"models/b.yml"}
    assert "b" not in project.described


@pytest.mark.parametrize("rest", ["models: [\n", LONG])
def test_dat_5_models_described_in_a_file_not_read_whole_are_neither_good_nor_bad(rest: str) -> None:
    models = {f"models/m{n}.sql": STAGED for n in range(60)}
    check_unknown("dat.5", {**BASE, **models, "models/rest.yml": rest})


def test_dat_5_few_models_unseen_leave_the_answer() -> None:
    keyed = "models:\n" + "".join([KEYED.partition("\n")[2].replace("name: a", f"name: m{n}") for n in range(4)])
    models = {f"models/m{n}.sql": STAGED for n in range(4)}
    result, _ = result_of(
        "dat.5",
        facts_from({**BASE, **models, "models/m.yml": keyed, "models/b.sql": STAGED, "models/b.yml": "models: [\n"}),
    )
    assert (result.value, result.population) == (1, 5)
