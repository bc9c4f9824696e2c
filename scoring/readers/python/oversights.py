"""What a module passes over and what it takes for the newest: failed reads, muted warnings, rows dropped, listings."""

import ast
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from scoring.facts import Idiom
from scoring.knowledge import is_call
from scoring.readers.python.bindings import Binding, bindings
from scoring.readers.python.names import written
from scoring.readers.python.nodes import inside, own
from scoring.readers.python.scopes import Scopes
from scoring.readers.python.state import Frame, State

MAX_FOUND = 100
"""Of those that each ask for another look at the module: a file made to be slow costs no more."""
NEAR_LINES = 8
SIMPLE = frozenset({ast.Assign, ast.Expr, ast.AugAssign, ast.Assert, ast.Return})
COUNTS = frozenset({"shape", "isna", "isnull", "notna", "notnull", "index", "info"})
LOSING = (".dropna", ".to_numeric", ".to_datetime", ".to_timedelta")
TIMES = frozenset({"getctime", "getmtime", "st_ctime", "st_mtime"})
MAX_SUBJECT = 80


def idiom(kind: str, node: Any, scope: str, subject: str, detail: str = "") -> Idiom:
    return Idiom(kind, node.lineno, node.end_lineno or node.lineno, subject[:MAX_SUBJECT], detail[:MAX_SUBJECT], scope)


def text(node: Any) -> str:
    return node.value if node.__class__ is ast.Constant and isinstance(node.value, str) else ""


# ---------------------------------------------------------------- what is passed over


def swallowed(state: State, scopes: Scopes) -> Iterator[Idiom]:
    """A read of data whose failure, of whatever kind, is passed over."""
    reads = sorted(
        (node.lineno, name)
        for node, name in state.named_calls.items()
        if isinstance(node, ast.Call) and is_call(name, "READ") and is_call(name, "FRAME")
    )[:MAX_FOUND]
    if not reads:
        return
    for statement in state.statements:
        if not isinstance(statement, ast.Try):
            continue
        last = statement.body[-1].end_lineno or statement.lineno
        name = next((name for line, name in reads if statement.lineno <= line <= last), "")
        for handler in statement.handlers if name else []:
            broad = handler.type is None or written(handler.type) in {"Exception", "BaseException"}
            if broad and all(isinstance(item, ast.Pass | ast.Continue) for item in handler.body):
                yield idiom("swallowed", handler, scopes.at(handler.lineno), name)


def muted(state: State, scopes: Scopes) -> Iterator[Idiom]:
    """warnings.filterwarnings("ignore") of every category and message, for the whole program."""
    passing = [
        (item.lineno, item.end_lineno or item.lineno)
        for item in state.statements
        if isinstance(item, ast.With) and any(_is_passing(part.context_expr) for part in item.items)
    ][:MAX_FOUND]
    for statement in state.statements:
        if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
            continue
        call: Any = statement.value
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        alone = len(call.args) == 1 and not call.keywords and text(call.args[0]) == "ignore"
        inside = any(first <= statement.lineno <= last for first, last in passing)
        if alone and not inside and name in {"filterwarnings", "simplefilter"}:
            yield idiom("muted", statement, scopes.at(statement.lineno), name)


def _is_passing(context: Any) -> bool:
    return written(context).endswith("catch_warnings()")


def counted(state: State, scopes: Scopes) -> Iterator[Idiom]:
    """Frames whose rows or gaps are counted close to where some may get lost: len(frame), frame.shape, frame.isna()."""
    dropping = [getattr(node, "lineno", 0) for node, name in state.named_calls.items() if name.endswith(LOSING)]
    near = {line + distance for line in dropping for distance in range(-NEAR_LINES, NEAR_LINES + 1)}
    for statement in state.statements:
        if statement.lineno not in near or statement.__class__ not in SIMPLE:
            continue
        for part in ast.walk(statement):
            node: Any = part
            if node.__class__ is ast.Call and getattr(node.func, "id", "") == "len" and len(node.args) == 1:
                yield idiom("counted", statement, scopes.at(statement.lineno), written(node.args[0]))
            elif node.__class__ is ast.Attribute and node.attr in COUNTS:
                yield idiom("counted", statement, scopes.at(statement.lineno), written(node.value))


# ---------------------------------------------------------------- the newest file


def newest(state: State) -> Iterator[Idiom]:
    """max(glob(...), key=os.path.getmtime), sorted(glob(...))[-1]."""
    for frame, subscript in state.subscripts:
        value: Any = subscript.value
        if not _is_last(subscript.slice) or value.__class__ is not ast.Call:
            continue
        if getattr(value.func, "id", "") == "sorted" and value.args and (name := _listing(state, value.args[0])):
            yield idiom("newest", subscript, frame.scope, name, _words(value))
    timed = (item for item in state.chains if item[1].attr in TIMES)
    for frame, chain, _ in islice(timed, MAX_FOUND):
        for statement in state.statements:
            if isinstance(statement, ast.Assign | ast.Return) and _holds(statement, chain.lineno):
                for part in ast.walk(statement):
                    if isinstance(part, ast.Call) and getattr(part.func, "id", "") == "max" and part.args:
                        yield idiom(
                            "newest", part, frame.scope, _listing(state, part.args[0]) or "max", _words(statement)
                        )


