"""Who changed what of a component's settings, newest first: from the audit log, which nobody can edit."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from debtboard.domain.queries.wording import clock
from debtboard.models import AuditEvent, Component

SHOWN = 20
SAID: Mapping[str, str] = {
    "component.registered": "registered for the team {team}",
    "component.registered-itself": "registered as the first component",
    "component.renamed": "renamed from {was} to {name}",
    "component.relocated": "read from {path} instead of {was}",
    "component.move-asked": "asked to hand it to the team {team}",
    "component.not-taken": "not taken by the team {team}{reason}",
    "component.moved": "handed from the team {was} to {team}",
    "component.retired": "retired{reason}",
    "component.taken-back": "taken back",
    "component.tool-uploaded": "{results} results of {tool} handed over",
    "component.tool-forgotten": "what {tool} said taken away",
    "component.flags-uploaded": "{flags} feature flags of {system} handed over",
    "component.flags-forgotten": "the feature flags of {system} taken away",
    "repository.scheduled": "scanned {schedule} instead of {was}",
    "repository.branch-changed": "read from {branch} instead of {was}",
    "repository.token-set": "a {kind} set",
    "repository.token-replaced": "the {kind} replaced",
    "repository.token-removed": "the {kind} removed",
    "approval.asked": "asked for the {kind} {what}",
    "approval.approved": "approved the {kind} {what}{reason}",
    "approval.rejected": "rejected the {kind} {what}{reason}",
    "approval.withdrawn": "withdrew the {kind} {what}",
    "approval.lapsed": "the {kind} {what} is asked for no more by debtboard.toml",
}

EMPTY: Mapping[str, Mapping[str, str]] = {
    "repository.branch-changed": {"was": "the default branch", "branch": "the default branch"},
    "component.relocated": {"path": "the root"},
}


@dataclass(frozen=True, slots=True)
class AuditRow:
    when: str
    by: str
    what: str


def audited(component: Component, now: datetime) -> tuple[AuditRow, ...]:
    """Of the component and of its repository; one query."""
    mine = Q(noun="component", noun_id=str(component.pk)) | Q(noun="repository", noun_id=str(component.repository_id))
    events = AuditEvent.objects.filter(mine).select_related("actor").order_by("-at", "-pk")[:SHOWN]
    return tuple(AuditRow(clock(event.at, now), _by(event), _what(event)) for event in events)


def _by(event: AuditEvent) -> str:
    return (
        str(event.actor) if event.actor else "Debtboard" if event.action == "approval.lapsed" else "somebody who left"
    )


def _what(event: AuditEvent) -> str:
    words: dict[str, Any] = defaultdict(str, event.detail)
    if words["reason"]:
        words["reason"] = f": {words['reason']}"
    for key, empty in EMPTY.get(event.action, {}).items():
        words[key] = words[key] or empty
    return SAID.get(event.action, event.action).format_map(words)
