"""What a name stands for: the module's imports and the scope's simple assignments."""

import ast
from typing import Any

from scoring.readers.python.state import Frame

BUILTINS = frozenset({"open", "set", "sorted"})
"""Builtins whose calls are facts."""

MAX_CHAIN = 16
MAX_NAME = 160
"""Characters of a resolved name; a longer chain of calls says no more."""


def resolve(node: Any, frame: Frame) -> str:
    """The dotted name of an expression, with "()" after calls and "[]" after subscripts; "" when nobody knows."""
    parts: list[str] = []
    for _ in range(MAX_CHAIN):
        kind = node.__class__
        if kind is ast.Attribute:
            parts.append("." + node.attr)
            node = node.value
        elif kind is ast.Name:
            root = _root(node.id, frame, parts)
            return _joined(root, parts) if root else ""
        elif kind is ast.Call:
            parts.append("()")
            node = node.func
        elif kind is ast.Subscript:
            parts.append("[]")
            node = node.value
        elif kind is ast.Await:
            node = node.value
        else:
            return ""
    return ""


def _root(name: str, frame: Frame, parts: list[str]) -> str:
    root = frame.find(name)
    if root is not None:
        return root
    if name in {"self", "cls"} and parts and frame.attributes:
        root = frame.attributes.get(parts[-1][1:], "")
        if root:
            parts.pop()
        return root
    return name if name in BUILTINS else ""


def _joined(root: str, parts: list[str]) -> str:
    parts.append(root)
    parts.reverse()
    name = "".join(parts)
    return name if len(name) <= MAX_NAME else ""


def written(node: Any) -> str:
    """A chain of names, calls and subscripts as written: "self.model", "make()", "frames[]"; "" for others."""
    parts: list[str] = []
    for _ in range(MAX_CHAIN):
        kind = node.__class__
        if kind is ast.Attribute:
            parts.append("." + node.attr)
            node = node.value
        elif kind is ast.Name:
            parts.append(node.id)
            parts.reverse()
            return "".join(parts)
        elif kind is ast.Call:
            parts.append("()")
            node = node.func
        elif kind is ast.Subscript:
            parts.append("[]")
            node = node.value
        else:
            return ""
    return ""


def known_or_written(node: Any, frame: Frame) -> str:
    """The resolved name of a decorator or base class, else the name as written."""
    return resolve(node.func if node.__class__ is ast.Call else node, frame) or written(node).removesuffix("()")
