"""Long parameter lists: their names, how the calls of the same file fill them, and which are no choice of the author.

Looked at only where a function takes many parameters, which few files have.
"""

import ast
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from scoring.facts import Class, Function
from scoring.readers.python.metrics import Definition
from scoring.readers.python.nodes import inside
from scoring.readers.python.state import Frame, State

MANY = 5
"""Parameters, keyword-only ones and those with a default as one half, up to which a list is short."""
FEW = 3
"""Arguments, up to which nobody asks how they are given."""
MOST = 0.75
"""Share of a call's arguments from which on it hands over what a command line said."""
ARITHMETIC = 15
"""Statements, up to which a private function is a formula that only computes, half of it sums and products."""

_PARSES = frozenset({"parse_args", "parse_known_args", "docopt"})
_OPTIONS = frozenset({"args", "opt", "opts", "options", "flags", "FLAGS", "arguments"})
_SUMS = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return)


def described(functions: tuple[Function, ...], state: State) -> tuple[Function, ...]:
    """The functions in their order, those of long lists with what is told of them alone."""
    long = {item.line: item for item in functions if item.parameters > MANY}
    if not long:
        return functions
    nodes = {seen.node.lineno: seen.node for seen in state.functions if seen.node.lineno in long}
    calls = _calls_of(frozenset(map(_called, long.values())), state)
    told = {line: _described(item, nodes[line], calls, state) for line, item in long.items()}
    return tuple([told.get(item.line, item) for item in functions])


def _called(function: Function) -> tuple[str, bool]:
    """How a call names it, and whether that is after a dot: a constructor by its class."""
    if function.name == "__init__":
        return function.owner.rpartition(".")[2], False
    return function.name, bool(function.owner)


Called = tuple[Frame, ast.Call]


def wide_calls(state: State) -> list[Called]:
    """The calls of more than FEW arguments, in the order of the source."""
    return [item for item in state.asked if len(item[1].args) + len(item[1].keywords) > FEW]


def methods_called(calls: Iterable[Called]) -> tuple[tuple[str, int], ...]:
    """Methods that are given over MANY arguments, and the most by place."""
    most: dict[str, int] = {}
    for _, call in calls:
        func: Any = call.func
        if func.__class__ is ast.Attribute and func.attr != "__init__" and len(call.args) + len(call.keywords) > MANY:
            most[func.attr] = max(_by_place(call), most.get(func.attr, -1))
    return tuple(sorted(most.items()))


def passing_up(classes: tuple[Class, ...], calls: Iterable[Called]) -> tuple[Class, ...]:
    """The classes in their order, with how their constructors call the one above."""
    if not any(item.bases for item in classes):
        return classes
    most: dict[str, int] = {}
    for frame, call in calls:
        func: Any = call.func
        if func.__class__ is ast.Attribute and func.attr == "__init__":
            owner = frame.outer.scope if frame.outer else ""
            given = _by_place(call) - (func.value.__class__ is not ast.Call)  # Base.__init__(self, ...)
            most[owner] = max(given, most.get(owner, -1))
    return tuple([_passing_up(item, most) for item in classes]) if most else classes


def _passing_up(item: Class, most: dict[str, int]) -> Class:
    return msgspec.structs.replace(item, passes_up=most[item.name]) if item.name in most else item


_Calls = dict[tuple[str, bool], list[Called]]


def _calls_of(names: frozenset[tuple[str, bool]], state: State) -> _Calls:
    """The calls of these in this file, in the order of the source."""
    found: _Calls = {}
    for frame, call in state.asked:
        func: Any = call.func
        is_method = func.__class__ is ast.Attribute
        name = (func.attr if is_method else getattr(func, "id", ""), is_method)
        if name in names:
            found.setdefault(name, []).append((frame, call))
        elif name[0] == "partial" and call.args:
            whole = (getattr(call.args[0], "id", ""), False)
            if whole in names:
                found.setdefault(whole, []).append((frame, call))
    return found


