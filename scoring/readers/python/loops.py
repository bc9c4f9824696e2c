"""Loops that cost or hide something: over the rows of a frame, and over batches with the network in the wrong mode.

Rows are told where columns could do the whole body: what they hold is looked up, worked out or collected. A body that
prints, draws, asks another program or calls a function whose inside is unknown is left out: there the loop costs
little beside its work, or columns can't do it. So is one whose next turn needs what this one left behind.
"""

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from scoring.facts import Idiom
from scoring.knowledge import is_call
from scoring.readers.python.names import resolve, written
from scoring.readers.python.nodes import inside
from scoring.readers.python.oversights import idiom
from scoring.readers.python.state import Frame, State

BUILTINS = frozenset(
    {"abs", "all", "any", "bool", "dict", "enumerate", "float", "format", "int", "isinstance", "len", "list", "max"}
    | {"min", "range", "round", "set", "sorted", "str", "sum", "tuple", "zip"}
)
COLLECTING = frozenset({"add", "append", "appendleft", "extend", "insert", "setdefault", "update", "write"})
METHODS = (
    COLLECTING
    | {"all", "any", "argmax", "argmin", "astype", "capitalize", "copy", "count", "date", "days", "encode", "endswith"}
    | {"fillna", "format", "format_map", "get", "isdigit", "isin", "isna", "isnull", "item", "items", "join", "keys"}
    | {"lower", "lstrip", "max", "mean", "median", "min", "nonzero", "notna", "notnull", "prod", "replace", "reshape"}
    | {"rstrip", "split", "startswith", "std", "strftime", "strip", "sum", "title", "to_dict", "to_list", "to_numpy"}
    | {"tolist", "total_seconds", "upper", "values", "weekday"}
)
LIBRARIES = ("numpy.", "pandas.", "math.", "datetime.")
OUTWARD = ("save", "load", "read", "choice", "random", "date_range")
_SLOW = frozenset({ast.While, ast.Yield, ast.YieldFrom, ast.Await, ast.Raise, ast.Try, ast.With})
_COMPREHENSIONS = frozenset({ast.ListComp, ast.SetComp, ast.DictComp})


def row_loops(state: State, source: bytes) -> Iterator[Idiom]:
    """Such loops and comprehensions, by the call that gives the rows; the frame is the subject."""
    if b"iterrows" not in source:
        return
    given = {node for node, name in state.named_calls.items() if name.endswith(".iterrows")}
    for frame, loop in state.loops:
        if isinstance(loop, ast.For) and (rows := _rows(loop.iter, given)) and _is_plain(loop, frame):
            yield idiom("rows", rows, frame.scope, written(rows.func.value))
    for frame, comprehension in _comprehensions(state, given):
        if _all_cheap(comprehension, frame, given):
            rows = next(found for part in comprehension.generators if (found := _rows(part.iter, given)))
            yield idiom("rows", rows, frame.scope, written(rows.func.value))


def turned(state: State) -> Iterator[Idiom]:
    """`net.eval()` inside a loop that takes gradients: at its next turn the net learns in that mode."""
    named: list[tuple[Any, str]] = [(node, name.rpartition(".")[2]) for node, name in state.named_calls.items()]
    gradients = sorted([node.lineno for node, method in named if method == "backward"])
    modes = sorted([node for node, method in named if method == "eval" and not node.args], key=_line)
    for frame, loop in state.loops if gradients and modes else ():
        first, last = loop.lineno, loop.end_lineno or loop.lineno
        if bisect_left(gradients, first) < bisect_right(gradients, last):
            within = modes[bisect_left(modes, first, key=_line) : bisect_right(modes, last, key=_line)]
            yield from (idiom("turned", node, frame.scope, "") for node in within)


def _line(node: Any) -> int:
    return int(node.lineno)


def _rows(node: Any, given: Iterable[ast.AST]) -> Any:
    """The call that gives the rows, itself or counted: `enumerate(frame.iterrows())`."""
    if node in given:
        return node
    if node.__class__ is ast.Call and node.args and getattr(node.func, "id", "") in {"enumerate", "tqdm"}:
        return node.args[0] if node.args[0] in given else None
    return None


def _comprehensions(state: State, given: set[ast.AST]) -> Iterator[tuple[Frame, Any]]:
    """Each with the scope it stands in."""
    scopes = {part.iter: frame for frame, part in state.seldom if isinstance(part, ast.comprehension)}
    within = [iterated for iterated in scopes if _rows(iterated, given)]
    lines = {iterated.lineno for iterated in within}
    statements = (
        item for item in state.statements if lines and isinstance(item, ast.Assign | ast.AnnAssign | ast.Return)
    )
    for statement in statements:
        if not lines.isdisjoint(range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)):
            node: Any
            for node in [part for part in inside(statement) if part.__class__ in _COMPREHENSIONS]:
                yield from ((scopes[item.iter], node) for item in node.generators[:1] if item.iter in within)


def _is_plain(loop: ast.For, frame: Frame) -> bool:
    """Whether the body leaves something behind, calls nothing but what is known to be cheap, and needs no turn before
    it."""
    parts: list[Any] = [part for statement in loop.body for part in inside(statement)]
    if {getattr(part, "id", "_") for part in inside(loop.target)} == {"_"}:
        return False  # it counts turns, and looks at no row
    if loop.orelse or any(part.__class__ in _SLOW for part in parts):
        return False
    leaves = any(_leaves_behind(part) for part in parts)
    return leaves and all(_is_cheap(part, frame) for part in parts) and not _is_sequential(parts, loop.target)


def _all_cheap(node: ast.AST, frame: Frame, given: set[ast.AST]) -> bool:
    return all(part in given or _is_cheap(part, frame) for part in inside(node))


def _leaves_behind(part: Any) -> bool:
    kind = part.__class__
    if kind is ast.Call:
        method = getattr(part.func, "attr", "")
        return method in COLLECTING or is_call(f".{method}", "PRED")
    if kind is ast.AugAssign:
        return True
    return kind in (ast.Subscript, ast.Attribute) and part.ctx.__class__ is ast.Store


def _is_cheap(part: Any, frame: Frame) -> bool:
    """Not a call, or one of what every frame, text and list has, of numbers, or of a model that predicts."""
    if part.__class__ is not ast.Call:
        return True
    function: Any = part.func
    if function.__class__ is ast.Name and frame.find(function.id) is None:
        return function.id in BUILTINS
    name = resolve(function, frame)
    last = name.rpartition(".")[2] or getattr(function, "attr", "")
    if name.startswith(LIBRARIES):
        return not last.startswith(OUTWARD)
    return last in METHODS or is_call(f".{last}", "PRED")


def _is_sequential(parts: list[Any], row: ast.expr) -> bool:
    """Whether what a turn changes is read elsewhere in the body: a running total that decides, a lag, a best so far."""
    own = {getattr(part, "id", "") for part in inside(row)}
    changed = {_root(part.target) for part in parts if part.__class__ is ast.AugAssign} - own
    inner = {id(part.target) for part in parts if part.__class__ is ast.AugAssign}
    reads = [part for part in parts if part.__class__ is ast.Name and part.ctx.__class__ is ast.Load]
    targets = {id(name) for part in parts if id(part) in inner for name in inside(part) if name.__class__ is ast.Name}
    return any(name.id in changed and id(name) not in targets for name in reads)


def _root(node: Any) -> str:
    while node.__class__ in (ast.Subscript, ast.Attribute):
        node = node.value
    return getattr(node, "id", "")
