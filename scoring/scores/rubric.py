"""The ML Test Score, edition 2017: 28 tests, four sums, and their minimum (Breck et al. 2017, Table V).

An unknown test counts 0 in worst and value and 1 in best; its points are null. An artefact never seen running is
unknown in points until a source of runs is connected (catalogue 2.5 rule 8, 2.6).
"""

from functools import lru_cache

from scoring.analyses.artefacts import ARTEFACTS
from scoring.analyses.view import View
from scoring.catalog.rubric import BANDS, RUBRIC_EDITION, SECTIONS, TESTS
from scoring.scores.answers import Rubric, RubricSection, Score, TestResult

KNOWN_FOR_A_BAND = 5
"""Tests of every section that must be known before a band carries a word (catalogue 2.5, rule 8)."""
NO_EVIDENCE = "This version reads no evidence for this test."
"""What comes next of a test that has no reader yet: nothing that anybody could do."""


@lru_cache(maxsize=1)
def score_rubric(view: View) -> Rubric:
    """The rubric of one component; all null where there is no ML code. Artefacts rest on the files alone: weeks that
    share a snapshot share it."""
    if not view.ml_code:
        state = "unknown" if view.ml_undecided else "not_applicable"
        return _rubric(tuple(TestResult(slug=test.slug, points=None, state=state) for test in TESTS), view.ml_undecided)
    return _rubric(tuple(_judge(test.slug, view) for test in TESTS), True)


def _judge(slug: str, view: View) -> TestResult:
    if slug not in ARTEFACTS:
        return TestResult(slug=slug, points=None, state="unknown", next=NO_EVIDENCE)
    artefact = ARTEFACTS[slug](view)
    if artefact.present is None:
        return TestResult(slug=slug, points=None, state="unknown", next=f"Not told from code: {artefact.note}.")
    if not artefact.present:
        return TestResult(slug=slug, points=0.0, state="absent", next=f"Write it: {artefact.note}.")
    return TestResult(
        slug=slug,
        points=None,
        state="implemented_never_seen_running",
        evidence=artefact.places,
        next=f"Show that it runs: {artefact.note}, and no run was seen.",
    )


def _rubric(results: tuple[TestResult, ...], applies: bool) -> Rubric:
    by_slug = {result.slug: result for result in results}
    sections = tuple(
        _section(section, tuple(by_slug[test.slug] for test in TESTS if test.section == section), applies)
        for section in SECTIONS
    )
    if not applies:
        return Rubric(edition=RUBRIC_EDITION, score=Score(), band=None, bands_possible=(), sections=sections)
    worst = min(section.score.worst or 0.0 for section in sections)
    best = min(section.score.best or 0.0 for section in sections)
    enough = all(sum(test.points is not None for test in section.tests) >= KNOWN_FOR_A_BAND for section in sections)
    return Rubric(
        edition=RUBRIC_EDITION,
        score=Score(worst=worst, value=worst, best=best),
        band=band_of(worst) if enough else None,
        bands_possible=tuple(dict.fromkeys(band_of(step / 2) for step in range(int(worst * 2), int(best * 2) + 1))),
        sections=sections,
    )


def _section(slug: str, tests: tuple[TestResult, ...], applies: bool) -> RubricSection:
    if not applies:
        return RubricSection(slug=slug, score=Score(), tests=tests)
    worst = sum(test.points or 0.0 for test in tests)
    best = sum(1.0 if test.points is None else test.points for test in tests)
    return RubricSection(slug=slug, score=Score(worst=worst, value=worst, best=best), tests=tests)


def band_of(score: float) -> str:
    """The band of a final score, left-open and right-closed (Table V): 0 is research, 5.5 exceptional."""
    return next(slug for slug, upper in BANDS if score <= upper)
