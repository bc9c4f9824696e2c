"""Long parameter lists: the limit, the half weight, and the constructors that libraries ask for."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

SIGNAL = "defect-long-parameter-list"


@pytest.mark.parametrize(
    "header",
    [
        "def f(a, b, c, d, e):",
        "def f(a, b, *, c, d, e, g, h, i):",
        "def f(*rows, **settings):",
        "def f(a, b, c, *, d, e, g, h, i, j=1, k=2, l=3):",
        "def f(a=1, b=2, c=3, d=4, e=5, g=6, h=7, i=8, j=9, k=10, l=11, m=12):",
        "def _f(a, b, c, d, e, g, h):",
        "def f():",
    ],
)
def test_short_list_is_clear(header: str) -> None:
    check_clear(SIGNAL, {"train.py": f"{header}\n    return 1\n"})


@pytest.mark.parametrize("header", ["def f(a, b, c, d, e, g):", "def f(a, b, c, d, *, e, g, h, i):"])
def test_long_list_is_found(header: str) -> None:
    check_found(SIGNAL, {"train.py": f"{header}\n    return 1\n"}, at=["train.py:1"])


def test_self_is_no_parameter() -> None:
    check_clear(SIGNAL, {"train.py": "class T:\n    def f(self, a, b, c, d, e):\n        return 1\n"})


@pytest.mark.parametrize("base", ["nn.Module", "BaseEstimator", "BaseNet"])
def test_constructor_of_a_model_is_left_out(base: str) -> None:
    code = (
        "import torch.nn as nn\nfrom sklearn.base import BaseEstimator\n\n\nclass BaseNet(nn.Module):\n    pass\n\n\n"
        f"class Net({base}):\n    def __init__(self, a, b, c, d, e, f, g):\n        self.a = a\n"
    )
    check_clear(SIGNAL, {"net.py": code})


def test_other_method_of_a_model_is_found() -> None:
    code = "import torch\n\n\nclass Net(torch.nn.Module):\n    def forward(self, a, b, c, d, e, f):\n        return a\n"
    check_found(SIGNAL, {"net.py": code}, at=["net.py:5"])


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("a, b, c, d, e, g", "6 parameters,"),
        (
            "a, b, c, d, e, *, g",
            "6 parameters, 1 of them with a default or keyword-only (it counts one half: 5.5 in all)",
        ),
        (
            "a, b, c, d, e, g=1, h=2",
            "7 parameters, 2 of them with a default or keyword-only (each counts one half: 6 in all)",
        ),
    ],
)
def test_message_counts_each_parameter_once(header: str, said: str) -> None:
    _, findings = result_of(SIGNAL, facts_from({"a.py": f"def f({header}):\n    return 1\n"}))
    assert [finding.message for finding in findings] == [
        f"f takes {said.rstrip(',')}: more than a reader of a call keeps apart."
    ]


def test_message_leaves_self_out() -> None:
    code = "class T:\n    def f(self, a, b, c, d, *, e, g, h, i, j, k, l):\n        return 1\n"
    _, findings = result_of(SIGNAL, facts_from({"a.py": code}))
    assert [finding.evidence for finding in findings] == [{"parameters": 11}]


def test_remedy_asks_for_keyword_only_parameters_where_they_are_not() -> None:
    _, findings = result_of(SIGNAL, facts_from({"a.py": "def f(a, b, c, d, e, g):\n    return 1\n"}))
    assert "Make the rest keyword-only" not in findings[0].remedy


@pytest.mark.parametrize("files", [{}, {"train.py": ""}, {"train.py": "def (:\n"}, {"train.py": "x = 1\n"}])
def test_source_removed_broken_or_emptied_is_not_clear(files: dict[str, str]) -> None:
    check_unknown(SIGNAL, files)
