"""Whether a line rises or falls: the Theil-Sen slope, and the Mann-Kendall test that says if it may be chance.

Catalogue, section 10: over the last 8 weekly points, significant if p < .1; else there is no clear trend.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import erfc, sqrt
from statistics import median

from debtboard.domain.queries.measures import Line

WEEKS = 8
SIGNIFICANT = 0.1
FEWEST = 4
"""Points from which p can fall under .1 at all."""
SMALLEST = 1 / 100
"""Share of the scale that the slope must amount to over the weeks: less is rounding, however steady."""

TOO_FEW, NONE, WORSENING, IMPROVING = "too few weeks to tell", "no clear trend", "worsening", "improving"
AGED = "only aged"
"""It moves by the calendar alone: all weeks scored the same commit."""

Spot = tuple[int, float]
"""(week, value); weeks are numbered, so that a gap keeps its width."""


@dataclass(frozen=True, slots=True)
class Tendency:
    """The verdict on a line, and what it rests on."""

    word: str
    slope: float = 0.0
    """Units a week."""
    p: float = 1.0
    points: int = 0
    since: date | None = None
    """The day of the last commit, where the line has only aged."""


def tendency(line: Line) -> Tendency:
    """Of the last weeks, at the ruler of the newest point alone."""
    recent = [(week, point) for week, point in enumerate(line.points[-WEEKS:]) if point.value is not None]
    spots = [(week, point.value or 0.0) for week, point in recent if point.ruler == recent[-1][1].ruler]
    if len(spots) < FEWEST:
        return Tendency(TOO_FEW, points=len(spots))
    slope, p = theil_sen(spots), mann_kendall([value for _, value in spots])
    weeks = spots[-1][0] - spots[0][0]
    if p >= SIGNIFICANT or abs(slope) * weeks < SMALLEST * line.scale:
        return Tendency(NONE, slope, p, len(spots))
    commits = {point.commit for _, point in recent}
    if len(commits) == 1 and "" not in commits:
        return Tendency(AGED, slope, p, len(spots), recent[-1][1].committed)
    rises_when_bad = line.scale == 100.0
    return Tendency(WORSENING if (slope > 0) is rises_when_bad else IMPROVING, slope, p, len(spots))


def theil_sen(spots: Sequence[Spot]) -> float:
    """The median slope over all pairs of points: one week that is off does not tilt it."""
    return median((second[1] - first[1]) / (second[0] - first[0]) for first, second in combinations(spots, 2))


def mann_kendall(values: Sequence[float]) -> float:
    """Two-sided p that values in this order come of no trend; the variance is corrected for ties, the step for
    continuity (normal approximation)."""
    score = sum((second > first) - (second < first) for first, second in combinations(values, 2))
    spread = _variance(values)
    if spread == 0.0 or score == 0:
        return 1.0
    z = (abs(score) - 1) / sqrt(spread)
    return erfc(z / sqrt(2))


def _variance(values: Sequence[float]) -> float:
    n = len(values)
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(values).values())
    return (n * (n - 1) * (2 * n + 5) - ties) / 18
