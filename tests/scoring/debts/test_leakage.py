"""Leaks of test data (dat.7, mls-21): clean ways of working first, then each pattern."""

import json

import pytest

from scoring.facts import PythonFacts
from scoring.readers.python import read
from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

HEAD = """import numpy as np
import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.decomposition import PCA
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import LabelEncoder, OneHotEncoder, StandardScaler

df = pd.read_csv("rows.csv")
y = df["y"]
X = df.drop(columns=["y"])
"""
SPLIT = "a, b, c, d = train_test_split(X, y, random_state=1)\n"
FIT = "model = LogisticRegression()\nmodel.fit(a, c)\nprint(model.score(b, d))\n"


def kinds(source: str) -> list[tuple[str, str]]:
    facts = read(source.encode())
    assert isinstance(facts, PythonFacts)
    return [(flow.kind, flow.what) for flow in facts.flows]


@pytest.mark.parametrize(
    "source",
    [
        SPLIT + FIT,
        SPLIT + "s = StandardScaler().fit(a)\na = s.transform(a)\nb = s.transform(b)\n" + FIT,
        SPLIT + "s = StandardScaler()\na = s.fit_transform(a)\nb = s.transform(b)\n" + FIT,
        SPLIT + "a['f'] = a['f'].fillna(a['f'].mean())\n" + FIT,
        SPLIT + "m = a['f'].median()\na['f'] = a['f'].fillna(m)\nb['f'] = b['f'].fillna(m)\n" + FIT,
        SPLIT + "a, c = SMOTE().fit_resample(a, c)\n" + FIT,
        SPLIT + "model = make_pipeline(StandardScaler(), LogisticRegression())\nmodel.fit(a, c)\nmodel.score(b, d)\n",
        "y = LabelEncoder().fit_transform(y)\n" + SPLIT + FIT,
        "X = OneHotEncoder().fit_transform(X)\n" + SPLIT + FIT,
        "X['f'] = np.log1p(X['f'])\n" + SPLIT + FIT,
        "X = X.fillna(0)\n" + SPLIT + FIT,
        "X = X / 255.0\n" + SPLIT + FIT,
        "X['f'] = X['f'].clip(0, 10)\n" + SPLIT + FIT,
        "shown = StandardScaler().fit_transform(X)\nprint(shown)\n" + SPLIT + FIT,
        "X['shown'] = StandardScaler().fit_transform(X[['f']])\nX = X[['f', 'g']]\n" + SPLIT + FIT,
        "X['r'] = X[['f', 'g']].mean(axis=1)\n" + SPLIT + FIT,
        "print(X['f'].mean(), X.describe())\n" + SPLIT + FIT,
        "other = pd.read_csv('other.csv')\ns = StandardScaler().fit(other)\nX = s.transform(X)\n" + SPLIT + FIT,
        "X['f'] = pd.cut(X['f'], [0, 10, 20])\n" + SPLIT + FIT,
        "X = X[X['f'] > 0]\n" + SPLIT + FIT,
        "for i, j in KFold().split(X):\n    s = StandardScaler().fit(X[i])\n    "
        "m = LogisticRegression().fit(s.transform(X[i]), y[i])\n"
        "    m.score(s.transform(X[j]), y[j])\n",
        "X = StandardScaler().fit_transform(X)\nmodel = LogisticRegression().fit(X, y)\nprint(model.predict(X))\n",
        SPLIT + "X = StandardScaler().fit_transform(X)\n" + FIT,
    ],
)
def test_clean_ways_of_working_are_silent(source: str) -> None:
    assert kinds(HEAD + source) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("X = StandardScaler().fit_transform(X)\n" + SPLIT + FIT, ("preparation", "StandardScaler")),
        ("s = StandardScaler()\ns.fit(X)\nX = s.transform(X)\n" + SPLIT + FIT, ("preparation", "StandardScaler")),
        ("X = PCA(2).fit_transform(X)\n" + SPLIT + FIT, ("preparation", "PCA")),
        ("X = SelectKBest(k=5).fit_transform(X, y)\n" + SPLIT + FIT, ("preparation", "SelectKBest")),
        ("X = X.fillna(X.mean())\n" + SPLIT + FIT, ("preparation", "a fill of missing values")),
        ("X['f'].fillna(X['f'].median(), inplace=True)\n" + SPLIT + FIT, ("preparation", "a fill of missing values")),
        ("X = (X - X.mean()) / 3\n" + SPLIT + FIT, ("preparation", "arithmetic with a statistic")),
        ("X, y = SMOTE().fit_resample(X, y)\n" + SPLIT + FIT, ("overlap", "SMOTE")),
        (SPLIT + "b = StandardScaler().fit_transform(b)\n" + FIT, ("test", "StandardScaler")),
        (
            "def prepare(x):\n    return StandardScaler().fit_transform(x)\n\nX = prepare(X)\n" + SPLIT + FIT,
            ("preparation", "StandardScaler"),
        ),
        (
            "for k in ['f', 'g']:\n    X[k] = StandardScaler().fit_transform(X[[k]])\n" + SPLIT + FIT,
            ("preparation", "StandardScaler"),
        ),
        (
            "X = StandardScaler().fit_transform(X)\nfor i, j in KFold().split(X):\n"
            "    m = LogisticRegression()\n    m.fit(X[i], y[i])\n    m.score(X[j], y[j])\n",
            ("preparation", "StandardScaler"),
        ),
        (
            "X = StandardScaler().fit_transform(X)\na, b = X[:n], X[n:]\nc, d = y[:n], y[n:]\n" + FIT,
            ("preparation", "StandardScaler"),
        ),
        (
            SPLIT
            + "for k in (1, 2):\n    model = LogisticRegression(C=k)\n    model.fit(a, c)\n    model.score(b, d)\n",
            ("tuning", "score"),
        ),
    ],
)
def test_each_pattern_is_found_once(source: str, found: tuple[str, str]) -> None:
    assert kinds(HEAD + source) == [found]


