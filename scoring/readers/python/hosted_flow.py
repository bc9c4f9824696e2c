"""What becomes of a completion's text inside its module: taken apart, put into another prompt, acted upon.

Scope by scope in the order in which things happen. A function of the module that returns such text gives one wherever
it is called; what other functions do with a text is not followed.
"""

import ast
from collections.abc import Iterable, Iterator, Set
from typing import Any

from scoring.facts import HostedUse
from scoring.knowledge import of_hosted
from scoring.knowledge.hosted import (
    ACTING,
    ACTING_BUILTINS,
    ACTING_CLASSES,
    ACTING_METHODS,
    ANSWER_CLASSES,
    ANSWER_ROLES,
    ASIDE,
    CHAIN_CLASSES,
    PARSING,
    PARSING_METHODS,
    PASSING,
    PROMPT_CLASSES,
    PROMPT_METHODS,
    TEXT_METHODS,
    TOOLS,
)
from scoring.readers.python.hosted_calls import (
    called,
    completes,
    gives_text,
    keeps_to_schema,
    last_part,
    may_complete,
)
from scoring.readers.python.hosted_scopes import ASSIGNS, Homes, Scope, scopes
from scoring.readers.python.names import written
from scoring.readers.python.state import Frame, State

MAX_STEPS = 400
"""Parts of one expression that are looked at."""
MAX_ORIGINS = 8
ROUNDS = 3
"""How many functions deep a text is handed on."""

Origins = frozenset[ast.Call]
"""The calls that gave a text."""
NOTHING: Origins = frozenset()

_ADDING = frozenset({"append", "extend", "insert", "add_message", "write", "add"})
_ITSELF = frozenset({"self", "cls"})
_HOLDERS: dict[type, tuple[str, ...]] = {
    ast.Await: ("value",),
    ast.Starred: ("value",),
    ast.NamedExpr: ("value",),
    ast.FormattedValue: ("value",),
    ast.JoinedStr: ("values",),
    ast.BoolOp: ("values",),
    ast.BinOp: ("left", "right"),
    ast.IfExp: ("body", "orelse"),
    ast.List: ("elts",),
    ast.Tuple: ("elts",),
    ast.Set: ("elts",),
    ast.ListComp: ("elt", "generators"),
    ast.GeneratorExp: ("elt", "generators"),
    ast.comprehension: ("iter",),
}
"""Expression -> its parts whose text is its own."""


def text_uses(state: State, known: Set[str]) -> Iterator[HostedUse]:
    """What every scope of the module does with the texts of its completions."""
    asked = [item for item in state.asked if may_complete(item[1], item[0], known)]
    bring = _brings_tools(state)
    if not (asked or bring):
        return
    homes = Homes(state)
    placed = [(home, node) for frame, node in asked if (home := homes.of(frame, node))]
    texts = dict.fromkeys(home for home, node in placed if gives_text(node, state, home))
    if texts:
        yield from _followed(texts, state, homes)
    if bring:
        for frame, node in state.asked:
            if home := homes.of(frame, node):
                yield from _tools(node, home, state)


def _brings_tools(state: State) -> bool:
    """Never false where a resolved name is of one of the library's own chains and tools."""
    for item in state.imports:
        if item.name in TOOLS or not TOOLS.isdisjoint(item.module.split(".")):
            return True
    func: Any
    for _, call in state.asked:
        func = call.func
        if func.__class__ is ast.Attribute and (func.attr in TOOLS or getattr(func.value, "attr", "") in TOOLS):
            return True
    return any(not TOOLS.isdisjoint(dotted.split(".")) for _, dotted in state.stood)


def _followed(frames: Iterable[Frame], state: State, homes: Homes) -> list[HostedUse]:
    """The uses of texts in the functions that get one, once it is known which functions hand one on."""
    giving: frozenset[str] = frozenset()
    known: dict[Frame, Scope] = {}
    found: dict[Frame, tuple[list[HostedUse], bool]] = {}
    for _ in range(ROUNDS):
        known |= {scope.frame: scope for scope in scopes(state, homes, [item for item in frames if item not in known])}
        for frame in frames:
            look = _Pass(known[frame], state, giving)
            found[frame] = (look.run(), look.gives)
        new = {frame.scope.rpartition(".")[2] for frame, (_, gives) in found.items() if gives} - giving
        if not new:
            break
        giving |= new
        called_on = (homes.of(frame, node) for frame, node in state.asked if hands_on(node, new))
        frames = dict.fromkeys(home for home in called_on if home)
    return [use for uses, _ in found.values() for use in uses]


