"""Patterns whose words are looked for first."""

import pytest

from scoring.readers import safe_yaml, toml_source
from scoring.readers.hints import Hinted

SAID = Hinted(r"\b(?:ask|slack\.com/\w+)\b", hints=("ask", "slack.com"))


@pytest.mark.parametrize("line", ["", "nothing", "basket", "task", "slack.com", "élan"])
def test_line_does_not_match(line: str) -> None:
    assert SAID.in_line(line) is False


@pytest.mark.parametrize("line", ["ask", "ASK us", "see Slack.COM/x", "\u017flack.com/x", "as\u212a"])
def test_line_matches_in_any_case(line: str) -> None:
    assert SAID.in_line(line) is True


def test_file_is_parsed_once_for_several_readers() -> None:
    assert toml_source.parse(b"a = 1\n") is toml_source.parse(b"a = 1\n")
    assert safe_yaml.documents(b"a: 1\n") is safe_yaml.documents(b"a: 1\n")
