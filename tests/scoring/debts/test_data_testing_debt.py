"""Smells of data handling: NaN compared, merges without keys, results dropped."""

import pytest

from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, facts_from, result_of

NUMPY = "import numpy as np\n\n\n"


def parts(text: str) -> dict[str, str]:
    """Twenty different files: a density counts against five KLOC at least."""
    return {f"part_{n:02}.py": f"{text}PART = {n}\n" for n in range(20)}


def found_in_each(line: int) -> list[str]:
    return [f"part_{n:02}.py:{line}" for n in range(20)]


# ---------------------------------------------------------------- mls-02


@pytest.mark.parametrize("test", ["np.isnan(x)", "x != x", "x == np.inf", "x is np.nan"])
def test_other_comparisons_are_clear(test: str) -> None:
    check_clear("mls-02", parts(f"{NUMPY}def clean(x):\n    return {test}\n"))


@pytest.mark.parametrize("test", ["x == np.nan", "np.nan != x", "x == float('nan')"])
def test_comparison_with_nan_is_found(test: str) -> None:
    check_found("mls-02", parts(f"{NUMPY}def clean(x):\n    return {test}\n"), at=found_in_each(5))


def test_message_says_what_the_comparison_gives() -> None:
    _, findings = result_of(
        "mls-02", facts_from({**ML_FILE, "a.py": f"{NUMPY}def clean(x):\n    return x != np.nan\n"})
    )
    assert [finding.message for finding in findings] == [
        "`x != nan` is always true, so missing values pass unnoticed here."
    ]


@pytest.mark.parametrize("signal", ["mls-02"])
@pytest.mark.parametrize("files", [{}, {"train.py": ""}, {"train.py": "import numpy\ndef (:\n"}])
def test_source_removed_broken_or_emptied_is_not_clear(signal: str, files: dict[str, str]) -> None:
    check_unknown(signal, files)
