"""CI definitions: which commands they run, when, and whether any of those is a Python test.

Most systems are YAML in which commands stand under a few keys at some depth, so one bounded walk serves them all; a
system is the keys that hold its commands and the names it refers to. Jenkinsfiles are read in `ci_jenkins`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from scoring.facts import CiFacts, Command
from scoring.readers import ci_jenkins, safe_yaml
from scoring.readers.base import Reader
from scoring.readers.ci_commands import (
    MAX_TEXT,
    SHOWN,
    line_of_test_step,
    named_for_tests,
    runs_tests,
    shown,
    split_script,
)
from scoring.readers.safe_yaml import Text, items, mapping, texts

VERSION = 2
MAX_LABELS = 500
LABELS = ("name", "displayName", "label", "stage", "job")
MAX_COMMANDS = 2_000
MAX_STEPS = 20_000
MAX_DEPTH = 60

_SCRIPTS = re.compile(
    r"run|scripts?|bash|sh|cmd|ps|powershell|pwsh|commands?|inlineScript|(?:before_|after_)?install|before_script"
    r"|(?:before|after)_(?:script|build|test|success)|(?:test|build)_(?:script|command)|override|(?:pre|post)_script|ci"
    r"|\w+_script"
)
_SKIPPED = frozenset({"defaults", "env", "variables", "on", "with", "services", "description", "permissions"})


@dataclass(frozen=True, slots=True)
class _System:
    """One system's dialect. `argv` are keys whose list is one command; `names` are keys that name other definitions."""

    name: str
    argv: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    skipped: frozenset[str] = _SKIPPED


def _system(name: str, argv: str = "", names: str = "image", skipped: str = "") -> _System:
    return _System(name, frozenset(argv.split()), frozenset(names.split()), _SKIPPED | frozenset(skipped.split()))


_SYSTEMS = (
    _system("github", names="uses image container"),
    _system("travis", names="image import"),
    _system("circleci", names="image orbs"),
    _system("gitlab", names="image include extends template"),
    _system("azure", names="task template image"),
    _system("taskcluster", argv="command args", names="image"),
    _system("cloudbuild", argv="args command", names="name"),
    _system("buildkite", names="image plugins"),
    _system("appveyor", names="image"),
    _system("drone", names="image"),
    _system("bitbucket", names="image pipe"),
    _system("woodpecker", names="image"),
    _system("tekton", argv="command args", names="image taskRef"),
    _system("zuul", names="parent nodeset"),
    _system("prow", argv="command args", names="image"),
    _system("cirrus", names="image"),
    _system("semaphore", names="image"),
    _system("codebuild", names="image"),
    _system("codefresh", names="image"),
    _system("shippable", names="image"),
    _system("wercker", names="box image"),
)


class _Walk:
    """One pass over a definition, in the order of the file."""

    def __init__(self, system: _System) -> None:
        self.system = system
        self.commands: list[Command] = []
        self.test_lines: set[int] = set()
        self.uses: dict[str, None] = {}
        self.labels: dict[tuple[str, int], None] = {}
        self._steps = 0

    def walk(self, tree: Any, depth: int = 0) -> None:
        self._steps += 1
        if depth > MAX_DEPTH or self._steps > MAX_STEPS:
            return
        if isinstance(tree, list):
            for item in tree:
                self.walk(item, depth + 1)
        elif isinstance(tree, dict):
            self._step(tree, depth)

    def _step(self, step: dict[str, Any], depth: int) -> None:
        before = len(self.commands)
        given = [value for key in LABELS if isinstance(value := step.get(key), Text)]
        self.labels.update(((str(value)[:SHOWN], value.line), None) for value in given[: MAX_LABELS - len(self.labels)])
        if self.system.argv:
            self._argv(step)
        for key, value in step.items():
            if key in self.system.skipped and not _is_script(key, value):
                continue
            if key in self.system.names:
                self._name(value)
            if key in self.system.argv and texts(value):
                continue
            if _is_script(key, value):
                self._script(value, depth)
            else:
                self.walk(value, depth + 1)
        label = next((step[key] for key in ("name", "displayName", "label") if isinstance(step.get(key), Text)), "")
        line = line_of_test_step(label, self.commands[before:]) if label and _is_leaf(step) else 0
        if line:
            self.test_lines.add(line)

    def _script(self, value: Any, depth: int) -> None:
        for item in items(value):
            if isinstance(item, Text):
                self._add(split_script(item, item.line + item.block))
            else:
                self.walk(item, depth + 1)

    def _argv(self, step: dict[str, Any]) -> None:
        """command and args are one command, whatever way they are split."""
        words = [word for key in ("entrypoint", "command", "args") for word in _flat(step.get(key))]
        if not words:
            return
        scripted = [word for word in words if "\n" in word]
        for word in scripted:
            self._add(split_script(word, word.line + word.block))
        plain = [word for word in words if "\n" not in word]
        if plain:
            self._add([Command(plain[0].line, " ".join(plain)[:MAX_TEXT])])

    def _add(self, commands: list[Command]) -> None:
        for command in commands[: MAX_COMMANDS - len(self.commands)]:
            self.commands.append(command)
            if runs_tests(command.text):
                self.test_lines.add(command.line)

    def _name(self, value: Any) -> None:
        """Names of actions, images, orbs; a called definition that is named for tests runs them."""
        for name in [*texts(value), *(item for item in mapping(value).values() if isinstance(item, Text))]:
            self.uses[str(name)[:SHOWN]] = None
            called = name.startswith("./") or ".github/workflows/" in name
            if self.system.name.startswith("github") and called and named_for_tests(name):
                self.test_lines.add(name.line)


