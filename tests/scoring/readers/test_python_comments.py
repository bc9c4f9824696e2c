"""Admitted debt and commented-out code."""

import time

import pytest

from scoring.facts import CodeBlock, Comment
from scoring.readers.python import read


def admissions(source: str) -> tuple[Comment, ...]:
    return read(source.encode()).comments


def blocks(source: str) -> tuple[CodeBlock, ...]:
    return read(source.encode()).commented_code


@pytest.mark.parametrize(
    "source",
    [
        "x = 'TODO: no'\n",
        "x = '# TODO: no'\n",
        'x = """\n# TODO: no\n"""\n',
        "x = 'a' \"# FIXME\"\n",
        "x = 1  # noqa: FIX002 todo\n",
        "x = 1  # pylint: disable=fixme\n",
        "# Copyright (c) XXX Inc.\n",
        "# methodology, hackathon, hackbot, hacker-news, todos_list\n",
        "# see https://example.org/XXX/page and key-XXX-1 and 'XXX'\n",
        "# xxx is a placeholder\n",
        "todo = 1  # plain\n",
        "# the todo_list of the agent\n",
        "# -*- mode: python -*- todo\n",
        "# TODO: Set the path of the trained weights.\n",
        "# TODO: put your key here\n",
        "# END HACK\n",
        "# end of the hack.\n",
    ],
)
def test_admission_is_not_seen_outside_comments_or_in_headers(source: str) -> None:
    assert admissions(source) == ()


@pytest.mark.parametrize(
    ("source", "tag"),
    [
        ("# TODO: x\n", "todo"),
        ("#todo\n", "todo"),
        ("# TODO(someone): x\n", "todo"),
        ("# to-do later\n", "to-do"),
        ("# FIXME x\n", "fixme"),
        ("# FIXME_Numba: x\n", "fixme"),
        ("# Freeze the weights - TODO: x\n", "todo"),
        ("# XXX: wrong\n", "xxx"),
        ("# TODO: set a seed\n", "todo"),
        ("# TODO: path from settings, set by hand\n", "todo"),
        ("# trend hack\n", "hack"),
        ("# an ugly hack for now\n", "hack"),
        ("# this is hacky\n", "hack"),
        ("x = '#' # TODO x\n", "todo"),
        ("x = (\n    'a'  # TODO x\n    'b'\n)\n", "todo"),
        ("x = 1  # TODO: then drop the noqa\n", "todo"),
    ],
)
def test_admission_is_seen_in_any_comment(source: str, tag: str) -> None:
    assert [comment.tag for comment in admissions(source)] == [tag]


def test_admission_names_its_line_text_and_scope() -> None:
    source = "class C:\n    def f(self):\n        return 1  #  TODO: make it two \n"
    assert admissions(source) == (Comment(3, "TODO: make it two", "todo", "C.f"),)


CODE = "x = load('a')\nfor row in x:\n    if row:\n        use(row)\nx.close()\n"


def commented(code: str, indent: str = "") -> str:
    return "".join(f"{indent}# {line}".rstrip() + "\n" for line in code.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "This is a long\ntext of prose in\nsix lines, and (it) has\nbrackets = and signs\nbut is no code:\nat all.\n",
        "a\nb\nc\nd\ne\nf\n",
        "alpha = a\nbeta = b\ngamma = c\ndelta = d\nepsilon = e\n",
        "- item (one)\n- item (two)\n- item (three)\n- item (four)\n- item (five)\n",
        ">>> x = f(1)\n>>> y = f(2)\n>>> z = f(3)\n>>> print(x)\n>>> print(y)\n",
        "Note: a\nArgs: b\nReturns: c\nRaises: d\nYields: e\n",
        "/// script\ndependencies = [\n    'a',\n    'b',\n    'c',\n    'd',\n]\n///\n",
        "Usage:\n" + CODE,
        "For example,\n" + CODE,
        "Uncomment this once the index is made.\n" + CODE,
        f"```python\n{CODE}```\n",
        "python train.py --epochs 3\npython eval.py --x\ncd a\nls\nmake all\n",
        "x = load('a')\ny = load('b')\nz = load('c')\nw = load('d')\n",
        "{'a': 1,\n 'b': 2,\n 'c': 3,\n 'd': 4,\n 'e': 5}\n",
    ],
)
def test_comment_is_not_code_when_it_is_prose_a_list_or_an_example(text: str) -> None:
    assert blocks(commented(text)) == ()


def test_comment_lines_inside_a_string_are_no_code() -> None:
    assert blocks(f'x = """\n{commented(CODE)}"""\n') == ()


def test_code_in_a_docstring_is_no_commented_code() -> None:
    assert blocks(f'def f():\n    """Doc.\n\n{commented(CODE)}    """\n') == ()


