"""Ways of writing that some debts speak of and a call alone doesn't tell: what is done to frames, logarithms, switches.

Only modules that import a library which such code needs are looked at; the others cost one look at their imports.
"""

import ast
import re
from collections.abc import Iterator
from typing import Any

from scoring.facts import Idiom
from scoring.knowledge import CALLS, LIBRARIES, is_call
from scoring.readers.python.names import resolve, written
from scoring.readers.python.scopes import Scopes
from scoring.readers.python.state import Frame, State

FRAME_NAME = re.compile(r"^(?:df|dataframe|data_frame)\d*$|(?:^|_)df\d*$|^df_", re.IGNORECASE)
OTHERS = ("pyspark.", "polars.", "dask.", "cudf.", "vaex.", "numpy.", "json.", "collections.")
"""What they return is no frame of pandas, whatever it is called."""
ENDS = (".to_dict()", ".to_numpy()", ".tolist()", ".values", ".toPandas")
KEEPING = CALLS["COPY"].methods | {"copy", "astype", "head", "tail", "sample", "iloc", "loc", "to_frame"}
INDEXERS = frozenset({"loc", "iloc", "at", "iat"})
PLACED = frozenset({"loc", "at"})
FILLERS: tuple[object, ...] = (0, 0.0, "")
PROBABILITY = re.compile(r"(?:^|_)(?:probs?|probas?|probabilit(?:y|ies)|softmax|sigmoid)\d*(?:_|$)")
GUARDS = frozenset(
    {"clip", "clamp", "clamp_min", "clip_by_value", "maximum", "max", "fmax", "where", "nan_to_num", "softplus", "exp"}
)
SWITCHES = frozenset({"deterministic", "benchmark"})
VARIABLES = frozenset({"TF_DETERMINISTIC_OPS", "TF_CUDNN_DETERMINISTIC", "CUBLAS_WORKSPACE_CONFIG"})
COUNTS = frozenset({"shape", "isna", "isnull", "index", "info"})
TIMES = frozenset({"getctime", "getmtime", "st_ctime", "st_mtime"})
MAX_STEPS = 12
MAX_SUBJECT = 80
MODULES = frozenset(name.partition(".")[0] for kind in ("ALG", "DATA") for name in LIBRARIES[kind])


def idioms(state: State, scopes: Scopes) -> tuple[Idiom, ...]:
    """In the order of the source."""
    modules = {item.module.partition(".")[0] for item in state.imports if item.level == 0}
    found: list[Idiom] = []
    if "pandas" in modules:
        found += _frames(state)
    if not modules.isdisjoint(MODULES):
        found += _logarithms(state, scopes)
        found += _switches(state)
        found += _swallowed(state, scopes)
        found += _counted(state, scopes)
    if "warnings" in modules:
        found += _muted(state, scopes)
    if modules & {"os", "glob", "pathlib"}:
        found += _newest(state)
    return tuple(sorted(set(found), key=lambda item: (item.line, item.end_line, item.kind, item.subject, item.detail)))


def _idiom(kind: str, node: Any, scope: str, subject: str, detail: str = "") -> Idiom:
    return Idiom(kind, node.lineno, node.end_lineno or node.lineno, subject[:MAX_SUBJECT], detail[:MAX_SUBJECT], scope)


# ---------------------------------------------------------------- frames


def _frames(state: State) -> Iterator[Idiom]:
    for frame, subscript in state.subscripts:
        value: Any = subscript.value
        if subscript.ctx.__class__ is ast.Store and (base := _chained(value, frame)):
            yield _idiom("chained", subscript, frame.scope, base)
        elif value.__class__ is ast.Call and value in state.named_calls and _names_columns(subscript.slice):
            yield _idiom("picked", value, frame.scope, state.named_calls[value])
    node: Any
    for frame, chain in state.chains:
        node = chain
        while node.__class__ is ast.Attribute:
            if node.attr == "values" and _of_frame(node.value, frame):
                yield _idiom("values", node, frame.scope, written(node.value))
            node = node.value
    yield from _filled(state)


def _names_columns(index: Any) -> bool:
    return index.__class__ is ast.List or (index.__class__ is ast.Constant and isinstance(index.value, str))


