"""Whether linters or type checkers run before code is merged (tst.3; practice bp-09)."""

import re
from functools import lru_cache

from scoring.analyses.traces import traces
from scoring.analyses.view import PythonFile, View
from scoring.analyses.working_ci import ci_commands, has_ci, runs_out_of_sight, target_commands
from scoring.findings import PKG, Answer, Hit, Measure, NotApplicable, Unknown
from scoring.readers.ci_commands import parts_of

_PRACTICE = "bp-09-reviews-linters"
_ACTIONS = re.compile(
    r"super-linter|pre-commit|ruff|flake8|\bblack\b|pylint|mypy|pyright|isort|pycodestyle|pyflakes|wemake|bandit|codeql"
    r"|sonar|codacy|deepsource|python-lint|\blint",
    re.IGNORECASE,
)
"""Names of actions, orbs and images that check code without running it."""
_COMMANDS = re.compile(
    r"\b(?:flake8|pylint|ruff|pylama|prospector|pyflakes|pycodestyle|pep8|mypy|pyright|pytype|pyre|bandit|pre-commit|black"
    r"|isort|yapf|lint|lints|linter|linters|linting|check-style|checkstyle|codestyle|code-quality|quality)\b|--(?:flake8|pylint|mypy|ruff)",
    re.IGNORECASE,
)
_INSTALLS = re.compile(r"\b(?:pip[\d.]*|conda|mamba|poetry|uv|pipenv|apt|apt-get)\b.*\b(?:install|add)\b")
_ALL_TARGETS = re.compile(
    r"^\W*(?:python[\d.]* -m )?(?:tox|nox)\b(?!.*(?:\s-e|\s-s|\s--session|\s--env|\s--notest|\s--version))"
)
"""A call of a runner that runs every target there is."""
_HOOKS = re.compile(
    r"(?:^|/)(?:\.?lefthook\.ya?ml|\.husky/pre-commit|\.deepsource\.toml|\.lgtm\.ya?ml|lgtm\.ya?ml|\.codacy\.ya?ml"
    r"|\.landscape\.ya?ml|sonar-project\.properties|\.codeclimate\.ya?ml|\.hound\.ya?ml|\.stickler\.ya?ml|\.pep8speaks\.ya?ml"
    r"|\.scrutinizer\.ya?ml|\.restyled\.ya?ml|\.trunk/trunk\.ya?ml|\.pre-commit-config\.ya?ml|\.githooks/pre-commit)$"
)
"""Hooks before a commit, and services that check each change."""
_SETTINGS = re.compile(
    r"(?:^|/)(?:\.flake8|\.?pylintrc|\.?ruff\.toml|\.?mypy\.ini|pyrightconfig\.json|\.style\.yapf|\.isort\.cfg|\.bandit"
    r"|\.pycodestyle|\.prospector\.ya?ml)$"
)
_WORDS = (
    "pre-commit",
    "lint",
    "flake8",
    "ruff",
    "mypy",
    "pyright",
    "yapf",
    "isort",
    "bandit",
    "style",
    "hook",
    "prospector",
)
_SERVICES = ("deepsource", "lgtm", "codacy", "landscape", "sonar", "codeclimate", "hound", "stickler", "pep8", "scrut")
_SECTION = re.compile(
    r"(?:tool\.)?(?:ruff|flake8|pylint|mypy|pyright|pytype|pylama|pycodestyle|bandit|isort|black|yapf)\."
)
_SECTIONED = ("pyproject.toml", "setup.cfg", "tox.ini")
_LINTERS = frozenset(
    {
        "ruff",
        "flake8",
        "pylint",
        "mypy",
        "pyright",
        "pytype",
        "pylama",
        "prospector",
        "pyflakes",
        "pycodestyle",
        "bandit",
    }
)
HALF = 0.5
"""Set up, and run by whoever thinks of it."""


def _in_paths(view: View, pattern: re.Pattern[str]) -> str:
    """The outermost file of such a name; "" without one."""
    words = (*_WORDS, *_SERVICES, "restyled", "trunk", "pylintrc", "pycodestyle")
    found = [path for path in view.paths if any(word in path for word in words) and pattern.search(path)]
    return min(found, key=lambda path: (path.count("/"), path), default="")


@lru_cache(maxsize=1 << 12)
def _checks(text: str) -> bool:
    """Whether one of the commands of a line checks code, and does not only install what would."""
    return any(_COMMANDS.search(part) and not _INSTALLS.search(part) for part in parts_of(text))


@lru_cache(maxsize=1)
def static_checks(view: View) -> Answer:
    """1 where CI or a hook runs one, 0.5 where one is set up and nothing runs it, 0 where there is none."""
    modules = [file for file in view.product if not file.is_notebook]
    if not modules:
        return Unknown("code went unread") if view.python_unseen else NotApplicable("no Python module of its own")
    files, texts = len(modules), ci_commands(view)
    uses = [name for _, facts in view.ci for name in facts.uses]
    if traces(view).get(_PRACTICE) or any(map(_checks, texts)) or any(map(_ACTIONS.search, uses)):
        return Measure(1.0, files)
    if _in_paths(view, _HOOKS):
        return Measure(1.0, files)
    checking = [path for path, text in target_commands(view) if _checks(text)]
    if checking and any(map(_ALL_TARGETS.search, texts)):
        return Measure(1.0, files)
    if checking or view.unread(PKG) or runs_out_of_sight(view):
        return Unknown("CI runs scripts or targets that may check the code, or went unread")
    place = _set_up(view)
    return Measure(HALF if place else 0.0, files, (_hit(view, modules, place),))


def _set_up(view: View) -> tuple[str, int] | None:
    """Where one is configured, declared or called, though nothing runs it: the first place of the first kind."""
    path = _in_paths(view, _SETTINGS)
    if path:
        return path, 1
    sections = [
        (entry.path, max(setting.line, 1))
        for entry, facts in view.configs
        if entry.path.endswith(_SECTIONED)
        for setting in facts.settings
        if _SECTION.match(setting.key)
    ]
    tasks = [(entry.path, item.line) for entry, facts in view.tasks for item in facts.commands if _checks(item.text)]
    declared = [
        (entry.path, max(item.line, 1))
        for entry, facts in view.packaging
        if facts.role == "declaration"
        for item in facts.requirements
        if item.name in _LINTERS
    ]
    return next((min(places) for places in (sections, tasks, declared) if places), None)


def _hit(view: View, modules: list[PythonFile], place: tuple[str, int] | None) -> Hit:
    """At the settings that nothing reads, else where a step is missing, else at the largest file."""
    largest = min(modules, key=lambda file: ("example" in file.roles, -file.facts.code_lines, file.path)).path
    working = next((entry.path for entry, facts in view.ci if facts.commands), "") if has_ci(view) else ""
    if place:
        said = "A linter or type checker is set up here, and neither CI nor a hook before a commit runs it"
    elif working:
        said = "No step of CI here, and no hook before a commit, runs a linter or type checker"
    else:
        said = "No linter or type checker is set up for this code, and no CI here runs one"
    path, line = place or (working or largest, 1)
    return Hit(
        path=path,
        line=line,
        key="no static checks",
        message=f"{said}: a misspelt name or a wrong argument shows only when that line runs.",
    )
