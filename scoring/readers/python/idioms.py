"""Ways of writing that some debts speak of and a call alone doesn't tell: what is done to frames, logarithms, switches.

Only modules that import a library which such code needs are looked at, wide settings apart; the others cost one look at
their imports. What `joints` tells is asked of those that run commands too.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from scoring.facts import Idiom
from scoring.knowledge import CALLS, LIBRARIES, call_kinds, is_call
from scoring.readers.python.bindings import bindings
from scoring.readers.python.dated import dated
from scoring.readers.python.either_way import handled
from scoring.readers.python.expired import expired
from scoring.readers.python.feature_lists import feature_lists
from scoring.readers.python.grown import grown
from scoring.readers.python.joints import COMMANDS, commands, patches, private_reads
from scoring.readers.python.logarithms import logarithms
from scoring.readers.python.loops import row_loops, turned
from scoring.readers.python.mappings import WIDE, wide_settings
from scoring.readers.python.names import resolve, written
from scoring.readers.python.oversights import LOSING, counted, idiom, muted, newest, settled, swallowed, text
from scoring.readers.python.scopes import Scopes
from scoring.readers.python.selections import SELECTING, patterns
from scoring.readers.python.state import Frame, State
from scoring.readers.python.uncleared import uncleared

FRAME_NAME = re.compile(r"^(?:df|dataframe|data_frame)\d*$|(?:^|_)df\d*$|^df_", re.IGNORECASE)
FEATURES = re.compile(r"(?:^|_)(?:features?|predictors)(?:_(?:names|columns|cols|list))?$", re.IGNORECASE)
OTHERS = ("pyspark.", "polars.", "dask.", "cudf.", "vaex.", "numpy.", "json.", "collections.")
"""What they return is no frame of pandas, whatever it is called."""
ENDS = (".to_dict()", ".to_numpy()", ".tolist()", ".values", ".toPandas")
KEEPING = CALLS["COPY"].methods | {"copy", "astype", "head", "tail", "sample", "iloc", "loc", "to_frame"}
INDEXERS = frozenset({"loc", "iloc", "at", "iat"})
PLACED = frozenset({"loc", "at"})
FILLERS: tuple[object, ...] = (0, 0.0, "")
SWITCHED = frozenset({"torch", "tensorflow", "lightning", "pytorch_lightning"})
SWITCHES = frozenset({"deterministic", "benchmark"})
VARIABLES = frozenset({"TF_DETERMINISTIC_OPS", "TF_CUDNN_DETERMINISTIC", "CUBLAS_WORKSPACE_CONFIG"})
MAX_STEPS = 12
_STEPS = frozenset({ast.Attribute, ast.Subscript, ast.Call})
_LISTS = frozenset({ast.List, ast.Tuple})
_LITERAL = (ast.Dict, ast.List, ast.Tuple, ast.Constant, ast.UnaryOp, ast.USub, ast.Load)
TABLES = frozenset({"pandas", "cudf", "dask", "modin", "polars", "pyspark", "seaborn", "sklearn"})
MODULES = frozenset(name.partition(".")[0] for kind in ("ALG", "DATA") for name in LIBRARIES[kind])


def idioms(state: State, scopes: Scopes, source: bytes) -> tuple[Idiom, ...]:
    """In the order of the source."""
    modules = {item.module.partition(".")[0] for item in state.imports if item.level == 0}
    found = list(wide_settings(state)) if state.keys > WIDE or b"dict(" in source else []
    if not COMMANDS.isdisjoint(state.named_calls.values()):
        found += commands(state)
    found += expired(state, modules, source)
    found += feature_lists(state, source)
    if not modules.isdisjoint(MODULES):
        found += patches(state)
        if b"._" in source:
            found += private_reads(state)
        found += handled(state)
        found += dated(state, source, scopes)
        if not modules.isdisjoint(TABLES) and any(word in source for word in SELECTING):
            found += patterns(state)
        found += _of_libraries(state, scopes, source, modules)
    return tuple(sorted(set(found), key=lambda item: (item.line, item.end_line, item.kind, item.subject, item.detail)))


def _of_libraries(state: State, scopes: Scopes, source: bytes, modules: set[str]) -> Iterator[Idiom]:
    names = frozenset(state.named_calls.values())
    kinds = frozenset().union(*map(call_kinds, names))
    yield from grown(state, source)
    if "pandas" in modules:
        yield from _frames(state, source)
        yield from row_loops(state, source)
        yield from swallowed(state, scopes)
        if (b"dropna" in source or b"coerce" in source) and any(name.endswith(LOSING) for name in names):
            yield from counted(state, scopes)
        if "warnings" in modules:
            yield from muted(state, scopes)
    if "LOG" in kinds:
        yield from logarithms(state, scopes)
    if not modules.isdisjoint(SWITCHED):
        yield from _switches(state)
        if "torch" in modules and b".eval()" in source and b".backward(" in source:
            yield from turned(state)
        if "torch" in modules:
            yield from uncleared(state, source)
    if "UNORDERED" in kinds:
        yield from newest(state)
        yield from settled(state)


# ---------------------------------------------------------------- frames


def _frames(state: State, source: bytes) -> Iterator[Idiom]:
    for frame, subscript in state.subscripts:
        value: Any = subscript.value
        if subscript.ctx.__class__ is ast.Store and (base := _chained(value, frame)):
            yield idiom("chained", subscript, frame.scope, base)
        elif value.__class__ is ast.Call and value in state.named_calls and _names_columns(subscript.slice):
            yield idiom("picked", value, frame.scope, state.named_calls[value])
    yield from _selected(state)
    if b"values" in source:
        yield from _values(state)
    yield from _filled(state)


def _values(state: State) -> Iterator[Idiom]:
    spelt = set(_spelt_out(state))
    called = {call.func for _, call in state.asked}
    node: Any
    for frame, chain, _ in state.chains:
        node = chain
        while node.__class__ is ast.Attribute:
            if node.attr == "values" and node not in called and _is_made(node.value, frame, spelt):
                yield idiom("values", node, frame.scope, written(node.value))
            node = node.value


def _spelt_out(state: State) -> Iterator[tuple[Frame, str]]:
    """Names of frames made of literals where they stand, and bound by nothing else: anybody sees the type of each
    column."""
    literal = Counter(_of_literals(state))
    bound = {frame: Counter(name for _, _, name in bindings(frame.node)) for frame, _ in literal}
    for (frame, name), count in literal.items():
        if bound[frame][name] == count:
            yield frame, name


def _of_literals(state: State) -> Iterator[tuple[Frame, str]]:
    """Frames and names that are bound to a frame made of literals, each time."""
    event: Any
    for frame, event in state.events:
        value: Any = event.value if event.__class__ is ast.Assign else None
        if value.__class__ is not ast.Call or state.named_calls.get(value) != "pandas.DataFrame":
            continue
        data = [*value.args[:1], *(item.value for item in value.keywords if item.arg == "data")]
        if data and all(isinstance(part, _LITERAL) for item in data for part in ast.walk(item)):
            yield from ((frame, target.id) for target in event.targets if target.__class__ is ast.Name)


def _is_made(node: Any, frame: Frame, spelt: set[tuple[Frame, str]]) -> bool:
    """Whether it is a frame, and none whose columns are spelt out."""
    return _of_frame(node, frame) and not _is_spelt_out(node, frame, spelt)


def _is_spelt_out(node: Any, frame: Frame, spelt: set[tuple[Frame, str]]) -> bool:
    while node.__class__ in _STEPS:
        node = getattr(node, "func", None) or getattr(node, "value", None)
    return node.__class__ is ast.Name and (frame, node.id) in spelt


def _names_columns(index: Any) -> bool:
    return index.__class__ is ast.List or (index.__class__ is ast.Constant and isinstance(index.value, str))


def _lists_names(node: Any) -> bool:
    """Two strings or more, spelt out."""
    parts = getattr(node, "elts", ()) if node.__class__ in _LISTS else ()
    return len(parts) > 1 and all(map(text, parts))


def _selected(state: State) -> Iterator[Idiom]:
    """`rows = frame[["age", "price"]]`, and a list of names called the features: `FEATURES = ["age", "price"]`."""
    event: Any
    value: Any
    for frame, event in state.events:
        if event.__class__ is not ast.Assign:
            continue
        target, value = event.targets[0], event.value
        if _lists_names(value) and target.__class__ is ast.Name and FEATURES.search(target.id):
            yield idiom("chosen", event, frame.scope, "")
        while value.__class__ in _STEPS and not _lists_names(getattr(value, "slice", None)):
            value = getattr(value, "func", None) or getattr(value, "value", None)
        if value.__class__ is ast.Subscript and value.value.__class__ is ast.Name:
            yield idiom("chosen", event, frame.scope, value.value.id)


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
        if index.__class__ is ast.Tuple and len(index.elts) == 2 and (column := text(index.elts[1])):
            placed.add((frame, written(owner.value), column))
    if not placed:
        return
    for frame, assign in state.events:
        if not isinstance(assign, ast.Assign) or not isinstance(assign.value, ast.Constant):
            continue
        target: Any = assign.targets[0]
        filler = assign.value.value
        if target.__class__ is ast.Subscript and filler in FILLERS and not isinstance(filler, bool):
            name, column = written(target.value), text(target.slice)
            if (frame, name, column) in placed and _is_frame(target.value, frame):
                yield idiom("filled", assign, frame.scope, f"{name}[{column!r}]", repr(filler))


# ---------------------------------------------------------------- switches


def _switches(state: State) -> Iterator[Idiom]:
    """cudnn.deterministic = True, cudnn.benchmark = True, and the environment's switches of the same kind."""
    for frame, assign in state.events:
        if not isinstance(assign, ast.Assign):
            continue
        target: Any = assign.targets[0]
        if target.__class__ is ast.Attribute and target.attr in SWITCHES:
            owner = resolve(target.value, frame) or written(target.value)
            subject = f"cudnn.{target.attr}" if owner.endswith("cudnn") else ""
        elif target.__class__ is ast.Subscript and text(target.slice) in VARIABLES:
            subject = text(target.slice)
        else:
            continue
        if subject:
            value = assign.value
            set_to = repr(value.value) if isinstance(value, ast.Constant) else ""
            yield idiom("switch", assign, frame.scope, subject, set_to)
