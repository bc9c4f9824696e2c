"""Hostile shapes of Python and notebooks: none is refused for its shape, and none takes long."""

import ast
import json
import time

import pytest

from scoring.readers import notebook
from scoring.readers.python import read
from scoring.readers.python.newer import newer_python

CPU_SECONDS = 3.0
N = 3_000
LONG = "def f{0}(a,b,c,d,e,f):0\n"


def shapes() -> dict[str, str]:
    routes = "".join(f"def g{i}():0\napp.add_url_rule('/{i}', view_func=g{i})\n" for i in range(3 * N))
    return {
        "long functions": "".join(LONG.format(i) + f"x=f{i}(1,2,3,4,5,6)\n" for i in range(N)),
        "one name": (LONG.format("") + "f(1,2,3,4,5,6)\n") * N,
        "a remark": "x=1\n" + "#:\t" * 20_000 + 'x\n"""\n' + "a=f(1)\n" * 6 + '"""\n',
        "a prefix": "x=1\n" + "r" * 60_000 + ';"""\n' + "a=f(1)\n" * 6 + '"""\n',
        "paths and ifs": "if not a:\n a='/home/me/x'\n" * N,
        "paths and tries": "try:\n a='/home/me/x'\nexcept E:\n b=1\n" * 500,
        "routes": "import flask\n" + routes,
        "an image": "x = " + "image" * 12_000 + "\n",
        "lists in one remark": "x=1 # " + 'requirements=["a"#' * 2 * N + "\n",
        "lists in remarks": '# requirements=["a"\n' * 2 * N,
        "waivers": "#pylint:disable=R0913\n" * 4 * N + "def f():0\n" * 4 * N,
        "raise": "import pandas\nread_csv\nx='" + "raise " * 160_000 + "'\n",
    }


SHAPES = shapes()


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_stays_fast(shape: str) -> None:
    started = time.process_time()
    assert read(SHAPES[shape].encode()).lines
    assert time.process_time() - started < CPU_SECONDS


def test_nested_parameters_stay_fast() -> None:
    started = time.process_time()
    assert newer_python(b"def a[\n" * 5_000 + b"]" * 5_000, ast.parse) == ""
    assert time.process_time() - started < CPU_SECONDS


@pytest.mark.parametrize("text", ["\n" * 30_000, "%x\n" + " " * 30_000 + "y z\n", "%%x" + "\n" * 30_000 + "y"])
def test_cells_stay_fast(text: str) -> None:
    cells = [{"cell_type": "code", "source": text, "outputs": []}, {"cell_type": "code", "source": "! install x"}]
    data = json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}).encode()
    started = time.process_time()
    assert notebook.read(data).notebook is not None
    assert time.process_time() - started < CPU_SECONDS


def test_installs_of_a_shell_cell() -> None:
    cells = [{"cell_type": "code", "source": text} for text in ("%%bash\n\n pip install a", "\n ! pip  install b")]
    told = notebook.read(json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}).encode()).notebook
    assert told is not None
    assert told.installs == ("a", "b")


@pytest.mark.parametrize(
    "source",
    [
        '"""\n' + "x y z\n" * 1_999 + "\n" * 20 + '"""\n',
        "x=1\r" * 50 + '\n"""\n' + "a=f(1)\n" * 5 + '"""\n',
    ],
)
def test_stray_strings_refuse_no_file(source: str) -> None:
    assert read(b"x=1\n" + source.encode()).commented_code == ()


def test_only_a_closing_quote_is_cut() -> None:
    source = "x=1\n'''\n" + "a=f(1)\n" * 1_999 + "a=(1)\n" * 5 + "'''\n"
    assert [block.end_line for block in read(source.encode()).commented_code] == [2_002]


def test_by_place_of_one_name() -> None:
    source = "def f(a,b,c,d,e,f): f(1,2,3,4)\nf(1,b=2)\ndef f(a,b,c,d,e,f): f(1,2,3,4,5,6)\npartial(f, a=1)\n"
    assert [item.by_place for item in read(source.encode()).functions] == [6, 5]


def test_what_stands_in() -> None:
    source = (
        "def g():\n p='/home/me/a'\n try: p=h()\n except E: p='/home/me/b'\n"
        "if p is None:\n p='/home/me/c'\nq='/home/me/d'\ntry:\n r='/home/me/e'\nexcept E:\n r=1\n"
    )
    found = read(source.encode()).paths
    assert [item.replaceable for item in found] == [True, False, True, False, True]
