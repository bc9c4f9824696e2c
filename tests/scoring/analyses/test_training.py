"""Training entry points: what a script fits itself, and what a class of the component's own fits for it."""

import pytest

from scoring.testing import facts_from

BASE = """from sklearn.svm import SVC


class Model:
    def __init__(self):
        self.clf = SVC()

    def train(self, limit=None):
        self.clf.fit([[0]], [0])

    def show(self):
        print(self.clf)
"""
FACTORY = """import importlib

from apples.model import Model


def get_class(name) -> Model:
    return getattr(importlib.import_module(name), "Sour")
"""
SCRIPT = """import sys

from apples.models import get_class


class Trainer:
    def go(self, name):
        model_class = get_class(name)
        model_obj = model_class()
        {call}


if __name__ == "__main__":
    Trainer().go(sys.argv[1])
"""


def entries(script: str, base: str = BASE) -> list[str]:
    files = {
        "apples/__init__.py": "",
        "apples/model.py": base,
        "apples/models/__init__.py": FACTORY,
        "scripts/trainer.py": script,
    }
    return [file.path for file in facts_from(files).training]


@pytest.mark.parametrize(
    "call", ["model_obj.show()", "model_obj.predict(1)", "train(model_obj)", "model_obj.trained()"]
)
def test_script_that_calls_another_method_does_not_train(call: str) -> None:
    assert entries(SCRIPT.format(call=call)) == []


def test_script_that_nothing_runs_does_not_train() -> None:
    assert entries(SCRIPT.format(call="model_obj.train(limit=1)").partition("if __name__")[0]) == []


@pytest.mark.parametrize(
    "base",
    [
        BASE.replace("self.clf.fit([[0]], [0])", "self.clf.score([[0]], [0])"),
        BASE.replace("def train", "def show_all"),
        BASE.replace("from sklearn.svm import SVC", "from json import SVC"),
        "import torch\n\n\nclass Model(torch.nn.Module):\n    def train(self, x):\n        x.backward()\n",
    ],
)
def test_own_class_that_does_not_fit_trains_nothing(base: str) -> None:
    assert entries(SCRIPT.format(call="model_obj.train(limit=1)"), base) == []


def test_network_that_is_switched_to_training_is_not_trained() -> None:
    assert entries(SCRIPT.format(call="self.model.train()")) == []


def test_script_that_imports_no_such_class_does_not_train() -> None:
    script = SCRIPT.format(call="model_obj.train(limit=1)").replace("apples.models", "pears.models")
    assert entries(script) == []


@pytest.mark.parametrize("call", ["model_obj.train(limit=1)", "model_obj.train()", "return model_class().train(1)"])
def test_script_that_trains_by_a_class_of_its_own_is_an_entry_point(call: str) -> None:
    assert entries(SCRIPT.format(call=call)) == ["scripts/trainer.py"]
