"""What the walk does at statements that hold others: how deep, under which guard, and their parts in order."""

import ast
from collections.abc import Sequence
from typing import Any

from scoring.readers.python.expressions import Handler
from scoring.readers.python.names import written
from scoring.readers.python.state import Binding, State
from scoring.readers.python.statements import begin, bind

_MISSING_IMPORT = frozenset(
    {"ImportError", "ModuleNotFoundError", "Exception", "BaseException", "OSError", "AttributeError", "RuntimeError"}
)


def _block(state: State, *bodies: Sequence[ast.AST]) -> None:
    """Walk the bodies one level deeper, then come back to this depth. Later things go on the stack first."""
    frame, stack = state.frame, state.stack
    depth = frame.depth
    stack.append(depth)
    for body in reversed(bodies):
        stack += body[::-1]
    frame.depth = depth + 1
    if frame.deepest <= depth:
        frame.deepest = depth + 1


def if_(state: State, node: ast.If) -> None:
    begin(state, node)
    state.branches.append((state.frame, node))
    frame, orelse = state.frame, node.orelse
    test: Any = node.test
    frame.complexity += 1
    if test.__class__ is ast.Call:
        state.uses_of.setdefault(test, "orderless")
    elif getattr(test, "id", getattr(test, "attr", "")) == "TYPE_CHECKING":
        state.guarded_until = max(state.guarded_until, node.body[-1].end_lineno or 0)
    elif test.__class__ is ast.Compare and frame is state.module and _is_main(test):
        state.main_line, state.main_end = node.lineno, node.body[-1].end_lineno or node.lineno
    if len(orelse) == 1 and orelse[0].__class__ is ast.If and orelse[0].col_offset == node.col_offset:
        state.stack.append(orelse[0])  # elif: no deeper than its if
        _block(state, node.body)
    else:
        _block(state, node.body, orelse)
    state.stack.append(test)


def _is_main(test: Any) -> bool:
    sides = (test.left, test.comparators[0])
    names = {side.id for side in sides if side.__class__ is ast.Name}
    values = {side.value for side in sides if side.__class__ is ast.Constant}
    return "__name__" in names and "__main__" in values


def loop(state: State, node: ast.For | ast.AsyncFor) -> None:
    begin(state, node)
    state.loops.append((state.frame, node))
    state.frame.complexity += 1
    if node.iter.__class__ is ast.Call:
        state.uses_of.setdefault(node.iter, "looped")
    _unbind(state, node.target)
    _block(state, node.body, node.orelse)
    state.stack += (node.iter, node.target)


def _unbind(state: State, target: Any) -> None:
    if target.__class__ is ast.Name and state.frame.find(target.id) is not None:
        state.stack.append(Binding(state.frame, target.id, ""))


def while_(state: State, node: ast.While) -> None:
    begin(state, node)
    state.loops.append((state.frame, node))
    state.frame.complexity += 1
    _block(state, node.body, node.orelse)
    state.stack.append(node.test)


def with_(state: State, node: ast.With | ast.AsyncWith) -> None:
    begin(state, node)
    _block(state, node.body)
    for item in reversed(node.items):
        target: Any = item.optional_vars
        if target.__class__ is ast.Name:
            bind(state, target.id, item.context_expr)
        if target is not None:
            state.stack.append(target)
        state.stack.append(item.context_expr)


def try_(state: State, node: Any) -> None:
    begin(state, node)
    handlers = node.handlers
    state.tries.append((state.frame, node))
    state.frame.complexity += len(handlers)
    if any(_catches_missing_import(handler.type) for handler in handlers):
        last = handlers[-1].body[-1].end_lineno or 0
        state.guarded_until = max(state.guarded_until, last)
    _block(state, node.body, handlers, node.orelse, node.finalbody)


def _catches_missing_import(caught: Any) -> bool:
    if caught is None:
        return True
    names = caught.elts if caught.__class__ is ast.Tuple else [caught]
    return any(written(name).rpartition(".")[2] in _MISSING_IMPORT for name in names)


def handler(state: State, node: ast.ExceptHandler) -> None:
    state.tokens.append("except")
    state.stack += node.body[::-1]
    if node.type is not None:
        state.stack.append(node.type)


def match(state: State, node: ast.Match) -> None:
    begin(state, node)
    _block(state, node.cases)
    state.stack.append(node.subject)


def match_case(state: State, node: ast.match_case) -> None:
    state.tokens.append("case")
    state.frame.complexity += 1
    state.stack += node.body[::-1]
    if node.guard is not None:
        state.stack.append(node.guard)
    state.stack.append(node.pattern)


HANDLERS: dict[type, Handler] = {
    ast.If: if_,
    ast.For: loop,
    ast.AsyncFor: loop,
    ast.While: while_,
    ast.With: with_,
    ast.AsyncWith: with_,
    ast.Try: try_,
    ast.TryStar: try_,
    ast.ExceptHandler: handler,
    ast.Match: match,
    ast.match_case: match_case,
}
