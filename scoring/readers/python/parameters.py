"""Long parameter lists: their names, how the calls of the same file fill them, and which are no choice of the author.

Looked at only where a function takes many parameters, which few files have.
"""

import ast
from bisect import bisect_left, bisect_right
from collections import ChainMap
from collections.abc import Container, Iterable, Iterator
from itertools import accumulate
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
ALIKE = 2 / 3
"""Share of the arguments of the one call of a private function, from which on it says what each is."""
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
    asked = {name: _Asked(found) for name, found in calls.items()}
    said = _Said(state)
    told = {line: _described(item, nodes[line], asked, said) for line, item in long.items()}
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


_NONE = -(1 << 30)


class _Asked:
    """The calls of one name by their lines, with the most that those before and after a line give."""

    def __init__(self, calls: list[Called]) -> None:
        self.calls = sorted(calls, key=lambda item: item[1].lineno)
        self.lines = [call.lineno for _, call in self.calls]
        given = [_given(call) for _, call in self.calls]
        self.before = list(accumulate(given, _most, initial=(_NONE, _NONE)))
        self.after = list(accumulate(reversed(given), _most, initial=(_NONE, _NONE)))

    def outside(self, function: Function) -> tuple[int, Called | None]:
        """The most parameters that calls outside of the function give by place, and that call if it is the one."""
        before = bisect_left(self.lines, function.line)
        after = len(self.lines) - bisect_right(self.lines, function.end_line)
        if not before + after:
            return -1, None
        place, left = _most(self.before[before], self.after[after])
        by_place = max(place, round(2 * function.parameters) - function.listed + left)
        return by_place, self.calls[0 if before else -1] if before + after == 1 else None


def _most(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return max(one[0], other[0]), max(one[1], other[1])


def _described(function: Function, node: Definition, calls: dict[tuple[str, bool], _Asked], said: "_Said") -> Function:
    asked = calls.get(_called(function))
    by_place, only = asked.outside(function) if asked else (-1, None)
    return msgspec.structs.replace(
        function,
        given=" ".join(_names(node, function.listed)),
        by_place=by_place,
        unchosen=_unchosen(function, node, only, said),
    )


def _unchosen(function: Function, node: Definition, only: Called | None, said: "_Said") -> str:
    if _is_formula(node, function):
        return "formula"
    if only is None:
        return ""
    return "options" if said.in_call(*only) else "named" if _is_named_alike(only[1], function, node) else ""


def _is_named_alike(call: ast.Call, function: Function, node: Definition) -> bool:
    """Whether the one call of a private function gives what bears the names of the parameters, in their order."""
    if function.public or len(call.args) <= MANY or any(item.__class__ is ast.Starred for item in call.args):
        return False
    names = _names(node, function.listed)
    alike = [
        getattr(item, "id", getattr(item, "attr", "")) == name for item, name in zip(call.args, names, strict=False)
    ]
    return bool(sum(alike) >= ALIKE * len(call.args))


def _names(node: Definition, listed: int) -> list[str]:
    arguments = node.args
    names = [item.arg for item in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return names[len(names) - listed :]


def _given(call: ast.Call) -> tuple[int, int]:
    """How many parameters are given by place; of `partial(f, a=b)`, how many fewer are left to who calls it."""
    if getattr(call.func, "attr", getattr(call.func, "id", "")) == "partial":
        return _NONE, -len(call.keywords)
    return _by_place(call), _NONE


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


class _Said:
    """What was parsed of a command line, worked out once for each scope."""

    def __init__(self, state: State) -> None:
        self._module = state.module
        self._assigned: dict[Frame, list[ast.Assign]] = {}
        self._parsed: dict[Frame, dict[str, bool]] = {state.module: dict.fromkeys(_OPTIONS, True)}
        self._own: dict[Frame, frozenset[str]] = {}
        for frame, event in state.events:
            if isinstance(event, ast.Assign):
                self._assigned.setdefault(frame, []).append(event)
                func: Any = getattr(event.value, "func", None)
                if (getattr(func, "attr", "") or getattr(func, "id", "")) in _PARSES:
                    self._parsed.setdefault(frame, {}).update(dict.fromkeys(_targets(event), True))

    def in_call(self, frame: Frame, call: ast.Call) -> bool:
        """Whether the one call of a function spells it out: its parameters are the program's options."""
        given = [*call.args, *(item.value for item in call.keywords)]
        options = ChainMap(self._parsed.get(frame, {}), self._parsed[self._module])
        if any(item.arg is None and _speaks_of(item.value, options) for item in call.keywords):
            return True
        if len(given) <= MANY:
            return False
        own = self._read_from(options, frame)
        return sum(_is_of(item, options) or getattr(item, "id", "") in own for item in given) >= MOST * len(given)

    def _read_from(self, options: Container[str], frame: Frame) -> frozenset[str]:
        """Names that the same scope sets to something of the options."""
        if frame not in self._own:
            events = self._assigned.get(frame, ())
            read = (event for event in events if any(_is_of(part, options) for part in inside(event.value)))
            self._own[frame] = frozenset(name for event in read for name in _targets(event))
        return self._own[frame]


def _targets(event: ast.Assign) -> Iterator[str]:
    return (target.id for target in event.targets if isinstance(target, ast.Name))


def _speaks_of(unpacked: ast.expr, options: Container[str]) -> bool:
    """`**vars(args)`, `**parser.parse_args().__dict__`"""
    parts = list(inside(unpacked))
    return any(getattr(part, "id", "") in options or getattr(part, "attr", "") in _PARSES for part in parts)


def _is_of(node: Any, options: Container[str]) -> bool:
    """`args.rate` or `args["--rate"]`."""
    return node.__class__ in (ast.Attribute, ast.Subscript) and getattr(node.value, "id", "") in options
