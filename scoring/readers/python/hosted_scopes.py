"""Which function what the walk kept belongs to, and what happens in one of them in order.

Decorators, defaults and annotations belong to the function that they stand at. Lambdas and the bodies of classes are
no scope of their own here and belong to none.
"""

import ast
from collections.abc import Iterable, Iterator
from itertools import chain
from types import NoneType
from typing import Any, NamedTuple

from scoring.knowledge.hosted import LIMITS, VALIDATING
from scoring.readers.python.hosted_calls import last_part
from scoring.readers.python.names import written
from scoring.readers.python.nodes import inside
from scoring.readers.python.state import Frame, State

ASSIGNS = frozenset({ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr})
_FOLLOWED = frozenset({*ASSIGNS, ast.For, ast.AsyncFor, ast.comprehension, ast.Call, ast.Return})
_HOLD_NOTHING = frozenset({ast.Name, ast.Attribute, ast.Constant, NoneType})
"""What most decorators, defaults and annotations are, with no call inside that counts."""


class Scope(NamedTuple):
    """One function, or the module, with what happens in it in order."""

    frame: Frame
    nodes: tuple[Any, ...]
    validated: bool
    """Something that it calls holds data against a schema."""
    limited: bool
    """Something that it calls stands between a text and its effect."""


class Homes:
    """The function, or the module, that a node belongs to."""

    def __init__(self, state: State) -> None:
        self._moved: dict[ast.AST, Frame | None] = {}
        for node, frame, _ in state.functions:
            self._move(_head(node), frame)
        others: Any
        for _, others in state.seldom:
            if others.__class__ is ast.ClassDef:
                self._move((*others.decorator_list, *others.bases, *(item.value for item in others.keywords)), None)
            elif others.__class__ is ast.Lambda:
                self._move((others,), None)

    def _move(self, parts: Iterable[Any], frame: Frame | None) -> None:
        for part in parts:
            if part.__class__ not in _HOLD_NOTHING:
                self._moved.update(dict.fromkeys(inside(part), frame))

    def of(self, frame: Frame, node: ast.AST) -> Frame | None:
        """None for what belongs to no function."""
        home = self._moved.get(node, frame)
        return None if home is None or home.node.__class__ is ast.ClassDef else home


def _head(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.AST | None]:
    arguments = node.args
    yield from node.decorator_list
    yield from arguments.defaults
    yield from arguments.kw_defaults
    yield node.returns
    for item in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
        if item is not None:
            yield item.annotation


def scopes(state: State, homes: Homes, frames: Iterable[Frame]) -> list[Scope]:
    """Those of the frames, in their order."""
    found: dict[Frame | None, list[Any]] = {frame: [] for frame in frames}
    kept: Iterable[tuple[Frame, ast.AST]] = chain(state.asked, state.events, state.loops, state.returned, state.seldom)
    for frame, node in kept if found else ():
        if node.__class__ in _FOLLOWED and (home := homes.of(frame, node)) in found:
            found[home].append(node)
    return [_scope(frame, nodes) for frame, nodes in found.items() if frame is not None]


def _scope(frame: Frame, nodes: list[Any]) -> Scope:
    nodes.sort(key=_moment)
    calls = [part for part in nodes if part.__class__ is ast.Call]
    words = {written(call.func) for call in calls}
    made = any(last_part(call.func)[:1].isupper() and _unpacks(call) for call in calls)
    validated = made or any(map(VALIDATING.search, words))
    return Scope(frame, tuple(nodes), validated, any(map(LIMITS.search, words)))


def _unpacks(node: ast.Call) -> bool:
    """A record made of what was read: Item(**data)."""
    return any(item.arg is None for item in node.keywords)


def _moment(node: Any) -> tuple[int, int, int]:
    """When it happens: a call once its arguments are there, a name once its value is."""
    kind = node.__class__
    last = node.iter if kind in (ast.For, ast.AsyncFor, ast.comprehension) else node
    return last.end_lineno or 0, last.end_col_offset or 0, 0 if kind is ast.Call else 1
