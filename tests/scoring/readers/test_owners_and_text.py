"""CODEOWNERS, and the size of code in other languages."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.facts import OwnersFacts, TextFacts
from scoring.readers import owners, text
from scoring.readers.base import Unreadable

COUNT = {reader.name.partition(".")[2]: reader.read for reader in text.READERS}


@pytest.mark.parametrize("data", [b"", b"# only a comment\n\n", b"[Section]\n"])
def test_owners_none(data: bytes) -> None:
    assert owners.read(data) == OwnersFacts()


def test_owners_rules_and_lines() -> None:
    data = b"# all\n*  @org/team ann@example.org\n/docs/ @bob # writers\nmy\\ file @bob nobody\n/free/\n"
    assert owners.read(data) == OwnersFacts(
        rules=(
            ("*", ("@org/team", "ann@example.org"), 2),
            ("/docs/", ("@bob",), 3),
            ("my\\ file", ("@bob",), 4),
            ("/free/", (), 5),
        )
    )


def test_owners_of_gitlab_sections() -> None:
    data = b"[Docs][2] @writers\n/docs/\n/docs/api @api\n^[Optional]\n/x @y\n"
    assert owners.read(data) == OwnersFacts(
        rules=(("/docs/", ("@writers",), 2), ("/docs/api", ("@api",), 3), ("/x", ("@y",), 5))
    )


@pytest.mark.parametrize(
    ("style", "source", "lines"),
    [
        ("slash", "", 0),
        ("slash", "// a\n/* b\n * c */\n\n", 0),
        ("slash", "int a; // b\n/ 2\n\treturn;\n", 3),
        ("hash", "# a\n  # b\n\n", 0),
        ("hash", "#!/bin/sh\nls # b\nx", 2),
        ("dash", "-- a\n/* b */\nselect -1\n", 1),
        ("sql", "-- a\n/* b */\nselect -1\n", 1),
        ("percent", "% a\n\\x\n", 1),
        ("semicolon", ";; a\n(b)\n", 1),
        ("exclaim", "! a\nx = 1\n", 1),
    ],
)
def test_text_code_lines(style: str, source: str, lines: int) -> None:
    assert COUNT[style](source.encode()).code_lines == lines
    assert COUNT[style](source.replace("\n", "\r\n").encode()) == COUNT[style](source.encode())


def test_text_of_a_shell_script_names_python() -> None:
    data = b"#!/bin/sh\n# python old.py\npython src/a.py && ./b.py\npython src/a.py\njupyter c.ipynb # d.py2\n"
    found = COUNT["hash"](data)
    assert found == TextFacts(code_lines=3, scripts=("./b.py", "c.ipynb", "src/a.py"), words="jupyter python")


def test_text_of_a_shell_script_names_commands() -> None:
    data = (
        b"if grep -q a b; then\n  cat x | sudo yq .a # jq .b\nfi\nVERSION=2 dvc pull && echo dbt\nfor line in mkdocs\n"
    )
    assert COUNT["hash"](data).words == "cat dvc echo fi for grep if sudo then yq"


def test_text_in_sql_names_tables() -> None:
    assert COUNT["sql"](b"select *\r\nfrom raw.orders\r\n") == TextFacts(code_lines=2, tables=(("raw.orders", 2),))


@pytest.mark.parametrize(("data", "reason"), [(b"a\0b", "not text"), (b"a" * (text.MAX_BYTES + 1), "too large")])
def test_text_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        COUNT["slash"](data)
    assert refused.value.reason == reason


@given(data=st.binary(max_size=200))
def test_owners_and_text_any_bytes_raise_only_unreadable(data: bytes) -> None:
    for read in (owners.read, *COUNT.values()):
        with contextlib.suppress(Unreadable):
            read(data)
