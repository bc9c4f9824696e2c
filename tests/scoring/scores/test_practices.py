"""The 25 practices: what speaks for one, and what is not enough (McAteer 2020; catalogue, section 8)."""

from scoring.engine import assess
from scoring.facts import HistoryFacts
from scoring.testing import component_from

TRAIN = "from sklearn.svm import SVC\n\nSVC().fit(X, y)\n"


def states(files: dict[str, str]) -> dict[str, str]:
    assessment = assess(component_from({"train.py": TRAIN, **files}, history=HistoryFacts()), "root")
    return {practice.slug: practice.state for practice in assessment.practices}


def evidence(files: dict[str, str], slug: str) -> tuple[str, ...]:
    assessment = assess(component_from({"train.py": TRAIN, **files}, history=HistoryFacts()), "root")
    return next(practice.evidence for practice in assessment.practices if practice.slug == slug)


def test_nothing_speaks_for_a_practice_in_plain_code() -> None:
    assert not {slug for slug, state in states({}).items() if state in ("present", "partial")}


def test_call_of_an_explanation_library_is_a_part() -> None:
    files = {"explain.py": "import shap\n\nvalues = shap.TreeExplainer(model)(rows)\n"}
    assert states(files)["bp-01-interpretability"] == "partial"
    assert evidence(files, "bp-01-interpretability") == ("an explanation library is called: explain.py:3",)


def test_test_that_overfits_a_batch_is_the_practice() -> None:
    files = {"tests/test_fit.py": "def test_overfit_batch():\n    assert True\n"}
    assert states(files)["bp-22-overfit-check"] == "present"


def test_linters_are_a_part_while_reviews_are_unseen() -> None:
    files = {".github/workflows/ci.yml": "on: push\njobs:\n  t:\n    steps:\n      - run: ruff check .\n"}
    assert states(files)["bp-09-reviews-linters"] == "partial"
    assert states({})["bp-09-reviews-linters"] == "unknown"


def test_versioned_data_is_a_part_while_its_runs_are_unseen() -> None:
    assert states({"data/train.csv.dvc": "outs:\n- path: train.csv\n"})["bp-05-data-versioning"] == "partial"
