"""The report debtboard.report/1 (contracts, section 2): UTF-8, keys sorted, the same bytes for the same inputs."""

from collections.abc import Sequence
from typing import Any

import msgspec

from scoring.scores.answers import Assessment, Week

SCHEMA = "debtboard.report/1"


def render(assessment: Assessment, history: Sequence[Week] | None = None) -> bytes:
    """One report, ending in a newline. `history` is newest first, the assessment's own moment included."""
    return (
        msgspec.json.format(msgspec.json.encode(report(assessment, history), order="deterministic"), indent=1) + b"\n"
    )


def report(assessment: Assessment, history: Sequence[Week] | None = None) -> dict[str, Any]:
    """The report as plain objects."""
    fields = msgspec.to_builtins(assessment)
    target = {"repository": fields.pop("repository"), "component": fields.pop("component")}
    commit = {"id": fields.pop("commit"), "committed_at": fields.pop("committed_at")}
    document = {"schema": SCHEMA, "target": target, "commit": commit, "graph": _graph(), **fields}
    if history is not None:
        document["history"] = [entry(week) for week in history]
    return document


def entry(week: Week) -> dict[str, Any]:
    """One week of the history: equal, field for field, to what a scan of its commit at its as_of says."""
    fields: dict[str, Any] = msgspec.to_builtins(week)
    del fields["findings"]
    fields["litmus"] = {answer["slug"]: answer for answer in fields["litmus"]}
    fields["debts"] = {debt["slug"]: debt for debt in fields["debts"]}
    return fields


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
