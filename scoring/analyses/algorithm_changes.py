"""What past changes of algorithm say of the next: their footprint, and what changed with them (litmus Q1, glu.9)."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scoring.analyses.choices import algorithm_called, choosing
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.past import history_of
from scoring.analyses.view import PythonFile, View
from scoring.facts import AlgorithmSwap, HistoryFacts
from scoring.findings import Answer, Measure, NotApplicable, Unknown
from scoring.knowledge.algorithms import algorithm_of

SMALL_FOOTPRINT = 2
"""Files that any change of algorithm may touch: the good anchor of the measure."""
NONE_FOUND = "no change of algorithm was found in 24 months"
MOST_FILES = 24
"""Where a change came with more files, most of them are of other work, and nobody knows which."""
SHOWN = 3


ESTIMATED = "an estimate: "
"""How the note of a measure begins that stands in for one that was not possible."""


class Changes(NamedTuple):
    """The last changes of algorithm as one sentence needs them."""

    number: int
    files: float
    folders: float
    by_settings: int
    """How many touched configuration alone."""


def changes_of(history: HistoryFacts | None) -> Changes | None:
    """The median and counts of the last changes; None where there are none, or nobody looked."""
    swaps = _told(history)
    if not swaps:
        return None
    return Changes(
        len(swaps),
        median([(len(swap.files), swap.weight) for swap in swaps]),
        median([(len(_folders(swap)), swap.weight) for swap in swaps]),
        sum(1 for swap in swaps if swap.config_only),
    )


_latest: Latest[Answer] = Latest()
_latest_estimate: Latest[Answer] = Latest()


def footprint(view: View) -> Answer:
    """Median files, tests left out, that the last changes of algorithm touched."""
    return _latest(_rests_on(view), lambda: _footprint(view))


def _rests_on(view: View) -> tuple[object, ...]:
    """What the swaps and their hits are told by: the snapshot, and what the history says of changes of algorithm."""
    history = history_of(view)
    if isinstance(history, Unknown):
        return view, history
    return view, history.swaps, history.swap_unread, history.swap_changes


def _footprint(view: View) -> Answer:
    found = _swaps(view)
    if not isinstance(found, tuple):
        return found
    value = median([(len(swap.files), swap.weight) for swap in found])
    return Measure(value, len(found), note="; ".join(_notes(view, found)))


def footprint_or_estimate(view: View) -> Answer:
    """The same; where nothing changed in 24 months, how many files name the algorithms of today."""
    answer = footprint(view)
    return _latest_estimate((view, answer), lambda: _or_estimate(view, answer))


def _or_estimate(view: View, answer: Answer) -> Answer:
    if not isinstance(answer, NotApplicable):
        return answer
    names = frozenset().union(*(_chosen(file) for file in view.product if file.alg))
    if not names:
        return answer
    files = sum(1 for file in view.product if not names.isdisjoint(_named(file)))
    return Measure(files, files, note=f"{ESTIMATED}{NONE_FOUND}; {files} files name the algorithms in use")


def config_only_share(view: View) -> Answer:
    """Share of the last changes of algorithm that touched configuration alone."""
    found = _swaps(view)
    if not isinstance(found, tuple):
        return found
    weight = sum(swap.weight for swap in found)
    return Measure(sum(swap.weight for swap in found if swap.config_only) / weight, len(found))


def unread_share(view: View) -> float:
    """Share of the changes of algorithm that is not known: of files that could not be read, or that came with much
    other work, which may be the dear ones."""
    history = view.history
    if history is None:
        return 0.0
    unread = history.swap_unread / history.swap_changes if history.swap_changes else 0.0
    untold = 1 - len(_told(history)) / len(history.swaps) if history.swaps else 0.0
    return max(unread, untold)


def median(weighted: Sequence[tuple[float, float]]) -> float:
    """The weighted median: halfway where two values share the middle."""
    ranked = sorted(weighted)
    half, total = sum(weight for _, weight in ranked) / 2, 0.0
    middle: list[float] = []
    for value, weight in ranked:
        if total <= half <= total + weight:
            middle.append(value)
        total += weight
    return sum(middle) / len(middle)


def _swaps(view: View) -> tuple[AlgorithmSwap, ...] | NotApplicable | Unknown:
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    if history.swaps is None:
        return Unknown("changes of algorithm were not looked up")
    most_unread = 2 * history.swap_unread > history.swap_changes
    told = _told(history)
    if told and 2 * len(told) >= len(history.swaps) and not most_unread:
        return told
    if history.swaps and not most_unread:
        return Unknown("most changes of algorithm came in one piece with much other work")
    if history.swap_unread:
        return Unknown(f"{history.swap_unread} of {history.swap_changes} changes of model code could not be read")
    return NotApplicable(NONE_FOUND)


def _told(history: HistoryFacts | None) -> tuple[AlgorithmSwap, ...]:
    """The last changes, but for those that came with much else."""
    swaps = history.swaps if history is not None and history.swaps else ()
    return tuple([swap for swap in swaps if len(swap.files) <= MOST_FILES])


def _notes(view: View, swaps: Sequence[AlgorithmSwap]) -> Iterator[str]:
    """The widest change, and what went unread. No change has a finding of its own: what was done is done, and of nine
    that were told two were such that somebody would work on the seam for them."""
    widest = max(swaps, key=lambda swap: (len(swap.files), swap.at))
    if len(widest.files) > SMALL_FOOTPRINT:
        commit, date, folders = widest.commits[-1][:9], widest.at.date().isoformat(), len(_folders(widest))
        others = "1 folder" if folders == 1 else f"{folders} folders"
        yield f"{_said(widest)} ({date}, commit {commit}) took changes in {len(widest.files)} files of {others}"
    history = view.history
    if history is not None and history.swap_unread:
        yield f"{history.swap_unread} of {history.swap_changes} changes of model code were not read"


def _folders(swap: AlgorithmSwap) -> frozenset[str]:
    return frozenset([path.rpartition("/")[0] for path in swap.files])


def _said(swap: AlgorithmSwap) -> str:
    after = _listed(swap.after)
    return f"The change from {_listed(swap.before)} to {after}" if swap.before else f"Adding {after}"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


# ---------------------------------------------------------------- the algorithms of today


def _chosen_in(file: PythonFile) -> frozenset[str]:
    """Algorithms of known kinds that a file chooses, by short name."""
    return frozenset([name for call in choosing(file.facts) if (name := algorithm_called(call))])


def _names_in(file: PythonFile) -> frozenset[str]:
    """What of algorithms a file names: what it imports and what it chooses."""
    imported = [algorithm_of(item.dotted) or item.module.partition(".")[0] for item in file.facts.imports]
    return _chosen(file).union(imported)


_chosen, _named = Memo(_chosen_in), Memo(_names_in)
