"""Smells of data handling: NaN compared, merges without keys, results dropped."""

import json

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


# ---------------------------------------------------------------- mls-06

PANDAS = "import json\n\nimport pandas as pd\n\n\n"


@pytest.mark.parametrize(
    "line",
    [
        "a.merge(b, on='id')",
        "a.merge(b, how='left')",
        "pd.merge(a, b, 'left', 'id')",
        "pd.merge(a, b, left_index=True, right_index=True)",
        "a.merge(b, **how)",
    ],
)
def test_merge_with_keys_is_clear(line: str) -> None:
    check_clear("mls-06", parts(f"{PANDAS}def join(a, b, how):\n    return {line}\n"))


@pytest.mark.parametrize("line", ["config.merge(b)", "self.cfg.merge(b)", "b.append(a)"])
def test_merge_of_no_frame_is_not_clear(line: str) -> None:
    check_unknown("mls-06", {**ML_FILE, **parts(f"{PANDAS}def join(self, config, b):\n    return {line}\n")})


@pytest.mark.parametrize("line", ["a.merge(b)", "pd.merge(a, b)"])
def test_bare_merge_is_found(line: str) -> None:
    files = parts(f"{PANDAS}def join(a, b):\n    return {line}\n")
    check_found("mls-06", files, at=[])
    check_found("dat.8", files, at=found_in_each(7))


# ---------------------------------------------------------------- mls-07


@pytest.mark.parametrize(
    "line", ["frame = frame.dropna()", "frame.dropna(inplace=True)", "return frame.dropna()", "print(frame.dropna())"]
)
def test_result_in_use_is_clear(line: str) -> None:
    check_clear("mls-07", parts(f"{PANDAS}def clean(frame):\n    {line}\n"))


@pytest.mark.parametrize(
    "line", ["config.drop('x')", "session.drop(1)", "self.set_index(1)", "self.model.reset_index()"]
)
def test_method_of_no_frame_is_not_clear(line: str) -> None:
    check_unknown("mls-07", {**ML_FILE, **parts(f"{PANDAS}def clean(self, config, session):\n    {line}\n")})


@pytest.mark.parametrize("line", ["rows.dropna('Number of rooms')", "frame.var().sort_values()"])
def test_method_of_what_is_no_frame_by_name_or_only_looked_at_is_clear(line: str) -> None:
    check_clear("mls-07", parts(f"{PANDAS}def clean(rows, frame):\n    {line}\n    return rows\n"))


def test_script_that_was_exported_from_a_notebook_shows_values() -> None:
    script = "df = pd.DataFrame()\ndf.head()\ndf.dropna()\ndf.dropna(how='all')\n"
    check_clear("mls-07", parts(f"{PANDAS}{script}"))


@pytest.mark.parametrize("line", ["frame.dropna()", "frame.drop(columns=['x'])", "frame.sort_values('x')"])
def test_dropped_result_is_found(line: str) -> None:
    check_found("mls-07", parts(f"{PANDAS}def clean(frame):\n    {line}\n    return frame\n"), at=found_in_each(7))


def cells(*sources: str) -> dict[str, str]:
    code = [{"cell_type": "code", "execution_count": 1, "source": source} for source in sources]
    return {"a.ipynb": json.dumps({"nbformat": 4, "cells": code})}


def test_last_line_of_a_cell_is_shown_and_not_dropped() -> None:
    view = facts_from({**ML_FILE, **cells("import pandas as pd\nframe = pd.DataFrame()", "frame.dropna()", "print(1)")})
    assert result_of("mls-07", view)[1] == ()


def test_dropped_line_in_the_middle_of_a_cell_is_found() -> None:
    view = facts_from(
        {**ML_FILE, **cells("import pandas as pd\nframe = pd.DataFrame()\nframe.dropna()\nframe.dropna()")}
    )
    assert [(finding.line, dict(finding.evidence)) for finding in result_of("mls-07", view)[1]] == [(3, {"cell": 1})]


@pytest.mark.parametrize("signal", ["mls-02", "mls-06", "mls-07"])
@pytest.mark.parametrize("files", [{}, {"train.py": ""}, {"train.py": "import numpy\ndef (:\n"}])
def test_source_removed_broken_or_emptied_is_not_clear(signal: str, files: dict[str, str]) -> None:
    check_unknown(signal, files)
