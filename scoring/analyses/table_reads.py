"""Tables read into frames: without column types, and with every column (catalogue: pod.4, udd.2, mls-04).

Nearly all public code reads this way, so a file gets one finding with its count, at the first such read.
"""

import re
from collections.abc import Iterator, Sequence

from scoring import knowledge
from scoring.analyses.calls import calls_of
from scoring.facts import Call, PythonFacts
from scoring.findings import Hit, Tally

TYPES = frozenset({"dtype", "dtypes", "schema", "schema_overrides", "converters", "**"})
COLUMNS = frozenset({"usecols", "columns", "names", "**"})
EVERY_COLUMN = re.compile(r"\bselect\s+(?:distinct\s+)?(?:\w+\.)?\*\s+from\b", re.IGNORECASE)
WHOLE = ("read_json", "read_hdf")
"""Formats without columns to choose; a store of HDF5 takes them only where it was written as a table."""
IN_MEMORY = ("StringIO", "BytesIO")
ASIDE = re.compile(r"plot|evolve|benchmark|print|visuali[sz]|report", re.IGNORECASE)
"""Functions that show results, by their name: what they read trains nothing."""
SELECT = re.compile(r"\bselect\b", re.IGNORECASE)


def untyped_reads(facts: PythonFacts) -> Tally | None:
    """Reads of tables, and those of a format without types that name none; a schema library in the file vouches."""
    reads = list(table_reads(facts))
    if not reads:
        return None
    checked = any(knowledge.in_library(item.module, "VALID") for item in facts.imports if item.level == 0)
    bare = [] if checked else [call for call in reads if _is_untyped(call)]
    return Tally(len(reads), len(bare), _one(bare, "untyped", _untyped_message(bare, len(reads))))


def whole_reads(facts: PythonFacts) -> Tally | None:
    """Reads of tables that could choose columns, and those that take every one and of which no list of columns is then
    taken; a list of features in the file speaks for all of its reads."""
    picked = {item.line for item in facts.idioms if item.kind == "picked"}
    chosen = {(item.scope, item.subject) for item in facts.idioms if item.kind == "chosen"}
    listed = any(not subject for _, subject in chosen)
    told = [(call, whole) for call in table_reads(facts) if (whole := _takes_all(call)) is not None]
    if not told:
        return None
    bare = [] if listed else [call for call, whole in told if whole and call.line not in picked]
    bare = [call for call in bare if (call.scope, call.target) not in chosen]
    return Tally(len(told), len(bare), _one(bare, "every column", _whole_message(bare, len(told))))


def loose_reads(facts: PythonFacts) -> Tally | None:
    """Reads with neither types nor columns, over the lines of the file; pod.4 and udd.2 show the places."""
    if not facts.code_lines:
        return None
    bare = [call for call in table_reads(facts) if _is_untyped(call) and _takes_all(call)]
    return Tally(facts.code_lines, len(bare))


def table_reads(facts: PythonFacts) -> Iterator[Call]:
    """Those that read a file or a database into what the program works on."""
    reads = calls_of(facts, "TABLE")
    if not reads:
        return
    in_memory = {call.line for call in facts.calls if call.name.endswith(IN_MEMORY)}
    for call in reads:
        if call.line not in in_memory and not ASIDE.search(call.scope) and not _is_glance(call, reads):
            yield call


def _is_glance(call: Call, reads: Sequence[Call]) -> bool:
    """A look at the first rows before the same function reads the table."""
    if not _is_cut(call):
        return False
    return any(other.scope == call.scope and other.name == call.name and not _is_cut(other) for other in reads)


def _is_cut(call: Call) -> bool:
    return any(name == "nrows" and value for name, value in call.keywords)


def _is_untyped(call: Call) -> bool:
    return knowledge.is_call(call.name, "UNTYPED") and TYPES.isdisjoint(name for name, _ in call.keywords)


def _takes_all(call: Call) -> bool | None:
    """None where the caller decides or a query that is not written here, or the format has no columns to choose."""
    if call.scope and not call.target:
        return None
    if ".read_sql" in call.name or call.name.endswith("read_gbq"):
        if not SELECT.search(call.first):
            return None
        return EVERY_COLUMN.search(call.first) is not None
    if call.name.endswith(WHOLE):
        return None
    return COLUMNS.isdisjoint(name for name, _ in call.keywords)


def _one(bare: list[Call], key: str, message: str) -> tuple[Hit, ...]:
    if not bare:
        return ()
    first = bare[0]
    hit = Hit(
        line=first.line,
        end_line=first.end_line,
        key=key,
        symbol=first.scope,
        message=message,
        evidence={"reads": len(bare)},
    )
    return (hit,)


def _how_many(bare: list[Call], reads: int) -> str:
    if reads == 1:
        return "The one table read in this file"
    every = "Both tables" if reads == 2 else f"All {reads} tables"
    return f"{every} read in this file" if len(bare) == reads else f"{len(bare)} of {reads} tables read here"


def _callee(bare: list[Call]) -> str:
    return bare[0].name.rpartition(".")[2] if bare else ""


def _untyped_message(bare: list[Call], reads: int) -> str:
    takes = "takes its" if len(bare) == 1 and reads == 1 else "take their"
    return (
        f"{_how_many(bare, reads)}, first by {_callee(bare)}, {takes} column types from whatever the rows look like: "
        "an odd value turns numbers into text without an error."
    )


def _whole_message(bare: list[Call], reads: int) -> str:
    takes = "brings" if len(bare) == 1 and reads == 1 else "bring"
    return (
        f"{_how_many(bare, reads)}, first by {_callee(bare)}, {takes} in every column there is: one that is added "
        "at the source comes along unseen."
    )
