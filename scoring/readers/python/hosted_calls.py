"""Which calls of a module complete a text, and whether the answer keeps to a schema."""

import ast
from collections.abc import Set
from functools import lru_cache
from typing import Any

from scoring.knowledge import of_hosted
from scoring.knowledge.hosted import (
    COMPLETING,
    COMPLETION_CLASSES,
    COMPLETION_ENDINGS,
    COMPLETION_LAST,
    COMPLETION_METHODS,
    COMPLETION_OBJECTS,
    INVOKED,
    SCHEMA_KEYS,
    STRUCTURED,
)
from scoring.readers.python.names import resolve, written
from scoring.readers.python.state import Frame, State

_CLIENTS = frozenset({"openai", "anthropic"})
"""Their classes are connections, and no models that can be called."""


def called(node: ast.Call, state: State, frame: Frame | None = None) -> str:
    """The callee's resolved name: as the walk met it, or as the names of the scope stand at its end."""
    name = state.named_calls.get(node) or state.resolved.get(node)
    return name or resolve(node.func, frame or state.module)


def last_part(func: Any) -> str:
    """The name of a function or method as written, without what it is of."""
    return str(getattr(func, "attr", getattr(func, "id", "")))


def known_names(state: State) -> frozenset[str]:
    """Names that stand for something somewhere in the module: a call of any other has no resolved name."""
    return frozenset([*(item.bound for item in state.imports), *(name for name, _ in state.stood)])


def may_complete(node: ast.Call, frame: Frame, known: Set[str]) -> bool:
    """Never false where `completes` is true, at a fraction of its cost."""
    func: Any = node.func
    if func.__class__ is ast.Attribute:
        return func.attr in COMPLETION_LAST or (func.attr in frame.attributes and func.value.__class__ is ast.Name)
    return func.__class__ is not ast.Name or func.id in known or _is_model(func.id)


def completes(node: ast.Call, name: str) -> bool:
    """Whether the call gives a completion."""
    told = _told(name) if name else None
    if told is not None:
        return told
    func: Any = node.func
    if func.__class__ is ast.Name:
        return not name and _is_model(func.id)
    if func.__class__ is not ast.Attribute:
        return False
    if f".{written(func)}".endswith(COMPLETION_ENDINGS):
        return True
    owner = last_part(func.value)
    if func.attr in INVOKED and owner.endswith("model"):
        return True
    return func.attr in COMPLETION_METHODS and _is_model(owner)


@lru_cache(maxsize=1 << 12)
def _told(name: str) -> bool | None:
    """Whether a call of that resolved name gives a completion, None where the name doesn't tell."""
    if name in COMPLETING or name.endswith(COMPLETION_ENDINGS):
        return True
    if not of_hosted(name):
        return None
    made, _, rest = name.partition("()")
    if COMPLETION_CLASSES.isdisjoint(made.split(".")) or name == made:
        return False
    method = rest.rpartition(".")[2]
    return method in COMPLETION_METHODS or (not method and made.partition(".")[0] not in _CLIENTS)


@lru_cache(maxsize=1 << 12)
def _is_model(word: str) -> bool:
    """Whether what has that name is a model, where nobody sees it made."""
    return COMPLETION_OBJECTS.search(word) is not None


def keeps_to_schema(node: ast.Call, name: str) -> bool:
    """Whether the answer is of a schema that the call itself names."""
    if any(item.arg in SCHEMA_KEYS and not _is_none(item.value) for item in node.keywords):
        return True
    place = f"{name}.{written(node.func)}"
    return not STRUCTURED.isdisjoint(place.replace("()", "").split("."))


def _is_none(value: Any) -> bool:
    return value.__class__ is ast.Constant and value.value is None


def gives_text(node: Any, state: State, frame: Frame) -> bool:
    """Whether it is a completion whose answer keeps to no schema."""
    if node.__class__ is not ast.Call:
        return False
    name = called(node, state, frame)
    return completes(node, name) and not keeps_to_schema(node, name)
