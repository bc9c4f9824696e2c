"""The ML Test Score in words: what is next, where a test stays unknown, and when the score gets its name."""

import pytest

from debtboard.domain.queries.rubric import NO_RUNS, NOTHING_TO_DO, rubric_view
from scoring.analyses.artefacts import WENT_UNREAD
from scoring.catalog.rubric import RUBRIC_EDITION, SECTIONS, TESTS
from scoring.scores import answers
from scoring.scores.rubric import NO_EVIDENCE


def rubric(state: str, said: str, band: str | None = None) -> answers.Rubric:
    """All tests unknown and without evidence, but the first one of each section."""
    score, sections = answers.Score(worst=0.0, value=0.0, best=7.0), []
    for section in SECTIONS:
        slugs = [test.slug for test in TESTS if test.section == section]
        tests = [answers.TestResult(slug=slug, points=None, state="unknown", next=NO_EVIDENCE) for slug in slugs]
        tests[0] = answers.TestResult(slug=slugs[0], points=None, state=state, next=said)
        sections.append(
            answers.RubricSection(slug=section, score=answers.Score(worst=0.0, value=0.0, best=7.0), tests=tuple(tests))
        )
    score = answers.Score(worst=0.0, value=0.0, best=7.0)
    bands = ("research", "exceptional")
    return answers.Rubric(
        edition=RUBRIC_EDITION, score=score, band=band, bands_possible=bands, sections=tuple(sections)
    )


@pytest.mark.parametrize(
    ("state", "said", "unread"),
    [
        ("unknown", f"Not told from code: {WENT_UNREAD}.", True),
        ("unknown", "Not told from code: no feature code was recognised.", False),
        ("absent", f"Write it, though {WENT_UNREAD}.", False),
    ],
)
def test_section_leads_to_what_went_unread(state, said, unread):
    view = rubric_view(rubric(state, said))
    assert [(section.next, section.unread) for section in view.sections] == [(said, unread)] * 4


def test_section_without_a_reader_has_nothing_to_do():
    view = rubric_view(rubric("unknown", NO_EVIDENCE))
    assert {section.next for section in view.sections} == {NOTHING_TO_DO}


@pytest.mark.parametrize(
    ("state", "band", "named", "runs"),
    [("absent", None, True, False), ("implemented_never_seen_running", "research", False, True)],
)
def test_note_says_once_what_keeps_name_and_points_away(state, band, named, runs):
    note = rubric_view(rubric(state, "Do it.", band)).note
    assert ("It is named" in note, NO_RUNS in note) == (named, runs)
    assert note.startswith("4 sections set the score together")
