"""Whether CI does anything with the code, and what of it is out of sight: a file of CI alone says nothing."""

import re
from functools import lru_cache

from scoring.analyses.ci_scripts import followed
from scoring.analyses.view import View
from scoring.facts import LINK, CiFacts

_BOT = re.compile(
    r"^actions/(?:stale|first-interaction|labeler|checkout|github-script)\b|greet|stale|lock-threads|labeler|auto-?assign"
    r"|welcome|create-or-update-comment|release-drafter|add-to-project|^(?:ubuntu|windows|macos)-",
    re.IGNORECASE,
)
_PRE_COMMIT = (".pre-commit-config.yaml", ".pre-commit-config.yml")
_HOOK = re.compile(r"\.hooks\.\d+\.(?:id|entry)$")


def has_ci(view: View) -> bool:
    """Whether any job runs a command or an action of its own: bots that greet, label and close issues check nothing."""
    return any(_works(facts) for _, facts in view.ci)


def _works(facts: CiFacts) -> bool:
    return bool(facts.commands) or any(not _BOT.search(name) for name in facts.uses)


_OF_CI = frozenset({"ci", "task"})
_AGENT = "pool.vmImage"
"""A setting of a pipeline of Azure, which may lie under any name."""

_ELSEWHERE = (".pipeline/",)
"""Folders of definitions whose steps are not followed: Wikimedia's."""


@lru_cache(maxsize=1)
def ci_unread(view: View) -> bool:
    """Whether a definition of CI, a task file or a link that may lead to a folder of them went unread, or a definition
    lies where none is looked for."""
    if any(
        entry.path.startswith(_ELSEWHERE) or any(item.key.endswith(_AGENT) for item in facts.settings)
        for entry, facts in view.configs
    ):
        return True
    return not view.component.complete or any(
        entry.skipped and (not entry.roles.isdisjoint(_OF_CI) or (entry.skipped == LINK and _may_be_folder(entry.path)))
        for entry in view.files
    )


def _may_be_folder(path: str) -> bool:
    return "." not in path.rpartition("/")[2].lstrip(".")


def ci_commands(view: View) -> tuple[str, ...]:
    """What CI runs, by place, and after it what the scripts do that it calls."""
    return tuple([text for _, _, text in followed(view).surely])


def target_commands(view: View) -> tuple[tuple[str, str], ...]:
    """(path, command) of what CI may run: where it calls targets of task files, or scripts that choose by arguments,
    some of them, nobody sees which."""
    return followed(view).perhaps


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
    """What CI runs, and what a target or a script does that it may call."""
    return (*ci_commands(view), *[text for _, text in target_commands(view)])


def runs_out_of_sight(view: View) -> bool:
    """Whether CI, or a target that it may call, starts a script, a container or another workflow whose commands are not
    read. What only installs or fetches is none."""
    return followed(view).unseen
