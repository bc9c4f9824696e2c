"""What the walk does at each kind of expression that its loop does not handle itself."""

import ast
from collections.abc import Callable
from typing import Any

from scoring.readers.python.calls import environment, stamped
from scoring.readers.python.names import resolve
from scoring.readers.python.state import State

Handler = Callable[[State, Any], None]

_ORDERS = frozenset({ast.Lt, ast.LtE, ast.Gt, ast.GtE})
_NUMBERS = frozenset({int, float})
_NANS = frozenset({"nan", "NaN", "NAN"})


def only_constants(nodes: list[Any]) -> bool:
    """Whether every element is a constant, so that the display is data and not code."""
    constant = ast.Constant
    for node in nodes:  # noqa: SIM110 -- a generator for each display would double its cost
        if node.__class__ is not constant:
            return False
    return True


def display(state: State, node: ast.List | ast.Tuple | ast.Set) -> None:
    """A list of constants is one token, however long: tables of data are no copies of code."""
    elements = node.elts
    state.tokens.append("[")
    if not only_constants(elements):
        state.stack += elements


def dictionary(state: State, node: ast.Dict) -> None:
    state.tokens.append("{")
    state.dictionaries.append(node)
    state.keys += len(node.keys)
    if not only_constants(node.values):
        state.stack += node.values
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            continue
        if key.__class__ is not ast.Constant:
            state.stack.append(key)
        elif value.__class__ is ast.Call and isinstance(key.value, str):
            stamped(state, key.value, value)


def compare(state: State, node: ast.Compare) -> None:
    state.tokens.append(node.ops[0].__class__.__name__)
    state.compares.append((state.statements[-1] if state.statements else None, node))
    stack = state.stack
    stack += node.comparators
    stack.append(node.left)
    told = _is_threshold if node.ops[0].__class__ in _ORDERS else _may_be_nan
    event = False
    for side in (node.left, *node.comparators):
        event = event or told(side)
        if side.__class__ is ast.Call:
            state.uses_of.setdefault(side, "orderless")
    if event:
        state.events.append((state.frame, node))


def _is_threshold(side: Any) -> bool:
    """A number that a score may be held against: 0 and 1 are limits, or "is there any"."""
    if side.__class__ is ast.UnaryOp:
        side = side.operand
    return side.__class__ is ast.Constant and side.value.__class__ in _NUMBERS and side.value not in (0, 1)


def _may_be_nan(side: Any) -> bool:
    kind = side.__class__
    if kind is ast.Attribute:
        return side.attr in _NANS
    if kind is ast.Name:
        return side.id in _NANS
    return kind is ast.Call and side.func.__class__ is ast.Name and side.func.id == "float"


def boolean(state: State, node: ast.BoolOp) -> None:
    state.tokens.append(node.op.__class__.__name__)
    state.stack += node.values
    state.frame.complexity += len(node.values) - 1


def unary(state: State, node: ast.UnaryOp) -> None:
    operand = node.operand
    state.tokens.append(node.op.__class__.__name__)
    state.stack.append(operand)
    if operand.__class__ is ast.Call and node.op.__class__ is ast.Not:
        state.uses_of.setdefault(operand, "orderless")


def conditional(state: State, node: ast.IfExp) -> None:
    state.tokens.append("IfExp")
    state.branches.append((state.frame, node))
    state.frame.complexity += 1
    state.stack += (node.orelse, node.test, node.body)


def subscript(state: State, node: ast.Subscript) -> None:
    state.tokens.append("[]")
    state.subscripts.append((state.frame, node))
    value: Any = node.value
    state.stack += (node.slice, value)
    kind = value.__class__
    name = value.id if kind is ast.Name else value.attr if kind is ast.Attribute else ""
    if name == "environ" and node.ctx.__class__ is ast.Load and resolve(value, state.frame) == "os.environ":
        environment(state, node.slice, node.lineno)


def piece(state: State, node: ast.Slice) -> None:
    state.tokens.append(":")
    for part in (node.lower, node.upper, node.step):
        if part is not None:
            state.stack.append(part)


def comprehended(state: State, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> None:
    state.tokens.append(node.__class__.__name__)
    state.stack += node.generators
    state.stack.append(node.elt)


def comprehended_dictionary(state: State, node: ast.DictComp) -> None:
    state.tokens.append("DictComp")
    state.stack += node.generators
    state.stack += (node.value, node.key)


def comprehension(state: State, node: ast.comprehension) -> None:
    state.seldom.append((state.frame, node))
    state.frame.complexity += len(node.ifs)
    state.stack += node.ifs
    state.stack += (node.iter, node.target)
    if node.iter.__class__ is ast.Call:
        state.uses_of.setdefault(node.iter, "looped")


def function_expression(state: State, node: ast.Lambda) -> None:
    state.tokens.append("Lambda")
    state.seldom.append((state.frame, node))
    arguments = node.args
    state.stack += arguments.defaults
    state.stack += [default for default in arguments.kw_defaults if default is not None]
    state.stack.append(node.body)


def formatted(state: State, node: ast.FormattedValue) -> None:
    state.stack.append(node.value)
    if node.format_spec is not None:
        state.stack.append(node.format_spec)


def joined(state: State, node: ast.JoinedStr) -> None:
    state.tokens.append("C")
    state.stack += [part for part in node.values if part.__class__ is not ast.Constant]


def inner(state: State, node: ast.Starred | ast.Await | ast.Yield | ast.YieldFrom) -> None:
    state.tokens.append(node.__class__.__name__)
    if node.value is not None:
        state.stack.append(node.value)


def assignment_expression(state: State, node: ast.NamedExpr) -> None:
    state.tokens.append("NamedExpr")
    state.seldom.append((state.frame, node))
    state.stack += (node.value, node.target)


def anything(state: State, node: ast.AST) -> None:
    """A kind that this module does not know (of a newer Python, or rare): all its children."""
    state.tokens.append(node.__class__.__name__)
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(value, ast.AST):
            state.stack.append(value)
        elif isinstance(value, list):
            state.stack += [item for item in value if isinstance(item, ast.AST)]


HANDLERS: dict[type, Handler] = {
    ast.List: display,
    ast.Tuple: display,
    ast.Set: display,
    ast.Dict: dictionary,
    ast.Compare: compare,
    ast.BoolOp: boolean,
    ast.UnaryOp: unary,
    ast.IfExp: conditional,
    ast.Subscript: subscript,
    ast.Slice: piece,
    ast.ListComp: comprehended,
    ast.SetComp: comprehended,
    ast.GeneratorExp: comprehended,
    ast.DictComp: comprehended_dictionary,
    ast.comprehension: comprehension,
    ast.Lambda: function_expression,
    ast.FormattedValue: formatted,
    ast.JoinedStr: joined,
    ast.Starred: inner,
    ast.Await: inner,
    ast.Yield: inner,
    ast.YieldFrom: inner,
    ast.NamedExpr: assignment_expression,
}
