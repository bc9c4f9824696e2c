"""Call records: of what was imported, of methods that knowledge speaks of, and of a few builtins."""

import ast
from typing import Any

from scoring.facts import Call
from scoring.knowledge import CALLS, IGNORED_MODULES, METHODS
from scoring.readers.python.names import resolve, written
from scoring.readers.python.state import State

MAX_LITERAL = 120
MAX_INTEGER_BITS = 256
MAX_ITEMS = 12

ORDERLESS = frozenset({"sorted", "len", "set", "frozenset", "min", "max", "sum", "any", "all"})
PASSING = frozenset({"list", "tuple", "enumerate", "iter", "reversed"})
"""What becomes of their result becomes of their argument."""

STAMPS = ("_at", "timestamp", "time_stamp", "_on")
"""How names end that say when something happened: fetched_at, last_trained_on."""

_ENVIRONMENT = frozenset({"os.getenv", "os.environ.get"})

_LISTINGS = CALLS["UNORDERED"].functions
MAX_PARTS = 24
_READERS_AND_WRITERS = frozenset({"read", "write", "readStream", "writeStream"})
"""spark.read.csv, frame.write.parquet: the attribute before the method tells what it does."""


def literal(node: Any) -> str:
    """A literal as source text, "" for anything else; long ones are cut."""
    kind = node.__class__
    if kind is ast.Constant:
        return _constant(node.value)
    if kind is ast.UnaryOp and node.op.__class__ is ast.USub and node.operand.__class__ is ast.Constant:
        return "-" + _constant(node.operand.value)
    if kind is ast.List or kind is ast.Tuple:
        return _sequence(node)
    return ""


def _constant(value: Any) -> str:
    kind = value.__class__
    if (kind is str or kind is bytes) and len(value) > MAX_LITERAL:
        return repr(value[:MAX_LITERAL]) + "..."
    if kind is int and value.bit_length() > MAX_INTEGER_BITS:
        return ""
    return repr(value)


def _sequence(node: ast.List | ast.Tuple) -> str:
    if len(node.elts) > MAX_ITEMS:
        return ""
    items = [literal(item) if item.__class__ is not ast.List else "" for item in node.elts]
    if "" in items:
        return ""
    comma = "," if len(items) == 1 and node.__class__ is ast.Tuple else ""
    text = ", ".join(items)
    return f"[{text}]" if node.__class__ is ast.List else f"({text}{comma})"


def call(state: State, node: ast.Call) -> None:
    """Record a call if it is of one of the kinds that are facts."""
    func: Any = node.func
    kind = func.__class__
    if kind is ast.Name:
        name = state.frame.find(func.id)
        if name:
            if "(" not in name or _of_an_object(name):
                _known(state, node, name, "")
        elif name is None and (func.id in ORDERLESS or func.id in PASSING or func.id == "open"):
            _builtin(state, node, func.id)
    elif kind is ast.Attribute:
        _method(state, node, func)
    elif kind is ast.Call:
        name = resolve(func, state.frame)
        if name and _of_an_object(name):
            _known(state, node, name, "")


def _method(state: State, node: ast.Call, func: ast.Attribute) -> None:
    """Of a module, of an object that an imported call made, or one whose name tells what it does."""
    method = func.attr
    value: Any = func.value
    root = value
    while root.__class__ is ast.Attribute:
        root = root.value
    if method not in METHODS and root.__class__ is ast.Name and state.frame.find(root.id) is None:
        if root.id != "self":
            if value.__class__ is ast.Attribute and value.attr in _READERS_AND_WRITERS:
                record(state, node, f".{value.attr}.{method}", written(value))
            return
        if not state.frame.attributes:
            return
    name = state.resolved.get(node) or resolve(func, state.frame)
    if not name:
        if method in METHODS:
            record(state, node, "." + method, written(value))
    elif "(" not in name or method in METHODS or (_of_an_object(name) and not name.endswith(")")):
        _known(state, node, name, written(value))


def _of_an_object(name: str) -> bool:
    """Whether what was called to get the object looks like a class: "sklearn.svm.SVC().predict"."""
    head = name.partition("(")[0]
    return head[head.rfind(".") + 1 :][:1].isupper() and not name.startswith("self.")


