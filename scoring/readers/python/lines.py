"""The lines of a source: code, comment or blank, and how many of them lie in a range."""

from functools import cached_property
from operator import itemgetter

from scoring.readers.python.lexing import Lexed

BLANK, CODE, COMMENT = 0, 1, 2

_BLANKS = b" \t\f\v\r"
_KINDS = bytes(COMMENT if byte == ord("#") else BLANK if byte in _BLANKS else CODE for byte in range(256))


_first = itemgetter(0)


def _lines_of(source: bytes) -> list[bytes]:
    lines = source.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return lines


class Lines:
    """Lines are 1-based. Docstrings and stray strings are neither code nor comment."""

    def __init__(self, lexed: Lexed, strings: list[tuple[int, int]]) -> None:
        source = self._source = lexed.source
        # with the blanks out of all lines at once, none has to be stripped by itself; with one after it, none is empty
        lines = _lines_of(source.translate(None, _BLANKS).replace(b"\n", b" \n"))
        kinds = bytearray(map(_first, lines)).translate(_KINDS)
        if source.count(b'"""') + source.count(b"'''") > 2 * len(strings) and COMMENT in kinds:
            for first, last in lexed.long_strings():
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
    def comment_lines(self) -> int:
        return self.kinds.count(COMMENT)

    def comment_runs(self, least: int) -> list[tuple[int, int]]:
        """First and last line of every run of at least so many comment lines."""
        runs = []
        mark = bytes([COMMENT]) * least
        start = self.kinds.find(mark)
        while start >= 0:
            end = start + least
            while end < len(self.kinds) and self.kinds[end] == COMMENT:
                end += 1
            runs.append((start + 1, end))
            start = self.kinds.find(mark, end)
        return runs
