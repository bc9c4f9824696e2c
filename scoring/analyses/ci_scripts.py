"""What CI runs, with the commands of the repository's own shell scripts that it calls, and of those that they call.

A script that looks at its arguments may do one of several things: of its commands nobody sees which are run.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.view import View
from scoring.facts import TaskFacts

SHELL = "shell"
_PROGRAM = re.compile(
    r"(?<!\S)(\S+\.(?:sh|bash|zsh|ksh|bat|ps1|cmd))\b|(?:^|\s)(\.{1,2}/[\w./-]+)(?=\s|$)"
    r"|\b(docker(?:-compose|\s+compose)?\s+(?:run|exec|up))\b|\b(bazel)\b",
    re.IGNORECASE,
)
_PREPARES = re.compile(
    r"install|set-?up|download|conda|codecov|coveralls|deploy|docs?(?:\b|_)|publish|release|submodule|checkout|fossa|gcc|cuda"
    r"|build-?tools|configure|vs_build|entrypoint|activate|torch\.sh|render|upload",
    re.IGNORECASE,
)
_FETCHES = re.compile(
    r"^\W*(?:sudo\s+)?(?:curl|wget|chmod|rm|mv|cp|mkdir|tar|unzip|echo|export|ls|cat|git|Invoke-WebRequest)\b"
)
_RUNNER = re.compile(
    r"\b(?:make|tox|nox|just|invoke|inv|task|poe|doit|hatch|dvc|kedro|snakemake|mlflow)\b", re.IGNORECASE
)
"""Runners of targets, whose files are read: they hide which target runs, not what one does."""
_DECIDES = re.compile(r"\bcase\b|\bgetopts\b|\bshift\b|\$\{?[1-9@*#]")
"""A script that looks at its arguments."""
_STARTS = re.compile(
    r"(?:^|[;&|({!`]|\$\(|(?:^|\s)\.|\b\w+=(?:\S*|\"[^\"]*|'[^']*)"
    r"|\b(?:then|do|else|if|while|until|time|timeout\s+\S+|exec|sudo|nohup|command|source|env|call|retry|run(?:\s+-\S+)*|travis_\w+"
    r"|(?:(?:ba|z|k|da)?sh|cmd|pwsh|powershell)(?:\.exe)?(?:\s+[-/+]\S+)*))[\s\"']*$",
    re.IGNORECASE,
)
"""What stands before a program that is started. A script behind anything else may only be looked at, as by a linter."""
BEFORE = 80
"""Characters before a program's name that say so."""
_ROOT = re.compile(r"^[\"'(]*(?:\$\{\{[^}]*\}\}/|\$\{?\w+\}?/|\$\([^)]*\)/|\.{1,2}/)*")
"""What leads to the root of a checkout, or to a folder that a job has gone to."""


class Followed(NamedTuple):
    """What CI runs; texts as often as they are called."""

    surely: tuple[tuple[str, int, str], ...]
    """(path, line, command) of its definitions, and of the scripts that they call."""
    perhaps: tuple[tuple[str, str], ...]
    """(path, command) of task files whose targets it calls, of scripts that choose what they do, and of those that are
    only named: it may run or look at them."""
    unseen: bool
    """Whether one starts a script, a container or another workflow whose commands are not read."""


@lru_cache(maxsize=1)
def followed(view: View) -> Followed:
    """Everything that CI is seen to run, each script once."""
    surely = [(entry.path, command.line, command.text) for entry, facts in view.ci for command in facts.commands]
    elsewhere = any(
        ".github/workflows/" in name or name.startswith("./") for _, facts in view.ci for name in facts.uses
    )
    scripts = _scripts(view)
    taken: set[str] = set()
    missed, perhaps = _follow(surely, scripts, taken)
    if any(_RUNNER.search(text) for text in (*[text for _, _, text in surely], *[text for _, text in perhaps])):
        tasks = [(entry.path, facts) for entry, facts in view.tasks if facts.tool != SHELL]
        perhaps += [(path, command.text) for path, facts in tasks for command in facts.commands]
    missed |= _follow_perhaps(perhaps, scripts, taken)
    return Followed(tuple(surely), tuple(perhaps), elsewhere or missed)


def _follow(
    surely: list[tuple[str, int, str]], scripts: "_Scripts", taken: set[str]
) -> tuple[bool, list[tuple[str, str]]]:
    """Add what the scripts hold that are called for sure, and what these call in turn; gives whether something is
    called that is not read, and the commands of which nobody sees whether they are run."""
    unread, at = False, 0
    perhaps: list[tuple[str, str]] = []
    named: list[str] = []
    while at < len(surely):
        missed, called = _called(surely[at][2], scripts)
        unread |= missed
        for path, before in called:
            if path in taken:
                continue
            if not _STARTS.search(before):
                named.append(path)
                continue
            taken.add(path)
            commands = scripts.by_path[path].commands
            if any(_DECIDES.search(command.text) for command in commands):
                perhaps += [(path, command.text) for command in commands]
            else:
                surely += [(path, command.line, command.text) for command in commands]
        at += 1
    for path in dict.fromkeys(named):
        if path not in taken:
            taken.add(path)
            perhaps += [(path, command.text) for command in scripts.by_path[path].commands]
    return unread, perhaps


def _follow_perhaps(perhaps: list[tuple[str, str]], scripts: "_Scripts", taken: set[str]) -> bool:
    """Add what the scripts hold that these may call; gives whether one of them is not read."""
    unread, at = False, 0
    while at < len(perhaps):
        missed, called = _called(perhaps[at][1], scripts)
        unread |= missed
        for path, _ in called:
            if path not in taken:
                taken.add(path)
                perhaps += [(path, command.text) for command in scripts.by_path[path].commands]
        at += 1
    return unread


class _Scripts(NamedTuple):
    by_path: dict[str, TaskFacts]
    by_ending: dict[str, str]
    """The last parts of paths -> the one path that ends so, "" where several do."""


DEPTH = 6
"""Folders by which a command names a script at the most, unless it is by its whole path."""


def _scripts(view: View) -> _Scripts:
    by_path = {entry.path: facts for entry, facts in view.tasks if facts.tool == SHELL}
    by_ending: dict[str, str] = {}
    for path in by_path:
        parts = path.rsplit("/", DEPTH + 1)
        for first in range(1, len(parts)):
            ending = "/".join(parts[first:])
            by_ending[ending] = "" if ending in by_ending else path
    return _Scripts(by_path, by_ending)


def _called(text: str, scripts: _Scripts) -> tuple[bool, list[tuple[str, str]]]:
    """(whether it starts something whose commands are not read, the scripts of the repository that it names, each with
    what stands before it)."""
    missed, called = False, []
    for name, before in _programs(text):
        path = _own(name, scripts)
        if path:
            called.append((path, before))
        else:
            missed |= not _PREPARES.search(name)
    return missed, called


@lru_cache(maxsize=1 << 12)
def _programs(text: str) -> tuple[tuple[str, str], ...]:
    """The scripts, containers and builds that a command names, each with what stands before it. What only installs or
    fetches hides nothing."""
    if _FETCHES.search(text):
        return ()
    return tuple(
        [
            (next(filter(None, found.groups())), text[max(0, found.start() - BEFORE) : found.start()])
            for found in _PROGRAM.finditer(text)
        ]
    )


def _own(name: str, scripts: _Scripts) -> str:
    """The one script of the repository that a command may mean by this name, "" for none or several."""
    bare = _ROOT.sub("", name)
    return bare if bare in scripts.by_path else scripts.by_ending.get(bare, "")
