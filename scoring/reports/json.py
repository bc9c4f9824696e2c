"""The report debtboard.report/1 (contracts, section 2): UTF-8, keys sorted, the same bytes for the same inputs."""

from collections.abc import Sequence
from typing import Any

import msgspec

from scoring.scores.answers import Assessment
from scoring.survey import Moment

SCHEMA = "debtboard.report/1"


def render(assessment: Assessment, history: Sequence[tuple[Moment, Assessment]] | None = None) -> bytes:
    """One report, ending in a newline. `history` is newest first, the assessment's own moment included."""
    return (
        msgspec.json.format(msgspec.json.encode(report(assessment, history), order="deterministic"), indent=1) + b"\n"
    )


def report(assessment: Assessment, history: Sequence[tuple[Moment, Assessment]] | None = None) -> dict[str, Any]:
    """The report as plain objects."""
    fields = msgspec.to_builtins(assessment)
    target = {"repository": fields.pop("repository"), "component": fields.pop("component")}
    commit = {"id": fields.pop("commit"), "committed_at": fields.pop("committed_at")}
    document = {"schema": SCHEMA, "target": target, "commit": commit, "graph": _graph(), **fields}
    if history is not None:
        document["history"] = [entry(moment, past) for moment, past in history]
    return document


def entry(moment: Moment, assessment: Assessment) -> dict[str, Any]:
    """One week of the history: equal, field for field, to what a scan of its commit at its as_of says."""
    fields = msgspec.to_builtins(assessment)
    return {
        "week": moment.week,
        "as_of": fields["as_of"],
        "commit": fields["commit"],
        "litmus": {answer["slug"]: answer for answer in fields["litmus"]},
        "rubric": fields["rubric"],
        "debts": {debt["slug"]: debt for debt in fields["debts"]},
    }


def _graph() -> dict[str, Any]:
    """Not measured by this version, and said so: an empty graph is never taken for a clean one."""
    return {
        "state": "unknown",
        "reason": "the data-dependency graph is not measured by this version",
        "nodes": [],
        "edges": [],
        "cycles": [],
        "unresolved": [],
    }
