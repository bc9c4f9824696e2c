"""Past changes of algorithm, mined from small histories (litmus Q1, glu.9)."""

import json
from collections.abc import Mapping
from datetime import timedelta

import pytest

from scoring.analyses import swaps
from scoring.analyses.algorithm_changes import median
from scoring.facts import AlgorithmSwap
from scoring.sandbox import Sandbox
from scoring.sources.git import GitRepository
from scoring.sources.stores import MemoryFactStore
from scoring.survey import Survey
from tests.scoring.past import ADA, NOW, Past

SVC = "from sklearn.svm import SVC\n\nSVC().fit(X, y)\n"
FOREST = "from sklearn.ensemble import RandomForestClassifier\n\nRandomForestClassifier().fit(X, y)\n"
BOTH = SVC + FOREST
NET = "from torch import optim\nfrom nets import {0}\n\nmodel = {0}()\noptim.SGD(model.parameters())\nloss.backward()\n"
CLASS = "class {0}:\n    def forward(self, x):\n        return x\n\n    def loss(self, x):\n        return {1}\n"
BOB = "Bob <bob@example.org>"

Files = Mapping[str, str]


def told(past: Past) -> tuple[AlgorithmSwap, ...]:
    found = past.history().swaps
    assert found is not None
    return found


@pytest.mark.parametrize(
    "after",
    [
        {"train.py": SVC + "\nprint('done')\n"},
        {"train.py": SVC.replace("SVC()", "SVC(C=3)")},
        {"train.py": SVC, "other.py": FOREST},
        {"train.py": SVC, "tests/test_train.py": FOREST},
        {"run.py": SVC},
        {"train.py": "x = 1\n", "fit.py": SVC},
        {"train.py": SVC.replace("SVC()", "SVC()  # RandomForestClassifier()")},
    ],
    ids=["line", "setting", "new file", "test", "renamed", "moved", "comment"],
)
def test_other_changes_are_none_of_algorithm(past: Past, after: Files) -> None:
    past.add(20, {"train.py": SVC})
    past.add(10, after)
    assert told(past) == ()


def test_change_of_class_is_found_with_its_files(past: Past) -> None:
    past.add(20, {"train.py": SVC, "serve.py": "x = 1\n", "tests/test_serve.py": "x = 1\n"})
    commit = past.add(10, {"train.py": FOREST, "serve.py": "x = 2\n", "tests/test_serve.py": "x = 2\n"})
    (found,) = told(past)
    assert found == AlgorithmSwap(
        commits=(commit,),
        at=NOW - timedelta(days=10),
        before=("SVC",),
        after=("RandomForestClassifier",),
        files=("serve.py", "train.py"),
        path="train.py",
    )


def test_class_that_joins_others_counts_half(past: Past) -> None:
    past.add(20, {"train.py": SVC})
    past.add(10, {"train.py": BOTH})
    assert [(swap.before, swap.after, swap.weight) for swap in told(past)] == [((), ("RandomForestClassifier",), 0.5)]


def test_replaced_file_is_a_change(past: Past) -> None:
    past.add(20, {"train_svc.py": SVC})
    past.add(10, {"train_forest.py": FOREST})
    assert [(swap.before, swap.after) for swap in told(past)] == [(("SVC",), ("RandomForestClassifier",))]


def test_notebook_counts_where_there_is_nothing_else(past: Past) -> None:
    cells = [{"cell_type": "code", "source": [text], "outputs": [], "metadata": {}} for text in (SVC, FOREST)]
    before, after = (
        json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}) for cell in cells
    )
    past.add(20, {"train.ipynb": before})
    past.add(10, {"train.ipynb": after})
    assert [(swap.before, swap.after) for swap in told(past)] == [(("SVC",), ("RandomForestClassifier",))]


def test_class_under_another_name_is_no_change(past: Past) -> None:
    past.add(20, {"train.py": NET.format("Small"), "nets.py": CLASS.format("Small", "1")})
    past.add(10, {"train.py": NET.format("Tiny"), "nets.py": CLASS.format("Tiny", "2")})
    assert told(past) == ()


def test_another_class_is_a_change(past: Past) -> None:
    nets = CLASS.format("Small", "1") + "\n\n" + CLASS.format("Wide", "2")
    past.add(20, {"train.py": NET.format("Small"), "nets.py": nets})
    past.add(10, {"train.py": NET.format("Wide"), "nets.py": nets})
    assert [(swap.before, swap.after) for swap in told(past)] == [(("Small",), ("Wide",))]


def test_setting_alone_is_configuration_only(past: Past) -> None:
    files = {"train.py": SVC, "params.yaml": "model:\n  type: forest\n  depth: 3\n"}
    past.add(20, files)
    past.add(10, {**files, "params.yaml": "model:\n  type: boosting\n  depth: 5\n"})
    assert [(swap.before, swap.after, swap.config_only) for swap in told(past)] == [(("forest",), ("boosting",), True)]


