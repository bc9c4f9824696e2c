"""The report as Markdown: for a pull request, a wiki or a mail."""

from collections.abc import Sequence

from scoring.findings import ON_TRIAL
from scoring.reports.ledger import told
from scoring.reports.words import (
    band_words,
    by_debt,
    checklist_title,
    copies_of,
    debt_title,
    first_to_do,
    flags_given,
    litmus_title,
    number,
    on_trial,
    own_files,
    places,
    read_of,
    section_title,
    signal_name,
    span,
    state_words,
    tool_place,
    tool_words,
    without_ml,
)
from scoring.scores.answers import Assessment, Index, Week

SHOWN_FINDINGS = 50


def render(assessment: Assessment, history: Sequence[Week] | None = None) -> bytes:
    """Markdown, ending in a newline; the same for the same assessment."""
    blocks = [_head(assessment), _findings(assessment)]
    if assessment.ml_code:
        blocks += [_score(assessment), _litmus(assessment)]
    else:
        blocks.append([without_ml(assessment)])
    blocks += [_debts(assessment), _checklist(assessment), *_other_tools(assessment), _coverage(assessment)]
    if history:
        blocks.append(_history(history))
    return ("\n\n".join("\n".join(block) for block in blocks) + "\n").encode("utf-8", "backslashreplace")


def _head(assessment: Assessment) -> list[str]:
    where = assessment.component or "repository root"
    return [
        f"# Debtboard: {_safe(where)}",
        "",
        f"Commit `{assessment.commit}`, as of {assessment.as_of:%Y-%m-%d %H:%M} UTC, profile {assessment.profile},"
        f" engine {assessment.engine}, ruler {assessment.ruler.version} (`{assessment.ruler.hash}`).",
        *(f"\nYour own signals, {_safe(said)}." for said in own_files(assessment)),
        *(f"\n{said}." for said in flags_given(assessment)),
    ]


def _findings(assessment: Assessment) -> list[str]:
    trial = on_trial(assessment)
    worst = {row.findings[0].id: order for order, row in enumerate(told(assessment))}
    ranked = sorted(  # the worst of each signal, then the others, in their order
        first_to_do(assessment), key=lambda found: (found.signal in trial, worst.get(found.id, len(worst)))
    )
    lines = [f"## Findings ({len(ranked)})", "", "The worst of each signal first, then all others.", ""]
    lines += ["| severity | place | finding | effort |", "|---|---|---|---|"]
    lines += [
        f"| {found.severity} | `{_code(places(found))}` | {_safe(found.message)} ({signal_name(found.signal)}"
        f"{f'; {ON_TRIAL}' if found.signal in trial else ''}) | {found.effort} |"
        for found in ranked[:SHOWN_FINDINGS]
    ]
    if len(ranked) > SHOWN_FINDINGS:
        lines += ["", f"{len(ranked) - SHOWN_FINDINGS} more are in the JSON report."]
    return lines


def _score(assessment: Assessment) -> list[str]:
    rubric = assessment.rubric
    lines = [
        f"## ML Test Score {number(rubric.score.value)} of 7, up to {number(rubric.score.best)}",
        "",
        f"Edition {rubric.edition}; {band_words(rubric)}.",
        "",
        "| section | worst | value | best |",
        "|---|---|---|---|",
    ]
    return lines + [
        f"| {section_title(part.slug)} | {number(part.score.worst)} | {number(part.score.value)} |"
        f" {number(part.score.best)} |"
        for part in rubric.sections
    ]


def _litmus(assessment: Assessment) -> list[str]:
    lines = ["## The five litmus answers", "", "| question | answer | best | value | worst |", "|---|---|---|---|---|"]
    return lines + [
        f"| {litmus_title(answer.slug)} | {_safe(answer.headline)} | {_index(answer.index)} |"
        for answer in assessment.litmus
    ]


def _debts(assessment: Assessment) -> list[str]:
    lines = ["## Debts", "", "| debt | best | value | worst | worst open | findings |", "|---|---|---|---|---|---|"]
    return lines + [
        f"| {_safe(debt_title(debt.slug))} (`{debt.slug}`) | {_index(debt.index)} | {debt.worst_open or ''} |"
        f" {debt.findings} |"
        for debt in assessment.debts
        if debt.state != "not_applicable"
    ]


def _checklist(assessment: Assessment) -> list[str]:
    lines = ["## The checklist of Combine", "", "| item | state | evidence |", "|---|---|---|"]
    return lines + [
        f"| {checklist_title(item.slug)} | {state_words(item.state)} | {_safe(', '.join(item.evidence))} |"
        for item in assessment.checklist
    ]


def _other_tools(assessment: Assessment) -> list[list[str]]:
    given = assessment.other_tools
    if not given.inputs:
        return []
    lines = ["## From other tools", "", "Shown apart, never scored.", ""]
    lines += [f"- {_safe(tool_words(use))}" for use in given.tools]
    lines += ["", "| debt | results | first | rule |", "|---|---|---|---|"]
    lines += [
        f"| {_safe(title)} | {amount} | `{_code(tool_place(first))}` | {_safe(f'{first.tool} {first.rule}')} |"
        for title, amount, first in by_debt(given.results)
    ]
    return [lines]


def _index(index: Index) -> str:
    return " | ".join("?" if value is None else f"{value:.0f}" for value in (index.best, index.value, index.worst))


def _coverage(assessment: Assessment) -> list[str]:
    coverage = assessment.coverage
    lines = [
        "## What was read",
        "",
        f"{read_of(coverage)}.",
    ]
    lines += [f"- `{_code(skip.path)}`: {_safe(skip.reason)}" for skip in coverage.skipped[:30]]
    return lines + [f"- left out as {_safe(reason)}" for reason in copies_of(coverage)[:30]]


def _history(history: Sequence[Week]) -> list[str]:
    lines = ["## History", "", "| week | commit | findings | ML Test Score |", "|---|---|---|---|"]
    return lines + [
        f"| {past.week} | `{past.commit[:7]}` | {past.findings} | {span(past.rubric.score)} |" for past in history
    ]


def _code(text: str) -> str:
    """Text inside a code span of a table cell."""
    return text.replace("`", "'").replace("|", "\\|")


def _safe(text: str) -> str:
    """Text outside code: nothing in it can become markup."""
    return "".join("\\" + mark if mark in "\\`*_{}[]<>|#" else mark for mark in " ".join(text.split()))
