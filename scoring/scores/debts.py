"""Debt indices: each debt's rows -> one bar, its blame and the worst open finding (catalogue 2.3)."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from scoring.analyses.memo import Latest
from scoring.debts import all_debts, children
from scoring.findings import SEVERITIES, SEVERITY_WEIGHT, Debt, Finding, Outcome, Signal, SignalResult
from scoring.scores.answers import MEASURED, NOT_APPLICABLE, UNKNOWN, DebtScore, Term
from scoring.scores.segments import bar, blame, grouped, split


def score_debts(results: Iterable[SignalResult], findings: Sequence[Finding]) -> tuple[DebtScore, ...]:
    """One score per debt of the catalogue, in its order. Proves first that it got exactly the ruler's rows."""
    by_id = {result.id: result for result in results}
    expected = {signal_id for debt in all_debts() for signal_id in debt.rows}
    if set(by_id) != expected:
        raise ValueError(f"the results are not the ruler's rows: {sorted(set(by_id) ^ expected)}")
    mine: dict[str, list[Finding]] = {}
    for finding in findings:
        mine.setdefault(finding.debt, []).append(finding)
    return tuple(_score(debt, by_id, mine) for debt in all_debts())


@cache
def rows_of(debt: Debt) -> tuple[Signal, ...]:
    """The rows that a debt's index takes: its own, and for an umbrella those of its children, once each."""
    return tuple(row for member in (debt, *children(debt.slug)) for row in member.rows.values())


def terms_of(debt: Debt, results: Mapping[str, SignalResult]) -> tuple[Term, ...]:
    """The opened arithmetic of one debt: a term for each applicable row that weighs something, groups merged."""
    pairs = []
    for row in rows_of(debt):
        result = results[row.id]
        if row.weight > 0 and result.outcome is not Outcome.NOT_APPLICABLE:
            pairs.append((row.group, split(result, weight_of(row, result))))
    return grouped(pairs)


def weight_of(row: Signal, result: SignalResult) -> float:
    """The row's weight, by the severity that the result carries: a library's open ranges, say, weigh as low."""
    return row.weight * SEVERITY_WEIGHT[result.severity] / SEVERITY_WEIGHT[row.severity]


def _score(debt: Debt, results: Mapping[str, SignalResult], findings: Mapping[str, Sequence[Finding]]) -> DebtScore:
    mine = [finding for member in (debt, *children(debt.slug)) for finding in findings.get(member.slug, ())]
    rests_on = (tuple(results[row.id] for row in rows_of(debt)), mine)
    return _latest_of(debt.slug)(rests_on, lambda: _scored(debt, results, mine))


@cache
def _latest_of(slug: str) -> Latest[DebtScore]:
    """The debt's last score: most weeks change a few debts only."""
    return Latest()


def _scored(debt: Debt, results: Mapping[str, SignalResult], mine: Sequence[Finding]) -> DebtScore:
    terms = terms_of(debt, results)
    index, segments, coverage = bar(terms)
    found = {row.id for row in rows_of(debt) if results[row.id].outcome is Outcome.FOUND and not row.on_trial}
    return DebtScore(
        slug=debt.slug,
        state=NOT_APPLICABLE if segments.bad is None else MEASURED if coverage > 0 else UNKNOWN,
        index=index,
        segments=segments,
        coverage=coverage,
        worst_open=worst(finding for finding in mine if finding.signal in found),
        findings=len(mine),
        blame=blame(terms),
    )


def worst(findings: Iterable[Finding]) -> str | None:
    """The highest severity among them; None where there are none."""
    ranks = [SEVERITIES.index(finding.severity) for finding in findings]
    return SEVERITIES[max(ranks)] if ranks else None
