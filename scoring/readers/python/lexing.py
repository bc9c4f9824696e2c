"""Strings and comments of a source, told apart by one regular expression over its bytes.

Only run on files whose bytes promise something (a TODO, an absolute path, a long run of comment lines). It is exact
for source that parses: a quote opens a string or stands inside one, and a `#` outside of strings opens a comment.
"""

import re
from functools import cached_property

_TOKEN = re.compile(
    rb'"""(?:[^"\\]++|\\.|"(?!""))*+"""'
    rb"|'''(?:[^'\\]++|\\.|'(?!''))*+'''"
    rb'|"(?:[^"\\\n]++|\\.)*+"'
    rb"|'(?:[^'\\\n]++|\\.)*+'"
    rb"|#[^\n]*+",
    re.DOTALL,
)


class Lexed:
    """Byte offsets of comments and strings. Lines are 1-based."""

    def __init__(self, source: bytes) -> None:
        self.source = source
        self._offset, self._line = 0, 1

    @cached_property
    def _tokens(self) -> tuple[list[tuple[int, int]], dict[int, int]]:
        comments: list[tuple[int, int]] = []
        strings: dict[int, int] = {}
        source = self.source
        for found in _TOKEN.finditer(source):
            start, end = found.span()
            if source[start] == 35:  # "#"
                comments.append((start, end))
            else:
                strings[start] = end
        return comments, strings

    @property
    def comments(self) -> list[tuple[int, int]]:
        """(start, end) of each comment, "#" included."""
        return self._tokens[0]

    @property
    def strings(self) -> dict[int, int]:
        """Start of each string's quotes -> its end."""
        return self._tokens[1]

    def line(self, offset: int) -> int:
        """The line that an offset lies in; cheap for offsets that rise."""
        if offset < self._offset:
            self._offset, self._line = 0, 1
        self._line += self.source.count(b"\n", self._offset, offset)
        self._offset = offset
        return self._line

    def line_start(self, offset: int) -> int:
        """The offset at which the line of an offset begins."""
        return self.source.rfind(b"\n", 0, offset) + 1

    def long_strings(self) -> list[tuple[int, int]]:
        """(first line, last line) of each string of more than one line."""
        find = self.source.find
        return [
            (self.line(start), self.line(end)) for start, end in self.strings.items() if find(b"\n", start, end) >= 0
        ]

    @cached_property
    def comment_lines(self) -> frozenset[int]:
        """Lines that hold a comment."""
        return frozenset([self.line(start) for start, _ in self.comments])
