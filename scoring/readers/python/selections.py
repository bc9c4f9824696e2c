"""Features that are taken by a pattern, a type, a place or an exclusion instead of by name (bun.2)."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from scoring.facts import Idiom
from scoring.readers.python.oversights import idiom, text
from scoring.readers.python.state import Frame, State

SELECTING = (b".drop(", b".iloc", b".select_dtypes", b".columns", b".filter(")
"""One of them stands in every source that has such an assignment."""
FEATURES = re.compile(
    r"^[xX]\d?$|^X_\w+|_X$|(?:^|_)(?:features?|feats?|predictors?|regressors?)(?:_|$)"
    r"|^(?:num|numeric|numerical|cat|categorical|cont|continuous)(?:_?(?:cols?|columns?|names?|vars?|fields?|flds?))?$"
)
BY_TYPE = "by their type"
_ALL_BUT = "as all columns but "
_INPUT = re.compile(r"^[xX]\d?$|^[xX]_\w+|_X$")
_GENERAL = frozenset({"transform", "_transform", "fit_transform", "fit", "predict", "fit_predict"})
_MADE = re.compile(r"^\W*(?:pc|pca|svd|lsa|lda|nmf|umap|tsne|emb|embed|embedding|tfidf|topic|component)[\W_\d]*$", re.I)
"""Prefixes of columns that a method numbered: nobody adds one by hand."""
_HELD_OUT = re.compile(r"(?:^|_)(?:test|tst|val|valid|validation|dev|holdout|eval)\d?(?:_|$)")
"""What is taken of the held-out part repeats what was taken of the other."""
_ONE = re.compile(r"(?:feature|feat|column|col|name|c|f|i)(?:_?name)?")
_PASSING = frozenset(
    {"astype", "to_numpy", "copy", "fillna", "tolist", "to_list", "reset_index", "compute", "toarray", "squeeze"}
)
_WRAPPING = frozenset({"list", "array", "asarray", "sorted", "DataFrame"})
_BY_TEXT = frozenset({"startswith", "endswith", "match", "search", "fullmatch", "contains"})
_TYPES = frozenset({"dtype", "dtypes", "is_numeric_dtype", "is_string_dtype", "is_bool_dtype", "is_categorical_dtype"})


def patterns(state: State) -> Iterator[Idiom]:
    """Assignments of features that are taken by a prefix, a type, a place, or as all columns but some. Where the caller
    says which columns to leave out, the code is general and chooses nothing."""
    event: Any
    named: set[str] | None = None
    for frame, event in state.events:
        if event.__class__ is not ast.Assign:
            continue
        target, value = event.targets[0], event.value
        pairs = [(target, value)]
        if target.__class__ is ast.Tuple and value.__class__ is ast.Tuple and len(target.elts) == len(value.elts):
            pairs = list(zip(target.elts, value.elts, strict=True))
        for name, taken in pairs:
            own = name.id if name.__class__ is ast.Name else ""
            if not own or not _is_features(own):
                continue
            if named is None:
                named = set(_named_tables(state))
            how = _how(taken, named)
            if how == BY_TYPE and _is_chosen_already(taken, frame.node):
                continue
            if how.startswith(_ALL_BUT) and _transforms(frame):
                continue
            if how and not _leaves_to_caller(taken, frame.node):
                yield idiom("pattern", event, frame.scope, own, how)


@lru_cache(maxsize=1 << 14)
def _is_features(name: str) -> bool:
    return FEATURES.search(name) is not None and _HELD_OUT.search(name) is None


def _transforms(frame: Frame) -> bool:
    """Whether it is the `transform` or `fit` of a step or model: whose columns these are, its caller knows."""
    return getattr(frame.node, "name", "") in _GENERAL and isinstance(getattr(frame.outer, "node", None), ast.ClassDef)


def _is_chosen_already(taken: Any, function: Any) -> bool:
    """Whether the table is the features themselves, or the caller's: a type then only tells how a column is treated."""
    root = _root(next((item for item in ast.walk(taken) if getattr(item, "attr", "") == "select_dtypes"), taken))
    return _INPUT.search(root) is not None or root in _parameters(function)


def _parameters(function: Any) -> set[str]:
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        return set()
    return {item.arg for item in ast.walk(function.args) if isinstance(item, ast.arg)}


def _leaves_to_caller(taken: Any, function: Any) -> bool:
    """Whether the columns to leave out are parameters alone, so that they are the caller's to say."""
    given = _parameters(function)
    calls = (item for item in ast.walk(taken) if getattr(getattr(item, "func", None), "attr", "") == "drop")
    call: Any = next(calls, None)
    if call is None:
        return False
    left_out = [*call.args[:1], *(item.value for item in call.keywords if item.arg == "columns")]
    parts = [item for part in left_out for item in ast.walk(part)]
    names = {item.id for item in parts if isinstance(item, ast.Name)}
    return bool(names) and names <= given and not any(isinstance(item, ast.Constant) for item in parts)


def _named_tables(state: State) -> Iterator[str]:
    """Names of tables whose columns are spelt out in the module: every column that comes was asked for by name."""
    event: Any
    for _, event in state.events:
        if event.__class__ is not ast.Assign:
            continue
        target, value = event.targets[0], event.value
        if target.__class__ is ast.Attribute and target.attr == "columns" and target.value.__class__ is ast.Name:
            yield target.value.id
        elif target.__class__ is ast.Name and _spells_columns(value):
            yield target.id


