"""Words shared by the reports for people: titles, numbers and places."""

from collections import Counter
from collections.abc import Sequence

from scoring.analyses.other_tools import ToolResult, ToolUse
from scoring.analyses.vendored import VENDORED
from scoring.catalog.checklist import CHECKLIST
from scoring.catalog.litmus import LITMUS
from scoring.debts import all_debts, all_signals
from scoring.engine import LISTED_SKIPS
from scoring.findings import (
    CONFIDENCE,
    LARGE,
    LOADING,
    MEDIUM,
    OWN,
    SEVERITIES,
    SMALL,
    Finding,
    H,
    L,
    M,
    Outcome,
    SignalResult,
)
from scoring.scores.answers import NOT_APPLICABLE, UNKNOWN, Assessment, Coverage, LitmusAnswer, Rubric, Score

EFFORTS = (SMALL, MEDIUM, LARGE)
SURE = {CONFIDENCE[H]: "sure", CONFIDENCE[M]: "likely", CONFIDENCE[L]: "perhaps"}
"""Confidence of a finding -> the word for it."""
SECTIONS = {"data": "Data", "model": "Model", "infra": "Infra", "monitor": "Monitor"}


def number(value: float | None) -> str:
    """A score without trailing zeros; "?" where it is not known."""
    return "?" if value is None else f"{value:g}"


ML_UNDECIDED = "No ML code in what was read, and files went unread: no answer and no score is known."


def is_ml_undecided(litmus: Sequence[LitmusAnswer]) -> bool:
    """Of a component without ML code: whether what went unread may hold some, so that nothing can be said."""
    return any(answer.state == UNKNOWN for answer in litmus)


def without_ml(assessment: Assessment) -> str:
    """Why a component without ML code has no score and no answer."""
    if is_ml_undecided(assessment.litmus):
        return ML_UNDECIDED
    return "No ML code found; the five answers and the ML Test Score do not apply."


def span(score: Score) -> str:
    """What a score may be: "0 to 2.5"."""
    return f"{number(score.worst)} to {number(score.best)}"


def read_of(coverage: Coverage) -> str:
    """How much was read, in one sentence."""
    left = len(coverage.excluded)
    return (
        f"{coverage.read} of {counted(coverage.files, 'file')}; {_up_to(len(coverage.skipped))} could not be read,"
        f" {_up_to(left)} {'is' if left == 1 else 'are'} excluded"
    )


def _up_to(listed: int) -> str:
    return f"{listed} or more" if listed >= LISTED_SKIPS else str(listed)


def copies_of(coverage: Coverage) -> list[str]:
    """Why files are left out as copies of other projects, each reason once: whoever knows better can tell."""
    reasons = [entry.reason for entry in coverage.excluded if entry.reason.startswith(VENDORED)]
    return list(dict.fromkeys(reasons))


def first_to_do(assessment: Assessment) -> list[Finding]:
    """The findings in the order in which a person would take them: severity, then how sure they are, then the smaller
    effort, then place; those of signals on trial after all others, whatever their severity."""
    trial = on_trial(assessment)
    return sorted(
        assessment.findings,
        key=lambda found: (
            found.signal in trial,
            -SEVERITIES.index(found.severity),
            -found.confidence,
            EFFORTS.index(found.effort),
            found.path,
            found.line,
            found.id,
        ),
    )


def on_trial(assessment: Assessment) -> frozenset[str]:
    """The signals whose findings are shown and not scored."""
    return frozenset(result.id for result in assessment.signals if result.on_trial)


def counted(amount: int, noun: str) -> str:
    """1 finding, 3 findings."""
    return f"{amount} {noun}" if amount == 1 else f"{amount} {noun}s"


def debt_title(slug: str) -> str:
    return next(debt.title for debt in all_debts() if debt.slug == slug)


def measures() -> dict[str, str]:
    """What each signal measures, in words."""
    return {signal.id: signal.measure for signal in all_signals()}


def own_files(assessment: Assessment) -> list[str]:
    """A sentence for each file of the operator's own signals: which were in, and why another was not."""
    return [
        f"{file.name} {file.problem}; none of it is measured"
        if file.problem
        else f"{file.name}: {', '.join(file.signals)}"
        for file in assessment.own
    ]


def failed(assessment: Assessment) -> list[SignalResult]:
    """The signals that gave no answer, without the rows of files that do not load: `own_files` tells of these."""
    return [
        result
        for result in assessment.signals
        if result.outcome is Outcome.ERROR and not (result.id.startswith(OWN) and result.id.endswith(LOADING))
    ]


def flags_given(assessment: Assessment) -> list[str]:
    """A sentence on the export of feature flags, where there was one."""
    given = assessment.flags
    if given is None:
        return []
    flags = "flag" if given.flags == 1 else "flags"
    return [f"{given.flags} {flags} of {given.system}, as exported on {given.taken_at:%Y-%m-%d}"]


def signal_name(signal: str) -> str:
    """A signal's id, and whose it is where it is none of the catalogue's."""
    return f"{signal}, yours" if signal.startswith(OWN) else signal


def checklist_title(slug: str) -> str:
    return next(item.title for item in CHECKLIST if item.slug == slug)


def state_words(state: str) -> str:
    """The state of a practice or an item of the checklist, as it is said."""
    return "does not apply" if state == NOT_APPLICABLE else state


def tool_words(use: ToolUse) -> str:
    """ruff 0.14.2: 30 results; left out: 2 suppressed in the tool."""
    named = f"{use.tool} {use.version}".strip()
    rows = ", ".join(f"{row.results:,} {row.reason}" for row in use.left_out)
    said = f" of commit {use.commit[:12]}" if use.commit else ""
    return f"{named}: {counted(use.taken, 'result')}{said}{f'; left out: {rows}' if rows else ''}"


def by_debt(results: Sequence[ToolResult]) -> list[tuple[str, int, ToolResult]]:
    """(title of the debt, results, the first of them), most first; what no debt is known for last."""
    counts = Counter(result.debt for result in results)
    firsts: dict[str, ToolResult] = {}
    for result in results:
        firsts.setdefault(result.debt, result)
    ranked = sorted(counts, key=lambda slug: (not slug, -counts[slug], slug))
    return [(debt_title(slug) if slug else "Other", counts[slug], firsts[slug]) for slug in ranked]


def tool_place(result: ToolResult) -> str:
    """path:line, or the path where it is about the whole file; control characters made visible."""
    path = "".join(c if c.isprintable() else repr(c)[1:-1] for c in result.path)
    return f"{path}:{result.line}" if result.line else path


def section_title(slug: str) -> str:
    return SECTIONS[slug]


def litmus_title(slug: str) -> str:
    return next(question.title for question in LITMUS if question.slug == slug)


def places(found: Finding) -> str:
    """path:line, with the cell where it is a notebook's; control characters made visible."""
    cell = f" (cell {found.evidence['cell']})" if "cell" in found.evidence else ""
    return f"{''.join(c if c.isprintable() else repr(c)[1:-1] for c in found.path)}:{found.line}{cell}"


def band_words(rubric: Rubric) -> str:
    """The band, or the range of bands while too few tests are known."""
    if rubric.band is not None:
        return rubric.band
    if not rubric.bands_possible:
        return "does not apply"
    return f"band not yet shown (from {rubric.bands_possible[0]} to {rubric.bands_possible[-1]} are possible)"
