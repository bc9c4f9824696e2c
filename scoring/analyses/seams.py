"""Where Python calls into another language's runtime (mul.2)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from scoring.facts import Call, PythonFacts
from scoring.knowledge.structure import RUNTIME_CALLS, RUNTIME_COMMANDS, RUNTIMES

_STARTS = re.compile(r"(?:subprocess\.(?:run|call|check_call|check_output|Popen|getoutput)|os\.(?:system|popen))$")
_WORD = re.compile(r"[\w.+-]+")


class Seam(NamedTuple):
    """The first place of a file where one language's runtime is entered in one way."""

    line: int
    language: str
    way: str
    scope: str


def seams(facts: PythonFacts) -> tuple[Seam, ...]:
    """By line; each way of a file once."""
    found: dict[str, Seam] = {}
    for seam in sorted(_all(facts)):
        found.setdefault(seam.way, seam)
    return tuple(found.values())


def _all(facts: PythonFacts) -> Iterator[Seam]:
    for item in facts.imports:
        root = item.module.partition(".")[0]
        if root in RUNTIMES and item.level == 0 and not item.guarded:
            yield Seam(item.line, RUNTIMES[root], root, "")
    for call in facts.calls:
        if call.name in RUNTIME_CALLS:
            yield Seam(call.line, RUNTIME_CALLS[call.name], call.name, call.scope)
        elif call.first and (command := _command(call)) in RUNTIME_COMMANDS:
            yield Seam(call.line, RUNTIME_COMMANDS[command], f"a subprocess of {command}", call.scope)


def _command(call: Call) -> str:
    """The program that a call with a literal command starts, a shell before it left aside; "" where nobody knows."""
    if _STARTS.match(call.name) is None:
        return ""
    words = [word for word in _WORD.findall(call.first) if word not in ("bash", "sh", "-c", "sudo")]
    return words[0] if words else ""
