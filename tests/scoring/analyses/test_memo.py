"""What is kept of a blob: derived once, and never more than the bound."""

import pytest

from scoring.analyses import memo
from scoring.analyses.memo import Memo
from scoring.analyses.view import PythonFile
from scoring.testing import facts_from


def test_same_blob_is_derived_once_and_the_bound_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "KEPT", 4)
    derived: list[str] = []

    def derive(file: PythonFile) -> str:
        derived.append(file.path)
        return file.path

    kept = Memo(derive)
    files = facts_from({f"m{n}.py": f"x = {n}\n" for n in range(6)}).python
    for file in (*files, files[5], files[0]):
        kept(file)
    assert derived == ["m0.py", "m1.py", "m2.py", "m3.py", "m4.py", "m5.py", "m0.py"]


def test_notebook_and_module_of_the_same_bytes_are_two() -> None:
    text = '{"nbformat": 4, "cells": [{"cell_type": "code", "source": "x = 1"}]}'
    kinds: Memo[PythonFile, bool] = Memo(lambda file: file.is_notebook)
    assert [kinds(file) for file in facts_from({"a.ipynb": text, "b.py": text}).python] == [True, False]
