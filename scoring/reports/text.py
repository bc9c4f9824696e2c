"""The report for a terminal: what to do first, then the scores, then what they rest on."""

from collections.abc import Sequence

from scoring.findings import ON_TRIAL
from scoring.reports.words import (
    band_words,
    by_debt,
    checklist_title,
    counted,
    debt_title,
    first_to_do,
    flags_given,
    litmus_title,
    number,
    on_trial,
    one_of_each,
    own_files,
    places,
    read_of,
    section_title,
    signal_name,
    state_words,
    tool_place,
    tool_words,
)
from scoring.scores.answers import NOT_APPLICABLE, Assessment, DebtScore, LitmusAnswer, Week, state_of_test

SHOWN_FINDINGS = 10
SHOWN_DEBTS = 15
BAR_CELLS = 24


def render(assessment: Assessment, history: Sequence[Week] | None = None) -> bytes:
    """Text of at most 120 columns, ending in a newline; the same for the same assessment."""
    blocks = [_head(assessment), _first(assessment)]
    if assessment.ml_code:
        blocks += [_score(assessment), _litmus(assessment)]
    else:
        blocks.append(
            ["No ML code found; the five answers and the ML Test Score do not apply. General debts are below."]
        )
    blocks += [_debts(assessment), *_checklist(assessment), *_other_tools(assessment), _coverage(assessment)]
    if history:
        blocks.append(_history(history))
    return ("\n\n".join("\n".join(block) for block in blocks) + "\n").encode("utf-8", "backslashreplace")


def _head(assessment: Assessment) -> list[str]:
    where = assessment.component or "(root)"
    return [
        f"Debtboard  component {where}, profile {assessment.profile}",
        f"commit {assessment.commit}, as of {assessment.as_of:%Y-%m-%d %H:%M} UTC",
        f"engine {assessment.engine}, ruler {assessment.ruler.version} ({assessment.ruler.hash})",
        *(f"your own signals, {said}" for said in own_files(assessment)),
        *flags_given(assessment),
    ]


def _first(assessment: Assessment) -> list[str]:
    ranked = first_to_do(assessment)
    kinds, trial = one_of_each(ranked), on_trial(assessment)
    if not ranked:
        return ["No findings"]
    lines = [f"{counted(len(ranked), 'finding')} of {counted(len(kinds), 'signal')}; each signal's first, by severity"]
    for found, more in kinds[:SHOWN_FINDINGS]:
        others = f", {more} more like it" if more else ""
        others += f"; {ON_TRIAL}" if found.signal in trial else ""
        lines.append(f"  {found.severity:8} {places(found)}  {found.message} [{signal_name(found.signal)}{others}]")
    if len(kinds) > SHOWN_FINDINGS:
        more = len(kinds) - SHOWN_FINDINGS
        lines.append(
            f"  {counted(more, 'more signal')} with findings {'is' if more == 1 else 'are'} in the JSON report"
        )
    return lines


def _score(assessment: Assessment) -> list[str]:
    rubric = assessment.rubric
    lines = [
        f"ML Test Score (2017): {number(rubric.score.value)} of 7, between {number(rubric.score.worst)} and"
        f" {number(rubric.score.best)}; {band_words(rubric)}"
    ]
    for section in rubric.sections:
        states = ", ".join(
            f"{test.slug} {state_of_test(test.state)}" for test in section.tests if test.state != "unknown"
        )
        lines.append(
            f"  {section_title(section.slug):8} {number(section.score.worst)} to {number(section.score.best)} of 7"
            + (f"  ({states})" if states else "")
        )
    return lines


def _litmus(assessment: Assessment) -> list[str]:
    lines = ["The five litmus answers, 0 good to 100 bad"]
    for answer in assessment.litmus:
        lines.append(f"  {_bar(answer)}  {litmus_title(answer.slug)}")
        lines.append(f"  {' ' * BAR_CELLS}  {answer.headline}")
    return lines


def _debts(assessment: Assessment) -> list[str]:
    shown = [debt for debt in assessment.debts if debt.index.best or debt.findings]
    shown.sort(key=lambda debt: (debt.index.value is None, -(debt.index.value or debt.index.best or 0), debt.slug))
    lines = ["Debts with evidence, 0 good to 100 bad (bad #, unseen /, good .; ? too little was seen for a value)"]
    for debt in shown[:SHOWN_DEBTS]:
        worst = f", worst open {debt.worst_open}" if debt.worst_open else ""
        lines.append(f"  {_bar(debt)}  {debt_title(debt.slug)}: {counted(debt.findings, 'finding')}{worst}")
    hidden = len(assessment.debts) - len(shown[:SHOWN_DEBTS])
    if hidden:
        lines.append(f"  {counted(hidden, 'more debt')} {'is' if hidden == 1 else 'are'} in the JSON report")
    return lines


def _checklist(assessment: Assessment) -> list[list[str]]:
    """A line for each item, where any applies."""
    if all(item.state == NOT_APPLICABLE for item in assessment.checklist):
        return []
    lines = ["The checklist of Combine (the 25 practices are in the JSON report)"]
    for item in assessment.checklist:
        evidence = f" ({', '.join(item.evidence)})" if item.evidence else ""
        lines.append(f"  {state_words(item.state):14} {checklist_title(item.slug)}{evidence}")
    return [lines]


def _other_tools(assessment: Assessment) -> list[list[str]]:
    """What was handed over of other tools; nothing where nothing was."""
    given = assessment.other_tools
    if not given.inputs:
        return []
    lines = ["From other tools (shown apart, never scored)", *(f"  {tool_words(use)}" for use in given.tools)]
    for title, amount, first in by_debt(given.results):
        lines.append(f"  {title}: {counted(amount, 'result')}, first {tool_place(first)} [{first.rule}]")
    return [lines]


def _bar(answer: DebtScore | LitmusAnswer) -> str:
    if answer.segments.bad is None or answer.segments.unseen is None:
        return "does not apply".ljust(BAR_CELLS + 16)
    bad = round(answer.segments.bad * BAR_CELLS)
    unseen = round((answer.segments.bad + answer.segments.unseen) * BAR_CELLS) - bad
    picture = "#" * bad + "/" * unseen + "." * (BAR_CELLS - bad - unseen)
    value = "  ?" if answer.index.value is None else f"{answer.index.value:3.0f}"
    return f"{picture} {value} ({answer.index.best:3.0f} to {answer.index.worst:3.0f})"


def _coverage(assessment: Assessment) -> list[str]:
    coverage = assessment.coverage
    lines = [f"Read {read_of(coverage)}"]
    lines += [f"  {skip.path}: {skip.reason}" for skip in coverage.skipped[:10]]
    return lines


def _history(history: Sequence[Week]) -> list[str]:
    lines = [f"History: {counted(len(history), 'week')}, newest first", "  week      commit   findings  ML Test Score"]
    for past in history:
        score = past.rubric.score
        lines.append(
            f"  {past.week}  {past.commit[:7]}  {past.findings:8}  {number(score.worst)} to {number(score.best)}"
        )
    return lines
