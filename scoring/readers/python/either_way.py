"""Code that goes on where a name of a package is missing: what stands in a `try` that catches it, or under an `if` that
asks for a version. Whoever wrote it knows both worlds."""

import ast
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from scoring.facts import Idiom
from scoring.knowledge.private import MODULES, private_part
from scoring.readers.python.state import State

MISSING = frozenset({"ImportError", "ModuleNotFoundError", "AttributeError", "TypeError"})
"""What is raised where a name or an argument is gone."""
ANYTHING = frozenset({"Exception", "BaseException"})
ASKING = frozenset({"hasattr", "modules"})
"""hasattr(numpy, "float"), and "torch.fft" in sys.modules."""
SHORT = 10
"""Lines of a `try`, up to which a handler of any failure is there for what it tries."""
MAX_FOUND = 100
"""Places told of: a file made to be slow costs no more."""
_OF_A_DEVICE = frozenset({"cuda", "hip"})
"""torch.version.cuda asks what a build is for, and for no release."""
_OF_A_VERSION = re.compile(r"_(?:at_?least|g[et]e?|l[et]e?|above|below|since|than|newer|older)_?v?\d", re.IGNORECASE)
"""TORCH_GE_1_8, SKLEARN_AT_LEAST_0_22: a version by the name of what was asked of it."""

Ranges = list[tuple[int, int]]


def either_way(state: State, used: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last line of each branch on a version, and of each `try` that goes on where a name is missing, around
    any of these lines."""
    lines = sorted(used)
    flags: frozenset[str] | None = None
    for _, node in state.tries:
        if _around(node, lines) and not MISSING.isdisjoint(_caught(node)):
            yield node.lineno, node.end_lineno
    for _, branch in state.branches:
        if _around(branch, lines):
            flags = _flags(state) if flags is None else flags
            if _asks_version(branch.test, flags):
                yield branch.lineno, branch.end_lineno or branch.lineno


def handled(state: State) -> Iterator[Idiom]:
    """Where the module uses what may be a private part of a package and goes on without it (glu.4): a branch or `try`
    for another version, and a short `try` that passes over any failure."""
    used = {item.line for item in state.imports if not item.level and private_part(item.dotted)}
    used |= {call.line for *_, call in state.calls if _is_private(call.name)}
    if not used:
        return
    lines = sorted(used)
    found = set(either_way(state, lines))
    found |= {(node.lineno, node.end_lineno) for _, node in state.tries if _around(node, lines) and _passes_over(node)}
    for first, last in sorted(found)[:MAX_FOUND]:
        yield Idiom("handled", first, last, "")


def _is_private(name: str) -> bool:
    return ("._" in name or name.startswith(MODULES)) and private_part(name) != ""


def lies_in(line: int, ranges: Ranges) -> bool:
    return any(first <= line <= last for first, last in ranges)


def _around(node: Any, lines: Sequence[int]) -> bool:
    at = bisect_left(lines, node.lineno)
    return at < len(lines) and lines[at] <= node.end_lineno


def _caught(node: Any) -> set[str]:
    """The last parts of what the handlers name."""
    caught = [item.type for item in node.handlers if item.type]
    return {getattr(part, "id", "") or getattr(part, "attr", "") for item in caught for part in ast.walk(item)}


def _passes_over(node: Any) -> bool:
    """Whether a short `try` has a handler of any failure that raises nothing."""
    if (node.body[-1].end_lineno or 0) - node.body[0].lineno >= SHORT:
        return False
    return any(
        (item.type is None or getattr(item.type, "id", "") in ANYTHING)
        and not any(part.__class__ is ast.Raise for part in item.body)
        for item in node.handlers
    )


def _asks_version(test: Any, flags: frozenset[str]) -> bool:
    names = [getattr(part, "attr", "") or getattr(part, "id", "") for part in ast.walk(test)]
    if not _OF_A_DEVICE.isdisjoint(names):
        names = [name for name in names if name != "version"]
    return any(
        "version" in name.lower() or name in ASKING or name in flags or _OF_A_VERSION.search(name) for name in names
    )


def _flags(state: State) -> frozenset[str]:
    """Names that the module binds to a question about a version: `NEW = parse(torch.__version__) >= parse("2.0")`."""
    found: set[str] = set()
    for _, event in state.events:
        if event.__class__ is ast.Assign and _compares_version(event.value):
            found.update(target.id for target in event.targets if target.__class__ is ast.Name)
    return frozenset(found)


def _compares_version(value: Any) -> bool:
    parts = list(ast.walk(value)) if value.__class__ in (ast.Compare, ast.BoolOp, ast.UnaryOp) else []
    return any("version" in (getattr(part, "attr", "") or getattr(part, "id", "")).lower() for part in parts)
