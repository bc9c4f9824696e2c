"""Named commands that set a project up, test it, train it: task runners, environments and pipelines.

A generated Makefile (Sphinx's, a template's) has targets like any other: that it was generated changes nothing about
what they do, and a reader of targets decides by their names.
"""

import ast
import re
from collections.abc import Callable
from typing import Any

from scoring.facts import Command, TaskFacts
from scoring.readers import ini_source, safe_json, safe_yaml, toml_source
from scoring.readers.base import Reader
from scoring.readers.ci_commands import shown, split_script
from scoring.readers.decoding import cut_lines, text_of
from scoring.readers.packaging.setup_files import syntax_tree
from scoring.readers.safe_yaml import Text, items, line_of, mapping, texts

VERSION = 1
MAX_TARGETS = 2_000
MAX_COMMANDS = 5_000

_MAKE_TARGET = re.compile(r"^([A-Za-z0-9_.%/$(){}-][^:=#\t]{0,300}?)\s*::?(?![=:])\s*([^;]*)(?:;(.*))?$")
_MAKE_ASSIGNMENT = re.compile(r"^[\w.-]+\s*(?:[:?+!]?=|::=)")
_MAKE_SPECIAL = re.compile(r"^\.[A-Z_]+$")
_MAKE_DEFINE = re.compile(r"^(?:export\s+)?define\b")
_JUST_RECIPE = re.compile(r"^@?([A-Za-z_][\w-]*)((?:\s+[^:=\n]+)?)\s*:(?!=)(.*)$")
_RECIPE_PREFIX = re.compile(r"^[@\-+\s]+")
_TOX_ENVIRONMENT = re.compile(r"^(?:testenv(?::(.*))?|tox:tox)$")


class _Tasks:
    def __init__(self, tool: str) -> None:
        self.tool = tool
        self.targets: list[tuple[str, int]] = []
        self.commands: list[Command] = []

    def target(self, name: str, line: int) -> None:
        if len(self.targets) < MAX_TARGETS:
            self.targets.append((name[:200], line))

    def script(self, text: str, line: int) -> None:
        if len(self.commands) < MAX_COMMANDS:
            self.commands += split_script(text, line)

    def tree(self, tree: Any) -> None:
        """Commands of YAML: a scalar, a list of them, or mappings with `cmd`, `command` or `run`."""
        for item in items(tree):
            if isinstance(item, Text):
                self.script(item, item.line + item.block)
            else:
                for key in ("cmd", "command", "run", "cmds"):
                    for text in texts(mapping(item).get(key)):
                        self.script(text, text.line + text.block)

    def facts(self) -> TaskFacts:
        return TaskFacts(tool=self.tool, targets=tuple(self.targets), commands=shown(self.commands[:MAX_COMMANDS]))


def _makefile(data: bytes) -> TaskFacts:
    tasks = _Tasks("make")
    recipe: list[str] = []
    start, defining = 0, False
    for number, line in enumerate([*cut_lines(text_of(data)), ""], start=1):
        continued = bool(recipe) and recipe[-1].endswith("\\")
        if line.startswith("\t") or continued:
            recipe.append(line.strip() if continued else _RECIPE_PREFIX.sub("", line))
            start = start or number
            continue
        if recipe:
            tasks.script("\n".join(recipe), start)
            recipe, start = [], 0
        if defining or _MAKE_DEFINE.match(line):
            defining = line.strip() != "endef"
            continue
        found = None if _MAKE_ASSIGNMENT.match(line) else _MAKE_TARGET.match(line)
        for name in found[1].split() if found else ():
            if not _MAKE_SPECIAL.match(name) and "=" not in (found[2] if found else ""):
                tasks.target(name, number)
        if found and found[3]:
            tasks.script(_RECIPE_PREFIX.sub("", found[3]), number)
    return tasks.facts()


def _justfile(data: bytes) -> TaskFacts:
    tasks = _Tasks("just")
    for number, line in enumerate(cut_lines(text_of(data)), start=1):
        if line[:1] in (" ", "\t"):
            tasks.script(_RECIPE_PREFIX.sub("", line), number)
            continue
        found = _JUST_RECIPE.match(line)
        if found and found[1] not in ("set", "alias", "export", "import", "mod"):
            tasks.target(found[1], number)
    return tasks.facts()


def _tox(data: bytes) -> TaskFacts:
    return _tox_of("tox", ini_source.entries(text_of(data)))


def _tox_of(tool: str, entries: list[ini_source.Entry]) -> TaskFacts:
    tasks = _Tasks(tool)
    seen: set[str] = set()
    for entry in entries:
        environment = _TOX_ENVIRONMENT.match(entry.section)
        if environment and entry.section not in seen and environment[1]:
            seen.add(entry.section)
            tasks.target(environment[1], max(1, entry.line - 1))
        if entry.section in ("tox", "tox:tox") and entry.key in ("envlist", "env_list"):
            for text, line in entry.values:
                for name in re.split(r"[,\s]+(?![^{]*\})", text):
                    if name:
                        tasks.target(name, line)
        if environment and entry.key in ("commands", "commands_pre"):
            for text, line in entry.values:
                tasks.script(_RECIPE_PREFIX.sub("", text), line)
    return tasks.facts()


