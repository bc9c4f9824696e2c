"""Running the signals of one component: facts in, results and findings out (catalogue 2.5, 2.6).

A per-file signal is computed once per blob and kept in a `TallyCache` between the weeks of a history; identical
files count once, in their first place. Whether a row is measured at all is told here; `outcomes` says what an answer
comes to.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter, is_
from typing import NamedTuple

import msgspec

from scoring.analyses.view import Known, View
from scoring.debts import all_debts, while_they_stand
from scoring.facts import Component
from scoring.findings import (
    COUNT,
    DENSITY,
    REPOSITORY,
    SHARE,
    Answer,
    Finding,
    Measure,
    NotApplicable,
    Outcome,
    Signal,
    SignalResult,
    Unknown,
)
from scoring.location import locate
from scoring.outcomes import to_result
from scoring.tallying import DEFECTS, Group, Readings, Tallier, Total, group_of, kloc_of, told_of

FILES_ALONE = REPOSITORY - {"GIT"}
"""Sources that a commit fixes by itself; the others change with the moment."""

NO_CODE = "the component holds no code"
UNDECIDED = "whether it applies could not be told"
NOTHING_SPOKEN_OF = "nothing here that it speaks of"

ABSENT = {
    "LIN": "no lineage is connected",
    "MON": "no monitoring is connected",
    "XR": "needs the join over several repositories",
    "ATT": "nobody has answered this question yet",
}
UNBUILT = "not measured by this version"


class Failed(msgspec.Struct, frozen=True):
    """An operator's own signal gave no answer: why, in words that follow "it"."""

    reason: str


AskOwn = Callable[[Signal, View], Answer | Failed]
"""How an operator's own signals are asked: by a child with limits (`scoring.custom.asking`)."""

_encode = msgspec.msgpack.Encoder().encode
_PLACE = attrgetter("path", "line", "signal", "id")


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What all signals say: results in the order of the ruler, findings by place. The same only as itself, since 1
    equals 1.0 and each is written otherwise."""

    results: tuple[SignalResult, ...]
    findings: tuple[Finding, ...]


class _Row(NamedTuple):
    """A signal with what never changes of it between two components."""

    signal: Signal
    remedy: str
    ml_only: bool
    of_files_alone: bool
    """Its answer stands while the snapshot does; so does that nobody has built it. Never an operator's own: what it
    reads is not ours to know."""
    sources: tuple[str, ...]
    """Those whose unread files it saw less of."""
    absent: str
    """Why it says nothing as long as nobody has built it."""


Told = tuple[SignalResult, tuple[Finding, ...]]
"""A signal's result with its findings."""


class _Kept(NamedTuple):
    """The last answer to a signal, as it is written, and what was made of it."""

    answer: Answer
    written: bytes
    unread: float
    told: Told


class TallyCache:
    """What is kept between the moments of one history: files and what was read of each, while they stand, and the last
    answers."""

    def __init__(self) -> None:
        self._readings: dict[Group, Readings] = {}
        self._totals: tuple[View | None, dict[Group, dict[str, Total]]] = (None, {})
        self._files: Known = {}
        self._snapshot: tuple[object, ...] = ()
        self._view: View | None = None
        self._answers: dict[str, Told] = {}
        self._last: dict[str, _Kept] = {}
        self._measured: tuple[Sequence[Told], Measured] = ((), Measured((), ()))

    def view_of(self, component: Component) -> View:
        """The component's view. A quiet week repeats the commit of the week before it: only history and time moved."""
        snapshot = (
            *(component.commit, component.path, component.profile, component.excluded, component.complete),
            component.files,  # the same tuple while the snapshot stands, so that comparing it costs nothing
        )
        if self._view is None or snapshot != self._snapshot:
            self._snapshot, self._answers = snapshot, {}
            self._view = View(component, self._files)
        else:
            self._view.move(component)
        return self._view

    def answers_of(self, view: View) -> dict[str, Told]:
        """What the signals that read files alone said of this very snapshot already; empty for another's view."""
        return self._answers if view is self._view else {}

    def measured_of(self, told: Sequence[Told]) -> Measured:
        """What all signals say together; the very same object while each says what it said, as in most quiet weeks."""
        before, measured = self._measured
        if len(before) != len(told) or not all(map(is_, before, told)):
            findings = [finding for _, found in told for finding in found]
            findings.sort(key=_PLACE)
            measured = Measured(tuple([result for result, _ in told]), tuple(findings))
            self._measured = (told, measured)
        return measured

    def result_of(self, signal: Signal, answer: Answer, unread: float, remedy: str) -> Told:
        """The answer as a result with its findings; an answer that repeats the last one is not worked out again."""
        last = self._last.get(signal.id)
        if last is not None and last.answer is answer and last.unread == unread:
            return last.told
        # As it is written: 1 equals 1.0 and True, and each is written otherwise.
        written = _encode((type(answer).__name__, answer))
        if last is not None and last.written == written and last.unread == unread:
            return last.told
        found = locate(signal, answer.hits, remedy) if isinstance(answer, Measure) else ()
        told = to_result(signal, answer, unread, len(found)), found
        self._last[signal.id] = _Kept(answer, written, unread, told)
        return told

    def total_of(self, signal: Signal, view: View) -> Total:
        """What a per-file signal says of all files that it reads, with the others of its group."""
        if self._totals[0] is not view:
            self._totals = (view, {})
        group = group_of(signal)
        totals = self._totals[1].get(group)
        if totals is None:
            readings = self._readings.setdefault(group, Readings())
            totals = self._totals[1][group] = readings.totals(_talliers(group, view), view)
        return totals[signal.id]


