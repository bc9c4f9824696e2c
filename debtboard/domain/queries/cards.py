"""The portfolio's cards: components that fail, are stale or were never read: what somebody can mend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from debtboard.domain.queries.measures import Bar
from debtboard.domain.queries.members import Member
from debtboard.domain.queries.series import Series
from debtboard.domain.queries.wording import age, day
from debtboard.models import Scan
from scoring.catalog.litmus import LITMUS


@dataclass(frozen=True, slots=True)
class Card:
    """One component that needs a look: it fails, is stale, or its first scan was cancelled."""

    kind: str
    words: str
    place: str
    title: str
    text: str
    url: str
    link: str
    bar: Bar | None = None
    reading: str = ""


def cards_of(
    found: Sequence[Member], names: dict[int, str], series: Series, now: datetime, scans: Mapping[int, str]
) -> tuple[Card, ...]:
    """`scans`: as `progress.open_scans` gives them."""
    cards: list[Card] = []
    for member in sorted(found, key=lambda m: (m.stale_since is None, m.stale_since or now, m.name)):
        place = f"{names[member.team_id]}, {member.name}"
        if member.stale_since is not None:
            cards.append(_stale_card(member, place, series, now))
        elif scans.get(member.id) == Scan.Status.CANCELLED:
            cards.append(_cancelled_card(member, place))
    return tuple(cards)


def _stale_card(member: Member, place: str, series: Series, now: datetime) -> Card:
    since, unread = member.stale_since or now, member.unread_since or now
    bars = [(q, series.bar(member.id, q.slug, member.week)) for q in LITMUS if member.week and member.ml_code]
    shown = max(((q, bar) for q, bar in bars if bar.drawn), key=lambda row: row[1].coverage, default=None)
    as_of = day(member.as_of, now.date())
    return Card(
        kind="stale" if member.week else "failed",
        words=f"stale since {day(since, now.date())}" if member.week else "never read",
        place=place,
        title=f"Not read for {age(now - unread)}: {_lowered(member.stale_reason) or 'the scan failed'}",
        text=f"Figures are those of {as_of} and have not moved since." if member.week else "There is no figure yet.",
        url=reverse("scans") + f"?component={member.public_id}",
        link="See the scans",
        bar=shown[1] if shown else None,
        reading=f"{shown[0].id} {shown[0].short}, as of {as_of}" if shown else "",
    )


def _cancelled_card(member: Member, place: str) -> Card:
    return Card(
        kind="failed",
        words="cancelled",
        place=place,
        title="The first scan was cancelled",
        text="There is no figure yet, and none comes before it is scanned again.",
        url=member.url,
        link="Scan it again there",
    )


def _lowered(reason: str) -> str:
    reason = reason.rstrip(".")
    return reason[:1].lower() + reason[1:] if reason[1:2].islower() else reason
