"""Debt indices: each debt's rows -> one bar, its blame and the worst open finding (catalogue 2.3)."""

from collections.abc import Iterable, Sequence

from scoring.debts import all_debts
from scoring.findings import SEVERITIES, Debt, Finding, Outcome, Signal, SignalResult
from scoring.scores.answers import MEASURED, NOT_APPLICABLE, UNKNOWN, DebtScore, Term
from scoring.scores.segments import bar, blame, grouped, split


def score_debts(results: Iterable[SignalResult], findings: Sequence[Finding]) -> tuple[DebtScore, ...]:
    """One score per debt of the catalogue, in its order. Proves first that it got exactly the ruler's rows."""
    by_id = {result.id: result for result in results}
    debts = all_debts()
    expected = {signal_id for debt in debts for signal_id in debt.rows}
    if set(by_id) != expected:
        raise ValueError(f"the results are not the ruler's rows: {sorted(set(by_id) ^ expected)}")
    return tuple(_score(debt, [by_id[signal_id] for signal_id in debt.rows], findings) for debt in debts)


def terms_of(debt: Debt, results: Sequence[SignalResult]) -> tuple[Term, ...]:
    """The opened arithmetic of one debt: a term for each applicable row with weight, groups merged."""
    pairs = [
        (row.group, split(result, row.weight))
        for result in results
        if result.outcome is not Outcome.NOT_APPLICABLE and (row := weighed(debt.rows[result.id], result)).weight > 0
    ]
    return grouped(pairs)


def weighed(row: Signal, result: SignalResult) -> Signal:
    """The row as the result weighs it: a severity that the profile lowered counts as lowered."""
    return row if row.severity == result.severity else _lowered(row, result.severity)


def _lowered(row: Signal, severity: int) -> Signal:
    from dataclasses import replace

    return replace(row, severity=severity)


def _score(debt: Debt, results: Sequence[SignalResult], findings: Sequence[Finding]) -> DebtScore:
    terms = terms_of(debt, results)
    index, segments, coverage = bar(terms)
    mine = [finding for finding in findings if finding.debt == debt.slug]
    found = {result.id for result in results if result.outcome is Outcome.FOUND}
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
