"""Training entry points: what a script fits itself, and what a class of the component's own fits for it."""

import pytest

from scoring.analyses.training_points import training_points
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


def entries(script: str, base: str = BASE, name: str = "scripts/run.py") -> list[str]:
    files = {
        "apples/__init__.py": "",
        "apples/model.py": base,
        "apples/models/__init__.py": FACTORY,
        name: script,
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
    assert entries(SCRIPT.format(call=call)) == ["scripts/run.py"]


@pytest.mark.parametrize("name", ["scripts/run.py", "scripts/eval_training.py", "scripts/benchmark_train.py"])
def test_script_that_imports_a_fit_and_is_not_called_after_training_does_not_train(name: str) -> None:
    assert entries(SCRIPT.format(call="model_obj.show()"), name=name) == []


def test_script_called_after_training_that_comes_to_no_fit_does_not_train() -> None:
    base = BASE.replace("self.clf.fit([[0]], [0])", "self.clf.score([[0]], [0])")
    assert entries(SCRIPT.format(call="model_obj.show()"), base, "scripts/train.py") == []


def test_script_called_after_training_that_comes_to_a_fit_is_an_entry_point() -> None:
    assert entries(SCRIPT.format(call="model_obj.show()"), name="scripts/train.py") == ["scripts/train.py"]


def test_script_that_imports_a_function_that_fits_is_an_entry_point() -> None:
    files = {
        "lib.py": "from sklearn.svm import SVC\n\n\ndef fit_it(x):\n    return SVC().fit(x, x)\n",
        "go.py": "from lib import fit_it\n\nif __name__ == '__main__':\n    fit_it([[0]])\n",
    }
    assert [file.path for file in facts_from(files).training] == ["go.py"]


@pytest.mark.parametrize(
    "line",
    [
        "from sklearn.preprocessing import StandardScaler\nStandardScaler().fit([[0]])",
        "from sklearn.decomposition import PCA\nreduced = PCA().fit([[0]])",
        "from sklearn.feature_extraction.text import CountVectorizer\nbag = CountVectorizer()\nbag.fit(['a'])",
    ],
)
def test_program_that_only_prepares_data_does_not_train(line: str) -> None:
    assert [file.path for file in facts_from({"prepare.py": line + "\n"}).training] == []


def test_model_whose_name_is_that_of_a_preparer_trains() -> None:
    source = "import surprise\n\nsvd = surprise.SVD()\nsvd.fit([[0]])\n"
    assert [file.path for file in facts_from({"svd.py": source}).training] == ["svd.py"]


@pytest.mark.parametrize(
    "line",
    [
        "from sklearn.impute import SimpleImputer as Model\nmodel = Model()\nmodel.fit([[0]])",
        "from sklearn.pipeline import make_pipeline\nrows = make_pipeline(a, b).fit_transform([[0]])",
        "from imblearn.over_sampling import SMOTE\nx, y = SMOTE().fit_resample(x, y)",
        "import sklearn\nrows = anything.fit_transform(rows)",
    ],
)
def test_preparer_is_told_by_its_class_or_method(line: str) -> None:
    assert [file.path for file in facts_from({"prepare.py": line + "\n"}).training] == []


@pytest.mark.parametrize("name", ["encoder", "kernel", "feature_extractor", "le"])
def test_model_of_an_unknown_class_trains_whatever_it_is_called(name: str) -> None:
    files = {
        "app/net.py": "import torch\n\n\ndef build():\n    return torch.nn.Linear(1, 1)\n",
        "train.py": f"import torch\n\nfrom app.net import build\n\n{name} = build()\n{name}.fit([[0]])\n",
    }
    assert [file.path for file in facts_from(files).training] == ["train.py"]


@pytest.mark.parametrize(
    "line",
    [
        "from sklearn.cluster import KMeans\nlabels = KMeans(3).fit_predict([[0]])",
        "from sklearn.cluster import DBSCAN\nDBSCAN().fit([[0]])",
        "from sklearn.cluster import KMeans\nnear = KMeans(3).fit_transform([[0]])",
        "from sklearn.ensemble import IsolationForest\nodd = IsolationForest().fit_predict([[0]])",
        "from sklearn.pipeline import make_pipeline\nmake_pipeline(a, b).fit([[0]])",
    ],
)
def test_known_model_trains_whatever_the_method(line: str) -> None:
    assert [file.path for file in facts_from({"group.py": line + "\n"}).training] == ["group.py"]


# ---------------------------------------------------------------- through what a script imports


def entries_of(**files: str) -> list[str]:
    return [
        file.path
        for file in facts_from({name.replace("__", "/") + ".py": text for name, text in files.items()}).training
    ]


LIB = "from sklearn.svm import SVC\n\n\ndef train(x):\n    return SVC().fit(x, x)\n"
LOOP = """import torch


class Trainer:
    def __init__(self, net, optimizer):
        self.net, self.optimizer = net, optimizer

    def _step(self, x):
        self.optimizer.zero_grad()
        self.net(x).sum().backward()
        self.optimizer.step()

    def train(self, loader):
        for x in loader:
            self._step(x)


def show(loader):
    return loader
"""
MAIN = "\n\nif __name__ == '__main__':\n    {}\n"


@pytest.mark.parametrize(
    "files",
    [
        {"go": "import lib" + MAIN.format("lib.show(1)"), "lib": LIB},
        {"go": "import other as lib" + MAIN.format("lib.train(1)"), "lib": LIB, "other": "x = 1\n"},
        {"go": "from loop import show" + MAIN.format("show(1)"), "loop": LOOP},
        {"go": "from lib import train_data" + MAIN.format("print(train_data)"), "lib": f"{LIB}\n\ntrain_data = 1\n"},
        {"go": "import lib\n\n\ndef run():\n    lib.train(1)\n", "lib": LIB},
        {"go": "import lib\n\nlib.train(1)\n", "lib": LIB, "user": "import go\n"},
        {"go": "from lib import train\nfrom kedro.io import node\n\nnode(len, 'a', 'b')\n\nx = train\n", "lib": ""},
    ],
)
def test_script_that_comes_to_no_fit_it_names_does_not_train(files: dict[str, str]) -> None:
    assert entries_of(**files) == []


@pytest.mark.parametrize(
    "files",
    [
        {"go": "import lib" + MAIN.format("lib.train(1)"), "lib": LIB},
        {"go": "import utils" + MAIN.format("utils.train(1)"), "utils": LIB},
        {"go": "from loop import Trainer" + MAIN.format("Trainer(1, 2).train(3)"), "loop": LOOP},
        {"go": "from loop import Trainer" + MAIN.format("model = Trainer(1, 2)\n    model.train()"), "loop": LOOP},
        {
            "go": "from steps import train" + MAIN.format("train(1)"),
            "steps": "from loop import Trainer\n\n\ndef train(x):\n    Trainer(1, 2).go(x)\n",
            "loop": LOOP,
        },
        {"go": "import lib\n\nlib.train(1)\n", "lib": LIB},
        {
            "go": "from kedro.pipeline import node, pipeline\n\nfrom lib import train\n\n\n"
            "def create_pipeline(**more):\n    return pipeline([node(train, 'x', 'y')])\n",
            "lib": LIB,
        },
        {
            "go": "from ignite.engine import create_supervised_trainer\n\n\ndef main(x):\n"
            "    create_supervised_trainer(x, x, x).run(x)" + MAIN.format("main(1)")
        },
    ],
)
def test_script_that_comes_to_a_fit_by_what_it_names_trains(files: dict[str, str]) -> None:
    assert entries_of(**files) == ["go.py"]


@pytest.mark.parametrize(
    ("command", "found"),
    [("python -m jobs.go", ["jobs/go.py"]), ("git commit -m jobs.go", []), ("python -m jobs.other", [])],
)
def test_module_that_a_command_has_python_run_is_an_entry_point(command: str, found: list[str]) -> None:
    script = "from lib import train\n\n\ndef main():\n    train(1)\n"
    files = {"Makefile": f"train:\n\t{command}\n", "jobs/go.py": script, "lib.py": LIB}
    assert [file.path for file in facts_from(files).training] == found


HANDED = "import fire\nfrom orchard import Orchard\n\nfire.Fire(Orchard)\n"
FIT = "from sklearn.svm import SVC\n\n\ndef learn(c):\n    SVC(c).fit([[1]], [1])\n\n\n"
CLASS = "from sklearn.svm import SVC\n\n\nclass Orchard:\n    def grow(self, c):\n        SVC(c).fit([[1]], [1])\n"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"cli.py": "import fire\n" + FIT + "fire.Fire(learn)\n"}, ["cli.py"]),
        ({"cli.py": "from fire import Fire\n" + FIT + "Fire()\n"}, ["cli.py"]),
        ({"cli.py": "import fire\n" + FIT + "print(fire)\n"}, []),
        (
            {"cli.py": "import fire\nfrom orchard import Orchard\n\nfire.Fire(Orchard)\n", "orchard.py": CLASS},
            ["cli.py"],
        ),
        ({"cli.py": "from orchard import Orchard\n\nprint(Orchard)\n", "orchard.py": CLASS}, []),
        ({"dag.py": "from airflow.decorators import dag, task\n" + FIT + "task(learn)\n"}, ["dag.py"]),
        ({"dag.py": "from airflow.models import Variable\n" + FIT + "Variable.get('a')\n"}, []),
        (
            {"dag.py": f"from airflow.operators.python import PythonOperator\n{FIT}PythonOperator(task=learn)\n"},
            ["dag.py"],
        ),
    ],
)
def test_file_that_hands_its_functions_on_trains_where_one_fits(files: dict[str, str], found: list[str]) -> None:
    view = facts_from(files)
    assert [file.path for file in view.training] == found
    assert [point.file.path for point in training_points(view)] == found


def test_class_that_becomes_a_function_is_judged_anew_in_the_next_week() -> None:
    inside = "    def go(self):\n        SVC().fit([[1]], [1])\n"
    script = "from part import Part\n\nPart(1)\n"
    weeks = [f"from sklearn.svm import SVC\n\n\n{head}\n{inside}" for head in ("class Part:", "def Part(self):")]
    found = [[file.path for file in facts_from({"go.py": script, "part.py": text}).training] for text in weeks]
    assert found == [[], ["go.py"]]
