"""Names used above the cell that defines them: what runs at once, and what waits."""

import ast

import pytest

from scoring.readers.notebook_order import MAX_NAMES, early_names, set_up_cells


@pytest.mark.parametrize(
    ("source", "starts"),
    [
        ("a = 1\na\n", [1, 2]),
        ("a\na = 1\n", [1]),
        ("f = lambda: a\na = 1\n", [1, 2]),
        ("class C:\n    x = a\na = 1\n", [1, 3]),
        ("a\n", [1, 2]),
        ("a\na = 1\n", [1, -1, 2]),
        ("import a.b\na\na = 1\n", [1, 2, 3]),
    ],
)
def test_name_that_is_there_or_waits_is_not_early(source: str, starts: list[int]) -> None:
    assert early_names(ast.parse(source), starts) == ()


@pytest.mark.parametrize(
    "source",
    [
        "print(a)\na = 1\n",
        "@a\ndef f(): ...\ndef a(): ...\n",
        "def f(x=a): ...\nimport a\n",
        "class C(a): ...\nfrom m import a\n",
        "x = [n for n in a]\nfor a in b: ...\n",
    ],
)
def test_name_used_above_its_cell_is_early(source: str) -> None:
    second = source.index("\n", source.index("): ...") if "): ..." in source else 0) + 1
    starts = [1, source[:second].count("\n") + 1]
    assert early_names(ast.parse(source), starts) == (("a", 1),)


def test_names_are_bounded_and_in_order() -> None:
    names = [f"n{n:02}" for n in range(MAX_NAMES + 5)]
    source = "\n".join(names) + "\n" + "\n".join(f"{name} = 1" for name in names)
    found = early_names(ast.parse(source), [1, len(names) + 1])
    assert found == tuple((name, line) for line, name in enumerate(names[:MAX_NAMES], 1))


def test_deep_nesting_is_read_without_recursion() -> None:
    source = "x = " + "-" * 900 + "a\na = 1\n"
    assert early_names(ast.parse(source), [1, 2]) == (("a", 1),)


@pytest.mark.parametrize(
    ("source", "alone"),
    [
        ("import sys\nfrom a import b\n", True),
        ("'Text.'\nimport sys\nprint(sys.version)\nsys.path.append('x')\n", True),
        ("import sys\nrows = 1\n", False),
        ("import sys\nmodel.fit(rows)\n", False),
        ("print(1)\n", False),
    ],
)
def test_cell_that_sets_up_holds_imports_and_their_settings_alone(source: str, alone: bool) -> None:
    assert set_up_cells(ast.parse(source), [0, 1]) == (frozenset({1}) if alone else frozenset())
