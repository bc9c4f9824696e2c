"""Whether source that does not parse is right under a newer Python than the one that reads it, and under which.

What the newer ones added (PEP 695, 701, 750 and 758) is rewritten in older words; what then parses was right all along.
That is all the rewriting is for: what the file says is not read from it.
"""

import re
from collections.abc import Callable

_DEFINED = re.compile(r"^[ \t]*(?:(?:async[ \t]+)?def|class|type)[ \t]+\w+[ \t]*(?=\[)", re.MULTILINE)
_ALIAS = re.compile(r"^([ \t]*)type[ \t]+(\w+[ \t]*=)", re.MULTILINE)
_EXCEPT = re.compile(r"^([ \t]*except\*?[ \t]+)([A-Z][\w.]*(?:[ \t]*,[ \t]*[A-Z][\w.]*)+)[ \t]*:", re.MULTILINE)
_PIECE = re.compile(r"#[^\n]*|(?<!\w)([A-Za-z]{0,2})(\"\"\"|'''|\"|')")
"""A comment, or how a string begins: its prefix and its quotes."""
_OPENING, _CLOSING = "([{", ")]}"


class _OddError(Exception):
    """A string or a bracket is not closed."""


def newer_python(source: bytes, parses: Callable[[bytes], object]) -> str:
    """ "3.12" or "3.14", whichever reads the UTF-8 source on which `parses` raises SyntaxError; "" for neither."""
    try:
        text, templates = _with_plain_strings(source.decode("utf-8"))
        text = _ALIAS.sub(r"\1\2", _without_parameters(text))
        text, bare = _EXCEPT.subn(r"\1(\2):", text)
        parses(text.encode("utf-8"))
    except (_OddError, SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return ""
    return "3.14" if templates or bare else "3.12"


def _without_parameters(text: str) -> str:
    """Without the type parameters behind the names of functions, classes and aliases."""
    kept: list[str] = []
    at = 0
    for found in _DEFINED.finditer(text):
        if found.start() < at:
            continue  # between the brackets of the one before
        kept.append(text[at : found.end()])
        at = _after_bracket(text, found.end())
    return "".join(kept) + text[at:]


def _after_bracket(text: str, at: int, *, field: bool = False) -> int:
    """Where what opens here is closed; strings and comments are passed over, and the format of a field is plain."""
    depth = 0
    while at < len(text):
        piece = _PIECE.match(text, at)
        if piece is not None:
            at = _after_string(text, piece) if piece[2] else piece.end()
            continue
        depth += (text[at] in _OPENING) - (text[at] in _CLOSING)
        at += 1
        if depth == 0:
            return at
        if field and depth == 1 and text[at - 1] == ":":
            return _after_format(text, at)
    raise _OddError


def _after_format(text: str, at: int) -> int:
    while at < len(text) and text[at] != "}":
        at = _after_bracket(text, at, field=True) if text[at] == "{" else at + 1
    if at == len(text):
        raise _OddError
    return at + 1


def _with_plain_strings(text: str) -> tuple[str, int]:
    """The text with an empty string of as many lines for each with fields, and how many were templates (t"")."""
    kept: list[str] = []
    at = begin = templates = 0
    while piece := _PIECE.search(text, at):
        at = _after_string(text, piece) if piece[2] else piece.end()
        if _has_fields(piece):
            kept += (text[begin : piece.start()], '"""', "\n" * text.count("\n", piece.start(), at), '"""')
            templates += "t" in piece[1].lower()
            begin = at
    return "".join(kept) + text[begin:], templates


def _has_fields(piece: re.Match[str]) -> bool:
    return bool(piece[1]) and not {"f", "t"}.isdisjoint(piece[1].lower())


def _after_string(text: str, piece: re.Match[str]) -> int:
    quotes, fields, at = piece[2], _has_fields(piece), piece.end()
    while at < len(text):
        if text.startswith(quotes, at):
            return at + len(quotes)
        if text[at] == "\\" or (fields and text.startswith(("{{", "}}"), at)):
            at += 2
        elif fields and text[at] == "{":
            at = _after_bracket(text, at, field=True)
        elif text[at] == "\n" and len(quotes) == 1:
            raise _OddError
        else:
            at += 1
    raise _OddError
