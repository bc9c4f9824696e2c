"""What an older version of a file chooses to learn with, told without a parse (litmus Q1)."""

import json
import time

import pytest

from scoring.knowledge.algorithms import is_choice, is_name, same_algorithm
from scoring.readers.algorithms import read, read_notebook
from scoring.readers.base import Unreadable


@pytest.mark.parametrize(
    "source",
    [
        "",
        "x = 1\n",
        "# clf = SVC()\nfrom sklearn.svm import SVC\n",
        "from sklearn.svm import SVC\n'''\nclf = SVC()\n'''\n",
        "from sklearn.svm import SVC\nprint('SVC()')\n",
        "from sklearn.preprocessing import StandardScaler\nscaler = StandardScaler()\n",
        "from sklearn.pipeline import Pipeline\nmodel = Pipeline([])\n",
        "from torch import nn\nlayer = nn.Linear(3, 4)\n",
        "from torch.nn import DataParallel\nmodel = DataParallel(model)\n",
        "from ortools.sat.python import cp_model\nmodel = cp_model.CpModel()\n",
        "import xgboost as xgb\ndata = xgb.DMatrix(rows)\n",
        "model_path = Path('model.pt')\nmodel_config = ModelOptions()\n",
        "class RandomForestBase(object):\n    pass\n",
        "from transformers import AutoTokenizer\ntokenizer = AutoTokenizer.from_pretrained('bert-base-uncased')\n",
        b"\xff\xfe\x00(((",
    ],
)
def test_source_that_chooses_nothing(source: str | bytes) -> None:
    assert read(source if isinstance(source, bytes) else source.encode()).chosen == ()


@pytest.mark.parametrize(
    ("source", "chosen"),
    [
        ("from sklearn.svm import SVC\nclf = SVC()\n", ("SVC",)),
        ("from sklearn import ensemble\nrf = ensemble.RandomForestClassifier()\n", ("RandomForestClassifier",)),
        ("from sklearn.tree import (\n    DecisionTreeClassifier as Tree,\n)\nTree()\n", ("DecisionTreeClassifier",)),
        ("import sklearn.svm\nsklearn.svm.LinearSVC()\n", ("LinearSVC",)),
        ("import xgboost as xgb\nxgb.train(params, rows)\n", ("xgboost",)),
        ("from xgboost import XGBClassifier\nsteps = [('c', XGBClassifier())]\n", ("xgboost",)),
        ("import lightgbm as lgb\nfold = lgb.LGBMRegressor()\n", ("lightgbm",)),
        ("from torchvision import models\nnet = models.resnet50(pretrained=True)\n", ("resnet50",)),
        ("import timm\nnet = timm.create_model('vit_small', num_classes=3)\n", ("vit_small",)),
        ("m = AutoModel.from_pretrained(\n    'bert-base-uncased'\n)\n", ("bert-base-uncased",)),
        ("from sentence_transformers import SentenceTransformer\nSentenceTransformer('mini')\n", ("mini",)),
        ("from nets import UNet\nmodel = UNet(3)\n", ("UNet",)),
        ("from keras.models import Sequential\nmodel = Sequential()\n", ("keras",)),
        ("from models.cat import CatBoost\ndef make(c):\n    return CatBoost(c)\n", ("catboost",)),
    ],
)
def test_source_that_chooses(source: str, chosen: tuple[str, ...]) -> None:
    assert read(source.encode()).chosen == chosen


def test_classes_are_told_with_their_methods() -> None:
    source = b"class Net(Base):\n    def fit(self):\n        pass\n\n    def call(self):\n        pass\n\n\nx = 1\n"
    assert read(source).classes == (("Net", "call fit"),)


def test_endless_text_is_read_in_time() -> None:
    start = time.process_time()
    dotted, bracketed = "a." * 100_000 + "(", "from x import (" * 20_000
    for text in ("'" * 200_000, '"""' + "a\\" * 100_000, dotted, bracketed, "(" * 200_000):
        read(text.encode())
    assert time.process_time() - start < 20


def test_notebook_is_read_by_its_code_cells() -> None:
    cells = [
        {"cell_type": "markdown", "source": "clf = SVC()"},
        {"cell_type": "code", "source": ["from sklearn.svm import SVC\n", "clf = SVC()\n"], "outputs": []},
    ]
    assert read_notebook(json.dumps({"cells": cells, "metadata": {}}).encode()).chosen == ("SVC",)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"cells": 3}'])
def test_broken_notebook_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_notebook(data)


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("seed", "params.yaml"),
        ("model.depth", "params.yaml"),
        ("optimizer.name", "params.yaml"),
        ("model.optimizer.name", "params.yaml"),
        ("_target_", "configs/datamodule/streamed.yaml"),
        ("early_stopping._target_", "configs/callbacks/default.yaml"),
    ],
)
def test_key_of_something_else_is_no_choice(key: str, path: str) -> None:
    assert not is_choice(key, path)


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("model", "params.yaml"),
        ("train.algorithm", "params.yaml"),
        ("model.type", "params.yaml"),
        ("net._target_", "configs/small.yaml"),
        ("_target_", "configs/model/small.yaml"),
    ],
)
def test_key_that_names_the_algorithm_is_a_choice(key: str, path: str) -> None:
    assert is_choice(key, path)


@pytest.mark.parametrize(
    "value", ["", "3", "openai/", "true", "None", "models/best.pt", "s3://bucket/model", "two words"]
)
def test_value_that_is_no_name(value: str) -> None:
    assert not is_name(value)


def test_one_algorithm_has_one_name() -> None:
    names = ["xgb", "XGBoost", "SafeXGBClassifier", "lgbm", "RandomForestClassifier"]
    assert [same_algorithm(name) for name in names] == [
        "xgboost",
        "xgboost",
        "xgboost",
        "lightgbm",
        "RandomForestClassifier",
    ]
