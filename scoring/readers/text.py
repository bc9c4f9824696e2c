"""Code in other languages: how many of its lines hold code, and which Python a shell script names,
and which tables a text in SQL names.

Lines are counted as written: not blank, and not a comment from their first to their last character. Strings that
look like comments are not told apart; for a size that is near enough, and it stays linear in the file.
"""

import re
from functools import partial

from scoring.facts import TextFacts
from scoring.readers.base import Reader, Unreadable
from scoring.readers.sql_tables import tables

MAX_BYTES = 2_000_000
BINARY_PROBE = 8_000

_CODE_LINE = {
    "hash": rb"^[ \t\f\v]*[^\s#]",
    "slash": rb"^[ \t\f\v]*(?:[^\s/]|/(?![/*]))",
    "dash": rb"^[ \t\f\v]*(?:[^\s-]|-(?!-))",
    "sql": rb"^[ \t\f\v]*(?:[^\s-]|-(?!-))",
    "percent": rb"^[ \t\f\v]*[^\s%]",
    "semicolon": rb"^[ \t\f\v]*[^\s;]",
    "exclaim": rb"^[ \t\f\v]*[^\s!]",
}
_COMPILED = {style: re.compile(pattern, re.MULTILINE) for style, pattern in _CODE_LINE.items()}
MAX_SCRIPTS = 200
_LINE = re.compile(rb"^[ \t]*[^\s#].*", re.MULTILINE)
_SCRIPT = re.compile(rb"[\w./-]{1,200}\.(?:py|ipynb)\b")
_BLOCK_COMMENT = re.compile(rb"^[ \t]*/\*.*?(?:\*/|\Z)", re.MULTILINE | re.DOTALL)


def _read(style: str, data: bytes) -> TextFacts:
    if len(data) > MAX_BYTES:
        raise Unreadable("too large")
    if b"\0" in data[:BINARY_PROBE]:
        raise Unreadable("not text")
    text = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    bare = _BLOCK_COMMENT.sub(b"", text) if style in ("slash", "dash", "sql") else text
    return TextFacts(
        code_lines=sum(1 for _ in _COMPILED[style].finditer(bare)),
        scripts=_scripts(text) if style == "hash" and b".py" in text else (),
        tables=tables(text.decode("utf-8", "replace")) if style == "sql" else (),
    )


def _scripts(text: bytes) -> tuple[str, ...]:
    """Files of Python that lines other than comments name."""
    found = {name.decode() for line in _LINE.findall(text) for name in _SCRIPT.findall(line)}
    return tuple(sorted(found)[:MAX_SCRIPTS])


READERS = tuple(Reader(f"text.{style}", 2 if style == "hash" else 1, partial(_read, style)) for style in _CODE_LINE)
