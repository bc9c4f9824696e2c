"""The 25 practices: present, partial, absent, unknown or not applicable (McAteer 2020; catalogue, section 8).

Positive evidence is needed: that no bad pattern was hit says nothing for a practice (catalogue 2.5, rule 13). So only
a measure that rises with the good may speak for one; the others may speak against it.
"""

from collections.abc import Mapping, Sequence

from scoring.analyses.view import View
from scoring.catalog.practices import GOOD_ENOUGH, PRACTICES
from scoring.findings import Outcome, SignalResult
from scoring.scores.answers import NOT_APPLICABLE, UNKNOWN, Practice


def judge_practices(view: View, results: Mapping[str, SignalResult]) -> tuple[Practice, ...]:
    """All 25, in their order."""
    return tuple(
        _judge(practice.slug, [results[signal] for signal in practice.signals], view) for practice in PRACTICES
    )


def _judge(slug: str, results: Sequence[SignalResult], view: View) -> Practice:
    nothing = not view.has_code and not view.left_out
    if nothing or (results and all(result.outcome is Outcome.NOT_APPLICABLE for result in results)):
        return Practice(slug=slug, state=NOT_APPLICABLE)
    applicable = [result for result in results if result.outcome is not Outcome.NOT_APPLICABLE]
    observed = [result for result in applicable if result.badness is not None]
    fine = [result for result in observed if result.badness is not None and result.badness < GOOD_ENOUGH]
    speaking = [result for result in fine if speaks_for(result)]
    evidence = tuple(f"{result.id} {result.value:g} {result.unit}".rstrip() for result in observed)
    return Practice(slug=slug, state=_state(applicable, observed, fine, speaking), evidence=evidence)


def _state(
    applicable: Sequence[SignalResult],
    observed: Sequence[SignalResult],
    fine: Sequence[SignalResult],
    speaking: Sequence[SignalResult],
) -> str:
    if speaking:
        return "present" if len(fine) == len(applicable) else "partial"
    if observed and not fine and len(observed) == len(applicable):
        return "absent"
    return UNKNOWN


def speaks_for(result: SignalResult) -> bool:
    """Its measure rises with the good: a presence or a share, not a count of bad places."""
    good, bad = result.anchors
    return good > bad
