"""What the data-flow pass makes of expressions that are no calls: names, parts, columns, arithmetic."""

import ast
from typing import Any

from scoring.knowledge.flows import FLOWS
from scoring.readers.python.flow_values import EMPTY, NOWHERE, Mark, Part, Value, join

MAX_STEPS = 40_000
"""Expressions taken in one file."""
FEW_ROWS = 30
"""A slice up to a smaller number is a look at the data, no split of it."""


_MASK = Value(kind="mask")


class Frame:
    """A function being gone into; the module is the first."""

    __slots__ = ("function", "names", "owner", "returned", "scope")

    def __init__(self, function: Any, owner: str, scope: str, names: dict[str, Value]) -> None:
        self.function = function
        self.owner = owner
        """"Class." within a method."""
        self.scope = scope
        self.names = names
        self.returned: list[Value] = []


class Reads:
    """Values of expressions; calls are left to `flow_calls`."""

    def __init__(self, imports: dict[str, str]) -> None:
        self.imports = imports
        self.frames = [Frame(None, "", "", {})]
        self.attributes: dict[str, Value] = {}
        """"Class.attribute" -> what was set to it."""
        self.functions: dict[str, Any] = {}
        self.times: dict[str, int] = {}
        self.loops: list[tuple[int, frozenset[str]]] = []
        self.marks: dict[Mark, None] = {}
        self.steps = 0

    def spent(self) -> bool:
        """Whether the file took all the steps that one may take."""
        return self.steps > MAX_STEPS

    def value(self, node: Any) -> Value:
        """What is known of an expression's result."""
        self.steps += 1
        if self.spent():
            return EMPTY
        read = _READS.get(node.__class__)
        if read is not None:
            result: Value = read(self, node)
            return result
        if node.__class__ is ast.Call:
            return self.call(node)
        return EMPTY

    def call(self, node: ast.Call) -> Value:
        """What a call gives back."""
        raise NotImplementedError

    def find(self, name: str) -> Value | None:
        """What a name stands for here."""
        value = self.frames[-1].names.get(name)
        return self.frames[0].names.get(name) if value is None else value

    def mark(self, kind: str, label: str, node: Any, source: Value) -> Mark:
        """Remember that something was learnt of `source` here."""
        mark = Mark(
            kind, label, node.lineno, node.end_lineno or node.lineno, self.frames[-1].scope, source.roots, source.parts
        )
        self.marks[mark] = None
        return mark

    def dotted(self, node: Any) -> str:
        """The resolved dotted name of a chain of attributes on an import, "" for anything else."""
        parts: list[str] = []
        while node.__class__ is ast.Attribute:
            parts.append(node.attr)
            node = node.value
        if node.__class__ is not ast.Name or node.id not in self.imports or self.find(node.id) is not None:
            return ""
        return ".".join([self.imports[node.id], *reversed(parts)])

    # ------------------------------------------------------------ plain expressions

    def _name(self, node: ast.Name) -> Value:
        return self.find(node.id) or EMPTY

    def _attribute(self, node: ast.Attribute) -> Value:
        if node.value.__class__ is ast.Name and node.value.id in ("self", "cls"):
            return self.attributes.get(f"{self.frames[-1].owner}{node.attr}", EMPTY)
        if self.dotted(node):
            return EMPTY
        value = self.value(node.value)
        if node.attr in FLOWS.bare_attributes or value.thing is not None:
            return EMPTY
        if node.attr in FLOWS.same_attributes:
            return value
        return value.columns(frozenset({node.attr}))

    def _several(self, node: ast.Tuple | ast.List | ast.Set) -> Value:
        items = tuple(self.value(item) for item in node.elts)
        return join(items)._replace(items=items)

    def _dict(self, node: ast.Dict) -> Value:
        return join([self.value(item) for item in node.values])

    def _starred(self, node: Any) -> Value:
        return self.value(node.value)

    def _yield(self, node: Any) -> Value:
        if node.value is not None:
            self.frames[-1].returned.append(self.value(node.value))
        return EMPTY

    def _choice(self, node: ast.IfExp) -> Value:
        return join([self.value(node.body), self.value(node.orelse)])

    def _compared(self, node: Any) -> Value:
        for child in ast.iter_child_nodes(node):
            self.value(child)
        return _MASK

    def _unary(self, node: ast.UnaryOp) -> Value:
        value = self.value(node.operand)
        if node.op.__class__ is ast.Invert or (value.kind == "mask"):
            return _MASK
        return value

    def _binary(self, node: ast.BinOp) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        if left.kind == "mask" or right.kind == "mask":
            return _MASK
        if "statistic" in (left.kind, right.kind):
            if left.kind == right.kind or not (left.roots and right.roots):
                return join((left, right))._replace(kind="statistic")
            data, source = (right, left) if left.kind == "statistic" else (left, right)
            return data.marked(self.mark("statistic", "arithmetic with a statistic", node, source))
        value = join((left, right))
        if node.op.__class__ is ast.Sub:
            return self.residual(node, left, right, value)
        return value

    def residual(self, node: ast.BinOp, left: Value, right: Value, value: Value) -> Value:
        """The difference of a target and a prediction."""
        one, other = (any(mark.kind == "predicted" for mark, _ in side.marks) for side in (left, right))
        if one is other or not (left.roots and right.roots):
            return value
        return value.marked(self.mark("residual", "residual", node, value))

    def _comprehension(self, node: Any) -> Value:
        frame = self.frames[-1]
        before = frame.names
        frame.names = dict(before)
        bound: list[str] = []
        for generator in node.generators:
            over = self.value(generator.iter)
            if isinstance(generator.target, ast.Name):
                frame.names[generator.target.id] = self.element(over, generator.target)
            bound += [item.id for item in ast.walk(generator.target) if isinstance(item, ast.Name)]
        self.loops.append((node.lineno, frozenset(bound)))
        value = self.value(node.value if node.__class__ is ast.DictComp else node.elt)
        self.loops.pop()
        frame.names = before
        return value._replace(items=(), thing=None)

    def element(self, over: Value, target: Any) -> Value:
        """What a loop over a value binds."""
        if over.kind == "folds" or not over.items:
            return over
        if isinstance(target, ast.Tuple) and all(len(item.items) == len(target.elts) for item in over.items):
            items = tuple(join(column) for column in zip(*(item.items for item in over.items), strict=True))
            return Value(items=items)
        return join(over.items)

    # ------------------------------------------------------------ rows and columns

    def _subscript(self, node: ast.Subscript) -> Value:
        value = self.value(node.value)
        where: Any = node.slice
        if where.__class__ is ast.Constant:
            if value.items and isinstance(where.value, int) and -len(value.items) <= where.value < len(value.items):
                return value.items[where.value]
            name = where.value if isinstance(where.value, str) else ""
            return value.columns(frozenset({name})) if name else value._replace(items=())
        if value.kind == "folds" or value.kind == "statistic":
            return value
        if where.__class__ is ast.Tuple and where.elts:
            rows = self._rows(value, where.elts[0])
            names = self._names(where.elts[-1])
            return rows.columns(names) if names else rows
        names = self._names(where)
        return value.columns(names) if names else self._rows(value, where)

    def _rows(self, value: Value, where: Any) -> Value:
        value = value._replace(items=())
        if where.__class__ is ast.Slice:
            part = _slice_part(where)
            if part is None:
                return value
            return value.part(f"[{part[0]}]", part[1])
        index = self.value(where)
        if index.kind == "index":
            return Value(value.roots, value.parts | index.parts, value.marks)
        if index.kind == "mask":
            text = _plain(where)
            side = "~" if text.startswith("~") else ""
            return value.part(f"mask {text.lstrip('~')}", side or "+")
        return value

    def _names(self, where: Any) -> frozenset[str]:
        if where.__class__ is ast.Constant and isinstance(where.value, str):
            return frozenset({where.value})
        if where.__class__ is ast.List and where.elts:
            names = [getattr(item, "value", None) for item in where.elts]
            return frozenset([str(name) for name in names]) if all(isinstance(name, str) for name in names) else NOWHERE
        return frozenset()

    def column_of(self, where: Any) -> str:
        """The one column that a subscript names, "" when it names more or nobody knows."""
        if where.__class__ is ast.Tuple and where.elts:
            where = where.elts[-1]
        names = self._names(where)
        return next(iter(names)) if len(names) == 1 else ""