def hands_on(node: ast.Call, giving: Set[str]) -> bool:
    """Whether it calls one of these functions of the module."""
    func: Any = node.func
    if func.__class__ is ast.Name:
        return func.id in giving
    return func.__class__ is ast.Attribute and func.attr in giving and getattr(func.value, "id", "") in _ITSELF


class _Pass:
    """One look at a scope, given the functions that are known to hand on a completion's text."""

    def __init__(self, scope: Scope, state: State, giving: frozenset[str]) -> None:
        self.frame, self._scope, self._state, self._giving = scope.frame, scope, state, giving
        self._held: dict[str, Origins] = {}
        self._parsed: dict[ast.Call, HostedUse] = {}
        self.gives = False

    def run(self) -> list[HostedUse]:
        found: list[HostedUse] = []
        for node in self._scope.nodes:
            kind = node.__class__
            if kind is ast.Call:
                found += self._call(node)
            elif kind is ast.Return:
                self.gives = self.gives or (node.value is not None and bool(self._origins(node.value)))
            elif kind in ASSIGNS:
                self._assign(node)
            else:
                self._hold(node.target, self._origins(node.iter), False)
        return [*found, *self._parsed.values()]

    # ------------------------------------------------------------ what holds a text

    def _assign(self, node: Any) -> None:
        if node.value is None:
            return
        origins = self._origins(node.value)
        for target in node.targets if node.__class__ is ast.Assign else [node.target]:
            self._hold(target, origins, node.__class__ is ast.AugAssign)

    def _hold(self, target: Any, origins: Origins, added: bool) -> None:
        kind = target.__class__
        if kind is ast.Tuple or kind is ast.List:
            self._held.update((item.id, origins) for item in target.elts if item.__class__ is ast.Name)
        elif kind is ast.Subscript:
            self._hold(target.value, origins, True)
        elif name := written(target):
            before = self._held.get(name, NOTHING) if added else NOTHING
            self._held[name] = before if len(before) >= MAX_ORIGINS else _first(before | origins)

    def _origins(self, value: Any) -> Origins:
        """The completions whose text an expression holds."""
        found: set[ast.Call] = set()
        todo = [value]
        for _ in range(MAX_STEPS):
            if not todo or len(found) >= MAX_ORIGINS:
                break
            node = todo.pop()
            kind = node.__class__
            if kind is ast.Name:
                found |= self._held.get(node.id, NOTHING)
            elif kind is ast.Call:
                if self._is_text(node):
                    found.add(node)
                else:
                    todo += self._passed(node)
            elif kind is ast.Attribute:
                held = self._held.get(written(node))
                if held is not None:
                    found |= held
                elif node.attr not in ASIDE:
                    todo.append(node.value)
            elif kind is ast.Subscript:
                if getattr(node.slice, "value", None) not in ASIDE:
                    todo.append(node.value)
            elif kind is ast.Dict:
                todo += [] if _is_answer(node) else [item for item in node.values if item is not None]
            else:
                for field in _HOLDERS.get(kind, ()):
                    part = getattr(node, field)
                    todo += part if part.__class__ is list else [part]
        return frozenset(found) if len(found) <= MAX_ORIGINS else _first(found)

    def _is_text(self, node: ast.Call) -> bool:
        """A completion without a schema, or a function of the module that hands one on."""
        name = called(node, self._state, self.frame)
        if completes(node, name):
            return not keeps_to_schema(node, name)
        return hands_on(node, self._giving)

    def _passed(self, node: ast.Call) -> list[Any]:
        """The arguments whose text a call hands on."""
        func: Any = node.func
        name, method = called(node, self._state, self.frame), last_part(func)
        arguments = [*node.args, *(item.value for item in node.keywords)]
        if name in PARSING or name in PASSING:
            return arguments
        if func.__class__ is ast.Attribute and method in TEXT_METHODS | PARSING_METHODS:
            formats = method in ("format", "join", "format_messages", "format_prompt")
            return [func.value, *(arguments if formats else ())]
        if method in ANSWER_CLASSES:
            return []
        makes = method in PROMPT_CLASSES or (method in PROMPT_METHODS and of_hosted(name))
        return arguments if makes or (func.__class__ is ast.Name and method in PASSING) else []

    # ------------------------------------------------------------ what becomes of it

    def _call(self, node: ast.Call) -> Iterator[HostedUse]:
        name, method = called(node, self._state, self.frame), last_part(node.func)
        arguments = [*node.args, *(item.value for item in node.keywords)]
        if method in _ADDING and node.func.__class__ is ast.Attribute:
            added = [item for item in arguments if not _is_message(item)]
            self._hold(node.func.value, frozenset().union(*map(self._origins, added)), True)
            return
        if completes(node, name) or hands_on(node, self._giving):
            yield from [use for use, _ in self._told("chained", node, arguments, name or method)]
        elif self._parses(node, name, method):
            read = arguments if name in PARSING else [getattr(node.func, "value", None)]
            for use, origins in self._told("parsed", node, read, name if name in PARSING else method):
                self._keep_parsed(use, origins, name in PARSING)
        elif self._acts(node, name, method):
            yield from [use for use, _ in self._told("acted", node, arguments, name if name in ACTING else method)]

    def _parses(self, node: ast.Call, name: str, method: str) -> bool:
        return name in PARSING or (method in PARSING_METHODS and node.func.__class__ is ast.Attribute)

    def _acts(self, node: ast.Call, name: str, method: str) -> bool:
        if node.func.__class__ is ast.Name:
            return name in ACTING or (not name and method in ACTING_BUILTINS)
        return name in ACTING or method in ACTING_METHODS

    def _keep_parsed(self, use: HostedUse, origins: Origins, telling: bool) -> None:
        """One for each text: the first that tells its form, else the first that takes it apart."""
        for origin in origins:
            kept = self._parsed.get(origin)
            if kept is None or (telling and kept.subject in PARSING_METHODS):
                self._parsed[origin] = use

    def _told(self, kind: str, node: ast.Call, values: list[Any], subject: str) -> Iterator[tuple[HostedUse, Origins]]:
        origins = frozenset().union(*map(self._origins, values)) - {node}
        if not origins:
            return
        at = min(origin.lineno for origin in origins)
        bounded = kind != "chained" and (self._scope.validated if kind == "parsed" else self._scope.limited)
        scope = self.frame.scope
        use = HostedUse(kind, node.lineno, node.end_lineno or node.lineno, subject, "", scope, at, 0, bounded)
        yield use, origins


