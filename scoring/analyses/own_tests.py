"""Which files define tests, and which modules load others by name."""

from functools import lru_cache

from scoring.analyses.memo import Memo
from scoring.analyses.python_file import CodeFile, PythonFile
from scoring.analyses.view import View

_OPTIONS = frozenset({"argparse"})
_TEST_LIBRARIES = frozenset({"pytest", "unittest", "unittest2", "nose", "hypothesis", "testtools", "doctest"})
_LOADERS = frozenset({"importlib", "pkgutil", "stevedore", "imp"})
_LOADING = _LOADERS | {"importlib.import_module", "importlib.util"}


def imports_from(file: CodeFile, roots: frozenset[str]) -> bool:
    """Whether it imports one of these libraries; asked of every file, so the start of a name is looked at first."""
    starts = tuple(roots)
    near = [item.module for item in file.facts.imports if item.module.startswith(starts) and item.level == 0]
    return any(module.partition(".")[0] in roots for module in near)


def _loads(file: CodeFile) -> bool:
    if "test" in file.roles or not imports_from(file, _LOADERS):
        return False
    named = {name for item in file.facts.imports if item.level == 0 for name in (item.module, item.dotted)}
    return not named.isdisjoint(_LOADING)


loads_by_name = Memo(_loads)


def _of_tests(file: CodeFile) -> bool:
    """Whether it defines tests. A script called test that has options of its own measures a model on test data;
    fixtures are none, nor is what lies among data."""
    names = file.facts.function_names
    if (
        file.path.endswith("conftest.py")
        or file.path.startswith("data/")
        or not any(name.lower().startswith("test") for name in names)
    ):
        return False
    return not imports_from(file, _OPTIONS) or imports_from(file, _TEST_LIBRARIES)


def _tests_itself(file: PythonFile) -> bool:
    """Whether a module of the product carries its own cases for a runner of tests."""
    bases = (base for item in file.facts.classes for base in item.bases)
    return not file.is_notebook and any(base.rpartition(".")[2].endswith("TestCase") for base in bases)


_defines_tests, carries_tests = Memo(_of_tests), Memo(_tests_itself)


@lru_cache(maxsize=1)
def tests_of(view: View) -> tuple[CodeFile, ...]:
    """The files that define tests, by path, those of the product that carry their own cases with them."""
    inside = [file for file in view.product if carries_tests(file)]
    found = [file for file in view.tests if _defines_tests(file)]
    return tuple(sorted([*found, *inside], key=lambda file: file.path) if inside else found)
