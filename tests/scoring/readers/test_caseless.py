"""Patterns that take capitals and small letters for the same find what `re.IGNORECASE` finds."""

import re

import pytest

from scoring.readers.caseless import Caseless

PATTERNS = (
    r"\bSet-?up\b",
    r"\S\Wdata\B",
    r"(?<!\w)[A-F]{2}\d",
    r"^PYTHONPATH\s*=",
    r"(?:kaggle|Zenodo)\.(?:com|ORG)/\w",
)


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "The SetUp of it",
        "set-up: how",
        "upset ups",
        "x DATAset",
        "-\tDATAset",
        "xAB1 AB1",
        "ef2",
        "eg2",
        "PythonPath =src",
        " pythonpath=src",
        "see Kaggle.com/x",
        "zenodo.org/",
        "ſet-up einer Sache",
        "ZENODO.org/é",
    ],
)
def test_search_finds_what_ignorecase_finds(pattern: str, text: str) -> None:
    assert Caseless(pattern).search(text) is (re.search(pattern, text, re.IGNORECASE) is not None)


def test_hints_are_words_without_which_nothing_is_found() -> None:
    pattern = Caseless(r"\d+ (?:data ?sets?|corpora)", hints=("data", "corpora"))
    found = [text for text in ("3 DATASETS", "two Corpora", "12 corpora", "3 sets") if pattern.search(text)]
    assert found == ["3 DATASETS", "12 corpora"]
