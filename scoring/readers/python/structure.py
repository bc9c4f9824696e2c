"""How classes and functions are built: cohesion, reach, switches, what is handed back, private parts of packages.

Made after the walk of what it kept. Each part looks first whether a class or function could be of interest at all,
since most are not.
"""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from scoring.facts import Branch, FunctionShape, Structure
from scoring.knowledge import LIBRARIES
from scoring.knowledge.structure import EXPERIMENT, REPORTING, SETTINGS, SWITCH
from scoring.readers.python.bare_results import bare_items, typed
from scoring.readers.python.classes import class_shapes
from scoring.readers.python.lines import Lines
from scoring.readers.python.metrics import hands_back
from scoring.readers.python.names import written
from scoring.readers.python.nodes import imported_below
from scoring.readers.python.state import Frame, State

MANY_ITEMS = 4
"""Of a returned tuple or dict, from which on it is kept."""

MANY_CHANGES = 12
"""Columns set on one object in one function, from which on they are kept."""

_FRAMES = frozenset(name.partition(".")[0] for name in LIBRARIES["FRAME"])
_LEAVES = frozenset({ast.Raise, ast.Return, ast.Continue, ast.Break})
_ENDS = frozenset({"exit", "error", "fail", "abort", "_exit", "quit"})
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_OTHER_SCOPES = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef})


class _Seen:
    """What was met of one function."""

    __slots__ = ("branches", "cases", "changed", "globals", "returned", "switches")

    def __init__(self) -> None:
        self.switches: list[str] = []
        self.branches: dict[ast.AST, str] = {}
        """Branch -> the switch that it tests."""
        self.cases: dict[str, set[str]] = {}
        self.returned = 0
        self.changed: Counter[str] = Counter()
        self.globals = 0


def structure(state: State, source: bytes, lines: Lines) -> Structure | None:
    """None where the module has nothing of it."""
    seen: dict[Frame, _Seen] = {}
    branches = tuple(_branches(state, seen))
    _returned(state, seen)
    if any(item.module.partition(".")[0] in _FRAMES for item in state.imports):
        _changed(state, seen)
    if b"global " in source:
        _globals(state, seen)
    functions = tuple([shape for frame in sorted(seen, key=_place) if (shape := _shape(frame, seen[frame]))])
    classes = class_shapes(state, lines)
    return Structure(classes, functions, branches) if classes or functions or branches else None


def _place(frame: Frame) -> tuple[int, int, str]:
    node: Any = frame.node
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0), frame.scope


def _shape(frame: Frame, seen: _Seen) -> FunctionShape | None:
    name, cases = max(((len(found), name) for name, found in seen.cases.items()), default=(0, ""))[::-1]
    column, changes = max(((count, name) for name, count in seen.changed.items()), default=(0, ""))[::-1]
    if changes < MANY_CHANGES:
        column, changes = "", 0
    if not (len(seen.switches) > 1 or cases > 1 or changes or seen.returned or seen.globals):
        return None
    node: Any = frame.node
    return FunctionShape(
        frame.scope,
        getattr(node, "lineno", 1),
        getattr(node, "end_lineno", None) or 1,
        tuple(seen.switches),
        str(name),
        cases,
        seen.returned,
        str(column),
        changes,
        seen.globals,
        tuple(dict.fromkeys(_independent(node.body, seen.branches))) if len(seen.switches) > 2 else (),
    )


# ---------------------------------------------------------------- branches


def _branches(state: State, seen: dict[Frame, _Seen]) -> Iterator[Branch]:
    """Fills in switches and cases; gives the branches that ask for an experiment, a variant or what is old."""
    continued: set[ast.AST] = set()
    booleans: dict[Frame, frozenset[str]] = {}
    for frame, node in state.branches:
        orelse: Any = node.orelse
        if node.__class__ is ast.If and len(orelse) == 1 and orelse[0].__class__ is ast.If:
            continued.add(orelse[0])
        test: Any = node.test
        kind = test.__class__
        if kind is ast.Call or (kind is ast.Compare and not _may_be_case(test)):
            continue
        switches = []
        for name, value in _asked(test):
            if value is None:
                switches.append(name)
            else:
                seen.setdefault(frame, _Seen()).cases.setdefault(name, set()).add(value)
        if not switches:
            continue
        for name in switches:
            if _is_experiment(name):
                yield Branch(node.lineno, node.end_lineno or node.lineno, name, frame.scope)
                break
        if node not in continued and not _refuses(node):
            _switched(frame, node, switches, seen, booleans)


@lru_cache(maxsize=4096)
def _is_experiment(name: str) -> bool:
    return EXPERIMENT.search(name.rpartition(".")[2]) is not None


def _switched(
    frame: Frame, node: ast.AST, names: list[str], seen: dict[Frame, _Seen], booleans: dict[Frame, frozenset[str]]
) -> None:
    """One switch for each branch: those that are tested together open no further path."""
    if frame not in booleans:
        booleans[frame] = _boolean_parameters(frame)
    for name in names:
        if _is_switch(name, booleans[frame]):
            known = seen.setdefault(frame, _Seen())
            if name not in known.switches:
                known.switches.append(name)
            known.branches[node] = name
            return


def _independent(body: Any, branches: dict[ast.AST, str]) -> list[str]:
    """The switches of branches that multiply. Where one branch holds others, or two exclude each other, the way with
    the most counts; a branch of one plain statement and no other way adds an effect and no path worth a test."""
    found: list[str] = []
    for node in body:
        kind = node.__class__
        if kind is ast.If:
            found += _most(node, branches)
        elif kind not in _OTHER_SCOPES:
            for field in ("body", "handlers", "orelse", "finalbody", "cases"):
                found += _independent(getattr(node, field, ()), branches)
    return found


