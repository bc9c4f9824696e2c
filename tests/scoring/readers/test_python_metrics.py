"""Functions, classes and lines."""

import pytest

from scoring.facts import Class, Function
from scoring.readers.python import read


def function(source: str) -> Function:
    return read(source.encode()).functions[0]


def test_nothing_is_told_of_an_empty_module() -> None:
    facts = read(b"")
    assert (facts.lines, facts.code_lines, facts.functions, facts.documented) == (0, 0, (), False)


def test_lines_leave_out_blanks_comments_and_docstrings() -> None:
    facts = read(b'"""Doc.\n\nMore.\n"""\n# comment\n\nx = 1\n"""stray\nstring"""\ny = """\n\n# text\n"""\n')
    assert (facts.lines, facts.code_lines, facts.comment_lines) == (13, 4, 1)
    assert facts.documented


def test_top_level_lines_leave_out_definitions_and_imports() -> None:
    facts = read(b"import a\n\n\n@a.b\ndef f():\n    return 1\n\n\nclass C:\n    x = 1\n\n\nif a:\n    a.run()\n")
    assert (facts.code_lines, facts.top_level_lines) == (8, 2)


def test_bound_names_are_those_of_the_top_level() -> None:
    source = (
        b"import a\nX = 1\nY, (Z, *W) = f()\nV: int = 2\nU: int\nA = B = 3\nif a:\n    T = 1\n"
        b"def f():\n    inner = 1\nclass C:\n    field = 1\n"
    )
    assert read(source).bound_at_top == ("A", "B", "C", "T", "V", "W", "X", "Y", "Z", "f")


@pytest.mark.parametrize(
    ("body", "complexity"),
    [
        ("return 1", 1),
        ("with a:\n        pass", 1),
        ("if a:\n        pass\n    elif b:\n        pass\n    else:\n        pass", 3),
        ("for x in y:\n        pass\n    else:\n        pass", 2),
        ("while a and b or c:\n        pass", 4),
        ("try:\n        pass\n    except A:\n        pass\n    except B:\n        pass", 3),
        ("return [x for x in y if x if z]", 3),
        ("return 1 if a else 2", 2),
        ("match a:\n        case 1:\n            pass\n        case _:\n            pass", 3),
        ("def inner():\n        if a:\n            pass", 1),
        ("return lambda: 1 if a else 2", 2),
    ],
)
def test_complexity_is_mccabe(body: str, complexity: int) -> None:
    assert function(f"def f(a):\n    {body}\n").complexity == complexity


@pytest.mark.parametrize(
    ("body", "nesting"),
    [
        ("return 1", 0),
        ("if a:\n        pass\n    elif b:\n        pass\n    elif c:\n        pass", 1),
        ("if a:\n        pass\n    else:\n        if b:\n            pass", 2),
        (
            "for x in y:\n        if z:\n            try:\n                a\n            except A:\n                b",
            3,
        ),
        ("if a:\n        pass\n    if b:\n        pass", 1),
        ("def inner():\n        if a:\n            pass", 1),
    ],
)
def test_nesting_counts_blocks_within_blocks(body: str, nesting: int) -> None:
    assert function(f"def f(a):\n    {body}\n").nesting == nesting


def test_depth_returns_after_a_nested_function() -> None:
    source = "def f():\n    if a:\n        def g():\n            for x in y:\n                p\n    if b:\n        p\n"
    assert [(item.name, item.nesting) for item in read(source.encode()).functions] == [("f", 2), ("g", 1)]


@pytest.mark.parametrize(
    ("signature", "parameters"),
    [
        ("def f(): pass", 0.0),
        ("def f(a, b): pass", 2.0),
        ("def f(a, /, b, *c, d, e=1, **g): pass", 3.0),
        ("class C:\n    def f(self, a): pass", 1.0),
        ("class C:\n    @classmethod\n    def f(cls, a): pass", 1.0),
        ("class C:\n    @staticmethod\n    def f(a, b): pass", 2.0),
    ],
)
def test_parameters_leave_out_self_and_halve_keyword_only_ones(signature: str, parameters: float) -> None:
    assert function(signature + "\n").parameters == parameters


@pytest.mark.parametrize(
    ("signature", "annotated"),
    [
        ("def f(a, b): pass", False),
        ("def f(a, b: int): pass", True),
        ("def f() -> None: pass", True),
        ("def f(*a: int): pass", True),
        ("def f(a, /, *, b: int): pass", True),
    ],
)
def test_annotation_of_any_part_counts(signature: str, annotated: bool) -> None:
    assert function(signature + "\n").annotated is annotated


def test_body_lines_leave_out_docstring_blanks_and_comments() -> None:
    source = (
        'def f(\n    a,\n):\n    """Doc.\n\n    More.\n    """\n    #\n    x = (\n        1\n    )\n\n    return x\n'
    )
    assert function(source).body_lines == 4
    assert function(source).documented


def test_function_of_one_line_has_one() -> None:
    assert function("def f(): return 1\n").body_lines == 1


@pytest.mark.parametrize(
    ("source", "public"),
    [
        ("def f(): pass\n", True),
        ("def _f(): pass\n", False),
        ("class C:\n    def f(self): pass\n", True),
        ("class C:\n    def __init__(self): pass\n", False),
        ("class _C:\n    def f(self): pass\n", False),
    ],
)
def test_public_is_what_others_may_call(source: str, public: bool) -> None:
    assert function(source).public is public


def test_function_inside_a_function_is_not_public() -> None:
    assert [item.public for item in read(b"def f():\n    def g(): pass\n").functions] == [True, False]


def test_owner_is_the_class_and_decorators_are_resolved() -> None:
    source = "import a as b\nclass C:\n    class D:\n        @b.deco(1)\n        @plain\n        def f(self): pass\n"
    item = function(source)
    assert (item.owner, item.decorators) == ("C.D", ("a.deco", "plain"))


def test_class_tells_its_bases_as_resolved() -> None:
    source = (
        "import torch.nn as nn\n@deco\nclass Net(nn.Module, Own, metaclass=M):\n"
        '    """Doc."""\n    x = 1\n    def f(self): pass\n'
    )
    assert read(source.encode()).classes == (
        Class("Net", 3, 6, ("torch.nn.Module", "Own"), 1, documented=True, public=True, decorators=("deco",)),
    )


def test_fields_of_a_constructor_and_options_are_plain_lines() -> None:
    fields = "".join(f"        self.a{n} = {value}\n" for n, value in enumerate(["rows", "None", "rows + 1"] * 13))
    source = f"class C:\n    def __init__(self, rows):\n{fields}        p.add_argument(\n            'x'\n        )\n"
    assert function(source).plain == 26 + 3
    assert function(source.replace("__init__", "fill")).plain == 3


def test_statements_are_all_but_docstrings_of_a_long_body() -> None:
    body = '    """Doc."""\n    import a\n    global b\n' + "    if b:\n        pass\n" * 20
    inner = '    def g():\n        """Doc."""\n        return 1\n'
    assert function(f"def f():\n{body}{inner}").statements == 2 + 2 * 20 + 2
    assert function("def f():\n    import a\n").statements == 0
