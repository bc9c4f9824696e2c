"""JSON of untrusted files: depth looked at before loading, NaN refused, numbers kept as they are written."""

import json
import re
from typing import Any

from scoring.readers.base import Unreadable
from scoring.readers.decoding import text_of

MAX_BYTES = 1_000_000
MAX_DEPTH = 100

_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_STRING_OR_COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*(?:"|$|\\\Z))|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL | re.MULTILINE)
_TRAILING_COMMA = re.compile(r'("(?:[^"\\\n]|\\.)*(?:"|$|\\\Z))|,(?=\s{0,200}[\]}])', re.MULTILINE)
_KEY = re.compile(r'"((?:[^"\\]|\\.)*)(?:"(\s{0,200}:)?|\\?\Z)', re.DOTALL)


class Number(str):
    """A number's literal."""

    __slots__ = ()


def _refuse_constant(name: str) -> Any:
    raise Unreadable(f"{name} in JSON")


def load(data: bytes, limit: int = MAX_BYTES) -> Any:
    """Dicts, lists, str, Number, bool and None; raises Unreadable."""
    return loads(text_of(data, limit))


def loads(text: str) -> Any:
    """As `load`, from text."""
    refuse_depth(text)
    try:
        return json.loads(text, parse_constant=_refuse_constant, parse_int=Number, parse_float=Number)
    except (ValueError, RecursionError):
        raise Unreadable("not valid JSON") from None


def loads_with_comments(text: str) -> Any:
    """As `loads`, for the dialect with comments and trailing commas that editors and devcontainers use."""
    plain = _STRING_OR_COMMENT.sub(lambda match: match[1] or "", text)
    return loads(_TRAILING_COMMA.sub(lambda match: match[1] or "", plain))


def refuse_depth(text: str) -> None:
    """Raises Unreadable where more than MAX_DEPTH brackets are open at once."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for token in _STRING_OR_BRACKET.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise Unreadable("nested too deeply")
        elif token[0] in "]}":
            depth -= 1


def key_lines(text: str) -> list[tuple[str, int]]:
    """(key as written, 1-based line) of every object key, in the order of the text."""
    found = []
    line, position = 1, 0
    for match in _KEY.finditer(text):
        if match[2]:
            line += text.count("\n", position, match.start())
            position = match.start()
            found.append((match[1], line))
    return found
