"""Newcomers and the wall: what a history says about people, always of several, never of one (catalogue 3.6, 9 Q5)."""

from statistics import median

import msgspec

from scoring.analyses.history_timeline import DAY, Lens

NEWCOMER_DAYS = 730
WALL_DAYS = 730
"""Two years, as for newcomers: research folders rest for months, and people who left years ago build no bridge."""
TENTH = 10
FIRST_DAYS = 90
MIN_PEOPLE = 3
"""Fewer people are not averaged: a median of one is a person (catalogue 9, Q5)."""


class Newcomers(msgspec.Struct, frozen=True):
    """Authors whose first commit lies in the last 24 months."""

    count: int
    ramp_days: float | None
    """Median days from the first to the tenth commit, of those who made ten."""
    ramp_population: int
    breadth: float | None
    """Median share of the active folders that a newcomer touched in the first 90 days."""


def newcomers(lens: Lens, cut: int, now: int, latest: int, active: frozenset[str]) -> Newcomers:
    """`now` and `latest`: the moment, and up to when a date is believed; `active`: folders changed in 12 months."""
    count = 0
    ramps: list[float] = []
    shares: list[float] = []
    for career in lens.careers(cut).values():
        first = next((time for time, place in career if place <= cut), None)
        if first is None or not now - NEWCOMER_DAYS * DAY < first <= latest:
            continue
        count += 1
        known = [(time, place) for time, place in career if place <= cut and time <= latest]
        if len(known) >= TENTH:
            ramps.append((known[TENTH - 1][0] - first) / DAY)
        if first + FIRST_DAYS * DAY <= now and active:
            seen = {
                folder
                for time, place in known
                if time <= first + FIRST_DAYS * DAY
                for folder in lens.timeline.folders(place)
            }
            shares.append(len(seen & active) / len(active))
    return Newcomers(
        count,
        median(ramps) if len(ramps) >= MIN_PEOPLE else None,
        len(ramps),
        median(shares) if len(shares) >= MIN_PEOPLE else None,
    )


def overlap(research: frozenset[int], production: frozenset[int]) -> float | None:
    """Shared authors over the smaller side; None for one person alone, or where a side is empty."""
    if not research or not production or len(research | production) < 2:
        return None
    return len(research & production) / min(len(research), len(production))
