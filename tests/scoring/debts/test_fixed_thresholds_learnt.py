"""Cut-offs that nothing learns (thr.4), and models that are judged at a cut-off alone (thr.5)."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown

DECIDES = "def serve(model, rows):\n    return model.predict_proba(rows)[:, 1] > 0.7\n"
CURVE = (
    "import joblib\nimport numpy as np\nfrom sklearn.metrics import precision_recall_curve\n\n\n"
    "def fitted(model, rows, y):\n"
    "    precision, recall, cuts = precision_recall_curve(y, model.predict_proba(rows)[:, 1])\n"
)
KEEPS = "    joblib.dump({'model': model, 'cut': cuts[np.argmax(precision * recall)]}, 'model.joblib')\n"
JUDGES = "from sklearn.metrics import f1_score\n\n\ndef judge(y, p):\n    return f1_score(y, p)\n"


# ---------------------------------------------------------------- thr.4


@pytest.mark.parametrize(
    "files",
    [
        {"learn.py": CURVE + KEEPS},
        {
            "learn.py": "import json\n\n\ndef find_best_threshold(y, scores):\n    ...\n\n\n"
            "def keep(cut):\n    json.dump(cut, open('cut.json', 'w'))\n"
        },
        {"conf/model.yaml": "model: forest\nbest_threshold: 0.41\n"},
    ],
)
def test_cut_off_that_is_learnt_and_kept_is_clear(files: dict[str, str]) -> None:
    check_clear("thr.4", {"serve.py": DECIDES, **files})


def test_cut_off_that_is_learnt_and_kept_nowhere_is_unknown() -> None:
    source = CURVE + "    return cuts[np.argmax(precision * recall)]\n"
    check_unknown("thr.4", {"serve.py": DECIDES, "learn.py": source})


def test_component_that_decides_nothing_by_a_number_is_not_applicable() -> None:
    check_unknown("thr.4", {"serve.py": DECIDES.replace("> 0.7", "> cut")})


def test_cut_off_of_a_function_that_takes_a_measure_decides_nothing() -> None:
    source = (
        "from sklearn.metrics import f1_score\n\n\n"
        "def report(model, rows, y):\n    return f1_score(y, model.predict_proba(rows)[:, 1] > 0.5)\n"
    )
    check_unknown("thr.4", {"report.py": source})


def test_cut_off_inside_a_function_that_measures_decides_nothing() -> None:
    source = (
        "def metrics_of(model, rows):\n    def batch(part):\n"
        "        return model.predict_proba(part)[:, 1] > 0.7\n\n    return batch(rows)\n"
    )
    check_unknown("thr.4", {"report.py": source})


@pytest.mark.parametrize("path", ["loss.py", "own/metrics.py", "own_metrics.py", "callbacks/report.py"])
def test_cut_off_in_a_file_of_measures_decides_nothing(path: str) -> None:
    check_unknown("thr.4", {path: DECIDES})
    check_found("thr.4", {"glossary.py": DECIDES}, at=["glossary.py:2"])


def test_cut_off_in_configuration_alone_is_no_decision_of_this_model() -> None:
    check_unknown("thr.4", {"params.yaml": "cleaning:\n  threshold: 0.7\n", "use.py": "import sklearn\n"})


def test_curve_that_is_only_drawn_learns_nothing() -> None:
    drawn = CURVE + "    return precision, recall\n"
    check_found("thr.4", {"serve.py": DECIDES, "learn.py": drawn}, at=["serve.py:2"])


def test_what_a_library_decides_is_for_its_users_to_learn() -> None:
    readme = "# cutter\n\n    pip install cutter\n"
    project = '[project]\nname = "cutter"\nversion = "1"\n'
    check_unknown("thr.4", {"cutter/serve.py": DECIDES, "README.md": readme, "pyproject.toml": project})


# ---------------------------------------------------------------- thr.5


@pytest.mark.parametrize(
    "other",
    [
        "from sklearn.metrics import average_precision_score\n",
        "from sklearn.model_selection import cross_val_score\n\n\n"
        "def judge(model, rows, y):\n    return cross_val_score(model, rows, y, scoring='roc_auc')\n",
        "def gini_from_auc(y, scores):\n    return 0\n",
    ],
)
def test_measure_of_the_scores_anywhere_is_clear(other: str) -> None:
    check_clear("thr.5", {"judge.py": JUDGES, "other.py": other})


def test_names_that_only_hold_the_letters_of_a_measure_are_none() -> None:
    other = "def process(rows):\n    return rows\n\n\ndef saucer(rows):\n    return rows\n"
    check_found("thr.5", {"judge.py": JUDGES, "other.py": other}, at=["judge.py:5"])


def test_measure_of_several_classes_is_not_asked() -> None:
    check_unknown("thr.5", {"judge.py": JUDGES.replace("(y, p)\n", "(y, p, average='macro')\n")})


def test_component_is_told_once() -> None:
    check_found("thr.5", {"a.py": JUDGES, "b.py": JUDGES + "\n\nprint(judge)\n"}, at=["a.py:5"])
