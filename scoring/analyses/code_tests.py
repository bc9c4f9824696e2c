"""Which ML files a test reaches (tst.1; rubric tests data-7 and infra-2).

A test reaches what it imports, directly or through other modules; what CI itself runs is reached too. To be reached is
not to be checked, so the share is an upper limit: only what nothing reaches is told.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from scoring.analyses.entry_points import named_by
from scoring.analyses.lessons import is_no_course
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.modules import imports_by_path
from scoring.analyses.own_tests import carries_tests, imports_from, loads_by_name, tests_of
from scoring.analyses.published import is_library
from scoring.analyses.python_file import BUILD_FILES, CodeFile, PythonFile
from scoring.analyses.view import View
from scoring.analyses.working_ci import ci_unread, commands_of_ci
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown

REACHED = 0.6
"""The good anchor: the share of feature code that its tests should reach (catalogue, section 7, data-7)."""
FEW_LINES = 10
"""Under them a module only passes names on."""
SHOWN = 5
"""Files of one component that are listed, the largest first."""

_STARTERS = frozenset(
    {"subprocess", "runpy", "pexpect", "testbook", "nbconvert", "nbclient", "papermill", "sh", "script_runner"}
)
"""What a test imports to run a program or a notebook, of which its imports say nothing."""
_CLIENTS = frozenset({"requests", "httpx", "aiohttp", "grpc", "docker", "testcontainers", "selenium", "playwright"})
"""What a test imports to ask a service that it does not import: told where it reaches nothing else."""
_PAGES = frozenset({"streamlit", "gradio", "dash", "panel", "tkinter", "PyQt5", "nicegui"})
"""What draws a page: tried out by being looked at."""
_ORCHESTRATORS = frozenset({"tfx", "kfp", "sagemaker", "azureml", "hydra", "luigi", "gin", "metaflow", "zenml"})
"""What runs files or classes that settings name, by their path or dotted name."""
_ASIDE = frozenset({"example", "research", "test"})
_BESIDE = re.compile(r"(?:^|/)(?:[\w-]*benchmarks?|figures?|figs|plots?|papers?|configs?|docs?(?:_\w+)?)(?:/|\.py$)")
"""What draws, measures or sets up, and is tried out by being run."""
_WHOLE_FILES = re.compile(r"--doctest-modules|--doctest-plus|\bxdoctest\b|\s-m\s+doctest\b")
_BY_PATTERN = re.compile(
    r"\*\S*\.(?:py|ipynb)\b|\*\*|--nbval|--nbmake|\btreon\b|\bnbconvert\b(?!.*\bclear)|\bpapermill\b"
)
"""Commands that run scripts or notebooks which they don't name."""
_NAMED_FILE = re.compile(r"[\w./-]+\.(?:py|ipynb)\b")
_TOOLS = re.compile(r"(?:^|/)(?:scripts?|tools?|bin)/")


def _asked(view: View) -> list[PythonFile]:
    """The ML modules that a test should reach: no examples, experiments nor build files; of a library those of its
    packages, as what lies beside them is no part of what it installs."""
    paths, library = view.paths, is_library(view)
    return [
        file for file in view.ml_once if (package := _asked_in(file)) is not None and (not library or package in paths)
    ]


def _package_of(file: PythonFile) -> str | None:
    """The file that would make its folder a package, "" for tools; None where no test is asked for."""
    folder, _, name = file.path.rpartition("/")
    asked = (
        not file.is_notebook
        and file.roles.isdisjoint(_ASIDE)
        and file.facts.code_lines >= FEW_LINES
        and name not in BUILD_FILES
        and not _BESIDE.search(file.path)
        and not carries_tests(file)
        and not imports_from(file, _PAGES)
    )
    if not asked:
        return None
    return "" if _TOOLS.search(file.path) else f"{folder}/__init__.py"


_asked_in = Memo(_package_of)


def _run_by_ci(view: View) -> frozenset[str]:
    """Files that CI runs: named in its commands, or behind a console script that they call."""
    commands = commands_of_ci(view)
    scripts = tuple([item for _, facts in view.packaging for item in facts.scripts])
    return named_by(view.paths, _latest_named((commands, scripts), lambda: _naming(commands, scripts)))