def test_other_setting_or_spelling_is_no_change(past: Past) -> None:
    files = {"train.py": SVC, "params.yaml": "model:\n  type: xgb\n  depth: 3\n"}
    past.add(20, files)
    past.add(10, {**files, "params.yaml": "model:\n  type: XGBoost\n  depth: 5\n"})
    assert told(past) == ()


def test_commits_of_one_author_within_a_week_are_one_change(past: Past) -> None:
    past.add(30, {"train.py": SVC})
    first = past.add(20, {"train.py": FOREST})
    second = past.add(14, {"train.py": "import xgboost\n\nxgboost.train(p, d)\n"})
    assert [(swap.commits, swap.before, swap.after) for swap in told(past)] == [
        ((first, second), ("SVC",), ("xgboost",))
    ]


@pytest.mark.parametrize(("author", "days_ago"), [(BOB, 18), (ADA, 10)], ids=["another author", "later"])
def test_commits_apart_are_two_changes(past: Past, author: str, days_ago: int) -> None:
    past.add(30, {"train.py": SVC})
    past.add(20, {"train.py": FOREST})
    past.add(days_ago, {"train.py": "import xgboost\n\nxgboost.train(p, d)\n"}, author)
    assert [swap.after for swap in told(past)] == [("xgboost",), ("RandomForestClassifier",)]


def test_change_that_is_taken_back_is_none(past: Past) -> None:
    past.add(30, {"train.py": SVC})
    past.add(20, {"train.py": FOREST})
    past.add(18, {"train.py": SVC})
    assert told(past) == ()


def test_change_before_the_window_is_left_out(past: Past) -> None:
    past.add(900, {"train.py": SVC})
    past.add(800, {"train.py": FOREST})
    past.add(10, {"train.py": FOREST + "\nx = 1\n"})
    assert told(past) == ()


def test_changes_past_the_limit_are_counted_as_unread(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swaps, "MAX_CHANGES", 1)
    past.add(30, {"train.py": SVC})
    past.add(20, {"train.py": FOREST})
    past.add(10, {"train.py": FOREST + "\nx = 1\n"})
    history = past.history()
    assert (history.swaps, history.swap_changes, history.swap_unread) == ((), 3, 2)


def test_missing_version_is_counted_as_unread(past: Past) -> None:
    past.add(30, {"train.py": SVC})
    past.add(20, {"train.py": FOREST})
    past.add(10, {"train.py": FOREST + "\nx = 1\n"})
    past.lab.loose(past.lab.blob(SVC.encode())).unlink()
    history = past.history()
    assert (history.swaps, history.swap_unread) == ((), 2)


def test_missing_version_is_counted_beside_a_class_under_another_name(past: Past) -> None:
    past.add(20, {"train.py": NET.format("Small"), "nets.py": CLASS.format("Small", "1"), "fit.py": SVC})
    changed = {"nets.py": CLASS.format("Tiny", "2"), "fit.py": SVC + "\nx = 1\n"}
    past.add(10, {"train.py": NET.format("Tiny"), **changed})
    past.lab.loose(past.lab.blob(SVC.encode())).unlink()
    history = past.history()
    assert (history.swaps, history.swap_unread) == ((), 2)


def test_past_week_says_the_same_alone_and_among_others(past: Past, sandbox: Sandbox) -> None:
    texts = [SVC, FOREST, BOTH, "import xgboost\n\nxgboost.train(p, d)\n", SVC, SVC + "\nx = 1\n"]
    for number, text in enumerate(texts):
        past.add(120 - 20 * number, {"train.py": text, "params.yaml": f"model: name{number // 2}\n"})
    with GitRepository(past.lab.path) as repository:
        together = Survey(repository, MemoryFactStore(), sandbox)
        moments = together.moments(past.commits[-1], NOW, 20)
        forwards = [together.component(moment).history for moment in moments]
        apart = [
            Survey(repository, MemoryFactStore(), sandbox).component(moment).history for moment in reversed(moments)
        ]
    assert forwards == apart[::-1]
    assert [len(history.swaps or ()) for history in forwards if history][:1] == [4]


def test_weighted_median_halves_what_shares_the_middle() -> None:
    assert median([(4, 1.0)]) == 4
    assert median([(4, 1.0), (8, 1.0)]) == 6
    assert median([(9, 0.5), (2, 1.0), (3, 1.0)]) == 3


@pytest.mark.parametrize("message", ["Update main to match the current branch inside", "Sync with upstream"])
def test_commit_that_brings_over_what_was_done_elsewhere_is_no_change(past: Past, message: str) -> None:
    past.add(20, {"train.py": SVC})
    past.add(10, {"train.py": FOREST}, message=message)
    assert told(past) == ()
