"""Classes as facts: size, cohesion of their methods, reach into other objects, and what they hold."""

import ast
import re
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from scoring.facts import ClassShape
from scoring.knowledge.structure import ACCESSORS, VERBS
from scoring.readers.python.lines import Lines
from scoring.readers.python.names import written
from scoring.readers.python.nodes import inside
from scoring.readers.python.state import Frame, State

HEAVY = 47
"""Complexity of all methods, from which on cohesion is told: below it nobody asks."""
WIDE = 10
"""Public methods, likewise."""
MANY_HELD = 6
"""Public attributes set by a constructor, from which on a class without behaviour is kept."""

WORKERS = 2
"""Public methods of a function in disguise, at most."""

_FIRST_WORD = re.compile(r"_*([A-Z][a-z]+)")
_PROPERTIES = frozenset({"property", "cached_property", "setter", "getter", "deleter", "abstractproperty", "overload"})


class _Method(NamedTuple):
    node: Any
    frame: Frame

    @property
    def itself(self) -> str:
        """What it calls its object, "" for a static method."""
        arguments = (*self.node.args.posonlyargs, *self.node.args.args)
        return arguments[0].arg if arguments and "staticmethod" not in self.decorators else ""

    @property
    def decorators(self) -> frozenset[str]:
        return frozenset([written(item).removesuffix("()").rpartition(".")[2] for item in self.node.decorator_list])

    @property
    def public(self) -> bool:
        node = self.node
        return node.name[0] != "_" and not (node.decorator_list and self.decorators & _PROPERTIES)


class _Use:
    """What a method speaks of: attributes of its own object, and of others."""

    __slots__ = ("foreign", "own")

    def __init__(self) -> None:
        self.own: set[str] = set()
        self.foreign: set[tuple[str, str]] = set()


def class_shapes(state: State, lines: Lines) -> tuple[ClassShape, ...]:
    """Those that are heavy, wide, named as a verb, or that only hold data, in the order of the source."""
    methods: dict[Frame, list[_Method]] = {}
    for node, frame, owner in state.functions:
        if owner and frame.outer is not None:
            methods.setdefault(frame.outer, []).append(_Method(node, frame))
    wanted = [found for found in methods.values() if _is_large(found)]
    used = _uses(state, wanted, lines) if wanted else {}
    return tuple([shape for owner, found in methods.items() if (shape := _shape(owner, found, used))])


def _is_large(methods: list[_Method]) -> bool:
    wide = len(methods) >= WIDE and sum(method.public for method in methods) >= WIDE
    return wide or sum(method.frame.complexity for method in methods) >= HEAVY


def _shape(owner: Frame, methods: list[_Method], used: dict[Frame, _Use]) -> ClassShape | None:
    node: Any = owner.node
    large = methods[0].frame in used
    bare = not (node.bases or node.keywords or node.decorator_list)
    held = _held(methods) if bare else 0
    verb = bare and _is_function_in_disguise(node.name, methods)
    if not (large or held >= MANY_HELD or verb):
        return None
    return ClassShape(
        owner.scope,
        node.lineno,
        node.end_lineno or node.lineno,
        sum(method.public for method in methods),
        sum(method.frame.complexity for method in methods),
        _cohesion(methods, used) if large else 1.0,
        _clusters(methods, used) if large else 1,
        len(frozenset().union(*(used[method.frame].foreign for method in methods))) if large else 0,
        held,
        verb,
    )


# ---------------------------------------------------------------- cohesion


def _uses(state: State, wanted: list[list[_Method]], lines: Lines) -> dict[Frame, _Use]:
    """Frame of a method -> what it speaks of, functions inside it included."""
    texts = lines.texts
    used = {method.frame: _Use() for methods in wanted for method in methods}
    itself = {method.frame: method.itself for methods in wanted for method in methods}
    homes: dict[Frame, Frame | None] = {}
    for frame, chain, root in state.chains:
        if root.__class__ is not ast.Name:
            continue
        if frame in homes:
            home = homes[frame]
        else:
            home = homes[frame] = _home(frame, itself)
        if home is None:
            continue
        value: Any = root
        node: Any = chain
        while node.value is not value:
            node = node.value
        if value.id == itself[home]:
            used[home].own.add(node.attr)
        elif not frame.find(value.id) and not (node is chain and _is_called(chain, texts)):
            used[home].foreign.add((value.id, node.attr))
    return used


