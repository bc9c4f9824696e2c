"""The five litmus answers (catalogue, section 9)."""

from scoring.engine import assess
from scoring.facts import HistoryFacts
from scoring.scores.answers import LitmusAnswer
from scoring.testing import COMMIT, component_from

TRAIN = """import numpy as np
from sklearn.svm import SVC

X = np.random.rand(9, 2)
SVC(random_state=1).fit(X, X[:, 0] > 0.5)
"""
SEEDED = TRAIN.replace("X =", "np.random.seed(1)\nX =")


def answers(files: dict[str, str], history: HistoryFacts | None = None) -> dict[str, LitmusAnswer]:
    assessment = assess(component_from(files, history=history), COMMIT)
    return {answer.slug.removeprefix("litmus-"): answer for answer in assessment.litmus}


def outcomes(answer: LitmusAnswer) -> dict[str, str]:
    return {row.name: row.outcome for row in answer.components if row.outcome != "unknown"}


def test_component_without_ml_code_has_no_answers() -> None:
    found = answers({"app.py": "import os\n\n\ndef f():\n    return os.getcwd()\n"})
    assert len(found) == 5
    assert {(answer.state, answer.index.worst, answer.headline) for answer in found.values()} == {
        ("not_applicable", None, "No ML code found.")
    }


def test_unread_python_leaves_the_answers_open() -> None:
    found = answers({"train.py": "def broken(:\n"})
    assert {(answer.state, answer.index.best, answer.index.worst) for answer in found.values()} == {("unknown", 0, 100)}


def test_closure_without_lineage_is_unknown_and_never_zero() -> None:
    answer = answers({"train.py": TRAIN})["transitive-closure"]
    assert (answer.state, answer.index.best, answer.index.value, answer.index.worst) == ("unknown", 0, None, 100)
    assert answer.headline.startswith("Not known yet")


def test_seeds_move_change_precision() -> None:
    loose, seeded = (answers({"train.py": text})["change-precision"] for text in (TRAIN, SEEDED))
    assert outcomes(loose) == {"seeds": "found", "held-out hygiene": "not_applicable"}
    assert outcomes(seeded) == {"seeds": "clear", "held-out hygiene": "not_applicable"}
    assert seeded.index.worst <= loose.index.worst
    assert loose.headline.startswith("0 of 1 entry point seeds every random generator in use.")


def test_side_effects_of_one_author_do_not_apply_in_part() -> None:
    answer = answers({"train.py": TRAIN}, HistoryFacts(commits=3, authors_12m=1))["cross-degradation"]
    assert answer.state in ("unknown", "structural_only")
    assert answer.index.worst == 100


def test_newcomer_rows_of_a_small_team_do_not_apply() -> None:
    history = HistoryFacts(commits=30, authors_12m=2, newcomers_24m=1)
    answer = answers({"train.py": TRAIN, "README.md": "# Model\n"}, history)["newcomer-speed"]
    found = outcomes(answer)
    assert [found[name] for name in ("ramp", "breadth", "truck factor", "solo share", "hot and solo")] == [
        "not_applicable"
    ] * 5


def test_newcomer_rows_of_a_large_team_are_measured_as_one_group() -> None:
    history = HistoryFacts(
        commits=900,
        authors_12m=8,
        newcomers_24m=4,
        ramp_days=96.0,
        ramp_population=4,
        breadth=0.2,
        truck_factor=1,
        solo_files=("a.py", "b.py"),
        authored_files=4,
        hot_files=("a.py",),
        hot_solo_files=("a.py",),
    )
    answer = answers({"train.py": TRAIN}, history)["newcomer-speed"]
    values = {row.name: row.value for row in answer.components}
    assert [values[name] for name in ("ramp", "truck factor", "solo share", "hot and solo")] == [96, 1, 0.5, 1]
    assert answer.headline.startswith(
        "New people reach their 10th change after 96 days (median of 4); 100 % of the hot"
    )


def test_history_that_could_not_be_read_is_unknown() -> None:
    answer = answers({"train.py": TRAIN}, HistoryFacts(reason="the clone is shallow"))["newcomer-speed"]
    reasons = {row.name: (row.outcome, row.reason) for row in answer.components}
    assert reasons["ramp"] == ("unknown", "the clone is shallow")
    assert reasons["truck factor"] == ("unknown", "the clone is shallow")


MADE = "import numpy\nfrom sklearn.svm import SVC\n\n\ndef {0}(x, y):\n    return SVC().fit(x, y)\n"
REGISTRY = (
    "import torch\nfrom hub import register_model\n\n\n@register_model\nclass One(torch.nn.Module):\n    pass\n\n\n"
    "@register_model\nclass Two(torch.nn.Module):\n    pass\n"
)


def test_adapter_makes_the_plug_narrower() -> None:
    files = {"a.py": MADE.format("a"), "b.py": MADE.format("b"), "c.py": "import numpy\n"}
    widths = [
        next(row.value for row in answers({**files, **more})["new-algorithm"].components if row.name == "plug width")
        for more in ({"entries.py": "import torch\n"}, {"entries.py": REGISTRY})
    ]
    assert widths == [0.5, 0.3]
