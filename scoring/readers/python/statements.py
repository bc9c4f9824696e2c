"""What the walk does at simple statements, imports and the marks it left on its stack: bindings, and what is bound."""

import ast
from typing import Any

from scoring.facts import Import
from scoring.readers.python.calls import stamped
from scoring.readers.python.expressions import Handler
from scoring.readers.python.names import resolve
from scoring.readers.python.state import MARK, Binding, Frame, State

OPTIONS = frozenset({"add_argument", "add_option"})
"""Methods that declare one option of a command line."""
_CHAINS = frozenset({ast.Name, ast.Attribute, ast.Subscript, ast.Await})


class _Marked(dict[type[ast.stmt], str]):
    """Class of statements -> the token that one begins with."""

    def __missing__(self, kind: type[ast.stmt]) -> str:
        self[kind] = found = MARK + kind.__name__
        return found


MARKED = _Marked()


def begin(state: State, node: ast.stmt) -> None:
    """A statement that duplicate-code reads begins here."""
    state.starts.append(len(state.tokens))
    state.statements.append(node)
    state.tokens.append(MARKED[node.__class__])


# ---------------------------------------------------------------- simple statements


def assign(state: State, node: ast.Assign) -> None:
    begin(state, node)
    targets, value, stack, frame = node.targets, node.value, state.stack, state.frame
    if len(targets) == 1:
        target: Any = targets[0]
        if target.__class__ is ast.Name:
            bind(state, target.id, value)
            if frame is state.module:
                state.bound.add(target.id)
        elif target.__class__ is ast.Attribute and value.__class__ is ast.Call and target.value.__class__ is ast.Name:
            stamped(state, target.attr, value)
            if target.value.id == "self":
                bind_attribute(state, target.attr, value)
        elif frame is state.module:
            _bound_names(state, target)
    elif frame is state.module:
        for target in targets:
            _bound_names(state, target)
    state.events.append((frame, node))
    stack.append(value)
    stack += targets


def bind(state: State, name: str, value: Any) -> None:
    """What a name stands for after an assignment: what a resolved call returned, or nothing any more."""
    frame = state.frame
    dotted = _bound_call(state, name, value) if value.__class__ is ast.Call else ""
    if value.__class__ in _CHAINS:
        dotted = resolve(value, frame)
    if dotted:
        state.stood.append((name, dotted))
    if dotted or frame.find(name) is not None:
        state.stack.append(Binding(frame, name, dotted))


def _bound_call(state: State, target: str, value: ast.Call) -> str:
    state.targets[value] = target
    callee = resolve(value.func, state.frame)
    state.resolved[value] = callee
    return f"{callee}()" if callee else ""


def bind_attribute(state: State, name: str, value: ast.Call) -> None:
    """self.name = call(): the class's other methods know it too."""
    dotted = _bound_call(state, f"self.{name}", value)
    if dotted:
        state.frame.attributes[name] = dotted


def _bound_names(state: State, target: Any) -> None:
    todo = [target]
    while todo:
        node = todo.pop()
        if node.__class__ is ast.Name:
            state.bound.add(node.id)
        elif node.__class__ is ast.Tuple or node.__class__ is ast.List:
            todo += node.elts
        elif node.__class__ is ast.Starred:
            todo.append(node.value)


def annotated_assign(state: State, node: ast.AnnAssign) -> None:
    begin(state, node)
    if state.frame.node.__class__ is ast.ClassDef:
        state.declarations.append(len(state.starts) - 1)
    target: Any = node.target
    if node.value is not None:
        if target.__class__ is ast.Name:
            bind(state, target.id, node.value)
            if state.frame is state.module:
                state.bound.add(target.id)
        state.events.append((state.frame, node))
        state.stack.append(node.value)
    state.stack += (node.annotation, target)


def augmented_assign(state: State, node: ast.AugAssign) -> None:
    begin(state, node)
    state.tokens.append(node.op.__class__.__name__)
    state.seldom.append((state.frame, node))
    state.stack += (node.value, node.target)


def expression(state: State, node: ast.Expr) -> None:
    """A statement by itself. Strings are docstrings or prose: no tokens, no lines of code."""
    value: Any = node.value
    if value.__class__ is ast.Constant:
        if isinstance(value.value, str):
            lines = (node.lineno, node.end_lineno or node.lineno)
            state.strings.append(lines)
            if lines[0] < lines[1] and getattr(state.frame.node, "body", (None,))[0] is not node:
                state.stray.append(lines)
        return
    begin(state, node)
    if value.__class__ is ast.Call:
        state.uses_of[value] = "dropped"
        if getattr(value.func, "attr", "") in OPTIONS:
            state.declarations.append(len(state.starts) - 1)
    state.stack.append(value)


def returns(state: State, node: ast.Return) -> None:
    begin(state, node)
    state.returned.append((state.frame, node))
    if node.value is not None:
        state.stack.append(node.value)


def parts(state: State, node: ast.stmt) -> None:
    """Any other simple statement: raise, assert, delete, and kinds that this module does not know."""
    begin(state, node)
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(value, ast.AST):
            state.stack.append(value)
        elif isinstance(value, list):
            state.stack += [item for item in reversed(value) if isinstance(item, ast.AST)]


def nothing(state: State, node: ast.AST) -> None:
    """pass, break, continue, global: no token, since they say nothing that a copy could share."""


# ---------------------------------------------------------------- what modules bring in


def imports(state: State, node: ast.Import) -> None:
    guarded, lazy = node.lineno <= state.guarded_until, state.frame.in_function
    names = state.frame.names
    for alias in node.names:
        root = alias.name.partition(".")[0]
        names[alias.asname or root] = alias.name if alias.asname else root
        state.imports.append(Import(alias.name, "", alias.asname or root, node.lineno, 0, guarded, lazy))
    if state.frame is state.module:
        state.definitions.append((node.lineno, node.end_lineno or node.lineno))


def imports_from(state: State, node: ast.ImportFrom) -> None:
    guarded, lazy = node.lineno <= state.guarded_until, state.frame.in_function
    module, level, names = node.module or "", node.level or 0, state.frame.names
    prefix = "." * level + module
    joint = "" if prefix.endswith(".") else "."
    for alias in node.names:
        bound = alias.asname or alias.name
        if bound != "*":
            names[bound] = f"{prefix}{joint}{alias.name}"
        state.imports.append(Import(module, alias.name, bound, node.lineno, level, guarded, lazy))
    if state.frame is state.module:
        state.definitions.append((node.lineno, node.end_lineno or node.lineno))


# ---------------------------------------------------------------- marks on the stack


def enter(state: State, frame: Frame) -> None:
    state.frame = frame


def depth(state: State, level: int) -> None:
    state.frame.depth = level


def binding(state: State, item: Binding) -> None:
    """The value has been walked: from here on the name stands for it."""
    item.frame.names[item.name] = item.dotted


HANDLERS: dict[type, Handler] = {
    ast.Assign: assign,
    ast.AnnAssign: annotated_assign,
    ast.AugAssign: augmented_assign,
    ast.Expr: expression,
    ast.Return: returns,
    ast.Raise: parts,
    ast.Assert: parts,
    ast.Delete: parts,
    ast.Pass: nothing,
    ast.Break: nothing,
    ast.Continue: nothing,
    ast.Global: nothing,
    ast.Nonlocal: nothing,
    ast.Import: imports,
    ast.ImportFrom: imports_from,
    Frame: enter,
    int: depth,
    Binding: binding,
}
