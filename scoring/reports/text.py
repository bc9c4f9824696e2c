"""The report for a terminal: what to do first, then the scores, then what they rest on."""

from collections import Counter
from collections.abc import Mapping, Sequence

from scoring.debts import all_debts
from scoring.findings import ON_TRIAL, Finding, Outcome, SignalResult
from scoring.reports.unseen import unanswered, unseen
from scoring.reports.words import (
    SURE,
    band_words,
    by_debt,
    checklist_title,
    counted,
    debt_title,
    first_to_do,
    flags_given,
    litmus_title,
    measures,
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
from scoring.scores.answers import (
    NOT_APPLICABLE,
    UNKNOWN,
    Assessment,
    DebtScore,
    LitmusAnswer,
    Week,
    state_of_test,
)
from scoring.scores.practices import evidence_of
from scoring.survey import PROFILES

SHOWN_FINDINGS = 10
SHOWN_DEBTS = 15
SHOWN_BLAME = 2
"""Measures that are named for a debt without an open finding."""
BAR_CELLS = 24


def render(assessment: Assessment, history: Sequence[Week] | None = None) -> bytes:
    """Text, ending in a newline; the same for the same assessment."""
    blocks = [_head(assessment), _first(assessment)]
    if assessment.ml_code:
        blocks += [_score(assessment), _litmus(assessment)]
    else:
        blocks.append(
            ["No ML code found; the five answers and the ML Test Score do not apply. General debts are below."]
        )
    blocks += [_debts(assessment), *_checklist(assessment), *_other_tools(assessment), *unseen(assessment)]
    blocks.append(_coverage(assessment))
    if history:
        blocks.append(_history(history))
    return ("\n\n".join("\n".join(block) for block in blocks) + "\n").encode("utf-8", "backslashreplace")


def _head(assessment: Assessment) -> list[str]:
    where = assessment.component or "(root)"
    return [
        f"Debtboard  component {where}, profile {assessment.profile}",
        f"commit {assessment.commit}, as of {assessment.as_of:%Y-%m-%d %H:%M} UTC",
        f"engine {assessment.engine}, ruler {assessment.ruler.version} ({assessment.ruler.hash})",
        *_profile_hint(assessment),
        *(f"your own signals, {said}" for said in own_files(assessment)),
        *flags_given(assessment),
    ]


def _profile_hint(assessment: Assessment) -> list[str]:
    if assessment.profile != PROFILES[0] or not assessment.installable:
        return []
    return [
        "it declares a package: where others install that, --profile library judges it as a library"
        ' (profile = "library" in debtboard.toml, for the board)'
    ]


def _first(assessment: Assessment) -> list[str]:
    ranked = first_to_do(assessment)
    kinds, trial = one_of_each(ranked), on_trial(assessment)
    if not ranked:
        return ["No findings"]
    lines = [f"{_counts(ranked, trial)}; each signal's first, by severity, how sure it is, and effort"]
    for found, more in kinds[:SHOWN_FINDINGS]:
        others = f", {more} more like it" if more else ""
        others += f"; {ON_TRIAL}" if found.signal in trial else ""
        lines.append(
            f"  {found.severity:8} {SURE.get(found.confidence, ''):7} {found.effort:6} {places(found)}  {found.message}"
            f" [{signal_name(found.signal)}{others}]"
        )
    if len(kinds) > SHOWN_FINDINGS:
        more = len(kinds) - SHOWN_FINDINGS
        lines.append(
            f"  {counted(more, 'more signal')} with findings {'is' if more == 1 else 'are'} in the JSON report"
        )
    return lines


def _counts(ranked: Sequence[Finding], trial: frozenset[str]) -> str:
    """97 findings of 12 signals, and 8 of 3 signals on trial."""
    said: list[str] = []
    for tried in (False, True):
        signals = [found.signal for found in ranked if (found.signal in trial) is tried]
        if signals:
            noun = counted(len(signals), "finding") if not said else f"{len(signals)}"
            said.append(f"{noun} of {counted(len(set(signals)), 'signal')}{f' {ON_TRIAL}' if tried else ''}")
    return ", and ".join(said)


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
        if answer.state != UNKNOWN:
            lines.append(f"  {_bar(answer)}  {litmus_title(answer.slug)}")
            lines.append(f"  {' ' * BAR_CELLS}  {answer.headline}")
    for why, slugs in unanswered(assessment):
        lines.append(f"  not known yet, {why}: {' '.join(map(litmus_title, slugs))}")
    return lines


def _debts(assessment: Assessment) -> list[str]:
    places_of, results = _by_debt(assessment), {result.id: result for result in assessment.signals}
    shown = [debt for debt in assessment.debts if debt.index.best or places_of[debt.slug][OPEN]]
    shown.sort(key=lambda debt: (debt.index.value is None, -(debt.index.value or debt.index.best or 0), debt.slug))
    lines = ["Debts with evidence, 0 good to 100 bad (bad #, unseen /, good .; ? too little was seen for a value)"]
    lines += [
        f"  {_bar(debt)}  {debt_title(debt.slug)}: {_rests_on(debt, places_of[debt.slug], results)}"
        for debt in shown[:SHOWN_DEBTS]
    ]
    left = [debt for debt in assessment.debts if debt not in shown[:SHOWN_DEBTS]]
    good = sum([debt.index.value == 0 for debt in left])
    if left:
        lines.append(
            f"  {counted(len(left), 'more debt')} {'is' if len(left) == 1 else 'are'} in the JSON report:"
            f" {good} measured at 0, the others unseen, not applicable or less bad"
        )
    return lines


OPEN, WITHIN, TRIED = "open", "within bounds", "on trial"


def _by_debt(assessment: Assessment) -> dict[str, Counter[str]]:
    """Debt -> how many of its findings are open, how many a clear signal only lists, and how many are on trial."""
    kinds = {
        result.id: TRIED if result.on_trial else OPEN if result.outcome is Outcome.FOUND else WITHIN
        for result in assessment.signals
    }
    umbrellas = {debt.slug: debt.umbrella for debt in all_debts()}
    found: dict[str, Counter[str]] = {debt.slug: Counter() for debt in assessment.debts}
    for finding in assessment.findings:
        for slug in {finding.debt, umbrellas.get(finding.debt) or finding.debt}:
            found.setdefault(slug, Counter())[kinds[finding.signal]] += 1
    return found


def _rests_on(debt: DebtScore, counts: Counter[str], results: Mapping[str, SignalResult]) -> str:
    """Its findings by what counts; of one without any that does, the measures that its value comes from."""
    said = [counted(counts[OPEN], "finding") if counts[OPEN] else "no finding"]
    if debt.worst_open:
        said[0] += f", worst open {debt.worst_open}"
    else:
        named = [_measured(results[part.signal]) for part in debt.blame[:SHOWN_BLAME] if part.signal in results]
        said[0] += f", from {'; '.join(named)}" if named else ""
    said += [f"{counts[kind]} {kind}" for kind in (WITHIN, TRIED) if counts[kind]]
    return "; ".join(said)


def _measured(result: SignalResult) -> str:
    """What a signal saw, in words: its own note, else its measure and value."""
    value = evidence_of(result).removeprefix(result.id).strip()
    return f"{result.id} ({result.reason or f'{measures()[result.id]}: {value}'})"


def _checklist(assessment: Assessment) -> list[list[str]]:
    """A line for each item of which something is known, and one for all others."""
    if all(item.state == NOT_APPLICABLE for item in assessment.checklist):
        return []
    lines = ["The checklist of Combine (the 25 practices are in the JSON report)"]
    for item in assessment.checklist:
        if item.evidence or item.state not in (UNKNOWN, NOT_APPLICABLE):
            evidence = f" ({', '.join(item.evidence)})" if item.evidence else ""
            lines.append(f"  {state_words(item.state):14} {checklist_title(item.slug)}{evidence}")
    silent = Counter(item.state for item in assessment.checklist if not item.evidence)
    folded = [f"{silent[state]} {said}" for state, said in _SILENT if silent[state]]
    return [[*lines, *([f"  {' and '.join(folded)}"] if folded else [])]]


_SILENT = ((UNKNOWN, "unknown, since nothing committed tells"), (NOT_APPLICABLE, "not applicable"))


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
