"""Notebooks: the code of their cells as one Python module, and what the cells themselves tell.

Each cell stands or falls by itself: a cell that does not parse costs itself. Cells are laid one under another, and
`cell_and_line` says where a line of that module is in the notebook.
"""

import ast
import hashlib
import json
import re
from bisect import bisect_right
from typing import Any, NamedTuple

import msgspec

from scoring.facts import CellFacts, NotebookFacts, PythonFacts
from scoring.readers.base import Reader, Unreadable
from scoring.readers.notebook_order import early_names, set_up_cells
from scoring.readers.python import facts_of
from scoring.readers.python.magics import MAGIC, without_magics
from scoring.readers.python.source import parse, parse_or_raise

MAX_CELLS = 5_000

_CELL_MAGIC = re.compile(r"\s*%%\s*(\w*)[^\n]*(?:\n|\Z)")
_PYTHON_CELLS = frozenset(
    {
        "time",
        "timeit",
        "capture",
        "prun",
        "python",
        "python3",
        "pypy",
        "debug",
        "memit",
        "mprun",
        "snakeviz",
        "wandb",
        "skip",
        "scalene",
    }
)
"""Cell magics whose cell is Python all the same."""
_INSTALL = re.compile(
    r"^[ \t]*(?:[!%][ \t]*|%%\w+[ \t]*\n\s*)(?:\S*python[\d.]*[ \t]+-m[ \t]+)?"
    r"(?:pip[\d.]*|conda|mamba|uv pip)[ \t]+install[ \t]+([^\n#&;|]+)",
    re.MULTILINE,
)
_PYTHON_NAMES = ("python", "ipython", "sage", "pyspark", "pyspark3", "xpython", "conda-env")


class Cell(NamedTuple):
    """One cell as the formats agree on it."""

    kind: str
    source: str
    executed: int | None
    outputs: list[Any]
    tags: list[Any]


def read(data: bytes) -> PythonFacts:
    """The facts of one notebook of format 3 or 4. Raises Unreadable."""
    document = _document(data)
    language = _language(document)
    cells = _cells(document)
    python = language == "python"
    sources = [_python(cell) if python and cell.kind == "code" else None for cell in cells]
    source, starts, tree = _laid_out(sources)
    facts = facts_of(source, tree)
    set_up = set_up_cells(tree, starts)
    notebook = NotebookFacts(
        format=document["nbformat"],
        cells=tuple(_cell(cell, start, start in set_up) for cell, start in zip(cells, starts, strict=True)),
        output_bytes=sum(_size(cell.outputs) for cell in cells),
        language=language,
        parameters=any("parameters" in cell.tags for cell in cells),
        early=early_names(tree, starts),
        installs=_installs(cells) if b" install " in data else (),
        platform=_platform(document, data),
    )
    return msgspec.structs.replace(facts, notebook=notebook)


def cell_and_line(notebook: NotebookFacts, line: int) -> tuple[int, int]:
    """(number of the cell, counted from 1 over all cells; line in it) of a line of the notebook's facts."""
    starts = [(cell.start, number) for number, cell in enumerate(notebook.cells, 1) if cell.start]
    position = bisect_right(starts, (line, len(notebook.cells) + 1)) - 1
    if position < 0:
        return 1, max(line, 1)
    start, number = starts[position]
    return number, line - start + 1


def cell_source(data: bytes, number: int) -> str:
    """The text of a cell, counted from 1 over all cells; "" where there is no such cell. Raises Unreadable."""
    cells = _cells(_document(data))
    return cells[number - 1].source if 1 <= number <= len(cells) else ""


# ---------------------------------------------------------------- the document


def _document(data: bytes) -> dict[str, Any]:
    if not data.strip():
        return {"nbformat": 4, "cells": []}  # nothing was written into it yet, as in an empty module
    try:
        document = json.loads(data)
    except (ValueError, RecursionError, MemoryError):
        raise Unreadable("not a notebook: it is no JSON") from None
    if not isinstance(document, dict):
        raise Unreadable("not a notebook: no object")
    format_ = document.get("nbformat")
    if isinstance(format_, bool) or format_ not in (3, 4):
        shown = str(format_)[:20] if isinstance(format_, int | str) else "missing"
        raise Unreadable(f"notebook format {shown} is not one that is read")
    return document


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = "".join([part for part in value if isinstance(part, str)])
    return value if isinstance(value, str) else ""


def _language(document: dict[str, Any]) -> str:
    metadata = _object(document.get("metadata"))
    named = _object(metadata.get("language_info")).get("name")
    kernel = _object(metadata.get("kernelspec"))
    named = named or kernel.get("language") or kernel.get("name")
    if not isinstance(named, str) or not named:
        return "python"
    named = named.lower()[:40]
    return "python" if named.startswith(_PYTHON_NAMES) else named


def _cells(document: dict[str, Any]) -> list[Cell]:
    if document["nbformat"] == 4:
        raw = _list(document.get("cells"))
    else:
        raw = [cell for sheet in _list(document.get("worksheets")) for cell in _list(_object(sheet).get("cells"))]
    if len(raw) > MAX_CELLS:
        raise Unreadable(f"more than {MAX_CELLS} cells")
    return [_one(_object(cell)) for cell in raw]


