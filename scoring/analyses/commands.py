"""Steps that code carries out by commands of a shell instead of calls (glu.7)."""

from scoring.analyses.idioms import of_kind
from scoring.facts import Idiom, PythonFacts
from scoring.findings import Hit, Tally
from scoring.knowledge.steps import OTHER, PIPELINE, PROGRAM, TOOL

CHECKED = ("check_call", "check_output")
"""A tool whose failure raises is held to what it has to do."""
BY_TOOL = "moves or converts data by a tool"
AFTER_A_TOOL = (
    "Hand the command over as a list, let a failure raise (check=True), and look at what it made before the next step "
    "reads it; or call a Python library that does the same."
)


def step_commands(facts: PythonFacts) -> Tally | None:
    """Commands that carry out a step, each counted and one told, over all of the file that are written down."""
    found = of_kind(facts, "command")
    if not found:
        return None
    held = {call.line for call in facts.calls if ("check", "True") in call.keywords or call.name.endswith(CHECKED)}
    told = [(item, what) for item in found if (what := _what(item.detail))]
    left = [(item, what) for item, what in told if not (what == BY_TOOL and item.line in held)]
    hits = tuple([_hit(*left[0], len(left) - 1)] if left else [])
    return Tally(len(found), len(left), hits)


def _what(command: str) -> str:
    """What kind of step a command is, "" for none."""
    if OTHER.search(command):
        return ""
    if PROGRAM.search(command):
        return "runs another program"
    if PIPELINE.search(command):
        return "runs a pipeline of the shell"
    return BY_TOOL if TOOL.search(command) else ""


def _hit(item: Idiom, what: str, others: int) -> Hit:
    """The first of a file speaks for all: who turns one step into a call turns the others with it."""
    more = f" So do {others} more commands of this file." if others > 1 else ""
    more = " So does one more command of this file." if others == 1 else more
    return Hit(
        line=item.line,
        end_line=item.end_line,
        key=f"{item.subject} {item.detail.split(' ')[0]}",
        symbol=item.scope,
        message=f"`{item.detail}` {what}: it is given and gives back text that nothing checks.{more}",
        evidence={"command": item.detail, "commands": others + 1},
        remedy=AFTER_A_TOOL if what == BY_TOOL else "",
    )
