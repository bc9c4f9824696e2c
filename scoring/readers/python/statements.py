"""What the walk does at each kind of statement: scopes, bindings, metrics, and its children in order."""

import ast
from collections.abc import Sequence
from typing import Any

from scoring.facts import Class, Import
from scoring.readers.python.expressions import Handler
from scoring.readers.python.names import BUILTINS, known_or_written, resolve, written
from scoring.readers.python.state import Binding, Frame, FunctionSeen, State

Block = ast.If | ast.For | ast.AsyncFor | ast.While | ast.With | ast.AsyncWith | ast.Try

_MISSING_IMPORT = frozenset(
    {"ImportError", "ModuleNotFoundError", "Exception", "BaseException", "OSError", "AttributeError", "RuntimeError"}
)


_OPTIONS = frozenset({"add_argument", "add_option"})
_CHAINS = frozenset({ast.Name, ast.Attribute, ast.Subscript, ast.Await})


def begin(state: State, node: ast.stmt) -> None:
    """A statement that duplicate-code reads begins here."""
    state.starts.append(len(state.tokens))
    state.statements.append(node)
    state.tokens.append(node.__class__.__name__)


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
    state.stack += (node.value, node.target)


def expression(state: State, node: ast.Expr) -> None:
    """A statement by itself. Strings are docstrings or prose: no tokens, no lines of code."""
    value: Any = node.value
    if value.__class__ is ast.Constant:
        if isinstance(value.value, str):
            state.strings.append((node.lineno, node.end_lineno or node.lineno))
        return
    begin(state, node)
    if value.__class__ is ast.Call:
        state.uses_of[value] = "dropped"
        if getattr(value.func, "attr", "") in _OPTIONS:
            state.declarations.append(len(state.starts) - 1)
    state.stack.append(value)


def returns(state: State, node: ast.Return) -> None:
    begin(state, node)
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
    guarded = node.lineno <= state.guarded_until
    names = state.frame.names
    for alias in node.names:
        root = alias.name.partition(".")[0]
        names[alias.asname or root] = alias.name if alias.asname else root
        state.imports.append(Import(alias.name, "", alias.asname or root, node.lineno, 0, guarded))
    if state.frame is state.module:
        state.definitions.append((node.lineno, node.end_lineno or node.lineno))


def imports_from(state: State, node: ast.ImportFrom) -> None:
    guarded = node.lineno <= state.guarded_until
    module, level, names = node.module or "", node.level or 0, state.frame.names
    prefix = "." * level + module
    joint = "" if prefix.endswith(".") else "."
    for alias in node.names:
        bound = alias.asname or alias.name
        if bound != "*":
            names[bound] = f"{prefix}{joint}{alias.name}"
        state.imports.append(Import(module, alias.name, bound, node.lineno, level, guarded))
    if state.frame is state.module:
        state.definitions.append((node.lineno, node.end_lineno or node.lineno))


# ---------------------------------------------------------------- blocks


def _block(state: State, *bodies: Sequence[ast.AST]) -> None:
    """Walk the bodies one level deeper, then come back to this depth. Later things go on the stack first."""
    frame, stack = state.frame, state.stack
    stack.append(frame.depth)
    for body in reversed(bodies):
        stack += body[::-1]
    frame.depth += 1
    frame.deepest = max(frame.deepest, frame.depth)


def if_(state: State, node: ast.If) -> None:
    begin(state, node)
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


# ---------------------------------------------------------------- scopes


def function(state: State, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    begin(state, node)
    outer = state.frame
    _define(state, node)
    owner = outer.scope if outer.node.__class__ is ast.ClassDef else ""
    inner = Frame(node, f"{outer.scope}.{node.name}" if outer.scope else node.name, outer)
    inner.public = outer.public and (outer.node.__class__ in {ast.ClassDef, ast.Module}) and node.name[0] != "_"
    state.functions.append(FunctionSeen(node, inner, owner))
    stack, arguments = state.stack, node.args
    stack.append(outer)
    stack += node.body[::-1]
    stack.append(inner)
    names, tokens = inner.names, state.tokens
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
        if argument is not None:
            tokens.append("a")
            names[argument.arg] = ""
            if argument.annotation is not None:
                stack.append(argument.annotation)
    names.pop("self", None)  # self is looked up by its attributes
    stack += arguments.defaults
    stack += [default for default in arguments.kw_defaults if default is not None]
    if node.returns is not None:
        stack.append(node.returns)
    stack += node.decorator_list
    outer.deepest = max(outer.deepest, outer.depth + 1)


def _define(state: State, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
    """The name is the module's own from here on; at the top its lines are no top-level code."""
    if node.name in BUILTINS or state.frame.find(node.name) is not None:
        state.frame.names[node.name] = ""
    if state.frame is state.module:
        state.bound.add(node.name)
        first = node.decorator_list[0].lineno if node.decorator_list else node.lineno
        state.definitions.append((first, node.end_lineno or node.lineno))


def class_(state: State, node: ast.ClassDef) -> None:
    begin(state, node)
    outer = state.frame
    _define(state, node)
    scope = f"{outer.scope}.{node.name}" if outer.scope else node.name
    inner = Frame(node, scope, outer)
    inner.public = outer.public and node.name[0] != "_" and outer.node.__class__ in {ast.ClassDef, ast.Module}
    state.classes.append(
        Class(
            scope,
            node.lineno,
            node.end_lineno or node.lineno,
            tuple([name for base in node.bases if (name := known_or_written(base, outer))]),
            sum(item.__class__ in {ast.FunctionDef, ast.AsyncFunctionDef} for item in node.body),
            ast.get_docstring(node, clean=False) is not None,
            inner.public,
            tuple([name for item in node.decorator_list if (name := known_or_written(item, outer))]),
        )
    )
    stack = state.stack
    stack.append(outer)
    stack += node.body[::-1]
    stack.append(inner)
    stack += node.keywords
    stack += node.bases
    stack += node.decorator_list


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
    ast.FunctionDef: function,
    ast.AsyncFunctionDef: function,
    ast.ClassDef: class_,
    Frame: enter,
    int: depth,
    Binding: binding,
}
