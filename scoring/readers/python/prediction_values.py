"""Which names of a module hold predictions, in the order of the source, and which name their origin.

A name holds predictions if it was bound to a call that predicts, or to what carries such a name on: a frame, a dict,
a list, arithmetic. In a function that serves, whatever is made of a prediction carries it.
"""

import ast
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from scoring.knowledge import is_call
from scoring.knowledge.predictions import CARRIERS, FIGURES, MODEL_KEYS, MODELS, ORIGIN, PREDICTING, SERVING
from scoring.readers.python.hosted_calls import last_part
from scoring.readers.python.nodes import inside
from scoring.readers.python.state import State

MAX_STEPS = 200
MAX_TEXT = 60
"""Longer strings are prose."""

TEXTS = frozenset({ast.Constant, ast.JoinedStr, ast.BinOp})
"""What a path may be written as."""


class Values:
    """What the names of each scope hold so far."""

    def __init__(self, state: State, lines: list[int]) -> None:
        self.named = state.named_calls
        self.lines = lines
        """Lines on which something may predict."""
        self.any_held = False
        self.held: dict[str, set[str]] = {}
        """Scope -> its names that hold predictions."""
        self.traced: dict[str, set[str]] = {}
        """Scope -> its names that hold a model's version, a run or a time."""
        self.paths: dict[str, dict[str, str]] = {}
        """Scope -> its names that hold a text, which may be a path."""
        self.giving: set[str] = set()
        """Functions of this module that return predictions."""
        self.serving: set[str] = set()
        """Scopes of functions that serve."""

    # ------------------------------------------------------------ predictions

    def predicts(self, node: ast.Call, scope: str) -> bool:
        """Whether a call gives predictions; in a function that serves, by its name too."""
        name, last = self.named.get(node, ""), last_part(node.func)
        if name and is_call(name, "PRED"):
            return True
        if last in self.giving or PREDICTING.match(last):
            return True
        if scope not in self.serving:
            return False
        return bool(name and is_call(name, "SCORE")) or bool(SERVING.match(last) or MODELS.match(last))

    def carries(self, node: Any, scope: str) -> bool:
        """Whether an expression holds predictions."""
        if scope in self.serving:
            return any(self._is_one(part, scope) for part in inside(node))
        if not (self.any_held or self.giving or self._may_predict(node)):
            return False
        todo = [node]
        for _ in range(MAX_STEPS):
            if not todo:
                return False
            node = todo.pop()
            if self._is_one(node, scope):
                return True
            todo += self._parts(node)
        return False

    def _may_predict(self, node: Any) -> bool:
        index = bisect_left(self.lines, node.lineno)
        return index < len(self.lines) and self.lines[index] <= (node.end_lineno or node.lineno)

    def _is_one(self, node: Any, scope: str) -> bool:
        kind = node.__class__
        if kind is ast.Name:
            return _among(self.held, scope, node.id)
        if kind is ast.Attribute:
            value = node.value
            return value.__class__ is ast.Name and _among(self.held, scope, f"{value.id}.{node.attr}")
        return kind is ast.Call and self.predicts(node, scope)

    def _parts(self, node: Any) -> list[Any]:
        kind = node.__class__
        if kind is ast.Call:
            last = last_part(node.func)
            if last in FIGURES or (last not in CARRIERS and not last[:1].isupper()):
                return []
            owner = [node.func.value] if node.func.__class__ is ast.Attribute else []
            return [*owner, *node.args, *(item.value for item in node.keywords)]
        if kind in (ast.ListComp, ast.GeneratorExp, ast.SetComp):
            return [node.elt, *(item.iter for item in node.generators)]
        if kind is ast.DictComp:
            return [node.value, *(item.iter for item in node.generators)]
        if kind is ast.Dict:
            return [item for item in node.values if item is not None]
        if kind is ast.Compare or kind is ast.Lambda:
            return []
        return [item for item in ast.iter_child_nodes(node) if isinstance(item, ast.expr)]

    # ------------------------------------------------------------ origin and paths

    def names_origin(self, node: Any, scope: str) -> bool:
        """Whether a name, a key or a keyword in it tells a model's version, a run or a time."""
        return any(
            _tells_origin(part, text) or _among(self.traced, scope, text)
            for part in inside(node)
            for text in words_of(part)
        )

    def text(self, node: Any, scope: str) -> str:
        """A text as far as it is written down: of `f"{folder}/out.csv"` and `folder / "out.csv"` all that is known."""
        kind = node.__class__
        if kind is ast.Constant:
            return node.value if isinstance(node.value, str) else ""
        if kind is ast.JoinedStr:
            return "".join([self.text(item, scope) or "{}" for item in node.values])
        if kind is ast.FormattedValue:
            return self.text(node.value, scope)
        if kind is ast.Name:
            return next((found[node.id] for found in _outward(self.paths, scope) if node.id in found), "")
        if kind is ast.BinOp:
            left, right = self.text(node.left, scope), self.text(node.right, scope)
            return f"{left}/{right}" if node.op.__class__ is ast.Div else left + right
        if kind is ast.Call and last_part(node.func) in ("join", "Path", "PurePath", "str", "open"):
            return "/".join([self.text(item, scope) for item in node.args[:4]])
        return ""

    # ------------------------------------------------------------ bindings

    def bind(self, targets: list[Any], value: Any, scope: str) -> None:
        """What the targets hold after an assignment."""
        carries, traced = self.carries(value, scope), self.names_origin(value, scope)
        for target in targets:
            parts = list(_pairs(target, value))
            for item, part in parts:
                held = self.carries(part, scope) if len(parts) > 1 and part is not value else carries
                self._set(item, held, traced, scope)
        if len(targets) == 1 and targets[0].__class__ is ast.Name and value.__class__ in (*TEXTS, ast.Call):
            self.paths.setdefault(scope, {})[targets[0].id] = self.text(value, scope)

    def _set(self, target: Any, held: bool, traced: bool, scope: str) -> None:
        whole = target.__class__ is ast.Name
        if target.__class__ is ast.Subscript:
            traced = traced or self.names_origin(target.slice, scope)
        name = owner_of(target)
        if not name:
            return
        for kept, told in ((self.held, held), (self.traced, traced)):
            names = kept.setdefault(scope, set())
            if told:
                names.add(name)
                self.any_held = True
            elif whole:
                names.discard(name)


