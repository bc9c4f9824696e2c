"""What a comment or docstring says was taken from another project: it keeps the form that it has there."""

import ast
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from scoring.readers.licences import holders_in
from scoring.readers.python.lines import CODE, Lines
from scoring.readers.python.state import State

MAX_FOUND = 100
BEFORE = 160
"""Bytes before an address, in which the word stands that says what it is."""
_HOSTS = (b"github.com/", b"gitlab.com/", b"bitbucket.org/")
_ADDRESS = re.compile(
    rb"https?://(?:www\.|gist\.)?(?:github\.com|gitlab\.com|bitbucket\.org)/[\w.-]+/[\w.-]+"
    rb"(?!/?(?:issues|pull(?!/\d+/files)|discussions|wiki|releases|actions|commits?)\b)(?![\w.-])"
)
_OF_A_FILE = re.compile(
    rb"[\s#*\"']*https?://(?:www\.)?github\.com/[\w.-]{1,100}/[\w.-]{1,100}/(?:blob|raw|tree|pull/\d+/files)\b\S*\s*"
)
"""A line that holds the address of a file and nothing else."""
_SAYS = re.compile(
    rb"\b(?:copied|copy|taken|borrowed|adapted|modified|ported|derived|extracted|lifted|stolen)\b[^.]{0,80}$"
    rb"|\b(?:source|origin|original(?:ly)?(?: \w{2,20})?|from|credits?(?: to)?|courtesy of)\W{0,12}$",
    re.IGNORECASE,
)


def taken(state: State, lines: Lines, source: bytes) -> tuple[tuple[int, int], ...]:
    """First and last line of each function and class that begins with such a remark; of the module where its head has
    one."""
    if not any(host in source for host in _HOSTS):
        return ()
    head = _head_end(state.statements, lines)
    said = list(_remarks(source, lines, head))
    if not said:
        return ()
    definitions: list[Any] = [seen.node for seen in state.functions]
    definitions += [node for node in state.statements if node.__class__ is ast.ClassDef]
    if said[0] < head:
        return ((1, len(lines)),)
    found = {(node.lineno, node.end_lineno) for node in definitions if _has_one(node, said, lines)}
    return tuple(sorted(found)[:MAX_FOUND])


HEAD = 2_000
"""Bytes in which a module says whose it is."""


def holders(source: bytes) -> tuple[str, ...]:
    """Words of the names of those who hold the copyright, as the head of the module has them, sorted."""
    head = source[:HEAD]
    return holders_in(head.decode("utf-8", "replace").splitlines()) if b"opyright" in head else ()


def _remarks(source: bytes, lines: Lines, head: int) -> Iterator[int]:
    """Lines of comments and docstrings with such an address; in the head one that stands alone is enough."""
    line = until = 0
    for found in _ADDRESS.finditer(source):
        start = found.start()
        line += source.count(b"\n", until, start)
        until = start
        if lines.kinds[line] == CODE:
            continue
        before = source[max(0, start - BEFORE) : start].rpartition(b"\n\n")[2]
        if _SAYS.search(before) or (line + 1 < head and _OF_A_FILE.fullmatch(lines.texts[line])):
            yield line + 1


def _head_end(statements: list[ast.stmt], lines: Lines) -> int:
    """Where the first statement begins that is neither docstring nor import, with the comment right above it."""
    first = next((item for item in statements if item.__class__ not in _OF_A_HEAD), None)
    return _begin(first, lines) if first else 0


_OF_A_HEAD = frozenset({ast.Expr, ast.Import, ast.ImportFrom})


def _begin(node: Any, lines: Lines) -> int:
    decorators = getattr(node, "decorator_list", [])
    first: int = decorators[0].lineno if decorators else node.lineno
    while first > 1 and lines.texts[first - 2].lstrip().startswith(b"#"):
        first -= 1
    return first


def _has_one(node: Any, said: list[int], lines: Lines) -> bool:
    """Whether such a remark stands in the comment right above, or before the first statement of the body."""
    body = node.body
    is_docstring = body[0].__class__ is ast.Expr and isinstance(getattr(body[0].value, "value", None), str)
    last = body[1].lineno if is_docstring and len(body) > 1 else body[0].end_lineno if is_docstring else body[0].lineno
    at = bisect_left(said, _begin(node, lines))
    return at < len(said) and said[at] <= last
