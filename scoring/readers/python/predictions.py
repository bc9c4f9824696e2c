"""What becomes of predictions: returned by an endpoint, written (pod.2, und.6, act.3).

Only modules that predict, or that serve, are looked at; the others cost one look at the names of their calls.
"""

import ast
import re
from bisect import bisect_left
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from scoring.facts import Endpoint, PredictionUse
from scoring.knowledge.predictions import (
    ANSWERS,
    ARRAYS,
    MEDIA,
    OPENING,
    SERVING,
    SHARED,
    TABLES,
    TRIALS,
)
from scoring.readers.python.hosted_calls import last_part
from scoring.readers.python.names import written
from scoring.readers.python.nodes import inside
from scoring.readers.python.prediction_values import TEXTS, Values, is_origin, tells_origin, words_of
from scoring.readers.python.scopes import Scopes
from scoring.readers.python.state import State

MAX_SUBJECT = 80
MAX_BLANKS = 1
"""A text with more blanks is a message."""

_KEEPING = frozenset({"append", "extend", "update", "insert", "add"})
_DROPPED = TABLES | ARRAYS | _KEEPING
"""Calls that are looked at where they are statements."""
_PREDICTING = re.compile(rb"predict\w*\(")
_ORIGINS = (
    b"version",
    b"run_id",
    b"timestamp",
    b"isoformat",
    b"utcnow",
    b"strftime",
    b"model_id",
    b"d_at",
    b"revision",
)
"""What holds none of them hardly tells an origin."""
_HANDLERS = frozenset({"lambda_handler", "handler", "run"})
_SCHEMAS = frozenset({"pydantic", "dataclasses", "attrs", "attr"})
_PAGES = frozenset({"render_template", "TemplateResponse", "render", "HTMLResponse"})


class _Step(NamedTuple):
    """Something that a module does, in the order of the source."""

    line: int
    column: int
    scope: str
    node: Any


def predictions(
    tree: ast.Module, state: State, source: bytes, scopes: Scopes, served: tuple[Endpoint, ...]
) -> tuple[PredictionUse, ...]:
    """By line."""
    found = list(_schemas(tree)) if _has_schemas(state) else []
    predicting = b"predict" in source
    lines = _predicting_lines(source) if predicting else []
    if served or _is_called(source) or (lines and _writes(state)):
        followed = _Pass(state, lines, scopes, served)
        found += followed.run()
        found += _origins(state, source, followed.values.giving)
    elif predicting:
        found += _origins(state, source, frozenset())
    if not found:
        return ()
    return tuple(sorted(set(found), key=lambda item: (item.line, item.end_line, item.kind, item.subject, item.detail)))


def _predicting_lines(source: bytes) -> list[int]:
    """Lines on which something is called whose name speaks of predicting."""
    lines, line, start = [], 1, 0
    for found in _PREDICTING.finditer(source):
        line += source.count(b"\n", start, found.start())
        start = found.start()
        begin = source.rfind(b"\n", 0, start) + 1
        if not source[begin:start].strip().startswith((b"def ", b"async def ")):
            lines.append(line)
    return lines


def _is_called(source: bytes) -> bool:
    """A platform may call its functions."""
    return (b"def run(" in source and b"def init(" in source) or b"handler(" in source or b"bentoml" in source


def _writes(state: State) -> bool:
    return any(name[name.rfind(".") + 1 :] in TABLES for name in state.named_calls.values())


def _has_schemas(state: State) -> bool:
    return any(item.module in _SCHEMAS for item in state.imports)


def _origins(state: State, source: bytes, giving: Container[str]) -> Iterator[PredictionUse]:
    """Functions that give predictions together with their origin."""
    functions = [item.node for item in state.functions if item.node.name in giving or _serves(item.node.name)]
    if not functions or not any(word in source for word in _ORIGINS):
        return
    texts = source.split(b"\n")
    for node in functions:
        text = b"\n".join(texts[node.lineno - 1 : node.end_lineno])
        if any(word in text for word in _ORIGINS) and tells_origin(node):
            yield PredictionUse("origin", node.lineno, node.lineno, node.name)


