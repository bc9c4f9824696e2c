"""Logarithms of what is called a probability, with nothing that keeps it from zero."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from scoring.facts import Idiom
from scoring.knowledge import is_call
from scoring.readers.python.names import written
from scoring.readers.python.oversights import idiom
from scoring.readers.python.scopes import Scopes
from scoring.readers.python.state import State

PROBABILITY = re.compile(r"(?:^|_)(?:probs?|probas?|probabilit(?:y|ies)|softmax|sigmoid)\d*(?:_|$)")
GUARDS = frozenset(
    {"clip", "clamp", "clamp_min", "clip_by_value", "maximum", "max", "fmax", "where", "nan_to_num", "softplus", "exp"}
)


def logarithms(state: State, scopes: Scopes) -> Iterator[Idiom]:
    """Logarithms of what is called a probability, with nothing that keeps it from zero."""
    taken = (
        (node, name)
        for node, name in state.named_calls.items()
        if isinstance(node, ast.Call) and len(node.args) == 1 and is_call(name, "LOG")
    )
    told = [(node, name, words) for node, name in taken if (words := _probability(node.args[0]))]
    bounded = _bounded_names(state) if told else set()
    for node, name, words in told:
        if words.partition("[")[0] not in bounded and not any(_bounds(part) for part in ast.walk(node.args[0])):
            yield idiom("logarithm", node, scopes.at(node.lineno), words, name)


def _probability(node: Any) -> str:
    """How it is written, if its own name or the call that makes it tells a probability."""
    name = node
    while name.__class__ is ast.Subscript:
        name = name.value
    if name.__class__ is ast.Call:
        name = name.func
    own = getattr(name, "attr", getattr(name, "id", ""))
    return written(node) if own and PROBABILITY.search(own.lower()) else ""


def _bounded_names(state: State) -> set[str]:
    """Names bound to something that is added to or that a call bounds, anywhere in the module."""
    found: set[str] = set()
    for _, event in state.events:
        if isinstance(event, ast.Assign | ast.AnnAssign) and event.value is not None:
            targets: list[Any] = event.targets if isinstance(event, ast.Assign) else [event.target]
            if any(_bounds(part) for part in ast.walk(event.value)):
                found.update(written(target).partition("[")[0] for target in targets)
    return found


def _bounds(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add)
    if isinstance(node, ast.Call):
        function: Any = node.func
        name = getattr(function, "attr", getattr(function, "id", ""))
        return name in GUARDS or name.startswith(("clamp", "clip"))
    return isinstance(node, ast.Compare)
