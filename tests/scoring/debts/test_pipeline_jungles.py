"""Long chains of changes to one frame."""

import pytest

from scoring.testing import check_clear, check_found

SIGNAL = "jun.8"


def changes(count: int, package: str = "pandas", name: str = "df") -> str:
    lines = "".join(f"    {name}['c{n}'] = {n}\n" for n in range(count))
    return f"import {package}\n\n\ndef prepare(df, other):\n{lines}"


@pytest.mark.parametrize("code", [changes(30), changes(60, "numpy"), changes(60).replace("['", "[0, '")])
def test_few_changes_or_no_frame_are_clear(code: str) -> None:
    check_clear(SIGNAL, {"prepare.py": code})


def test_many_changes_of_one_frame_are_found() -> None:
    check_found(SIGNAL, {"prepare.py": changes(31)}, at=["prepare.py:4"])
