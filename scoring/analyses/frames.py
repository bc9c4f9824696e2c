"""Calls on data frames that lose data without a word: merges without keys, results dropped (mls-06, mls-07)."""

import re

from scoring import knowledge
from scoring.analyses.calls import calls_of
from scoring.analyses.memo import Memo
from scoring.facts import Call, NotebookFacts, PythonFacts
from scoring.findings import Hit, Tally

KEYS = frozenset({"on", "left_on", "right_on", "left_index", "right_index", "how", "validate"})
NO_FRAME = re.compile(
    r"^(?:self|cls)$|(?:^|[._])(?:model|index|table|store|client|cfg|conf|config|configs|settings|options|opts|params|args|dict|schema|branch|repo|git|git_repo|pdf|writer"
    r"|merger|heap|heapq|counter|metrics|summary|session|db|conflicts?|collection|node|mesh|image|img|cell|cells)s?(?:\(\))?$",
    re.IGNORECASE,
)
"""What has a merge, drop or sort of its own and is no frame, by its name."""


FRAME_NAME = re.compile(r"(?:^|[_.])(?:df|frame|dataframe)\d*(?:_|$)", re.IGNORECASE)
SHOWING = re.compile(r"\.(?:head|tail|describe|info|value_counts|isnull|dropna|fillna|sort_values|drop|unique|sample)$")


def _uses_frames(facts: PythonFacts) -> bool:
    """Whether the file imports a library of data frames."""
    return any(knowledge.in_library(item.module, "FRAME") for item in facts.imports if item.level == 0)


uses_frames = Memo(_uses_frames)


def merges_without_keys(facts: PythonFacts) -> Tally | None:
    """Merges of frames, and those that name neither keys, nor kind, nor what they expect of them."""
    if not uses_frames(facts):
        return None
    merges = [call for call in calls_of(facts, "MERGE") if not call.receiver or not NO_FRAME.search(call.receiver)]
    if not merges:
        return None
    bare = [call for call in merges if _names_nothing(call)]
    return Tally(len(merges), len(bare), tuple(_merge_hit(call) for call in bare))


def _names_nothing(call: Call) -> bool:
    positional = call.arguments - (0 if _is_method(call) else 1)
    return positional == 1 and not any(name in KEYS or name == "**" for name, _ in call.keywords)


def _is_method(call: Call) -> bool:
    return call.name.startswith(".") or "(" in call.name


def _merge_hit(call: Call) -> Hit:
    frame = call.receiver if _is_method(call) else " and ".join(call.inputs) or "the frames"
    return Hit(
        line=call.line,
        end_line=call.end_line,
        key=f"merge {call.receiver} {' '.join(call.inputs)}".strip(),
        symbol=call.scope,
        message=f"The merge of {frame} joins on whatever columns share a name; a new column changes the keys, and "
        "doubled rows pass unnoticed.",
    )


def results_dropped(facts: PythonFacts) -> Tally | None:
    """Calls that give a new frame, and those whose result goes nowhere."""
    if not uses_frames(facts):
        return None
    calls = [call for call in calls_of(facts, "COPY") if not NO_FRAME.search(call.receiver)]
    if not calls:
        return None
    dropped = [call for call in calls if _is_dropped(call, facts)]
    return Tally(len(calls), len(dropped), tuple(_dropped_hit(call) for call in dropped))


def _is_dropped(call: Call, facts: PythonFacts) -> bool:
    if call.use != "dropped" or any(name in {"inplace", "**"} for name, _ in call.keywords) or not _is_frame(call):
        return False
    if facts.notebook is not None:
        return _goes_on(call, facts, facts.notebook)
    return bool(call.scope) or not _shows_values(facts)


def _is_frame(call: Call) -> bool:
    """A frame by what made it or by its name, that is more than looked at: of what another method gives, the order
    matters to who reads it."""
    if not call.receiver.removeprefix("self.").isidentifier():
        return False
    return call.name.startswith("pandas.") or FRAME_NAME.search(call.receiver) is not None


def _shows_values(facts: PythonFacts) -> bool:
    """Whether a script is a notebook that was exported: its lines show values."""
    return sum(1 for call in facts.calls if call.use == "dropped" and not call.scope and SHOWING.search(call.name)) > 1


def _goes_on(call: Call, facts: PythonFacts, notebook: NotebookFacts) -> bool:
    """In a notebook the last statement of a cell is shown, and so not dropped: some call must follow in the cell."""
    end = next(
        (cell.start + cell.lines for cell in notebook.cells if cell.start <= call.line < cell.start + cell.lines), 0
    )
    return any(call.end_line < other.line < end for other in facts.calls)


def _dropped_hit(call: Call) -> Hit:
    method = call.name.rpartition(".")[2]
    frame = call.receiver or "a frame"
    return Hit(
        line=call.line,
        end_line=call.end_line,
        key=f"{call.receiver}.{method}",
        symbol=call.scope,
        message=f"{frame}.{method}() gives a new frame, and this one goes nowhere: the line has no effect.",
    )
