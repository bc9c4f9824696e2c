"""Admitted debt: what is an admission, what kind it is, and where it is listed."""

import json

import pytest

from scoring.findings import Outcome
from scoring.knowledge.admitted import kind_of
from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of


def parts(comment: str) -> dict[str, str]:
    """Twenty different files: a density counts against five KLOC at least."""
    return {f"part_{n:02}.py": f"PART = {n}\n{comment}\n" for n in range(20)}


@pytest.mark.parametrize(
    "comment",
    [
        "# The rate is fixed.",
        "# noqa: E501 TODO",
        "# Copyright TODO Ltd",
        'TEXT = "# TODO: not a comment"',
        "# todos = 3 rows",
    ],
)
@pytest.mark.parametrize("signal", ["sat.1", "sat.2"])
def test_other_comments_are_clear(signal: str, comment: str) -> None:
    check_clear(signal, parts(comment))


@pytest.mark.parametrize("comment", ["# TODO: sort", "x = 1  # XXX why?", "# hacky, but works"])
def test_admission_is_found_once_by_line(comment: str) -> None:
    result, findings = result_of("sat.2", facts_from(parts(comment)))
    assert result.value == 20
    assert [(item.path, item.line) for item in findings] == [("part_00.py", 2)]
    assert findings[0].message.endswith(" It stands in 19 more places.")


def test_admission_without_a_word_counts_and_is_not_listed() -> None:
    result, findings = result_of("sat.2", facts_from(parts("# FIXME")))
    assert (result.value, findings) == (20, ())


def test_density_lists_no_place_twice() -> None:
    assert check_found("sat.1", parts("# TODO: sort"), at=[]).value == 4


def test_admissions_in_tests_are_left_out() -> None:
    check_clear("sat.2", {f"tests/{path}": text for path, text in parts("# TODO: sort").items()})


@pytest.mark.parametrize(
    ("text", "path", "debt"),
    [
        ("TODO: tune the learning rate", "train.py", "configuration-debt"),
        ("TODO: add another conv layer", "net.py", "configuration-debt"),
        ("FIXME: remove once keras 3 is out", "net.py", "dead-experimental-codepaths"),
        ("XXX work-around for a bug in torch", "net.py", "glue-code"),
        ("TODO: normalise the columns", "train.py", "pipeline-jungles"),
        ("TODO: move this into a base class", "train.py", "abstraction-debt"),
        ("TODO: only for testing", "train.py", "prototype-smell"),
        ("TODO: why does this work?", "train.py", "documentation-debt"),
        ("TODO", "data/preprocess.py", "pipeline-jungles"),
        ("TODO", "explore.ipynb", "prototype-smell"),
        ("TODO", "train.py", "self-admitted-debt"),
    ],
)
def test_words_come_before_the_role_of_the_file(text: str, path: str, debt: str) -> None:
    assert kind_of(text, path).debt == debt


def test_message_quotes_the_author_and_says_no_more() -> None:
    _, findings = result_of(
        "sat.2", facts_from({"train.py": "def fit():\n    # TODO: tune the learning rate\n    pass\n"})
    )
    assert [(item.symbol, item.severity, item.message, dict(item.evidence)) for item in findings] == [
        (
            "fit",
            "low",
            "The author wrote `TODO: tune the learning rate`: something is left to do here.",
            {"debt": "configuration-debt", "kind": "hyper-parameter configuration"},
        )
    ]


@pytest.mark.parametrize("signal", ["sat.1", "sat.2"])
@pytest.mark.parametrize("files", [{}, {"train.py": ""}, {"train.py": "def (:\n"}])
def test_source_removed_broken_or_emptied_is_not_clear(signal: str, files: dict[str, str]) -> None:
    check_unknown(signal, files)


def test_exercises_of_a_course_are_no_debt_of_its_authors() -> None:
    cell = {
        "cell_type": "code",
        "execution_count": 1,
        "source": "import sklearn\n# TODO: scale\n",
        "metadata": {},
        "outputs": [],
    }
    files = {"one.ipynb": json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]})}
    course = {"README.md": "# Apples\n\nThis repository contains tutorials on apples.\n"}
    assert result_of("sat.2", facts_from({**course, **files}))[0].outcome is Outcome.NOT_APPLICABLE
    _, findings = result_of("sat.2", facts_from(files))
    assert [finding.path for finding in findings] == ["one.ipynb"]
