"""What the code says that it means: a trial that a switch asks for, a path with a fallback, a copy kept equal."""

import ast
import re
from typing import Any

from scoring.knowledge import is_call
from scoring.knowledge.limits import ROWS, STEPS, SWITCHES
from scoring.readers.python.lines import Lines
from scoring.readers.python.state import State

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


def falls_back(state: State, line: int) -> bool:
    """Whether something stands in for what this line names: it lies in a `try` whose handler gives another value, or
    was bound before to a name to which the handler of a `try` of the same scope binds another; or it is bound to a name
    only where that has no value yet."""
    if any(_gives_default(node, line) for _, node in state.branches if node.__class__ is ast.If):
        return True
    for frame, node in state.tries:
        given = [part for handler in node.handlers for part in _given(handler)]
        if not given or line >= node.handlers[0].lineno:
            continue
        names = {name for part in given for name in _targets(part)}
        within = node.body[0].lineno <= line <= (node.body[-1].end_lineno or 0)
        tried = {name for part in node.body for name in _targets(part)}
        if within and (names & tried or any(isinstance(part, ast.Return) for part in given)):
            return True
        if any(
            owner is frame and statement.lineno <= line <= (statement.end_lineno or 0) and names & _targets(statement)
            for owner, statement in state.events
            if isinstance(statement, ast.Assign | ast.AnnAssign)
        ):
            return True
    return False


def _gives_default(node: Any, line: int) -> bool:
    """Whether the line lies in `if path is None: path = ...`, or in `if not path: path = ...`."""
    test = node.test
    if not node.body[0].lineno <= line <= (node.body[-1].end_lineno or 0):
        return False
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
