"""Putting what a whole-component signal found into its place: a path, and in a notebook the cell."""

from collections.abc import Sequence

import msgspec

from scoring.analyses.view import CodeFile
from scoring.facts import NotebookFacts
from scoring.findings import Hit
from scoring.readers.notebook import cell_and_line

SEVERAL = 3
"""Notebooks, from which on they are told together."""


def placed(hit: Hit, file: CodeFile) -> Hit:
    """The hit at its file; in a notebook its line becomes that of the cell, and the cell is named."""
    return placed_at(hit, file.path, file.notebook)


def placed_at(hit: Hit, path: str, notebook: NotebookFacts | None) -> Hit:
    """The same for a file by its path, and as a notebook if it is one."""
    if notebook is None:
        return msgspec.structs.replace(hit, path=path)
    cell, line = cell_and_line(notebook, hit.line)
    end_line = line + max(0, hit.end_line - hit.line)
    evidence = {**hit.evidence, "cell": cell}
    return msgspec.structs.replace(hit, path=path, line=line, end_line=end_line, evidence=evidence)


def place_name(file: CodeFile, line: int) -> str:
    """A place as people say it: "train.py:12", or "explore.ipynb, cell 3, line 2"."""
    notebook = file.notebook
    if notebook is None:
        return f"{file.path}:{line}"
    cell, line = cell_and_line(notebook, line)
    return f"{file.path}, cell {cell}, line {line}"


def together(hits: Sequence[Hit], what: str) -> tuple[Hit, ...]:
    """One finding for several notebooks, at the first of them: each repeats the habit of the one before."""
    if len(hits) < SEVERAL:
        return tuple(hits)
    first = hits[0]
    message = f"{len(hits)} {what}. The first: {first.message}"
    return (msgspec.structs.replace(first, message=message, evidence={**first.evidence, "notebooks": len(hits)}),)
