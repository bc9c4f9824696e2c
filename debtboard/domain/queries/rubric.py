"""The ML Test Score as the page shows it: four strips of seven, the section that sets it, and the next half point."""

from dataclasses import dataclass, replace

from debtboard.domain.queries import catalogue
from debtboard.domain.queries.measures import Points
from debtboard.domain.queries.stored import StoredReport, once
from debtboard.domain.queries.wording import half
from scoring.analyses.artefacts import WENT_UNREAD
from scoring.catalog.rubric import RUBRIC_EDITION, SECTION_TITLES, SECTIONS, TESTS
from scoring.scores.answers import Rubric, RubricSection, Score, TestResult
from scoring.scores.rubric import NO_EVIDENCE

SECTION_TOP = 7.0
NOTHING_TO_DO = "none: this version has no reader for the tests that are open here"
UNSEEN_RUN = "implemented_never_seen_running"
NO_RUNS = "This version connects no source of runs: a test that is implemented stays without points until one does."
BANDS = {
    "research": "research",
    "holes": "serious holes",
    "first-pass": "first pass",
    "reasonable": "reasonable",
    "strong": "strong",
    "exceptional": "exceptional",
}
SAID = {
    "automated": "automated",
    "manual": "by hand",
    "implemented_never_seen_running": "implemented, never seen running",
    "absent": "absent",
    "unknown": "unknown",
    "not_applicable": "does not apply",
}
CHEAPEST = (UNSEEN_RUN, "manual", "absent", "unknown")
"""What is nearest to half a point more: the artefact is there, the run is missing."""


@dataclass(frozen=True, slots=True)
class TestView:
    slug: str
    name: str
    said: str
    points: float | None
    evidence: tuple[str, ...]
    next: str


@dataclass(frozen=True, slots=True)
class SectionView:
    name: str
    states: tuple[str, ...]
    score: Points
    sets: bool
    next_test: str
    next: str
    tests: tuple[TestView, ...]
    unread: bool = False
    """Whether files that went unread keep its next test unknown."""
    out_of_sight: bool = False
    """Whether the next half point is a run, which nothing can show in this version."""


@dataclass(frozen=True, slots=True)
class RubricView:
    score: Points
    band: str
    possible: str
    known: int
    edition: str
    sections: tuple[SectionView, ...]
    equation: str
    note: str


def rubric_view(rubric: Rubric) -> RubricView | None:
    """None where it does not apply."""
    if rubric.score.best is None:
        return None
    lowest = rubric.score.value
    setting = [section for section in rubric.sections if section.score.value == lowest]
    tell = len(setting) < len(rubric.sections)  # where all four are level, none of them stands out
    sections = tuple(_section(section, tell and section in setting) for section in rubric.sections)
    return RubricView(
        score=Points(rubric.score.worst, rubric.score.value, rubric.score.best),
        band=BANDS.get(rubric.band or "", ""),
        possible=_possible(rubric),
        known=sum(test.points is not None for section in rubric.sections for test in section.tests),
        edition=rubric.edition,
        sections=sections,
        equation=f"min({', '.join(half(section.score.value) for section in sections)}) = {half(lowest)}",
        note=_note(setting, rubric),
    )


@once
def report_rubric(report: StoredReport) -> RubricView | None:
    """The one of a report; None without ML code."""
    return rubric_view(report.rubric) if report.ml_code else None


def unseen_rubric() -> RubricView | None:
    """Before the first scan: 28 hatched cells."""
    sections = tuple(
        RubricSection(
            slug=section,
            score=Score(worst=0.0, value=0.0, best=7.0),
            tests=tuple(TestResult(slug=t.slug, points=None, state="unknown") for t in TESTS if t.section == section),
        )
        for section in SECTIONS
    )
    score = Score(worst=0.0, value=0.0, best=7.0)
    empty = Rubric(edition=RUBRIC_EDITION, score=score, band=None, bands_possible=(), sections=sections)
    view = rubric_view(empty)
    if view is None:
        return None
    silent = tuple(_silent(part) for part in view.sections)
    return replace(view, note="", score=_unknown(view.score), sections=silent)


def _silent(section: SectionView) -> SectionView:
    return replace(section, score=_unknown(section.score), sets=False, next_test="", next="")


def _unknown(score: Points) -> Points:
    """Before anything was read there is no value, not even 0."""
    return replace(score, value=None)


def _section(section: RubricSection, sets: bool) -> SectionView:
    cheapest = min(
        (test for test in section.tests if test.state in CHEAPEST and test.next != NO_EVIDENCE),
        key=lambda test: CHEAPEST.index(test.state),
        default=None,
    )
    return SectionView(
        name=SECTION_TITLES[section.slug],
        states=tuple(test.state for test in section.tests),
        score=Points(section.score.worst, section.score.value, section.score.best),
        sets=sets,
        next_test=cheapest.slug if cheapest else "",
        next=cheapest.next if cheapest else NOTHING_TO_DO if section.score.value != SECTION_TOP else "",
        tests=tuple(_test(test) for test in section.tests),
        unread=cheapest is not None and cheapest.state == "unknown" and WENT_UNREAD in cheapest.next,
        out_of_sight=cheapest is not None and cheapest.state == UNSEEN_RUN,
    )


def _test(test: TestResult) -> TestView:
    declared = catalogue.tests_by_slug().get(test.slug)
    name = declared.title if declared else ""
    return TestView(test.slug, name, SAID.get(test.state, test.state), test.points, test.evidence[:3], test.next)


def _possible(rubric: Rubric) -> str:
    """The bands that what is unknown may still turn out to be."""
    others = [BANDS[band] for band in rubric.bands_possible if band != rubric.band and band in BANDS]
    if not others:
        return ""
    if rubric.band:
        return " or ".join(others) if len(others) < 3 else f"up to {others[-1]}"
    return others[0] if len(others) == 1 else f"{others[0]} to {others[-1]}"


def _note(setting: list[RubricSection], rubric: Rubric) -> str:
    names = [SECTION_TITLES[section.slug] for section in setting]
    if len(names) == 1:
        said = [f"Only a test of {names[0]} moves the score: it is the lowest section. The others raise a section."]
    else:
        said = [f"{len(names)} sections set the score together: all of them have to rise."]
    if rubric.band is None:
        said.append("It is named, from research to exceptional, once 5 tests of every section are known.")
    if any(test.state == UNSEEN_RUN for section in rubric.sections for test in section.tests):
        said.append(NO_RUNS)
    return " ".join(said)
