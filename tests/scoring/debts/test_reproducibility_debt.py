"""rep.1 and mls-14, seeds: a seed in one place does not count for others."""

import json

import pytest

from scoring.findings import Outcome
from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

FIT = "\n\nif __name__ == '__main__':\n    SVC().fit(load(), [0, 1])\n"
HEAD = """import random

import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC
"""
DRAW = "\n\ndef load():\n    return np.random.rand(2, 2)\n"


def program(seed: str = "", draw: str = DRAW) -> str:
    return f"{HEAD}\n{seed}{draw}{FIT}"


# ---------------------------------------------------------------- rep.1


@pytest.mark.parametrize(
    "files",
    [
        {"train.py": program("np.random.seed(1)\n")},
        {"train.py": program("", "\n\ndef load():\n    return np.random.default_rng(1).random((2, 2))\n")},
        {"train.py": program("", "\n\ndef load():\n    return train_test_split(1, random_state=0)\n")},
        {"train.py": program("", "\n\ndef load(**more):\n    return train_test_split(1, **more)\n")},
        {
            "train.py": program("from seeds import fix\n\nfix()\n"),
            "seeds.py": "import numpy as np\n\n\ndef fix():\n    np.random.seed(1)\n",
        },
        {"train.py": program("import colossalai\n\ncolossalai.launch(seed=SEED)\n")},
        {"train.py": program("from mmengine.runner import set_random_seed\n\nset_random_seed(1)\n")},
        {
            "train.py": program("from seeds import RATE\n"),
            "seeds.py": "import numpy as np\n\nnp.random.seed(1)\nRATE = 1\n",
        },
        {
            "train.py": program("np.random.seed(1)\nfrom more import one\n"),
            "more.py": "import random\n\n\ndef one():\n    return 1\n\n\ndef two():\n    return random.random()\n",
        },
        {
            "train.py": program("from net import Net\n"),
            "net.py": "from base import Base\n\n\nclass Net(Base):\n    pass\n",
            "base.py": "import numpy as np\n\n\nclass Base:\n    def __init__(self):\n        np.random.seed(1)\n",
        },
    ],
)
def test_seeded_program_is_clear(files: dict[str, str]) -> None:
    check_clear("rep.1", files)


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"train.py": program()}, "train.py:10"),
        ({"train.py": program("random.seed(1)\n")}, "train.py:11"),
        ({"train.py": program("np.random.seed(None)\n")}, "train.py:11"),
        (
            {
                "train.py": program(
                    "", "\n\ndef load():\n    return train_test_split(np.random.rand(2), random_state=0)\n"
                )
            },
            "train.py:10",
        ),
        ({"train.py": program("", "\n\ndef load():\n    return train_test_split(1)\n")}, "train.py:10"),
        (
            {
                "train.py": program("from seeds import RATE\n"),
                "seeds.py": "import numpy as np\n\nRATE = 1\n\n\ndef fix():\n    np.random.seed(1)\n",
            },
            "train.py:11",
        ),
        (
            {
                "train.py": program("from loss import RATE\n"),
                "loss.py": "import numpy as np\n\nRATE = 1\nif __name__ == '__main__':\n    np.random.seed(1)\n",
            },
            "train.py:11",
        ),
    ],
)
def test_unseeded_program_is_found(files: dict[str, str], place: str) -> None:
    check_found("rep.1", files, at=[place])


def tree(arguments: str) -> str:
    return f"from sklearn.tree import DecisionTreeRegressor\n\nDecisionTreeRegressor({arguments}).fit([[0]], [0])\n"


@pytest.mark.parametrize("arguments", ["", "max_depth=3", "splitter='best'"])
def test_tree_that_draws_between_equals_only_is_not_judged(arguments: str) -> None:
    check_unknown("rep.1", {"train.py": tree(arguments)})


@pytest.mark.parametrize("arguments", ["max_features=2", "splitter='random'", "max_features=n"])
def test_tree_that_draws_its_splits_is_found(arguments: str) -> None:
    check_found("rep.1", {"train.py": tree(arguments)}, at=["train.py:3"])


GUIDED = """import torch
from torch import nn


def guide(image):
    loss = (nn.Conv2d(3, 3, 1)(image) ** 2).sum()
    loss.backward()
    return image - image.grad


if __name__ == '__main__':
    guide(torch.zeros(1, 3, 9, 9))
"""


def test_gradients_without_an_optimizer_train_nothing() -> None:
    check_unknown("rep.1", {"sample.py": GUIDED})


@pytest.mark.parametrize(
    "line",
    ["from torch.optim import Adam", "from models import make_optimizer", "optimizer = torch.optim.SGD([])"],
)
def test_gradients_that_an_optimizer_follows_train(line: str) -> None:
    check_found("rep.1", {"train.py": GUIDED.replace("from torch import nn\n", f"from torch import nn\n{line}\n")})


def test_one_generator_seeded_and_one_not_names_the_other() -> None:
    draw = "\n\ndef load():\n    random.random()\n    random.choice([1])\n    return np.random.rand(2, 2)\n"
    _, findings = result_of("rep.1", facts_from({"train.py": program("np.random.seed(1)\n", draw)}))
    assert [(finding.line, finding.symbol, finding.message) for finding in findings] == [
        (
            11,
            "load",
            "train.py trains with Python's random unseeded: random.random is the first of 2 draws, so two runs on the "
            "same data give different models.",
        )
    ]


