"""dec.4: modules of a library, which others may import, and what their names say."""

import pytest

from scoring.testing import check_clear, check_found

RUN = "from sklearn.svm import SVC\n\nprint(SVC())\n"
OLD = "def ratio(a, b):\n    return a / b\n"
LIBRARY = {
    "setup.py": "from setuptools import setup\nsetup(name='pkg', packages=['pkg'])\n",
    "train.py": RUN,
    "pkg/__init__.py": "",
}


@pytest.mark.parametrize(
    "name", ["delete_rows", "rows_to_delete", "find_unused", "working", "deleted", "networking", "remove_mean"]
)
def test_public_module_of_a_library_named_for_what_it_does_is_clear(name: str) -> None:
    check_clear("dec.4", {**LIBRARY, f"pkg/{name}.py": OLD})


@pytest.mark.parametrize("name", ["plots_not_working", "unused_layers", "to_delete", "delete_me", "DELETElayers"])
def test_public_module_of_a_library_that_says_it_is_dead_is_found_where_nothing_imports_it(name: str) -> None:
    dead = {**LIBRARY, f"pkg/{name}.py": OLD}
    check_found("dec.4", dead, at=[f"pkg/{name}.py:1"])
    check_clear("dec.4", {**dead, "train.py": f"from pkg.{name} import ratio\n{RUN}print(ratio)\n"})
