"""Where a module reaches past the interfaces of others: commands that it runs in a shell, attributes of a package's
modules and classes that it replaces by code of its own, and private attributes of what a package made."""

import ast
from collections.abc import Iterator
from itertools import islice
from typing import Any

from scoring.facts import Idiom
from scoring.readers.python.names import resolve
from scoring.readers.python.oversights import MAX_SUBJECT, idiom
from scoring.readers.python.state import Frame, State

COMMANDS = frozenset(
    {"os.system", "os.popen"}
    | {f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen", "getoutput")}
    | {"subprocess.getstatusoutput"}
)
ARGUMENTS = frozenset({"args", "cmd", "command"})
MAX_FOUND = 100
"""Of those that each ask for another look at the module: a file made to be slow costs no more."""
MAX_ITEMS = 12
MAX_DEPTH = 4
_TEXT = frozenset({"format", "split", "join", "strip"})
_CODE = frozenset({ast.Lambda, ast.Name})
"""What is a function or class, or may be the name of one."""
UNKNOWN = "?"
"""Stands for a part of a command that is worked out when the code runs."""


def commands(state: State) -> Iterator[Idiom]:
    """Commands of which at least a word is written down."""
    calls = (item for item in state.named_calls.items() if item[1] in COMMANDS and isinstance(item[0], ast.Call))
    node: Any
    for node, name in islice(calls, MAX_FOUND):
        given: list[Any] = [*node.args[:1], *(item.value for item in node.keywords if item.arg in ARGUMENTS)]
        frame = _frame_of(state, node.lineno)
        if given and (words := " ".join(_words(given[0], frame, state, 0).split())).strip(UNKNOWN + " "):
            yield idiom("command", node, frame.scope, name, words)


def _frame_of(state: State, line: int) -> Frame:
    """The innermost function around a line, or the module."""
    around = [item for item in state.functions if item.node.lineno <= line <= (item.node.end_lineno or 0)]
    return around[-1].frame if around else state.module


def _words(node: Any, frame: Frame, state: State, depth: int) -> str:
    """A command as text: "python ? --fast", whether it is given as one string or in parts."""
    kind = node.__class__
    if kind is ast.Constant:
        return node.value if isinstance(node.value, str) else UNKNOWN
    if kind is ast.Attribute and resolve(node, frame) == "sys.executable":
        return "python"
    parts, joint = _parts(node, frame, state) if depth < MAX_DEPTH else ([], "")
    return joint.join([_words(part, frame, state, depth + 1) for part in parts[:MAX_ITEMS]]) or UNKNOWN


def _parts(node: Any, frame: Frame, state: State) -> tuple[list[Any], str]:
    """What a command is put together from, and what stands between."""
    kind = node.__class__
    if kind is ast.List or kind is ast.Tuple:
        return node.elts, " "
    if kind is ast.JoinedStr:
        return node.values, ""
    if kind is ast.BinOp:
        parts = [node.left, node.right] if node.op.__class__ is ast.Add else [node.left]
        return parts, " " if node.left.__class__ is ast.List else ""
    if kind is ast.Call and node.func.__class__ is ast.Attribute and node.func.attr in _TEXT:
        return ([node.func.value] if node.func.attr != "join" else node.args), ""
    if kind is ast.Name and (value := _bound(node, frame, state)) is not None:
        return [value], ""
    return [], ""


def _bound(name: ast.Name, frame: Frame, state: State) -> Any:
    """What the name was last bound to above, in the same scope or at the top of the module."""
    found: Any = None
    for scope, event in state.events:
        if event.__class__ is ast.Assign and event.lineno < name.lineno and scope in (frame, state.module):
            target: Any = event.targets[0]
            if target.__class__ is ast.Name and target.id == name.id:
                found = event.value
    return found


def private_reads(state: State) -> Iterator[Idiom]:
    """`made._part`, where it is known what made the object. One that is set may be a mark of one's own."""
    for frame, outermost, _ in state.chains:
        node: Any = outermost
        while node.__class__ is ast.Attribute:
            read = node.attr[:1] == "_" and node.attr[:2] != "__" and node.ctx.__class__ is ast.Load
            if read and (name := resolve(node, frame)) and name[0] != "." and len(name) < MAX_SUBJECT:
                yield idiom("private", node, frame.scope, name)
            node = node.value


def patches(state: State) -> Iterator[Idiom]:
    """`package.part = own`: an attribute of what was imported, set to a function or class of the module's own."""
    own: frozenset[str] | None = None
    for frame, event in state.events:
        if event.__class__ is not ast.Assign or event.value.__class__ not in _CODE:
            continue
        target: Any = event.targets[0]
        if target.__class__ is not ast.Attribute or getattr(target.value, "id", "") == "self":
            continue
        owner = resolve(target.value, frame)
        if not owner or owner[0] == "." or "(" in owner or "[" in owner:
            continue
        if own is None:
            own = frozenset([item.node.name for item in state.functions] + [item.name for item in state.classes])
        if event.value.__class__ is ast.Lambda or getattr(event.value, "id", "") in own:
            yield idiom("patched", event, frame.scope, f"{owner}.{target.attr}")
