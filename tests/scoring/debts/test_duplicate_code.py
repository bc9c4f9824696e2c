"""Copies of code: what counts once, what is no copy, and where a copy is named."""

import json

import pytest

from scoring.analyses import copies
from scoring.analyses.clones import clones_of
from scoring.findings import Outcome
from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

SIGNAL = "duplicate-code"

BODY = """    found = [{0}.strip().split(",") for {0} in path.open() if {0}]
    for {0} in found[:limit]:
        if len({0}) > 3 and {0}[0] not in rows:
            rows[{0}[0]] = float({0}[1]) * 2 - {0}.count("x")
        elif not {0}[2].startswith("#"):
            rows.update(other={0}[2] or None, last={0}[-1])
    total = sum({0} for {0} in rows.values() if {0} is not None)
    if total <= 0:
        raise ValueError(f"nothing in {{path}}", limit=limit)
    with path.with_suffix(".out").open("w") as out:
        for {0} in sorted(rows.items(), key=len, reverse=True):
            out.write("%s=%s" % {0})
            limit -= 1
            while limit and {0}[1:]:
                {0} = {0}[1:]
    return {{name: {0} / total for name, {0} in rows.items()}}
"""


def load(name: str = "load", word: str = "row") -> str:
    return f"def {name}(path, rows, limit=9):\n{BODY.format(word)}"


def notebook(*cells: str) -> str:
    code = [{"cell_type": "code", "execution_count": 1, "source": cell, "outputs": []} for cell in cells]
    return json.dumps({"cells": code, "nbformat": 4, "metadata": {}})


def test_copy_of_a_whole_notebook_counts_once() -> None:
    check_clear(SIGNAL, {"a.ipynb": notebook(load()), "b.ipynb": notebook(load())})


def test_module_that_stands_twice_is_told_whole() -> None:
    result, findings = result_of(SIGNAL, facts_from({"a.py": "LIMIT = 1\n" + load(), "b.py": "LIMIT = 1\n" + load()}))
    assert [(one.path, one.line, one.message.partition(";")[0]) for one in findings] == [
        ("b.py", 1, "This file of 18 lines of code is a.py once more")
    ]
    assert result.value == round(26 / 36, 6)  # from the first token of a window that is kept to the last


def test_small_module_that_stands_twice_is_no_copy() -> None:
    check_clear(SIGNAL, {"a.py": "LIMIT = 1\n" * 6, "b.py": "LIMIT = 1\n" * 6})


@pytest.mark.parametrize("path", ["tests/test_load.py", "docs/load.py", "pkg/generated/load.py"])
def test_copy_in_a_test_or_generated_file_is_left_out(path: str) -> None:
    check_clear(SIGNAL, {"a.py": load(), path: load("other")})


def test_rows_of_options_are_no_copies() -> None:
    options = "".join(f"parser.add_argument('--x{n}', type=int, default={n}, help='x')\n" for n in range(40))
    check_clear(SIGNAL, {"a.py": options, "b.py": "LIMIT = 1\n" + options})


def test_cell_that_two_notebooks_hold_counts_once() -> None:
    check_clear(SIGNAL, {"a.ipynb": notebook(load()), "b.ipynb": notebook("x = 1", load())})


def test_copy_that_a_tool_keeps_equal_is_counted_apart() -> None:
    marked = f"# Copied from a.load with row->item\n{load('other', 'item')}"
    files = {"a.py": load(), "b.py": f"LIMIT = 1\n\n\n{marked}"}
    check_clear(SIGNAL, files)
    clones = clones_of(facts_from(files))
    assert (clones.code_lines, clones.copied_lines, clones.kept_lines) == (35, 0, 17)


def test_methods_of_a_class_that_is_kept_equal_are_counted_once() -> None:
    body = load("other", "item").replace("\n", "\n    ")
    code = f"# Copied from a.Reader\n@final\nclass Reader:\n    # Copied from a.load\n    {body}\n"
    files = {"a.py": load(), "b.py": code}
    check_clear(SIGNAL, files)
    assert clones_of(facts_from(files)).kept_lines == 19


