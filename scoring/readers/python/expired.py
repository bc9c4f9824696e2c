"""Names, methods and arguments that a library has taken away since: told once each, at the first line that uses them.

What stands in a fallback (`try: ... except ImportError:`), or under an `if` that asks for a version, is left out: such
code knows both worlds.
"""

import ast
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from scoring.facts import Idiom
from scoring.knowledge.expired import (
    CALLEES,
    PREFIXES,
    ROOTS,
    expired_argument,
    expired_attributes,
    expired_methods,
    expired_name,
    stays,
)
from scoring.readers.python.either_way import either_way, lies_in
from scoring.readers.python.names import resolve, written
from scoring.readers.python.state import Frame, State

MAX_FOUND = 500
"""Uses looked at: a file made to be slow costs no more."""
OF_FRAMES = frozenset({"iteritems", "applymap"})
"""Methods that objects of other kinds have too."""
TAKES = {"append": b"ignore_index", "fillna": b"method"}
"""Arguments that only the method of a frame takes."""

Use = tuple[str, int, str]
"""(entry, line, scope)"""


def expired(state: State, modules: set[str], source: bytes) -> Iterator[Idiom]:
    """One idiom for each entry in use; its detail is the number of lines that use it. `modules`: first parts of what
    is imported."""
    roots = ROOTS & modules
    if not roots:
        return
    imported = list(_imported(state))
    found = [*islice(chain(imported, _called(state), _attributes(state, roots, source)), MAX_FOUND)]
    if not found:
        return
    spared = list(either_way(state, {line for _, line, _ in found}))
    fallbacks = {entry for entry, line, _ in imported if lies_in(line, spared)}
    fallbacks |= {expired_name(item.dotted) for item in state.imports if item.guarded}
    lines: dict[str, dict[int, str]] = {}
    for entry, line, scope in found:
        if entry not in fallbacks and not lies_in(line, spared):
            lines.setdefault(entry, {}).setdefault(line, scope)
    for entry, places in sorted(lines.items()):
        first = min(places)
        yield Idiom("expired", first, first, entry, str(len(places)), places[first])


def _imported(state: State) -> Iterator[Use]:
    for item in state.imports:
        module = item.module
        if module.partition(".")[0] in ROOTS and item.level == 0:
            whole = f"{module}.{item.name}" if item.name else module
            if entry := "" if stays(whole) else expired_name(whole) or expired_name(module):
                yield entry, item.line, ""


def _called(state: State) -> Iterator[Use]:
    """Calls of what a whole module took along, and calls with an argument that went."""
    names = set(state.named_calls.values())
    told = {name for name in names if name in CALLEES or name.startswith(PREFIXES)}
    if not told:
        return
    bound = {item.bound for item in state.imports}
    for _, _, _, _, call in state.calls:
        if call.name not in told:
            continue
        direct = not call.receiver or call.receiver.partition(".")[0] in bound  # no object that such a call gave
        if entry := expired_name(call.name) if direct or call.name in CALLEES else "":
            yield entry, call.line, call.scope
        for keyword, value in call.keywords:
            if entry := expired_argument(call.name, keyword, value):
                yield entry, call.line, call.scope


def _attributes(state: State, roots: frozenset[str], source: bytes) -> Iterator[Use]:
    """Names that need no call to be used, such as numpy.float, and methods of frames and networks."""
    gone = expired_attributes(roots)
    found = [item for item in state.chains if item[1].attr in gone]
    if not found:
        return
    methods = expired_methods(roots)
    looked_at = methods.keys() - {method for method, argument in TAKES.items() if argument not in source}
    called: list[tuple[Frame, ast.Attribute]] = []
    for frame, node, _ in found:
        if entry := expired_name(resolve(node, frame)):
            yield entry, node.lineno, frame.scope
        elif node.attr in looked_at:
            called.append((frame, node))
    yield from _methods(state, methods, called)


def _methods(state: State, methods: dict[str, str], found: list[tuple[Frame, ast.Attribute]]) -> Iterator[Use]:
    """Of methods by such a name, those that are no definition of the module's own and look like the library's."""
    calls: dict[ast.expr, ast.Call] = {call.func: call for _, call in state.asked} if found else {}
    defined = {seen.node.name for seen in state.functions} if found else set()
    indexed = {part.value for _, part in state.subscripts} if found else set()
    for frame, node in found:
        if node.attr not in defined and _is_gone(frame, node, calls.get(node), is_indexed=node in indexed):
            yield methods[node.attr], node.lineno, frame.scope


def _is_gone(frame: Frame, node: ast.Attribute, call: ast.Call | None, *, is_indexed: bool) -> bool:
    """Whether it is the method of a frame or of a network, as far as its use tells."""
    method = node.attr
    if method == "ix":
        return call is None and is_indexed and written(node.value) != "self"
    if call is None:
        return False
    if method in TAKES:
        return any(item.arg == TAKES[method].decode() for item in call.keywords)
    if method == "drop":
        return len(call.args) == 2 and _is_axis(call.args[1])
    if method not in OF_FRAMES or _is_called_frame(node.value):
        return True
    return resolve(node, frame).startswith("pandas.")


def _is_axis(node: Any) -> bool:
    return node.__class__ is ast.Constant and node.value.__class__ is int and node.value in (0, 1)


def _is_called_frame(node: ast.expr) -> bool:
    last = written(node).rpartition(".")[2].lower()
    return last == "df" or last.endswith("_df") or last.startswith("df_")
