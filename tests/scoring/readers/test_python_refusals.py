"""What the Python reader refuses and why; what it survives; that it says the same each time."""

import gc
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.facts import PythonFacts, UnparsedFacts
from scoring.readers.base import Reader, Unreadable
from scoring.readers.python import READERS, read
from scoring.sandbox import decode, encode

SAMPLE = b'''"""A module."""
import numpy as np
from sklearn.svm import SVC


class Model:
    """Holds a classifier."""

    def __init__(self, *, c: float = 1.0):
        self.net = SVC(C=c, random_state=0)

    def run(self, x, limit=0.5):
        # TODO: learn the limit
        p = self.net.predict_proba(x)[:, 1]
        return [v for v in p if v > 0.5 and v != np.nan] + [open("/home/ann/x"), f"{limit!r:>{10}}"]


if __name__ == "__main__":
    try:
        Model().run(np.random.rand(3))
    except (ValueError, KeyError) as error:
        raise SystemExit(1) from error
'''


def read_or_reason(data: bytes) -> PythonFacts | str:
    try:
        return read(data)
    except Unreadable as refusal:
        return refusal.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"print 'a'\n", "Python 2"),
        (b"import a\n\nprint a.b\n", "Python 2"),
        (b"try:\n    pass\nexcept A, e:\n    pass\n", "Python 2"),
        (b"exec 'a'\n", "Python 2"),
        (b"x = 0777\n", "Python 2"),
        (b"if a <> b:\n    pass\n", "Python 2"),
        (b"x = `a`\n", "Python 2"),
        (b"raise A, 'b'\n", "Python 2"),
        (b"x = 10L\n", "Python 2"),
        (b"def f(a, (b, c)):\n    pass\n", "Python 2"),
        (b"x = {{ cookiecutter.name }}.y()\nimport {{ a }}\n", "template"),
        (b"{% if a %}\nimport a\n{% endif %}\n", "template"),
        (b"<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other\n", "holds the marks of a merge conflict"),
        (b"def f(:\n", "does not parse: line 1"),
        (b"x = 1\n  y = 2\n", "does not parse: line 2"),
        (b"x = '\0'\n", "not text: it holds NUL bytes"),
        (b"x = '\xe9'\n", "not UTF-8, and names no other encoding"),
        (b"# coding: utf-8\nx = '\xe9'\n", "not UTF-8, and names no other encoding"),
        (b"# coding: rot13\nk = 1\n", "encoding rot13 is not one that is read"),
        (b"# coding: shift_jis\nx = '\x81'\n", "not valid shift-jis"),
        (b"(" * 500 + b")" * 500, "nested too deep to be parsed"),
        (b"x = " + b"-" * 100_000 + b"1\n", "nested too deep to be parsed"),
        (b"!ls\nx = " + b"-" * 100_000 + b"1\n", "nested too deep to be parsed"),
        (b"!ls\nx = a" + b".a" * 100_000 + b"\n", "nested too deep to be parsed"),
    ],
)
def test_unreadable_file_gives_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert caught.value.reason == reason


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_file_that_does_not_parse_gives_its_words(reader: Reader) -> None:
    facts = reader.read(b"# coding: latin-1\nprint 'b_1', caf\xe9 + b_1 # see\n")
    assert facts == UnparsedFacts(reason="Python 2", words="b_1 caf\xe9 coding latin print see")


@pytest.mark.parametrize("data", [b"import {{ a }}\n", b"\0", b"x = '\xe9'\n"])
def test_file_whose_words_are_not_all_there_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        READERS[0].read(data)


def test_lines_for_the_shell_of_ipython_are_passed_over() -> None:
    facts = read(b"!pip install a\nimport a\nx = !ls\nif x:\n    %time a.fit(x)\n    !ls\na.fit?\n")
    assert [(call.name, call.line) for call in facts.calls] == [("a.fit", 5)]