def _most(node: ast.If, branches: dict[ast.AST, str]) -> list[str]:
    """Of an `if` with its `elif`s: its own switch, or those of the arm that holds the most."""
    arms, rest = [node.body], node.orelse
    while len(rest) == 1 and rest[0].__class__ is ast.If:
        link: Any = rest[0]
        arms.append(link.body)
        rest = link.orelse
    arms.append(rest)
    plain = not node.orelse and len(node.body) == 1 and not hasattr(node.body[0], "body")
    most = [branches[node]] if node in branches and not plain else []
    for arm in arms:
        inner = _independent(arm, branches)
        if len(set(inner)) > len(most):
            most = list(dict.fromkeys(inner))
    return most


def _may_be_case(test: ast.Compare) -> bool:
    operator, right = test.ops[0].__class__, test.comparators[0].__class__
    return (operator is ast.Eq and right is ast.Constant) or (operator is ast.In and right is not ast.Name)


def _refuses(node: Any) -> bool:
    """A guard ends the function, the turn or the program: it opens no further path."""
    if node.__class__ is not ast.If or node.orelse:
        return False
    last = node.body[-1]
    if last.__class__ is ast.Expr and last.value.__class__ is ast.Call:
        func = last.value.func
        return getattr(func, "attr", getattr(func, "id", "")) in _ENDS
    return last.__class__ in _LEAVES


def _asked(test: Any) -> Iterator[tuple[str, str | None]]:
    """(name, None) of each name whose truth is asked; (name, string) of each comparison with a string."""
    todo = [test]
    while todo:
        node = todo.pop()
        kind = node.__class__
        if kind is ast.Name:
            yield node.id, None
        elif kind is ast.Attribute:
            if name := written(node):
                yield name, None
        elif kind is ast.UnaryOp and node.op.__class__ is ast.Not:
            todo.append(node.operand)
        elif kind is ast.BoolOp:
            todo += node.values[::-1]
        elif kind is ast.Compare and len(node.ops) == 1:
            yield from _cases(node)


def _cases(node: ast.Compare) -> Iterator[tuple[str, str]]:
    left, right, operator = node.left, node.comparators[0], node.ops[0].__class__
    if left.__class__ not in {ast.Name, ast.Attribute}:
        return
    if operator is ast.Eq and isinstance(right, ast.Constant) and isinstance(right.value, str):
        yield written(left), right.value
    elif operator is ast.In and isinstance(right, ast.Tuple | ast.List | ast.Set):
        for item in right.elts:
            if isinstance(item, ast.Constant) and isinstance(item.value, str):
                yield written(left), item.value


def _is_switch(name: str, booleans: frozenset[str]) -> bool:
    """A parameter that is true or false, an option of a configuration, a flag of the object, a constant."""
    root, _, rest = name.partition(".")
    last = name.rpartition(".")[2]
    if last.lstrip("_") in REPORTING:
        return False
    if not rest:
        return name in booleans
    owner = name.split(".")[-2].lower().lstrip("_")
    if owner in SETTINGS:
        return True
    return root == "self" and SWITCH.match(last) is not None


def _boolean_parameters(frame: Frame) -> frozenset[str]:
    """Of the function or one around it."""
    found: set[str] = set()
    around: Frame | None = frame
    while around is not None:
        node: Any = around.node
        if node.__class__ in _DEFINITIONS:
            found.update(_booleans(node.args))
        around = around.outer
    return frozenset(found)


def _booleans(arguments: ast.arguments) -> Iterable[str]:
    listed = [*arguments.posonlyargs, *arguments.args]
    defaults: list[Any] = [None] * (len(listed) - len(arguments.defaults)) + list(arguments.defaults)
    for argument, default in zip([*listed, *arguments.kwonlyargs], [*defaults, *arguments.kw_defaults], strict=True):
        annotation: Any = argument.annotation
        says_so = annotation.__class__ is ast.Name and annotation.id == "bool"
        if says_so or (isinstance(default, ast.Constant) and isinstance(default.value, bool)):
            yield argument.arg


# ---------------------------------------------------------------- results, columns and globals


def _returned(state: State, seen: dict[Frame, _Seen]) -> None:
    for frame, node in state.returned:
        items = bare_items(node.value)
        if items >= MANY_ITEMS and frame.public and not typed(frame.node) and not hands_back(frame.node, node.value):
            known = seen.setdefault(frame, _Seen())
            known.returned = max(known.returned, items)


def _changed(state: State, seen: dict[Frame, _Seen]) -> None:
    """Columns set by name on one object: `df["a"] = ...`."""
    for frame, node in state.events:
        if node.__class__ is ast.Assign:
            target: Any = node.targets[0]
            if target.__class__ is ast.Subscript and target.value.__class__ is ast.Name:
                key = target.slice
                if key.__class__ is ast.Constant and isinstance(key.value, str):
                    seen.setdefault(frame, _Seen()).changed[target.value.id] += 1


def _globals(state: State, seen: dict[Frame, _Seen]) -> None:
    """Global variables that a function without parameters rebinds."""
    for node, frame, _ in state.functions:
        arguments = node.args
        if arguments.args or arguments.kwonlyargs or arguments.posonlyargs or arguments.vararg or arguments.kwarg:
            continue
        names = {name for item in node.body if item.__class__ is ast.Global for name in item.names}
        if names and (rebound := names - imported_below(node)):
            seen.setdefault(frame, _Seen()).globals = len(rebound)
