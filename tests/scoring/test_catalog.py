"""The catalogue holds together: every id it names exists, and no shelf is published empty."""

import pytest

from scoring.analyses.artefacts import ARTEFACTS
from scoring.catalog.attestations import ATTESTATIONS
from scoring.catalog.checklist import CHECKLIST
from scoring.catalog.evidence import EVIDENCE, evidence_words
from scoring.catalog.litmus import LITMUS, Question
from scoring.catalog.practices import PRACTICES, PracticeText
from scoring.catalog.principles import PRINCIPLES
from scoring.catalog.rubric import BAND_MEANING, BANDS, RUBRIC_EDITION, SECTION_TITLES, SECTIONS, TESTS, RubricTest
from scoring.debts import all_debts, all_signals
from scoring.findings import ATT, Debt, Signal
from scoring.knowledge.artefacts import TRACED
from scoring.scores.litmus import OWN_MEASURES

SIGNALS = {signal.id: signal for signal in all_signals()}
DEBTS = {debt.slug for debt in all_debts()}
QUESTIONS = {question.slug for question in LITMUS}
RUBRIC = {test.slug for test in TESTS}
PRACTICE_SLUGS = {practice.slug for practice in PRACTICES}


def missing(ids: tuple[str, ...]) -> list[str]:
    return sorted(set(ids) - set(SIGNALS))


# ---------------------------------------------------------------- every shelf has a feeder


@pytest.mark.parametrize("debt", all_debts(), ids=lambda debt: debt.slug)
def test_debt_has_a_row(debt: Debt) -> None:
    assert debt.rows, f"{debt.slug} declares nothing"


@pytest.mark.parametrize("question", LITMUS, ids=lambda question: question.id)
def test_litmus_question_has_a_feeder(question: Question) -> None:
    own = [name for asked, name in OWN_MEASURES if asked == question.id]
    fed = [part.name for part in question.components if part.signals]
    assert own or fed
    assert set(own) <= {part.name for part in question.components if not part.signals}


@pytest.mark.parametrize("test", TESTS, ids=lambda test: test.slug)
def test_rubric_test_has_a_feeder_or_is_attested(test: RubricTest) -> None:
    fed = bool(test.signals) or test.slug in ARTEFACTS
    assert fed != test.attested, "either something feeds it, or people attest it"


@pytest.mark.parametrize("practice", PRACTICES, ids=lambda practice: practice.slug)
def test_practice_has_a_feeder_or_is_attested(practice: PracticeText) -> None:
    assert bool(practice.signals or practice.slug in TRACED) != practice.attested
    assert not practice.attested or practice.also, "what people attest is said in words"


# ---------------------------------------------------------------- every id exists


@pytest.mark.parametrize("question", LITMUS, ids=lambda question: question.id)
def test_litmus_question_names_signals_that_exist(question: Question) -> None:
    assert missing(tuple(name for part in question.components for name in part.signals)) == []


def test_rubric_and_practices_name_signals_that_exist() -> None:
    assert missing(tuple(name for item in (*TESTS, *PRACTICES, *CHECKLIST) for name in item.signals)) == []


def test_checklist_names_tests_that_exist_and_answers_every_item() -> None:
    assert [item.slug for item in CHECKLIST if set(item.tests) - RUBRIC] == []
    assert [item.slug for item in CHECKLIST if not item.signals or not item.also] == []
    assert [item.slug.split("-")[1] for item in CHECKLIST] == [str(n) for n in range(1, 9)]


def test_attestations_feed_what_exists() -> None:
    known = set(SIGNALS) | QUESTIONS | RUBRIC | PRACTICE_SLUGS
    assert sorted({fed for item in ATTESTATIONS for fed in item.feeds} - known) == []


def test_attested_row_names_the_question_that_feeds_it() -> None:
    asked = {fed: item.id for item in ATTESTATIONS for fed in item.feeds}
    rows = [signal for signal in SIGNALS.values() if signal.source == ATT]
    assert [(row.id, asked.get(row.id)) for row in rows] == [
        (row.id, row.measure.rpartition("(")[2].rstrip(")")) for row in rows
    ]


def test_attested_rubric_test_is_asked_for() -> None:
    asked = {fed for item in ATTESTATIONS for fed in item.feeds}
    assert sorted(test.slug for test in TESTS if test.attested and test.slug not in asked) == []


@pytest.mark.parametrize("signal", [s for s in SIGNALS.values() if s.feeds], ids=lambda signal: signal.id)
def test_signal_feeds_another_debt_or_a_principle(signal: Signal) -> None:
    assert set(signal.feeds) <= DEBTS | {principle.slug for principle in PRINCIPLES}
    assert signal.debt not in signal.feeds


