"""Running the signals of one component: facts in, results and findings out (catalogue 2.5, 2.6).

A per-file signal is computed once per blob and kept in a `TallyCache` between the weeks of a history; identical
files count once, in their first place. Whether a row is measured at all is told here; `outcomes` says what an answer
comes to.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from scoring.analyses.memo import next_snapshot
from scoring.analyses.view import PythonFile, View
from scoring.debts import all_debts
from scoring.facts import Component, FileEntry, FileFacts, NotebookFacts, PythonFacts
from scoring.findings import (
    COUNT,
    DENSITY,
    REPOSITORY,
    SHARE,
    Answer,
    Finding,
    Hit,
    Measure,
    NotApplicable,
    Signal,
    SignalResult,
    Tally,
    Unknown,
)
from scoring.location import locate
from scoring.outcomes import to_result
from scoring.readers.notebook import cell_and_line

FILES_ALONE = REPOSITORY - {"GIT"}
"""Sources that a commit fixes by itself; the others change with the moment."""

DEFECTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a faulty signal raises: it costs that signal. A time limit or the end of memory costs the scan, and passes."""

NO_CODE = "the component holds no code"

ABSENT = {
    "LIN": "no lineage is connected",
    "MON": "no monitoring is connected",
    "XR": "needs the join over several repositories",
    "ATT": "nobody has answered this question yet",
}


