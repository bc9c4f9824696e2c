"""Which function or class a line lies in."""

import ast
from collections.abc import Iterable

from scoring.readers.python.state import State


class Scopes:
    """Qualified names by line, "" outside of all. Made only for files that need it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._spans: list[tuple[int, int, str]] | None = None

    def at(self, line: int) -> str:
        """The innermost function or class whose lines hold this one."""
        if self._spans is None:
            self._spans = sorted(self._all())
        best = ""
        for first, last, scope in self._spans:
            if first > line:
                break
            if line <= last:
                best = scope
        return best

    def _all(self) -> Iterable[tuple[int, int, str]]:
        for node, frame, _ in self._state.functions:
            yield _first(node), node.end_lineno or node.lineno, frame.scope
        for item in self._state.classes:
            yield item.line, item.end_line, item.name


def _first(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return node.decorator_list[0].lineno if node.decorator_list else node.lineno