def _naming(commands: tuple[str, ...], scripts: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """The commands, with one for each file or console script that they name in another way."""
    targets = dict(scripts)
    words = {word for text in commands for word in text.split()}
    called = [f"python -m {targets[name].partition(':')[0]}" for name in words & targets.keys()]
    return frozenset([*commands, *called, *[name for text in commands for name in _NAMED_FILE.findall(text)]])


_latest_named: Latest[frozenset[str]] = Latest()


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
    """What is reached from the starts, all of a package with a module that loads others by name."""
    loading = {file.path for file in view.product if loads_by_name(file)}
    seen, new = set(starts), set(starts)
    while new:
        more: set[str] = set().union(*[imported[path] for path in new if path in imported])
        for path in new & loading:
            folder = _package(path, view.paths)
            more.update([other for other in imported if other.startswith(folder)])
        new = more - seen
        seen |= new
    return frozenset(seen)


def _imported_from_above(view: View) -> frozenset[str]:
    """Modules that tests import by a name that starts at a folder above them, where another module has it too."""
    found: set[str] = set()
    for file in tests_of(view):
        folders = [folder for folder in _folders_above(file.path) if folder]
        for item in file.facts.imports:
            if item.level == 0:
                stem = item.module.replace(".", "/")
                names = (f"{stem}.py", f"{stem}/__init__.py", f"{stem}/{item.name}.py")
                found.update(f"{folder}/{name}" for folder in folders for name in names)
    return frozenset(found & view.python_by_path.keys())


def _folders_above(path: str) -> list[str]:
    """The two folders above a test, each with the sources that may lie in it."""
    folder = path.rpartition("/")[0]
    above = folder.rpartition("/")[0]
    return [folder, above, above.rpartition("/")[0], *([f"{above}/src"] if above else [])]


def _package(path: str, paths: frozenset[str]) -> str:
    """The outermost package around a module, with its slash: what is loaded there by name may be any of it."""
    folder = path.rpartition("/")[0]
    while "/" in folder and f"{folder.rpartition('/')[0]}/__init__.py" in paths:
        folder = folder.rpartition("/")[0]
    return f"{folder}/" if folder else ""


@lru_cache(maxsize=1)
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
    left = _outside(view, asked, reached)
    if len(left) > (1 - REACHED) * len(asked):
        more = _closure(view, imports_by_path(view), _imported_from_above(view))
        left = _outside(view, left, more)
    share = 1 - len(left) / len(asked)
    if share >= REACHED:
        return Measure(share, len(asked), note=f"{len(asked) - len(left)} of {len(asked)} ML files are reached")
    if why := _out_of_sight(view, any_reached=share > 0):
        return Unknown(why)
    left.sort(key=lambda file: (-file.facts.code_lines, file.path))
    hits = _unreached(left) if share else (_untested(left[0], len(asked), bool(tests_of(view))),)
    return Measure(share, len(asked), hits)


def _outside(view: View, files: Iterable[PythonFile], reached: frozenset[str]) -> list[PythonFile]:
    """Those of the files that are not reached, nor is a copy of theirs: each is asked once, in its first place."""
    left = [file for file in files if file.path not in reached]
    copies = {file.entry.blob for file in view.ml if file.path in reached} if left else set()
    return [file for file in left if file.entry.blob not in copies]


def tells_of_untested(view: View) -> bool:
    """Whether tst.1 tells of ML files that nothing reaches, so that mul.5 need not say it of Python."""
    reached = files_reached(view) if is_no_course(view) else None
    return isinstance(reached, Measure) and bool(reached.hits)


def _out_of_sight(view: View, *, any_reached: bool) -> str:
    """Why more may be reached than is seen; "" where all was."""
    unread = [
        entry for entry in view.files if entry.skipped and not entry.facts and entry.path.endswith((".py", ".ipynb"))
    ]
    reached = reached_paths(view)
    if any("test" in entry.roles for entry in unread):
        return "a test file could not be read"
    named = {name for file in view.python if file.path in reached for name in _imported(file)} if unread else set()
    if any(entry.path.removesuffix("/__init__.py").rpartition("/")[2].removesuffix(".py") in named for entry in unread):
        return "tests reach a file that could not be read"
    if ci_unread(view):
        return "CI files went unread"
    outside = _STARTERS if any_reached else _STARTERS | _CLIENTS
    if any(imports_from(file, outside) for file in tests_of(view)):
        return "tests start programs or ask a service, and which files those run is not seen"
    if any(imports_from(file, _ORCHESTRATORS) for file in view.python if file.path in reached):
        return "tests reach code that runs what settings name"
    if any(_WHOLE_FILES.search(text) or _BY_PATTERN.search(text) for text in commands_of_ci(view)):
        return "doctests, or scripts by a pattern, are run, and which files those reach is not seen"
    return ""


def _imported(file: CodeFile) -> list[str]:
    """Last parts of the names of modules, or of what may be one."""
    return [name for item in file.facts.imports for name in (item.name, item.module.rpartition(".")[2])]


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
    if files > 1:
        what = "The tests here reach none of" if tests else "There are no tests here that would reach any of"
        them = f"the {files} ML files, of which this is the largest"
    else:
        what = "The tests here do not reach" if tests else "There are no tests here that would reach"
        them = "this file, the only one of ML code"
    return Hit(
        path=largest.path,
        line=1,
        key="no tests",
        message=f"{what} {them}; a shape, a label or a loss that a change breaks shows as a worse model, if at all.",
        evidence={"files": files},
    )
