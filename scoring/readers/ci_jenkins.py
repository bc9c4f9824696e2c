"""Jenkinsfiles: Groovy, of which the shell steps, the triggers and the images are read by their form."""

import re

from scoring.facts import CiFacts, Command
from scoring.readers.ci_commands import runs_tests, shown, split_script
from scoring.readers.decoding import text_of

MAX_BYTES = 500_000
MAX_COMMANDS = 2_000

_STEP = re.compile(
    r"\b(?:sh|bat|powershell|pwsh)\b\s*\(?\s*(?:\[?\s*(?:label\s*:\s*['\"][^'\"\n]{0,200}['\"]\s*,\s*)?script\s*:\s*)?"
    r"('''(?:[^'\\]|\\.|'(?!''))*(?:'''|\Z)|\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*(?:\"\"\"|\Z)|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\")",
    re.DOTALL,
)
_COMMENT = re.compile(r"^[ \t]*//[^\n]*$", re.MULTILINE)
_TRIGGER = re.compile(r"\b(cron|pollSCM|upstream|githubPush)\s*\(")
_IMAGE = re.compile(r"\b(?:image|docker)\s*\(?\s*['\"]([^'\"\n]{1,200})['\"]")


def read(data: bytes) -> CiFacts:
    """Raises Unreadable."""
    text = _COMMENT.sub("", text_of(data, MAX_BYTES))
    commands: list[Command] = []
    line, position = 1, 0
    for match in _STEP.finditer(text):
        line += text.count("\n", position, match.start(1))
        position = match.start(1)
        quoted = match[1]
        width = 3 if quoted[:3] in ("'''", '"""') else 1
        commands += split_script(quoted[width:-width], line)
        if len(commands) > MAX_COMMANDS:
            break
    triggers = tuple(dict.fromkeys(match[1] for match in _TRIGGER.finditer(text)))
    tested = tuple(sorted({command.line for command in commands if runs_tests(command.text)}))
    return CiFacts(
        system="jenkins",
        commands=shown(commands[:MAX_COMMANDS]),
        runs_tests=bool(tested),
        test_lines=tested,
        triggers=triggers,
        scheduled="cron" in triggers,
        uses=tuple(sorted({match[1] for match in _IMAGE.finditer(text)})),
    )