def _chained(value: Any, frame: Frame) -> str:
    """The frame of `frame[a][b]`, `frame.loc[a][b]` or `frame[a].loc[b]`, of which the second part is stored to."""
    if value.__class__ is ast.Attribute and value.attr in INDEXERS:
        value = value.value
        if value.__class__ is not ast.Subscript:
            return ""
    elif getattr(getattr(value, "value", None), "attr", "") in INDEXERS:
        value = value.value
    elif value.__class__ is not ast.Subscript:
        return ""
    base = getattr(value, "value", None)
    return written(base) if _is_frame(base, frame) else ""


def _of_frame(node: Any, frame: Frame) -> bool:
    """A frame, a column of it, a part of it by position or label, or a copy that a method gives."""
    for _ in range(MAX_STEPS):
        if _is_frame(node, frame):
            return True
        if node.__class__ is ast.Subscript:
            node = node.value
            if node.__class__ is ast.Attribute and node.attr in INDEXERS:
                node = node.value
        elif node.__class__ is ast.Call and node.func.__class__ is ast.Attribute and node.func.attr in KEEPING:
            node = node.func.value
        else:
            return False
    return False


def _is_frame(node: Any, frame: Frame) -> bool:
    """By the call that made it, else by its name."""
    if node.__class__ is not ast.Name:
        return False
    dotted = frame.find(node.id)
    if dotted:
        head, called, rest = dotted.partition("()")
        if called and not rest and is_call(head, "FRAME"):
            return True
        if head.startswith(OTHERS) or rest.endswith(ENDS):
            return False
    return FRAME_NAME.search(node.id) is not None


def _filled(state: State) -> Iterator[Idiom]:
    """A new column of one empty value, of which the same scope then sets a part."""
    placed: set[tuple[Frame, str, str]] = set()
    for frame, subscript in state.subscripts:
        owner: Any = subscript.value
        index: Any = subscript.slice
        if subscript.ctx.__class__ is not ast.Store or getattr(owner, "attr", "") not in PLACED:
            continue
        if index.__class__ is ast.Tuple and len(index.elts) == 2 and (column := _text(index.elts[1])):
            placed.add((frame, written(owner.value), column))
    if not placed:
        return
    for frame, assign in state.events:
        if not isinstance(assign, ast.Assign) or not isinstance(assign.value, ast.Constant):
            continue
        target: Any = assign.targets[0]
        filler = assign.value.value
        if target.__class__ is ast.Subscript and filler in FILLERS and not isinstance(filler, bool):
            name, column = written(target.value), _text(target.slice)
            if (frame, name, column) in placed and _is_frame(target.value, frame):
                yield _idiom("filled", assign, frame.scope, f"{name}[{column!r}]", repr(filler))


def _text(node: Any) -> str:
    return node.value if node.__class__ is ast.Constant and isinstance(node.value, str) else ""


# ---------------------------------------------------------------- numbers and switches


def _logarithms(state: State, scopes: Scopes) -> Iterator[Idiom]:
    """Logarithms of what is called a probability, with nothing that keeps it from zero."""
    for node, name in state.named_calls.items():
        if not isinstance(node, ast.Call) or len(node.args) != 1 or not is_call(name, "LOG"):
            continue
        subject = node.args[0]
        told = _probability(subject)
        if told and not _guarded(state, subject):
            yield _idiom("logarithm", node, scopes.at(node.lineno), told, name)


def _probability(node: Any) -> str:
    """How it is written, if its own name or the call that makes it tells a probability."""
    name = node
    while name.__class__ is ast.Subscript:
        name = name.value
    if name.__class__ is ast.Call:
        name = name.func
    own = getattr(name, "attr", getattr(name, "id", ""))
    return written(node) if own and PROBABILITY.search(own.lower()) else ""


def _guarded(state: State, node: Any) -> bool:
    """Something added to it, or a call that bounds it, here or where the name was last bound."""
    name = written(node).partition("[")[0]
    values = [node]
    for _, event in state.events:
        if isinstance(event, ast.Assign | ast.AnnAssign) and event.value is not None:
            targets: list[Any] = event.targets if isinstance(event, ast.Assign) else [event.target]
            if any(written(target).partition("[")[0] == name for target in targets):
                values.append(event.value)
    return any(_bounds(part) for value in values for part in ast.walk(value))


