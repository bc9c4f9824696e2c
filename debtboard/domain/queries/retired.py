"""What is retired, and who retired it when and why: what was measured stays, and nobody takes it for present."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from debtboard.domain.queries.frame import Notice
from debtboard.domain.queries.wording import day
from debtboard.domain.retiring import RETIRED
from debtboard.models import AuditEvent, Component, ComponentTeam


@dataclass(frozen=True, slots=True)
class RetiredRow:
    name: str
    url: str
    team: str
    since: str
    by: str
    reason: str
    settings_url: str


def retired_rows(periods: Sequence[ComponentTeam], now: datetime) -> tuple[RetiredRow, ...]:
    """Of present periods of retired components, in their order; one query, none where there are none."""
    said = _said([period.component_id for period in periods])
    return tuple(_row(period, said.get(period.component_id, ("", "")), now) for period in periods)


def _row(period: ComponentTeam, said: tuple[str, str], now: datetime) -> RetiredRow:
    component, (by, reason) = period.component, said
    return RetiredRow(
        name=component.name,
        url=reverse("component", args=[component.public_id]),
        team=period.team.name,
        since=day(component.retired_at, now.date()),
        by=by,
        reason=reason,
        settings_url=reverse("component_settings", args=[component.public_id]),
    )


def _said(components: Collection[int]) -> dict[int, tuple[str, str]]:
    """component -> (who retired it last, why)."""
    if not components:
        return {}
    events = AuditEvent.objects.filter(
        action=RETIRED, noun="component", noun_id__in=[str(pk) for pk in components]
    ).select_related("actor")
    return {
        int(event.noun_id): (str(event.actor or "somebody who left"), event.detail.get("reason", ""))
        for event in events.order_by("at", "pk")
    }


def retired_notice(component: Component, now: datetime) -> tuple[Notice, ...]:
    """What stands first on its page."""
    if component.retired_at is None:
        return ()
    by, reason = _said([component.pk]).get(component.pk, ("", ""))
    title = f"Retired on {day(component.retired_at, now.date())}{f' by {by}' if by else ''}"
    return (
        Notice(
            f"{title}: {reason.rstrip('.')}." if reason else f"{title}.",
            "It is not scanned any more, and from that week on it counts in no figure of its team or of the portfolio. "
            "What it was stays here. Who keeps it can take it back in its settings.",
        ),
    )


def retired_mark(component: Component, now: datetime) -> str:
    """What the stamp of each of its pages adds."""
    return "" if component.retired_at is None else f", retired {day(component.retired_at, now.date())}"
