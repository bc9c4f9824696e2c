"""What is kept between snapshots: derived once, let go with its file, and never past what it rests on."""

import gc
import weakref
from collections.abc import Callable

import pytest

from scoring.analyses import memo
from scoring.analyses.memo import Answers, Asking, Latest, Memo
from scoring.analyses.view import PythonFile
from scoring.testing import facts_from


def modules(count: int) -> tuple[PythonFile, ...]:
    return facts_from({f"m{n}.py": f"x = {n}\n" for n in range(count)}).python


def test_file_is_derived_once_though_nothing_comes_of_it() -> None:
    derived: list[str] = []
    nothing: Memo[PythonFile, None] = Memo(lambda file: derived.append(file.path))
    first, second = modules(2)
    for file in (first, second, first):
        nothing(file)
    assert derived == ["m0.py", "m1.py"]


def test_what_was_derived_goes_with_its_file() -> None:
    class Answer:
        """Can be referred to weakly."""

    answers: Memo[PythonFile, Answer] = Memo(lambda file: Answer())
    (file,) = modules(1)
    kept = weakref.ref(answers(file))
    assert kept() is answers(file)
    del file
    gc.collect()
    assert kept() is None


def test_two_functions_of_one_file_do_not_meet() -> None:
    (file,) = modules(1)
    path: Memo[PythonFile, str] = Memo(lambda file: file.path)
    blob: Memo[PythonFile, str] = Memo(lambda file: file.entry.blob)
    assert (path(file), blob(file), path(file)) == ("m0.py", file.entry.blob, "m0.py")


def asking(derived: list[str]) -> Asking[PythonFile, str, int | None, tuple[int | None, ...]]:
    """Asks for "a", and for "b" where "a" is nothing."""

    def derive(file: PythonFile, ask: Callable[[str], int | None]) -> tuple[int | None, ...]:
        derived.append(file.path)
        first = ask("a")
        return (first,) if first is not None else (first, ask("b"))

    return Asking(derive)


def under(answers: Answers[str, int | None], table: dict[str, int]) -> Answers[str, int | None]:
    answers.rest_on(table, table.get)
    return answers


def test_answers_that_stay_the_same_under_another_authority_are_not_worked_out_again() -> None:
    derived: list[str] = []
    answer, (file,), answers = asking(derived), modules(1), Answers[str, int | None]()
    one, other = {"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}
    answers.rest_on(one, one.get)
    answers.ask("b")
    assert [answer(file, under(answers, table)) for table in (one, one, other, one)] == [(1,)] * 4
    assert derived == ["m0.py"]


def test_authority_stays_while_all_that_was_told_is_answered_as_before() -> None:
    answers: Answers[str, int | None] = Answers()
    first = under(answers, {"a": 1}).authority
    assert (answers.ask("a"), answers.ask("b")) == (1, None)
    assert under(answers, {"a": 1, "c": 2}).authority is first
    assert answers.ask("c") == 2
    assert under(answers, {"a": 1, "b": 0, "c": 2}).authority is not first
    assert [answers.ask(question) for question in "abc"] == [1, 0, 2]


def test_authority_is_held_to_no_more_answers_than_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "MOST_TOLD", 1)
    answers: Answers[str, int | None] = Answers()
    first = under(answers, {}).authority
    assert (answers.ask("a"), answers.ask("b")) == (None, None)
    assert under(answers, {"c": 1}).authority is not first
    assert answers.told == {}


def test_nobody_answers_before_there_is_an_authority() -> None:
    with pytest.raises(LookupError, match="nobody answers yet"):
        Answers[str, int]().ask("a")


def test_file_that_another_component_asked_about_is_worked_out_anew() -> None:
    derived: list[str] = []
    answer, (file,), answers = asking(derived), modules(1), Answers[str, int | None]()
    assert answer(file, under(answers, {"a": 1})) == (1,)
    assert answer(file, under(Answers(), {"a": 2})) == (2,)
    assert answer(file, answers) == (1,)
    assert derived == ["m0.py"] * 3


def test_answer_that_changes_is_worked_out_again() -> None:
    derived: list[str] = []
    answer, (file,), answers = asking(derived), modules(1), Answers[str, int | None]()
    tables: list[dict[str, int]] = [{"b": 2}, {"b": 3}, {"a": 1, "b": 3}, {}]
    assert [answer(file, under(answers, table)) for table in tables] == [(None, 2), (None, 3), (1,), (None, None)]
    assert derived == ["m0.py"] * 4


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