def _bounds(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add)
    if isinstance(node, ast.Call):
        function: Any = node.func
        return getattr(function, "attr", getattr(function, "id", "")) in GUARDS
    return isinstance(node, ast.Compare)


def _switches(state: State) -> Iterator[Idiom]:
    """cudnn.deterministic = True, cudnn.benchmark = True, and the environment's switches of the same kind."""
    for frame, assign in state.events:
        if not isinstance(assign, ast.Assign):
            continue
        target: Any = assign.targets[0]
        value = assign.value
        set_to = repr(value.value) if isinstance(value, ast.Constant) else ""
        if target.__class__ is ast.Attribute and target.attr in SWITCHES:
            owner = resolve(target.value, frame) or written(target.value)
            if owner.endswith("cudnn"):
                yield _idiom("switch", assign, frame.scope, f"cudnn.{target.attr}", set_to)
        elif target.__class__ is ast.Subscript and _text(target.slice) in VARIABLES:
            yield _idiom("switch", assign, frame.scope, _text(target.slice), set_to)


# ---------------------------------------------------------------- what is passed over


def _swallowed(state: State, scopes: Scopes) -> Iterator[Idiom]:
    """A read of data whose failure, of whatever kind, is passed over."""
    reads = sorted(
        (node.lineno, name)
        for node, name in state.named_calls.items()
        if isinstance(node, ast.Call) and is_call(name, "READ") and is_call(name, "FRAME")
    )
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
                yield _idiom("swallowed", handler, scopes.at(handler.lineno), name)


def _muted(state: State, scopes: Scopes) -> Iterator[Idiom]:
    """warnings.filterwarnings("ignore") of every category and message, for the whole program."""
    passing = [
        (item.lineno, item.end_lineno or item.lineno)
        for item in state.statements
        if isinstance(item, ast.With) and any(_is_passing(part.context_expr) for part in item.items)
    ]
    for statement in state.statements:
        if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
            continue
        call: Any = statement.value
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        alone = len(call.args) == 1 and not call.keywords and _text(call.args[0]) == "ignore"
        inside = any(first <= statement.lineno <= last for first, last in passing)
        if alone and not inside and name in {"filterwarnings", "simplefilter"}:
            yield _idiom("muted", statement, scopes.at(statement.lineno), name)


def _is_passing(context: Any) -> bool:
    return written(context).endswith("catch_warnings()")


def _counted(state: State, scopes: Scopes) -> Iterator[Idiom]:
    """Frames whose rows are counted in a module that drops some: len(frame), frame.shape, frame.isna()."""
    if not any(name.endswith(".dropna") for name in state.named_calls.values()):
        return
    for statement in state.statements:
        if not isinstance(statement, ast.Assign | ast.Expr | ast.AugAssign | ast.Assert | ast.Return):
            continue
        for part in ast.walk(statement):
            node: Any = part
            if node.__class__ is ast.Call and getattr(node.func, "id", "") == "len" and len(node.args) == 1:
                yield _idiom("counted", statement, scopes.at(statement.lineno), written(node.args[0]))
            elif node.__class__ is ast.Attribute and node.attr in COUNTS:
                yield _idiom("counted", statement, scopes.at(statement.lineno), written(node.value))


# ---------------------------------------------------------------- the newest file


def _newest(state: State) -> Iterator[Idiom]:
    """max(glob(...), key=os.path.getmtime), sorted(glob(...))[-1]."""
    for frame, subscript in state.subscripts:
        value: Any = subscript.value
        if not _is_last(subscript.slice) or value.__class__ is not ast.Call:
            continue
        if getattr(value.func, "id", "") == "sorted" and value.args and (name := _listing(state, value.args[0])):
            yield _idiom("newest", subscript, frame.scope, name, _words(value))
    for frame, chain in state.chains:
        if chain.attr not in TIMES:
            continue
        for statement in state.statements:
            if isinstance(statement, ast.Assign | ast.Return) and _holds(statement, chain.lineno):
                for part in ast.walk(statement):
                    if isinstance(part, ast.Call) and getattr(part.func, "id", "") == "max" and part.args:
                        yield _idiom(
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
