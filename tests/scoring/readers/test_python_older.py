"""Files that Python read before a name of theirs became a keyword."""

import pytest

from scoring.facts import PythonFacts
from scoring.readers.base import Unreadable
from scoring.readers.python import read
from scoring.readers.python.older import without_async_names


def test_name_that_became_a_keyword_is_read_as_a_name() -> None:
    old = b"import torch\n\nx = 'async def'  # async\n\n\nasync def run():\n    torch.load('x').cuda(async=True)\n"
    facts = read(old)
    new = read(old.replace(b"async=", b"asynk="))
    assert isinstance(facts, PythonFacts)
    assert isinstance(new, PythonFacts)
    assert [(call.name, call.line, call.keywords) for call in facts.calls] == [
        (call.name, call.line, call.keywords) for call in new.calls
    ]
    assert facts.code_lines == new.code_lines == 4


def test_keyword_is_no_excuse_for_what_no_python_parses() -> None:
    with pytest.raises(Unreadable, match="does not parse"):
        read(b"x.cuda(async=True\n")


def test_strings_that_never_close_are_passed_over_in_one_go() -> None:
    text = b"'\\" * 50_000 + b" async"
    assert without_async_names(text) == text