def test_commented_code_is_found_with_its_lines() -> None:
    assert blocks("y = 1\n" + commented(CODE)) == (CodeBlock(2, 6, "x = load('a')", "", 5),)


def test_commented_loop_is_found_with_the_plain_assignment_before_it() -> None:
    (block,) = blocks(commented("done = False\nwhile not done:\n    row = next(rows)\n    a = row\n    done = a\n"))
    assert (block.line, block.end_line) == (1, 5)


def test_commented_code_after_prose_is_found() -> None:
    assert blocks(commented("The old way, slower:\n" + CODE)) == (CodeBlock(2, 6, "x = load('a')", "", 5),)


def test_commented_code_counts_neither_blank_lines_nor_remarks() -> None:
    assert blocks(commented(CODE + "\n# why\nsave(x)\n")) == (CodeBlock(1, 8, "x = load('a')", "", 6),)


def test_commented_code_names_its_scope() -> None:
    source = "def f():\n    y = 1\n" + commented(CODE, "    ") + "    return y\n"
    assert blocks(source) == (CodeBlock(3, 7, "x = load('a')", "f", 5),)


@pytest.mark.parametrize(
    "source",
    [
        f'"""\n{CODE}"""\n',
        f'def f():\n    """\n{CODE}    """\n',
        f'x = 1\ntext = """\n{CODE}"""\n',
        f'x = 1\nprint(trace(x))\n"""\n{CODE}"""\n',
        f'x = 1\n# For example:\n"""\n{CODE}"""\n',
        f'x = 1\n# The code that comes out:\n"""\n{CODE}"""\n',
        'x = 1\n"""\nThis is a long\ntext of prose in\nsix lines, and (it) has\nbrackets = and signs\n"""\n',
        'x = 1\n"""\ny = load(x)\nuse(y)\n"""\n',
        f'x = 1\n"""\nWhat follows runs on a laptop alone.\n\n{CODE}"""\n',
    ],
)
def test_string_is_no_commented_code_when_it_documents_shows_or_is_used(source: str) -> None:
    assert blocks(source) == ()


def test_code_in_a_string_that_stands_by_itself_is_found_with_its_lines() -> None:
    assert blocks(f"y = 1\n'''{CODE}'''\n") == (CodeBlock(2, 6, "x = load('a')", "", 5),)


def test_code_in_a_string_of_a_function_names_its_scope() -> None:
    code = "".join(f"    {line}\n" for line in CODE.splitlines())
    source = f'def f():\n    y = 1\n    """\n{code}    """\n    return y\n'
    assert blocks(source) == (CodeBlock(4, 8, "x = load('a')", "f", 5),)


def test_commented_code_of_both_kinds_is_in_the_order_of_its_lines() -> None:
    source = f'y = 1\n{commented(CODE)}z = 2\n"""\n{CODE}"""\n'
    assert [(block.line, block.end_line) for block in blocks(source)] == [(2, 6), (9, 13)]


def test_commented_call_over_many_lines_is_code() -> None:
    assert len(blocks(commented("train(\n    a=1,\n    b=2,\n    c=3,\n)\n"))) == 1


def test_commented_code_that_a_formatter_left_without_its_indentation_is_found() -> None:
    call = "rows += [\n    Row(\n        a=1,\n        b=2,\n    )\n]\n"
    assert [(block.line, block.end_line) for block in blocks(commented("if rows:\n" + call))] == [(2, 7)]
    assert (
        blocks(commented("if rows:\nthere is no need to look\nat any of these again,\nas all were seen\nbefore\n"))
        == ()
    )


def test_commented_code_may_hold_blank_lines() -> None:
    source = commented("def f(x):\n    a = x + 1\n") + "\n" + commented("    b = a + 1\n    c = b * x\n    return c\n")
    assert blocks(source) == (CodeBlock(1, 6, "def f(x):", "", 5),)


def test_commented_code_apart_by_blank_lines_is_told_apart_where_it_does_not_parse_as_one() -> None:
    source = commented(CODE) + "\n" + commented("The slower way again\n" + CODE)
    assert [(block.line, block.end_line) for block in blocks(source)] == [(1, 5), (8, 12)]


def test_commented_code_around_a_docstring_is_not_one_block() -> None:
    source = commented("x = load('a')\ny = load('b')\n") + '"""Doc."""\n' + commented("train(x)\ntrain(y)\nsave(x)\n")
    assert blocks(source) == ()


def test_many_small_comments_pay_for_no_further_look_at_a_large_one() -> None:
    small = "#\n\n\n" * 300
    large = ("\n".join(f"# x{run}_{line} = f(" for line in range(1_000)) for run in range(16))
    source = "\n".join(f"{text}\n\n{small}\nx = 1\n" for text in large).encode()
    started = time.process_time()
    read(source)
    assert time.process_time() - started < 3.0
