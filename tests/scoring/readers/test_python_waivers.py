"""What comments tell linters to let be, and of which functions."""

import pytest

from scoring.facts import Function
from scoring.readers.python import read

LENGTH, PARAMETERS = ("length",), ("parameters",)


def waived(text: str) -> dict[str, tuple[str, ...]]:
    functions: tuple[Function, ...] = read(text.encode()).functions
    return {function.name: function.waived for function in functions}


@pytest.mark.parametrize(
    "text",
    [
        "def f(a):\n    return a\n",
        "def f(a):  # noqa\n    return a\n",
        "def f(a):  # noqa: E501, ANN001\n    return a\n",
        "def f(a):  # pylint: disable=unused-argument\n    return a\n",
        "def f(a):\n    x = a  # noqa: C901\n    return x\n",
        "def f(a):\n    return a\n# pylint: disable=too-many-locals\n",
        "# flake8: noqa\n# noqa: C901\ndef f(a):\n    return a\n",
        "class A:\n    b = 1  # pylint: disable=too-many-branches\n    def f(a):\n        return a\n",
        "C901 = 1  # too-complex\ndef f(a):\n    return a\n",
    ],
)
def test_other_comment_waives_nothing(text: str) -> None:
    assert waived(text) == {"f": ()}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("def f(a):  # noqa: C901\n    return a\n", LENGTH),
        ("def f(a): return a  # noqa: PLR0913, E501 -- a form\n", PARAMETERS),
        ("class A:\n    # pylint: disable=too-many-branches\n    def f(a):\n        return a\n", LENGTH),
        ("def f(\n    a,\n):  #noqa:C901,PLR0913\n    return a\n", (*LENGTH, *PARAMETERS)),
        ("@cached  # noqa: PLR0915\ndef f(a):\n    return a\n", LENGTH),
        ("def f(a):  # pylint: disable=too-many-locals,too-many-statements\n    return a\n", LENGTH),
        ('def f(a):\n    """Told."""\n    # pylint: disable=R0913\n    return a\n', PARAMETERS),
        ("# pylint: disable-next=too-many-arguments\ndef f(a):\n    return a\n", PARAMETERS),
        ("# pylint: disable=too-many-branches\nimport a\n\n\ndef f(a):\n    return a\n", LENGTH),
        ("import a\n# ruff: noqa: C901\n\n\ndef f(a):\n    return a\n", LENGTH),
    ],
)
def test_comment_of_the_head_or_the_module_waives(text: str, kinds: tuple[str, ...]) -> None:
    assert waived(text) == {"f": kinds}


def test_comment_waives_its_own_function_alone() -> None:
    text = "def f(a):  # noqa: C901\n    def g(b):\n        return b\n    return g\n\n\ndef h(a):\n    return a\n"
    assert waived(text) == {"f": LENGTH, "g": (), "h": ()}
