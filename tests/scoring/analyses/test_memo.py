"""What is kept between snapshots: derived once, never more than the bound, and never past what it rests on."""

import pytest

from scoring.analyses import memo
from scoring.analyses.memo import Latest, Memo, next_snapshot
from scoring.analyses.view import PythonFile
from scoring.testing import facts_from


def counted() -> tuple[Memo[PythonFile, str], list[str]]:
    derived: list[str] = []

    def derive(file: PythonFile) -> str:
        derived.append(file.path)
        return file.path

    return Memo(derive), derived


def modules(count: int) -> tuple[PythonFile, ...]:
    return facts_from({f"m{n}.py": f"x = {n}\n" for n in range(count)}).python


def test_file_that_a_snapshot_did_not_ask_for_is_let_go() -> None:
    kept, derived = counted()
    first, second = modules(2)
    for asked in ((first, second), (first,), (first, second), (second,), (second,), (first,)):
        for file in asked:
            kept(file)
        next_snapshot()
    assert derived == ["m0.py", "m1.py", "m1.py", "m0.py"]


def test_same_blob_is_derived_once_and_the_bound_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "KEPT", 2)
    kept, derived = counted()
    files = modules(6)
    for file in (*files, files[5], files[0]):
        kept(file)
    assert derived == ["m0.py", "m1.py", "m2.py", "m3.py", "m4.py", "m5.py", "m0.py"]


def test_latest_answers_anew_when_what_it_rests_on_differs() -> None:
    latest: Latest[list[int]] = Latest()
    first = latest(("a", 1), lambda: [1])
    assert latest(("a", 1), lambda: [2]) is first
    assert latest(("a", 2), lambda: [3]) == [3]
    assert latest(("a", 1), lambda: [4]) == [4]


def test_notebook_and_module_of_the_same_bytes_are_two() -> None:
    text = '{"nbformat": 4, "cells": [{"cell_type": "code", "source": "x = 1"}]}'
    kinds: Memo[PythonFile, bool] = Memo(lambda file: file.is_notebook)
    assert [kinds(file) for file in facts_from({"a.ipynb": text, "b.py": text}).python] == [True, False]
