"""What a scan did not see, in three lines: how much, what no source is for yet, and what a person can give."""

from collections import Counter

from scoring.findings import Outcome
from scoring.measuring import ABSENT, UNBUILT
from scoring.reports.words import counted
from scoring.scores.answers import Assessment

_WITHOUT = {
    ABSENT["LIN"]: "lineage",
    ABSENT["MON"]: "monitoring",
    ABSENT["ATT"]: "answers",
    ABSENT["XR"]: "other code",
    UNBUILT: "",
}
"""Reason -> the source that this version can't be connected with; "" where it is not written yet."""
_HELPS = {
    "no export of feature flags was handed over": "--flags FILE",
    "no production model is declared in debtboard.toml": "a debtboard.toml (`debtboard init`)",
}
"""Reason -> what a person can give."""


def unseen(assessment: Assessment) -> list[str]:
    """How many signals are unknown, and what would change that; nothing where none is."""
    by_reason = Counter(result.reason for result in assessment.signals if result.outcome is Outcome.UNKNOWN)
    if not by_reason:
        return []
    applicable = sum([result.outcome is not Outcome.NOT_APPLICABLE for result in assessment.signals])
    left = by_reason.total() - sum([by_reason[reason] for reason in (*_WITHOUT, *_HELPS)])
    why = f"; {left} for reasons in the JSON report" if left else ""
    lines = [f"Not seen: {by_reason.total()} of the {counted(applicable, 'signal')} that apply{why}"]
    if without := sum([by_reason[reason] for reason in _WITHOUT]):
        named = [source for reason, source in _WITHOUT.items() if source and by_reason[reason]]
        have = "has" if without == 1 else "have"
        lines.append(f"  {without} {have} no source in this version{': ' if named else ''}{', '.join(named)}")
    if helps := [f"{by_reason[reason]} with {what}" for reason, what in _HELPS.items() if by_reason[reason]]:
        lines.append(f"  to be had: {', '.join(helps)}")
    return lines
