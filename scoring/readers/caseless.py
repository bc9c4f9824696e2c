"""Patterns that take capitals and small letters for the same.

`re.IGNORECASE` folds each character at each alternative; a text in small letters and a pattern to match are several
times as fast. Text outside ASCII is left to `re`, since its small letters may be longer or others.
"""

import re
from functools import cache

_CAPITALS = re.compile(r"\\.|[A-Z]+", re.DOTALL)


class Caseless:
    """A pattern as `re.compile` takes it with IGNORECASE; `hints` are words in small letters of which one stands in
    whatever it finds."""

    __slots__ = ("_hinted", "_pattern", "_small")

    def __init__(self, pattern: str, hints: tuple[str, ...] = ()) -> None:
        self._pattern = pattern
        self._small = re.compile(_CAPITALS.sub(_lowered, pattern))
        self._hinted = re.compile("|".join(map(re.escape, hints))) if hints else None

    def search(self, text: str) -> bool:
        """Whether it stands anywhere in the text."""
        if not text.isascii():
            return _any_case(self._pattern).search(text) is not None
        small = text.lower()
        if self._hinted is not None and self._hinted.search(small) is None:
            return False
        return self._small.search(small) is not None


def _lowered(match: re.Match[str]) -> str:
    """Capitals in small letters; what follows a backslash keeps its meaning."""
    return match[0] if match[0][0] == "\\" else match[0].lower()


@cache
def _any_case(pattern: str) -> re.Pattern[str]:
    """Compiled once a text asks for it."""
    return re.compile(pattern, re.IGNORECASE)
