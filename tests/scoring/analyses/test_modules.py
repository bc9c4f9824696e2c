"""The module graph: which file an import names, and what tests reach."""

from scoring.analyses import modules
from scoring.analyses.modules import imports_of, module_paths
from scoring.testing import facts_from

PACKAGE = {
    "src/churn/__init__.py": "",
    "src/churn/data.py": "import pandas\n",
    "src/churn/model.py": "from churn.data import load\nfrom . import data\n",
    "src/churn/io/__init__.py": "",
    "src/churn/io/read.py": "from ..data import load\n",
}


def imported(files: dict[str, str], path: str) -> list[str]:
    view = facts_from(files)
    file = next(file for file in view.python if file.path == path)
    return sorted(imports_of(view, file))


def test_third_party_import_names_no_file() -> None:
    assert imported(PACKAGE, "src/churn/data.py") == []


def test_module_of_the_same_name_elsewhere_is_not_meant() -> None:
    files = {"train.py": "import utils\n", "tools/deep/utils.py": ""}
    assert imported(files, "train.py") == []


def test_module_does_not_import_itself() -> None:
    assert imported({"a.py": "import a\n"}, "a.py") == []


def test_relative_import_above_the_root_names_no_file() -> None:
    assert imported({"a.py": "from ... import b\n", "b.py": ""}, "a.py") == []


def test_notebook_is_no_module() -> None:
    notebook = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    assert module_paths(facts_from({"a.ipynb": notebook})) == {}


def test_absolute_import_goes_through_the_source_folder() -> None:
    assert imported(PACKAGE, "src/churn/model.py") == ["src/churn/data.py"]


def test_relative_import_goes_up() -> None:
    assert imported(PACKAGE, "src/churn/io/read.py") == ["src/churn/data.py"]


def test_package_is_named_by_its_init() -> None:
    assert imported({**PACKAGE, "run.py": "import churn\n"}, "run.py") == ["src/churn/__init__.py"]


def test_script_imports_its_sibling() -> None:
    assert imported({"tools/run.py": "import shared\n", "tools/shared.py": ""}, "tools/run.py") == ["tools/shared.py"]


def test_script_imports_its_sibling_and_not_one_of_the_same_name() -> None:
    files = {"features/run.py": "import shared\n", "features/shared.py": "x = 1\n", "a/shared.py": "", "shared.py": ""}
    assert imported(files, "features/run.py") == ["features/shared.py"]


def test_script_imports_its_sibling_where_another_folder_has_the_name_too() -> None:
    files = {"a/run.py": "import shared\n", "a/shared.py": "", "abc/run.py": "import shared\n", "abc/shared.py": ""}
    assert imported(files, "abc/run.py") == ["abc/shared.py"]
    assert imported({**files, "abcd/run.py": "import shared\n"}, "abcd/run.py") == []


def test_import_in_a_notebook_counts() -> None:
    notebook = (
        '{"cells": [{"cell_type": "code", "source": ["import shared\\n"], "metadata": {}, "outputs": [], '
        '"execution_count": 1}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    )
    assert imported({"a.ipynb": notebook, "shared.py": ""}, "a.ipynb") == ["shared.py"]


def test_tests_reach_what_they_import_and_one_step_further() -> None:
    files = {**PACKAGE, "tests/test_model.py": "from churn.model import fit\n"}
    assert sorted(modules.tested_paths(facts_from(files))) == ["src/churn/data.py", "src/churn/model.py"]


def test_tests_that_import_nothing_reach_nothing() -> None:
    assert modules.tested_paths(facts_from({**PACKAGE, "tests/test_a.py": "import pytest\n"})) == frozenset()


def test_package_goes_before_the_module_of_its_name_inside() -> None:
    files = {
        "keract/__init__.py": "from keract.keract import show\n",
        "keract/keract.py": "import numpy\n",
        "tests/show_test.py": "from keract import show\n",
    }
    assert imported(files, "tests/show_test.py") == ["keract/__init__.py"]
    assert imported(files, "keract/__init__.py") == ["keract/keract.py"]
