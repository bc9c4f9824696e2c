"""What binds a name in one scope, whatever the kind of statement."""

import ast
from collections.abc import Iterator
from typing import Any

from scoring.readers.python.nodes import inside, own

Binding = tuple[int, int, str]
"""Line and column of what binds, and the name."""

_DEFINITIONS = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef})
_SHARED = (ast.Global, ast.Nonlocal)


def bindings(scope: ast.AST) -> Iterator[Binding]:
    """Each time that a scope binds, rebinds or deletes a name, in no order to rely on. A `global` or `nonlocal` of a
    function inside counts: nobody knows when it is called."""
    for part in own(scope):
        yield from ((part.lineno, part.col_offset, name) for name in _bound_by(part, scope))
    for node in inside(scope):
        if isinstance(node, _SHARED):
            yield from ((node.lineno, node.col_offset, name) for name in node.names)


def _bound_by(node: Any, scope: ast.AST) -> list[str]:
    kind = node.__class__
    if kind is ast.Name:
        return [] if node.ctx.__class__ is ast.Load else [node.id]
    if kind is ast.arg:
        return [node.arg]
    if kind in _DEFINITIONS:
        return [] if node is scope else [node.name]
    if kind is ast.Import or kind is ast.ImportFrom:
        return [(item.asname or item.name).partition(".")[0] for item in node.names]
    if kind is ast.ExceptHandler or kind is ast.MatchAs or kind is ast.MatchStar:
        return [node.name] if node.name else []
    if kind is ast.MatchMapping:
        return [node.rest] if node.rest else []
    return []
