"""Notebooks: their code as one module, each cell by itself, and what the cells tell."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.facts import CellFacts, NotebookFacts, PythonFacts
from scoring.readers.base import Unreadable
from scoring.readers.notebook import cell_and_line, read
from scoring.sandbox import decode, encode


def code(source: str | list[str], **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "execution_count": None, "outputs": [], "metadata": {}, **more}


def notebook(*cells: dict[str, Any], **more: Any) -> PythonFacts:
    return read(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **more}).encode())


def of(facts: PythonFacts) -> NotebookFacts:
    assert facts.notebook is not None
    return facts.notebook


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"cells", "not a notebook: it is no JSON"),
        (b"\xff", "not a notebook: it is no JSON"),
        (b"[]", "not a notebook: no object"),
        (b"{}", "notebook format missing is not one that is read"),
        (b'{"nbformat": 2}', "notebook format 2 is not one that is read"),
        (b'{"nbformat": true}', "notebook format True is not one that is read"),
        (b'{"nbformat": [4]}', "notebook format missing is not one that is read"),
        (b"[" * 100_000, "not a notebook: it is no JSON"),
        (json.dumps({"nbformat": 4, "cells": [{}] * 5_001}).encode(), "more than 5000 cells"),
    ],
)
def test_notebook_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert caught.value.reason == reason


@pytest.mark.parametrize("broken", [None, 3, "x", [], [None, 3], {"cells": 3}])
def test_notebook_of_odd_shape_has_no_code(broken: object) -> None:
    facts = read(json.dumps({"nbformat": 4, "metadata": broken, "cells": broken}).encode())
    assert (facts.calls, facts.code_lines) == ((), 0)


def test_notebook_of_another_language_is_no_python() -> None:
    facts = notebook(code("x <- 1"), metadata={"kernelspec": {"language": "R"}})
    assert (of(facts).language, facts.code_lines, of(facts).cells[0].parsed) == ("r", 0, True)


def test_broken_cell_costs_itself_only() -> None:
    facts = notebook(code("import a\na.f()"), code("def f(:\n    pass"), code("a.g()"))
    assert [(call.name, call.line) for call in facts.calls] == [("a.f", 2), ("a.g", 3)]
    assert [(cell.start, cell.parsed) for cell in of(facts).cells] == [(1, True), (0, False), (3, True)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("x = (1,", "2)"),
        ('x = """', '"""'),
        ("if a:\n    pass", "else:\n    pass"),
        ("def f():\n    pass", "    return 1"),
        ("@d", "def f(): pass"),
    ],
)
def test_cells_that_parse_only_together_are_both_broken(first: str, second: str) -> None:
    cells = of(notebook(code(first), code(second))).cells
    assert [cell.parsed for cell in cells] == [first.startswith(("if", "def")), second == "def f(): pass"]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("%matplotlib inline\nx = 1", [2]),
        ("!pip install a\nx = 1", [2]),
        ("?x\nx?\nx.y??\nz = 1", [4]),
        ("if a:\n    !ls\nx = 1", [1, 2, 3]),
        ("x = !ls\ny = %pwd", [1, 2]),
        ("%time f(1)\n%timeit -n 3 g(2)", [1, 2]),
        ("%%time\nf(1)", [2]),
        ("%%capture out\n%pip install a\nf(1)", [3]),
        ("%%bash\nls -l", []),
        ("%%writefile a.py\nx = 1", []),
        ("x = (1\n% 2)", [1, 2]),
        ("x = '''\n%not magic\n'''", [1, 2, 3]),
    ],
)
def test_magic_is_no_code_and_moves_no_line(source: str, lines: list[int]) -> None:
    facts = notebook(code(source))
    assert of(facts).cells[0].parsed
    assert facts.code_lines == len(lines)


def test_code_after_a_magic_keeps_its_line() -> None:
    facts = notebook(code("%%time\n%pip install a\nimport b\n%time b.f(1)"))
    assert [(call.name, call.line) for call in facts.calls] == [("b.f", 4)]


def test_line_leads_back_to_its_cell() -> None:
    markdown = {"cell_type": "markdown", "source": "# Title\n\ntext"}
    facts = notebook(markdown, code(["import a\n", "a.f()"]), markdown, code("!ls"), code("\na.g()"))
    assert [cell_and_line(of(facts), call.line) for call in facts.calls] == [(2, 2), (5, 2)]


def test_line_of_a_notebook_without_code_is_its_first_cell() -> None:
    assert cell_and_line(of(notebook()), 3) == (1, 3)


def test_cells_tell_their_kind_size_count_and_errors() -> None:
    error = {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}
    facts = notebook(
        {"cell_type": "markdown", "source": "a\nb\n"},
        code("x = 1\n", execution_count=3, outputs=[error]),
        code("x  =  1"),
        {"cell_type": "raw", "source": ""},
        code("", execution_count=True),
    )
    cells = of(facts).cells
    digest = cells[1].digest
    assert len(digest) == 16
    assert cells == (
        CellFacts("markdown", 2, digest=cells[0].digest),
        CellFacts("code", 1, 1, 3, error=True, digest=digest),
        CellFacts("code", 1, 3, digest=digest),
        CellFacts("raw", 0),
        CellFacts("code", 0, 4),
    )


def test_size_of_outputs_and_parameters_are_told() -> None:
    empty, full = code("x = 1"), code("y = 1", outputs=[{"data": "a" * 1000}], metadata={"tags": ["parameters"]})
    assert (of(notebook(empty)).output_bytes, of(notebook(empty)).parameters) == (0, False)
    assert 1000 < of(notebook(full)).output_bytes < 1100
    assert of(notebook(full)).parameters


def test_notebook_of_format_3_is_read() -> None:
    cell = {
        "cell_type": "code",
        "input": ["import a\n", "a.f()"],
        "prompt_number": 2,
        "outputs": [{"output_type": "pyerr"}],
    }
    data = {"nbformat": 3, "metadata": {}, "worksheets": [{"cells": [cell, {"cell_type": "heading", "source": "T"}]}]}
    facts = read(json.dumps(data).encode())
    assert [call.name for call in facts.calls] == ["a.f"]
    assert [(cell.kind, cell.execution_count, cell.error) for cell in of(facts).cells] == [
        ("code", 2, True),
        ("markdown", None, False),
    ]


def test_lone_surrogates_and_nul_in_a_cell_are_survived() -> None:
    facts = notebook(code("x = '\ud800 \0'\n"), code("open('/home/a\udfff')"))
    assert decode(encode(facts)) == facts


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-3, 5) | st.text("ax=(:%!?\n '\"", max_size=12),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["cells", "cell_type", "source", "code", "outputs", "metadata", "tags"]), inner
            )
        ),
    ),
    st.lists(st.text("ab=(:%!?#\n '\"\\", max_size=30), max_size=4),
)
def test_any_notebook_is_read_or_refused(odd: Any, sources: list[str]) -> None:
    data = {"nbformat": 4, "metadata": odd, "cells": [code(source) for source in sources] + [odd]}
    facts = read(json.dumps(data).encode())
    assert decode(encode(facts)) == facts
    assert read(json.dumps(data).encode()) == facts


@pytest.mark.parametrize("data", [b"", b" \n"])
def test_empty_file_is_a_notebook_without_cells(data: bytes) -> None:
    told = read(data)
    assert (told.notebook is not None and told.notebook.cells, told.calls) == ((), ())