def places(files: dict[str, str]) -> list[tuple[str, bool]]:
    """(path, whether the lines lie in the copied function) of each finding."""
    _, findings = result_of(SIGNAL, facts_from(files))
    return [(item.path, item.evidence["in"] == "other" and item.end_line - item.line >= 8) for item in findings]


def test_copy_with_other_names_is_found_in_its_later_place() -> None:
    files = {"a.py": load(), "b.py": "LIMIT = 1\n\n\n" + load("other", "item")}
    check_found(SIGNAL, files)
    assert places(files) == [("b.py", True)]


@pytest.mark.parametrize(
    "mark",
    [
        "# Copied from https://example.org/load.py",
        "# Copied from a friend",
        "# Copied from a.load\nLIMIT = 1",
        "def first():\n    # Copied from a.load\n    return 1\n\n",
    ],
)
def test_mark_that_no_tool_reads_excuses_no_copy(mark: str) -> None:
    assert places({"a.py": load(), "b.py": f"{mark}\n\n\n{load('other', 'item')}"}) == [("b.py", True)]


def test_copy_inside_one_file_is_found() -> None:
    assert places({"a.py": f"{load()}\n\n{load('other', 'item')}"}) == [("a.py", True)]


def test_copy_between_module_and_cell_names_the_cell() -> None:
    files = {"a.py": load(), "b.ipynb": notebook("x = 1", load("other", "item"))}
    assert places(files) == [("b.ipynb", True)]
    _, findings = result_of(SIGNAL, facts_from(files))
    assert findings[0].evidence["cell"] == 2
    assert str(findings[0].evidence["equals"]).startswith("a.py:")


def test_both_places_count_as_copied_lines() -> None:
    clones = clones_of(facts_from({"a.py": load(), "b.py": "LIMIT = 1\n\n\n" + load("other", "item")}))
    assert (clones.files, clones.code_lines) == (2, 35)
    assert 2 * 10 <= clones.copied_lines <= 2 * 17


def test_copy_of_a_cell_in_a_cell_counts_and_is_not_shown() -> None:
    files = {"a.ipynb": notebook("x = 1", load()), "b.ipynb": notebook(load("other", "item"))}
    assert_only_counted(files)


def test_copy_between_saved_notebooks_counts_and_is_not_shown() -> None:
    head = "#!/usr/bin/env python\n# coding: utf-8\n\n# In[1]:\n\n\n"
    files = {"a.py": head + load(), "b.py": f"{head}LIMIT = 1\n\n\n# In[2]:\n\n\n{load('other', 'item')}"}
    assert_only_counted(files)
    assert places({**files, "a.py": load()}) == [("b.py", True)]


def test_copy_under_the_copyright_of_others_counts_and_is_not_shown() -> None:
    files = {"LICENSE": "MIT License\n\nCopyright (c) 2020 Jane Doe\n", "a.py": load(), "c.py": "print(1)\n"}
    code = "LIMIT = 1\n\n\n" + load("other", "item")
    assert_only_counted({**files, "b.py": f"# Copyright 2018 The Rows Team\n{code}"})
    assert places({**files, "b.py": f"# Copyright 2018 Jane Doe\n{code}"}) == [("b.py", True)]


def test_copy_in_a_deprecated_function_counts_and_is_not_shown() -> None:
    assert_only_counted({"a.py": load(), "b.py": "LIMIT = 1\n\n\n@deprecated('gone in 2.0')\n" + load("other", "item")})


def assert_only_counted(files: dict[str, str]) -> None:
    result, findings = result_of(SIGNAL, facts_from(files))
    assert (result.outcome, findings) == (Outcome.FOUND, ())


