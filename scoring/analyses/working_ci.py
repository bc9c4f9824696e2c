"""Whether CI does anything with the code, and what of it is out of sight: a file of CI alone says nothing."""

import re
from functools import lru_cache

from scoring.analyses.view import View
from scoring.facts import CiFacts

_BOT = re.compile(
    r"^actions/(?:stale|first-interaction|labeler|checkout|github-script)\b|greet|stale|lock-threads|labeler|auto-?assign"
    r"|welcome|create-or-update-comment|release-drafter|add-to-project|^(?:ubuntu|windows|macos)-",
    re.IGNORECASE,
)
_RUNNER = re.compile(
    r"\b(?:make|tox|nox|just|invoke|inv|task|poe|doit|hatch|dvc|kedro|snakemake|mlflow)\b", re.IGNORECASE
)
"""Runners of targets, whose files are read: they hide which target runs, not what one does."""
_PROGRAM = re.compile(
    r"(\S+\.(?:sh|bash|bat|ps1|cmd))\b|(?:^|\s)(\.{1,2}/[\w./-]+)(?=\s|$)"
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
_PRE_COMMIT = (".pre-commit-config.yaml", ".pre-commit-config.yml")
_HOOK = re.compile(r"\.hooks\.\d+\.(?:id|entry)$")


def has_ci(view: View) -> bool:
    """Whether any job runs a command or an action of its own: bots that greet, label and close issues check nothing."""
    return any(_works(facts) for _, facts in view.ci)


def _works(facts: CiFacts) -> bool:
    return bool(facts.commands) or any(not _BOT.search(name) for name in facts.uses)


@lru_cache(maxsize=1)
def ci_commands(view: View) -> tuple[str, ...]:
    """What CI runs, by place."""
    return tuple([command.text for _, facts in view.ci for command in facts.commands])


@lru_cache(maxsize=1)
def target_commands(view: View) -> tuple[tuple[str, str], ...]:
    """(path, command) of the task files, where CI calls a runner of their targets: some of them, nobody sees which."""
    if not any(map(_RUNNER.search, ci_commands(view))):
        return ()
    return tuple([(entry.path, command.text) for entry, facts in view.tasks for command in facts.commands])


def hooks_of_pre_commit(view: View) -> tuple[str, ...] | None:
    """The ids and commands of the hooks of pre-commit; none without its file, None where that went unread."""
    path = next((path for path in _PRE_COMMIT if path in view.paths), "")
    if not path:
        return ()
    facts = next((facts for entry, facts in view.configs if entry.path == path), None)
    if facts is None or facts.truncated or facts.template:
        return None
    return tuple([item.value for item in facts.settings if _HOOK.search(item.key)])


def commands_of_ci(view: View) -> tuple[str, ...]:
    """What CI runs, and what a target does that it may call."""
    return (*ci_commands(view), *[text for _, text in target_commands(view)])


@lru_cache(maxsize=1)
def runs_out_of_sight(view: View) -> bool:
    """Whether CI, or a target that it may call, starts a script, a container or another workflow whose commands are not
    read. What only installs or fetches is none."""
    if any(".github/workflows/" in name or name.startswith("./") for _, facts in view.ci for name in facts.uses):
        return True
    return any(not _FETCHES.search(text) and _starts_unread(text) for text in commands_of_ci(view))


def _starts_unread(text: str) -> bool:
    named = (next(filter(None, found.groups())) for found in _PROGRAM.finditer(text))
    return any(not _PREPARES.search(name) for name in named)
