"""Estimators and networks without what they need: scale, parameters, measures, modes, switches."""

import json

import pytest

from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, facts_from, result_of


def parts(text: str) -> dict[str, str]:
    """Twenty different files: a density counts against five KLOC at least."""
    return {f"part_{n:02}.py": f"{text}PART = {n}\n" for n in range(20)}


def found_in_each(line: int) -> list[str]:
    return [f"part_{n:02}.py:{line}" for n in range(20)]


SVM = "from sklearn.svm import SVC\n\n\ndef train(x, y):\n    return SVC(random_state=1).fit(x, y)\n\n\n"


@pytest.mark.parametrize(
    "head",
    [
        "from sklearn.preprocessing import StandardScaler\n",
        "from sklearn.feature_extraction.text import TfidfVectorizer\n",
        "from own.steps import normalize\n",
    ],
)
def test_estimator_with_a_scaler_is_clear(head: str) -> None:
    check_clear("mls-10", parts(head + SVM))


def test_estimator_that_nothing_fits_is_not_asked() -> None:
    check_unknown("mls-10", ML_FILE)


def test_estimator_without_a_scaler_is_found() -> None:
    check_found("mls-10", parts(SVM), at=found_in_each(5))


TREES = "from sklearn.ensemble import RandomForestClassifier\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{TREES}model = RandomForestClassifier(n_estimators=50)\n",
        f"{TREES}model = RandomForestClassifier(**params)\n",
        f"import optuna\n{TREES}model = RandomForestClassifier()\n",
        f"{TREES}model = RandomForestClassifier()\nmodel.set_params(max_depth=3)\n",
        "from xgboost import XGBClassifier\nmodel = XGBClassifier()\nmodel.load_model(path)\n",
    ],
)
def test_estimator_with_parameters_is_clear(text: str) -> None:
    check_clear("mls-11", parts(text))


def test_estimator_by_default_is_found_once_a_file() -> None:
    text = f"{TREES}a = RandomForestClassifier(random_state=1)\nb = RandomForestClassifier()\n"
    check_found("mls-11", parts(text), at=found_in_each(2))


@pytest.mark.parametrize(
    "text",
    [
        "from sklearn.metrics import f1_score, roc_auc_score\nx = f1_score(y, p)\n",
        "from sklearn.metrics import f1_score\nx = f1_score(y, p, average='macro')\n",
        "from sklearn.metrics import accuracy_score\nx = accuracy_score(y, p)\n",
        "from sklearn.metrics import f1_score\n\n\ndef acc_and_f1(y, p):\n    return f1_score(y, p)\n",
    ],
)
def test_measure_of_scores_or_of_several_classes_is_clear(text: str) -> None:
    check_clear("mls-22", parts(text))


def test_measure_of_one_cut_off_alone_is_found() -> None:
    check_found("mls-22", parts("from sklearn.metrics import f1_score\nx = f1_score(y, p)\n"), at=found_in_each(2))


@pytest.mark.parametrize(
    "text",
    [
        "class Net(torch.nn.Module):\n    def forward(self, x):\n        return super().forward(x)\n",
        "class Net(torch.nn.Module):\n    def shape(self, x):\n        return self.forward(x).shape\n",
        "def run(net):\n    return net.forward()\n",
        "def run(task, x):\n    return task.forward(x)\n",
        "class Task:\n    def infer(self, x):\n        return self.forward(x)\n",
        "from roi import RoIFunction\n\n\ndef run(x):\n    pool = RoIFunction()\n    return pool.forward(x)\n",
    ],
)
def test_forward_of_a_networks_own_is_clear(text: str) -> None:
    check_clear("mls-19", parts(f"import torch\n\n\n{text}"))


@pytest.mark.parametrize(
    "text",
    [
        "def run(net, x):\n    return net.forward(x)\n",
        "def training_step(self, x):\n    return self.forward(x)\n",
    ],
)
def test_forward_by_name_is_found(text: str) -> None:
    check_found("mls-19", parts(f"import torch\n\n\n{text}"), at=found_in_each(5))