def _slice_part(node: ast.Slice) -> Part | None:
    """(bound, side) of a slice that cuts rows in two."""
    lower, upper = node.lower, node.upper
    if (lower is None) is (upper is None):
        if lower is None or upper is None or _few(lower):
            return None
        return _bound(lower), "tail"
    bound = lower if upper is None else upper
    if bound is None or _few(bound):
        return None
    return _bound(bound), "head" if lower is None else "tail"


def _few(node: Any) -> bool:
    if node.__class__ is ast.UnaryOp:
        node = node.operand
    return node.__class__ is ast.Constant and (not isinstance(node.value, int) or abs(node.value) < FEW_ROWS)


def _bound(node: Any) -> str:
    text = _plain(node.operand if node.__class__ is ast.UnaryOp else node)
    return f"len({text[: -len('.shape[0]')]})" if text.endswith(".shape[0]") else text


def _plain(node: Any) -> str:
    return ast.unparse(node)[:200]


_READS: dict[type, Any] = {
    ast.Name: Reads._name,
    ast.Attribute: Reads._attribute,
    ast.Tuple: Reads._several,
    ast.List: Reads._several,
    ast.Set: Reads._several,
    ast.Dict: Reads._dict,
    ast.Starred: Reads._starred,
    ast.Await: Reads._starred,
    ast.NamedExpr: Reads._starred,
    ast.Yield: Reads._yield,
    ast.IfExp: Reads._choice,
    ast.Compare: Reads._compared,
    ast.UnaryOp: Reads._unary,
    ast.BinOp: Reads._binary,
    ast.ListComp: Reads._comprehension,
    ast.SetComp: Reads._comprehension,
    ast.GeneratorExp: Reads._comprehension,
    ast.DictComp: Reads._comprehension,
    ast.Subscript: Reads._subscript,
}
