"""The report for a terminal: what to do first, the findings by debt, the scores, and what was not seen.

It is as wide as a narrow terminal, whatever the terminal, so that the same report is the same bytes.
"""

from collections.abc import Sequence

from scoring.reports.ledger import WIDTH, bar, by_debt, counts, first, set_aside, told, wrapped
from scoring.reports.shortening import fitted, visible
from scoring.reports.unseen import unseen
from scoring.reports.words import (
    band_words,
    checklist_title,
    copies_of,
    counted,
    failed,
    flags_given,
    litmus_title,
    number,
    own_files,
    read_of,
    state_words,
    tool_place,
    tool_words,
    without_ml,
)
from scoring.reports.words import by_debt as tools_by_debt
from scoring.scores.answers import (
    NOT_APPLICABLE,
    UNKNOWN,
    Assessment,
    Week,
    state_of_test,
)
from scoring.survey import PROFILES

SHOWN_SKIPPED = 3


def render(assessment: Assessment, history: Sequence[Week] | None = None) -> bytes:
    """Text, ending in a newline; the same for the same assessment."""
    rows = told(assessment)
    begin, above = first(assessment, rows)
    blocks = [[*_head(assessment), counts(rows)], begin, by_debt(assessment, rows, above), set_aside(rows)]
    blocks.append([*_scores(assessment), *_checklist(assessment)])
    blocks += [_other_tools(assessment), _failed(assessment)]
    if history:
        blocks.append(_history(history))
    blocks.append([*unseen(assessment), *_coverage(assessment), *_further(assessment)])
    return ("\n\n".join("\n".join(block) for block in blocks if block) + "\n").encode("utf-8", "backslashreplace")


def _head(assessment: Assessment) -> list[str]:
    where = visible(assessment.component) or "(root)"
    return [
        f"Debtboard  component {where}, profile {assessment.profile}",
        f"commit {assessment.commit}, as of {assessment.as_of:%Y-%m-%d %H:%M} UTC",
        *(f"your own signals, {said}" for said in own_files(assessment)),
        *flags_given(assessment),
    ]


def _scores(assessment: Assessment) -> list[str]:
    if assessment.ml_code:
        return [*_score(assessment), *_litmus(assessment)]
    return wrapped(without_ml(assessment), "", "")


def _score(assessment: Assessment) -> list[str]:
    """The score, and the tests of which something is known."""
    rubric = assessment.rubric
    band = band_words(rubric).partition(" (")[0]
    lines = [f"ML Test Score (2017): {number(rubric.score.value)} of 7, at best {number(rubric.score.best)}; {band}"]
    known: dict[str, list[str]] = {}
    for test in [test for section in rubric.sections for test in section.tests]:
        if test.state != UNKNOWN:
            known.setdefault(state_of_test(test.state), []).append(test.slug)
    said = "; ".join(f"{state}: {', '.join(known[state])}" for state in sorted(known))
    return lines + wrapped(said, "  ", "    ")


def _litmus(assessment: Assessment) -> list[str]:
    """What is known of the five questions; how many are open is one line."""
    lines = ["The five litmus answers, 0 good to 100 bad"]
    for answer in assessment.litmus:
        if answer.state != UNKNOWN:
            lines.append(f"  {bar(answer)}  {litmus_title(answer.slug)}")
            lines.append(f"    {fitted(visible(answer.headline), WIDTH - 4)}")
    if silent := sum([answer.state == UNKNOWN for answer in assessment.litmus]):
        lines.append(f"  {silent} of {len(assessment.litmus)} not known yet; why is in the JSON report")
    return lines


def _checklist(assessment: Assessment) -> list[str]:
    """A line for each item that is known; nothing where none is."""
    items = assessment.checklist
    known = [item for item in items if item.state not in (UNKNOWN, NOT_APPLICABLE)]
    if not known:
        return []
    lines = [f"The checklist of Combine: {len(known)} of {counted(len(items), 'item')} known"]
    for item in known:
        evidence = f" ({', '.join(item.evidence)})" if item.evidence else ""
        lines.append(fitted(f"  {state_words(item.state):8} {checklist_title(item.slug)}{evidence}", WIDTH))
    return lines


def _other_tools(assessment: Assessment) -> list[str]:
    """What was handed over of other tools; nothing where nothing was."""
    given = assessment.other_tools
    if not given.inputs:
        return []
    lines = ["From other tools (shown apart, never scored)", *(f"  {visible(tool_words(use))}" for use in given.tools)]
    for title, amount, one in tools_by_debt(given.results):
        lines.append(f"  {title}: {counted(amount, 'result')}, first {tool_place(one)} [{visible(one.rule)}]")
    return lines


def _failed(assessment: Assessment) -> list[str]:
    """Signals that could not be measured, each with its reason: that is neither good nor bad."""
    lines: list[str] = []
    for result in failed(assessment):
        lines += wrapped(f"{result.id}: {visible(result.reason)}", "  ", "    ")
    return ["Could not be measured, and counts as unseen", *lines] if lines else []


def _coverage(assessment: Assessment) -> list[str]:
    coverage = assessment.coverage
    lines = [f"Read {read_of(coverage)}"]
    lines += [f"  {visible(skip.path)}: {skip.reason}" for skip in coverage.skipped[:SHOWN_SKIPPED]]
    if (rest := len(coverage.skipped) - SHOWN_SKIPPED) > 0:
        lines.append(f"  and {rest} more, named in the JSON report")
    copies = copies_of(coverage)
    for reason in copies[:SHOWN_SKIPPED]:
        lines += wrapped(f"left out as {visible(reason)}", "  ", "    ")
    if (rest := len(copies) - SHOWN_SKIPPED) > 0:
        lines.append(f"  and {counted(rest, 'more folder')} like it, named in the JSON report")
    return lines


def _history(history: Sequence[Week]) -> list[str]:
    lines = [f"History: {counted(len(history), 'week')}, newest first", "  week      commit   findings  ML Test Score"]
    for past in history:
        score = past.rubric.score
        lines.append(
            f"  {past.week}  {past.commit[:7]}  {past.findings:8}  {number(score.worst)} to {number(score.best)}"
        )
    return lines


def _further(assessment: Assessment) -> list[str]:
    """How to go on from here, and what judged."""
    hint: list[str] = []
    if assessment.profile == PROFILES[0] and assessment.installable:
        hint = ["Where others install it: --profile library (its debtboard.toml tells the board)"]
    elif assessment.profile == PROFILES[0]:
        hint = ["A contest's entry, a paper's code, a trial: --profile prototype"]
    return [
        "All places and remedies: --format json; what a signal asks: debtboard catalogue",
        *hint,
        f"engine {assessment.engine}, ruler {assessment.ruler.version} ({assessment.ruler.hash})",
    ]