@lru_cache(maxsize=1 << 14)
def _serves(name: str) -> bool:
    return SERVING.match(name) is not None


@lru_cache(maxsize=1 << 14)
def _is_answer(name: str) -> bool:
    return ANSWERS.search(name) is not None


def _schemas(tree: ast.Module) -> Iterator[PredictionUse]:
    """Classes of answers of which a field names a model's version, a run or a time."""
    traced: set[str] = set()
    for node in tree.body:
        if node.__class__ is ast.ClassDef and _is_answer(node.name):
            fields = [getattr(item.target, "id", "") for item in node.body if item.__class__ is ast.AnnAssign]
            if any(map(is_origin, fields)) or any(last_part(base) in traced for base in node.bases):
                traced.add(node.name)
                yield PredictionUse("origin", node.lineno, node.lineno, node.name)


class _Pass:
    """One look at a module."""

    def __init__(self, state: State, lines: list[int], scopes: Scopes, served: tuple[Endpoint, ...]) -> None:
        self.state = state
        self.scopes = scopes
        self.values = Values(state, lines)
        self.functions = {item.frame.scope: item.node for item in state.functions}
        self.served = {item.scope: item.path for item in served if item.path != "*"} | dict(self._handlers())
        self.values.serving.update(self.served)
        self.followed = {scope for scope, node in self.functions.items() if scope in self.served or _has(lines, node)}
        """Functions in which something predicts or serves."""
        if any(scopes.at(line) == "" for line in lines):
            self.followed.add("")
        self.called: dict[str, set[str]] = {}
        """Scope of a function that serves -> functions whose predictions it takes."""

    def _handlers(self) -> Iterator[tuple[str, str]]:
        """Functions that a platform calls: a lambda's handler, `run` beside `init`, what bentoml's `api` marks."""
        names = self.functions.keys()
        for scope, node in self.functions.items():
            if scope in _HANDLERS and node.args.args and (scope != "run" or "init" in names):
                if scope == "run" or len(node.args.args) == 2:
                    yield scope, scope
            elif any(last_part(getattr(item, "func", item)) == "api" for item in node.decorator_list):
                yield scope, node.name

    def run(self) -> Iterator[PredictionUse]:
        for step in sorted(self._steps(), key=lambda step: (step.line, step.column)):
            node, scope = step.node, step.scope
            kind = node.__class__
            if kind is ast.Assign or kind is ast.AnnAssign:
                self._bind(node, scope)
            elif kind is ast.Call:
                yield from self._called(node, scope)
            elif kind is ast.Return:
                yield from self._returned(node, scope)
            elif kind is ast.For or kind is ast.AsyncFor:
                self.values.bind([node.target], node.iter, scope)

    def _steps(self) -> Iterator[_Step]:
        state = self.state
        node: Any
        for frame, node in (*state.events, *state.loops, *state.returned):
            if node.__class__ is ast.Compare or getattr(node, "value", node) is None:
                continue
            if frame.scope in self.followed or (not frame.scope and getattr(node, "value", None).__class__ in TEXTS):
                yield _Step(node.lineno, node.col_offset, frame.scope, node)
        for node, use in state.uses_of.items():
            if use == "dropped" and last_part(getattr(node, "func", None)) in _DROPPED:
                scope = self.scopes.at(node.lineno)
                if scope in self.followed:
                    yield _Step(node.lineno, node.col_offset, scope, node)

    # ------------------------------------------------------------ bindings

    def _bind(self, node: Any, scope: str) -> None:
        targets = node.targets if node.__class__ is ast.Assign else [node.target]
        self.values.bind(targets, node.value, scope)
        self._note(node.value, scope)

    def _note(self, node: Any, scope: str) -> None:
        if scope in self.served:
            names = [last_part(part.func) for part in inside(node) if part.__class__ is ast.Call]
            self.called.setdefault(scope, set()).update(names)

    # ------------------------------------------------------------ what functions return

    def _returned(self, node: ast.Return, scope: str) -> Iterator[PredictionUse]:
        if not self.values.carries(node.value, scope):
            return
        if scope not in self.served:
            self.values.giving.add(scope.rpartition(".")[2])
            return
        if any(part.__class__ is ast.Call and last_part(part.func) in _PAGES for part in inside(node)):
            return
        self._note(node, scope)
        function = self.functions[scope]
        traced = tells_origin(function) or self._own_origin(scope)
        names = " ".join(sorted(self.called[scope] | set(_response_classes(function))))
        last = node.end_lineno or node.lineno
        yield PredictionUse("returned", node.lineno, last, self.served[scope], names, scope, traced)

    def _own_origin(self, scope: str) -> bool:
        """A function of this module that it calls names the origin."""
        own = [node for name, node in self.functions.items() if name.rpartition(".")[2] in self.called[scope]]
        return any(tells_origin(node) for node in own)

    # ------------------------------------------------------------ calls

    def _called(self, node: ast.Call, scope: str) -> Iterator[PredictionUse]:
        last, values = last_part(node.func), self.values
        owner = getattr(node.func, "value", None)
        if last in _KEEPING:
            if any(values.carries(item, scope) for item in node.args):
                values.held.setdefault(scope, set()).add(written(owner))
            if any(values.names_origin(item, scope) for item in node.args):
                values.traced.setdefault(scope, set()).add(written(owner))
            return
        self._note(node, scope)
        given = [*node.args, *(item.value for item in node.keywords)]
        payload = given if owner is None else [owner, *given]
        if any(values.carries(item, scope) for item in payload):
            yield from self._written(node, scope, given)

    def _written(self, node: ast.Call, scope: str, given: list[Any]) -> Iterator[PredictionUse]:
        path = self._path(node, scope, given)
        callee = written(node.func)
        text = " ".join([path, scope, *(word for part in inside(node) for word in words_of(part))])
        if callee.startswith(("sys.", "st.")) or path.count(" ") > MAX_BLANKS or MEDIA.search(path):
            return
        shared = "shared" if SHARED.search(path) or self._opens(node) else ""
        if not shared and (last_part(node.func) in ARRAYS or TRIALS.search(text)):
            return
        traced = self.values.names_origin(node, scope) or is_origin(text)
        last = node.end_lineno or node.lineno
        yield PredictionUse(
            "written", node.lineno, last, callee[:MAX_SUBJECT], path[:MAX_SUBJECT], scope, traced, shared
        )

    def _opens(self, node: ast.Call) -> bool:
        return any(getattr(part, "value", None) in OPENING for part in inside(node) if part.__class__ is ast.Constant)

    def _path(self, node: ast.Call, scope: str, given: list[Any]) -> str:
        for item in given:
            if text := self.values.text(item, scope):
                return text
        opened = [
            call
            for call, name in self.state.named_calls.items()
            if name == "open" and isinstance(call, ast.Call) and call.lineno <= node.lineno and call.args
        ]
        near = [call for call in opened if self.scopes.at(call.lineno) == scope]
        last = max(near, key=lambda call: call.lineno, default=None)
        return self.values.text(last.args[0], scope) if last is not None else ""


def _has(lines: list[int], node: Any) -> bool:
    index = bisect_left(lines, node.lineno)
    return index < len(lines) and lines[index] <= (node.end_lineno or node.lineno)


def _response_classes(function: Any) -> Iterator[str]:
    """Classes that its decorators, its annotation or its body name: the schema of the answer may be among them."""
    for part in inside(function):
        for text in words_of(part):
            if text[:1].isupper() and text.isidentifier():
                yield text
