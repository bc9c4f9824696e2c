"""The checklist of Combine is judged as the practices are; signals on trial never speak, nor head a list."""

import re

import msgspec
import pytest

from scoring.catalog.checklist import CHECKLIST
from scoring.engine import assess
from scoring.findings import ON_TRIAL, Outcome, SignalResult
from scoring.reports import markdown, text
from scoring.reports.words import first_to_do
from scoring.scores.answers import Assessment, Checked, Practice
from scoring.scores.answers import TestResult as Judged
from scoring.scores.checklist import judge_checklist
from scoring.scores.debts import score_debts
from scoring.scores.practices import judge_practices
from scoring.testing import ML_FILE, component_from, facts_from

VIEW = facts_from(ML_FILE)
TRAIN = "import numpy as np\nfrom sklearn.svm import SVC\n\nX = np.random.rand(9, 2)\nSVC().fit(X, X[:, 0] > 0.5)\n"


@pytest.fixture(scope="module")
def answer() -> Assessment:
    return assess(component_from({"train.py": TRAIN + "# TODO: sort by day\n"}), "0" * 40)


def judged(answer: Assessment, badness: dict[str, float | None], tests: dict[str, str], **fields: object) -> Checked:
    """The first item that names all of these, with the badness of each signal and the state of each test given."""
    item = next(i for i in CHECKLIST if set(badness) <= set(i.signals) and set(tests) <= set(i.tests))
    results = {
        result.id: msgspec.structs.replace(
            result,
            outcome=Outcome.UNKNOWN if badness.get(result.id) is None else Outcome.FOUND,
            badness=badness.get(result.id),
            value=badness.get(result.id),
            **fields,
        )
        for result in answer.signals
    }
    sections = tuple(
        msgspec.structs.replace(
            section,
            tests=tuple(Judged(slug=t.slug, points=None, state=tests.get(t.slug, "unknown")) for t in section.tests),
        )
        for section in answer.rubric.sections
    )
    rubric = msgspec.structs.replace(answer.rubric, sections=sections)
    return next(row for row in judge_checklist(VIEW, results, rubric) if row.slug == item.slug)


@pytest.mark.parametrize(
    ("badness", "tests", "state"),
    [
        ({}, {"model-5": "unknown"}, "unknown"),
        ({"sim.1": 1.0}, {"model-5": "unknown"}, "unknown"),
        ({"sim.1": 1.0, "sim.2": 0.5}, {"model-5": "absent"}, "absent"),
        ({"sim.1": 1.0, "sim.2": 0.5}, {"model-5": "implemented_never_seen_running"}, "partial"),
        ({"sim.1": 1.0, "sim.2": 0.5}, {"model-5": "manual"}, "partial"),
        ({"sim.1": 0.0, "sim.2": 0.5}, {"model-5": "absent"}, "partial"),
        ({"sim.1": 0.0, "sim.2": 0.1}, {"model-5": "automated"}, "present"),
    ],
)
def test_item_takes_the_state_that_its_evidence_gives(
    answer: Assessment, badness: dict[str, float | None], tests: dict[str, str], state: str
) -> None:
    assert judged(answer, badness, tests).state == state


def test_item_says_what_it_rests_on(answer: Assessment) -> None:
    unseen = {"model-5": "implemented_never_seen_running"}
    assert judged(answer, {"sim.1": 0.0}, {"model-5": "manual"}).evidence == ("sim.1 no", "model-5 manual")
    assert judged(answer, {}, unseen).evidence == ("model-5 implemented but never seen running",)


def test_signal_on_trial_speaks_for_no_item_and_no_practice(answer: Assessment) -> None:
    row = judged(answer, {"sim.1": 0.0, "sim.2": 0.1}, {"model-5": "unknown"}, lifecycle="experimental")
    assert (row.state, row.evidence) == ("unknown", ())
    fine = {r.id: msgspec.structs.replace(r, badness=0.0, value=1.0, lifecycle="experimental") for r in answer.signals}
    assert {
        practice for practice in judge_practices(VIEW, fine) if isinstance(practice, Practice) and practice.evidence
    } == set()


def test_without_code_no_item_applies() -> None:
    empty = assess(component_from({"a.bin": "x"}), "0" * 40)
    assert [row.state for row in empty.checklist] == ["not_applicable"] * 8


def on_trial(answer: Assessment) -> Assessment:
    """The same, its first signal of the list on trial."""
    first = first_to_do(answer)[0].signal
    signals = tuple(_tried(result) if result.id == first else result for result in answer.signals)
    return msgspec.structs.replace(answer, signals=signals)


def _tried(result: SignalResult) -> SignalResult:
    return msgspec.structs.replace(result, lifecycle="experimental")


def test_findings_on_trial_come_after_all_others_and_are_marked(answer: Assessment) -> None:
    first = first_to_do(answer)[0].signal
    tried = on_trial(answer)
    assert first_to_do(tried)[0].signal != first
    trial = {result.id for result in tried.signals if result.on_trial}
    last = [found.signal in trial for found in first_to_do(tried)]
    assert last == sorted(last)
    rows = [
        line
        for line in markdown.render(tried).decode().splitlines()
        if line.startswith(("| low", "| me", "| hi", "| cr"))
    ]
    assert [ON_TRIAL in row for row in rows] == last
    others, mark, below = text.render(tried).decode().partition(f"\n{ON_TRIAL.capitalize()}:")
    assert mark
    marked = below.partition("\n\n")[0]
    assert (_speaks_of(first, others), f" {first} " in marked) == (False, True)
    scored = first_to_do(tried)[0].signal
    assert (_speaks_of(scored, others), _speaks_of(scored, below)) == (True, False)


def _speaks_of(signal: str, said: str) -> bool:
    return re.search(rf"\[{re.escape(signal)}[],;]", said) is not None


def test_worst_open_of_a_debt_leaves_out_what_is_on_trial() -> None:
    source = "import pandas as pd\nfrom sklearn.svm import SVC\n\ndef f(a):\n    return SVC().fit(a)\n"
    answer = assess(component_from({"a.py": source}), "0" * 40)
    stable = {result.id for result in answer.signals if not result.on_trial and result.outcome is Outcome.FOUND}
    for debt in score_debts(answer.signals, answer.findings):
        mine = [found for found in answer.findings if found.debt == debt.slug and found.signal in stable]
        assert (debt.worst_open is None) is (not mine) or debt.slug in {
            "monitoring-gap",
            "underutilized-data-dependencies",
        }
