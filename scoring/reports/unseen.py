"""What a scan did not see, folded: one line for each reason, with how many signals it keeps unknown and what helps."""

from collections.abc import Iterator

from scoring.findings import Outcome
from scoring.measuring import ABSENT, UNBUILT
from scoring.reports.words import counted
from scoring.scores.answers import UNKNOWN, Assessment

SHOWN_REASONS = 8
"""Reasons in one report; the rest is one line."""
SHOWN_IDS = 4
_LATER = "can't be connected in this version, and counts as unseen, never as bad"
_HELPS = {
    ABSENT["LIN"]: _LATER,
    ABSENT["MON"]: _LATER,
    ABSENT["XR"]: "one repository is read at a time in this version",
    ABSENT["ATT"]: "answers can't be given in this version",
    UNBUILT: "`debtboard catalogue` names what is declared alone",
    "no production model is declared in debtboard.toml": "`debtboard init` prints one to correct and commit",
    "no export of feature flags was handed over": "give one with --flags FILE",
}
"""Reason -> what can be done about it."""


def unseen(assessment: Assessment) -> list[list[str]]:
    """The reasons for which signals are unknown, most signals first; nothing where none is."""
    by_reason: dict[str, list[str]] = {}
    for result in assessment.signals:
        if result.outcome is Outcome.UNKNOWN:
            by_reason.setdefault(result.reason, []).append(result.id)
    if not by_reason:
        return []
    applicable = sum([result.outcome is not Outcome.NOT_APPLICABLE for result in assessment.signals])
    unknown = sum(map(len, by_reason.values()))
    ranked = sorted(by_reason.items(), key=lambda pair: (-len(pair[1]), pair[1]))
    lines = [f"Not seen: {unknown} of the {counted(applicable, 'signal')} that apply, by reason"]
    lines += [_line(reason, ids) for reason, ids in ranked[:SHOWN_REASONS]]
    if left := ranked[SHOWN_REASONS:]:
        rest = sum([len(ids) for _, ids in left])
        lines.append(f"  {rest:3}  for {counted(len(left), 'more reason')}, named in the JSON report")
    return [lines]


def _line(reason: str, ids: list[str]) -> str:
    helps = _HELPS.get(reason, "")
    named = f" [{', '.join(ids[:SHOWN_IDS])}]" if len(ids) <= SHOWN_IDS else ""
    return f"  {len(ids):3}  {reason}{f': {helps}' if helps else ''}{named}"


def unanswered(assessment: Assessment) -> Iterator[tuple[str, list[str]]]:
    """(why, slugs of the litmus questions) that no answer is known to, in the order of the first."""
    by_reason: dict[str, list[str]] = {}
    for answer in assessment.litmus:
        if answer.state == UNKNOWN:
            by_reason.setdefault(answer.headline.removeprefix("Not known yet: ").rstrip("."), []).append(answer.slug)
    yield from by_reason.items()