def test_draw_in_an_imported_module_is_named_there() -> None:
    files = {
        "train.py": "from sklearn.svm import SVC\n\nfrom augment import load\n\nSVC().fit(load(), [0, 1])\n",
        "augment.py": "import numpy as np\n\n\ndef load():\n    return np.random.rand(2, 2)\n",
    }
    _, findings = result_of("rep.1", facts_from(files))
    assert [(finding.path, finding.line, finding.message) for finding in findings] == [
        (
            "train.py",
            3,
            "train.py trains with NumPy unseeded: random.rand (augment.py:5) draws from it, so two runs on the same "
            "data give different models.",
        )
    ]


def test_draw_behind_a_package_is_named_at_the_first_line() -> None:
    files = {
        "train.py": "from sklearn.svm import SVC\n\nfrom augment import load\n\nSVC().fit(load(), [0, 1])\n",
        "augment/__init__.py": "import numpy as np\n\n\ndef load():\n    return np.random.rand(2, 2)\n",
    }
    _, findings = result_of("rep.1", facts_from(files))
    assert [(finding.path, finding.line) for finding in findings] == [("train.py", 3)]


def test_folds_draw_only_when_shuffled() -> None:
    folds = "from sklearn.model_selection import KFold\n\n\ndef load():\n    return KFold(5{0})\n"
    check_unknown("rep.1", {"train.py": program("", folds.format(""))})
    check_unknown("rep.1", {"train.py": program("", folds.format(", shuffle=False"))})
    check_found("rep.1", {"train.py": program("", folds.format(", shuffle=True"))})


def test_share_counts_programs_that_draw() -> None:
    files = {
        "a.py": program("np.random.seed(1)\n"),
        "b.py": program(),
        "c.py": f"{HEAD}\n\ndef load():\n    return 1\n{FIT}",
    }
    result = check_found("rep.1", files)
    assert (result.value, result.population) == (0.5, 2)


def test_program_that_draws_nothing_is_not_clear() -> None:
    check_unknown("rep.1", {"train.py": f"{HEAD}\n\ndef load():\n    return 1\n{FIT}"})


def test_notebook_names_its_cell() -> None:
    draw = DRAW.replace("np.random.rand(", "np.random.permutation(")
    cells = [{"cell_type": "code", "source": text} for text in (HEAD, draw, "SVC().fit(load(), [0, 1])")]
    text = json.dumps({"nbformat": 4, "cells": cells})
    _, findings = result_of("rep.1", facts_from({"train.ipynb": text}))
    assert [(finding.line, dict(finding.evidence)["cell"]) for finding in findings] == [(4, 2)]


@pytest.mark.parametrize(
    "files",
    [
        {
            "pyproject.toml": "[project]\nname = 'x'\n",
            "README.md": "```\npip install x\n```\n",
            "x.py": "def size(rows):\n    return len(rows)\n\n\ndef first(rows):\n    return rows[0]\n",
            "examples/train.py": program(),
        },
        {"README.md": "# Apples\n\nThis repository contains tutorials on apples.\n", "lesson1/train.py": program()},
    ],
    ids=["example of a library", "lesson"],
)
def test_program_whose_model_nobody_keeps_is_not_asked(files: dict[str, str]) -> None:
    result, _ = result_of("rep.1", facts_from(files))
    assert result.outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("path", "beside", "severity"),
    [
        ("train.ipynb", {}, "high"),
        ("train.ipynb", {"fit.py": program("np.random.seed(1)\nrandom.seed(1)\n")}, "medium"),
        ("examples/train.py", {}, "high"),
    ],
)
def test_unseeded_program_is_as_severe_as_its_place(path: str, beside: dict[str, str], severity: str) -> None:
    source = program().replace("np.random.rand(", "np.random.permutation(")
    text = json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": source}]})
    text = text if path.endswith(".ipynb") else source
    _, findings = result_of("rep.1", facts_from({**beside, path: text}))
    assert {finding.severity for finding in findings if finding.path == path} == {severity}


CACHE = "import random\n\nclass Cache:\n    def get(self):\n        return random.choice(self.rows)\n\nnote = print\n"
TAKES = """from parts import note
from sklearn.svm import SVC

note()
SVC(random_state=1).fit({}.get('rows'), [0, 1])
"""


def test_common_method_of_a_class_that_the_program_does_not_name_is_not_its_draw() -> None:
    _, findings = result_of("rep.1", facts_from({"parts.py": CACHE, "train.py": TAKES}))
    assert findings == ()
    named = TAKES.replace("import note", "import Cache, note").replace("{}", "Cache()")
    _, findings = result_of("rep.1", facts_from({"parts.py": CACHE, "train.py": named}))
    assert [finding.path for finding in findings] == ["train.py"]


@pytest.mark.parametrize("signal", ["rep.1", "mls-14", "rep.10"])
@pytest.mark.parametrize("files", [{}, {"train.py": ""}, {"train.py": "import numpy\ndef (:\n"}])
def test_source_removed_broken_or_emptied_is_not_clear(signal: str, files: dict[str, str]) -> None:
    check_unknown(signal, files)
