"""Paths and addresses in strings that bind a program to one machine, one user or one bucket (cfg.4)."""

import ast
import re
from collections.abc import Iterator

from scoring.facts import PathLiteral
from scoring.knowledge import WORDS
from scoring.readers.python.intent import Fallbacks
from scoring.readers.python.lexing import Lexed
from scoring.readers.python.scopes import Scopes
from scoring.readers.python.state import State

MAX_TEXT = 200

_ROOTS = "|".join(re.escape(root) for root in WORDS.path_roots)
_BUCKETS = "|".join(re.escape(bucket) for bucket in WORDS.buckets)
_ROOTED = re.compile(rf"""/(?<=["']/)(?:{_ROOTS})/[\w{{%.~-]""".encode())
_SCHEMED = re.compile(rb""":(?:(?<=["'][A-Za-z]:)[\\/]|/{1,2}\w)""")
_BUCKET = re.compile(rf"""["'](?:(?:{_BUCKETS})://[A-Za-z0-9]|dbfs:/\w)""".encode())
"""Patterns begin with the rarest sign they need, which makes a search of a whole file several times faster."""

_WINDOWS = re.compile(r"[A-Za-z]:[\\/]")
_SCHEME = re.compile(r"([a-z0-9]+):/")
_EXPRESSION = re.compile(r"\\[dwsSWDb.]|\(\?|\[\^|\.\*|\.\+|\)\?|\$$|^.*\|.*\|")
"""Marks of a regular expression."""
_COMPARED = re.compile(
    rb"(?:@[\w.]+\(|\bre\.\w+\(|\.(?:route|get|post|put|delete|patch|head|add_url_rule|add_route|mount|startswith|endswith"
    rb"|lstrip|rstrip|replace|removeprefix|split|count|find|index|url_for|isfile|isdir|exists)\(|[=!]=|\bin|\bassert\b.*"
    rb"|\b(?:prefix|href|url\w*)\s*=|\bassert\w*\(.*)\s*[bBrRuUfF]{0,2}$"
)
"""What stands before a string that is compared, cut off or routed, and is no place that the program opens."""
_DEFAULT = re.compile(
    rb"(?:(?:getenv|environ\.get|environ\.setdefault|DEFINE_\w+)\(\s*[\"']\w+[\"']\s*,|\b(?:default|fallback)\s*="
    rb"|[\w)\]]\s+or\b|\b(?:typer\.)?(?:Option|Argument)\()\s*[bBrRuUfF]{0,2}\Z"
)
"""What stands before a value that an environment variable, an option or another value replaces."""
_EXAMPLE = re.compile(rb"\bexamples?[\"']?\s*[:=]\s*[\[{][^\]}]*\Z")
"""What stands before a value that documents an interface."""
_ONE_OF = re.compile(
    rb"(?:paths|locations?|candidates|dirs|directories|roots|places|files)\w*\s*(?::[^=\n]*)?=\s*[\[(][^\]]*\Z|\bin\s*[\[(][^\])]*\Z",
    re.IGNORECASE,
)
"""What stands before a place that is looked at among others."""
_JOINED = re.compile(rb"(?:^|[\w)\]}])\s*\+\s*[bBrRuUfF]{0,2}$")
"""What stands before a string that another value is put in front of: it begins no path."""
_AFTER = re.compile(rb"\s*(?:(?:not\s+)?in\b|[=!]=)")
_FORM = re.compile(rb"[^\n]*#\s*@param\b")
"""What stands after a value that is a field of a form above a cell."""
_PLACEHOLDER = re.compile(r"path/to/|/path/to|<[\w -]+>|your[-_]")
_MAX_BEFORE = 300
_LONGEST = 8
"""Bytes of the longest scheme and its quote."""


def paths(lexed: Lexed, state: State, scopes: Scopes) -> tuple[PathLiteral, ...]:
    """Absolute paths under known roots and addresses of buckets, docstrings left out, in order."""
    source = lexed.source
    found = []
    fallbacks: Fallbacks | None = None
    for start in sorted({*_candidates(source)}):
        end = lexed.piece(start).strings.get(start)
        if end is None:
            continue
        line = lexed.line(start)
        if any(first <= line <= last for first, last in state.strings):
            continue
        before = source[max(lexed.line_start(start), start - _MAX_BEFORE) : start]
        if not before.strip():  # the first argument on a line of its own
            before = source[max(0, start - _MAX_BEFORE) : start].rstrip().rpartition(b"\n")[2]
        text = _text(source, start, end, before)
        kind = _kind(text)
        compared = _COMPARED.search(before) or _AFTER.match(source, end)
        joined = kind in ("absolute", "mount") and _JOINED.search(before)
        if not kind or compared or joined or _PLACEHOLDER.search(text):
            continue
        if kind == "windows" or not _EXPRESSION.search(text):
            nearest = max(0, start - _MAX_BEFORE)
            default = any(pattern.search(source, nearest, start) for pattern in (_DEFAULT, _EXAMPLE, _ONE_OF))
            fallbacks = fallbacks or Fallbacks(state)
            default = default or _FORM.match(source, end) is not None or fallbacks.holds(line)
            found.append(PathLiteral(line, text[:MAX_TEXT], kind, scopes.at(line), default))
    return tuple(found)


def _candidates(source: bytes) -> Iterator[int]:
    """Offsets of quotes after which a path or an address may begin."""
    for found in _ROOTED.finditer(source):
        yield found.start() - 1
    for found in _SCHEMED.finditer(source):
        colon = found.start()
        if source[colon - 2 : colon - 1] in (b'"', b"'"):
            yield colon - 2
            continue
        first = max(colon - _LONGEST, 0)
        quote = max(source.rfind(b'"', first, colon), source.rfind(b"'", first, colon))
        if quote >= 0 and _BUCKET.match(source, quote):
            yield quote


def _text(source: bytes, start: int, end: int, before: bytes) -> str:
    """What the string holds; the fields of an f-string stay as written."""
    quoted = source[start : min(end, start + 4 * MAX_TEXT)]
    prefix = re.search(rb"[bBrRuUfF]*$", before)
    raw = quoted[1 : -1 if start + len(quoted) == end else None].decode("utf-8", "replace")
    if b"\\" not in quoted or (prefix and b"r" in prefix.group().lower()) or len(quoted) != end - start:
        return raw
    try:
        value = ast.literal_eval(quoted.decode("utf-8", "replace"))
    except (SyntaxError, ValueError):
        return raw
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _kind(text: str) -> str:
    if " " in text.strip() and not text.startswith(("/", "C:", "D:")):
        return ""
    if _WINDOWS.match(text):
        return "windows" if "\n" not in text and "\t" not in text else ""
    if _SCHEME.match(text):
        return "bucket"
    root = text.split("/", 2)[1] if text.startswith("/") else ""
    if root in WORDS.home_roots:
        return "home"
    if root in WORDS.mount_roots:
        return "mount"
    return "absolute" if root else ""
