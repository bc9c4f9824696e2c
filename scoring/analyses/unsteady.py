"""Reads that give something else each time or on each machine: clocks and unordered listings (catalogue 4.28, rep.10).

A clock read counts where its value may reach the data or the model: in a file that works with frames, arrays or models,
unless it measures how long something takes or names a run or a file by the time. A listing counts where names say that
it lists data, a draw follows or names say that rows are made there, and nothing sorts it; what is listed to be deleted,
copied or counted, or to find the one file that may be there, has no order to keep.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from scoring import knowledge
from scoring.analyses.below import Below
from scoring.analyses.calls import calls_of
from scoring.analyses.memo import Memo
from scoring.analyses.model_paths import training_path
from scoring.analyses.placing import placed
from scoring.analyses.view import PythonFile, View
from scoring.facts import Call, PythonFacts
from scoring.findings import Answer, Hit, Measure, NotApplicable

STOPWATCH = frozenset({"time.time", "time.strftime", "time.localtime"})
"""Read to measure or to name something in nearly every program."""
TIMING = re.compile(
    r"as_?of|start|begin|\bend|finish|stop|tic|toc|^t\d?$|elapsed|timer?|stamp|since|last|now_?str|_at$", re.IGNORECASE
)
TELLS = re.compile(r"^on_|^_?log|print|report|_log(?:s|ger|ging)?$")
"""Functions that say when something happened."""

DATA = re.compile(
    r"images?|imgs?(?:_|\b)|data|(?<!pre)train|test(?!s)|valid|sample|label|mask|text|corpus|audio|wav|video|frame|feature|raw|input|photo"
    r"|documents?(?:_|\b)|record",
    re.IGNORECASE,
)
NO_DATA = re.compile(
    r"out(?:put)?(?:_|s|\b)|check_?point|ckpt|config|cfg|ya?ml|logs?(?:_|\b)|model|weights|tmp|temp|cache|export|results?|artifact"
    r"|plots?|figure|verify|cleanup|save|\.json|\.pth?\b",
    re.IGNORECASE,
)
IN_TURN = re.compile(
    r"(?:^|_)(?:test|eval\w*|predict\w*|infer\w*|submission|count\w*|stat(?:istic)?s|remove\w*|clean\w*|check\w*|convert\w*"
    r"|resize\w*|extract\w*|rename\w*|copy\w*|download\w*)(?:_|$)",
    re.IGNORECASE,
)
"""Functions and notebooks that take each item by itself: what they load for a prediction keeps its name, what they
count its sum."""
MAKES_ROWS = re.compile(r"train|data_?sets?|(?:^|[./_ ])load|data_?load|generator|sampler", re.IGNORECASE)
"""Where the items become the rows of a model, by the function, the class or the path."""
MOVES = re.compile(
    r"^(?:os\.(?:remove|unlink|rename|replace|rmdir|link|symlink)|shutil\.\w+|zipfile\.\w+|tarfile\.\w+|subprocess\.\w+)"
)
NEAR_LINES = 8
"""A listing and what is done with its items stand this close."""
FUNCTION_LINES = 100
"""Within a function, what is listed first may be sorted last."""


class _Reads(NamedTuple):
    clocks: tuple[Hit, ...]
    listings: tuple[Hit, ...]


def unsteady_reads(view: View) -> Answer:
    """Clock reads and unordered listings of files that work with data, per 10 KLOC of ML code.

    Of clocks only those on the way to a model: what serves live data takes the moment it is asked at. Where Python went
    unread or is left out, nobody knows that way, and each clock counts.
    """
    examined = 0
    unknown = view.python_unseen
    hits: list[Hit] = []
    for file in view.ml_once:
        reads = _reads(file)
        if reads is None:
            continue
        examined += 1
        if reads.clocks or reads.listings:
            found = (*(reads.clocks if unknown or file.path in training_path(view) else ()), *reads.listings)
            hits += sorted(found, key=lambda hit: (hit.line, hit.key))
    if not examined:
        return NotApplicable("no file works with data")
    return Measure(len(hits) / view.ten_klocs, examined, tuple(hits))


def _read_file(file: PythonFile) -> _Reads | None:
    facts = file.facts
    if not facts.code_lines or not _works_with_data(facts):
        return None
    found = (_clocks(facts), _listings(facts, file.path))
    clocks, listings = (tuple([placed(hit, file) for hit in hits]) for hits in found)
    return _Reads(clocks, listings)


_reads = Memo(_read_file)


def _works_with_data(facts: PythonFacts) -> bool:
    """Whether it imports frames, arrays or algorithms; a database client alone makes no training path."""
    modules = [item.module for item in facts.imports if item.level == 0]
    return any(
        module.partition(".")[0] == "numpy" or not knowledge.libraries(module).isdisjoint({"ALG", "FRAME"})
        for module in modules
    )


def _clocks(facts: PythonFacts) -> Iterator[Hit]:
    clocks = calls_of(facts, "CLOCK")
    timed = {call.scope for call in clocks if TIMING.search(call.target)}
    dated = calls_of(facts, "DATED")
    lines = {(call.scope, line) for call in dated for line in range(call.line, call.end_line + 1)}
    named = {(call.scope, call.receiver) for call in dated}
    for call in clocks:
        told = call.scope in timed or TELLS.search(call.scope.rpartition(".")[2])
        aside = call.name in STOPWATCH or call.use in {"dropped", "stamped"} or told
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


def _listings(facts: PythonFacts, path: str) -> Iterator[Hit]:
    """Those of which the order reaches a model: a draw follows, or the names say that rows are made there."""
    listings = calls_of(facts, "UNORDERED")
    if not listings or IN_TURN.search(path.rpartition("/")[2].partition(".")[0]):
        return
    sorts = Below(calls_of(facts, "ORDERED"))
    moved = Below(call for call in facts.calls if MOVES.match(call.name))
    draws = Below(call for call in facts.calls if knowledge.drawn_generator(call.name) is not None)
    settled = {n for item in facts.idioms if item.kind == "settled" for n in range(item.line, item.end_line + 1)}
    for call in listings:
        if call.use in {"orderless", "dropped"} or IN_TURN.search(call.scope.rpartition(".")[2]):
            continue
        if not draws.follow(call, 0, FUNCTION_LINES) and not MAKES_ROWS.search(f"{path} {call.scope}"):
            continue
        if not _lists_data(call, path) or sorts.follow(call, 0, NEAR_LINES if not call.scope else FUNCTION_LINES):
            continue
        if moved.follow(call, 0, NEAR_LINES) or call.line in settled:
            continue
        yield Hit(
            line=call.line,
            end_line=call.end_line,
            key=call.name,
            symbol=call.scope,
            message=f"{_short(call.name)} gives its items in no fixed order, so the data made of them differs between "
            "machines.",
            evidence={"call": call.name},
        )


ONE_FILE = re.compile(r"(?:^|[/\s'\"])[^*?\[\]/\s'\"]+\.\w+['\"]?$")
"""The end of a pattern that names one file, wherever that lies."""


MAKES_DATA = re.compile(r"data|loader|train|prepar|preproc|fold|split|featur", re.IGNORECASE)
"""In the path or scope of what reads data to learn from; what applies a model lists as well, and in any order."""


def _lists_data(call: Call, path: str) -> bool:
    if call.name.rpartition(".")[2] in ("glob", "iglob", "rglob") and ONE_FILE.search(call.listed or call.first):
        return False
    listed = call.listed if MAKES_DATA.search(f"{path} {call.scope}") else ""
    words = " ".join((*call.inputs, call.first, listed, call.target, call.receiver, call.scope.rpartition(".")[2]))
    return DATA.search(words) is not None and NO_DATA.search(words) is None


def _short(name: str) -> str:
    return ".".join(name.replace("()", "").lstrip(".").split(".")[-2:])