_encode = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True)
class Measured:
    """What all signals say: results in the order of the ruler, findings by place."""

    results: tuple[SignalResult, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One per-file signal on one blob at one path."""

    examined: int
    count: float
    findings: tuple[Finding, ...]


_Population = list[tuple[FileEntry, FileFacts, dict[str, _Reading | None]]]


class TallyCache:
    """Per-file results by (path, blob), kept between the moments of one history. Those of other files are let go
    when a snapshot begins."""

    def __init__(self) -> None:
        self._readings: dict[tuple[str, str], dict[str, _Reading | None]] = {}
        self.python: dict[tuple[str, str], PythonFile] = {}
        self._snapshot: tuple[object, ...] = ()
        self._view: View | None = None
        self._answers: dict[str, tuple[SignalResult, tuple[Finding, ...]]] = {}
        self._last: dict[str, tuple[Answer, float, SignalResult, tuple[Finding, ...]]] = {}
        self._populations: tuple[View | None, dict[tuple[object, str], _Population]] = (None, {})

    def view_of(self, component: Component) -> View:
        """The component's view. A quiet week repeats the commit of the week before it: only history and time moved."""
        snapshot = (
            *(component.commit, component.path, component.profile, component.excluded, component.complete),
            component.files,  # the same tuple while the snapshot stands, so that comparing it costs nothing
        )
        if self._view is None or snapshot != self._snapshot:
            self._snapshot, self._answers = snapshot, {}
            next_snapshot()
            self._keep_only(component.files)
            self._view = View(component, self.python)
        else:
            self._view.move(component)
        return self._view

    def answers_of(self, view: View) -> dict[str, tuple[SignalResult, tuple[Finding, ...]]]:
        """What the signals that read files alone said of this very snapshot already; empty for another's view."""
        return self._answers if view is self._view else {}

    def result_of(
        self, signal: Signal, answer: Answer, unread: float, remedy: str
    ) -> tuple[SignalResult, tuple[Finding, ...]]:
        """The answer as a result with its findings; an answer that repeats the last one is not worked out again."""
        last = self._last.get(signal.id)
        # Equal is not enough: 1 equals 1.0 and True, and each is written otherwise.
        if last is not None and last[1] == unread and last[0] == answer and _encode(last[0]) == _encode(answer):
            return last[2], last[3]
        found = locate(signal, answer.hits, remedy) if isinstance(answer, Measure) else ()
        result = to_result(signal, answer, unread, len(found))
        self._last[signal.id] = (answer, unread, result, found)
        return result, found

    def population_of(self, signal: Signal, view: View) -> _Population:
        """The files that a per-file signal reads, identical ones once, each with what is known of it."""
        if self._populations[0] is not view:
            self._populations = (view, {})
        known = self._populations[1]
        scope = (signal.reads, signal.scope)
        if scope not in known:
            once: dict[str, tuple[FileEntry, FileFacts]] = {}
            for entry, facts in _in_scope(signal, view):
                once.setdefault(entry.blob, (entry, facts))
            known[scope] = [
                (entry, facts, self._readings.setdefault((entry.path, entry.blob), {}))
                for entry, facts in once.values()
            ]
        return known[scope]

    def _keep_only(self, entries: Iterable[FileEntry]) -> None:
        wanted = {(entry.path, entry.blob) for entry in entries}
        self._readings = {key: value for key, value in self._readings.items() if key in wanted}


def measure(view: View, tallies: TallyCache | None = None) -> Measured:
    """Run every signal of the ruler on the view."""
    tallies = tallies or TallyCache()
    results: list[SignalResult] = []
    findings: list[Finding] = []
    known = tallies.answers_of(view)
    for debt in all_debts():
        for signal in debt.rows.values():
            answer = known.get(signal.id) or _run(signal, debt.ml_only, _remedy(debt.slug), view, tallies)
            if signal.sources <= FILES_ALONE and not signal.dated:
                known[signal.id] = answer
            result, found = answer
            results.append(result)
            findings.extend(found)
    findings.sort(key=lambda finding: (finding.path, finding.line, finding.signal, finding.id))
    return Measured(tuple(results), tuple(findings))


@cache
def _remedy(slug: str) -> str:
    return next(debt.paragraph("Remedy") for debt in all_debts() if debt.slug == slug)


def _run(
    signal: Signal, ml_only: bool, remedy: str, view: View, tallies: TallyCache
) -> tuple[SignalResult, tuple[Finding, ...]]:
    if (barred := _barred(signal, ml_only, view)) is not None:
        return tallies.result_of(signal, barred, 0.0, remedy)
    if signal.reads is not None:
        return _run_per_file(signal, remedy, view, tallies)
    unread = _unread(signal, view)
    try:
        answer: Answer = signal.function(view) if signal.function else Unknown("not built yet")
    except DEFECTS as error:
        return to_result(signal, Unknown(f"the signal failed ({type(error).__name__})"), unread, error=True), ()
    return tallies.result_of(signal, answer, unread, remedy)


def _barred(signal: Signal, ml_only: bool, view: View) -> Answer | None:
    """Why a row is not measured at all: it does not apply, or its source is not there."""
    if not view.has_code:
        return Unknown("settings leave all of its code out") if view.left_out else NotApplicable(NO_CODE)
    if ml_only and not view.ml_code:
        return (
            Unknown("files went unread or are left out, so ML code may be there")
            if view.ml_undecided
            else NotApplicable("no ML code found")
        )
    if signal.applies is not None:
        applies = signal.applies(view)
        if applies is None:
            return Unknown("whether it applies could not be told")
        if not applies:
            return NotApplicable("nothing here that it speaks of")
    if signal.built:
        return None
    outside = sorted(signal.sources - REPOSITORY)
    return Unknown(ABSENT[outside[0]] if outside else "not measured by this version")


def _unread(signal: Signal, view: View) -> float:
    sources = signal.sources | frozenset(signal.also.split("+"))
    return max(view.unread(source) for source in sources)


# ---------------------------------------------------------------- per-file signals


def _run_per_file(
    signal: Signal, remedy: str, view: View, tallies: TallyCache
) -> tuple[SignalResult, tuple[Finding, ...]]:
    examined, count = 0, 0.0
    findings: list[Finding] = []
    name = signal.id
    try:
        for entry, facts, known in tallies.population_of(signal, view):
            if name in known:
                reading = known[name]
            else:
                reading = known[name] = _read_one(signal, remedy, entry, facts)
            if reading is not None:
                examined += reading.examined
                count += reading.count
                findings.extend(reading.findings)
    except DEFECTS as error:
        answer: Answer = Unknown(f"the signal failed ({type(error).__name__})")
        return to_result(signal, answer, _unread(signal, view), error=True), ()
    if examined == 0:
        return to_result(signal, NotApplicable("nothing of the kind in the files read"), _unread(signal, view)), ()
    answer = Measure(_value(signal, count, examined, view), examined)
    return to_result(signal, answer, _unread(signal, view), len(findings)), tuple(findings)


def _in_scope(signal: Signal, view: View) -> Iterator[tuple[FileEntry, FileFacts]]:
    if signal.reads is PythonFacts:
        files: Sequence[PythonFile] = {"ml": view.ml, "product": view.product, "all": view.python}[signal.scope]
        for file in files:
            yield file.entry, file.facts
    else:
        assert signal.reads is not None
        yield from view.of(signal.reads)


def _read_one(signal: Signal, remedy: str, entry: FileEntry, facts: FileFacts) -> _Reading | None:
    assert signal.function is not None
    tally: Tally | None = signal.function(facts)
    if tally is None:
        return None
    notebook = facts.notebook if isinstance(facts, PythonFacts) else None
    hits = [_placed(hit, entry.path, notebook) for hit in tally.hits]
    return _Reading(tally.examined, tally.count, locate(signal, hits, remedy) if hits else ())


def _placed(hit: Hit, path: str, notebook: NotebookFacts | None) -> Hit:
    """A hit at its path; in a notebook its line is that of the cell, and the cell is named."""
    line, end_line, evidence = hit.line, hit.end_line, hit.evidence
    if notebook is not None:
        cell, line = cell_and_line(notebook, hit.line)
        end_line = line + max(0, hit.end_line - hit.line)
        evidence = {**evidence, "cell": cell}
    return Hit(
        line=line,
        end_line=end_line,
        message=hit.message,
        key=hit.key,
        path=path,
        symbol=hit.symbol,
        severity=hit.severity,
        evidence=evidence,
    )


def _value(signal: Signal, count: float, examined: int, view: View) -> float:
    """The measure of a per-file signal over its population (catalogue 2.5, rule 1)."""
    if signal.kind == SHARE:
        return count / examined
    if signal.kind == COUNT:
        return count / max(1.0, view.ml_kloc / 10)
    if signal.kind == DENSITY:
        return count / max(view.ml_kloc if signal.scope == "ml" else view.kloc, 5.0)
    return count
