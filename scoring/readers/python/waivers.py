"""What the comments of a module tell its linters to let be: the length and the parameters of functions.

Such a comment is a decision that somebody made and wrote down. One that names no rule says nothing of it.
"""

import ast
import re

import msgspec

from scoring.facts import Function
from scoring.readers.python.state import State

LENGTH, PARAMETERS = "length", "parameters"

_KINDS = {
    LENGTH: (
        "c901 plr0911 plr0912 plr0914 plr0915 plr1702 r0911 r0912 r0914 r0915 r1260 r1702 too-complex too-many-branches"
        " too-many-locals too-many-nested-blocks too-many-return-statements too-many-statements"
    ),
    PARAMETERS: "plr0913 plr0917 r0913 r0917 too-many-arguments too-many-positional-arguments",
}
_KIND_OF = {code: kind for kind, codes in _KINDS.items() for code in codes.split()}
"""Rules of ruff, flake8 and pylint on the form of a function, by number and by name."""

_COMMENT = re.compile(
    rb"#[ \t]*(?:(?P<noqa>noqa:)|(?P<whole>(?:ruff|flake8):[ \t]*noqa:)|pylint:[ \t]*disable(?P<next>-next)?[ \t]*=)"
    rb"(?P<codes>[\w\-, \t]+)"
)


def waived(functions: tuple[Function, ...], state: State, source: bytes) -> tuple[Function, ...]:
    """The functions in their order, those with what their linter was told to let be: on the lines of their heads, in a
    comment of pylint's alone above them, in those that begin their bodies, or for the whole module."""
    if b"noqa" not in source and b"pylint" not in source:
        return functions
    by_line, from_line = _comments(source)
    if not by_line and not from_line:
        return functions
    return tuple(
        [
            msgspec.structs.replace(item, waived=kinds) if (kinds := _of_head(seen.node, by_line, from_line)) else item
            for item, seen in zip(functions, state.functions, strict=True)
        ]
    )


def _comments(source: bytes) -> tuple[dict[int, set[str]], dict[str, int]]:
    """Kinds by the line of their comment; and the first line from which each holds to the end of the module."""
    by_line: dict[int, set[str]] = {}
    from_line: dict[str, int] = {}
    line, counted = 1, 0
    for found in _COMMENT.finditer(source):
        kinds = {_KIND_OF[code] for code in re.split(r"[,\s]+", found["codes"].decode().lower()) if code in _KIND_OF}
        if not kinds:
            continue
        line += source.count(b"\n", counted, found.start())
        counted = found.start()
        at_margin = found.start() == 0 or source[found.start() - 1 : found.start()] == b"\n"
        if found["whole"]:
            from_line.update(dict.fromkeys(kinds, 0))
        elif found["next"]:
            by_line.setdefault(line + 1, set()).update(kinds)
        elif at_margin and not found["noqa"]:
            from_line = {**dict.fromkeys(kinds, line), **from_line}
        else:
            by_line.setdefault(line, set()).update(kinds)
            if not found["noqa"] and not source[source.rfind(b"\n", 0, found.start()) + 1 : found.start()].strip():
                by_line.setdefault(line + 1, set()).update(kinds)
    return by_line, from_line


def _of_head(
    node: ast.FunctionDef | ast.AsyncFunctionDef, by_line: dict[int, set[str]], from_line: dict[str, int]
) -> tuple[str, ...]:
    first = min([node.lineno, *[item.lineno for item in node.decorator_list]])
    kinds = {kind for kind, line in from_line.items() if line <= node.lineno}
    for line in range(first, _first_statement(node)) if by_line else ():
        kinds |= by_line.get(line, set())
    return tuple(sorted(kinds))


def _first_statement(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The line of the first statement behind the docstring; past a body that is on the line of its head."""
    told = [item for item in node.body[:2] if not _is_text(item)]
    return max(told[0].lineno if told else node.body[-1].lineno + 1, node.lineno + 1)


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
