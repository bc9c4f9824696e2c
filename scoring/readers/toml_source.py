"""TOML with lines: the values from tomllib, the line of each key and of each string from the text."""

import re
import tomllib
from bisect import bisect_left
from functools import lru_cache
from typing import Any

from scoring.readers.base import Unreadable
from scoring.readers.decoding import text_of
from scoring.readers.safe_json import MAX_DEPTH

MAX_BYTES = 2_000_000
MAX_INDEXED = 400_000
"""Texts longer than this get no lines of keys: only lock files are, and they have lines of their own."""

_TOKEN = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*(?:"""|\\?\Z)'
    r"|'''(?:[^']|'(?!''))*(?:'''|\Z)"
    r'|"(?:[^"\\\n]|\\.)*(?:"|$|\\\Z)'
    r"|'[^'\n]*(?:'|$)|\#[^\n]*|[\[\]{}=\n]",
    re.DOTALL | re.MULTILINE,
)
_BARE_OR_QUOTED = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'([^\'\n]*)\'|([A-Za-z0-9_-]+)')
_DOTTED = re.compile(r"[\w-]+(?:\s*\.\s*[\w-]+)*")
_FAILED_LINE = re.compile(r"at line (\d+)")


class TomlError(Unreadable):
    """Not valid TOML; `line` where tomllib names one, else the last."""

    def __init__(self, line: int) -> None:
        super().__init__("not valid TOML")
        self.line = line


class TomlSource:
    """A parsed file. `line_of` finds a key's line, `line_of_text` a string's at or after another line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = text.split("\n")
        self.values = _load(text)
        self._keys = _index(text) if len(text) <= MAX_INDEXED else {}

    def line_of(self, *path: str) -> int:
        """1-based line of the key or table of that path, or of its nearest parent; 0 when not known."""
        for length in range(len(path), 0, -1):
            line = self._keys.get(path[:length])
            if line:
                return line
        return 0

    def line_of_text(self, text: str, after: int) -> int:
        """1-based line of the first occurrence of the text at or after a line; that line when it is not found."""
        for number in range(max(after, 1), len(self._lines) + 1):
            if text in self._lines[number - 1]:
                return number
        return after


def parse(data: bytes) -> TomlSource:
    """Raises TomlError, or Unreadable for what is too large or nested too deeply."""
    return parse_text(text_of(data, MAX_BYTES))


@lru_cache(maxsize=1)
def parse_text(text: str) -> TomlSource:
    """The same of text. Several readers read one file in turn: what comes back is theirs to look at, not to change."""
    return TomlSource(text)


def table(value: object, *path: str) -> dict[str, Any]:
    """The table at a path, or an empty one."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def strings(value: object) -> list[str]:
    """The strings of a list, or []."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _load(text: str) -> dict[str, Any]:
    _refuse_depth(text)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = _FAILED_LINE.search(str(error))
        raise TomlError(int(found[1]) if found else text.rstrip("\n").count("\n") + 1) from None


def _refuse_depth(text: str) -> None:
    for line in text.split("\n"):
        if line.count(".") > MAX_DEPTH and any(key[0].count(".") > MAX_DEPTH for key in _DOTTED.finditer(line)):
            raise Unreadable("nested too deeply")
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for token in _TOKEN.finditer(text):
        first = token[0][0]
        if first in "[{" and len(token[0]) == 1:
            depth += 1
            if depth > MAX_DEPTH:
                raise Unreadable("nested too deeply")
        elif first in "]}":
            depth = max(0, depth - 1)


def _index(text: str) -> dict[tuple[str, ...], int]:
    """Line of each table and key, the first of equal ones; an entry of an array of tables has its number as a name."""
    newlines = [match.start() for match in re.finditer("\n", text)]
    lines: dict[tuple[str, ...], int] = {}
    entries: dict[tuple[str, ...], int] = {}
    prefix: tuple[str, ...] = ()
    for start, end, header in _statements(text):
        path = tuple(a or b or c for a, b, c in _BARE_OR_QUOTED.findall(text[start:end]))
        if header:
            if text[start] == "[":
                entries[path] = entries.get(path, -1) + 1
                path = (*path, str(entries[path]))
            prefix = path
        else:
            path = prefix + path
        line = bisect_left(newlines, end - 1) + 1
        for length in range(1, len(path) + 1):
            lines.setdefault(path[:length], line)
    return lines


def _statements(text: str) -> list[tuple[int, int, bool]]:
    """(start, end, is a table header) of each key or header, in order."""
    found = []
    begin, depth, in_value, header = 0, 0, False, -1
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark == "\n" or mark[0] == "#":
            if depth == 0 and mark == "\n":
                begin, in_value, header = token.end(), False, -1
        elif mark == "=" and not in_value and depth == 0:
            found.append((begin, token.start(), False))
            in_value = True
        elif mark in ("[", "{"):
            if depth == 0 and not in_value and header < 0:
                header = token.end()
            depth += 1
        elif mark in ("]", "}"):
            depth = max(0, depth - 1)
            if depth == 0 and header >= 0 and not in_value:
                found.append((header, token.start(), True))
                in_value = True
    return found
