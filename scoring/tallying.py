"""Per-file signals over the files of one component: each file read once by all signals of its group, then summed.

A group is the signals that read the same facts in the same files. What a file gave is kept by (path, blob) between the
weeks of a history, without the signals that had nothing to say of it: most have nothing to say of most files. Identical
files count once, in their first place (catalogue 2.5, rule 1).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from scoring.analyses.dead import dead
from scoring.analyses.lessons import is_course
from scoring.analyses.placing import placed_at
from scoring.analyses.published import kloc_run
from scoring.analyses.vendored import modules_of_others
from scoring.analyses.view import View, once
from scoring.facts import FileEntry, FileFacts, PythonFacts
from scoring.findings import Finding, Signal, Tally
from scoring.location import locate

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

COPIED_WITH_FILES = "dec.10"
"""Its places come with the copies of a file."""
FORM = "defect-"
"""How the ids of rows begin that speak of the form of code."""

RUN = "run"
"""The scope that reads examples too."""

Group = tuple[type | None, str]
"""(kind of facts, scope) of the signals that read the same files."""


@dataclass(frozen=True, slots=True)
class Tallier:
    """A per-file signal, with the remedy that its findings carry."""

    signal: Signal
    remedy: str


@dataclass(slots=True)
class Total:
    """One signal's tallies over all files; `failed` names the error of a signal that broke on one."""

    examined: int = 0
    count: float = 0.0
    findings: list[Finding] = field(default_factory=list)
    failed: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one signal said of one file."""

    signal: str
    examined: int = 0
    count: float = 0.0
    findings: tuple[Finding, ...] = ()
    failed: str = ""


_Place = tuple[str, str]
"""(path, blob)"""


class Readings:
    """What the signals of one group said of each file, kept from one snapshot to the next."""

    def __init__(self) -> None:
        self._signals: tuple[str, ...] = ()
        self._known: dict[_Place, tuple[_Reading, ...]] = {}

    def totals(self, talliers: Sequence[Tallier], view: View) -> dict[str, Total]:
        """signal -> its total over the files of the view. What is known of other files is let go."""
        signals = tuple([tallier.signal.id for tallier in talliers])
        before = self._known if signals == self._signals else {}
        self._signals, self._known = signals, {}
        totals = {signal: Total() for signal in signals}
        for entry, facts in population(talliers[0].signal, view):
            place = (entry.path, entry.blob)
            found = before.get(place)
            if found is None:
                found = _read(talliers, entry, facts)
            self._known[place] = found
            for reading in found:
                total = totals[reading.signal]
                total.examined += reading.examined
                total.count += reading.count
                if reading.findings:
                    total.findings += reading.findings
                total.failed = total.failed or reading.failed
        return totals


def group_of(signal: Signal) -> Group:
    """What is read in one pass."""
    return signal.reads, signal.scope


def kloc_of(signal: Signal, view: View, *, ml: bool) -> float:
    """Of the files whose hits count: with the examples where those are asked too."""
    if signal.scope == RUN:
        return kloc_run(view, ml=ml)
    return view.ml_kloc if ml else view.kloc


def population(signal: Signal, view: View) -> Iterable[tuple[FileEntry, FileFacts]]:
    """The files that a per-file signal and its group read, identical ones once."""
    if signal.reads is PythonFacts:
        scope = group_of(signal)[1]
        files = view.ml_once if scope == "ml" else view.product_once if scope == "product" else once(view.with_shown)
        return [(file.entry, file.facts) for file in files]
    assert signal.reads is not None
    found: Sequence[tuple[FileEntry, FileFacts]] = view.of(signal.reads)
    first: dict[str, tuple[FileEntry, FileFacts]] = {}
    for entry, facts in found:
        first.setdefault(entry.blob, (entry, facts))
    return first.values()


def _read(talliers: Sequence[Tallier], entry: FileEntry, facts: FileFacts) -> tuple[_Reading, ...]:
    """In one loop without a call between: it runs for every signal of every file."""
    readings = []
    for tallier in talliers:
        function = tallier.signal.function
        assert function is not None
        try:
            tally: Tally | None = function(facts)
            if tally is not None:
                readings.append(_reading(tallier, tally, entry, facts))
        except DEFECTS as error:
            readings.append(_Reading(tallier.signal.id, failed=type(error).__name__))
    return tuple(readings)


def _reading(tallier: Tallier, tally: Tally, entry: FileEntry, facts: FileFacts) -> _Reading:
    notebook = facts.notebook if isinstance(facts, PythonFacts) else None
    hits = [placed_at(hit, entry.path, notebook) for hit in tally.hits]
    found = locate(tallier.signal, hits, tallier.remedy) if hits else ()
    return _Reading(tallier.signal.id, tally.examined, tally.count, found)


def told_of(signal: Signal, total: Total, view: View) -> tuple[Finding, ...]:
    """The findings of a total; of rows on the form of code those of code that lives and is the component's own. What is
    told to be deleted, was written by others or teaches counts there, and its form is nobody's work. The same function
    or dead code in several copies of a file is told in the first."""
    if signal.id == COPIED_WITH_FILES:
        return _first_places(total.findings)
    if not signal.id.startswith(FORM) or not total.findings:
        return tuple(total.findings)
    if is_course(view):
        return ()
    try:
        gone, copied = dead(view), modules_of_others(view)
    except DEFECTS:
        return tuple(total.findings)  # it costs the row that failed, and no other
    live = [finding for finding in total.findings if not gone.holds(finding.path, finding.line)]
    return _first_places([finding for finding in live if finding.path not in copied])


def _first_places(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Of those that say the same, the first: a name with its lines, or how a block begins, is a copy's."""
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.message, finding)
    return tuple(first.values())
