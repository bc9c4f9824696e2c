"""Admitted debt of older versions, without parsing (catalogue 4.34, sat.3)."""

import time

from scoring.readers.admissions import folded, read


def test_read_code_without_a_tag_admits_nothing() -> None:
    assert read(b"x = 1  # a comment\ny = 'todo'\ntodo = 3\n").texts == ()


def test_read_takes_whole_comments_once_folded() -> None:
    source = b"x = 1  # TODO: drop the (old) path, fixme\n# HACK\r\ny = 2 # todo: Drop the old path! fixme\n"
    assert read(source).texts == ("hack", "todo drop the old path fixme")


def test_folded_ignores_marks_case_and_length() -> None:
    assert folded("  TODO(ana):  Fix   this!! ") == "todo ana fix this"
    assert len(folded("todo " + "x" * 500)) == 80


def test_read_is_linear_in_long_lines() -> None:
    started = time.process_time()
    read(b"# todo " * 250_000)
    read(b"todo " * 400_000)
    assert time.process_time() - started < 5
