"""How much of the evidence was seen over several components: the ruler line of the portfolio and of a team."""

from collections.abc import Sequence
from datetime import date

from debtboard.domain.queries import series as s
from debtboard.domain.queries.frame import Rule, joined
from debtboard.domain.queries.rows import Member


def evidence_seen(found: Sequence[Member], series: s.Series) -> float | None:
    """The mean coverage of every line that applies; None before the first complete scan."""
    weeks = tuple((member.id, member.week) for member in found if member.week is not None)
    return series.once(("seen", weeks), lambda: _evidence_seen(weeks, series))


def _evidence_seen(weeks: Sequence[tuple[int, date]], series: s.Series) -> float | None:
    shares = []
    for component, week in weeks:
        for measure in s.lines():
            best, _, worst = series.numbers(component, measure, week) or (None, None, None)
            if best is not None and worst is not None:
                shares.append((best + 100 - worst) / 100)
    return sum(shares) / len(shares) if shares else None


def rule_of(found: Sequence[Member], series: s.Series, note: str = "") -> Rule | None:
    """The ruler line over several components."""
    share = evidence_seen(found, series)
    versions = sorted({member.ruler for member in found if member.ruler})
    return None if share is None else Rule(joined(versions), share, note)
