"""What the engine might say of a component, put together by its own arithmetic. Deterministic, as the board is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import blake2b
from random import Random

import msgspec

from debtboard.domain import reports
from scoring.catalog.checklist import CHECKLIST
from scoring.catalog.litmus import LITMUS, Component, Question
from scoring.catalog.practices import PRACTICES
from scoring.catalog.rubric import SECTIONS, TESTS
from scoring.debts import all_debts, all_signals
from scoring.findings import CONFIDENCE, SEVERITIES, Outcome, Signal, SignalResult, badness
from scoring.findings import Finding as Found
from scoring.reports.json import render
from scoring.scores.answers import (
    Assessment,
    Checked,
    Coverage,
    Index,
    Inventory,
    LitmusAnswer,
    LitmusComponent,
    Practice,
    Rubric,
    RubricSection,
    RulerStamp,
    Score,
    Segments,
    Skipped,
    Term,
    TestResult,
)
from scoring.scores.debts import score_debts
from scoring.scores.ruler import ruler_stamp
from scoring.scores.segments import bar, grouped

PATHS = (
    "serve/decide.py",
    "train/fit.py",
    "features/build.py",
    "notebooks/eda.ipynb",
    "exports/publish.py",
    "pipelines/nightly.py",
    "config/model.yaml",
    "tests/test_model.py",
)
HEADLINES = {
    "Q1": "The last 5 algorithm changes touched a median of 9 files in 4 directories; 1 of 5 was configuration only.",
    "Q2": "fraud-v3 rests on 41 datasets, 7 levels, 6 owners; 12 undeclared, 5 unowned, 38 % of reads unresolved.",
    "Q3": "No two runs can be compared: no source of experiment runs is connected.",
    "Q4": "Structural risk only: 4 of 18 changes to one model touched another.",
    "Q5": "New people reach their 10th change after 96 days (median of 4); 71 % of the hot ML files have one author.",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What one component of the board is like."""

    name: str
    team: int
    seen: float = 0.6
    findings: int = 40
    path: str = ""
    profile: str = "production"
    ml_code: bool = True
    undecided: bool = False
    """Without ML code in what was read, while files went unread."""
    stale: str = ""
    gap: tuple[int, int] = (0, 0)
    """Weeks without a complete scan, counted back from the present."""
    scanned: bool = True


@cache
def assessment(shape: Shape, as_of: datetime) -> Assessment:
    """What the engine might say, put together by its own arithmetic."""
    rng = Random(shape.name)
    results = _signals(shape, rng)
    findings = _found(shape, results, rng)
    counted = _counted(results, findings)
    return Assessment(
        engine="0.1.0",
        ruler=RulerStamp(version=ruler_stamp().version, hash=ruler_stamp().hash),
        repository="a" * 40,
        component=shape.path,
        commit=blake2b(shape.name.encode(), digest_size=20).hexdigest(),
        committed_at=as_of - timedelta(hours=5),
        as_of=as_of,
        profile=shape.profile,
        ml_code=shape.ml_code,
        coverage=_coverage(),
        inventory=Inventory(loc={"python": 18_200}, ml_files=41, models=("fraud-v3",), libraries=("sklearn",)),
        signals=counted,
        findings=findings,
        debts=score_debts(counted, findings),
        litmus=tuple(_litmus(question, shape, rng) for question in LITMUS),
        rubric=_rubric(shape, rng),
        practices=tuple(Practice(slug=practice.slug, state="unknown") for practice in PRACTICES),
        checklist=tuple(Checked(slug=item.slug, state="unknown") for item in CHECKLIST),
    )


@cache
def body(shape: Shape, as_of: datetime) -> bytes:
    """Its report, as a board keeps it."""
    return reports.packed(render(assessment(shape, as_of)))


def _coverage() -> Coverage:
    skipped = (
        Skipped(path="notebooks/old_eda.ipynb", reason="notebook format 2 is not readable"),
        Skipped(path="scripts/py2_backfill.py", reason="Python 2: it does not parse"),
        Skipped(path="tests/data/blob.json", reason="12 MB, over the limit of 2 MB"),
    )
    excluded = (Skipped(path="vendor/fastxgb/core.py", reason="vendored"),)
    return Coverage(files=221, read=218, skipped=skipped, excluded=excluded, io_calls=87, io_resolved=54)


def _signals(shape: Shape, rng: Random) -> tuple[SignalResult, ...]:
    debts = {debt.slug: debt for debt in all_debts()}
    return tuple(_signal(signal, shape, debts[signal.debt].ml_only, rng) for signal in all_signals())


def _signal(signal: Signal, shape: Shape, ml_only: bool, rng: Random) -> SignalResult:
    applies = shape.ml_code or not ml_only
    observed = applies and rng.random() < shape.seen and bool(signal.sources & {"PY", "GIT", "CFG", "PKG", "NB"})
    good, bad = signal.anchors
    share = max(0.0, rng.random() * 1.4 - 0.3)
    value = round(good + (bad - good) * share, 3) if observed else None
    hurt = badness(value, signal.anchors) if value is not None else None
    outcome = Outcome.NOT_APPLICABLE if not applies else Outcome.UNKNOWN
    reason = "no ML code" if not applies else "no source of it is connected"
    if hurt is not None:
        outcome, reason = (Outcome.FOUND if hurt > 0 else Outcome.CLEAR), ""
    return SignalResult(
        id=signal.id,
        debt=signal.debt,
        source=signal.source,
        outcome=outcome,
        value=value,
        unit=signal.unit,
        anchors=(float(good), float(bad)),
        badness=hurt,
        severity=signal.severity,
        precision=signal.precision,
        lifecycle=signal.lifecycle,
        population=rng.randint(3, 60) if observed else None,
        kind=signal.kind,
        unread=0.0,
        reason=reason,
        findings=0,
        group=signal.group,
    )


