"""Functions as facts: size, complexity, nesting, parameters, and what is written about them."""

import ast
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from scoring.facts import Class, Function
from scoring.readers.python.lines import Lines
from scoring.readers.python.names import known_or_written
from scoring.readers.python.nodes import inside
from scoring.readers.python.state import FunctionSeen, State
from scoring.readers.python.statements import OPTIONS

Definition = ast.FunctionDef | ast.AsyncFunctionDef

MANY = 5
LONG = 38
"""Lines of body, from which on statements and guards are counted: below it nobody asks."""
COMPLEX = 10
LONG_ANYWAY = 52
"""Lines of body, from which on guards are not counted: whatever its complexity, it is long."""

WIDE = 200
"""Lines a class, over which its lines of code are counted."""

VERBS = frozenset({"fit", "train", "predict"})
"""Methods that models have in common."""

_TESTED = (ast.If, ast.While, ast.IfExp, ast.Assert)
_SIMPLE = frozenset(
    {
        ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Return, ast.Raise, ast.Assert, ast.Delete, ast.Pass,
        ast.Break, ast.Continue, ast.Global, ast.Nonlocal, ast.Import, ast.ImportFrom,
    }
)  # fmt: skip
"""Statements that hold no others."""
_ARMS = frozenset({ast.ExceptHandler, ast.match_case})
"""Parts of a statement that hold others and are none themselves."""
_BODIES = ("body", "handlers", "orelse", "finalbody", "cases")
_SET = frozenset({ast.Assign, ast.AnnAssign})
_TAKEN = frozenset({ast.Name, ast.Constant})
_LOOKING_UP = frozenset({"get", "getenv"})
_AROUND = frozenset({ast.With, ast.AsyncWith, ast.Try, ast.TryStar})


def functions(state: State, lines: Lines) -> tuple[Function, ...]:
    """In the order of the source, as the state's statements are."""
    declares = not OPTIONS.isdisjoint(state.words)
    return tuple([_function(item, lines, state.statements, declares=declares) for item in state.functions])


def sized(classes: list[Class], lines: Lines) -> tuple[Class, ...]:
    """The classes, those that span many lines with how many of them are code."""
    return tuple([_counted(item, lines) if item.end_line - item.line >= WIDE else item for item in classes])


def _counted(item: Class, lines: Lines) -> Class:
    return msgspec.structs.replace(item, code_lines=lines.code(item.line, item.end_line))


def _function(seen: FunctionSeen, lines: Lines, statements: list[ast.stmt], *, declares: bool) -> Function:
    """`declares` where the module has options of a command line."""
    node, frame, owner = seen
    last = node.end_lineno or node.lineno
    decorators = node.decorator_list
    names = tuple([name for item in decorators if (name := known_or_written(item, frame))]) if decorators else ()
    listed = _listed(node.args, bool(owner) and "staticmethod" not in names)
    body_lines = lines.code(node.body[0].lineno, last)
    is_long = body_lines >= LONG
    return Function(
        node.name,
        node.lineno,
        last,
        body_lines,
        frame.complexity,
        frame.deepest,
        listed - (len(node.args.kwonlyargs) + len(node.args.defaults)) / 2,
        _is_annotated(node),
        _is_documented(node),
        frame.public,
        owner,
        names,
        listed,
        _statements(node) if is_long or listed > MANY else 0,
        _guards(node) if LONG <= body_lines < LONG_ANYWAY and frame.complexity > COMPLEX else 0,
        _plain_lines(node, last, lines, statements) if is_long and (declares or node.name == "__init__") else 0,
        _signature(node.args) if owner and node.name in VERBS else "",
    )


def _signature(arguments: ast.arguments) -> str:
    """The names that a caller has to give, "-" for none; "" where it takes whatever comes."""
    if arguments.vararg is not None:
        return ""
    names = [item.arg for item in (*arguments.posonlyargs, *arguments.args)]
    needed = names[: len(names) - len(arguments.defaults)][1:]
    needed += [
        item.arg for item, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if value is None
    ]
    return " ".join(needed) or "-"


def _statements(node: Definition) -> int:
    """All that the body holds, imports and `pass` too, but docstrings."""
    count = 0
    bodies: list[list[Any]] = [node.body]
    while bodies:
        for part in bodies.pop():
            kind = part.__class__
            if kind in _SIMPLE:
                count += kind is not ast.Expr or not _is_string(part)
                continue
            count += kind not in _ARMS
            bodies += [body for field in _BODIES if (body := getattr(part, field, None))]
    return count


