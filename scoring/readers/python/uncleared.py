"""Optimizers of PyTorch that step along gradients which nothing clears (mls-20).

`backward()` adds to the gradients that are there. Told only where the module never speaks of clearing any, and where
the step is taken again and again: in a loop that takes gradients too, or in a function that works out its loss and is
given the optimizer. A method of that kind, or one that is handed its loss, leaves the clearing to whoever calls it.
"""

import ast
import re
from collections.abc import Iterator
from typing import Any

from scoring.facts import Idiom
from scoring.readers.python.names import resolve, written
from scoring.readers.python.oversights import MAX_FOUND, idiom
from scoring.readers.python.state import Frame, State

CLEARS = re.compile(
    rb"zero_?grad|zero_\(|\.grad\s*=\s*None|(?:clean|clear|empty|reset)_?\w*grad|dist_autograd|fill_\(0"
)
"""The gradients of a distributed context are its own, at each turn."""
OPTIMIZER = re.compile(r"(?:^|[._])(?:\w*optim\w*|(?:\w+_)?opt(?:_\w+|\w)?|adamw?|sgd)(?:\[\])*$", re.IGNORECASE)
OF_TORCH = ("torch.", "transformers.", "apex.")
"""What is known to come from elsewhere may clear them by itself."""
WORDS = (b"backward(", b".step(")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def uncleared(state: State, source: bytes) -> Iterator[Idiom]:
    """One for each function or loop, at its first step."""
    if not all(word in source for word in WORDS) or b"zero_grad" in source or CLEARS.search(source):
        return
    named = [(frame, call, getattr(call.func, "attr", "")) for frame, call in state.asked]
    gradients = [(frame, call) for frame, call, name in named if name.endswith("backward")]
    steps = [(frame, call) for frame, call, name in named if name == "step" and _of_optimizer(call, frame)]
    told: set[Any] = set()
    for frame, call in steps[:MAX_FOUND]:
        taken = [gradient for owner, gradient in gradients if owner is frame]
        place = _repeated(call, frame, state, taken) if taken else None
        if place is not None and place not in told:
            told.add(place)
            yield idiom("uncleared", call, frame.scope, _owner(call))


def _owner(call: Any) -> str:
    return written(call.func.value)


def _of_optimizer(call: Any, frame: Frame) -> bool:
    """`optimizer.step()`; a closure that it is given clears them itself, and a trainer of another kind may."""
    if call.args or call.keywords or not OPTIMIZER.search(_owner(call)):
        return False
    made_by = resolve(call.func.value, frame)
    return not made_by or made_by.startswith(OF_TORCH)


def _repeated(call: Any, frame: Frame, state: State, gradients: list[ast.Call]) -> Any:
    """The innermost loop of the scope that takes the step and gradients, else the function; None where the optimizer
    is made there, or nothing is known to repeat it."""
    around = [
        loop
        for owner, loop in state.loops
        if owner is frame and _within(call, loop) and any(_within(gradient, loop) for gradient in gradients)
    ]
    place = around[-1] if around else _of_its_own_loss(frame, gradients)
    return None if place is None or _is_made_in(place, _owner(call)) else place


def _of_its_own_loss(frame: Frame, gradients: list[ast.Call]) -> Any:
    """The function, where it is no method and is not handed what it takes gradients of."""
    node: Any = frame.node
    if node.__class__ not in _FUNCTIONS or frame.outer is None or frame.outer.node.__class__ is ast.ClassDef:
        return None
    handed = {item.arg for item in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)}
    parts = (part for gradient in gradients for part in (gradient.func, *gradient.args))
    return None if any(written(part).partition(".")[0] in handed for part in parts) else node


def _within(call: ast.Call, node: Any) -> bool:
    return bool(node.lineno <= call.lineno <= (node.end_lineno or node.lineno))


def _is_made_in(place: ast.AST, name: str) -> bool:
    return any(
        written(target) == name for node in ast.walk(place) if isinstance(node, ast.Assign) for target in node.targets
    )
