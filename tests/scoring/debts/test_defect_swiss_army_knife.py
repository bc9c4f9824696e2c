"""Many purposes under one name: modes, base classes, clusters, and what libraries ask for."""

import pytest

from scoring.testing import check_clear, check_found

SIGNAL = "defect-swiss-army-knife"


def modes(count: int, name: str = "mode") -> str:
    return f"def score({name}, rows):\n" + "".join(
        f"    if {name} == 'kind{n}':\n        return rows + {n}\n" for n in range(count)
    )


def groups(count: int, base: str = "") -> str:
    return f"class Tool{base}:\n" + "".join(
        f"    def step_{n}(self):\n        return self.part_{n % count}\n\n" for n in range(12)
    )


@pytest.mark.parametrize(
    "code",
    [
        modes(5),
        modes(9, "city"),
        groups(3),
        groups(4, "(Base)"),
        "class A(B, C):\n    x = 1\n",
        "from torch.nn import Module\n\n\nclass A(Module, BMixin, HasC, D):\n    x = 1\n",
    ],
    ids=["five modes", "no mode", "three groups", "overrides", "two bases", "mixins"],
)
def test_one_purpose_is_clear(code: str) -> None:
    check_clear(SIGNAL, {"tool.py": code})


@pytest.mark.parametrize("code", [modes(6), groups(4), "class A(B, C, D):\n    x = 1\n"])
def test_many_purposes_are_found(code: str) -> None:
    check_found(SIGNAL, {"tool.py": code}, at=["tool.py:1"])