TRAIN = "def train(net, x):\n    for row in x:\n        net(row).backward()\n        net.eval()\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{TRAIN}        net.train()\n",
        TRAIN.replace("        net.eval", "    net.eval"),
        "def test(net, x):\n    net.eval()\n    return net(x)\n",
    ],
)
def test_eval_mode_that_is_left_is_clear(text: str) -> None:
    check_clear("mls-18", parts(f"import torch\n\n\n{text}"))


def test_eval_mode_left_on_is_found() -> None:
    check_found("mls-18", parts(f"import torch\n\n\n{TRAIN}"), at=found_in_each(7))


STEPS = "def train(net, optimizer, rows):\n    for x in rows:\n        net(x).backward()\n        optimizer.step()\n"


def test_gradients_that_are_cleared_are_clear() -> None:
    check_clear("mls-20", parts(f"import torch\n\n\n{STEPS}        optimizer.zero_grad()\n\n\n"))


def test_gradients_of_another_framework_are_not_asked() -> None:
    check_unknown("mls-20", {"train.py": f"from mxnet import gluon\n\n\n{STEPS}"})


def test_steps_along_all_gradients_so_far_are_found() -> None:
    check_found("mls-20", parts(f"import torch\n\n\n{STEPS}\n\n"), at=found_in_each(7))


LOSS = "loss = torch.nn.Linear(2, 1)(x).sum()\nloss.backward()\nfrom torch.optim import SGD\n"


@pytest.mark.parametrize(
    "switch",
    [
        "torch.backends.cudnn.deterministic = True",
        "torch.use_deterministic_algorithms(True)",
        "os.environ['CUBLAS_WORKSPACE_CONFIG'] = ':4096:8'",
        "trainer = torch.Trainer(deterministic=True)",
    ],
)
def test_switch_in_any_product_file_is_clear(switch: str) -> None:
    check_clear("rep.2", {"train.py": f"import os\nimport torch\n{LOSS}", "setup_run.py": f"import torch\n{switch}\n"})


def test_training_without_a_gpu_library_is_not_asked() -> None:
    check_unknown("rep.2", {"train.py": "from sklearn.svm import SVC\n\nSVC(random_state=1).fit([[1]], [1])\n"})


@pytest.mark.parametrize("line", ["x = 1", "torch.backends.cudnn.deterministic = False"])
def test_training_on_a_gpu_library_without_switch_is_found(line: str) -> None:
    check_found("rep.2", {"train.py": f"import torch\n{line}\ntorch.manual_seed(1)\n{LOSS}"}, at=["train.py:5"])


def test_training_that_seeds_nothing_is_told_by_rep_1_alone() -> None:
    view = facts_from({"train.py": f"import torch\n{LOSS}"})
    result, findings = result_of("rep.2", view)
    assert (result.value, findings) == (0.0, ())
    assert [finding.line for finding in result_of("rep.1", view)[1]] == [2]


def test_notebook_that_trains_is_asked_for_no_kernels() -> None:
    source = f"import torch\ntorch.manual_seed(1)\n{LOSS}"
    cell = {"cell_type": "code", "execution_count": 1, "source": source, "metadata": {}, "outputs": []}
    check_unknown("rep.2", {"train.ipynb": json.dumps({"nbformat": 4, "cells": [cell]})})
    check_found("rep.2", {"train.py": source}, at=["train.py:4"])


def test_training_whose_split_alone_is_fixed_is_asked_for_no_kernels() -> None:
    split = "import torch\nfrom sklearn.model_selection import train_test_split\n\n{}"
    split += "a, b = train_test_split(c, random_state=1)\n"
    built = "import torch.optim\n\nloss = torch.load('net.pt')(1).sum()\nloss.backward()\ntorch.optim.SGD().step()\n"
    assert result_of("rep.2", facts_from({"train.py": split.format("") + built}))[1] == ()
    check_found("rep.2", {"train.py": split.format("torch.manual_seed(1)\n") + built}, at=["train.py:9"])


def test_kernels_by_timing_outside_training_are_not_asked() -> None:
    check_unknown("mls-13", {"serve.py": "import torch\ntorch.backends.cudnn.benchmark = True\n"})
