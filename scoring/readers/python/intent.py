"""What the code says that it means: a trial that a switch asks for, a path with a fallback, a copy kept equal."""

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from scoring.knowledge import is_call
from scoring.knowledge.limits import ROWS, STEPS, SWITCHES
from scoring.readers.python.lines import Lines
from scoring.readers.python.state import Frame, State

_PROMISING = (b"env", b"debug", b"test", b"fast", b"quick", b"dev", b"smoke", b"dry", b"ci", b"travis", b"trial")
"""A cheap test that spares most conditions the closer look."""
_LIMITS = ROWS | STEPS | SWITCHES | {"debug"}
"""By one of these keywords, or a call that takes a part, is every limit set that a condition may excuse."""
_SWITCH = re.compile(
    r"(?:is_|run_|use_|do_|on_|in_|enable_|opt_)?"
    r"(?:debug|debugging|test|testing|fast|quick|dev|smoke|fast_dev|dry|trial|ci)"
    r"(?:_?(?:run|mode|test|testing|only|flag|env|enabled))?|(?:smoke|quick|fast)_?tests?|travis",
    re.IGNORECASE,
)
_ENVIRONMENT = frozenset({"environ", "getenv"})
_COPIED = re.compile(rb"^\s*#\s*Copied from [A-Za-z_]\w*(?:\.\w+)+")
_MARK = b"Copied from "

Ranges = tuple[tuple[int, int], ...]


def trials(state: State, lines: Lines) -> Ranges:
    """The lines of each `if` whose test reads the environment or a switch for debugging, tests or quick runs; told of
    files alone that may limit something.
    """
    if not _may_limit(state):
        return ()
    texts = lines.texts
    found: list[tuple[int, int]] = []
    for _, node in state.branches:
        if node.__class__ is not ast.If:
            continue
        test = node.test
        first, last = test.lineno - 1, test.end_lineno or test.lineno
        text = (texts[first] if last == first + 1 else b"\n".join(texts[first:last])).lower()
        if any(word in text for word in _PROMISING) and any(_is_switch(part) for part in ast.walk(test)):
            found.append((node.lineno, node.end_lineno or node.lineno))
    return tuple(sorted(found))


def _may_limit(state: State) -> bool:
    keywords = {name for *_, call in state.calls for name, _ in call.keywords}
    return not keywords.isdisjoint(_LIMITS) or any(is_call(name, "SAMPLE") for name in set(state.named_calls.values()))


def _is_switch(node: Any) -> bool:
    """A name, an attribute or a key: `debug`, `args.quick`, `os.environ`, `config["smoke_test"]`."""
    kind = node.__class__
    name = ""
    if kind is ast.Name:
        name = node.id
    elif kind is ast.Attribute:
        name = node.attr
    elif kind is ast.Subscript and node.slice.__class__ is ast.Constant:
        name = str(node.slice.value)
    return name in _ENVIRONMENT or _SWITCH.fullmatch(name) is not None


# ---------------------------------------------------------------- a way out


class Fallbacks:
    """The lines for which something stands in: they lie in a `try` whose handler gives another value, or bind before it
    a name to which the handler of a `try` of the same scope binds another; or they bind a name only where that has no
    value yet, or one of which a branch asks whether it is there."""

    def __init__(self, state: State) -> None:
        found = [_body(node) for _, node in state.branches if node.__class__ is ast.If and _gives_default(node)]
        latest: dict[tuple[Frame, str], int] = {}
        for frame, node in state.tries:
            given = [part for handler in node.handlers for part in _given(handler)]
            if not given:
                continue
            end = node.handlers[0].lineno - 1
            names = {name for part in given for name in _targets(part)}
            for name in names:
                latest[frame, name] = max(end, latest.get((frame, name), 0))
            tried = {name for part in node.body for name in _targets(part)}
            if names & tried or any(isinstance(part, ast.Return) for part in given):
                found.append((_body(node)[0], min(_body(node)[1], end)))
        asked = {(frame, name) for frame, node in state.branches for name in _asked_for(node)}
        for frame, event in state.events if latest or asked else ():
            names = _targets(event)
            ends = [latest.get((frame, name), 0) for name in names]
            if any((frame, name) in asked for name in names):
                found.append((event.lineno, event.end_lineno or 0))  # type: ignore[attr-defined]  # -- an assignment
            if any(ends):
                found.append((event.lineno, min(event.end_lineno or 0, max(ends))))  # type: ignore[attr-defined]  # -- an assignment
        found.sort()
        self._starts = [first for first, _ in found]
        self._ends = list(accumulate((last for _, last in found), max))

    def holds(self, line: int) -> bool:
        at = bisect_right(self._starts, line) - 1
        return at >= 0 and line <= self._ends[at]


