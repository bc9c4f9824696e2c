"""Functions as facts: size, complexity, nesting, parameters, and what is written about them."""

import ast

from scoring.facts import Function
from scoring.readers.python.lines import Lines
from scoring.readers.python.names import known_or_written
from scoring.readers.python.state import FunctionSeen

Definition = ast.FunctionDef | ast.AsyncFunctionDef


def functions(seen: list[FunctionSeen], lines: Lines) -> tuple[Function, ...]:
    """In the order of the source."""
    return tuple([_function(item, lines) for item in seen])


def _function(seen: FunctionSeen, lines: Lines) -> Function:
    node, frame, owner = seen
    last = node.end_lineno or node.lineno
    decorators = node.decorator_list
    names = tuple([name for item in decorators if (name := known_or_written(item, frame))]) if decorators else ()
    listed = _listed(node.args, bool(owner) and "staticmethod" not in names)
    return Function(
        node.name,
        node.lineno,
        last,
        lines.code(node.body[0].lineno, last),
        frame.complexity,
        frame.deepest,
        listed - len(node.args.kwonlyargs) / 2,
        _is_annotated(node),
        _is_documented(node),
        frame.public,
        owner,
        names,
        listed,
    )


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
    first = node.body[0]
    return isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
