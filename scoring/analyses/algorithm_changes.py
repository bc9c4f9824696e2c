"""What past changes of algorithm say of the next: their footprint, and what changed with them (litmus Q1, glu.9)."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from scoring.analyses.choices import algorithm_called, choices_in, choosing
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.past import history_of
from scoring.analyses.view import PythonFile, View
from scoring.facts import AlgorithmSwap, HistoryFacts
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown
from scoring.knowledge.algorithms import algorithm_of

SMALL_FOOTPRINT = 2
"""Files that any change of algorithm may touch: the good anchor of the measure."""
LISTED = 4
"""Files, up to which a change counts and is not listed: the class, its settings and who names it."""
NONE_FOUND = "no change of algorithm was found in 24 months"
MOST_FILES = 24
"""Where a change came with more files, most of them are of other work, and nobody knows which."""
OF_ADDITION = 2
"""Severity where an algorithm only joined others: work on much else often comes in the same commit."""
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
    hits = tuple(_hit(view, swap) for swap in found if len(swap.files) > LISTED)
    return Measure(value, len(found), hits, note=_note(view))


def footprint_or_estimate(view: View) -> Answer:
    """The same; where nothing changed in 24 months, how many files name the algorithms of today."""
    answer = footprint(view)
    return _latest_estimate((view, answer), lambda: _or_estimate(view, answer))


def _or_estimate(view: View, answer: Answer) -> Answer:
    if not isinstance(answer, NotApplicable):
        return msgspec.structs.replace(answer, hits=()) if isinstance(answer, Measure) else answer
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


def _note(view: View) -> str:
    history = view.history
    if history is None or not history.swap_unread:
        return ""
    return f"{history.swap_unread} of {history.swap_changes} changes of model code were not read"


def _folders(swap: AlgorithmSwap) -> frozenset[str]:
    return frozenset([path.rpartition("/")[0] for path in swap.files])


def _hit(view: View, swap: AlgorithmSwap) -> Hit:
    path = _standing(view, swap)
    commit, date, folders = swap.commits[-1][:12], swap.at.date().isoformat(), len(_folders(swap))
    others = "1 folder" if folders == 1 else f"{folders} folders"
    return Hit(
        path=path,
        line=_line(view, path, swap.after),
        key=commit,
        severity=0 if swap.before else OF_ADDITION,
        message=f"{_said(swap)} ({date}, commit {commit[:9]}) took changes in {len(swap.files)} files of {others}.",
        evidence={
            "commit": commit,
            "date": date,
            "before": ", ".join(swap.before),
            "after": ", ".join(swap.after),
            "files": len(swap.files),
            "folders": folders,
        },
    )


def _standing(view: View, swap: AlgorithmSwap) -> str:
    """The file that chose, if it is still there; else one that was changed with it: of algorithms, of code, any."""
    if swap.path in view.paths:
        return swap.path
    standing = [path for path in swap.files if path in view.paths]
    code = [path for path in standing if path in view.product_by_path]
    chosen = [path for path in code if view.product_by_path[path].alg]
    return next(iter((*chosen, *code, *standing)), swap.path)


def _line(view: View, path: str, names: Sequence[str]) -> int:
    """Where the file chooses one of these algorithms, or any; 1 where it chooses none."""
    file = view.product_by_path.get(path)
    if file is not None:
        lines = [call.line for call in choosing(file.facts) if algorithm_called(call) in names]
        return min(lines, default=max(1, file.estimator_line))
    chosen = [choice for item in view.configs if item.entry.path == path for choice in choices_in(item.facts, path)]
    return max(1, min([line for _, name, line in chosen if name in names], default=1))


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
