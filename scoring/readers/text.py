"""Code in other languages: how many of its lines hold code.

Lines are counted as written: not blank, and not a comment from their first to their last character. Strings that
look like comments are not told apart; for a size that is near enough, and it stays linear in the file.
"""

import re
from functools import partial

from scoring.facts import TextFacts
from scoring.readers.base import Reader, Unreadable

MAX_BYTES = 2_000_000
BINARY_PROBE = 8_000

_CODE_LINE = {
    "hash": rb"^[ \t\f\v]*[^\s#]",
    "slash": rb"^[ \t\f\v]*(?:[^\s/]|/(?![/*]))",
    "dash": rb"^[ \t\f\v]*(?:[^\s-]|-(?!-))",
    "percent": rb"^[ \t\f\v]*[^\s%]",
    "semicolon": rb"^[ \t\f\v]*[^\s;]",
    "exclaim": rb"^[ \t\f\v]*[^\s!]",
}
_COMPILED = {style: re.compile(pattern, re.MULTILINE) for style, pattern in _CODE_LINE.items()}
_BLOCK_COMMENT = re.compile(rb"^[ \t]*/\*.*?(?:\*/|\Z)", re.MULTILINE | re.DOTALL)


def _read(style: str, data: bytes) -> TextFacts:
    if len(data) > MAX_BYTES:
        raise Unreadable("too large")
    if b"\0" in data[:BINARY_PROBE]:
        raise Unreadable("not text")
    text = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if style in ("slash", "dash"):
        text = _BLOCK_COMMENT.sub(b"", text)
    return TextFacts(code_lines=sum(1 for _ in _COMPILED[style].finditer(text)))


READERS = tuple(Reader(f"text.{style}", 1, partial(_read, style)) for style in _CODE_LINE)