def _one(cell: dict[str, Any]) -> Cell:
    kind = cell.get("cell_type")
    count = cell.get("execution_count", cell.get("prompt_number"))
    tags = _list(_object(cell.get("metadata")).get("tags"))
    return Cell(
        kind if kind in ("code", "raw") else "markdown",
        _text(cell.get("source", cell.get("input"))).replace("\r\n", "\n"),
        count if isinstance(count, int) and not isinstance(count, bool) and 0 <= count < 1 << 31 else None,
        _list(cell.get("outputs")),
        tags,
    )


def _size(outputs: list[Any]) -> int:
    return len(json.dumps(outputs)) if outputs else 0


def _cell(cell: Cell, start: int, sets_up: bool) -> CellFacts:
    code = cell.kind == "code"
    return CellFacts(
        kind=cell.kind,
        lines=cell.source.count("\n") + bool(cell.source) - cell.source.endswith("\n"),
        start=max(start, 0),
        execution_count=cell.executed if code else None,
        error=any(_object(output).get("output_type") in ("error", "pyerr") for output in cell.outputs),
        parsed=start >= 0,
        digest=_digest(cell.source),
        sets_up=sets_up,
    )


def _digest(source: str) -> str:
    folded = " ".join(source.split())
    return hashlib.blake2b(folded.encode("utf-8", "replace"), digest_size=8).hexdigest() if folded else ""


def _installs(cells: list[Cell]) -> tuple[str, ...]:
    """What its cells install."""
    listed = [words for cell in cells if cell.kind == "code" for words in _INSTALL.findall(cell.source)]
    names = [word.strip("'\"") for words in listed for word in words.split() if word[0] not in "-$>"]
    return tuple(dict.fromkeys(names))


_SAGEMAKER = ("conda_python", "conda_mxnet", "conda_pytorch", "conda_tensorflow", "conda_amazonei", "conda_chainer")
"""Kernels of its instances, by their names; in Studio a kernel's name holds the address of an image, and begins no such
way."""


def _platform(document: dict[str, Any], data: bytes) -> str:
    metadata = _object(document.get("metadata"))
    if "colab" in metadata or b"colab.research.google.com" in data:
        return "colab"
    if str(_object(metadata.get("kernelspec")).get("name", "")).startswith(_SAGEMAKER):
        return "sagemaker"
    kaggle = "kaggle" in metadata or any(path in data for path in (b"/kaggle/", b'"../input/', b"'../input/"))
    return "kaggle" if kaggle else ""


# ---------------------------------------------------------------- the code


def _python(cell: Cell) -> str | None:
    """The cell as Python, line for line; None when it is another language."""
    source = cell.source
    try:
        source.encode("utf-8")
    except UnicodeEncodeError:
        source = source.encode("utf-8", "replace").decode("utf-8")
    source = source.replace("\0", " ")
    magic = _CELL_MAGIC.match(source)
    if magic:
        if magic.group(1) not in _PYTHON_CELLS:
            return None
        source = "\n" * source[: magic.end()].count("\n") + source[magic.end() :]
    if MAGIC.search(source) and not _parses(source):
        source = without_magics(source)
    return source


def _parses(source: str) -> bool:
    try:
        parse_or_raise(source.encode("utf-8"))
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return False
    return True


def _laid_out(sources: list[str | None]) -> tuple[bytes, list[int], ast.Module]:
    """All code cells as one module, with each cell's first line (0: no Python; -1: it does not parse).

    Parsed at once, and again without the broken cells only where some cell is not a whole number of statements.
    """
    lines, starts = _placed(sources)
    source = "\n".join(lines).encode("utf-8")
    tree = _whole(source, starts, len(lines))
    if tree is None:
        broken = {n for n, cell in enumerate(sources) if cell is not None and not _parses(cell)}
        lines, starts = _placed([None if n in broken else cell for n, cell in enumerate(sources)])
        starts = [-1 if n in broken else start for n, start in enumerate(starts)]
        source = "\n".join(lines).encode("utf-8")
        tree = parse(source)
    return source, starts, tree


def _placed(sources: list[str | None]) -> tuple[list[str], list[int]]:
    lines: list[str] = []
    starts = []
    for source in sources:
        starts.append(0 if source is None else len(lines) + 1)
        if source is not None:
            lines += source.split("\n")
    return lines, starts


def _whole(source: bytes, starts: list[int], last: int) -> ast.Module | None:
    """The tree, if it parses and no statement reaches from one cell into another."""
    try:
        tree = parse_or_raise(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return None
    bounds = [start for start in starts if start > 0] + [last + 1]
    for statement in tree.body:
        decorators = getattr(statement, "decorator_list", ())
        position = bisect_right(bounds, min([statement.lineno, *[item.lineno for item in decorators]]))
        if (statement.end_lineno or statement.lineno) >= bounds[position]:
            return None
    return tree


READER = Reader("notebook", 19, read)
READERS = (READER,)
