"""Cleaning that says nothing of what it drops or changes (catalogue: dat.6).

Counted where the data itself is replaced: rows with any gap dropped, whole frames filled with one value, values that
don't parse made into gaps, lines that don't fit passed over, failed reads passed over, all warnings muted.
"""

import re
from collections.abc import Iterator

from scoring import knowledge
from scoring.analyses.calls import has_call
from scoring.analyses.frames import uses_frames
from scoring.analyses.python_file import prepares
from scoring.facts import Call, Idiom, PythonFacts
from scoring.findings import Hit, Tally

CONVERSIONS = frozenset({"pandas.to_numeric", "pandas.to_datetime", "pandas.to_timedelta"})
PARTIAL = frozenset({"subset", "thresh", "how", "axis", "**"})
BLANK = frozenset({"''", '""'})
"""Between texts that are put together a gap is nothing."""
FILLERS = frozenset({"0", "0.0", "-1", "''", '""', "-999", "-9999"})
SHOWING = re.compile(
    r"(?:^|_)(?:plot|show|print|display|describe|summari[sz]e|curves?|report|draw|count|stats|infer|detect|guess|optimi[sz]e|is|looks?|dtypes?)(?:_|$)",
    re.IGNORECASE,
)
"""Functions that look at data or find out of which type it is, by their name."""
SERIES = frozenset({"x", "y", "s", "v", "ser", "series", "col", "column", "values", "vals"})
"""Names of a single column: it has no gaps but its own."""
COUNTED = ("pivot", "count", "crosstab", "unstack", "dummies", "groupby", "matrix", "freq", "percent", "proportion")
"""Where a gap means that there was nothing to count, zero is the value."""


def silent_cleaning(facts: PythonFacts) -> Tally | None:
    """Places of one file that works with frames, over its lines; told is the first of each kind in a function."""
    if not facts.code_lines or not uses_frames(facts):
        return None
    counted = {(item.scope, item.subject) for item in facts.idioms if item.kind == "counted"}
    calls = [call for call in facts.calls if (call.scope, call.receiver) not in counted]
    calls = [call for call in calls if not SHOWING.search(call.scope.rpartition(".")[2])]
    calls = [call for call in calls if call.name not in CONVERSIONS or (call.scope, call.target) not in counted]
    hits = [hit for call in calls for hit in _of_call(call)]
    hits += [_of_swallowed(item) for item in facts.idioms if item.kind == "swallowed"]
    # What pandas warns of matters where data is read, split or transformed; that it is muted is everybody's habit.
    muted = any(item.kind == "muted" for item in facts.idioms) and (has_call(facts, "TABLE") or prepares(facts))
    hits.sort(key=lambda hit: (hit.line, hit.key))
    told = {(hit.symbol, hit.key.partition(" ")[0]): hit for hit in reversed(hits)}
    return Tally(facts.code_lines, len(hits) + muted, tuple(sorted(told.values(), key=lambda hit: (hit.line, hit.key))))


def _of_call(call: Call) -> Iterator[Hit]:
    keywords = dict(call.keywords)
    method = call.name.rpartition(".")[2]
    frame = call.receiver or "the frame"
    if call.name in CONVERSIONS and keywords.get("errors") in {"'coerce'", "'ignore'"}:
        what = "turns what it can't parse into gaps" if "coerce" in keywords["errors"] else "leaves what it can't parse"
        yield _hit(call, method, f"{method} with errors={keywords['errors']} {what}, and nothing counts how many.")
    elif knowledge.is_call(call.name, "UNTYPED") and (how := _skips(keywords)):
        yield _hit(call, method, f"{method} with {how} passes over lines that don't fit, and nothing counts them.")
    elif method == "dropna" and knowledge.is_call(call.name, "COPY") and _replaces(call, keywords):
        if _is_whole(call) and PARTIAL.isdisjoint(keywords) and not call.arguments:
            yield _hit(call, "dropna", f"{frame}.dropna() drops every row with a gap in any column, and nothing says "
                       "how many went or why.")  # fmt: skip
    elif method == "fillna" and knowledge.is_call(call.name, "COPY") and _replaces(call, keywords):
        value = call.first or keywords.get("value", "")
        text = value in BLANK and "text" in frame.lower()
        if value in FILLERS and _is_whole(call) and not _counts(call) and not text:
            yield _hit(call, "fillna", f"{frame}.fillna({value}) fills the gaps of every column with {value}, which "
                       "the model can't tell from a measured value.")  # fmt: skip


def _skips(keywords: dict[str, str]) -> str:
    for name, values in (
        ("on_bad_lines", {"'skip'"}),
        ("error_bad_lines", {"False"}),
        ("encoding_errors", {"'ignore'"}),
    ):
        if keywords.get(name) in values:
            return f"{name}={keywords[name]}"
    return ""


def _replaces(call: Call, keywords: dict[str, str]) -> bool:
    """Whether the frame itself is replaced, and not a passing copy of it."""
    return keywords.get("inplace") == "True" or (bool(call.target) and call.target == call.receiver)


def _is_whole(call: Call) -> bool:
    """A frame by its name, and no column of it; a name that begins with _ is a passing one."""
    name = call.receiver.removeprefix("self.")
    return name.isidentifier() and not name.startswith("_") and name not in SERIES


def _counts(call: Call) -> bool:
    words = f"{call.name} {call.receiver} {call.target}".lower()
    return any(word in words for word in COUNTED)


def _of_swallowed(item: Idiom) -> Hit:
    callee = item.subject.rpartition(".")[2]
    message = f"If {callee} fails, for whatever reason, the failure is passed over and the data is missing."
    return Hit(line=item.line, end_line=item.end_line, key="swallowed", symbol=item.scope, message=message)


def _hit(call: Call, key: str, message: str) -> Hit:
    return Hit(
        line=call.line,
        end_line=call.end_line,
        key=f"{key} {call.receiver} {' '.join(call.inputs)}".strip(),
        symbol=call.scope,
        message=message,
    )