def _is_script(key: str, value: Any) -> bool:
    return isinstance(value, Text | list) and bool(value) and _SCRIPTS.fullmatch(key) is not None


def _is_leaf(step: dict[str, Any]) -> bool:
    """A step rather than a job: a job's name covers many commands."""
    return not any(isinstance(step.get(key), dict | list) for key in ("steps", "jobs", "stages", "tasks"))


def _flat(value: Any) -> Iterator[Text]:
    for item in items(value):
        if isinstance(item, Text):
            yield item
        elif isinstance(item, list):
            yield from texts(item)


# ---------------------------------------------------------------- when a definition runs


def _triggers(system: str, tree: dict[str, Any]) -> tuple[str, ...]:
    if system.startswith("github"):
        given = tree.get("on")
        return tuple(str(name) for name in (given if isinstance(given, dict) else texts(given)))
    if system == "azure":
        named = {"trigger": "push", "pr": "pull_request", "schedules": "schedule"}
        return tuple(named[key] for key in tree if key in named and tree[key] != "none")
    found = dict.fromkeys(str(name) for name in _found(tree, frozenset({"event", "triggers", "only", "trigger_mode"})))
    return tuple(list(found)[:20])


def _found(tree: Any, keys: frozenset[str], depth: int = 0) -> Iterator[Text]:
    """The scalars under any of the keys, in order; as bounded as the tree's own depth and one visit an item."""
    pending: list[tuple[Any, int]] = [(tree, 0)]
    for _ in range(MAX_STEPS):
        if not pending:
            return
        current, depth = pending.pop()
        if depth > MAX_DEPTH or not isinstance(current, dict | list):
            continue
        for key, value in reversed(current.items()) if isinstance(current, dict) else ():
            if key in keys:
                yield from texts(value)
            pending.append((value, depth + 1))
        if isinstance(current, list):
            pending.extend((item, depth + 1) for item in reversed(current))


def _is_scheduled(system: str, text_of_file: bytes, triggers: tuple[str, ...]) -> bool:
    words = {
        "circleci": (b"cron:",),
        "gitlab": (b"schedules", b'"schedule"', b"'schedule'"),
        "travis": (b"type = cron", b"type: cron", b"== cron"),
        "drone": (b"cron",),
        "woodpecker": (b"cron",),
        "zuul": (b"periodic",),
        "prow": (b"periodics",),
    }.get(system, ())
    return "schedule" in triggers or any(word in text_of_file for word in words)


def _zuul_lines(documents: list[Any]) -> Iterator[int]:
    """A project's jobs that are named for tests: Zuul keeps what they do elsewhere."""
    for document in documents:
        for item in items(document):
            project = mapping(mapping(item).get("project"))
            for pipeline in project.values():
                for job in items(mapping(pipeline).get("jobs")):
                    name = job if isinstance(job, Text) else next(iter(mapping(job)), None)
                    if isinstance(name, Text) and named_for_tests(name):
                        yield name.line


def _read(system: _System, data: bytes) -> CiFacts:
    documents = safe_yaml.documents(data)
    walk = _Walk(system)
    triggers: tuple[str, ...] = ()
    for document in documents:
        walk.walk(document)
        triggers += _triggers(system.name, mapping(document))
    if system.name == "zuul":
        walk.test_lines.update(_zuul_lines(documents))
    return CiFacts(
        system=system.name,
        commands=shown(walk.commands),
        runs_tests=bool(walk.test_lines),
        test_lines=tuple(sorted(walk.test_lines)),
        triggers=tuple(dict.fromkeys(triggers)),
        scheduled=_is_scheduled(system.name, data, triggers),
        uses=tuple(sorted(walk.uses)),
        labels=tuple(walk.labels),
    )


READERS = (
    *(Reader(f"ci.{system.name}", VERSION, partial(_read, system)) for system in _SYSTEMS),
    Reader("ci.github-action", VERSION, partial(_read, _system("github", names="uses image"))),
    Reader("ci.jenkins", VERSION, ci_jenkins.read),
)