def _nox(data: bytes) -> TaskFacts:
    """Sessions are functions decorated with `nox.session`; `session.run("pytest", ...)` is a command."""
    tasks = _Tasks("nox")
    for node in ast.walk(syntax_tree(data)):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                called = decorator.func if isinstance(decorator, ast.Call) else decorator
                if (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")) == "session":
                    tasks.target(_session_name(decorator) or node.name, node.lineno)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            words = [word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
            if node.func.attr in ("run", "run_always", "install") and words:
                prefix = "pip install " if node.func.attr == "install" else ""
                tasks.commands.append(Command(node.lineno, prefix + " ".join(words)))
    tasks.targets.sort(key=lambda target: target[1])
    tasks.commands.sort(key=lambda command: command.line)
    return tasks.facts()


def _session_name(decorator: ast.expr) -> str:
    for keyword in decorator.keywords if isinstance(decorator, ast.Call) else ():
        if keyword.arg == "name" and isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, str):
            return keyword.value.value
    return ""


# ---------------------------------------------------------------- YAML: named entries under one key


def _named(tool: str, key: str, command_keys: tuple[str, ...]) -> Callable[[bytes], TaskFacts]:
    """A reader of `key: {name: {command: ...}}`."""

    def read(data: bytes) -> TaskFacts:
        tasks = _Tasks(tool)
        for name, entry in mapping(mapping(safe_yaml.document(data)).get(key)).items():
            tasks.target(name, line_of(name))
            if isinstance(entry, Text | list):
                tasks.tree(entry)
            for command_key in command_keys:
                _entry_commands(tasks, mapping(entry).get(command_key))
        return tasks.facts()

    return read


def _entry_commands(tasks: _Tasks, value: Any) -> None:
    """compose's value is one command, whether a list or a text; the others' lists are several."""
    words = texts(value)
    if tasks.tool == "compose" and words:
        tasks.script(" ".join(" ".join(words).split()), words[0].line + words[0].block)
    else:
        tasks.tree(value)


# ---------------------------------------------------------------- TOML and JSON


def _pyproject(data: bytes) -> TaskFacts:
    """poe, taskipy, pdm, hatch and rye scripts, and tox kept in pyproject.toml."""
    source = toml_source.parse(data)
    tool = toml_source.table(source.values, "tool")
    tasks = _Tasks("pyproject")
    paths: list[tuple[str, ...]] = [
        ("poe", "tasks"),
        ("taskipy", "tasks"),
        ("pdm", "scripts"),
        ("rye", "scripts"),
        ("pixi", "tasks"),
    ]
    paths += [("hatch", "envs", name, "scripts") for name in toml_source.table(tool, "hatch", "envs")]
    for path in paths:
        for name, value in toml_source.table(tool, *path).items():
            line = source.line_of("tool", *path, name)
            tasks.target(name, line)
            for command in _toml_commands(value):
                tasks.script(command, line)
    legacy = toml_source.table(tool, "tox").get("legacy_tox_ini")
    if isinstance(legacy, str):
        start = source.line_of("tool", "tox", "legacy_tox_ini")
        inner = _tox_of("tox", ini_source.entries(legacy))
        tasks.targets += [(name, line + start) for name, line in inner.targets]
        tasks.commands += [Command(command.line + start, command.text) for command in inner.commands]
    return tasks.facts()


def _toml_commands(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = next(
            (value[key] for key in ("cmd", "shell", "script", "sequence", "chain", "composite") if key in value), ""
        )
    if isinstance(value, str):
        return [value]
    return [item if isinstance(item, str) else "" for item in value] if isinstance(value, list) else []


_DEVCONTAINER_COMMANDS = (
    "initializeCommand",
    "onCreateCommand",
    "updateContentCommand",
    "postCreateCommand",
    "postStartCommand",
    "postAttachCommand",
)


def _devcontainer(data: bytes) -> TaskFacts:
    text = text_of(data)
    values = safe_json.loads_with_comments(text)
    lines: dict[str, int] = {}
    for key, line in safe_json.key_lines(text):
        lines.setdefault(key, line)
    tasks = _Tasks("devcontainer")
    for key in _DEVCONTAINER_COMMANDS:
        value = values.get(key) if isinstance(values, dict) else None
        parts = list(value.values()) if isinstance(value, dict) else [value]
        for part in parts:
            words = " ".join(word for word in part if isinstance(word, str)) if isinstance(part, list) else part
            if isinstance(words, str) and words:
                tasks.target(key, lines.get(key, 0))
                tasks.script(words, lines.get(key, 0))
    return tasks.facts()


READERS = (
    Reader("tasks.makefile", VERSION, _makefile),
    Reader("tasks.justfile", VERSION, _justfile),
    Reader("tasks.tox", VERSION, _tox),
    Reader("tasks.nox", VERSION, _nox),
    Reader("tasks.taskfile", VERSION, _named("task", "tasks", ("cmds", "cmd"))),
    Reader("tasks.mlproject", VERSION, _named("mlflow", "entry_points", ("command",))),
    Reader("tasks.dvc", VERSION, _named("dvc", "stages", ("cmd",))),
    Reader("tasks.compose", VERSION, _named("compose", "services", ("command", "entrypoint"))),
    Reader("tasks.pyproject", VERSION, _pyproject),
    Reader("tasks.devcontainer", VERSION, _devcontainer),
)
