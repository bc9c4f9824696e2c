"""Strings and comments of a source, told apart by one regular expression over its bytes.

Only run on the pieces of a file whose bytes promise something (a TODO, an absolute path, a "#" in a long string): a
piece reaches from where one statement begins to where the next one does, and no string or comment reaches further. It
is exact for source that parses: a quote opens a string or stands inside one, and a `#` outside of strings opens a
comment.
"""

import ast
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

_TOKEN = re.compile(
    rb'"""(?:[^"\\]++|\\.|"(?!""))*+"""'
    rb"|'''(?:[^'\\]++|\\.|'(?!''))*+'''"
    rb'|"(?:[^"\\\n]++|\\.)*+"'
    rb"|'(?:[^'\\\n]++|\\.)*+'"
    rb"|#[^\n]*+",
    re.DOTALL,
)


class Piece:
    """What stands between two statements' beginnings. Offsets are those of the source."""

    def __init__(self, source: bytes, start: int, end: int) -> None:
        self.start, self.end = start, end
        self._source = source

    @cached_property
    def _tokens(self) -> tuple[list[tuple[int, int]], dict[int, int]]:
        comments: list[tuple[int, int]] = []
        strings: dict[int, int] = {}
        source = self._source
        for found in _TOKEN.finditer(source, self.start, self.end):
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


class Lexed:
    """Byte offsets of comments and strings. Lines are 1-based."""

    def __init__(self, source: bytes, statements: Sequence[ast.stmt]) -> None:
        """The statements in the order of the source; any of them may be left out."""
        self.source = source
        # a line end of its own is one for the parser alone, so that its lines are not those of the source
        self._statements = statements if b"\r" not in source else ()
        self._pieces: dict[int, Piece] = {}
        self._offset, self._line = 0, 1

    def piece(self, offset: int) -> Piece:
        """The piece that an offset lies in."""
        line, start = self.line(offset), self.line_start(offset)
        number = bisect_right(self._statements, (line, offset - start), key=_place)
        if number not in self._pieces:
            begin, end = 0, len(self.source)
            if number:
                statement = self._statements[number - 1]
                begin = self._moved(start, statement.lineno - line) + statement.col_offset
            if number < len(self._statements):
                statement = self._statements[number]
                end = self._moved(start, statement.lineno - line) + statement.col_offset
            self._pieces[number] = Piece(self.source, begin, end)
        return self._pieces[number]

    def _moved(self, start: int, lines: int) -> int:
        """Where the line begins that is so many lines below the one that begins here, or above."""
        for _ in range(lines):
            start = self.source.find(b"\n", start) + 1
        for _ in range(-lines):
            start = self.line_start(start - 1)
        return start

    def pieces(self, text: bytes, words: Iterable[bytes]) -> Iterator[Piece]:
        """Those in which one of the words stands, in order. The text is the source, or is as long."""
        places = {word: text.find(word) for word in words}
        while offsets := [at for at in places.values() if at >= 0]:
            piece = self.piece(min(offsets))
            yield piece
            for word, at in places.items():
                if 0 <= at < piece.end:
                    places[word] = text.find(word, max(piece.end, at + 1))

    def opens_comment(self, line: int) -> bool:
        """Whether the first comment of a line that holds nothing else begins there, and not in a string."""
        start = self._moved(self.line_start(self._offset), line - self._line)
        comments = self.piece(start).comments
        after = bisect_left(comments, (start, 0))
        return after < len(comments) and self.line(comments[after][0]) == line

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


def _place(statement: ast.stmt) -> tuple[int, int]:
    return statement.lineno, statement.col_offset