def _spells_columns(value: Any) -> bool:
    if value.__class__ is ast.Subscript:
        return value.slice.__class__ is ast.List
    if value.__class__ is not ast.Call:
        return False
    keywords = {item.arg for item in value.keywords}
    return not keywords.isdisjoint({"names", "usecols", "columns"}) and getattr(value.func, "attr", "") != "drop"


def _how(taken: Any, named: set[str]) -> str:
    """By what the columns are taken, in words; "" where they are named, or it is nothing of the kind."""
    node: Any = _inside(taken)
    if node.__class__ is ast.Call and node.func.__class__ is ast.Attribute:
        return _by_method(node, node.func, named)
    if node.__class__ is ast.ListComp:
        return _by_condition(node)
    if node.__class__ is not ast.Subscript:
        return ""
    part: Any = node.slice
    base: Any = node.value
    if getattr(base, "attr", "") in ("iloc", "loc") and part.__class__ is ast.Tuple and len(part.elts) == 2:
        if base.attr == "iloc" and part.elts[1].__class__ is ast.Slice:
            return _by_place(part.elts[1]) if _root(base) not in named else ""
        return _how(part.elts[1], named)
    if getattr(base, "attr", "") == "columns" and part.__class__ is ast.Slice:
        return _by_place(part) if _root(base) not in named else ""
    return _how(part, named) if part.__class__ in (ast.ListComp, ast.Call) else ""


def _inside(taken: Any) -> Any:
    """Without what only changes the form: `.values`, `.astype(...)`, `list(...)`."""
    node: Any = taken
    while True:
        if node.__class__ is ast.Attribute and node.attr in ("values", "columns"):
            node = node.value
        elif node.__class__ is not ast.Call:
            return node
        elif getattr(node.func, "attr", "") in _PASSING:
            function: Any = node.func
            node = function.value
        elif getattr(node.func, "attr", getattr(node.func, "id", "")) in _WRAPPING and len(node.args) == 1:
            node = node.args[0]
        else:
            return node


def _by_method(node: ast.Call, func: ast.Attribute, named: set[str]) -> str:
    keywords = {item.arg: item.value for item in node.keywords}
    if func.attr == "select_dtypes":
        return BY_TYPE
    if func.attr == "filter" and not keywords.keys().isdisjoint({"like", "regex"}):
        pattern = text(keywords.get("like", keywords.get("regex")))
        return "" if _is_of_rows(keywords.get("axis")) or _MADE.search(pattern) else "by a pattern of their names"
    if func.attr in ("difference", "drop") and getattr(func.value, "attr", "") == "columns":
        return _all_but(node.args[0]) if node.args and _root(func) not in named else ""
    if func.attr != "drop" or _root(func) in named:
        return ""
    axis: Any = keywords.get("axis") or (node.args[1] if len(node.args) > 1 else None)
    if "columns" in keywords:
        return _all_but(keywords["columns"])
    if node.args and axis.__class__ is ast.Constant and axis.value in (1, "columns"):
        return _all_but(node.args[0])
    return ""


def _is_of_rows(axis: Any) -> bool:
    return axis.__class__ is ast.Constant and axis.value in (0, "index", "rows")


def _all_but(node: Any) -> str:
    """One feature left out at a time is a study of it."""
    if node.__class__ is ast.Name and _ONE.fullmatch(node.id):
        return ""
    return f"{_ALL_BUT}{ast.unparse(node)}"


def _root(node: Any) -> str:
    """The name that a chain of attributes, parts and calls begins with."""
    while node.__class__ in (ast.Attribute, ast.Subscript, ast.Call):
        node = getattr(node, "func", None) or getattr(node, "value", None)
    return node.id if node.__class__ is ast.Name else ""


def _by_place(part: ast.Slice) -> str:
    """An open range: it takes whatever column is added at its end."""
    upper: Any = part.upper
    if part.lower is not None and upper is None:
        return "by their place"
    return "by their place" if upper.__class__ is ast.UnaryOp and part.lower is None else ""


def _by_condition(node: ast.ListComp) -> str:
    """`[c for c in frame.columns if ...]`; a look-up in a list of names names them."""
    loop = node.generators[0]
    source = loop.iter
    while source.__class__ is ast.Call and len(source.args) == 1:  # list(frame.columns)
        source = source.args[0]
    if getattr(source, "attr", "") != "columns" or not loop.ifs or node.elt.__class__ is not ast.Name:
        return ""
    for test in loop.ifs:
        for part in ast.walk(test):
            if how := _by_test(part):
                return how
    return ""


def _by_test(node: Any) -> str:
    name = getattr(node, "attr", getattr(node, "id", ""))
    if name in _BY_TEXT:
        return "by a pattern of their names"
    if name in _TYPES:
        return BY_TYPE
    if node.__class__ is not ast.Compare:
        return ""
    operator = node.ops[0].__class__
    if operator in (ast.NotEq, ast.NotIn):
        return _all_but(node.comparators[0])
    return "by a pattern of their names" if operator is ast.In and text(node.left) else ""
