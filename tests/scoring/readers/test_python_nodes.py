"""The quick walk meets the same nodes as `ast.walk`."""

import ast
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

import scoring
from scoring.readers.python.nodes import inside

SMALL = (ast.expr_context, ast.operator, ast.boolop, ast.unaryop, ast.cmpop, ast.alias)
MATCH = """
match command:
    case [first, *rest] if first: pass
    case {"a": 1, **others}: pass
    case Point(0, y=None) | "text" as found: pass
"""
REST = """
async def f(a, /, b: int = 1, *c, d=None, e, **g) -> str:
    global x
    async with a as b, c: pass
    async for i in [j async for j in a if j]: yield i
    return {**a, "k": await b}, {1, *c}, lambda q=1: q, f"{a!r:>{b}}", a[1:2, ::3], (z := 3), -a < b <= c
try:
    raise E from e
except* ValueError as error:
    del a.b
else:
    assert a, "b"
finally:
    @d
    class K(B, metaclass=M): n: int = 3
while not a: break
"""


def _nodes(found: Iterable[ast.AST]) -> Counter[ast.AST]:
    return Counter(node for node in found if not isinstance(node, SMALL))


@pytest.mark.parametrize("source", ["", "x\n", MATCH, REST])
def test_walk_of_a_snippet_meets_each_node_once(source: str) -> None:
    tree = ast.parse(source)
    assert _nodes(inside(tree)) == _nodes(ast.walk(tree))


def test_walk_of_real_modules_meets_each_node_once() -> None:
    paths = sorted(Path(scoring.__file__).parent.rglob("*.py"))
    assert len(paths) > 100
    for path in paths:
        tree = ast.parse(path.read_bytes())
        assert _nodes(inside(tree)) == _nodes(ast.walk(tree)), path.name