def _found(shape: Shape, results: Sequence[SignalResult], rng: Random) -> tuple[Found, ...]:
    guilty = [r for r in results if r.outcome is Outcome.FOUND]
    signals = {signal.id: signal for signal in all_signals()}
    debts = {debt.slug: debt for debt in all_debts()}
    rows = []
    for number in range(shape.findings if guilty else 0):
        result = guilty[rng.randrange(min(len(guilty), 24))]
        line = rng.randint(1, 400)
        rows.append(
            Found(
                id=f"{number:016x}",
                anchor=f"{number:016x}",
                signal=result.id,
                debt=result.debt,
                path=PATHS[rng.randrange(len(PATHS))],
                line=line,
                end_line=line + rng.randint(0, 3),
                symbol="Model.fit" if number % 2 else "",
                message=f"{signals[result.id].measure}: place {number}.",
                severity=SEVERITIES[result.severity - 1],
                confidence=CONFIDENCE[result.precision],
                effort=signals[result.id].effort,
                evidence={"literal": "0.5"} if number % 3 else {},
                remedy=signals[result.id].remedy or debts[result.debt].paragraph("Remedy"),
            )
        )
    return tuple(rows)


def _counted(results: Sequence[SignalResult], findings: Sequence[Found]) -> tuple[SignalResult, ...]:
    counts = Counter(finding.signal for finding in findings)
    return tuple(msgspec.structs.replace(result, findings=counts[result.id]) for result in results)


def _litmus(question: Question, shape: Shape, rng: Random) -> LitmusAnswer:
    if not shape.ml_code:
        return LitmusAnswer(
            slug=question.slug,
            state="unknown" if shape.undecided else "not_applicable",
            index=Index(),
            segments=Segments(),
            coverage=0.0,
            headline="No ML code found.",
        )
    parts = [_litmus_part(part, shape, rng) for part in question.components]
    terms = grouped([(part.group, term) for part, (term, _) in zip(question.components, parts, strict=True)])
    index, segments, coverage = bar(terms)
    return LitmusAnswer(
        slug=question.slug,
        state="measured" if coverage else "unknown",
        index=index,
        segments=segments,
        coverage=coverage,
        headline=HEADLINES[question.id],
        components=tuple(row for _, row in parts),
        terms=terms,
    )


def _litmus_part(part: Component, shape: Shape, rng: Random) -> tuple[Term, LitmusComponent]:
    observed = rng.random() < shape.seen
    good, bad = part.anchors
    value = round(good + (bad - good) * rng.random(), 3) if observed else None
    hurt = badness(value, part.anchors) if value is not None else 0.0
    outcome = Outcome.UNKNOWN if value is None else Outcome.FOUND if hurt else Outcome.CLEAR
    term = Term(name=part.name, weight=part.weight, bad=0.0, good=0.0, unseen=part.weight)
    if value is not None:
        term = Term(
            name=part.name, weight=part.weight, bad=part.weight * hurt, good=part.weight * (1 - hurt), unseen=0.0
        )
    row = LitmusComponent(
        name=part.name,
        value=value,
        anchors=(float(good), float(bad)),
        weight=part.weight,
        outcome=outcome.value,
        unit=part.unit,
        reason="" if observed else f"needs {part.needs}" if part.needs else "not measured yet",
        signal=part.signals[0] if part.signals else "",
    )
    return term, row


def _rubric(shape: Shape, rng: Random) -> Rubric:
    states = ("automated", "manual", "implemented_never_seen_running", "absent", "unknown")
    points = {"automated": 1.0, "manual": 0.5, "absent": 0.0}
    sections = []
    for section in SECTIONS:
        tests = []
        for test in TESTS:
            if test.section == section:
                state = states[rng.randrange(5)] if shape.ml_code else "not_applicable"
                if shape.seen < 0.3 and shape.ml_code:
                    state = "unknown"
                tests.append(
                    TestResult(slug=test.slug, points=points.get(state), state=state, next="Link one recorded run.")
                )
        had = sum(test.points or 0.0 for test in tests)
        open_ = sum(test.points is None for test in tests)
        score = Score(worst=had, value=had, best=had + open_) if shape.ml_code else Score()
        sections.append(RubricSection(slug=section, score=score, tests=tuple(tests)))
    if not shape.ml_code:
        return Rubric(edition="2017", score=Score(), band=None, bands_possible=(), sections=tuple(sections))
    worst = min(s.score.worst or 0.0 for s in sections)
    best = min(s.score.best or 0.0 for s in sections)
    return Rubric(
        edition="2017",
        score=Score(worst=worst, value=worst, best=best),
        band=None,
        bands_possible=("holes", "first-pass"),
        sections=tuple(sections),
    )
