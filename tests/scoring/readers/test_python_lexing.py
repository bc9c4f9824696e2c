"""Strings and comments told apart in pieces of a file, and lines of a source."""

import ast
import time

import pytest

from scoring.readers.python import read
from scoring.readers.python.lexing import Lexed


def lexed(source: str) -> Lexed:
    tree = ast.parse(source)
    found = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    return Lexed(source.encode(), sorted(found, key=lambda node: (node.lineno, node.col_offset)))


def comments(source: str, word: bytes) -> list[bytes]:
    told = lexed(source)
    return [told.source[start:end] for piece in told.pieces(told.source, (word,)) for start, end in piece.comments]


@pytest.mark.parametrize(
    "source",
    [
        "x = '# word'\n",
        'x = """\n# word\n"""\ny = 1\n',
        "x = 'a \\\n# word'\ny = 1\n",
        'def f():\n    """Doc.\n\n    # word\n    """\n',
    ],
)
def test_no_comment_where_the_word_stands_in_a_string(source: str) -> None:
    assert comments(source, b"word") == []


@pytest.mark.parametrize(
    "source",
    [
        "# word\n",
        "x = '#'; y = 1  # word\n",
        'x = """\n# not\n"""  # word\n',
        "é = 'ü'; y = 1  # word\n",
        "@a  # word\ndef f():\n    pass\n",
        "if x:\n    y = 1\n# word\nelse:\n    y = '#'\n",
        "f(\n    '#',  # word\n)\n",
        "x = 1\n\n# word",
    ],
)
def test_comment_with_the_word(source: str) -> None:
    assert comments(source, b"word") == [b"# word"]


def test_piece_ends_where_the_next_statement_begins() -> None:
    told = lexed("x = 'a'\ny = 'b'  # c\nz = 'd'\n")
    piece = told.piece(12)
    assert (piece.start, piece.end, piece.comments, piece.strings) == (8, 21, [(17, 20)], {12: 15})


def test_pieces_are_given_once_each_in_order() -> None:
    told = lexed("a = 1  # w w\nb = 2\nc = 3  # v w\n")
    assert [piece.start for piece in told.pieces(told.source, (b"v", b"w"))] == [0, 19]


def test_line_ends_that_the_parser_alone_sees_make_one_piece() -> None:
    told = Lexed(b"a = 1\rb = 2  # word\n", ast.parse("a = 1\rb = 2  # word\n").body)
    assert told.piece(14).start == 0
    assert read(b"a = 1\rb = 2  # TODO: word\n").comments[0].line == 1


@pytest.mark.parametrize(("line", "opens"), [(1, False), (2, False), (4, True), (6, False)])
def test_comment_opens_in_a_line(line: int, *, opens: bool) -> None:
    assert lexed('x = """\n# a\n"""\n# b\ny = 1\n\n').opens_comment(line) is opens


@pytest.mark.parametrize("source", ['x = """\n' + "# todo x\n" * 30_000 + '"""\n', "x = 1  # todo\n" * 8_000])
def test_many_words_cost_time_in_proportion(source: str) -> None:
    begun = time.process_time()
    read(source.encode())
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    ("source", "lines", "code", "comment"),
    [
        ("", 0, 0, 0),
        ("x = 1", 1, 1, 0),
        ("x = 1\n   ", 1, 1, 0),
        ("x = 1\n\t# a", 2, 1, 1),
        ("\n\f\nx = 1\n  # a\n\n", 5, 1, 1),
        ('"""Doc.\n# a\n"""\nx = """\n# b\n"""\n', 6, 3, 0),
    ],
)
def test_lines_by_kind(source: str, lines: int, code: int, comment: int) -> None:
    facts = read(source.encode())
    assert (facts.lines, facts.code_lines, facts.comment_lines) == (lines, code, comment)