METHODS = "class Rows:\n" + "".join(
    f"    def step_{number}(self, rows, limit):\n        found = [row.strip() for row in rows if row[{number}]]\n"
    f"        self.seen.update(found[:limit], key={number})\n        return max(found, default=self.was[-{number}])\n\n"
    for number in range(8)
)
FIELDS = "class Rows:\n    def __init__(self, given):\n" + "".join(
    f"        self.field_{number} = given.get({number}, [None] * {number}) or given[{number}]\n" for number in range(30)
)
TOP = (
    load().partition("\n")[2].replace("\n    ", "\n")[4:].replace("return ", "print(").replace("items()}", "items()})")
)


@pytest.mark.parametrize("code", [METHODS, FIELDS, TOP])
def test_copy_that_is_no_function_counts_and_is_not_shown(code: str) -> None:
    assert_only_counted({"a.py": "FIRST = 1\n" + code, "b.py": f"LIMIT = [1]\n\n\n{code}"})


@pytest.mark.parametrize(
    "files",
    [
        {"one/requirements.txt": "numpy==1.26.4\n", "two/requirements.txt": "numpy==1.26.4\n"},
        {"two/setup.py": "from setuptools import setup\n\nsetup(name='two')\n"},
        {"two/Dockerfile": "FROM python:3.11\n"},
    ],
)
def test_copy_in_a_program_of_its_own_counts_and_is_not_shown(files: dict[str, str]) -> None:
    code = {"one/a.py": load(), "two/b.py": "LIMIT = 1\n\n\n" + load("other", "item")}
    assert places(code) == [("two/b.py", True)]
    assert_only_counted({**code, **files})


def test_copy_that_nothing_uses_is_told_as_unused_alone() -> None:
    run = "from a import load\nfrom c import other\n\nprint(load(1, 2), other(3, 4))\n"
    code = "LIMIT = 1\n\n\n" + load("other", "item")
    used = {"run.py": run, "a.py": load(), "c.py": "def other(a, b):\n    return a * b\n"}
    assert_only_counted({**used, "b.py": code})
    assert places({**used, "c.py": code}) == [("c.py", True)]


def test_places_that_two_files_share_are_one_finding() -> None:
    third = load("last", "part").replace("sum(", "max(").replace(".open(", ".read(").replace("len(", "any(")
    files = {"a.py": f"{load()}\n\nA = 1\n\n\n{third}", "b.py": f"{load('other', 'item')}\n\nB, C = 1, 2\n\n\n{third}"}
    _, findings = result_of(SIGNAL, facts_from(files))
    assert [finding.path for finding in findings if "a.py" in str(finding.evidence["equals"])] == ["b.py"]


def test_options_between_the_copied_lines_do_not_count() -> None:
    options = "".join(f"        path.add_argument('--{n}')\n" for n in range(9))
    body = load().replace("    total =", f"    if found:\n{options}    total =", 1)
    _, findings = result_of(SIGNAL, facts_from({"a.py": body, "b.py": "LIMIT = 1\n\n\n" + body + "\nX = 1\n"}))
    assert "(fields, options and docstrings between them left out)" in findings[0].message
    assert findings[0].evidence["lines"] == findings[0].end_line - findings[0].line + 1 - 9


def test_docstring_between_the_copied_lines_does_not_count() -> None:
    told = '    """Read the rows.\n\n' + "    path : where they lie\n" * 9 + '    """\n'
    third = load("last", "part").replace("sum(", "max(").replace(".open(", ".read(").replace("len(", "any(")
    body = load() + third.replace(":\n", f":\n{told}", 1)
    _, findings = result_of(SIGNAL, facts_from({"a.py": body, "b.py": "LIMIT = 1\n\n\n" + body + "\nX = 1\n"}))
    assert "(fields, options and docstrings between them left out)" in findings[0].message
    assert findings[0].evidence["lines"] == findings[0].end_line - findings[0].line + 1 - 12


def test_finding_survives_a_move_of_lines() -> None:
    ids = {
        result_of(SIGNAL, facts_from({"a.py": load(), "b.py": "# moved\n" * n + load("other", "item")}))[1][0].id
        for n in range(1, 4)
    }
    assert len(ids) == 1