_THERE = frozenset({"isdir", "isfile", "exists", "is_dir", "is_file"})


def _asked_for(node: Any) -> Iterator[str]:
    """Names of which a branch asks whether they are there, and goes on either way."""
    if node.__class__ is not ast.If or node.body[-1].__class__ is ast.Raise or _leaves(node.body[-1]):
        return
    for part in ast.walk(node.test):
        func: Any = getattr(part, "func", None)
        if getattr(func, "attr", getattr(func, "id", "")) in _THERE:
            given = [*part.args, func.value] if func.__class__ is ast.Attribute else part.args  # type: ignore[attr-defined]  # -- a call
            yield from (item.id for item in given if item.__class__ is ast.Name)


def _leaves(node: Any) -> bool:
    """Whether it ends the program: sys.exit(1)."""
    func = getattr(getattr(node, "value", None), "func", None)
    return getattr(func, "attr", getattr(func, "id", "")) in ("exit", "_exit", "quit", "abort")


def _body(node: Any) -> tuple[int, int]:
    return node.body[0].lineno, node.body[-1].end_lineno or 0


def _gives_default(node: Any) -> bool:
    """Whether it is `if path is None: path = ...`, or `if not path: path = ...`."""
    test = node.test
    is_none = test.__class__ is ast.Compare and test.ops[0].__class__ is ast.Is
    asked = test.left if is_none else test.operand if test.__class__ is ast.UnaryOp else None
    return getattr(asked, "id", "") in {name for part in node.body for name in _targets(part)}


def _given(handler: ast.ExceptHandler) -> list[ast.stmt]:
    """Statements by which a handler gives another value; none where it ends in raising."""
    if isinstance(handler.body[-1], ast.Raise):
        return []
    return [
        part
        for part in handler.body
        if isinstance(part, ast.Assign | ast.AnnAssign) or (isinstance(part, ast.Return) and part.value is not None)
    ]


def _targets(node: Any) -> set[str]:
    """The plain names that an assignment binds; none of another statement."""
    if isinstance(node, ast.Assign):
        return {target.id for target in node.targets if isinstance(target, ast.Name)}
    return {node.target.id} if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) else set()


# ---------------------------------------------------------------- copies by design


def kept_copies(state: State, lines: Lines, source: bytes) -> Ranges:
    """The lines of each definition under a comment `# Copied from a.b.c`, by which a tool keeps it equal."""
    if _MARK not in source:
        return ()
    definitions: list[Any] = [seen.node for seen in state.functions]
    definitions += [node for node in state.statements if node.__class__ is ast.ClassDef]
    found = {(node.lineno, node.end_lineno or node.lineno) for node in definitions if _is_marked(node, lines.texts)}
    return tuple(sorted(found))


def _is_marked(node: Any, texts: list[bytes]) -> bool:
    """Whether the comment lines right above the definition, or its decorators, hold the mark."""
    line = node.decorator_list[0].lineno if node.decorator_list else node.lineno
    while line > 1 and texts[line - 2].lstrip().startswith(b"#"):
        line -= 1
        if _COPIED.match(texts[line - 1]):
            return True
    return any(_COPIED.match(text) for text in texts[line : node.lineno - 1])
