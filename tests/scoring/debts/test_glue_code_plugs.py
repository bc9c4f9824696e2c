"""Where models are built, and what stands before them (glu.1, glu.3)."""

import time
from itertools import pairwise

import pytest

from scoring.analyses.plugs import sharing
from scoring.findings import Outcome
from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

MADE = "from sklearn.svm import SVC\nimport rows\n\n\ndef {0}(x, y):\n    return SVC().fit(rows.of(x), y)\n"
TWO = {"rows.py": "def of(x):\n    return x\n", "a.py": MADE.format("a"), "b.py": MADE.format("b")}
THREE = {**TWO, "c.py": MADE.format("c")}
FOUR = {**THREE, "d.py": MADE.format("d")}
REST = {f"rest_{n}.py": f"import numpy\n\nx = {n}\n" for n in range(14)}
NET = "import torch\n\n\nclass Net(torch.nn.Module):\n    def forward(self, x):\n        return x\n"


@pytest.mark.parametrize(
    "files",
    [
        {"look.ipynb": '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'},
        {"examples/a.py": MADE.format("a"), "examples/b.py": MADE.format("b")},
        {"scale.py": "from sklearn.preprocessing import StandardScaler\n\nscaler = StandardScaler()\n"},
        {"pick.py": "from torchvision import models\n\nknown = models.__dict__.keys()\nprint(known)\n"},
        {"load.py": "from transformers import AutoModel\n\nmodel = AutoModel.from_pretrained('some')\n"},
        {
            "loss.py": "import torch\n\n\nclass L1Loss(torch.nn.Module):\n    pass\n",
            "use.py": "from loss import L1Loss\nL1Loss()\n",
        },
    ],
)
def test_what_builds_no_model_is_clear(files: dict[str, str]) -> None:
    result, _ = result_of("glu.1", facts_from({**files, **REST, "model.py": MADE.format("a")}))
    assert (result.outcome, result.value) == (Outcome.CLEAR, 0.0)


@pytest.mark.parametrize("signal", ["glu.1", "glu.3"])
@pytest.mark.parametrize("files", [{}, {"a.py": "import numpy\n"}, {"a.py": "def (:\n"}])
def test_without_a_model_nothing_is_clear(signal: str, files: dict[str, str]) -> None:
    check_unknown(signal, files)


def test_single_file_that_builds_is_the_plug_itself() -> None:
    result, findings = result_of("glu.1", facts_from({"a.py": MADE.format("a")}))
    assert (result.value, result.reason, findings) == (0.0, "a.py alone builds models", ())


def test_files_that_build_the_same_model_are_found() -> None:
    result, findings = result_of("glu.1", facts_from({**FOUR, "e.py": "import numpy\n"}))
    assert result.value == 0.8
    assert [(item.path, item.line, item.symbol) for item in findings] == [("a.py", 6, "a")]
    assert findings[0].message.startswith("This file builds SVC itself, and so do 3 other files;")


@pytest.mark.parametrize("files", ["two", "three"])
def test_few_files_that_build_the_same_model_count_and_are_not_listed(files: str) -> None:
    result, findings = result_of("glu.1", facts_from({"two": TWO, "three": THREE}[files]))
    assert (result.value, findings) == (1.0, ())


@pytest.mark.parametrize("signal", ["glu.1", "glu.3"])
def test_chapters_and_samples_that_share_no_code_are_programs_of_their_own(signal: str) -> None:
    apart = {path: text.replace("import rows\n", "").replace("rows.of(x)", "x") for path, text in THREE.items()}
    result, findings = result_of(signal, facts_from(apart))
    assert (result.outcome, findings) == (Outcome.NOT_APPLICABLE, ())


def test_program_of_its_own_beside_others_is_not_counted() -> None:
    apart = "from sklearn.svm import SVC\n\nSVC()\n"
    result, _ = result_of("glu.1", facts_from({**TWO, "apart.py": apart}))
    assert result.value == round(2 / 3, 6)


def test_one_that_imports_the_other_is_the_same_program() -> None:
    files = {"a.py": MADE.format("a"), "b.py": MADE.format("b").replace("rows", "a")}
    result, _ = result_of("glu.1", facts_from(files))
    assert result.value == 1.0


@pytest.mark.parametrize("part", ["sklearn.cluster.KMeans", "sklearn.dummy.DummyClassifier"])
def test_step_of_a_method_is_not_listed(part: str) -> None:
    module, _, name = part.rpartition(".")
    files = {path: text.replace("sklearn.svm", module).replace("SVC", name) for path, text in THREE.items()}
    result, findings = result_of("glu.1", facts_from(files))
    assert (result.outcome, findings) == (Outcome.FOUND, ())


def test_unread_python_is_not_clear() -> None:
    check_unknown("glu.1", {"broken.py": "def (:\n", "a.py": "import numpy\n"})


def test_file_that_builds_what_no_other_does_counts_and_is_not_listed() -> None:
    files = {**TWO, "b.py": MADE.format("b").replace("SVC", "SVR")}
    result, findings = result_of("glu.1", facts_from(files))
    assert (result.value, findings) == (1.0, ())


def test_small_share_lists_no_place() -> None:
    more = {**REST, **{f"more_{path}": text + "y = 1\n" for path, text in REST.items()}}
    result, findings = result_of("glu.1", facts_from({**THREE, **more}))
    assert (result.outcome, result.value, findings) == (Outcome.CLEAR, round(3 / 31, 6), ())