def _known(state: State, node: ast.Call, name: str, receiver: str) -> None:
    first = name.find(".")
    if name[:first] in IGNORED_MODULES or name[: name.find(".", first + 1)] in IGNORED_MODULES:
        return
    record(state, node, name, receiver)
    if name in _ENVIRONMENT and node.args:
        environment(state, node.args[0], node.lineno)


def environment(state: State, key: Any, line: int) -> None:
    """A read of the environment by a literal name."""
    name = key.value if key.__class__ is ast.Constant else None
    if isinstance(name, str) and name.isascii() and len(name) <= MAX_LITERAL:
        state.environment.append((name, line))


def stamped(state: State, name: str, value: ast.Call) -> None:
    """Note a call whose result is kept under a name that says when something happened."""
    if name.endswith(STAMPS):
        state.uses_of.setdefault(value, "stamped")


def _builtin(state: State, node: ast.Call, name: str) -> None:
    """open(...), set(...) and sorted(name) are facts; the others only tell what becomes of their argument."""
    argument: Any = node.args[0] if node.args else None
    kind = argument.__class__
    if kind is ast.Call:
        use = "orderless" if name in ORDERLESS else state.uses_of.get(node, "") if name in PASSING else ""
        if use:
            state.uses_of.setdefault(argument, use)
    elif name in ORDERLESS and (kind is ast.GeneratorExp or kind is ast.ListComp or kind is ast.SetComp):
        state.uses_of.setdefault(argument.generators[0].iter, "orderless")
    elif name in ORDERLESS and kind is ast.Subscript and _is_only_item(argument.value, state):
        state.uses_of.setdefault(argument.value.args[0], "orderless")
    if (
        name == "open"
        or (name == "sorted" and kind is ast.Name)
        or (name == "set" and state.uses_of.get(node) == "looped")
    ):
        record(state, node, name, "")


def _is_only_item(node: Any, state: State) -> bool:
    """`next(os.walk(folder))`: what lies in the folder itself; its lists alone have no order. Of a `next` of anything
    else nobody knows which item it takes."""
    if node.__class__ is not ast.Call or getattr(node.func, "id", "") != "next" or not node.args:
        return False
    argument: Any = node.args[0]
    return argument.__class__ is ast.Call and resolve(argument.func, state.frame) == "os.walk"


def record(state: State, node: ast.Call, name: str, receiver: str) -> None:
    """Append the call's record."""
    line, end_line = node.lineno, node.end_lineno or node.lineno
    args: list[Any] = node.args
    keywords = node.keywords
    record = Call(
        name,
        line,
        end_line,
        state.frame.scope,
        receiver,
        len(args),
        tuple([(item.arg or "**", literal(item.value) if item.arg != "help" else "") for item in keywords])
        if keywords
        else (),
        literal(args[0]) if args else "",
        tuple([item.id for item in args if item.__class__ is ast.Name]) if args else (),
        state.targets.get(node, ""),
        state.main_line <= line <= state.main_end,
        state.uses_of.get(node, ""),
        _listed(args[0]) if args and name in _LISTINGS else "",
    )
    state.calls.append((line, node.col_offset, end_line, node.end_col_offset or 0, record))
    state.named_calls[node] = name


def _listed(argument: Any) -> str:
    """Names and texts of an expression, in order: of an attribute its own name, and of calls what they are given."""
    words, todo = [], [argument]
    for _ in range(MAX_PARTS):
        if not todo:
            break
        node = todo.pop()
        kind = node.__class__
        if kind is ast.Name:
            words.append(node.id)
        elif kind is ast.Attribute:
            words.append(node.attr)
        elif kind is ast.Constant:
            words.append(literal(node).strip("'\""))
        elif kind is ast.Call:
            todo += node.args[::-1]
        elif kind is ast.BinOp:
            todo += (node.right, node.left)
        elif kind is ast.JoinedStr:
            todo += node.values[::-1]
        elif kind is ast.FormattedValue:
            todo.append(node.value)
    return " ".join(words) if argument.__class__ not in (ast.Name, ast.Constant) else ""