def _first(origins: set[ast.Call] | Origins) -> Origins:
    """As many as are followed, by their places."""
    return frozenset(sorted(origins, key=lambda node: (node.lineno, node.col_offset))[:MAX_ORIGINS])


def _is_answer(node: ast.Dict) -> bool:
    """A message with the role of whoever answers."""
    return any(
        getattr(key, "value", None) == "role" and getattr(value, "value", None) in ANSWER_ROLES
        for key, value in zip(node.keys, node.values, strict=True)
    )


def _is_message(node: Any) -> bool:
    """The whole answer, given back to the conversation: `response.choices[0].message`, or the response itself."""
    return getattr(node, "attr", "") in ("message", "messages") or node.__class__ is ast.Name


def _tools(node: ast.Call, frame: Frame, state: State) -> Iterator[HostedUse]:
    """Chains and tools that a library puts together by itself."""
    name = called(node, state, frame)
    parts = name.split(".")
    if TOOLS.isdisjoint(parts[-2:]) or "(" in name or not of_hosted(name):
        return
    line, last = node.lineno, node.end_lineno or node.lineno
    for kind, classes in (("chained", CHAIN_CLASSES), ("acted", ACTING_CLASSES)):
        if shown := next((part for part in parts[-2:] if part in classes), ""):
            yield HostedUse(kind, line, last, shown, "", frame.scope, line)