def owner_of(node: Any) -> str:
    """The name that is changed by storing to it: `frame` of `frame.loc[:, "x"]`, `self.rows` of `self.rows["x"]`."""
    while node.__class__ is ast.Subscript or (node.__class__ is ast.Attribute and node.value.__class__ is not ast.Name):
        node = node.value
    if node.__class__ is ast.Name:
        return str(node.id)
    if node.__class__ is not ast.Attribute:
        return ""
    owner: Any = node.value
    return f"self.{node.attr}" if owner.id == "self" else str(owner.id)


@lru_cache(maxsize=1 << 14)
def is_origin(word: str) -> bool:
    """Whether a word tells a model's version, a run or a time."""
    return ORIGIN.search(word) is not None


def tells_origin(function: Any) -> bool:
    """Whether the words of a function tell it, whatever its names stand for; a key that is looked up tells nothing."""
    parts = list(inside(function))
    asked = {part.slice for part in parts if part.__class__ is ast.Subscript and part.ctx.__class__ is ast.Load}
    told = [(part, text) for part in parts for text in words_of(part)]
    return any(is_origin(text) or (part not in asked and _tells_origin(part, text)) for part, text in told)


def _tells_origin(node: Any, text: str) -> bool:
    """A word of an origin, or a key or column that names the model."""
    return is_origin(text) or (text in MODEL_KEYS and node.__class__ is ast.Constant)


def words_of(node: Any) -> tuple[str, ...]:
    """The name, attribute, keyword or short string that a node is."""
    kind = node.__class__
    if kind is ast.Name:
        return (node.id,)
    if kind is ast.Attribute:
        return (node.attr,)
    if kind is ast.keyword or kind is ast.arg:
        return (node.arg or "",)
    if kind is ast.Constant and isinstance(node.value, str) and len(node.value) <= MAX_TEXT:
        return (node.value,)
    return ()


def _pairs(target: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    """Targets with the values they are bound to: those of `a, b = x, y` one by one."""
    if target.__class__ not in (ast.Tuple, ast.List):
        yield target, value
    elif value.__class__ in (ast.Tuple, ast.List) and len(value.elts) == len(target.elts):
        yield from zip(target.elts, value.elts, strict=True)
    else:
        yield from ((item, value) for item in target.elts)


def _outward(kept: dict[str, Any], scope: str) -> Iterator[Any]:
    while True:
        if scope in kept:
            yield kept[scope]
        if not scope:
            return
        scope = scope.rpartition(".")[0]


def _among(kept: dict[str, set[str]], scope: str, name: str) -> bool:
    return any(name in names for names in _outward(kept, scope))
