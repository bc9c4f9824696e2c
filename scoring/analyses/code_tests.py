"""Which ML files a test reaches, and whether CI runs the tests (tst.1, tst.2; rubric tests data-7 and infra-2).

A test reaches what it imports, directly or through other modules; what CI itself runs is reached too. To be reached is
not to be checked, so the share is an upper limit: only what nothing reaches is told.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from scoring.analyses.entry_points import named_by
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.modules import imports_by_path
from scoring.analyses.published import put_aside
from scoring.analyses.python_file import BUILD_FILES, CodeFile, PythonFile
from scoring.analyses.view import View
from scoring.analyses.working_ci import ci_commands, runs_out_of_sight, target_commands
from scoring.findings import PKG, Answer, Hit, Measure, NotApplicable, Unknown
from scoring.readers.ci_commands import runs_tests

REACHED = 0.6
"""The good anchor: the share of feature code that its tests should reach (catalogue, section 7, data-7)."""
FEW_LINES = 10
"""Under them a module only passes names on."""
SHOWN = 5
"""Files of one component that are listed, the largest first."""

_TEST_LIBRARIES = frozenset({"pytest", "unittest", "unittest2", "nose", "hypothesis", "testtools", "doctest"})
_STARTERS = frozenset(
    {"subprocess", "runpy", "pexpect", "testbook", "nbconvert", "nbclient", "papermill", "sh", "script_runner"}
)
"""What a test imports to run a program or a notebook, of which its imports say nothing."""
_CLIENTS = frozenset({"requests", "httpx", "aiohttp", "grpc", "docker", "testcontainers", "selenium", "playwright"})
"""What a test imports to ask a service that it does not import: told where it reaches nothing else."""
_ORCHESTRATORS = frozenset({"tfx", "kfp", "sagemaker", "azureml", "hydra", "luigi", "gin", "metaflow", "zenml"})
"""What runs files or classes that settings name, by their path or dotted name."""
_LOADERS = frozenset({"importlib", "importlib.import_module", "importlib.util", "pkgutil", "stevedore", "imp"})
_ASIDE = frozenset({"example", "research", "test"})
_BESIDE = re.compile(r"(?:^|/)(?:[\w-]*benchmarks?|figures?|figs|plots?|papers?|configs?|docs?(?:_\w+)?)(?:/|\.py$)")
"""What draws, measures or sets up, and is tried out by being run."""
_SPEAKS_OF_TESTS = re.compile(r"\$\{?\w*TEST\w*|\btests?\b", re.IGNORECASE)
_INSTALLS = re.compile(r"\b(?:install|add|sync|env)\b")
_WHOLE_FILES = re.compile(r"--doctest-modules|--doctest-plus|\bxdoctest\b|\s-m\s+doctest\b")


# ---------------------------------------------------------------- what a test is


def _loads(file: CodeFile) -> bool:
    return any(item.module in _LOADERS or item.dotted in _LOADERS for item in file.facts.imports if item.level == 0)


def _roots(file: CodeFile) -> frozenset[str]:
    return frozenset([item.module.partition(".")[0] for item in file.facts.imports if item.level == 0])


_loads_by_name, _imported_roots = Memo(_loads), Memo(_roots)


def _of_tests(file: CodeFile) -> bool:
    """Whether it defines tests. A script called test that has options of its own measures a model on test data."""
    names = file.facts.function_names
    if not any(name.lower().startswith("test") for name in names):
        return False
    roots = _imported_roots(file)
    return "argparse" not in roots or not roots.isdisjoint(_TEST_LIBRARIES)


def _tests_itself(file: PythonFile) -> bool:
    """Whether a module of the product carries its own cases for a runner of tests."""
    return any(base.rpartition(".")[2].endswith("TestCase") for item in file.facts.classes for base in item.bases)


_defines_tests, _carries_tests = Memo(_of_tests), Memo(_tests_itself)


@lru_cache(maxsize=1)
def tests_of(view: View) -> tuple[CodeFile, ...]:
    """The files that define tests, by path, those of the product that carry their own cases with them."""
    inside = [file for file in view.product if not file.is_notebook and _carries_tests(file)]
    return tuple(sorted([*filter(_defines_tests, view.tests), *inside], key=lambda file: file.path))


# ---------------------------------------------------------------- what they reach


def _asked(view: View) -> tuple[PythonFile, ...]:
    """The ML modules that a test should reach: no examples, experiments, build files, nor what was put aside."""
    aside = {file.path for file in put_aside(view)}
    return tuple(
        file
        for file in view.ml_once
        if not file.is_notebook
        and file.roles.isdisjoint(_ASIDE)
        and file.path not in aside
        and file.path.rpartition("/")[2] not in BUILD_FILES
        and not _BESIDE.search(file.path)
        and file.facts.code_lines >= FEW_LINES
        and not _carries_tests(file)
    )


def _all_commands(view: View) -> tuple[str, ...]:
    """What CI runs, and what a target does that it may call."""
    return (*ci_commands(view), *[text for _, text in target_commands(view)])


def _run_by_ci(view: View) -> frozenset[str]:
    """Files that CI runs: named in its commands, or behind a console script that they call."""
    commands = _all_commands(view)
    words = {word for text in commands for word in text.split()}
    targets = {name: target for _, facts in view.packaging for name, target in facts.scripts}
    called = [f"python -m {targets[name].partition(':')[0]}" for name in sorted(words & targets.keys())]
    return named_by(view.paths, frozenset([*commands, *called]))


@lru_cache(maxsize=1)
def reached_paths(view: View) -> frozenset[str]:
    """Every file that a test or CI reaches through however many imports."""
    starts = {file.path for file in tests_of(view)}
    if starts:
        starts.update([file.path for file in view.tests if file.path.endswith("conftest.py")])
    starts.update(_run_by_ci(view) & view.python_by_path.keys())
    imported = imports_by_path(view)
    return _latest((imported, frozenset(starts)), lambda: _closure(view, imported, starts))


_latest: Latest[frozenset[str]] = Latest()


def _closure(view: View, imported: dict[str, frozenset[str]], starts: Iterable[str]) -> frozenset[str]:
    files, paths = view.python_by_path, view.paths
    todo = list(starts)
    seen = set(todo)
    while todo:
        path = todo.pop()
        more = imported.get(path, frozenset())
        if path in files and "test" not in files[path].roles and _loads_by_name(files[path]):
            folder = _package(path, paths)
            more = more.union([other for other in files if other.startswith(folder)])
        todo += more - seen
        seen |= more
    return frozenset(seen)


def _package(path: str, paths: frozenset[str]) -> str:
    """The outermost package around a module, with its slash: what is loaded there by name may be any of it."""
    folder = path.rpartition("/")[0]
    while "/" in folder and f"{folder.rpartition('/')[0]}/__init__.py" in paths:
        folder = folder.rpartition("/")[0]
    return f"{folder}/" if folder else ""


def files_reached(view: View) -> Answer:
    """Share of the ML files that a test or a CI job reaches."""
    asked = _asked(view)
    if not asked:
        return (
            Unknown("what went unread may be ML code")
            if view.python_unseen
            else NotApplicable("no ML module outside of notebooks, examples and experiments")
        )
    reached = reached_paths(view)
    left = [file for file in asked if file.path not in reached]
    share = 1 - len(left) / len(asked)
    if share >= REACHED:
        return Measure(share, len(asked), note=f"{len(asked) - len(left)} of {len(asked)} ML files are reached")
    if why := _out_of_sight(view, any_reached=share > 0):
        return Unknown(why)
    left.sort(key=lambda file: (-file.facts.code_lines, file.path))
    hits = _unreached(left) if share else (_untested(left[0], len(asked), bool(tests_of(view))),)
    return Measure(share, len(asked), hits)


def _out_of_sight(view: View, *, any_reached: bool) -> str:
    """Why more may be reached than is seen; "" where all was."""
    if any("test" in entry.roles and entry.skipped and not entry.facts for entry in view.files if _is_code(entry.path)):
        return "a test file could not be read"
    if view.unread(PKG):
        return "CI files went unread"
    outside = _STARTERS if any_reached else _STARTERS | _CLIENTS
    if not all(_imported_roots(file).isdisjoint(outside) for file in tests_of(view)):
        return "tests start programs or ask a service, and which files those run is not seen"
    reached = reached_paths(view)
    if not all(_imported_roots(file).isdisjoint(_ORCHESTRATORS) for file in view.python if file.path in reached):
        return "tests reach code that runs what settings name"
    return "doctests are run, and which files they are in is not seen" if _runs_doctests(view) else ""


def _is_code(path: str) -> bool:
    return path.endswith((".py", ".ipynb"))


def _runs_doctests(view: View) -> bool:
    return any(map(_WHOLE_FILES.search, _all_commands(view)))


def _unreached(left: Iterable[PythonFile]) -> tuple[Hit, ...]:
    return tuple(
        Hit(
            path=file.path,
            line=1,
            key="unreached",
            message=f"{file.facts.code_lines} lines of ML code that no test imports, directly or through other modules,"
            " and no CI job runs.",
            evidence={"lines": file.facts.code_lines},
        )
        for file in list(left)[:SHOWN]
    )


def _untested(largest: PythonFile, files: int, tests: bool) -> Hit:
    what = "The tests here reach none" if tests else "There are no tests here that would reach any"
    them = f"of the {files} ML files, of which this is the largest" if files > 1 else "of the ML code, this file"
    return Hit(
        path=largest.path,
        line=1,
        key="no tests",
        message=f"{what} {them}; a shape, a label or a loss that a change breaks shows as a worse model, if at all.",
        evidence={"files": files},
    )


# ---------------------------------------------------------------- what runs them


def tests_run(view: View) -> Answer:
    """1 where a CI definition runs the tests, 0 where none does."""
    tests = tests_of(view)
    if not tests:
        return Unknown("files went unread that may be tests") if view.python_unseen else NotApplicable("no tests here")
    if any(facts.runs_tests for _, facts in view.ci):
        return Measure(1.0, len(tests))
    if view.unread(PKG):
        return Unknown("CI files went unread")
    if runs_out_of_sight(view) or any(map(runs_tests, _all_commands(view))):
        return Unknown("CI runs scripts or targets that may run the tests")
    said = (*ci_commands(view), *[name for _, facts in view.ci for name, _ in facts.labels])
    if any(_SPEAKS_OF_TESTS.search(text) and not _INSTALLS.search(text) for text in said):
        return Unknown("CI speaks of tests, and whether it runs these is not seen")
    return Measure(0.0, len(tests), (_not_run(view, tests),))


def _not_run(view: View, tests: tuple[CodeFile, ...]) -> Hit:
    """At the CI that leaves them out, where there is one; else at the first test."""
    working = [entry.path for entry, facts in view.ci if facts.commands]
    many = f"the {len(tests)} test files" if len(tests) > 1 else f"the one test file, {tests[0].path}"
    said = f"No step here, or of other CI in the repository, runs {many}"
    alone = f"No CI definition in the repository runs {many}"
    return Hit(
        path=working[0] if working else tests[0].path,
        line=1,
        key="tests not run",
        message=f"{said if working else alone}: they hold only for whoever remembers to run them.",
        evidence={"tests": len(tests)},
    )
