"""Which function or class a line lies in."""

import ast
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from scoring.readers.python.state import State


class Scopes:
    """Qualified names by line, "" outside of all. Made only for files that need it."""

    def __init__(self, state: State) -> None:
        self._state = state

    @cached_property
    def _spans(self) -> tuple[list[int], list[tuple[int, str, int]]]:
        """First lines, rising; with each its last line, its name and the index of the span around it (-1: none)."""
        firsts: list[int] = []
        rest: list[tuple[int, str, int]] = []
        around: list[int] = []
        for first, last, scope in sorted(self._all(), key=lambda span: (span[0], -span[1])):
            while around and rest[around[-1]][0] < first:
                around.pop()
            rest.append((last, scope, around[-1] if around else -1))
            firsts.append(first)
            around.append(len(firsts) - 1)
        return firsts, rest

    def at(self, line: int) -> str:
        """The innermost function or class whose lines hold this one."""
        firsts, rest = self._spans
        index = bisect_right(firsts, line) - 1
        while index >= 0:
            last, scope, outer = rest[index]
            if line <= last:
                return scope
            index = outer
        return ""

    def _all(self) -> Iterable[tuple[int, int, str]]:
        for node, frame, _ in self._state.functions:
            yield _first(node), node.end_lineno or node.lineno, frame.scope
        for item in self._state.classes:
            yield item.line, item.end_line, item.name


def _first(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return node.decorator_list[0].lineno if node.decorator_list else node.lineno
