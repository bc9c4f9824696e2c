"""Models and inputs that change together, by git: ent.3 and ent.4."""

from collections.abc import Mapping

import pytest

from scoring.facts import HistoryFacts
from scoring.findings import Finding, Outcome, SignalResult
from scoring.testing import ML_FILE, facts_from, result_of

TRAIN = "from sklearn.svm import SVC\n\nif __name__ == '__main__':\n    SVC(random_state=1).fit([[0], [1]], [0, 1])\n"
TWO_MODELS = {"churn/train.py": TRAIN, "fraud/train.py": TRAIN + "print(1)\n"}


def answer(
    signal: str, files: Mapping[str, str], history: HistoryFacts | None
) -> tuple[SignalResult, tuple[Finding, ...]]:
    return result_of(signal, facts_from(files, history=history))


@pytest.mark.parametrize("signal", ["ent.3", "ent.4"])
@pytest.mark.parametrize("history", [None, HistoryFacts(), HistoryFacts(reason="shallow clone")], ids=str)
def test_history_that_is_not_there_is_unknown(signal: str, history: HistoryFacts | None) -> None:
    assert answer(signal, TWO_MODELS, history)[0].outcome is Outcome.UNKNOWN


def test_ent_3_one_model_does_not_apply() -> None:
    history = HistoryFacts(authors_12m=3, model_cochange=0.5, model_commits=20)
    assert answer("ent.3", {"churn/train.py": TRAIN}, history)[0].outcome is Outcome.NOT_APPLICABLE


def test_ent_3_one_person_does_not_apply() -> None:
    history = HistoryFacts(authors_12m=1, model_cochange=0.5, model_commits=20)
    assert answer("ent.3", TWO_MODELS, history)[0].outcome is Outcome.NOT_APPLICABLE


def test_ent_3_no_commit_to_a_model_is_unknown() -> None:
    history = HistoryFacts(authors_12m=3, model_cochange=None, model_commits=0)
    assert answer("ent.3", TWO_MODELS, history)[0].outcome is Outcome.UNKNOWN


def test_ent_3_models_that_change_alone_are_clear() -> None:
    history = HistoryFacts(authors_12m=3, model_cochange=0.05, model_commits=20)
    result, findings = answer("ent.3", TWO_MODELS, history)
    assert (result.outcome, findings) == (Outcome.CLEAR, ())


def test_ent_3_models_that_change_together_are_found_once() -> None:
    history = HistoryFacts(authors_12m=3, model_cochange=0.3, model_commits=20)
    result, findings = answer("ent.3", TWO_MODELS, history)
    assert (result.outcome, result.value, result.population) == (Outcome.FOUND, 0.3, 20)
    assert [(finding.path, finding.evidence["commits"]) for finding in findings] == [("churn/train.py", 20)]
    assert "6 of 20 commits to code of the 2 model folders (churn, fraud)" in findings[0].message


def test_ent_4_files_without_five_revisions_are_unknown() -> None:
    assert answer("ent.4", ML_FILE, HistoryFacts(coupling_degree=None, coupling_population=0))[0].outcome is (
        Outcome.UNKNOWN
    )


def test_ent_4_one_partner_is_clear_and_not_listed() -> None:
    history = HistoryFacts(
        coupling_degree=1.0, coupling_population=4, coupled=(("model_of_the_rig.py", "tests/test_a.py", 0.9),)
    )
    result, findings = answer("ent.4", ML_FILE, history)
    assert (result.outcome, findings) == (Outcome.CLEAR, ())


def test_ent_4_files_that_move_together_are_found_at_the_feature_file() -> None:
    history = HistoryFacts(
        coupling_degree=3.0,
        coupling_population=4,
        coupled=(("a.py", "model_of_the_rig.py", 0.9), ("model_of_the_rig.py", "z.py", 0.5)),
    )
    result, findings = answer("ent.4", ML_FILE, history)
    assert (result.outcome, result.value, result.badness) == (Outcome.FOUND, 3.0, 0.5)
    assert [(finding.path, finding.evidence["strongest"]) for finding in findings] == [("model_of_the_rig.py", "a.py")]
