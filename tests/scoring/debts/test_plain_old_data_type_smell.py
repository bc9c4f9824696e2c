"""Type annotations: the share."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown

HEAD = "import numpy\n\n\n"


def functions(bare: int, typed: int) -> str:
    text = "".join(f"def bare_{n}(rows):\n    return rows\n\n\n" for n in range(bare))
    return HEAD + text + "".join(f"def typed_{n}(rows: list):\n    return rows\n\n\n" for n in range(typed))


def test_mostly_annotated_file_is_clear() -> None:
    check_clear("pod.1", {"train.py": functions(1, 4)})


def test_file_without_ml_import_is_left_out() -> None:
    check_clear("pod.1", {"train.py": functions(1, 4), "web.py": functions(9, 0).removeprefix(HEAD)})


def test_functions_without_types_are_counted_and_not_listed() -> None:
    result = check_found("pod.1", {"train.py": functions(20, 1)}, at=[])
    assert (result.value, result.population, result.reason) == (0.047619, 21, "1 of 21 have types")


@pytest.mark.parametrize(
    "code",
    [
        "def load():\n    return 1\n",
        "@typing.no_type_check\ndef load(rows):\n    return rows\n",
        "def load() -> int:\n    return 1\n",
        "def load():\n    def inner(row: int) -> int:\n        return row\n    return inner\n",
        "class Net:\n    def forward(self, rows):\n        return rows\n",
        "class Net:\n    def forward(self, rows: list) -> list:\n        return rows\n",
        "class Rows:\n    def __getitem__(self, at):\n        return at\n",
    ],
    ids=[
        "nothing to tell",
        "on purpose",
        "with what it gives",
        "inside another",
        "a framework's",
        "and typed",
        "Python's",
    ],
)
def test_function_that_nobody_calls_with_something_does_not_count(code: str) -> None:
    text = HEAD + "import typing\n" + code
    assert check_found("pod.1", {"use.py": functions(7, 3), "train.py": text}).population == 10


@pytest.mark.parametrize("files", [{}, {"train.py": ""}, {"train.py": "import numpy\ndef (:\n"}, {"train.py": HEAD}])
def test_source_removed_broken_or_emptied_is_not_clear(files: dict[str, str]) -> None:
    check_unknown("pod.1", files)
