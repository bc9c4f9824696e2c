"""One component at one moment -> its assessment: signals, debts, litmus answers, rubric, practices."""

from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.published import is_installable
from scoring.analyses.view import View
from scoring.debts import own
from scoring.edition import engine_version
from scoring.facts import Component
from scoring.findings import Outcome, SignalResult
from scoring.measuring import AskOwn, Measured, TallyCache, measure
from scoring.scores.answers import (
    Assessment,
    Checked,
    Coverage,
    DebtScore,
    FlagsGiven,
    Inventory,
    Practice,
    Rubric,
    Skipped,
    Unread,
)
from scoring.scores.checklist import judge_checklist
from scoring.scores.debts import score_debts
from scoring.scores.litmus import answer_litmus
from scoring.scores.practices import judge_practices
from scoring.scores.rubric import score_rubric
from scoring.scores.ruler import ruler_stamp

LISTED_SKIPS = 2_000
"""Entries of coverage.skipped in one report; their count is never cut."""
LISTED_KINDS = 30
OTHER_KINDS = "other kinds"
"""Kinds of files without a reader in one report; the rest is one entry."""


def assess(
    component: Component, repository: str, tallies: TallyCache | None = None, ask: AskOwn | None = None
) -> Assessment:
    """Assess one component. `repository` is the id of its root commit; `tallies` carries work between weeks; `ask`
    asks an operator's own signals, where there are any.

    Pure: the same component gives an equal assessment, whatever was assessed before.
    """
    tallies = tallies or TallyCache()
    view = tallies.view_of(component)
    judged = _judged(view, measure(view, tallies, ask))
    return Assessment(
        engine=engine_version(),
        ruler=ruler_stamp(),
        repository=repository,
        component=component.path,
        commit=component.commit,
        committed_at=component.committed_at,
        as_of=component.as_of,
        profile=component.profile,
        ml_code=view.ml_code,
        coverage=judged.coverage,
        inventory=_inventory(view),
        signals=judged.measured.results,
        findings=judged.measured.findings,
        debts=judged.debts,
        litmus=answer_litmus(view, judged.by_id, judged.places),
        rubric=judged.rubric,
        practices=judged.practices,
        own=declared.files() if (declared := own()) else (),
        checklist=judged.checklist,
        flags=_flags(component),
        installable=is_installable(view),
    )


class _Judged(NamedTuple):
    """What follows from the files and from what all signals say: a quiet week shares it with its neighbour."""

    measured: Measured
    by_id: dict[str, SignalResult]
    places: dict[str, tuple[str, ...]]
    coverage: Coverage
    debts: tuple[DebtScore, ...]
    rubric: Rubric
    practices: tuple[Practice, ...]
    checklist: tuple[Checked, ...]


@lru_cache(maxsize=1)
def _judged(view: View, measured: Measured) -> _Judged:
    by_id = {result.id: result for result in measured.results}
    rubric = score_rubric(view)
    return _Judged(
        measured=measured,
        by_id=by_id,
        places=_first_places(measured),
        coverage=_coverage(view),
        debts=score_debts(measured.results, measured.findings),
        rubric=rubric,
        practices=judge_practices(view, by_id),
        checklist=judge_checklist(view, by_id, rubric),
    )


def _flags(component: Component) -> FlagsGiven | None:
    given = component.flags
    if given is None:
        return None
    return FlagsGiven(system=given.system, flags=len(given.flags), taken_at=given.taken_at, inputs=given.digest)


def _first_places(measured: Measured) -> dict[str, tuple[str, ...]]:
    """signal -> its first three places, as path:line."""
    places: dict[str, list[str]] = {}
    open_signals = {result.id for result in measured.results if result.outcome is Outcome.FOUND}
    for finding in measured.findings:
        kept = places.setdefault(finding.signal, [])
        if finding.signal in open_signals and len(kept) < 3:
            kept.append(f"{finding.path}:{finding.line}")
    return {signal: tuple(kept) for signal, kept in places.items()}


@lru_cache(maxsize=1)
def _coverage(view: View) -> Coverage:
    skipped = [Skipped(path=entry.path, reason=entry.skipped) for entry in view.files if entry.skipped]
    io_calls, resolved = view.io_calls
    return Coverage(
        files=len(view.files),
        read=sum(1 for entry in view.files if entry.facts and not entry.skipped),
        skipped=tuple(skipped[:LISTED_SKIPS]),
        excluded=tuple(Skipped(path=path, reason=reason) for path, reason in view.component.excluded[:LISTED_SKIPS]),
        io_calls=io_calls,
        io_resolved=resolved,
        complete=view.component.complete,
        unread=_unread(view),
    )


def _unread(view: View) -> tuple[Unread, ...]:
    """Files that no reader reads, by kind: the commonest first, the rare ones together."""
    kinds = Counter(_kind(entry.path) for entry in view.files if not entry.facts and not entry.skipped)
    ranked = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = [Unread(kind=kind, files=files) for kind, files in ranked[:LISTED_KINDS]]
    rest = sum(files for _, files in ranked[LISTED_KINDS:])
    return (*rows, Unread(kind=OTHER_KINDS, files=rest)) if rest else tuple(rows)


def _kind(path: str) -> str:
    name = path.rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem else name


def _inventory(view: View) -> Inventory:
    declared = view.component.declaration
    return Inventory(
        loc=view.loc,
        ml_files=len(view.ml),
        models=tuple(sorted(name for name, *_ in declared.models)) if declared else (),
        entry_points=tuple(file.path for file in view.training),
        libraries=view.libraries,
    )