def _described(function: Function, node: Definition, calls: _Calls, state: State) -> Function:
    outside = (
        item for item in calls.get(_called(function), []) if not function.line <= item[1].lineno <= function.end_line
    )
    called = list(outside)
    return msgspec.structs.replace(
        function,
        given=" ".join(_names(node, function.listed)),
        by_place=max([_filled(call, function) for _, call in called], default=-1),
        unchosen="formula" if _is_formula(node, function) else "options" if _hands_options(called, state) else "",
    )


def _names(node: Definition, listed: int) -> list[str]:
    arguments = node.args
    names = [item.arg for item in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return names[len(names) - listed :]


def _filled(call: ast.Call, function: Function) -> int:
    """How many parameters are given by place; of `partial(f, a=b)`, those that are left to who calls it."""
    if getattr(call.func, "attr", getattr(call.func, "id", "")) == "partial":
        return round(2 * function.parameters) - function.listed - len(call.keywords)
    return _by_place(call)


def _by_place(call: ast.Call) -> int:
    """-1 where stars stand for some: nobody knows for how many, and by what names."""
    some = any(item.__class__ is ast.Starred for item in call.args) or any(item.arg is None for item in call.keywords)
    return -1 if some and len(call.args) <= MANY else len(call.args)


def _is_formula(node: Definition, function: Function) -> bool:
    """A private one that only computes, most of all by sums and products: its parameters are the operands."""
    if function.public or node.name == "__init__" or function.complexity > 1 or function.statements > ARITHMETIC:
        return False
    sums = [item for item in node.body if item.__class__ in _SUMS and any(map(_is_sum, inside(item)))]
    return 2 * len(sums) >= function.statements


def _is_sum(node: Any) -> bool:
    return node.__class__ is ast.BinOp


# ---------------------------------------------------------------- what a command line said


def _hands_options(called: list[Called], state: State) -> bool:
    """Whether its one call spells out what a command line said: its parameters are the program's options."""
    if len(called) != 1:
        return False
    frame, call = called[0]
    given = [*call.args, *(item.value for item in call.keywords)]
    options = _options(frame, state)
    if any(item.arg is None and _speaks_of(item.value, options) for item in call.keywords):
        return True
    if len(given) <= MANY:
        return False
    own = _read_from(options, frame, state)
    return sum(_is_of(item, options) or getattr(item, "id", "") in own for item in given) >= MOST * len(given)


def _options(frame: Frame, state: State) -> frozenset[str]:
    """Names of what was parsed, where the call stands or outside of it."""
    found = set(_OPTIONS)
    for where, event in state.events:
        if (where is frame or where is state.module) and isinstance(event, ast.Assign):
            func: Any = getattr(event.value, "func", None)
            if (getattr(func, "attr", "") or getattr(func, "id", "")) in _PARSES:
                found.update(_targets(event))
    return frozenset(found)


def _read_from(options: Iterable[str], frame: Frame, state: State) -> frozenset[str]:
    """Names that the same scope sets to something of the options."""
    names = frozenset(options)
    return frozenset(
        name
        for where, event in state.events
        if where is frame and isinstance(event, ast.Assign) and any(_is_of(part, names) for part in inside(event.value))
        for name in _targets(event)
    )


def _targets(event: ast.Assign) -> Iterator[str]:
    return (target.id for target in event.targets if isinstance(target, ast.Name))


def _speaks_of(unpacked: ast.expr, options: frozenset[str]) -> bool:
    """`**vars(args)`, `**parser.parse_args().__dict__`"""
    parts = list(inside(unpacked))
    return any(getattr(part, "id", "") in options or getattr(part, "attr", "") in _PARSES for part in parts)


def _is_of(node: Any, options: frozenset[str]) -> bool:
    """`args.rate` or `args["--rate"]`."""
    return node.__class__ in (ast.Attribute, ast.Subscript) and getattr(node.value, "id", "") in options
