"""Code in other languages: how many of its lines hold code, which Python and which commands a shell
script names, and which tables a text in SQL names, be it by `ref` and `source` of dbt.

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
MAX_SHELL, MAX_COMMANDS = 200_000, 500
_COMMAND = re.compile(
    rb"(?:^[ \t]*|[|&;(`!{][ \t]*|\b(?:then|do|else|if|exec|sudo|time|xargs|nohup|while|until)[ \t]+|[ \t]-m[ \t]+"
    rb"|\b[A-Z_]+=\S{0,200}[ \t]+)(?=([a-z][\w.-]{1,40})(?:[ \t;|&)`]|$))"
)
"""Assignments before a command, and what runs another command, stand aside."""
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
    if style != "hash":
        return TextFacts(code_lines=lines)
    return TextFacts(code_lines=lines, scripts=_scripts(text) if b".py" in text else (), words=_commands(text))


def _scripts(text: bytes) -> tuple[str, ...]:
    """Files of Python that lines other than comments name."""
    found = {name.decode() for line in _LINE.findall(text) for name in _SCRIPT.findall(line)}
    return tuple(sorted(found)[:MAX_SCRIPTS])


def _commands(text: bytes) -> str:
    """Words that stand where a shell looks for a command, or for the module that Python is to run."""
    if len(text) > MAX_SHELL:
        return ""
    found = {name for line in _LINE.findall(text) for name in _COMMAND.findall(line.partition(b" #")[0])}
    return " ".join(sorted([name.decode() for name in found])[:MAX_COMMANDS])


_VERSIONS = {"hash": 3, "sql": 2}
READERS = tuple(Reader(f"text.{style}", _VERSIONS.get(style, 1), partial(_read, style)) for style in _CODE_LINE)
