"""Whether CI does anything with the code: a file of CI alone says nothing."""

import re

from scoring.analyses.view import View
from scoring.facts import CiFacts

_BOT = re.compile(
    r"^actions/(?:stale|first-interaction|labeler|checkout|github-script)\b|greet|stale|lock-threads|labeler|auto-?assign"
    r"|welcome|create-or-update-comment|release-drafter|add-to-project|^(?:ubuntu|windows|macos)-",
    re.IGNORECASE,
)


def has_ci(view: View) -> bool:
    """Whether any job runs a command or an action of its own: bots that greet, label and close issues check nothing."""
    return any(_works(facts) for _, facts in view.ci)


def _works(facts: CiFacts) -> bool:
    return bool(facts.commands) or any(not _BOT.search(name) for name in facts.uses)