@pytest.mark.parametrize("files", [{}, {"a.py": "", "b.py": ""}, {"a.py": "def (:\n", "b.py": "def (:\n"}])
def test_source_removed_broken_or_emptied_is_not_clear(files: dict[str, str]) -> None:
    check_unknown(SIGNAL, files)


LINES = BODY.format("row").splitlines(keepends=True)
ENDS, BEGINS = "".join(LINES[9:]), "".join(LINES[:6])


def over_two(first: str, second: str) -> str:
    """Functions of which the first ends, and the second begins, as in every text made so."""
    return f"def one(path, rows):\n{first}{ENDS}\n\ndef two(path, rows, limit):\n{BEGINS}{second}"


def test_end_of_one_function_and_beginning_of_the_next_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "SHOWN", copies.MIN_LINES)
    files = {
        "a.py": over_two("    limit = rows + 1\n", "    return rows\n"),
        "b.py": over_two("    for limit in path:\n        print(limit)\n", "    del rows[:]\n"),
    }
    _, findings = result_of(SIGNAL, facts_from(files))
    lines = files["b.py"].splitlines()
    last = lines.index("def two(path, rows, limit):") - 2
    assert [(finding.path, finding.end_line) for finding in findings] == [("b.py", last)]
    assert findings[0].message.startswith(f"These {last + 1 - findings[0].line} lines equal those at a.py:")


def test_little_of_the_next_function_is_left_out() -> None:
    head = f"{load()}\n\ndef more(path, rows):\n    limit = rows\n    rows = path[limit]\n    limit += rows.size\n"
    one = f"{head}    return rows\n"
    other = f"import re\n\n\n{head}    for row in rows:\n        print(row)\n    del rows[:]\n"
    _, findings = result_of(SIGNAL, facts_from({"a.py": one, "b.py": other}))
    assert [finding.end_line for finding in findings] == [other.splitlines().index("def more(path, rows):") - 2]


def test_comments_and_docstrings_make_no_copy_larger() -> None:
    words = "    # and why\n\n" * 20 + '    """And how.\n\n' + "    More of it.\n" * 20 + '    """\n'

    def copied(between: str) -> tuple[int, int]:
        one, two = (load(name).replace("    total =", f"{between}    total =") for name in ("one", "two"))
        other = "".join(f"x{n} = {n}\n" for n in range(99))
        clones = clones_of(facts_from({"a.py": other + one, "b.py": other.replace("x", "y") + two}))
        return clones.copied_lines, clones.code_lines

    assert copied(words) == copied("") > (0, 0)


def test_few_copied_lines_count_and_are_not_shown() -> None:
    files = {"a.py": over_two("    limit = rows + 1\n", "    return rows\n"), "b.py": over_two("", "    del rows[:]\n")}
    result, findings = result_of(SIGNAL, facts_from(files))
    assert (result.outcome, findings) == (Outcome.FOUND, ())


PARTS = (
    'found = [row.strip().split(",") for row in path.open() if row]\n',
    "for row in found[:9]:\n    if len(row) > 3 and row[0] not in rows:\n        rows[row[0]] = float(row[1]) * 2\n",
    'rows.update(other=row[2] or None, last=row[-1])\nrows.setdefault("kind", []).append(row)\n',
    "total = sum(value for value in rows.values() if value is not None)\nlast = max(total, 1) - 1\n",
    "del rows[last]\nassert total, rows\nrows = {name: value / total for name, value in rows.items()}\n",
    "mean = sum(rows.values()) / len(rows)\nprint(sorted(rows), mean ** 2)\n",
)


def test_copy_over_the_borders_of_cells_is_none() -> None:
    longer = [f"{cell}# {number}\n" for number, cell in enumerate(PARTS)]
    assert clones_of(facts_from({"a.ipynb": notebook(*PARTS), "b.ipynb": notebook(*longer)})).copied_lines == 0
    whole = "".join(PARTS + PARTS[::-1])
    assert clones_of(facts_from({"a.ipynb": notebook(whole), "b.ipynb": notebook(f"{whole}# 1\n")})).copied_lines > 0
