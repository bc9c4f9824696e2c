"""A pass over a module in the order in which it runs: rows are followed from where they are read to where they end.

Not exact and bounded: both branches of an `if` are taken and put together, a loop's body is taken once, the module's
own functions are gone into where they are called, and those that nobody calls are taken with unknown arguments.
`flow_calls` says what calls do, `flow_reads` what other expressions are, `leaks` what follows from it.
"""

import ast
from typing import Any

from scoring.readers.python.flow_calls import Calls
from scoring.readers.python.flow_reads import Frame
from scoring.readers.python.flow_values import EMPTY, Value, either

MAX_INSIDE = 3
"""Functions gone into within one another."""
MAX_TIMES = 6
"""Times that one function is gone into."""

_BLOCKS = (ast.With, ast.AsyncWith, ast.Try)


class Flow(Calls):
    """The state of one pass."""

    def run(self, tree: ast.Module) -> "Flow":
        """Take the module, then the functions that nothing in it called."""
        self._define(tree.body, "")
        self._body(tree.body)
        for name in sorted(self.functions, key=lambda key: self.functions[key].lineno):
            if not self.times.get(name) and not self.spent():
                self._enter(name, self.functions[name], {}, [])
        return self

    def _define(self, body: list[ast.stmt], owner: str) -> None:
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                self.functions[f"{owner}{node.name}"] = node
            elif isinstance(node, ast.ClassDef) and not owner:
                self._define(node.body, f"{node.name}.")
            elif isinstance(node, ast.If | ast.Try):
                self._define([*node.body, *node.orelse], owner)

    # ------------------------------------------------------------ statements

    def _body(self, body: list[ast.stmt]) -> None:
        for node in body:
            if self.spent():
                return
            self._statement(node)

    def _statement(self, node: Any) -> None:
        kind = node.__class__
        if kind is ast.Assign:
            value = self.value(node.value)
            for target in node.targets:
                self._assign(target, value, node)
        elif kind is ast.AnnAssign:
            if node.value is not None:
                self._assign(node.target, self.value(node.value), node)
        elif kind is ast.AugAssign:
            pair = ast.BinOp(node.target, node.op, node.value)
            self._assign(node.target, self.value(ast.copy_location(pair, node)), node)
        elif kind is ast.Expr:
            self.value(node.value)
        elif kind is ast.Return:
            if node.value is not None:
                self.frames[-1].returned.append(self.value(node.value))
        elif kind is ast.If:
            self._branches(node)
        elif kind in (ast.For, ast.AsyncFor):
            self._loop(node)
        elif kind is ast.While:
            self._body(node.body)
        elif kind in _BLOCKS:
            self._block(node)

    def _block(self, node: Any) -> None:
        for item in getattr(node, "items", ()):
            value = self.value(item.context_expr)
            if item.optional_vars is not None:
                self._assign(item.optional_vars, value, node)
        self._body(node.body)
        for handler in getattr(node, "handlers", ()):
            self._body(handler.body)
        self._body(getattr(node, "orelse", []))
        self._body(getattr(node, "finalbody", []))

    def _branches(self, node: ast.If) -> None:
        self.value(node.test)
        if node.test.__class__ is ast.Constant:
            self._body(node.body if node.test.value else node.orelse)
            return
        frame = self.frames[-1]
        before = dict(frame.names)
        self._body(node.body)
        first, frame.names = frame.names, before
        self._body(node.orelse)
        for name, value in first.items():
            other = frame.names.get(name)
            frame.names[name] = value if other is None else either(value, other)

    def _loop(self, node: Any) -> None:
        over = self.value(node.iter)
        bound = [item.id for item in ast.walk(node.target) if isinstance(item, ast.Name)]
        self._assign(node.target, self.element(over, node.target), node)
        self.loops.append((node.lineno, frozenset(bound)))
        self._body(node.body)
        self.loops.pop()
        self._body(node.orelse)

    # ------------------------------------------------------------ targets

    def _assign(self, target: Any, value: Value, node: Any) -> None:
        kind = target.__class__
        if kind is ast.Name:
            self.frames[-1].names[target.id] = value
        elif kind in (ast.Tuple, ast.List):
            parts = value.items if len(value.items) == len(target.elts) else ()
            whole = value._replace(items=(), thing=None)
            for number, item in enumerate(target.elts):
                inner = item.value if isinstance(item, ast.Starred) else item
                self._assign(inner, parts[number] if parts else whole, node)
        elif kind is ast.Attribute:
            if isinstance(target.value, ast.Name) and target.value.id in ("self", "cls"):
                self.attributes[f"{self.frames[-1].owner}{target.attr}"] = value
            else:
                self.set_column(target.value, target.attr, value)
        elif kind is ast.Subscript:
            if value.kind == "statistic":
                whole = self.value(target.value)
                value = whole.marked(self.mark("statistic", "a fill of missing values", node, value))
                value = value._replace(kind="")
            self.set_column(target.value, self.column_of(target.slice), value)

    def set_column(self, node: Any, column: str, value: Value) -> None:
        """Bind a column of the frame that an expression names."""
        while node.__class__ is ast.Subscript or (
            node.__class__ is ast.Attribute and not self._own(node) and isinstance(node.value, ast.Name | ast.Attribute)
        ):
            if node.__class__ is ast.Subscript and not column:
                column = self.column_of(node.slice)
            node = node.value
        if node.__class__ is ast.Name or self._own(node):
            old = self.value(node)
            new = old.with_column(column, value)._replace(thing=old.thing)
            self._assign(node, new, node)

    def _own(self, node: Any) -> bool:
        return node.__class__ is ast.Attribute and isinstance(node.value, ast.Name) and node.value.id == "self"

    # ------------------------------------------------------------ functions of the module

    def call_own(self, name: str, node: ast.Call, values: list[Value], named: dict[str, Value]) -> Value | None:
        """Go into a function of this module; None where it was gone into enough."""
        function = self.functions[name]
        if len(self.frames) > MAX_INSIDE or self.times.get(name, 0) >= MAX_TIMES:
            return None
        if any(frame.function is function for frame in self.frames):
            return None
        return self._enter(name, function, named, values)

    def _enter(self, name: str, function: Any, named: dict[str, Value], values: list[Value]) -> Value:
        self.times[name] = self.times.get(name, 0) + 1
        owner = name.rpartition(".")[0]
        arguments = [item.arg for item in (*function.args.posonlyargs, *function.args.args)]
        if owner and arguments:
            arguments = arguments[1:]
        names = {item: Value(frozenset({f"{name}({item})"})) for item in arguments}
        names |= {item.arg: EMPTY for item in function.args.kwonlyargs}
        names |= dict(zip(arguments, values, strict=False))
        names |= {key: value for key, value in named.items() if key in names}
        self.frames.append(Frame(function, f"{owner}." if owner else "", name, names))
        self._body(function.body)
        returned = self.frames.pop().returned
        if len(self.frames) == 1 and not values:
            self.given_back += returned
        return _merged(returned)


def _merged(returned: list[Value]) -> Value:
    if not returned:
        return EMPTY
    value = returned[0]
    for other in returned[1:]:
        value = either(value, other)
    return value
