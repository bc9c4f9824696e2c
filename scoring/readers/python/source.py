"""From a file's bytes to UTF-8 source and its syntax tree, or to the reason why not.

Line ends are LF afterwards, so that a file with CRLF says the same as one with LF. Columns of the tree count bytes of
UTF-8, as the source returned here does.
"""

import ast
import re
import warnings
from collections.abc import Iterator
from contextlib import suppress

from scoring.readers.base import Unreadable
from scoring.readers.python.magics import without_magics
from scoring.readers.python.newer import newer_python
from scoring.readers.python.older import without_async_names

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_UTF8 = frozenset({"utf-8", "utf8", "u8", "utf", "ascii", "us-ascii"})
_MARKED = re.compile(r"(utf-8|latin-1|iso-8859-1)-.*")
"""What Python itself takes for the encoding before the dash: utf-8-unix, and the "utf-8-" of `coding:utf-8-*-`."""
_OTHER = re.compile(
    r"(?:iso-?8859-?\d{1,2}|latin-?[1-9]|l1|cp(?:125\d|437|850|866|932|936|949|950|1361)|windows-125\d|koi8-[ru]|gbk|gb2312|gb18030"
    r"|euc-(?:jp|kr)|shift-?jis|sjis|big5(?:hkscs)?|mac-roman)(?:-unix|-dos)?"
)
"""Encodings that a Python file may name; any other codec is not tried on bytes from strangers."""

_PYTHON_2_MESSAGES = (
    "Missing parentheses in call to 'print'",
    "Missing parentheses in call to 'exec'",
    "multiple exception types must be parenthesized",
    "leading zeros in decimal integer literals",
)
_PYTHON_2_LINE = re.compile(
    rb"^\s*(?:print\s+[\"'\w%(]|print\s*$|exec\s+[\"'\w]|raise\s+[\w.]+\s*,)|^\s*except\s+[\w.()\s,]+,\s*\w+\s*:|<>|`[^`]+`"
    rb"|\b0[0-7]+\b|\b\d+[lL]\b|\bur[\"']|^\s*def\s+\w+\s*\([^)]*\(|\blambda\s*\("
)
_PRINT_STATEMENT = re.compile(rb"^[ \t]*print[ \t]+(?:[\"']|[A-Za-z_][\w.]*[ \t]*(?:,|$))", re.MULTILINE)
_EXCEPT_COMMA = re.compile(rb"^[ \t]*except[ \t]+[\w.]+[ \t]*,[ \t]*\w+[ \t]*:", re.MULTILINE)
_TEMPLATE_BLOCK = re.compile(rb"\{%-?\s*\w+[^%\n]*%\}")
_TEMPLATE_VALUE = re.compile(rb"\{\{-?\s*[\w.]+[^{}\n]*\}\}|<%=?.*?%>")
_CONFLICT = re.compile(rb"^(?:<{7}|>{7}) ", re.MULTILINE)
_ORDER = re.compile(rb"^[ \t]*[!%]", re.MULTILINE)
TEMPLATE = "template"


class Unparsed(Unreadable):
    """The file is text, and no Python of today; what it says is all there to be seen, so its words are known."""


def source_of(data: bytes) -> bytes:
    """The file as UTF-8 with LF line ends, without a byte-order mark. Raises Unreadable."""
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    if b"\0" in data:
        raise Unreadable("not text: it holds NUL bytes")
    encoding = _encoding(data)
    if encoding:
        data = _decoded(data, encoding).encode("utf-8")
    elif not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            raise Unreadable("not UTF-8, and names no other encoding") from None
    return data.replace(b"\r\n", b"\n") if b"\r" in data else data


def _encoding(data: bytes) -> str:
    """The encoding named in the first two lines (PEP 263), "" when that is UTF-8 or nothing."""
    if b"coding" not in data[:400]:
        return ""
    for line in data[:400].split(b"\n", 2)[:2]:
        found = _COOKIE.match(line)
        if found:
            name = found.group(1).decode().lower().replace("_", "-")
            name = _MARKED.sub(r"\1", name)
            return "" if name in _UTF8 else name
        if line.strip() and not line.lstrip().startswith(b"#"):
            break
    return ""


def _decoded(data: bytes, encoding: str) -> str:
    if not _OTHER.fullmatch(encoding):
        raise Unreadable(f"encoding {encoding[:40]} is not one that is read")
    try:
        return data.decode(re.sub("-(?:unix|dos)$", "", encoding))
    except (UnicodeDecodeError, LookupError):
        raise Unreadable(f"not valid {encoding}") from None


def parse(source: bytes) -> ast.Module:
    """The syntax tree of UTF-8 source. Raises Unreadable with the reason."""
    try:
        return _shallow(source)
    except SyntaxError as error:
        reason = _reason(error, source)
        # What fills in a template may bring any name.
        raise (Unreadable if reason == TEMPLATE else Unparsed)(reason) from None
    except (ValueError, OverflowError):
        raise Unparsed("does not parse") from None


def parsed(source: bytes) -> tuple[bytes, ast.Module]:
    """UTF-8 source and its tree; without lines that IPython's shell alone understands, or with another name for what
    became a keyword, where it parses then. Raises Unreadable."""
    try:
        return source, parse(source)
    except Unparsed:
        bare = without_magics(source.decode("utf-8")).encode("utf-8") if _ORDER.search(source) else source
        for other in (bare, without_async_names(bare) if b"async" in bare else bare):
            if other != source:
                with suppress(SyntaxError, ValueError, OverflowError):
                    return other, _shallow(other)
        raise


def _shallow(source: bytes) -> ast.Module:
    """Raises Unreadable where it is nested deeper than the parser goes."""
    try:
        return parse_or_raise(source)
    except (RecursionError, MemoryError):
        raise Unreadable("nested too deep to be parsed") from None


def parse_or_raise(source: bytes) -> ast.Module:
    """`ast.parse` of UTF-8 source that ignores what an encoding cookie says, and warns of nothing."""
    text = source if b"coding" not in source[:400] else source.decode("utf-8")
    if warnings.filters[:1] == _IGNORED:
        return _compiled(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _compiled(text)


_IGNORED = [("ignore", None, Warning, None, 0)]
"""Of a process that shows no warnings, as one that reads files is: nothing has to be turned off."""


def _compiled(text: bytes | str) -> ast.Module:
    tree: ast.Module = compile(text, "<source>", "exec", ast.PyCF_ONLY_AST, dont_inherit=True)  # type: ignore[assignment]  # -- "exec" gives a module
    return tree


def _reason(error: SyntaxError, source: bytes) -> str:
    message, line = error.msg or "", error.lineno or 0
    lines = source.split(b"\n")
    text = lines[line - 1] if 0 < line <= len(lines) else b""
    if _CONFLICT.search(source):
        return "holds the marks of a merge conflict"
    if newer := newer_python(source, parse_or_raise):
        return f"needs Python {newer} or newer to be parsed"
    if _TEMPLATE_BLOCK.search(source) or _TEMPLATE_VALUE.search(text):
        return TEMPLATE
    if message.startswith(_PYTHON_2_MESSAGES) or _PYTHON_2_LINE.search(text[:2000]):
        return "Python 2"
    if _PRINT_STATEMENT.search(source) or _EXCEPT_COMMA.search(source):
        return "Python 2"
    if "too many" in message or "nested" in message:
        return "nested too deep to be parsed"
    return f"does not parse: line {line}" if line else "does not parse"


def places(word: bytes, source: bytes) -> Iterator[int]:
    """Where the word begins, in the order of the source."""
    at = source.find(word)
    while at >= 0:
        yield at
        at = source.find(word, at + 1)