def test_validation_part_may_choose_a_parameter() -> None:
    source = HEAD + (
        "a, x_val, c, y_val = train_test_split(X, y)\nfor k in (1, 2):\n    model = LogisticRegression(C=k)\n"
        "    model.fit(a, c)\n    model.score(x_val, y_val)\n"
    )
    assert kinds(source) == []


def test_without_a_split_nothing_is_judged() -> None:
    check_unknown("dat.7", {"build.py": "from sklearn.svm import SVC\n\nmodel = SVC()\n"})


def test_split_without_a_leak_is_clear() -> None:
    check_clear("dat.7", {"train.py": HEAD + SPLIT + FIT})


def test_leak_is_found_where_it_is_learnt() -> None:
    source = HEAD + "X = StandardScaler().fit_transform(X)\n" + SPLIT + FIT
    check_found("dat.7", {"train.py": source}, at=["train.py:14"])


def test_tests_are_left_out() -> None:
    source = HEAD + "X = StandardScaler().fit_transform(X)\n" + SPLIT + FIT
    check_unknown("dat.7", {"tests/test_train.py": source})


def test_notebook_names_the_line_of_its_cell() -> None:
    cells = [HEAD, "X = StandardScaler().fit_transform(X)", SPLIT + FIT]
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}},
        "cells": [
            {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": cell}
            for cell in cells
        ],
    }
    check_found("dat.7", {"train.ipynb": json.dumps(notebook)}, at=["train.ipynb:1"])


def test_endless_file_costs_its_limit_only() -> None:
    body = "".join(f"x{i} = StandardScaler().fit_transform(X)\n" for i in range(20_000))
    source = HEAD + body + SPLIT + FIT
    assert kinds(source) == [("unfinished", "")]
    check_unknown("dat.7", {"train.py": source})


def test_functions_that_call_one_another_end() -> None:
    source = HEAD + "def f(x):\n    return g(x)\n\n\ndef g(x):\n    return f(x)\n\nX = f(X)\n" + SPLIT + FIT
    assert kinds(source) == []


@pytest.mark.parametrize(("path", "severity"), [("train.py", "critical"), ("examples/train.py", "medium")])
def test_leak_in_an_example_is_medium(path: str, severity: str) -> None:
    source = HEAD + "X = StandardScaler().fit_transform(X)\n" + SPLIT + FIT
    _, findings = result_of("dat.7", facts_from({path: source}))
    assert [item.severity for item in findings] == [severity]


STEPS = """import torch
from torch import nn


def train(net, batches, goal):
    for rows, labels in batches:
        goal(net(rows), labels).backward()
    net.evaluate(batches)
"""


def test_training_by_steps_alone_is_followed_nowhere_and_never_clear() -> None:
    check_unknown("dat.7", {"train.py": STEPS})


def test_file_that_is_followed_speaks_where_another_trains_by_steps() -> None:
    check_clear("dat.7", {"train.py": STEPS, "fit.py": HEAD + SPLIT + FIT})


SCALED = "X = StandardScaler().fit_transform(X)\n" + SPLIT
TREES = "from sklearn.ensemble import RandomForestClassifier\n\nmodel = RandomForestClassifier()\n"
TREES += "model.fit(a, c)\nprint(model.score(b, d))\n"


def test_scale_of_a_column_is_nothing_to_a_tree() -> None:
    check_found("dat.7", {"train.py": HEAD + SCALED + FIT}, at=["train.py:14"])
    check_clear("dat.7", {"train.py": HEAD + SCALED + TREES})
    by_hand = "X = (X - X.min()) / (X.max() - X.min())\n" + SPLIT
    check_found("dat.7", {"train.py": HEAD + by_hand + FIT}, at=["train.py:14"])
    check_clear("dat.7", {"train.py": HEAD + by_hand + TREES})
    chosen = "X = SelectKBest().fit_transform(X, y)\n" + SPLIT
    check_found("dat.7", {"train.py": HEAD + chosen + TREES}, at=["train.py:14"])


def test_branch_that_is_switched_off_leaks_nothing() -> None:
    branch = "if {}:\n    X = StandardScaler().fit_transform(X)\n" + SPLIT + FIT
    check_clear("dat.7", {"train.py": HEAD + branch.format("False")})
    check_found("dat.7", {"train.py": HEAD + branch.format("True")}, at=["train.py:15"])
    check_found("dat.7", {"train.py": HEAD + branch.format("scale")}, at=["train.py:15"])


def test_leak_that_several_calls_come_to_is_one_finding() -> None:
    prepare = "def prepare(rows):\n    return StandardScaler().fit_transform(rows)\n\n\n"
    calls = "b = prepare(b)\nb = prepare(b)\n"
    _, findings = result_of("dat.7", facts_from({"train.py": HEAD + prepare + SPLIT + calls + FIT}))
    assert len({(finding.line, finding.evidence["learnt_by"]) for finding in findings}) == len(findings)