def _is_string(part: Any) -> bool:
    if part.__class__ is not ast.Expr:
        return False
    value = part.value
    return value.__class__ is ast.Constant and value.value.__class__ is str


def _plain_lines(node: Definition, last: int, lines: Lines, statements: list[ast.stmt]) -> int:
    """Lines of the statements that are read one by one, those inside others too."""
    first = bisect_left(statements, node.body[0].lineno, key=_line)
    held = statements[first : bisect_left(statements, last + 1, key=_line)]
    return sum(lines.code(item.lineno, item.end_lineno or item.lineno) for item in held if _is_plain(item, node.name))


def _is_plain(statement: Any, function: str) -> bool:
    """`parser.add_argument(...)`, or `self.name = name` and `self.name = options.get("name")` of a constructor:
    declared one by one, read one by one."""
    kind, value = statement.__class__, getattr(statement, "value", None)
    if kind is ast.Expr and value.__class__ is ast.Call:
        return getattr(value.func, "attr", "") in OPTIONS
    if function != "__init__" or kind not in _SET:
        return False
    target = statement.target if kind is ast.AnnAssign else statement.targets[0]
    of_self = target.__class__ is ast.Attribute and getattr(target.value, "id", "") == "self"
    return of_self and (value.__class__ in _TAKEN or _is_looked_up(value))


def _is_looked_up(value: Any) -> bool:
    """A setting looked up by its name, as `options.get("rate", 1)` does, or a call of nothing but such."""
    if value.__class__ is not ast.Call:
        return False
    if getattr(value.func, "attr", "") in _LOOKING_UP:
        return bool(value.args) and _is_text(value.args[0])
    given = [*value.args, *(item.value for item in value.keywords)]
    looked_up = [item for item in given if item.__class__ not in _TAKEN]
    return bool(looked_up) and all(map(_is_looked_up, looked_up))


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _line(statement: ast.stmt) -> int:
    return statement.lineno


def _guards(node: Definition) -> int:
    """What early returns and `x or default` add to the complexity: a reader has done with them where they stand."""
    choices: list[ast.BoolOp] = []
    tested: set[ast.AST] = set()
    for part in inside(node):
        if isinstance(part, ast.BoolOp):
            if isinstance(part.op, ast.Or):
                choices.append(part)
        elif isinstance(part, _TESTED):
            tested.update(_operations(part.test))
        elif isinstance(part, ast.comprehension):
            for condition in part.ifs:
                tested.update(_operations(condition))
    count = sum(len(choice.values) - 1 for choice in choices if choice not in tested)
    for guard in _leaving(node.body):
        count += 1 + sum(len(part.values) - 1 for part in _operations(guard.test))
    return count


def _operations(test: ast.expr) -> list[ast.BoolOp]:
    return [part for part in inside(test) if isinstance(part, ast.BoolOp)]


def _leaving(body: Iterable[ast.stmt]) -> Iterator[ast.If]:
    """The `if`s of a body that only leave the function."""
    node: Any
    for node in body:
        kind = node.__class__
        if kind is ast.If and not node.orelse and isinstance(node.body[-1], ast.Return | ast.Raise):
            yield node
        elif kind in _AROUND:
            yield from _leaving(node.body)


def _listed(arguments: ast.arguments, bound: bool) -> int:
    positional = len(arguments.posonlyargs) + len(arguments.args)
    if bound and positional:
        positional -= 1
    return positional + len(arguments.kwonlyargs)


def _is_annotated(node: Definition) -> bool:
    if node.returns is not None:
        return True
    arguments = node.args
    for argument in (*arguments.args, *arguments.kwonlyargs, *arguments.posonlyargs):
        if argument.annotation is not None:
            return True
    rest = (arguments.vararg, arguments.kwarg)
    return any(argument is not None and argument.annotation is not None for argument in rest)


def _is_documented(node: Definition) -> bool:
    return _is_string(node.body[0])


def hands_back(node: Any, value: Any) -> bool:
    """Whether a returned tuple is some of the function's own parameters in their order: who passes them knows it."""
    taken = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    given = [getattr(item, "id", "") for item in value.elts] if value.__class__ is ast.Tuple else []
    return bool(given) and given == [name for name in taken if name in given]
