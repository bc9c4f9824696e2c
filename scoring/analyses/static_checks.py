"""Whether linters or type checkers run before code is merged (tst.3)."""

import re
from functools import lru_cache

from scoring.analyses.view import PythonFile, View
from scoring.analyses.working_ci import (
    ci_commands,
    ci_unread,
    commands_of_ci,
    has_ci,
    hooks_of_pre_commit,
    runs_out_of_sight,
    target_commands,
)
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown
from scoring.readers.ci_commands import parts_of

_ACTIONS = re.compile(
    r"super-linter|ruff|flake8|\bblack\b|pylint|mypy|pyright|isort|pycodestyle|pyflakes|wemake|bandit|codeql"
    r"|sonar|codacy|deepsource|python-lint|\blint",
    re.IGNORECASE,
)
"""Names of actions, orbs and images that check code without running it."""
_COMMANDS = re.compile(
    r"\b(?:flake8|pylint|ruff|pylama|prospector|pyflakes|pycodestyle|pep8|mypy|pyright|pytype|pyre|bandit|black"
    r"|isort|yapf|lint|lints|linter|linters|linting|check-style|checkstyle|codestyle|code-quality|quality)\b|--(?:flake8|pylint|mypy|ruff)",
    re.IGNORECASE,
)
_INSTALLS = re.compile(r"\b(?:pip[\d.]*|conda|mamba|poetry|uv|pipenv|apt|apt-get)\b.*\b(?:install|add)\b")
_TALKS = re.compile(r"\W*(?:echo|printf|export|git|cat|rm|cp|mv)\b")
_ALL_TARGETS = re.compile(
    r"^\W*(?:python[\d.]* -m )?(?:tox|nox)\b(?!.*(?:\s-e|\s-s|\s--session|\s--env|\s--notest|\s--version))"
)
"""A call of a runner that runs every target there is."""
_HOOK_FILES = frozenset(
    f"{stem}.{ending}"
    for stem in (
        *("lefthook", ".lefthook", ".lgtm", "lgtm", ".codacy", ".landscape", ".codeclimate", ".hound", ".stickler"),
        *(".pep8speaks", ".scrutinizer", ".restyled", ".trunk/trunk"),
    )
    for ending in ("yml", "yaml")
) | {".husky/pre-commit", ".githooks/pre-commit", ".deepsource.toml", "sonar-project.properties"}
"""Hooks before a commit, and services that check each change: at the root, where they are looked for."""
_CHECKING_HOOK = re.compile(
    r"ruff|flake8|black|mypy|pyright|pytype|pyre|lint|isort|yapf|bandit|pycodestyle|pydocstyle|pyflakes|autoflake|autopep8"
    r"|pyupgrade|nbqa|vulture|prospector|wemake|check-ast|debug-statements|python-(?:check|no|use)-",
    re.IGNORECASE,
)
"""Hooks of pre-commit that read Python; those for blanks, large files or secrets say nothing of a name or a type."""
_SETTINGS_FILES = frozenset(
    {
        *(".flake8", "pylintrc", ".pylintrc", "ruff.toml", ".ruff.toml", "mypy.ini", ".mypy.ini", "pyrightconfig.json"),
        *(".style.yapf", ".isort.cfg", ".bandit", ".pycodestyle", ".prospector.yml", ".prospector.yaml"),
    }
)
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


def _hooks(view: View) -> bool | None:
    """Whether a hook before a commit or a service checks Python; None where what pre-commit runs is not seen."""
    if not view.paths.isdisjoint(_HOOK_FILES):
        return True
    named = hooks_of_pre_commit(view)
    if named is None or (not named and any("pre-commit run" in text for text in commands_of_ci(view))):
        return None
    return any(map(_CHECKING_HOOK.search, named))


@lru_cache(maxsize=1 << 12)
def _checks(text: str) -> bool:
    """Whether one of the commands of a line checks code, and does not only install what would."""
    return any(
        _COMMANDS.search(part) and not _INSTALLS.search(part) and not _TALKS.match(part) for part in parts_of(text)
    )


@lru_cache(maxsize=1)
def static_checks(view: View) -> Answer:
    """1 where CI or a hook runs one, 0.5 where one is set up and nothing runs it, 0 where there is none."""
    modules = [file for file in view.product if not file.is_notebook]
    if not modules:
        return Unknown("code went unread") if view.python_unseen else NotApplicable("no Python module of its own")
    files, texts = len(modules), ci_commands(view)
    uses = [name for _, facts in view.ci for name in facts.uses]
    hooks = _hooks(view)
    if hooks or any(map(_checks, texts)) or any(_ACTIONS.search(name) for name in uses if "pre-commit" not in name):
        return Measure(1.0, files)
    checking = [path for path, text in target_commands(view) if _checks(text)]
    if checking and any(map(_ALL_TARGETS.search, texts)):
        return Measure(1.0, files)
    if checking or hooks is None or ci_unread(view) or runs_out_of_sight(view):
        return Unknown("CI runs scripts or targets that may check the code, or went unread")
    place = _set_up(view)
    return Measure(HALF if place else 0.0, files, (_hit(view, modules, place),))


def _set_up(view: View) -> tuple[str, int] | None:
    """Where one is configured, declared or called, though nothing runs it: the first place of the first kind."""
    if files := [path for path in view.paths if path.rpartition("/")[2] in _SETTINGS_FILES]:
        return min(files, key=lambda path: (path.count("/"), path)), 1
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
