"""The largest moves of single lines in four weeks, each with the findings behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from debtboard.domain.queries import catalogue
from debtboard.domain.queries import rows as r
from debtboard.domain.queries import series as s
from debtboard.domain.queries.causes import Cause, causes
from debtboard.domain.queries.changes import NONE, numbers_said
from debtboard.domain.queries.debts import family
from debtboard.domain.queries.members import Member
from debtboard.domain.queries.since import weeks_begin
from debtboard.domain.queries.trends import change_css
from debtboard.domain.queries.wording import signed

MOVES = 8


@dataclass(frozen=True, slots=True)
class Move:
    component: str
    line: str
    url: str
    points: str
    css: str
    said: str
    cause: Cause | None = None
    """The findings behind it; None of a litmus answer, and where none came or went."""
    why: str = ""
    """What is said where no finding stands behind it."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A line of a component that moved."""

    points: float
    member: Member
    measure: str

    @property
    def order(self) -> tuple[bool, float, str, str]:
        """What got worse before what got better, the larger first."""
        return self.points < 0, -abs(self.points), self.member.name, self.measure


def largest_moves(found: Sequence[Member], series: s.Series) -> tuple[tuple[Move, ...], int]:
    """The largest moves of single lines in four weeks, and how many there are; one query where a debt is among them."""
    steps = []
    for member in found:
        if member.week is None or r.moved(member, series)[2]:
            continue
        for measure in series.measures(member.id):
            points = r.line_move(series, member.id, measure, member.week - r.MOVED_SPAN, member.week)
            if points is not None:
                steps.append(_Step(points, member, measure))
    shown = sorted(steps, key=lambda step: step.order)[:MOVES]
    known = _causes(shown)
    return tuple(_move(series, step, known.get((step.member.id, step.measure))) for step in shown), len(steps)


def _causes(steps: Sequence[_Step]) -> dict[tuple[int, str], Cause]:
    """Of those that were read last: findings are known of the present alone."""
    latest = max((step.member.week for step in steps if step.member.week is not None), default=None)
    pairs = [
        (step.member.id, step.measure)
        for step in steps
        if step.member.week == latest and step.measure in catalogue.debts_by_slug()
    ]
    if latest is None:
        return {}
    return causes(pairs, {debt: family(debt) for _, debt in pairs}, weeks_begin(latest, r.MOVED_WEEKS))


def _move(series: s.Series, step: _Step, cause: Cause | None) -> Move:
    member, week = step.member, step.member.week or date.min
    old = series.numbers(member.id, step.measure, week - r.MOVED_SPAN) or NONE
    new = series.numbers(member.id, step.measure, week) or NONE
    of_debt = step.measure in catalogue.debts_by_slug()
    return Move(
        component=member.name,
        line=s.line_name(step.measure),
        url=f"{member.url}?debts=all#{step.measure}",
        points=signed(step.points),
        css=change_css(step.points),
        said=numbers_said(old, new),
        cause=cause,
        why="no finding came or went: its measures moved" if of_debt and cause is None else "",
    )