def test_sign_of_a_remainder_at_the_head_of_a_line_stays() -> None:
    assert read(b"x = (9\n% 2)\nprint(x)\n").code_lines == 3


def test_lines_for_the_shell_are_no_excuse_for_others() -> None:
    assert read_or_reason(b"!pip install a\nprint 'b'\n") == "Python 2"


@pytest.mark.parametrize(
    ("data", "version"),
    [
        (b'x = f"{a["b"]}"\n', "3.12"),
        (b"x = f'{d['k']!r:>10} {{}} {e:{w['n']}}'\n", "3.12"),
        (b'x = f"{chr(10).join(f"{y}" for y in z)}"\n', "3.12"),
        (b"x = f\"{'\\n'.join(a)}\"\n", "3.12"),
        (b'x = f"{\n    a  # why\n}"\ny = 1\n', "3.12"),
        (b"type X = int\n", "3.12"),
        (b"type X[T] = list[T]\n", "3.12"),
        (b"def f[T: (int, str)](x: T) -> T:\n    return x\n", "3.12"),
        (b"class A[T, *Ts, **P](Base):\n    async def g[U](self): ...\n", "3.12"),
        (b"try:\n    pass\nexcept ValueError, TypeError:\n    pass\n", "3.14"),
        (b't = t"hello {x}"\n', "3.14"),
    ],
)
def test_newer_syntax_asks_for_a_newer_python_and_accuses_nobody(data: bytes, version: str) -> None:
    assert read_or_reason(data) == f"needs Python {version} or newer to be parsed"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'x = f"{a"\n', "does not parse: line 1"),
        (b'x = f"{a["b"]"\n', "does not parse: line 1"),
        (b'x = f"{a["b"]}"\ndef f(:\n', "does not parse: line 1"),
        (b"def f[T(x): pass\n", "does not parse: line 1"),
        (b"type X[T = int\n", "does not parse: line 1"),
        (b"print f['a']\ntype X = int\n", "Python 2"),
        (b"try:\n    pass\nexcept ValueError, error:\n    type X = int\n", "Python 2"),
        (b'x = {{ name }}\ny = f"{a["b"]}"\n{% if a %}\n', "template"),
    ],
)
def test_what_no_python_parses_needs_no_newer_one(data: bytes, reason: str) -> None:
    assert read_or_reason(data) == reason


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"\xef\xbb\xbfx = 1\n",
        b"# -*- coding: latin-1 -*-\nx = '\xe9'\n",
        b"x = '{{ a }} {% b %}'\n",
        b"x = '\\d'\n",
        b"x = 1 is 1\n",
        b"def f(): yield\nreturn 1\nawait x\n",
        b"x = 1e999, 0x" + b"f" * 5000 + b", 1j, ...\n",
        b"match x:\n    case {'a': [1, *_], **rest} | A(b=2) if y:\n        pass\n",
        b"try:\n    pass\nexcept* A:\n    pass\n",
        b"async def f():\n    async for x in y:\n        async with z as w:\n            await w\n",
        b"x: int\nlambda *a, b=1, **c: (yield)\ndel x[1:2, ...], y\nglobal q\n",
    ],
)
def test_odd_but_valid_file_is_read(data: bytes) -> None:
    assert read(data).lines == data.count(b"\n")


def test_line_ends_do_not_change_what_a_file_says() -> None:
    assert read(SAMPLE.replace(b"\n", b"\r\n")) == read(SAMPLE)


def test_byte_order_mark_does_not_change_what_a_file_says() -> None:
    assert read(b"\xef\xbb\xbf" + SAMPLE) == read(SAMPLE)


def test_encoding_cookie_is_obeyed() -> None:
    latin = "# coding: latin-1\nopen('/home/Bj\xf6rk/x')\n".encode("latin-1")
    assert [path.text for path in read(latin).paths] == ["/home/Bj\xf6rk/x"]


