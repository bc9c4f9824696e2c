"""What a module does when it is imported, and which of its own definitions it never mentions again."""

import ast
import re
from collections.abc import Iterable
from typing import Any

from scoring.facts import Unmentioned
from scoring.readers.python.lines import Lines
from scoring.readers.python.state import State

OPEN = (b"globals()", b"locals()", b"vars()", b"sys.modules[", b"getmembers", b"__getattr__", b"__subclasses__")
"""Words of a module whose names may be asked for as text."""
_BEFORE_NAME = re.compile(rb"[.\w]").match
PREPARING = frozenset(
    {"sys", "os", "warnings", "logging", "logger", "log", "matplotlib", "mpl", "plt", "torch", "tf", "np"}
)
"""Roots of calls by which a module prepares what it imports, and does nothing of its own."""

_DEFINITIONS: frozenset[Any] = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef})
_LOOPS = frozenset({ast.For, ast.While, ast.With, ast.AsyncFor, ast.AsyncWith})
_BLOCKS = frozenset({ast.If, ast.Try})


def acts(tree: ast.Module) -> bool:
    """Whether importing it does something: a loop or a call by itself, also below `if` and `try`."""
    todo: list[Any] = [*tree.body]
    while todo:
        node = todo.pop()
        kind = node.__class__
        if kind in _LOOPS or (kind is ast.Expr and node.value.__class__ is ast.Call and not _prepares(node.value.func)):
            return True
        if kind in _BLOCKS:
            todo += node.body
            todo += node.orelse
    return False


def _prepares(callee: Any) -> bool:
    while callee.__class__ is not ast.Name:
        if callee.__class__ is ast.Attribute:
            callee = callee.value
        elif callee.__class__ is ast.Call:
            callee = callee.func
        else:
            return False
    return callee.id in PREPARING


def unmentioned(tree: ast.Module, state: State, source: bytes, lines: Lines) -> tuple[Unmentioned, ...]:
    """Functions and classes at the top of the module, without decorators, whose names stand nowhere else in it but in
    comments and prose; none where its names may be asked for as text."""
    body: list[Any] = tree.body
    tops: list[Any] = [node for node in body if node.__class__ in _DEFINITIONS and not node.decorator_list]
    if not tops:
        return ()
    names = {node.name for node in tops}.difference(state.used)
    names = {name for name in names if not _quoted(name.encode(), source)}
    if not names or any(word in source for word in OPEN) or _runs_text(source):
        return ()
    return tuple(
        Unmentioned(node.name, node.lineno, node.end_lineno or node.lineno, lines.code(node.lineno, node.end_lineno))
        for node in tops
        if node.name in names
    )


def _runs_text(source: bytes) -> bool:
    for word in (b"eval(", b"exec("):
        at = source.find(word)
        while at >= 0:
            if not at or not _BEFORE_NAME(source, at - 1):
                return True
            at = source.find(word, at + 1)
    return False


def _quoted(word: bytes, source: bytes) -> bool:
    """Whether a string of one line has the name as a word."""
    at = source.find(word)
    while at >= 0:
        after = at + len(word)
        before = source[source.rfind(b"\n", 0, at) + 1 : at]
        if b'"' in before or b"'" in before:
            end = source.find(b"\n", after)
            if _in_quotes(before, source[after : end if end >= 0 else None]):
                return True
        at = source.find(word, after)
    return False


_BEFORE = re.compile(rb"""["'](?:[^"'\n]*\W)?\Z""").search
_AFTER = re.compile(rb"""(?:\W[^"'\n]*)?["']""").match


def _in_quotes(before: bytes, after: bytes) -> bool:
    return _BEFORE(before) is not None and _AFTER(after) is not None


_SCRIPT = re.compile(rb"""["']([\w./-]{1,120}\.py)["']""")


_RUN = re.compile(rb"""python[\d.]*\s+(?:-\w+\s+){0,5}(?:[^\s"']{0,80}[/}])?([\w./-]{1,120}\.py)\b""")
"""The folder may be worked out: `python {CODE}/train.py`."""
_RUN_MODULE = re.compile(rb"""python[\d.]*\s+(?:-[a-ln-zA-Z]\w*\s+){0,5}-m\s+(\w[\w.]{1,120})""")


_RUN_BY_STRING = re.compile(rb"""["'](?:[^"'\n]*[\s;&])?python[\d.]*\s+(?:-\w+\s+)*([\w./-]{1,120}\.py)\b""")
_CALLS_SHELL = (b"os.system", b"subprocess", b"check_call")


_SERVED = re.compile(rb"""["']((?:\w{1,60}\.){0,8}\w{1,60}):\w{1,60}(?:\(\))?["']""")


def scripts(source: bytes) -> tuple[str, ...]:
    """Paths of Python files that are strings, those that the command of an operator of a DAG or of a call of the shell
    runs, and those of the applications that a server is told by name: `uvicorn.run("api.application:app")`."""
    served = _SERVED.findall(source) if b"corn" in source else []
    return tuple(sorted({*_run_as_files(source), *[f"{name.decode().replace('.', '/')}.py" for name in served]}))


def _run_as_files(source: bytes) -> Iterable[str]:
    runs = b"python" in source and (b"Operator(" in source or any(call in source for call in _CALLS_SHELL))
    found = {name.replace(b".", b"/") + b".py" for name in _RUN_MODULE.findall(source)} if runs else set()
    if b".py" not in source:
        return [path.decode() for path in found]
    found |= {*_SCRIPT.findall(source)} if b".py'" in source or b'.py"' in source else set()
    if b"Operator(" in source:
        found.update(_RUN.findall(source))
    if runs:
        found.update(_RUN_BY_STRING.findall(source))
    return [path.decode() for path in found]


_IMPORTING = (b"import_module", b"__import__", b"importlib", b"pkgutil")
_DOTTED = re.compile(rb"""["'](?:[A-Za-z_]\w{0,60}\.){1,8}(?:[A-Za-z_]\w{0,60})?(?=\{|%s|["'])""")


def packages_named(source: bytes) -> tuple[str, ...]:
    """What stands before the part of a module's name that is put in at run time: `"models."`, `f"models.{name}"`."""
    if not any(word in source for word in _IMPORTING):
        return ()
    return tuple(sorted({name[1:].rstrip(b".").decode() for name in _DOTTED.findall(source)}))