def test_own_network_counts_where_a_file_that_fits_builds_it() -> None:
    use = "import torch\nfrom net import Net\n\n\ndef {0}(x, net=None):\n    torch.optim.SGD(Net())\n    x.backward()\n"
    files = {
        "net.py": NET,
        "a.py": use.format("a"),
        "b.py": use.format("b"),
        "c.py": use.format("c"),
        "d.py": use.format("d"),
        "show.py": "import torch\nfrom net import Net\nNet()\n",
    }
    result, findings = result_of("glu.1", facts_from(files))
    assert [item.path for item in findings] == ["a.py"]
    assert result.population == 6


def test_part_of_an_own_network_is_no_model() -> None:
    whole = "import torchvision\nfrom net import Net\n\n\nclass Whole(Net):\n    part = torchvision.models.resnet18()\n"
    check_unknown("glu.1", {"net.py": NET, "whole.py": whole})


def test_models_without_an_interface_are_found() -> None:
    check_found("glu.3", THREE, at=["a.py:6"])


BASE = (
    "from sklearn.svm import SVC\nfrom sklearn.linear_model import Ridge\n\n\nclass Model:\n"
    "    def train(self, x, y):\n        return self.made.fit(x, y)\n\n\n"
    "class One(Model):\n    made = SVC()\n\n\nclass Two(Model):\n    made = Ridge()\n"
)
REGISTRY = (
    "import torch\nfrom hub import register_model\n\n\n@register_model\nclass One(torch.nn.Module):\n    pass\n\n\n"
    "@register_model\nclass Two(torch.nn.Module):\n    pass\n"
)
MAKER = (
    "from sklearn.linear_model import Ridge\nfrom sklearn.svm import SVR\n\n\ndef build_model(name):\n"
    "    if name == 'svr':\n        return SVR()\n    return Ridge()\n"
)
TARGET = {
    "conf/model/svm.yaml": "_target_: sklearn.svm.SVC\nC: 1\n",
    "main.py": "import hydra\nimport torch\n\n\ndef main(cfg):\n    return hydra.utils.instantiate(cfg.model)\n",
}


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"base.py": BASE}, "the base class Model"),
        ({"entries.py": REGISTRY}, "the registry behind hub.register_model"),
        ({"pick.py": MAKER}, "the function build_model"),
        (TARGET, "a configured target"),
    ],
)
def test_each_kind_of_interface_is_clear(files: dict[str, str], kind: str) -> None:
    assert check_clear("glu.3", {**THREE, **files}).reason == kind


@pytest.mark.parametrize(
    "files",
    [
        {"base.py": BASE.replace("class Two(Model)", "class Two")},
        {"entries.py": REGISTRY.replace("register_model", "register_check")},
        {"pick.py": MAKER.replace("    return Ridge()\n", "")},
        {"conf/model/svm.yaml": TARGET["conf/model/svm.yaml"]},
        {"conf/callbacks/stop.yaml": "_target_: lightning.Stop\n", "main.py": TARGET["main.py"]},
    ],
)
def test_half_an_interface_is_none(files: dict[str, str]) -> None:
    check_found("glu.3", {**THREE, **files})


def test_implementations_of_an_interface_are_not_listed_unless_nearly_all_build_one_model() -> None:
    other = MADE.replace("SVC", "SVR")
    some = {**TWO, "c.py": other.format("c"), "d.py": other.format("d"), "base.py": BASE}
    most = {**TWO, "c.py": MADE.format("c"), "d.py": MADE.format("d"), "base.py": BASE}
    listed = [[item.path for item in result_of("glu.1", facts_from(files))[1]] for files in (some, most)]
    assert listed == [[], ["a.py"]]


def test_place_is_that_of_the_usual_model() -> None:
    late = "import rows\nfrom sklearn.dummy import DummyClassifier as D\nfrom sklearn.svm import SVC\n\nD()\nSVC()\n"
    _, findings = result_of("glu.1", facts_from({**FOUR, "a.py": late}))
    assert [(item.path, item.line) for item in findings] == [("a.py", 6)]


@pytest.mark.parametrize(
    ("imports", "joined"),
    [
        ({}, ""),
        ({"a": "x", "b": "y"}, ""),
        ({"a": "b"}, "ab"),
        ({"a": "x", "b": "x"}, "ab"),
        ({"a": "x", "x": "y", "b": "z", "z": "y", "c": "w"}, "ab"),
        ({"a": "x", "x": "a", "b": "y", "y": "b"}, ""),
        ({"a": "b", "b": "a", "c": "x", "x": "y"}, "ab"),
        ({"x": "abc"}, ""),
    ],
)
def test_files_that_reach_the_same_code_are_one_program(imports: dict[str, str], joined: str) -> None:
    graph = {path: frozenset(targets) for path, targets in imports.items()}
    for order in (("a", "b", "c"), ("c", "b", "a")):
        assert sharing(order, graph) == frozenset(joined)


def test_long_chain_of_files_that_build_models_is_followed_in_time_linear_in_its_length() -> None:
    names = [f"m{n}.py" for n in range(6_000)]
    graph = {name: frozenset([after]) for name, after in pairwise(names)}
    started = time.process_time()
    assert sharing(names, graph) == frozenset(names)
    assert time.process_time() - started < 1.0
