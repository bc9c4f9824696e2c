"""Scores held against fixed numbers, and comparisons with NaN."""

import pytest

from scoring.facts import Comparison
from scoring.readers.python import read


def comparisons(source: str) -> list[Comparison]:
    return list(read(source.encode()).comparisons)


@pytest.mark.parametrize(
    "source",
    [
        "p = model.predict(x)\np == 1\n",
        "p = model.predict(x)\np > 0\n",
        "p = model.predict(x)\n0 <= p <= 1\n",
        "p = model.predict(x)\nlen(p) > 10\n",
        "p = model.predict(x)\np.shape[0] > 10\n",
        "p = model.predict_proba(x)\np.argmax() > 3\n",
        "p = model.predict_proba(x)\nnp.argmax(p) > 3\n",
        "p = model.predict(x)\np > threshold\n",
        "p = model.predict(x)\np = 3\np > 0.5\n",
        "p = load(x)\np > 0.5\n",
        "r = model.predict(x)\nr['labels'] > 2\n",
        "def f():\n    p = model.predict(x)\ndef g(p):\n    return p > 0.5\n",
        "conf_threshold > 0.5\n",
        "f1_score > 0.5\n",
        "score > 10\n",
        "probability == 0.5\n",
        "dropout_prob > 0.5\n",
        "x is nan\n",
        "import numpy as np\nnp.isnan(x)\n",
        "nan = 3\nx == nan\n",
        "import pandas as pd\nx == pd.NA\n",
    ],
)
def test_comparison_is_not_seen_where_no_score_meets_a_number(source: str) -> None:
    assert comparisons(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "p = model.predict(x)\np > 0.5\n",
        "p = model.predict_proba(x)[:, 1]\nnp.where(p > 0.5, 1, 0)\n",
        "y = (model.predict_proba(x)[:, 1]\n > 0.5).astype(int)\n",
        "p = 1 - model.predict_proba(x)\nq = p.cpu().numpy()\nq > 0.5\n",
        "import torch\np = torch.sigmoid(logits)\np > 0.5\n",
        "from torch.nn.functional import softmax\np = softmax(z, dim=1).max()\np > 0.5\n",
        "p = model(x).sigmoid()\np > 0.5\n",
        "p = np.asarray(model.decision_function(x))\np > 0.5\n",
        "boxes, scores = model.predict(x)\nscores > 0.5\n",
        "self.p = model.predict(x)\nself.p > 0.5\n",
        "r = model.predict(x)\nr['scores'] > 0.5\n",
        "def f():\n    p = model.predict(x)\n    def g():\n        return p > 0.5\n",
    ],
)
def test_prediction_held_against_a_number_is_found_by_its_flow(source: str) -> None:
    found = comparisons(source)
    assert [(item.kind, item.operator, item.literal) for item in found] == [("score", ">", "0.5")]


@pytest.mark.parametrize(
    ("source", "subject"),
    [
        ("prob > 0.5\n", "prob"),
        ("item.score > 0.5\n", "item.score"),
        ("out['scores'] > 0.5\n", "out['scores']"),
        ("predScore.max() > 0.5\n", "predScore.max()"),
        ("group_confidences.get(g, 0.0) > 0.5\n", "group_confidences.get(g, 0.0)"),
    ],
)
def test_telling_name_alone_is_a_weaker_kind(source: str, subject: str) -> None:
    assert comparisons(source) == [Comparison(1, 1, "score_name", subject, ">", "0.5")]


def test_number_on_the_left_is_mirrored() -> None:
    assert comparisons("0.3 < prob\n") == [Comparison(1, 1, "score_name", "prob", ">", "0.3")]


def test_chain_gives_each_of_its_pairs() -> None:
    assert [(item.operator, item.literal) for item in comparisons("0.3 < prob <= 0.7\n")] == [
        ("<=", "0.7"),
        (">", "0.3"),
    ]


@pytest.mark.parametrize(
    ("source", "literal"),
    [
        ("import numpy as np\nx == np.nan\n", "np.nan"),
        ("import numpy\nnumpy.NaN != x\n", "numpy.NaN"),
        ("from math import nan\nx == nan\n", "nan"),
        ("\nx == float('nan')\n", "float('nan')"),
        ("\nif y and x != float('-NaN'): pass\n", "float('-NaN')"),
    ],
)
def test_equality_with_nan_is_found(source: str, literal: str) -> None:
    (found,) = comparisons(source)
    assert (found.line, found.kind, found.subject, found.literal) == (2, "nan", "x", literal)


def test_comparison_over_lines_is_shown_in_one() -> None:
    (found,) = comparisons("p = m.predict(\n    x)\nif (m.predict(\n        x)\n        > 0.5):\n    pass\n")
    assert (found.line, found.end_line, found.subject) == (3, 5, "m.predict( x)")
