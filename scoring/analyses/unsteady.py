"""Reads that give something else each time or on each machine: clocks and unordered listings (catalogue 4.28, rep.10).

A clock read counts where its value may reach the data or the model. Measuring how long something takes, and naming a
run or a file by the time, change neither, so they are left alone; so is a listing whose order nothing depends on.
"""

import re
from collections.abc import Iterator

from scoring import knowledge
from scoring.facts import PythonFacts
from scoring.findings import Hit, Tally

STOPWATCH = frozenset({"time.time", "time.strftime", "time.localtime"})
"""Read to measure or to name something in nearly every program."""
TIMING = re.compile(
    r"start|begin|\bend|finish|stop|tic|toc|^t\d?$|elapsed|timer?|stamp|since|last|now_?str", re.IGNORECASE
)


def unsteady_reads(facts: PythonFacts) -> Tally | None:
    """Clock reads and unordered listings of one file."""
    if not facts.code_lines:
        return None
    hits = (*_clocks(facts), *_listings(facts))
    return Tally(1, len(hits), tuple(sorted(hits, key=lambda hit: (hit.line, hit.key))))


def _clocks(facts: PythonFacts) -> Iterator[Hit]:
    clocks = [call for call in facts.calls if knowledge.is_call(call.name, "CLOCK")]
    timed = {call.scope for call in clocks if TIMING.search(call.target)}
    dated = [call for call in facts.calls if knowledge.is_call(call.name, "DATED")]
    lines = {(call.scope, call.line) for call in dated}
    named = {(call.scope, call.receiver) for call in dated}
    for call in clocks:
        aside = call.name in STOPWATCH or call.use == "dropped" or call.scope in timed
        if aside or (call.scope, call.line) in lines or (call.target and (call.scope, call.target) in named):
            continue
        yield Hit(
            line=call.line,
            end_line=call.end_line,
            key=call.name,
            symbol=call.scope,
            message=f"{_short(call.name)}() gives another value at each run; what rests on it can't be had again.",
            evidence={"call": call.name},
        )


def _listings(facts: PythonFacts) -> Iterator[Hit]:
    ordered = {(call.scope, name) for call in facts.calls if call.name == "sorted" for name in call.inputs}
    ordered |= {(call.scope, call.receiver) for call in facts.calls if call.name.endswith(".sort") and call.receiver}
    for call in facts.calls:
        if not knowledge.is_call(call.name, "UNORDERED") or call.use in {"orderless", "dropped"}:
            continue
        if call.target and (call.scope, call.target) in ordered:
            continue
        yield Hit(
            line=call.line,
            end_line=call.end_line,
            key=call.name,
            symbol=call.scope,
            message=f"{_short(call.name)} gives its items in no fixed order, so what is made of them differs between "
            "machines.",
            evidence={"call": call.name},
        )


def _short(name: str) -> str:
    return ".".join(name.replace("()", "").lstrip(".").split(".")[-2:])