@pytest.mark.parametrize("cookie", ["encoding:utf-8-*-", "coding: utf-8-unix", "coding: UTF-8-sig"])
def test_encoding_cookie_ends_where_python_ends_it(cookie: str) -> None:
    utf8 = f"# -*- {cookie}\nopen('/home/Bj\xf6rk/x')\n".encode()
    assert [path.text for path in read(utf8).paths] == ["/home/Bj\xf6rk/x"]


@pytest.mark.parametrize(
    "data",
    [
        b"x = " + b"(" * 90 + b"1" + b")" * 90 + b"\n",
        b"x = " + b"not " * 500 + b"1\n",
        b"x = " + b"-" * 900 + b"1\n",
        b"x" + b".a" * 5_000 + b"\n",
        b"x" + b"()" * 3_000 + b"\n",
        b"x" + b"[0]" * 3_000 + b"\n",
        b"x = " + b" + ".join([b"1"] * 20_000) + b"\n",
        b"if a:\n    pass\n" + b"elif b:\n    pass\n" * 3_000,
        b"x = '" + b"a" * 1_000_000 + b"'\n",
        b"x = [" + b"1, " * 200_000 + b"]\n",
        b"x = {" + b"'a': 1, " * 100_000 + b"}\n",
        b"# TODO " * 50_000 + b"\n",
        b"# TODO x\n" * 20_000,
        b"# x = f(1)\n" * 20_000,
        b"# x = f(1\n" * 20_000,
        b'"""' + b"\\" * 200_001 + b'"\n"""\n',
        b"".join(b" " * n + b"if a:\n" for n in range(99)) + b" " * 99 + b"pass\n",
        b"a = b\n" * 50_000,
        b"f('/home/a/b')\n" * 20_000,
        b'x = f"' + b"{a}" * 20_000 + b'"\n',
        b"def f(" + b", ".join(b"a%d" % n for n in range(20_000)) + b"): pass\n",
        b"from a import (" + b", ".join(b"a%d" % n for n in range(20_000)) + b")\n",
        b"def f(a):\n    # TODO x\n    return a\n" * 10_000,
        b"".join(b"from a import b%d\ndef f%d(c): return b%d()\n" % (n, n, n) for n in range(10_000)),
        b"class A:\n" + b"".join(b"    def f%d(self): pass\n" % n for n in range(5_000)),
    ],
)
def test_bomb_is_read_or_refused_but_never_worse(data: bytes) -> None:
    facts = read_or_reason(data)
    assert facts == "nested too deep to be parsed" or decode(encode(facts)) == facts


def test_reading_leaves_no_cycles_behind() -> None:
    read(SAMPLE)
    gc.collect()
    gc.disable()
    try:
        read(SAMPLE)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_facts_are_the_same_under_another_hash_seed() -> None:
    code = (
        "import sys; from scoring.readers.python import read; from scoring.sandbox import encode;"
        "sys.stdout.buffer.write(encode(read(sys.stdin.buffer.read())))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], input=SAMPLE, capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert answers == {encode(read(SAMPLE))}


def _readable(data: bytes) -> None:
    facts = read_or_reason(data)
    assert read_or_reason(data) == facts
    assert isinstance(facts, str) or decode(encode(facts)) == facts


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    _readable(data)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abx_=+-<>.,:;()[]{}'\"\\#@*~ \n\t0159rfTODO/", max_size=200))
def test_any_text_of_code_like_signs_is_read_or_refused(text: str) -> None:
    _readable(text.encode())


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 1 << 32), st.integers(1, 8))
def test_mutated_source_is_read_or_refused(seed: int, changes: int) -> None:
    dice = random.Random(seed)
    data = bytearray(SAMPLE)
    for _ in range(changes):
        where = dice.randrange(len(data))
        length = dice.randrange(1, 12)
        from_where = dice.randrange(len(data))
        kind = dice.randrange(3)
        if kind == 0:
            del data[where : where + length]
        elif kind == 1:
            data[where:where] = data[from_where : from_where + length]
        else:
            data[where] = dice.randrange(256)
    _readable(bytes(data))