def measure(view: View, tallies: TallyCache | None = None, ask: AskOwn | None = None) -> Measured:
    """Run every signal of the ruler on the view; an operator's own are asked by `ask`."""
    tallies = tallies or TallyCache()
    told: list[Told] = []
    known = tallies.answers_of(view)
    for row in _rows():
        answer = known.get(row.signal.id)
        if answer is None:
            answer = _run(row, view, tallies, ask)
            if row.of_files_alone and answer[0].outcome is not Outcome.ERROR:
                known[row.signal.id] = answer
        told.append(answer)
    return tallies.measured_of(told)


def measure_one(id: str, view: View, ask: AskOwn | None = None) -> Told:
    """One signal alone: what `measure` says of it."""
    row = next(row for row in _rows() if row.signal.id == id)
    return _run(row, view, TallyCache(), ask)


@while_they_stand
def _rows() -> tuple[_Row, ...]:
    """The ruler's rows, in its order."""
    return tuple(
        _Row(
            signal=signal,
            remedy=debt.paragraph("Remedy"),
            ml_only=debt.ml_only,
            of_files_alone=(signal.sources <= FILES_ALONE or not signal.built) and not signal.dated and not signal.own,
            sources=tuple(sorted(signal.sources.union(signal.also.split("+")))),
            absent=_absence(signal),
        )
        for debt in all_debts()
        for signal in debt.rows.values()
    )


def _run(row: _Row, view: View, tallies: TallyCache, ask: AskOwn | None) -> Told:
    signal = row.signal
    if signal.own:
        return _run_own(row, view, tallies, ask)
    if (barred := _barred(row, view)) is not None:
        return tallies.result_of(signal, barred, 0.0, row.remedy)
    if signal.reads is not None:
        return _run_per_file(row, view, tallies)
    unread = _unread(row, view)
    try:
        answer: Answer = signal.function(view) if signal.function else Unknown("not built yet")
    except DEFECTS as error:
        return to_result(signal, Unknown(f"the signal failed ({type(error).__name__})"), unread, error=True), ()
    return tallies.result_of(signal, answer, unread, row.remedy)


def _run_own(row: _Row, view: View, tallies: TallyCache, ask: AskOwn | None) -> Told:
    signal = row.signal
    if (barred := _barred(row, view)) is not None:
        return tallies.result_of(signal, barred, 0.0, row.remedy)
    answer = ask(signal, view) if ask else Failed("was not asked here")
    if isinstance(answer, Failed):
        return to_result(signal, Unknown(f"it {answer.reason}"), 0.0, error=True), ()
    return tallies.result_of(signal, answer, _unread(row, view), row.remedy)


_unknown, _not_applicable = cache(Unknown), cache(NotApplicable)
"""One object for each reason: what is the same from week to week is then not compared."""


def _barred(row: _Row, view: View) -> Answer | None:
    """Why a row is not measured at all: it does not apply, or its source is not there."""
    signal = row.signal
    if not view.has_code:
        return _unknown("settings leave all of its code out") if view.left_out else _not_applicable(NO_CODE)
    if row.ml_only and not view.ml_code:
        return (
            _unknown("files went unread or are left out, so ML code may be there")
            if view.ml_undecided
            else _not_applicable("no ML code found")
        )
    if signal.applies is not None:
        applies = signal.applies(view)
        if applies is None:
            return _unknown(UNDECIDED)
        if not applies:
            return _not_applicable(NOTHING_SPOKEN_OF)
    return None if signal.function is not None else _unknown(row.absent)


def _absence(signal: Signal) -> str:
    outside = sorted(signal.sources - REPOSITORY)
    return ABSENT[outside[0]] if outside else UNBUILT


def _unread(row: _Row, view: View) -> float:
    return max([view.unread(source) for source in row.sources])


# ---------------------------------------------------------------- per-file signals


def _talliers(group: Group, view: View) -> tuple[Tallier, ...]:
    """The signals of a group that are measured on this component."""
    return tuple(
        Tallier(row.signal, row.remedy)
        for row in _rows()
        if row.signal.reads is not None and group_of(row.signal) == group and _barred(row, view) is None
    )


def _run_per_file(row: _Row, view: View, tallies: TallyCache) -> Told:
    signal, unread = row.signal, _unread(row, view)
    total = tallies.total_of(signal, view)
    if total.failed:
        return to_result(signal, Unknown(f"the signal failed ({total.failed})"), unread, error=True), ()
    if total.examined == 0:
        return tallies.result_of(signal, _not_applicable("nothing of the kind in the files read"), unread, row.remedy)
    answer = Measure(value_of(signal, total.count, total.examined, view), total.examined)
    findings = told_of(signal, total, view)
    return to_result(signal, answer, unread, len(findings)), findings


def value_of(signal: Signal, count: float, examined: int, view: View) -> float:
    """The measure of a per-file signal over its population (catalogue 2.5, rule 1)."""
    if signal.kind == SHARE:
        return count / examined
    if signal.kind == COUNT:
        return count / max(1.0, kloc_of(signal, view, ml=True) / 10)
    if signal.kind == DENSITY:
        return count / max(kloc_of(signal, view, ml=signal.scope != "product"), 5.0)
    return count
