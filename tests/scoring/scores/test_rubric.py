"""The ML Test Score (Breck et al. 2017, Table V; validation V11's arithmetic)."""

from pathlib import Path

import pytest

from scoring.analyses.artefacts import ARTEFACTS
from scoring.catalog.rubric import SECTIONS, TESTS
from scoring.facts import HistoryFacts
from scoring.scores.answers import TestResult as Judged
from scoring.scores.rubric import _rubric, band_of, score_rubric
from scoring.testing import facts_from

TRAIN = "from sklearn.svm import SVC\n\nSVC().fit(X, y)\n"


def known(points: dict[str, float]) -> tuple[Judged, ...]:
    """All 28 tests known: absent but for those given."""
    return tuple(Judged(slug=test.slug, points=points.get(test.slug, 0.0), state="absent") for test in TESTS)


def states(files: dict[str, str]) -> dict[str, str]:
    rubric = score_rubric(facts_from(files, history=HistoryFacts()))
    return {test.slug: test.state for section in rubric.sections for test in section.tests if test.state != "unknown"}


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (0, "research"),
        (0.5, "holes"),
        (1, "holes"),
        (1.5, "first-pass"),
        (2, "first-pass"),
        (2.5, "reasonable"),
        (3, "reasonable"),
        (3.5, "strong"),
        (5, "strong"),
        (5.5, "exceptional"),
        (7, "exceptional"),
    ],
)
def test_band_is_open_below_and_closed_above(score: float, band: str) -> None:
    assert band_of(score) == band


def test_score_is_the_lowest_section() -> None:
    points = {f"{section}-{i}": 1.0 for section in SECTIONS for i in range(1, 8)}
    points |= {f"infra-{i}": 0.0 for i in range(1, 7)} | {"infra-7": 0.5}
    rubric = _rubric(known(points), True)
    assert [section.score.value for section in rubric.sections] == [7, 7, 0.5, 7]
    assert (rubric.score.worst, rubric.score.value, rubric.score.best, rubric.band) == (0.5, 0.5, 0.5, "holes")


def test_unknown_test_counts_nothing_in_worst_and_one_in_best() -> None:
    rubric = _rubric(tuple(Judged(slug=test.slug, points=None, state="unknown") for test in TESTS), True)
    assert (rubric.score.worst, rubric.score.value, rubric.score.best, rubric.band) == (0, 0, 7, None)
    assert rubric.bands_possible == ("research", "holes", "first-pass", "reasonable", "strong", "exceptional")


def test_band_waits_for_five_known_tests_in_every_section() -> None:
    four = {f"{section}-{i}" for section in SECTIONS for i in range(1, 5)}
    five = four | {f"{section}-5" for section in SECTIONS}
    for wanted, band in ((four, None), (five, "research")):
        results = tuple(
            Judged(slug=test.slug, points=0.0 if test.slug in wanted else None, state="absent") for test in TESTS
        )
        assert _rubric(results, True).band == band


def test_component_without_ml_code_has_no_score() -> None:
    rubric = score_rubric(facts_from({"app.py": "import os\n\n\ndef f():\n    return os.getcwd()\n"}))
    assert (rubric.score.best, rubric.band, rubric.bands_possible) == (None, None, ())
    assert {test.state for section in rubric.sections for test in section.tests} == {"not_applicable"}


def test_unread_python_leaves_the_score_unknown() -> None:
    rubric = score_rubric(facts_from({"train.py": "def broken(:\n"}))
    assert (rubric.score.worst, rubric.score.best) == (0, 7)
    assert {test.state for section in rubric.sections for test in section.tests} == {"unknown"}


def test_code_without_tests_is_absent_where_everything_was_read() -> None:
    assert states({"features.py": "import pandas as pd\n", "train.py": TRAIN}) == {
        "data-7": "absent",
        "model-1": "implemented_never_seen_running",
        "infra-2": "absent",
        "infra-3": "absent",
    }


def test_code_without_tests_is_unknown_where_files_went_unread() -> None:
    files = {"features.py": "import pandas as pd\n", "train.py": TRAIN, "tests/test_x.py": "def broken(:\n"}
    assert states(files) == {"model-1": "implemented_never_seen_running"}


