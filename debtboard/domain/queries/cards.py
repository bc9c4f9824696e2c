"""The portfolio's cards: components that fail, are stale, or can't be seen into."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from debtboard.domain.queries import rows as r
from debtboard.domain.queries.measures import Bar
from debtboard.domain.queries.series import Series
from debtboard.domain.queries.tallies import mean_unseen
from debtboard.domain.queries.wording import age, count, day, number, percent
from debtboard.models import Scan
from scoring.catalog.litmus import LITMUS

BLIND_APART = 2
"""Blind components that get a card of their own; more are said together."""


@dataclass(frozen=True, slots=True)
class Card:
    """One component that needs a look: it fails, is stale, or can't be seen into."""

    kind: str
    words: str
    place: str
    title: str
    text: str
    url: str
    link: str
    bar: Bar | None = None
    reading: str = ""
    components: int = 1
    """How many it speaks of."""


def cards_of(
    found: Sequence[r.Member], names: dict[int, str], series: Series, now: datetime, scans: Mapping[int, str]
) -> tuple[Card, ...]:
    """`scans`: as `rows.open_scans` gives them."""
    cards: list[Card] = []
    blind: list[tuple[r.Member, str, list[Bar]]] = []
    for member in sorted(found, key=lambda m: (m.stale_since is None, m.stale_since or now, m.name)):
        place = f"{names[member.team_id]}, {member.name}"
        if member.stale_since is not None:
            cards.append(_stale_card(member, place, series, now))
            continue
        if scans.get(member.id) == Scan.Status.CANCELLED:
            cards.append(_cancelled_card(member, place))
            continue
        bars = [series.bar(member.id, slug, member.week) for slug in _litmus(member) if member.week]
        if bars and mean_unseen(bars) > r.BLIND:
            blind.append((member, place, bars))
    if len(blind) > BLIND_APART:
        return (*cards, _blind_together(blind))
    return (*cards, *(_blind_card(*one) for one in blind))


def _litmus(member: r.Member) -> tuple[str, ...]:
    return tuple(question.slug for question in LITMUS) if member.ml_code else ()


def _stale_card(member: r.Member, place: str, series: Series, now: datetime) -> Card:
    since = member.stale_since or now
    bars = [(q, series.bar(member.id, q.slug, member.week)) for q in LITMUS if member.week and member.ml_code]
    shown = next(((q, bar) for q, bar in bars if bar.drawn), None)
    as_of = day(member.as_of, now.date())
    return Card(
        kind="stale" if member.week else "failed",
        words=f"stale since {day(since, now.date())}" if member.week else "never read",
        place=place,
        title=f"Not read for {age(now - since)}: {_lowered(member.stale_reason) or 'the scan failed'}",
        text=f"Figures are those of {as_of} and have not moved since." if member.week else "There is no figure yet.",
        url=reverse("scans") + f"?component={member.public_id}",
        link="See the scans",
        bar=shown[1] if shown else None,
        reading=f"{shown[0].id} {shown[0].short}, as of {as_of}" if shown else "",
    )


def _cancelled_card(member: r.Member, place: str) -> Card:
    return Card(
        kind="failed",
        words="cancelled",
        place=place,
        title="The first scan was cancelled",
        text="There is no figure yet, and none comes before it is scanned again.",
        url=member.url,
        link="Scan it again there",
    )


def _blind_card(member: r.Member, place: str, bars: Sequence[Bar]) -> Card:
    darkest = max(zip(LITMUS, bars, strict=True), key=lambda pair: pair[1].unseen or 0.0)
    question, bar = darkest
    return Card(
        kind="blind",
        words="blind",
        place=place,
        title=f"{number(100 * mean_unseen(bars))} % of the five answers is unseen",
        text=f"Darkest: {question.id} {question.short}, {percent(bar.unseen)} unseen. That counts as neither.",
        url=f"{member.url}#{question.slug}",
        link="See what is unseen",
        bar=bar,
        reading=f"{question.short} between {number(bar.best)} and {number(bar.worst)}",
    )


def _blind_together(blind: Sequence[tuple[r.Member, str, Sequence[Bar]]]) -> Card:
    """Many are blind for one reason, as long as only repositories are read: said once."""
    shares = sorted(100 * mean_unseen(bars) for _, _, bars in blind)
    darkest = max(blind, key=lambda one: mean_unseen(one[2]))
    return Card(
        kind="blind",
        words="blind",
        place=count(len(blind), "component"),
        title=f"{number(shares[0])} to {number(shares[-1])} % of the five answers is unseen",
        text="Their repositories are read; lineage, experiment runs and monitoring are not. Unseen is never good.",
        url=f"{darkest[0].url}#{LITMUS[0].slug}",
        link=f"See the darkest, {darkest[0].name}",
        components=len(blind),
    )


def _lowered(reason: str) -> str:
    reason = reason.rstrip(".")
    return reason[:1].lower() + reason[1:] if reason[1:2].islower() else reason
