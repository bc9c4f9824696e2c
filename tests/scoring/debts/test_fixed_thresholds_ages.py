"""Cut-offs that stayed while their model was trained again, told from small histories (thr.3)."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from scoring.facts import HistoryFacts
from scoring.findings import Outcome
from scoring.sources.git import GitRepository
from scoring.testing import check_unknown
from tests.scoring.past import NOW, Past
from tests.scoring.sources.git_lab import DAY, START

TRAIN = "from sklearn.svm import SVC\n\n\nif __name__ == '__main__':\n    SVC(C={0}).fit(X, y)\n"
SERVE = (
    "def serve(model, rows):\n    scores = model.predict_proba(rows)[:, 1]\n    if scores > {0}:\n        return 1\n"
)
ONCE = {"train.py": TRAIN.format(1.5), "serve.py": SERVE.format(0.7)}
AGAIN = {**ONCE, "train.py": TRAIN.format(2.5)}


@pytest.mark.parametrize("history", [None, HistoryFacts(), HistoryFacts(reason="shallow clone")], ids=str)
def test_history_that_says_nothing_is_unknown(history: HistoryFacts | None) -> None:
    check_unknown("thr.3", ONCE, history=history)


@pytest.mark.parametrize(
    "serve",
    [
        SERVE.format("cut"),
        SERVE.format("1e-6"),
        SERVE.replace("scores", "iou").format(0.7),
        SERVE.replace("serve", "focal_loss").format(0.7),
    ],
    ids=["learnt", "tolerance", "overlap", "loss"],
)
def test_what_is_no_cut_off_by_hand_does_not_apply(past: Past, serve: str) -> None:
    past.add(400, {**ONCE, "serve.py": serve})
    past.add(100, {**AGAIN, "serve.py": serve})
    assert past.told("thr.3")[0].outcome is Outcome.NOT_APPLICABLE


def test_training_that_nobody_can_tell_is_unknown(past: Past) -> None:
    past.add(400, {"serve.py": ONCE["serve.py"], "a/train.py": ONCE["train.py"], "b/train.py": ONCE["train.py"]})
    assert past.told("thr.3")[0].outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    "after",
    [
        ONCE,
        {**ONCE, "train.py": "# Licence\n" + ONCE["train.py"]},
        {**ONCE, "train.py": '"""Trains."""\n\nimport os\n' + ONCE["train.py"].replace("SVC(C=1.5)", "SVC( C = 1.5 )")},
        {**ONCE, "other.py": AGAIN["train.py"].replace("__main__", "none")},
        {"train.py": TRAIN.format(2.5), "serve.py": SERVE.format(0.6)},
    ],
    ids=["nothing", "header", "reformat", "other file", "cut-off too"],
)
def test_cut_off_that_kept_step_is_clear(past: Past, after: Mapping[str, str]) -> None:
    past.add(400, ONCE)
    past.add(100, after)
    assert past.told("thr.3")[0].outcome is Outcome.CLEAR


def test_training_whose_version_is_missing_is_never_clear(past: Past) -> None:
    past.add(400, ONCE)
    past.add(200, AGAIN)
    past.add(100, {**ONCE, "train.py": "# Licence\n" + AGAIN["train.py"]})
    past.lab.loose(past.lab.blob(AGAIN["train.py"].encode())).unlink()
    assert past.told("thr.3")[0].outcome is Outcome.UNKNOWN


def test_work_of_the_same_month_is_clear(past: Past) -> None:
    past.add(400, ONCE)
    past.add(371, AGAIN)
    assert past.told("thr.3")[0].outcome is Outcome.CLEAR


def test_change_of_many_files_trains_nothing(past: Past) -> None:
    past.add(400, ONCE)
    past.add(100, {**AGAIN, **{f"n{n}.txt": "x\n" for n in range(30)}})
    assert past.told("thr.3")[0].outcome is Outcome.CLEAR


def test_cut_off_older_than_the_training_is_found_with_both_dates(past: Past) -> None:
    past.add(400, ONCE)
    past.add(200, AGAIN)
    past.add(190, {**AGAIN, "serve.py": "# moved\n" + SERVE.format(".7")})
    past.add(100, {**AGAIN, "serve.py": "# moved\n" + SERVE.format(".7"), "train.py": TRAIN.format(3.5)})
    result, findings = past.told("thr.3")
    assert (result.value, result.population) == (300, 1)
    assert [(item.path, item.line, item.symbol, item.message) for item in findings] == [
        (
            "serve.py",
            4,
            "serve",
            f"`scores > .7` has stood since {datetime.fromtimestamp(START - 400 * DAY, UTC):%Y-%m-%d}; train.py, which "
            "trains the model, was changed on 2 days since, the last 300 days later, and nothing shows that the "
            "cut-off was looked at again.",
        )
    ]


def test_newest_change_of_the_cut_off_counts(past: Past) -> None:
    past.add(400, ONCE)
    past.add(300, {**ONCE, "serve.py": SERVE.format(0.6)})
    past.add(250, ONCE)
    past.add(200, AGAIN)
    assert past.told("thr.3")[0].value == 50


def test_cut_off_in_configuration_is_found(past: Past) -> None:
    files = {"train.py": ONCE["train.py"], "params.yaml": "serving:\n  threshold: 0.7\n"}
    past.add(400, files)
    past.add(300, {**files, "train.py": TRAIN.format(2.5)})
    result, findings = past.told("thr.3")
    assert (result.value, [(item.path, item.line) for item in findings]) == (100, [("params.yaml", 2)])


def test_kept_model_speaks_before_the_code(past: Past) -> None:
    past.add(400, {**ONCE, "models/churn.pkl": "1"})
    past.add(300, {**AGAIN, "models/churn.pkl": "1"})
    assert past.told("thr.3")[0].outcome is Outcome.CLEAR


def test_model_replaced_four_times_is_as_bad_as_half_a_year(past: Past) -> None:
    past.add(400, {**ONCE, "models/churn.pkl.dvc": "0"})
    for step in range(4):
        past.add(360 - step, {**ONCE, "models/churn.pkl.dvc": f"{step + 1}"})
    result, (finding,) = past.told("thr.3")
    assert (result.value, result.badness) == (180, 1)
    assert "models/churn.pkl.dvc, the model in git, was replaced on 4 days since, the last 43 days" in finding.message


def test_week_says_the_same_after_others_and_alone(past: Past) -> None:
    past.add(400, ONCE)
    past.add(200, AGAIN)
    past.add(190, {**AGAIN, "serve.py": SERVE.format(0.6)})
    past.add(100, {**AGAIN, "serve.py": SERVE.format(0.6), "train.py": TRAIN.format(3.5)})
    with GitRepository(past.lab.path) as repository:
        survey = past.survey(repository)
        moments = survey.moments(past.commits[-1], NOW, 60)
        newest_first = [survey.component(moment).history for moment in moments]
        alone = [past.survey(repository).component(moment).history for moment in moments[::7]]
        oldest_first = [survey.component(moment).history for moment in moments[::-1]]
    assert newest_first == oldest_first[::-1]
    assert newest_first[::7] == alone