def _home(frame: Frame, methods: dict[Frame, str]) -> Frame | None:
    """The method that a function stands in."""
    within: Frame | None = frame
    while within is not None and within not in methods:
        within = within.outer
    return within


def _is_called(node: ast.Attribute, texts: Sequence[bytes]) -> bool:
    line, end = (node.end_lineno or 1) - 1, node.end_col_offset or 0
    return line < len(texts) and texts[line][end : end + 1] == b"("


def _cohesion(methods: list[_Method], used: dict[Frame, _Use]) -> float:
    """TCC: of the pairs of public methods, the share that meet in an attribute, their own or that of one which they
    call (Bieman and Kang, Cohesion and Reuse in an Object-Oriented System, 1995); 1 where there is no pair. Those that
    use nothing of their object are functions in a namespace, and say nothing of how it hangs together."""
    names = {m.node.name for m in methods if m.public or not m.decorators & _PROPERTIES}
    own: dict[str, set[str]] = {}
    for method in methods:
        own.setdefault(method.node.name, set()).update(used[method.frame].own)
    fields = [_reached(used[method.frame].own, own) - names for method in methods if method.public]
    pairs = list(combinations(filter(None, fields), 2))
    return round(sum(not one.isdisjoint(other) for one, other in pairs) / len(pairs), 4) if pairs else 1.0


def _reached(asked: set[str], own: dict[str, set[str]]) -> set[str]:
    """The attributes that a method asks for, with those that what it calls asks for."""
    found: set[str] = set()
    todo = list(asked)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += own.get(name, ())
    return found


def _clusters(methods: list[_Method], used: dict[Frame, _Use]) -> int:
    """LCOM4: groups of methods that no shared attribute and no call joins. Those that ask nothing of their object
    and constructors are left out: they would join or part everything."""
    groups: list[set[str]] = []
    for method in methods:
        own, name = used[method.frame].own, method.node.name
        if not own or name.startswith("__"):
            continue
        group = {name, *own}
        apart = []
        for other in groups:
            if other.isdisjoint(group):
                apart.append(other)
            else:
                group |= other
        groups = [*apart, group]
    return max(1, len(groups))


# ---------------------------------------------------------------- what a class holds


def _held(methods: list[_Method]) -> int:
    """Public attributes that the constructor sets by plain assignments, in a class that does nothing with them."""
    if any(m.node.name not in ACCESSORS and not _is_accessor(m) for m in methods):
        return 0
    constructor = next((method for method in methods if method.node.name == "__init__"), None)
    if constructor is None or constructor.frame.complexity > 1:
        return 0
    names = [name for name in _assigned(constructor.node.body, constructor.itself) if name[0] != "_"]
    return len(set(names))


def _is_accessor(method: _Method) -> bool:
    """It gives back or sets one attribute."""
    body = [item for item in method.node.body if not _is_docstring(item)]
    if len(body) != 1:
        return False
    if isinstance(body[0], ast.Return):
        return written(body[0].value).count(".") == 1
    return isinstance(body[0], ast.Assign)


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _assigned(body: Iterable[ast.stmt], itself: str) -> Iterable[str]:
    for item in body:
        targets: list[Any] = []
        if isinstance(item, ast.Assign):
            targets = item.targets
        elif isinstance(item, ast.AnnAssign | ast.AugAssign):
            targets = [item.target]
        for target in targets:
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == itself:
                yield target.attr


def _is_function_in_disguise(name: str, methods: list[_Method]) -> bool:
    """Named as a verb, callable by its one or two methods only, and never changed after its constructor."""
    if not 1 <= sum(method.public for method in methods) <= WORKERS:
        return False
    first = _FIRST_WORD.match(name)
    if first is None or first[1] not in VERBS or first[0] == name:
        return False
    if any(m.node.name.startswith("__") and m.node.name != "__init__" for m in methods):
        return False
    if not any(m.node.name == "__init__" and len(m.node.args.args) > 1 for m in methods):
        return False
    later = [m for m in methods if m.node.name != "__init__"]
    return not any(True for m in later for _ in _changes(m))


def _changes(method: _Method) -> Iterable[ast.Attribute]:
    for node in inside(method.node):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            yield node
