"""Type annotations: the share, and the one finding per file."""

import pytest

from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, facts_from, result_of

HEAD = "import numpy\n\n\n"


def functions(bare: int, typed: int) -> str:
    text = "".join(f"def bare_{n}(rows):\n    return rows\n\n\n" for n in range(bare))
    return HEAD + text + "".join(f"def typed_{n}(rows: list):\n    return rows\n\n\n" for n in range(typed))


def test_mostly_annotated_file_is_clear() -> None:
    check_clear("pod.1", {"train.py": functions(1, 4)})


def test_file_without_ml_import_is_left_out() -> None:
    check_clear("pod.1", {"train.py": functions(1, 4), "web.py": functions(9, 0).removeprefix(HEAD)})


def test_component_without_types_is_measured_and_no_file_is_told() -> None:
    assert check_found("pod.1", {"train.py": functions(20, 1)}, at=[]).value < 0.2


def test_documented_functions_are_told_of_enough() -> None:
    told = "".join(f'def told_{n}(rows):\n    """Count the rows."""\n    return 1\n\n\n' for n in range(6))
    check_found("pod.1", {"train.py": HEAD + told, "use.py": functions(0, 5)}, at=[])


def test_bare_file_is_found_at_its_first_public_function() -> None:
    check_found("pod.1", {"train.py": functions(8, 2)}, at=["train.py:4"])


def test_small_bare_file_counts_without_a_finding() -> None:
    assert check_found("pod.1", {"train.py": functions(2, 0)}, at=[]).population == 2


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
    assert check_found("pod.1", {"use.py": functions(7, 3), "train.py": text}, at=["use.py:4"]).population == 10


def test_message_counts() -> None:
    _, findings = result_of("pod.1", facts_from({**ML_FILE, "train.py": functions(8, 4), "all.py": functions(5, 0)}))
    assert [finding.message for finding in findings] == [
        "All 5 functions here carry neither a type nor a docstring (the first public one is bare_0), unlike others of "
        "this component: what they take and return is told nowhere.",
        "8 of the 12 functions here carry neither a type nor a docstring (the first public one is bare_0), unlike "
        "others of this component: what they take and return is told nowhere.",
    ]


@pytest.mark.parametrize("files", [{}, {"train.py": ""}, {"train.py": "import numpy\ndef (:\n"}, {"train.py": HEAD}])
def test_source_removed_broken_or_emptied_is_not_clear(files: dict[str, str]) -> None:
    check_unknown("pod.1", files)
