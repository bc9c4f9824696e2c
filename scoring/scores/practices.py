"""The 25 practices: present, partial, absent, unknown or not applicable (McAteer 2020; catalogue, section 8).

Positive evidence is needed: that no bad pattern was hit says nothing for a practice (catalogue 2.5, rule 13). So only
a measure that rises with the good may speak for one; the others may speak against it. What implements a practice in
code or CI (`analyses.traces`) speaks for it too: wholly where it is the practice, in part where it is a step to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.analyses.traces import traces
from scoring.analyses.view import View
from scoring.catalog.practices import GOOD_ENOUGH, PRACTICES
from scoring.findings import PKG, Outcome, SignalResult
from scoring.knowledge.artefacts import TRACED
from scoring.scores.answers import NOT_APPLICABLE, UNKNOWN, Practice

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
    evidence = tuple(evidence_of(result) for result in applicable if weighed(result).observed)
    if places:
        evidence = (f"{TRACED[slug].found}: {', '.join(places[:SHOWN])}", *evidence)
    words = [weighed(result) for result in applicable]
    if slug in TRACED:
        words.append(_traced(slug, view, found=bool(places)))
    return Practice(slug=slug, state=state_of(words), evidence=evidence)


def _traced(slug: str, view: View, *, found: bool) -> "Weighed":
    """The word of what implements it in code or CI. What is the practice itself lies in the repository by its nature,
    so that it is seen to be missing where all was read."""
    whole = TRACED[slug].whole
    seen = found or (whole and not view.unread(PKG) and not view.python_unseen)
    return Weighed(observed=seen, fine=found and whole, speaks=found)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What one piece of evidence that applies says."""

    observed: bool
    fine: bool
    speaks: bool
    """Whether it is positive evidence: that nothing bad was hit is none."""


def weighed(result: SignalResult) -> Weighed:
    """A signal's word: fine where its badness is small, and positive where its measure rises with the good.

    One that is on trial is shown, not scored: nothing rests on it.
    """
    if result.badness is None or result.on_trial:
        return Weighed(observed=False, fine=False, speaks=False)
    fine = result.badness < GOOD_ENOUGH
    return Weighed(observed=True, fine=fine, speaks=fine and speaks_for(result))


def evidence_of(result: SignalResult) -> str:
    """What an observed signal measured, with its id: "rep.3 74.4 % of dependencies", "glu.3 no"."""
    value = result.value or 0.0
    if result.unit == "yes/no" and value in (0, 1):
        return f"{result.id} {'yes' if value else 'no'}"
    if result.unit.startswith("of ") and not result.unit[3:4].isdigit():
        return f"{result.id} {100 * value:.3g} % {result.unit}"
    return f"{result.id} {value:g} {result.unit}".rstrip()


def state_of(applicable: Sequence[Weighed]) -> str:
    """present, partial, absent or unknown, by all the evidence that applies."""
    if any(one.speaks for one in applicable):
        return "present" if all(one.fine for one in applicable) else "partial"
    if applicable and all(one.observed and not one.fine for one in applicable):
        return "absent"
    return UNKNOWN


def speaks_for(result: SignalResult) -> bool:
    """Its measure rises with the good: a presence or a share, not a count of bad places."""
    good, bad = result.anchors
    return good > bad
