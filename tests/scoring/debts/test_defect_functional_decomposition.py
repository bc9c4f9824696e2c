"""Functions dressed as classes, and what is a class for a reason."""

import pytest

from scoring.testing import check_clear, check_found

SIGNAL = "defect-functional-decomposition"
BODY = "    def __init__(self, rows):\n        self.rows = rows\n\n    def run(self):\n        return self.rows\n"


@pytest.mark.parametrize(
    "code",
    [
        "class ProcessData(Base):\n" + BODY,
        "class DataProcessor:\n" + BODY,
        "class Process:\n" + BODY,
        "class ProcessData:\n" + BODY + "\n    def add(self, row):\n        self.rows = row\n",
        "class ProcessData:\n" + BODY + "\n    def __call__(self, row):\n        return row\n",
        "class ProcessData:\n" + BODY + "\n    def a(self):\n        return 1\n\n    def b(self):\n        return 2\n",
        "class ProcessData:\n    def run(self):\n        return 1\n",
    ],
    ids=["base", "noun", "one word", "changes", "callable", "three methods", "no constructor"],
)
def test_class_for_a_reason_is_clear(code: str) -> None:
    check_clear(SIGNAL, {"clean.py": code})


def test_function_dressed_as_a_class_is_found() -> None:
    check_found(SIGNAL, {"clean.py": "class ProcessData:\n" + BODY}, at=["clean.py:1"])
