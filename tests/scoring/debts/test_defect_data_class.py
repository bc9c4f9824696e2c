"""Hand-written holders of data, and what is more than that."""

import pytest

from scoring.testing import check_clear, check_found

SIGNAL = "defect-data-class"


def holder(fields: int, head: str = "class Run:", rest: str = "") -> str:
    names = [f"f{n}" for n in range(fields)]
    body = "".join(f"        self.{name} = {name}\n" for name in names)
    return f"{head}\n    def __init__(self, {', '.join(names)}):\n{body}{rest}"


@pytest.mark.parametrize(
    "code",
    [
        holder(5),
        holder(9, "class Run(Base):"),
        holder(9, "@frozen\nclass Run:"),
        holder(9, rest="        for name in f0:\n            print(name)\n"),
        holder(9, rest="\n    def total(self):\n        return self.f0 + self.f1\n"),
    ],
    ids=["five", "base", "decorated", "works", "behaves"],
)
def test_class_that_does_more_is_clear(code: str) -> None:
    check_clear(SIGNAL, {"run.py": code})


@pytest.mark.parametrize("rest", ["", "\n    def first(self):\n        return self.f0\n"])
def test_class_that_only_holds_is_found(rest: str) -> None:
    code = holder(6, rest=rest).splitlines()
    check_found(SIGNAL, {"run.py": "\n".join(code) + "\n"}, at=["run.py:" + str(code.index("class Run:") + 1)])
