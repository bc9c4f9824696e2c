"""The answers of one assessment: what the scores say, as frozen records.

Names are those of the report (contracts, section 2). Debt and litmus indices run 0 (good) to 100 (bad), best <=
value <= worst; a rubric section 0 to 7, worst <= value <= best. Null means "not known" or "does not apply",
which `state` tells apart; it never means zero.
"""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from scoring.analyses.other_tools import OtherTools
from scoring.findings import Finding, SignalFile, SignalResult

MEASURED, STRUCTURAL_ONLY, ESTIMATE = "measured", "structural_only", "estimate"
UNKNOWN, NOT_APPLICABLE = "unknown", "not_applicable"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the answers."""


class Index(Answer, frozen=True, kw_only=True):
    best: float | None = None
    value: float | None = None
    worst: float | None = None


class Segments(Answer, frozen=True, kw_only=True):
    """Shares of one bar; they add up to 1 unless nothing applies."""

    bad: float | None = None
    good: float | None = None
    unseen: float | None = None


class Blame(Answer, frozen=True, kw_only=True):
    signal: str
    share: float


class Term(Answer, frozen=True, kw_only=True):
    """One row of the opened arithmetic: w, and its split into the three segments (catalogue 2.3)."""

    name: str
    weight: float
    bad: float
    good: float
    unseen: float


class DebtScore(Answer, frozen=True, kw_only=True):
    slug: str
    state: str
    index: Index
    segments: Segments
    coverage: float
    worst_open: str | None
    findings: int
    blame: tuple[Blame, ...] = ()


class LitmusComponent(Answer, frozen=True, kw_only=True):
    name: str
    value: float | None
    anchors: tuple[float, float]
    weight: float
    outcome: str
    unit: str = ""
    population: int | None = None
    reason: str = ""
    signal: str = ""
    """The signal that feeds it, "" where it has a measure of its own."""


class LitmusAnswer(Answer, frozen=True, kw_only=True):
    slug: str
    state: str
    index: Index
    segments: Segments
    coverage: float
    headline: str
    components: tuple[LitmusComponent, ...] = ()
    evidence: tuple[str, ...] = ()
    """Places: path:line, or a signal's id."""
    terms: tuple[Term, ...] = ()
    """The opened arithmetic, groups merged: what the three numbers add up from."""


class Score(Answer, frozen=True, kw_only=True):
    worst: float | None = None
    value: float | None = None
    best: float | None = None


class TestResult(Answer, frozen=True, kw_only=True):
    slug: str
    points: float | None
    state: str
    passes: bool | None = None
    evidence: tuple[str, ...] = ()
    next: str = ""


def state_of_test(state: str) -> str:
    """The state of a rubric test in words, without a comma, since several stand in one line."""
    return "implemented but never seen running" if state == "implemented_never_seen_running" else state


class RubricSection(Answer, frozen=True, kw_only=True):
    slug: str
    score: Score
    tests: tuple[TestResult, ...]


class Rubric(Answer, frozen=True, kw_only=True):
    edition: str
    score: Score
    band: str | None
    bands_possible: tuple[str, ...]
    sections: tuple[RubricSection, ...]


class Practice(Answer, frozen=True, kw_only=True):
    slug: str
    state: str
    evidence: tuple[str, ...] = ()


class Checked(Answer, frozen=True, kw_only=True):
    """One item of the checklist."""

    slug: str
    state: str
    """As of a practice."""
    evidence: tuple[str, ...] = ()


class Skipped(Answer, frozen=True, kw_only=True):
    path: str
    reason: str


class Unread(Answer, frozen=True, kw_only=True):
    """Files of one kind that no reader reads."""

    kind: str
    """Their ending in lower case with its dot, or the whole name where there is none."""
    files: int


class Coverage(Answer, frozen=True, kw_only=True):
    files: int
    read: int
    skipped: tuple[Skipped, ...] = ()
    excluded: tuple[Skipped, ...] = ()
    io_calls: int = 0
    io_resolved: int = 0
    complete: bool = True
    unread: tuple[Unread, ...] = ()
    """The rest of the files by kind: read + those that were refused + these are all of them."""


class Inventory(Answer, frozen=True, kw_only=True):
    loc: Mapping[str, int]
    ml_files: int
    models: tuple[str, ...] = ()
    entry_points: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()


class RulerStamp(Answer, frozen=True, kw_only=True):
    version: str
    hash: str


class FlagsGiven(Answer, frozen=True, kw_only=True):
    """The export of feature flags that was handed over: dec.2 rests on it."""

    system: str
    flags: int
    taken_at: datetime
    inputs: str
    """Digest of what is read of it."""


class Assessment(Answer, frozen=True, kw_only=True):
    """Everything one scan says about one component at one commit and one moment."""

    engine: str
    ruler: RulerStamp
    repository: str
    component: str
    commit: str
    committed_at: datetime
    as_of: datetime
    profile: str
    ml_code: bool
    coverage: Coverage
    inventory: Inventory
    signals: tuple[SignalResult, ...]
    findings: tuple[Finding, ...]
    debts: tuple[DebtScore, ...]
    litmus: tuple[LitmusAnswer, ...]
    rubric: Rubric
    practices: tuple[Practice, ...]
    own: tuple[SignalFile, ...] = ()
    """The files of the operator's own signals that were in, and those that were not, with the reason."""
    checklist: tuple[Checked, ...] = ()
    other_tools: OtherTools = OtherTools()
    """What was handed over of other tools; no score rests on it."""
    flags: FlagsGiven | None = None
    installable: bool = False
    """It declares a distribution, and nothing says whether others install it: its profile may be library."""


class Week(Answer, frozen=True, kw_only=True):
    """One point of a history: what an assessment says, without the evidence that a trend does not show."""

    week: str
    """UTC ISO week: "2026-W47"."""
    as_of: datetime
    commit: str
    litmus: tuple[LitmusAnswer, ...]
    rubric: Rubric
    debts: tuple[DebtScore, ...]
    findings: int


def week_of(week: str, assessment: Assessment) -> Week:
    """The point that an assessment makes; the assessment itself need not be kept."""
    return Week(
        week=week,
        as_of=assessment.as_of,
        commit=assessment.commit,
        litmus=assessment.litmus,
        rubric=assessment.rubric,
        debts=assessment.debts,
        findings=len(assessment.findings),
    )
