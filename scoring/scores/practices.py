"""The 25 practices: present, partial, absent, unknown or not applicable (McAteer 2020; catalogue, section 8).

Positive evidence is needed: that no bad pattern was hit says nothing for a practice (catalogue 2.5, rule 13). So only
a measure that rises with the good may speak for one; the others may speak against it. What implements a practice in
code or CI (`analyses.traces`) speaks for it too: wholly where it is the practice, in part where it is a step to it.
"""

from collections.abc import Mapping, Sequence

from scoring.analyses.traces import traces
from scoring.analyses.view import View
from scoring.catalog.practices import GOOD_ENOUGH, PRACTICES
from scoring.findings import PKG, PY, Outcome, SignalResult
from scoring.knowledge.artefacts import TRACED
from scoring.scores.answers import NOT_APPLICABLE, UNKNOWN, Practice

ABSENT = "absent"
SHOWN = 3
"""Places named as evidence."""


def judge_practices(view: View, results: Mapping[str, SignalResult]) -> tuple[Practice, ...]:
    """All 25, in their order."""
    return tuple(
        _judge(practice.slug, [results[signal] for signal in practice.signals], view) for practice in PRACTICES
    )


def _judge(slug: str, results: Sequence[SignalResult], view: View) -> Practice:
    places = traces(view).get(slug, ())
    nothing = not view.has_code and not view.left_out
    silent = results and not places and all(result.outcome is Outcome.NOT_APPLICABLE for result in results)
    if nothing or silent:
        return Practice(slug=slug, state=NOT_APPLICABLE)
    applicable = [result for result in results if result.outcome is not Outcome.NOT_APPLICABLE]
    observed = [result for result in applicable if result.badness is not None]
    evidence = tuple(f"{result.id} {result.value:g} {result.unit}".rstrip() for result in observed)
    if places:
        evidence = (f"{TRACED[slug].found}: {', '.join(places[:SHOWN])}", *evidence)
    state = _state(slug, applicable, observed, traced=bool(places))
    if state == ABSENT and slug in TRACED and (view.unread(PKG) or view.unread(PY)):
        state = UNKNOWN
    return Practice(slug=slug, state=state, evidence=evidence)


def _state(slug: str, applicable: Sequence[SignalResult], observed: Sequence[SignalResult], *, traced: bool) -> str:
    fine = [result for result in observed if result.badness is not None and result.badness < GOOD_ENOUGH]
    if traced or any(speaks_for(result) for result in fine):
        whole = TRACED[slug].whole if traced else slug not in TRACED
        return "present" if whole and len(fine) == len(applicable) else "partial"
    if observed and not fine and len(observed) == len(applicable):
        return ABSENT
    return UNKNOWN


def speaks_for(result: SignalResult) -> bool:
    """Its measure rises with the good: a presence or a share, not a count of bad places."""
    good, bad = result.anchors
    return good > bad