def test_umbrella_is_a_debt_of_no_umbrella() -> None:
    above = {debt.slug: debt.umbrella for debt in all_debts() if debt.umbrella}
    assert sorted(set(above.values())) == ["monitoring-gap", "underutilized-data-dependencies"]
    assert set(above) & set(above.values()) == set()


# ---------------------------------------------------------------- shape


def test_slugs_are_unique_across_the_catalogue() -> None:
    slugs = [
        *DEBTS,
        *QUESTIONS,
        *RUBRIC,
        *PRACTICE_SLUGS,
        *(item.slug for item in (*CHECKLIST, *ATTESTATIONS, *PRINCIPLES)),
    ]
    assert len(slugs) == len(set(slugs))


def test_counts_are_those_of_the_papers() -> None:
    assert (len(LITMUS), len(TESTS), len(PRACTICES), len(ATTESTATIONS), len(PRINCIPLES)) == (5, 28, 25, 20, 6)


def test_every_source_of_a_row_has_words() -> None:
    assert set(EVIDENCE) == set().union(*(signal.sources for signal in SIGNALS.values()))
    assert evidence_words("PY+GIT") == "Python code; git history"


def test_questions_and_attestations_are_numbered_in_order() -> None:
    assert [question.id for question in LITMUS] == [f"Q{n}" for n in range(1, 6)]
    assert [item.id for item in ATTESTATIONS] == [f"A{n}" for n in range(1, 21)]
    assert [practice.slug[3:5] for practice in PRACTICES] == [f"{n:02}" for n in range(1, 26)]


def test_rubric_has_seven_tests_a_section_in_order() -> None:
    assert RUBRIC_EDITION == "2017"
    assert [test.slug for test in TESTS] == [f"{section}-{n}" for section in SECTIONS for n in range(1, 8)]
    assert list(SECTION_TITLES) == list(SECTIONS)


def test_attested_credit_of_monitoring_stands_90_days_and_180_elsewhere() -> None:
    assert {test.section: test.valid_days for test in TESTS} == {"data": 180, "model": 180, "infra": 180, "monitor": 90}


def test_bands_are_those_of_table_v() -> None:
    assert BANDS == (
        ("research", 0.0),
        ("holes", 1.0),
        ("first-pass", 2.0),
        ("reasonable", 3.0),
        ("strong", 5.0),
        ("exceptional", 7.0),
    )
    assert list(BAND_MEANING) == [slug for slug, _ in BANDS]


LITMUS_OF_THE_FIRST_EDITION = {
    "Q1": [(2, 15, 0.45), (0.8, 0, 0.25), (0.15, 0.6, 0.25), (0, 2, 0.3), (3, 60, 0.35), (1, 8, 0.2)],
    "Q2": [
        (0, 0.4, 0.5),
        (0.1, 0.7, 0.4),
        (0.05, 0.6, 0.3),
        (0.1, 0.8, 0.3),
        (0.1, 0.9, 0.3),
        (5, 15, 0.15),
        (3.044522, 5.303305, 0.1),
        (0, 1, 0.4),
    ],
    "Q3": [
        (0.5, 2, 0.5),
        (0.1, 0.7, 0.4),
        (0.3, 0, 0.2),
        (0, 1, 0.45),
        (0.9, 0.1, 0.35),
        (1, 0, 0.3),
        (0.6, 0.1, 0.15),
        (3, 0, 0.2),
        (0.6, 0, 0.3),
        (1, 0, 0.15),
    ],
    "Q4": [
        (0, 0.2, 0.55),
        (0.1, 0.5, 0.4),
        (0.9, 0, 0.25),
        (1, 3, 0.3),
        (0.2, 0.7, 0.2),
        (0.05, 0.3, 0.2),
        (0, 0.1, 0.35),
    ],
    "Q5": [
        (5, 30, 0.45),
        (30, 180, 0.25),
        (0.3, 0.05, 0.1),
        (3, 1, 0.3),
        (0.3, 0.9, 0.3),
        (0.2, 0.9, 0.25),
        (5, 1, 0.25),
        (1, 0, 0.25),
        (1, 0.2, 0.15),
        (0.1, 0.8, 0.15),
        (8, 80, 0.25),
    ],
}


@pytest.mark.parametrize("question", LITMUS, ids=lambda question: question.id)
def test_litmus_weights_and_anchors_are_the_first_edition(question: Question) -> None:
    rows = [(*part.anchors, part.weight) for part in question.components]
    assert rows == LITMUS_OF_THE_FIRST_EDITION[question.id]
