"""What the walk over a module of tests does at the kinds of nodes that fill it: what bears on its calls, and no more.

Beside the other handlers these keep no tokens, statements or events, which nobody asks of tests.
"""

import ast
from typing import Any

from scoring.readers.python.expressions import Handler, only_constants
from scoring.readers.python.state import State
from scoring.readers.python.statements import bind, bind_attribute


def assign(state: State, node: ast.Assign) -> None:
    targets, value = node.targets, node.value
    target: Any = targets[0]
    kind = target.__class__
    if len(targets) > 1:
        state.stack += [value, *targets]
    elif kind is ast.Name:
        bind(state, target.id, value)
        state.stack.append(value)
    else:
        if kind is ast.Attribute and value.__class__ is ast.Call and getattr(target.value, "id", "") == "self":
            bind_attribute(state, target.attr, value)
        state.stack += (value, target)


def expression(state: State, node: ast.Expr) -> None:
    value = node.value
    kind = value.__class__
    if kind is ast.Call:
        state.uses_of[value] = "dropped"
    if kind is not ast.Constant:
        state.stack.append(value)


def check(state: State, node: ast.Assert) -> None:
    state.stack.append(node.test)
    if node.msg is not None:
        state.stack.append(node.msg)


def display(state: State, node: ast.List | ast.Tuple | ast.Set) -> None:
    elements = node.elts
    if not only_constants(elements):
        state.stack += elements


def dictionary(state: State, node: ast.Dict) -> None:
    values, stack = node.values, state.stack
    if not only_constants(values):
        stack += values
    for key in node.keys:
        if key is not None and key.__class__ is not ast.Constant:
            stack.append(key)


def compare(state: State, node: ast.Compare) -> None:
    left, others = node.left, node.comparators
    state.stack += others
    state.stack.append(left)
    for side in (left, *others):
        if side.__class__ is ast.Call:
            state.uses_of.setdefault(side, "orderless")


def subscript(state: State, node: ast.Subscript) -> None:
    state.stack += (node.slice, node.value)


HANDLERS: dict[type, Handler] = {
    ast.Assign: assign,
    ast.Expr: expression,
    ast.Assert: check,
    ast.List: display,
    ast.Tuple: display,
    ast.Set: display,
    ast.Dict: dictionary,
    ast.Compare: compare,
    ast.Subscript: subscript,
}
