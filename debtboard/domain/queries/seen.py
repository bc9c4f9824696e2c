"""How much of the evidence was seen over several components: the ruler line of the portfolio and of a team."""

from collections.abc import Sequence

from debtboard.domain.queries import series as s
from debtboard.domain.queries.frame import Rule, joined
from debtboard.domain.queries.measures import version_of
from debtboard.domain.queries.members import Member
from debtboard.domain.queries.tallies import evidence_of


def evidence_seen(found: Sequence[Member], series: s.Series) -> float | None:
    """The mean coverage of every line that applies; None before the first complete scan."""
    return evidence_of([(member.id, member.week) for member in found if member.week is not None], series)


def rule_of(found: Sequence[Member], series: s.Series, note: str = "") -> Rule | None:
    """The ruler line over several components."""
    share = evidence_seen(found, series)
    versions = sorted({version_of(member.ruler) for member in found if member.ruler})
    return None if share is None else Rule(joined(versions), share, note)
