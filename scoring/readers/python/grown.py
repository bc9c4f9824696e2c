"""Tensors, arrays and frames that a loop makes longer by joining them anew at each turn (mls-17).

Told only where the loop itself has no other use for what it grows: then the parts could be collected in a list.
"""

import ast
from collections.abc import Iterator
from typing import Any

from scoring.facts import Idiom
from scoring.readers.python.names import resolve
from scoring.readers.python.nodes import inside
from scoring.readers.python.oversights import MAX_FOUND, idiom
from scoring.readers.python.state import Frame, State

JOINING = {
    **dict.fromkeys(("concatenate", "append", "row_stack", "column_stack"), ("numpy",)),
    **dict.fromkeys(("vstack", "hstack"), ("numpy", "torch")),
    "cat": ("torch",),
    "concat": ("torch", "tensorflow", "pandas"),
}
"""Functions by their own name -> the packages that have them."""
WORDS = (b".cat(", b".concat", b"np.append(", b"numpy.append(", b"stack(")
FEW = 10
"""Turns of a loop, known beforehand, that cost nothing."""
_LISTS = (ast.List, ast.Tuple)


def grown(state: State, source: bytes) -> Iterator[Idiom]:
    """In the order of the source."""
    if not state.loops or not any(word in source for word in WORDS):
        return
    count = 0
    for frame, event in state.events:
        name = _grows(event, frame)
        loop = _innermost(event, frame, state) if name else None
        if loop is None:
            continue
        count += 1
        if not _is_short(loop) and not _used_besides(name, event, loop):
            yield idiom("grown", event, frame.scope, name, _written(event))
        if count == MAX_FOUND:
            return


def _grows(event: Any, frame: Frame) -> str:
    """The name that is bound to itself joined with something; "" if none is."""
    call: Any = event.value if event.__class__ is ast.Assign and len(event.targets) == 1 else None
    if call.__class__ is not ast.Call or call.func.__class__ is not ast.Attribute or call.func.attr not in JOINING:
        return ""
    name = getattr(event.targets[0], "id", "")
    first: Any = call.args[0] if call.args else None
    parts = first.elts if isinstance(first, _LISTS) else [first]
    if not name or not any(part.__class__ is ast.Name and part.id == name for part in parts):
        return ""
    package = (resolve(call.func, frame) or "").partition(".")[0]
    return name if package in JOINING[call.func.attr] else ""


def _written(event: Any) -> str:
    return ast.unparse(event.value.func)


def _innermost(event: Any, frame: Frame, state: State) -> Any:
    """The loop of the same function that it stands in, nearest to it."""
    around = [
        loop
        for owner, loop in state.loops
        if owner is frame and loop.lineno < event.lineno and event.lineno <= (loop.end_lineno or loop.lineno)
    ]
    return around[-1] if around else None


def _is_short(loop: Any) -> bool:
    """A few turns, as it is written: over a list spelt out, be it beside others, or a range of few numbers."""
    turns: Any = getattr(loop, "iter", None)
    if isinstance(turns, _LISTS):
        return len(turns.elts) <= FEW
    if turns.__class__ is not ast.Call:
        return False
    if getattr(turns.func, "id", "") == "range":
        bounds = [getattr(argument, "value", None) for argument in turns.args[:2]]
        numbers = [bound for bound in bounds if isinstance(bound, int)]
        return len(numbers) == len(bounds) > 0 and numbers[-1] - sum(numbers[:-1]) <= FEW
    parts: list[Any] = [part for argument in turns.args for part in (argument, *getattr(argument, "args", ()))]
    return any(isinstance(part, _LISTS) and len(part.elts) <= FEW for part in parts)


def _used_besides(name: str, event: Any, loop: Any) -> bool:
    """Whether the loop reads it anywhere else than where it grows or where it is asked whether it has begun."""
    first: Any = event.value.args[0]
    parts = first.elts if isinstance(first, _LISTS) else [first]
    allowed = {next(id(part) for part in parts if part.__class__ is ast.Name and part.id == name)}
    for node in inside(loop):
        if isinstance(node, ast.If | ast.IfExp):
            allowed.update(id(part) for part in inside(node.test))
    return any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load) and id(node) not in allowed
        for node in inside(loop)
    )