def test_artefacts_are_never_seen_running() -> None:
    files = {
        "features.py": "import pandas as pd\n\n\ndef clean(frame):\n    return frame.dropna()\n",
        "train.py": TRAIN,
        "tests/test_features.py": "import features\n\n\ndef test_clean():\n    assert features.clean\n",
        "tests/test_model.py": "from sklearn.svm import SVC\n\n\ndef test_fits():\n    SVC().fit([[1], [2]], [0, 1])\n",
        ".github/workflows/ci.yml": "on: push\njobs:\n  t:\n    steps:\n      - run: python train.py\n",
    }
    assert states(files) == dict.fromkeys(("data-7", "model-1", "infra-2", "infra-3"), "implemented_never_seen_running")
    rubric = score_rubric(facts_from(files))
    assert [test.points for section in rubric.sections for test in section.tests] == [None] * 28


FEATURES = {"features.py": "import pandas as pd\n\n\ndef clean(frame):\n    return frame.dropna()\n"}
TESTED = {"tests/test_features.py": "import features\n\n\ndef test_clean():\n    assert features.clean\n"}


@pytest.mark.parametrize(
    ("slug", "files", "state", "points"),
    [
        ("data-7", {"train.py": TRAIN}, "unknown", None),
        ("data-7", FEATURES | {"train.py": TRAIN}, "absent", 0.0),
        ("data-7", FEATURES | TESTED | {"train.py": TRAIN}, "implemented_never_seen_running", None),
        ("model-1", {"train.py": "def broken(:\n"}, "unknown", None),
        ("model-1", {"train.py": TRAIN}, "implemented_never_seen_running", None),
        ("infra-3", {"train.py": TRAIN, "tests/test_x.py": "def broken(:\n"}, "unknown", None),
    ],
)
def test_code_tells_a_test_absent_implemented_or_nothing(
    slug: str, files: dict[str, str], state: str, points: float | None
) -> None:
    rubric = score_rubric(facts_from(files, history=HistoryFacts()))
    (test,) = (test for section in rubric.sections for test in section.tests if test.slug == slug)
    assert (test.state, test.points) == (state, points)


FITS = "from sklearn.linear_model import Ridge\n\n\ndef train(rows):\n    return Ridge().fit(rows, rows)\n"


@pytest.mark.parametrize(
    ("files", "state"),
    [
        ({"model.py": FITS}, "absent"),
        ({"model.py": FITS, "tests/test_a.py": "from other import train\n\ntrain([])\n"}, "absent"),
        ({"model.py": FITS + "\n\ndef show():\n    pass\n", "tests/test_a.py": "import json\n"}, "absent"),
        ({"model.py": FITS, "tests/test_a.py": "from model import train\n"}, None),
        (
            {"model.py": FITS, "tests/test_a.py": "from model import train\n\ntrain([])\n"},
            "implemented_never_seen_running",
        ),
        (
            {
                "model.py": "from sklearn.linear_model import Ridge\n\n\nclass Model:\n    def __init__(self):\n"
                "        self.one = Ridge()\n",
                "tests/test_a.py": "from model import Model\n\nModel()\n",
            },
            "implemented_never_seen_running",
        ),
    ],
)
def test_infra_2_asks_for_a_test_that_runs_what_fits(files: dict[str, str], state: str | None) -> None:
    assert states(files).get("infra-2") == state


PIPELINE = """stages:
- stage: One
  displayName: '{label}'
  jobs:
  - job: Two
    steps:
    - script: {script}
"""


@pytest.mark.parametrize(
    ("label", "script", "state"),
    [
        ("Lint", "flake8 .", "absent"),
        ("Install training dependencies", "pip install .", "absent"),
        ("Publish training report", "python report.py", "absent"),
        ("Model", "python -m apples.run_train_pipeline --skip_train_execution", "absent"),
        ("Model", "python -m apples.train --dry-run", "absent"),
        ("Model pipeline", "make all", None),
        ("Train and evaluate model", "make all", "implemented_never_seen_running"),
        ("Trigger ML Training Pipeline", "make all", "implemented_never_seen_running"),
        ("Invoke ML pipeline", "make all", "implemented_never_seen_running"),
        ("Model", "python -m apples.train", "implemented_never_seen_running"),
        ("Model", "python -m apples.run_train_pipeline", "implemented_never_seen_running"),
    ],
)
def test_infra_3_sees_stages_of_ci_that_train(label: str, script: str, state: str | None) -> None:
    files = {"apples/train.py": TRAIN, "azure-pipelines.yml": PIPELINE.format(label=label, script=script)}
    assert states(files).get("infra-3") == state


def test_readme_says_how_many_tests_are_looked_for() -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    assert f"Of the 28 tests of the rubric {len(ARTEFACTS)} are looked for" in " ".join(readme.split())
