"""Code in other languages: how many of its lines hold code, and which Python a shell script names,
and which tables a text in SQL names, be it by `ref` and `source` of dbt.

Lines are counted as written: not blank, and not a comment from their first to their last character. Strings that
look like comments are not told apart; for a size that is near enough, and it stays linear in the file.
"""

import re
from functools import partial

from scoring.facts import TextFacts
from scoring.readers.base import Reader, Unreadable
from scoring.readers.dbt_templates import dbt_text
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
    lines = sum(1 for _ in _COMPILED[style].finditer(bare))
    if style == "sql":
        sql = text.decode("utf-8", "replace")
        return TextFacts(code_lines=lines, tables=tables(sql), dbt=dbt_text(sql))
    return TextFacts(code_lines=lines, scripts=_scripts(text) if style == "hash" and b".py" in text else ())


def _scripts(text: bytes) -> tuple[str, ...]:
    """Files of Python that lines other than comments name."""
    found = {name.decode() for line in _LINE.findall(text) for name in _SCRIPT.findall(line)}
    return tuple(sorted(found)[:MAX_SCRIPTS])


_VERSIONS = {"hash": 2, "sql": 2}
READERS = tuple(Reader(f"text.{style}", _VERSIONS.get(style, 1), partial(_read, style)) for style in _CODE_LINE)
