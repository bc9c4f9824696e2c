"""The arithmetic of every bar: weights, three segments, best, value and worst (catalogue 2.3, 2.5).

A bar has a fixed denominator: all applicable rows, built or not, observed or not. What nobody observed is
unseen, so evidence can only eat the hatch from its two sides: worst never rises and best never falls by it.
"""

from collections.abc import Iterable, Sequence
from math import fsum

from scoring.findings import SHARE, Outcome, SignalResult
from scoring.scores.answers import Blame, Index, Segments, Term

VALUE_FROM_COVERAGE = 0.35
"""Below it there is not enough evidence for a value (catalogue 2.3)."""

SMALL_NUMBER = 5
"""A share over fewer items is damped (catalogue 2.5, rule 2)."""

DIGITS = 9
"""Shares are rounded here once, so that the order of a sum never shows in a report's bytes."""


def split(result: SignalResult, weight: float) -> Term:
    """One row's weight as bad, good and unseen.

    An unread share q of the source leaves bad as it is and moves q of the good to unseen; a share over n < 5
    items gives bad w*b*n/5 and good w*(1-b), the rest unseen.
    """
    if result.outcome not in (Outcome.FOUND, Outcome.CLEAR) or result.badness is None:
        return Term(name=result.id, weight=weight, bad=0.0, good=0.0, unseen=weight)
    bad, good = weight * result.badness, weight * (1 - result.badness) * (1 - result.unread)
    if result.kind == SHARE and result.population is not None and result.population < SMALL_NUMBER:
        bad *= result.population / SMALL_NUMBER
    return Term(name=result.id, weight=weight, bad=bad, good=good, unseen=weight - bad - good)


def merge(name: str, members: Sequence[Term]) -> Term:
    """Rows that see the same fact through several sources: the larger weight, the largest bad share; the rest is good
    only once every member is observed (catalogue 2.3)."""
    weight = max(term.weight for term in members)
    bad = max(weight * term.bad / term.weight for term in members)
    if all(term.unseen < term.weight for term in members):
        good = min(weight - bad, min(weight * term.good / term.weight for term in members))
        return Term(name=name, weight=weight, bad=bad, good=good, unseen=weight - bad - good)
    return Term(name=name, weight=weight, bad=bad, good=0.0, unseen=weight - bad)


def grouped(pairs: Iterable[tuple[str, Term]]) -> tuple[Term, ...]:
    """(group or "", term) -> terms, each declared group merged into one, in the order of first appearance."""
    slots: dict[str, list[Term]] = {}
    for group, term in pairs:
        slots.setdefault(group or f"\0{term.name}", []).append(term)
    return tuple(terms[0] if len(terms) == 1 else merge(key, terms) for key, terms in slots.items())


def bar(terms: Sequence[Term]) -> tuple[Index, Segments, float]:
    """Terms -> (index 0..100, segments 0..1, coverage). Without weight: all null, coverage 0."""
    weight = fsum(term.weight for term in terms)
    if weight <= 0:
        return Index(), Segments(), 0.0
    bad = round(fsum(term.bad for term in terms) / weight, DIGITS)
    good = round(fsum(term.good for term in terms) / weight, DIGITS)
    unseen = round(max(0.0, 1 - bad - good), DIGITS)
    coverage = round(bad + good, DIGITS)
    value = round(100 * bad / (bad + good), 6) if coverage >= VALUE_FROM_COVERAGE else None
    index = Index(best=round(100 * bad, 6), value=value, worst=round(100 * (bad + unseen), 6))
    return index, Segments(bad=bad, good=good, unseen=unseen), coverage


def blame(terms: Iterable[Term]) -> tuple[Blame, ...]:
    """Each row's part of the bad segment; the parts add up to 1. Largest first, then by name."""
    guilty = [term for term in terms if term.bad > 0]
    total = fsum(term.bad for term in guilty)
    parts = [Blame(signal=term.name, share=round(term.bad / total, DIGITS)) for term in guilty]
    return tuple(sorted(parts, key=lambda part: (-part.share, part.signal)))
