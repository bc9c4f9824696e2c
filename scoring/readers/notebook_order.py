"""What of a notebook's cells tells of their order: names that a cell uses before the cell that first defines them (run
from the top, it fails there), and cells that only set up, whose order tells nothing.

Only what runs when the cell runs is read: bodies of functions, classes and lambdas wait until they are called.
"""

import ast
import builtins
from bisect import bisect_right
from typing import Any

MAX_NAMES = 20

_BUILTINS = frozenset(dir(builtins)) | {
    "display",
    "get_ipython",
    "In",
    "Out",
    "_",
    "__",
    "spark",
    "sc",
    "dbutils",
    "exit",
}
"""Python's own names and those that a kernel provides."""
_LATER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def early_names(tree: ast.Module, starts: list[int]) -> tuple[tuple[str, int], ...]:
    """(name, line) of each name's first use in a cell above all cells that bind it, by line.

    Empty where a cell did not parse or something imports `*`, since those may bind any name.
    """
    if -1 in starts:
        return ()
    cells = [start for start in starts if start > 0]
    bound: dict[str, int] = {}
    used: dict[str, tuple[int, int]] = {}
    for statement in tree.body:
        cell = bisect_right(cells, statement.lineno)
        names = _Names(statement)
        if "*" in names.bound:
            return ()
        for name in names.bound:
            bound.setdefault(name, cell)
        for name, line in names.used.items():
            used.setdefault(name, (cell, line))
    found = [(name, line) for name, (cell, line) in used.items() if bound.get(name, 0) > cell and name not in _BUILTINS]
    return tuple(sorted(found, key=lambda item: (item[1], item[0]))[:MAX_NAMES])


def set_up_cells(tree: ast.Module, starts: list[int]) -> frozenset[int]:
    """First lines of the cells that hold nothing but imports, settings of what they import, and prints."""
    cells = [start for start in starts if start > 0]
    imported: dict[int, set[str]] = {}
    others: set[int] = set()
    for statement in tree.body:
        cell = cells[bisect_right(cells, statement.lineno) - 1]
        if isinstance(statement, ast.Import | ast.ImportFrom):
            names = imported.setdefault(cell, {"print"})
            names |= {alias.asname or alias.name.partition(".")[0] for alias in statement.names}
        elif not _only_calls(statement, imported.get(cell, set())):
            others.add(cell)
    return frozenset(imported.keys() - others)


def _only_calls(statement: ast.stmt, names: set[str]) -> bool:
    """A call of one of these names or of what hangs on it, whose result goes nowhere; or text."""
    node: Any = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(node, ast.Call):
        return isinstance(node, ast.Constant) or isinstance(statement, ast.Pass)
    while isinstance(node, ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
    return isinstance(node, ast.Name) and node.id in names


class _Names:
    """What one statement binds and uses while it runs."""

    def __init__(self, statement: ast.stmt) -> None:
        self.bound: set[str] = set()
        self.used: dict[str, int] = {}
        local: set[str] = set()
        stack: list[Any] = [statement]
        while stack:
            node = stack.pop()
            if isinstance(node, ast.Name):
                if isinstance(node.ctx, ast.Load):
                    self.used.setdefault(node.id, node.lineno)
                elif isinstance(node.ctx, ast.Store):
                    self.bound.add(node.id)
            elif isinstance(node, _LATER):
                self.bound.add(node.name)
                stack += node.decorator_list
                stack += node.bases if isinstance(node, ast.ClassDef) else node.args.defaults
            elif isinstance(node, ast.Import | ast.ImportFrom):
                self.bound |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
            elif not isinstance(node, ast.Lambda):
                if isinstance(node, _COMPREHENSIONS):
                    local |= {name.id for part in node.generators for name in _names_of(part.target)}
                elif isinstance(node, ast.ExceptHandler) and node.name:
                    self.bound.add(node.name)
                stack += ast.iter_child_nodes(node)
        for name in local:
            self.used.pop(name, None)


def _names_of(target: ast.expr) -> list[ast.Name]:
    """The names of a target: `a`, `(a, b)`, `a, *b`."""
    found: list[ast.Name] = []
    todo: list[Any] = [target]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Name):
            found.append(node)
        elif isinstance(node, ast.Tuple | ast.List):
            todo += node.elts
        elif isinstance(node, ast.Starred):
            todo.append(node.value)
    return found
