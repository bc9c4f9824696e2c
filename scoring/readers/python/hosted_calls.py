"""Which calls of a module complete a text, and whether the answer keeps to a schema."""

import ast
from typing import Any

from scoring.knowledge import of_hosted
from scoring.knowledge.hosted import (
    COMPLETING,
    COMPLETION_CLASSES,
    COMPLETION_ENDINGS,
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


def completes(node: ast.Call, name: str) -> bool:
    """Whether the call gives a completion."""
    if name in COMPLETING or name.endswith(COMPLETION_ENDINGS):
        return True
    if name and of_hosted(name):
        made, _, rest = name.partition("()")
        if COMPLETION_CLASSES.isdisjoint(made.split(".")) or name == made:
            return False
        method = rest.rpartition(".")[2]
        return method in COMPLETION_METHODS or (not method and made.partition(".")[0] not in _CLIENTS)
    func: Any = node.func
    if func.__class__ is ast.Name:
        return not name and COMPLETION_OBJECTS.search(func.id) is not None
    if func.__class__ is not ast.Attribute:
        return False
    if f".{written(func)}".endswith(COMPLETION_ENDINGS):
        return True
    owner = last_part(func.value)
    if func.attr in INVOKED and owner.endswith("model"):
        return True
    return func.attr in COMPLETION_METHODS and COMPLETION_OBJECTS.search(owner) is not None


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