def _is_last(index: Any) -> bool:
    return index.__class__ is ast.UnaryOp and getattr(index.operand, "value", None) == 1


def _holds(statement: ast.stmt, line: int) -> bool:
    return statement.lineno <= line <= (statement.end_lineno or statement.lineno)


def _listing(state: State, node: ast.AST) -> str:
    names = [state.named_calls.get(part, "") for part in ast.walk(node)]
    return next((name for name in names if name and is_call(name, "UNORDERED")), "")


def _words(node: ast.AST) -> str:
    """The names and strings below it, which tell what is listed."""
    found = []
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            found.append(part.id)
        elif isinstance(part, ast.Attribute):
            found.append(part.attr)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            found.append(part.value)
    return " ".join(found)


# ---------------------------------------------------------------- listings whose order goes nowhere

_CHECKS = frozenset({ast.If, ast.Assert})
_WHOLE = frozenset({"len", "sorted", "set", "frozenset", "min", "max", "sum", "any", "all"})


class _Uses:
    """How one scope uses its names: how often, how often in no order, and where it expects a single item of one."""

    def __init__(self, scope: ast.AST) -> None:
        self.all: Counter[str] = Counter()
        self.orderless: Counter[str] = Counter()
        for node in inside(scope):
            self._add(node)
        self.single = _held_bindings(scope)

    def _add(self, node: Any) -> None:
        kind = node.__class__
        if kind is ast.Name and node.ctx.__class__ is ast.Load:
            self.all[node.id] += 1
        elif kind is ast.Call and getattr(node.func, "id", "") in _WHOLE and len(node.args) == 1:
            self.orderless[getattr(node.args[0], "id", "")] += 1
        elif kind is ast.Compare:
            if node.ops[0].__class__ in (ast.In, ast.NotIn):
                self.orderless[getattr(node.comparators[0], "id", "")] += 1
        elif kind in (ast.If, ast.While, ast.IfExp, ast.Assert):
            self.orderless[getattr(node.test, "id", "")] += 1
        elif kind is ast.UnaryOp and node.op.__class__ is ast.Not:
            self.orderless[getattr(node.operand, "id", "")] += 1

    def settles(self, target: ast.Name) -> bool:
        """Whether no order matters to what this target is bound to."""
        bound = (target.lineno, target.col_offset, target.id)
        return bound in self.single or 0 < self.all[target.id] <= self.orderless[target.id]


def _held_bindings(scope: ast.AST) -> frozenset[Binding]:
    """The bindings whose listing is held to a single item: each check speaks of the last one before it."""
    asked: list[Any] = [node for node in own(scope) if node.__class__ in _CHECKS]
    checks = [(node.lineno, node.col_offset, name) for node in asked if (name := _held_to_one(node))]
    if not checks:
        return frozenset()
    bound = sorted(bindings(scope))
    before = (max((item for item in bound if item[2] == check[2] and item < check), default=None) for check in checks)
    return frozenset(item for item in before if item is not None)


def _held_to_one(node: Any) -> str:
    """The name of a listing of which a single item is taken, and more refused: `assert len(found) == 1`, or
    `if len(found) > 1: raise`."""
    test: Any = node.test
    counted: Any = test.left if test.__class__ is ast.Compare else None
    if counted is None or written(counted) != "len()" or len(counted.args) != 1:
        return ""
    refused = node.__class__ is ast.If and isinstance(node.body[-1], ast.Raise)
    wanted = (ast.Eq, ast.LtE) if node.__class__ is ast.Assert else (ast.Gt, ast.NotEq) if refused else ()
    if getattr(test.comparators[0], "value", None) != 1 or not isinstance(test.ops[0], wanted):
        return ""
    return getattr(counted.args[0], "id", "")


def settled(state: State) -> Iterator[Idiom]:
    """Listings of which a single item is expected and more are refused, or that are only counted, sorted or asked for
    members."""
    uses: dict[Frame, _Uses] = {}
    listings = [node for node, name in state.named_calls.items() if name != "set" and is_call(name, "UNORDERED")]
    lines = {getattr(node, "lineno", 0) for node in listings}
    node: Any
    for frame, node in state.events if lines else []:
        if node.__class__ is not ast.Assign or [item.__class__ for item in node.targets] != [ast.Name]:
            continue
        if lines.isdisjoint(range(node.lineno, (node.end_lineno or node.lineno) + 1)):
            continue
        target: Any = node.targets[0]
        if not (name := _listing(state, node.value)):
            continue
        if frame not in uses:
            if len(uses) >= MAX_FOUND:
                return
            uses[frame] = _Uses(frame.node)
        if uses[frame].settles(target):
            yield idiom("settled", node, frame.scope, name)
