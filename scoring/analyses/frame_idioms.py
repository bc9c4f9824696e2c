"""Handling of frames that hides a mistake or costs time (catalogue section 6: mls-01, -03, -05, -08, -17)."""

import re
from collections.abc import Callable

from scoring.analyses.below import Below
from scoring.analyses.calls import calls_of
from scoring.analyses.frames import uses_frames
from scoring.analyses.idioms import of_kind, tallied
from scoring.facts import Idiom, PythonFacts
from scoring.findings import Hit, Tally

MEDIUM_RANK = 2
NEAR_LINES = 6
"""A prediction this close below the head of a loop stands in it: one call of a model for each row."""
OUTWARD = re.compile(r"save|read|load|download|fetch|upload|export|plot|show|print|report|insert|send", re.IGNORECASE)
"""Functions that deal with files, pictures or other programs, by their name."""
FEW = re.compile(
    r"(?:^|_)(?:baselines?|best|candidates?|comparison|config|folds?|grid|importances?|leaderboard|meta|metrics?|models?"
    r"|params?|ranking|report|results?|runs|samples?|scores|stats|summary|top|trials)\d*(?:_|$)",
    re.IGNORECASE,
)
"""Tables of a handful of rows, by a word of their name."""
PICKING = re.compile(
    r"(?:^|_)(?:best|baselines?|compare|comparison|leaderboard|rank(?:ing)?|summar\w+)(?:_|$)", re.IGNORECASE
)
"""Functions that go over such a table, whatever they call it."""


def row_loops(facts: PythonFacts) -> Tally | None:
    """Loops over the rows of a frame that columns could do, one hit for each."""
    if not uses_frames(facts):
        return None
    loops = [item for item in of_kind(facts, "rows") if _is_slow(item)]
    predictions = Below(calls_of(facts, "PRED")) if loops else Below(())
    hits = tuple(
        Hit(
            line=item.line,
            end_line=item.end_line,
            key=f"{item.subject}.iterrows",
            symbol=item.scope,
            severity=MEDIUM_RANK if (predicts := predictions.follow(item, 1, NEAR_LINES)) else 0,
            message=f"The loop goes through {item.subject or 'a frame'} row by row"
            f"{' and predicts one row at a time' if predicts else ''}: each row becomes a Series, types are lost on "
            f"the way, and it is far slower than working on {'all rows at once' if predicts else 'whole columns'}.",
        )
        for item in loops
    )
    return Tally(facts.code_lines, len(hits), hits) if facts.code_lines else None


def _is_slow(loop: Idiom) -> bool:
    """A table made in place is a small one, and so is one of results; what saves or shows takes its time elsewhere."""
    name, scope = loop.subject.rpartition(".")[2].removesuffix("[]"), loop.scope.rpartition(".")[2]
    return not (name.endswith("()") or FEW.search(name) or PICKING.search(scope) or OUTWARD.search(scope))


def chained_stores(facts: PythonFacts) -> Tally | None:
    """Stores into a part of a part of a frame."""
    return _each(facts, "chained", _chained_message)


def _chained_message(item: Idiom) -> str:
    return (
        f"The value is stored into a part of a part of {item.subject or 'a frame'}, which may be a copy: with "
        "copy-on-write the frame stays as it was."
    )


def filled_columns(facts: PythonFacts) -> Tally | None:
    """New columns of zeros or empty strings of which a part is then set."""
    return _each(facts, "filled", _filled_message)


def _filled_message(item: Idiom) -> str:
    return (
        f"{item.subject} begins as {item.detail} and is set for some rows below: the rows that nothing set can't be "
        "told from those whose value it is."
    )


def _each(facts: PythonFacts, kind: str, message: Callable[[Idiom], str]) -> Tally | None:
    if not facts.code_lines or not uses_frames(facts):
        return None
    return tallied(facts, of_kind(facts, kind), lambda item: item.subject or kind, message)


def values_attributes(facts: PythonFacts) -> Tally | None:
    """The values attribute of frames; one hit a file, at the first place. In a notebook a person looks at what comes
    back, and it goes nowhere else."""
    if not facts.code_lines or not uses_frames(facts) or facts.notebook is not None:
        return None
    items = of_kind(facts, "values")
    if not items:
        return Tally(facts.code_lines)
    first = items[0]
    times = "once" if len(items) == 1 else f"{len(items)} times"
    hit = Hit(
        line=first.line,
        end_line=first.end_line,
        key="values",
        symbol=first.scope,
        message=f"This file asks a frame or a column for .values {times}, first of {first.subject}: what comes back, "
        "and of which type, depends on the columns; to_numpy() lets you say it.",
        evidence={"times": len(items)},
    )
    return Tally(facts.code_lines, len(items), (hit,))


def grown_tensors(facts: PythonFacts) -> Tally | None:
    """What a loop makes longer at each turn, one hit for each place."""
    if not facts.code_lines:
        return None
    return tallied(facts, of_kind(facts, "grown"), lambda item: item.subject, _grown_message)


def _grown_message(item: Idiom) -> str:
    return (
        f"{item.detail} copies the whole of `{item.subject}` at each turn of the loop, so that time and memory grow "
        "with the square of its length."
    )
