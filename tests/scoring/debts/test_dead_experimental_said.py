"""dec.4: modules of a library that say by their own name that they are dead."""

import pytest

from scoring.testing import facts_from, result_of

LIBRARY = {
    "setup.py": "from setuptools import setup\nsetup(name='pkg', packages=['pkg'])\n",
    "train.py": "from sklearn.svm import SVC\n\nprint(SVC())\n",
    "pkg/__init__.py": "",
}
OLD = "def ratio(a, b):\n    return a / b\n"


def unreached(files: dict[str, str]) -> list[str]:
    return [finding.path for finding in result_of("dec.4", facts_from({**LIBRARY, **files}))[1]]


@pytest.mark.parametrize(
    "name", ["delete_rows", "rows_to_delete", "find_unused", "working", "deleted", "networking", "remove_mean"]
)
def test_public_module_of_a_library_named_for_what_it_does_is_clear(name: str) -> None:
    assert unreached({f"pkg/{name}.py": OLD}) == []


@pytest.mark.parametrize("name", ["plots_not_working", "to_delete", "delete_me", "DELETElayers"])
def test_public_module_of_a_library_that_says_it_is_dead_is_found_where_nothing_imports_it(name: str) -> None:
    dead = {f"pkg/{name}.py": OLD}
    assert unreached(dead) == [f"pkg/{name}.py"]
    assert unreached({**dead, "show.py": f"from pkg.{name} import ratio\n\nprint(ratio(1, 2))\n"}) == []
