"""Shell scripts as the commands that they hold, in their order; what they do with them is not followed."""

import re

from scoring.facts import TaskFacts
from scoring.readers.base import Reader, Unreadable
from scoring.readers.ci_commands import shown, split_script
from scoring.readers.decoding import cut_lines, text_of

VERSION = 1
MAX_BYTES = 500_000
"""What is longer carries data."""
MAX_COMMANDS = 2_000

_HEREDOC = re.compile(r"(?<!<)<<-?\s*(?:\"([^\"]+)\"|'([^']+)'|\\?([\w.!-]+))")
_OPENS_FUNCTION = re.compile(r"^(?:function\s+[\w:.-]+\s*(?:\(\s*\))?|[\w:.-]+\s*\(\s*\))\s*\{?$")


def _read(data: bytes) -> TaskFacts:
    """The lines as commands; what a here-document hands to one of them is text and left out, and so is the line that
    opens a function. What no line ends is no here-document: a shift of bits, a remark, a string."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too large")
    told = list(cut_lines(text_of(data)))
    last = {line.strip(): at for at, line in enumerate(told)}
    lines, ends = [], ""
    for at, line in enumerate(told):
        if ends:
            ends = "" if line.strip() == ends else ends
            lines.append("")
            continue
        opened = _HEREDOC.search(line) if "<<" in line and not line.lstrip().startswith("#") else None
        word = next(filter(None, opened.groups())) if opened else ""
        ends = word if last.get(word, -1) > at else ""
        lines.append("" if _OPENS_FUNCTION.match(line.strip()) else line)
    commands = split_script("\n".join(lines), 1)
    if len(commands) > MAX_COMMANDS:
        raise Unreadable("too many commands")
    return TaskFacts(tool="shell", commands=shown(commands))


READERS = (Reader("shell", VERSION, _read),)
