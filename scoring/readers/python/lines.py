"""The lines of a source: code, comment or blank, and how many of them lie in a range."""

import re
from collections.abc import Iterator
from functools import cached_property
from operator import itemgetter

from scoring.readers.python.lexing import Lexed

BLANK, CODE, COMMENT = 0, 1, 2
GAP = 2
"""Blank lines that a run of comments may hold: where a block is commented out, they often stay as they were."""

_MARKED_END = b"\0\n"
"""No source holds NUL."""
_KINDS = bytes(COMMENT if byte == ord("#") else BLANK if byte == 0 else CODE for byte in range(256))


_BITS = bytes(ord("1") if kind == CODE else ord("0") for kind in range(256))

_SEVERAL_LINES = (b'"""', b"'''", b"\\\n")
"""One of these stands in a string that goes on in another line."""
_first = itemgetter(0)


def _lines_of(source: bytes) -> list[bytes]:
    lines = source.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return lines


def _long_strings(lexed: Lexed, kinds: bytearray) -> Iterator[tuple[int, int]]:
    """First and last line of each string of several lines, some of which look like comments."""
    for piece in lexed.pieces(lexed.source, _SEVERAL_LINES):
        if kinds.find(COMMENT, lexed.line(piece.start), lexed.line(piece.end)) >= 0:
            for start, end in piece.strings.items():
                if lexed.source.find(b"\n", start, end) >= 0:
                    yield lexed.line(start), lexed.line(end)


class Lines:
    """Lines are 1-based. Docstrings and stray strings are neither code nor comment."""

    def __init__(self, lexed: Lexed, strings: list[tuple[int, int]]) -> None:
        source = self._source = lexed.source
        # with a mark at the end of each, no line is empty; what follows the last end is a line if it holds anything
        lines = source.replace(b"\n", _MARKED_END).split(b"\n")
        if not lines[-1].strip():
            lines.pop()
        kinds = bytearray(map(_first, map(bytes.lstrip, lines))).translate(_KINDS)
        if COMMENT in kinds and source.count(b'"""') + source.count(b"'''") > 2 * len(strings):
            for first, last in _long_strings(lexed, kinds):
                kinds[first:last] = kinds[first:last].replace(b"\2", b"\1")
        for first, last in strings:
            kinds[first - 1 : last] = bytes(last - first + 1)
        self.kinds = bytes(kinds)

    def __len__(self) -> int:
        return len(self.kinds)

    @cached_property
    def texts(self) -> list[bytes]:
        """The lines as they stand."""
        return _lines_of(self._source)

    def code(self, first: int, last: int) -> int:
        """Lines of code among first..last."""
        return self.kinds.count(CODE, first - 1, last)

    @property
    def code_lines(self) -> int:
        return self.kinds.count(CODE)

    @property
    def coded(self) -> bytes:
        """A bit for each line, the first one lowest: whether it is code."""
        bits = self.kinds.translate(_BITS)[::-1]
        return int(bits or b"0", 2).to_bytes((len(bits) + 7) // 8, "little")

    @property
    def comment_lines(self) -> int:
        return self.kinds.count(COMMENT)

    def comment_runs(self, least: int) -> list[tuple[int, int]]:
        """First and last line of every run of at least so many comment lines; a blank line or two within are no end."""
        runs: list[tuple[int, int]] = []
        if self.comment_lines < least:
            return runs
        for match in re.finditer(rb"(?:\x02\x00{0,%d}){%d,}" % (GAP, least), self.kinds):
            start = match.start()
            for stop in [*self._written(start, match.end()), match.end()]:
                if self.kinds.count(COMMENT, start, stop) >= least:
                    runs.append((start + 1, self.kinds.rindex(COMMENT, start, stop) + 1))
                start = stop + 1
        return runs

    def _written(self, start: int, stop: int) -> list[int]:
        """Positions of those lines that are no comment and not blank: a docstring's, which count as neither."""
        if not self.kinds.count(BLANK, start, stop):
            return []
        return [at for at in range(start, stop) if self.kinds[at] == BLANK and self.texts[at].strip()]
