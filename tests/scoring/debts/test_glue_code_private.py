"""Private parts of packages in use (glu.4)."""

import pytest

from scoring.testing import check_clear, check_unknown, facts_from, result_of

SIGNAL = "glu.4"


@pytest.mark.parametrize(
    "text",
    [
        "import torch\n\ntorch.__version__.split('.')\n",
        "import os\nimport numpy\n\nos._exit(1)\n",
        "import torch\nfrom torch import _dynamo\n\n_dynamo.reset()\n",
        "import numpy\nfrom own._inner import thing\n\nthing()\n",
        "import numpy\nfrom . import _inner\n\n_inner.thing()\n",
        "import torch\n\ntorch.ops.aten._softmax(1)\n",
        "import numpy\n\nx._hidden()\n",
        "import torch\n\nparts = torch.nn.ModuleList()\nparts[0]._embedded(1)\n",
    ],
)
def test_public_or_own_part_is_clear(text: str) -> None:
    check_clear(SIGNAL, {"own/use.py": text, "own/_inner.py": "import numpy\n"})


@pytest.mark.parametrize("files", [{}, {"a.py": "x = 1\n"}, {"a.py": "def (:\n"}])
def test_without_ml_code_it_is_not_clear(files: dict[str, str]) -> None:
    check_unknown(SIGNAL, files)


def test_private_parts_are_found_once_each() -> None:
    text = (
        "import torch\nfrom torch.hub import _get_torch_home\nfrom tensorflow.python.ops import rnn\n\n"
        "_get_torch_home()\nrnn.cell()\nrnn.state()\ntorch._utils._get([1])\n"
    )
    result, findings = result_of(SIGNAL, facts_from({"use.py": text}))
    assert [(item.line, item.evidence["package"], item.evidence["lines"]) for item in findings] == [
        (2, "torch", 2),
        (3, "tensorflow", 3),
    ]
    assert result.value == 3.0
    assert findings[0].message == (
        "`torch.hub._get_torch_home` is private to torch (2 lines of this file use it): any release may move or change "
        "it without notice, and torch.hub.get_dir is there for all."
    )
    assert result.reason == "1 of them without a public path that is known are not listed"


def test_private_parts_on_one_line_are_one_finding() -> None:
    text = (
        "from torch.hub import _download_url_to_file, _get_torch_home, load\n\n_download_url_to_file(1)\n"
        "load(_get_torch_home())\n"
    )
    result, findings = result_of(SIGNAL, facts_from({"use.py": text}))
    assert [item.line for item in findings] == [1]
    assert findings[0].message.startswith(
        "`torch.hub._download_url_to_file` and 1 more on this line are private to torch (2 lines of this file use it):"
    )
    assert result.value == 1.0


PATCH = (
    "import warnings\nimport torch\n\n\ndef load(path):\n    return path\n\n\n"
    "torch.load = load\nwarnings.warn = load\ntorch.backends.cudnn.benchmark = True\n"
)


@pytest.mark.parametrize(
    "text",
    [
        PATCH,
        "from xgboost import Booster\n\nbooster = Booster()\nbooster._configure()\nbooster._configure()\n",
        "from sklearn.utils.validation import _check_sample_weight\n\n_check_sample_weight(1, 2)\n",
        "from sklearn.linear_model._base import LinearClassifierMixin\n\nLinearClassifierMixin()\n",
        "from tensorflow.python.ops.rnn import _best_effort\n\n_best_effort()\n",
    ],
)
def test_private_part_without_a_public_path_counts_and_is_not_listed(text: str) -> None:
    result, findings = result_of(SIGNAL, facts_from({"use.py": text}))
    assert (result.value, findings) == (1.0, ())
    assert result.reason == "1 of them without a public path that is known are not listed"


def test_private_part_in_several_files_is_one_finding() -> None:
    text = "from torch.optim.lr_scheduler import _LRScheduler\n\n\nclass {0}(_LRScheduler):\n    steps = 1\n"
    result, findings = result_of(SIGNAL, facts_from({f"{name}.py": text.format(name) for name in ("A", "B", "C")}))
    assert (result.value, [(item.path, item.line, item.evidence["files"]) for item in findings]) == (
        3.0,
        [("A.py", 1, 3)],
    )
    assert "(3 files use it)" in findings[0].message


def test_private_part_that_is_gone_by_now_is_told_once() -> None:
    view = facts_from({"a.py": "from torch._six import inf\n\nprint(inf)\n"})
    assert len(result_of("abs.9", view)[1]) == 1
    assert result_of(SIGNAL, view)[1] == ()


MADE = "import torch\nimport keras.backend as K\n\nnode = K.placeholder()\nnet = torch.load('a')\n"


@pytest.mark.parametrize(
    "line", ["print(node._keras_shape)", "node._keras_shape.append(1)", "x = torch._C", "print(torch._C.size)"]
)
def test_private_attribute_of_what_a_package_made_is_counted(line: str) -> None:
    result, findings = result_of(SIGNAL, facts_from({"use.py": MADE + line + "\n"}))
    assert (result.outcome, result.value, findings) == ("found", 1.0, ())


@pytest.mark.parametrize(
    "line",
    [
        "node._mark = 1",
        "print(node.shape, node.__class__)",
        "print(net._part)",
        "print(torch.nn.DataParallel(net).module._part)",
        "print(torch.nn.ModuleList()[0]._part)",
        "print(own._part)",
        "print(K.Point(1)._fields)",
    ],
)
def test_attribute_of_ones_own_or_in_public_is_clear(line: str) -> None:
    check_clear(SIGNAL, {"use.py": MADE + line + "\n"})
