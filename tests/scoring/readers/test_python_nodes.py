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


class _Interpolation(ast.expr):
    """As later versions of Python make it: beside nodes, one field that holds text or anything else."""

    _fields = ("value", "str", "conversion", "format_spec", "note")


class TypeAlias(ast.stmt):
    """As later versions of Python make it: its name is a node."""

    _fields = ("name", "type_params", "value")


def _made(kind: type[ast.AST], **fields: object) -> ast.AST:
    node = kind()
    for name, value in fields.items():
        setattr(node, name, value)
    return node


def test_class_of_a_later_python_gives_its_nodes_alone() -> None:
    name = ast.Name(id="a")
    node = _made(_Interpolation, value=name, str="a", conversion=-1, note=["b", 3])
    assert list(inside(node)) == [node, name]


def test_name_of_an_alias_of_types_is_a_node() -> None:
    name, value = ast.Name(id="Rows"), ast.Name(id="list")
    node = _made(TypeAlias, name=name, type_params=[], value=value)
    assert _nodes(inside(node)) == Counter([node, name, value])
