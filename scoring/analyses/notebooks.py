"""What notebooks tell about themselves: how they were run, who runs them, what keeps them from running again.

Sources: the limits of Pynblint (50 cells, 30 lines) and Julynter's rules for titles and hidden state (catalogue 3.3).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from scoring.analyses.calls import has_call
from scoring.analyses.declarations import declarations
from scoring.analyses.dependencies import NOTEBOOKS, hosted_notebooks, undeclared
from scoring.analyses.dependency_faults import MISSING, faults
from scoring.analyses.lessons import is_course
from scoring.analyses.memo import Memo
from scoring.analyses.placing import together
from scoring.analyses.published import SHOWS, is_library
from scoring.analyses.view import PythonFile, View, once
from scoring.analyses.written_paths import is_of_one_machine
from scoring.facts import CellFacts, NotebookFacts
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown
from scoring.knowledge.packages import is_doubtful
from scoring.readers.notebook import cell_and_line

MAX_CELLS = 50
MAX_LINES = 30
FEW_RUNS = 5
"""Runs that no saved cell shows, up to which cells were run twice or deleted while the notebook was written."""
FEW_OF_MANY = 1.0
"""Of the cells that were run, the same: what is gone is less than what is there."""
FEW_CELLS = 3
"""Saved runs, under which the counts say nothing of those that are gone."""
SHOWN = 3
MANY_ALIKE = 8
"""Cells from which on two notebooks of one name with the same kinds of cells in the same order are one."""

UNTITLED = re.compile(r"^untitled\d*\.ipynb$", re.IGNORECASE)
COPIED = re.compile(r"-copy\d*\.ipynb$| \(\d+\)\.ipynb$|^copy of ", re.IGNORECASE)


def of_product(view: View) -> tuple[PythonFile, ...]:
    """Notebooks in Python with code that are no test, documentation or generated file; copies of a file once."""
    return tuple(
        file for file in originals(view) if file.product and notebook_of(file).language == "python" and holds_code(file)
    )


def is_shown(view: View, file: PythonFile) -> bool:
    """Whether it is an example, by its folder or its name, or a notebook that shows how a library is used."""
    if "example" in file.roles:
        return True
    return file.is_notebook and (SHOWS.search(file.path) is not None or is_library(view))


@lru_cache(maxsize=1)
def originals(view: View) -> tuple[PythonFile, ...]:
    """The notebooks without copies: of the same text, or translated (beside each other in folders of their own, with
    the same name and the same run of cells, most of their code the same)."""
    found: dict[object, list[PythonFile]] = {}
    for file in once(view.notebooks):
        folder, _, name = file.path.rpartition("/")
        kinds = _kinds_of(file)
        key = (folder.rpartition("/")[0], name, kinds) if folder and len(kinds) >= MANY_ALIKE else file.path
        alike = found.setdefault(key, [])
        if not any(_same_code(file, other) for other in alike):
            alike.append(file)
    return tuple([file for alike in found.values() for file in alike])


def _same_code(file: PythonFile, other: PythonFile) -> bool:
    """Whether most code cells of two notebooks with the same kinds of cells are the same."""
    pairs = zip(notebook_of(file).cells, notebook_of(other).cells, strict=True)
    same = [one.digest == two.digest for one, two in pairs if one.kind == "code" and one.digest]
    return 2 * sum(same) > len(same)


def _kinds(file: PythonFile) -> tuple[str, ...]:
    return tuple([cell.kind for cell in notebook_of(file).cells])


_kinds_of = Memo(_kinds)


def notebook_of(file: PythonFile) -> NotebookFacts:
    """The notebook's own facts."""
    notebook = file.facts.notebook
    assert notebook is not None, file.path
    return notebook


def holds_code(file: PythonFile) -> bool:
    """Whether some code cell of the notebook is not empty."""
    return any(cell.kind == "code" and cell.lines for cell in notebook_of(file).cells)


def none_read(view: View) -> NotApplicable | Unknown:
    """Why there is no notebook to judge."""
    unread = sum(1 for entry in view.files if entry.language == "jupyter" and entry.skipped)
    return Unknown(f"{unread} notebooks went unread") if unread else NotApplicable("no notebook with Python code")


# ---------------------------------------------------------------- how it was run


def _run(file: PythonFile) -> list[CellFacts]:
    """The code cells that were saved with a count; a hosted notebook saves 0 for one that it did not count."""
    return [cell for cell in notebook_of(file).cells if cell.kind == "code" and cell.lines and cell.execution_count]


def _counts(file: PythonFile) -> list[int]:
    return [count for cell in _run(file) if (count := cell.execution_count) is not None]


def order_told(file: PythonFile) -> str:
    """How the saved execution counts differ from one run from the top: "" when they don't, or were cleared."""
    cells = [cell for cell in _run(file) if not cell.sets_up]
    counts = [count for cell in cells if (count := cell.execution_count) is not None]
    steps = [later - earlier for earlier, later in pairwise(counts)]
    if any(step < 0 for step in steps):
        return "its cells were run out of order"
    if 0 in steps:
        return "its cells were saved from two sessions"
    # A cell of imports may stand for one of the counts that the others lack, whenever it was run last.
    saved = _counts(file)
    if len(saved) < FEW_CELLS:
        return ""
    few = max(FEW_RUNS, round(FEW_OF_MANY * len(saved)))
    if counts and counts[-1] - counts[0] >= sum(count >= counts[0] for count in saved) + few:
        return "cells were run again, cleared or deleted between the ones that are saved"
    if counts and counts[-1] > len(saved) + few:
        return "other cells had run in its session before the first that is saved"
    return ""


def early_told(file: PythonFile) -> str:
    """The first name that a cell uses above the cell that defines it, "" without one."""
    early = notebook_of(file).early
    if not early:
        return ""
    name, line = early[0]
    cell, _ = cell_and_line(notebook_of(file), line)
    return f"cell {cell} uses {name}, which only a later cell defines"


def hidden_state(view: View) -> Answer:
    """Share of the notebooks whose cells were not run from the top, or can't be; told are those that fail then,
    and those of which a model or a file is left."""
    files = of_product(view)
    if not files:
        return none_read(view)
    stale = [file for file in files if order_told(file) or early_told(file)]
    hits = [_order_hit(file) for file in stale if early_told(file) or file.trains or has_call(file.facts, "WRITE")]
    return Measure(len(stale) / len(files), len(files), together(hits, "notebooks were not run from the top"))


def _order_hit(file: PythonFile) -> Hit:
    counts = _counts(file)
    name = file.path.rpartition("/")[2]
    told = order_told(file)
    ran = f"was not run from the top: {told} ({len(counts)} cells, counts up to {max(counts)})" if told else ""
    fails = f"fails when it is run from the top: {early_told(file)}" if early_told(file) else ""
    return Hit(
        line=1,
        path=file.path,
        key="order",
        message=f"{name} {' and '.join(part for part in (ran, fails) if part)}; its results may rest on code that is "
        "no longer there.",
        evidence={"cells": len(counts), "highest_count": max(counts, default=0)},
    )


# ---------------------------------------------------------------- can it be run again


def rerunnable_share(view: View) -> Answer:
    """Share of the notebooks without hidden state, absolute paths and undeclared imports.

    A notebook that only was run out of order is hidden_state's finding.
    """
    files = of_product(view)
    if not files:
        return none_read(view)
    missing = _undeclared_in(view)
    reasons = {file.path: list(_obstacles(file, missing.get(file.path, ()))) for file in files}
    stuck = [file for file in files if reasons[file.path]]
    # Where no file declares anything, that is one finding for all code, and what modules import too is rep.4's.
    alone = _of_notebooks_alone(view) if declarations(view).stated else {}
    lacking = [file for file in stuck if alone.get(file.path)]  # paths are cfg.4's, and the order hidden_state's
    hits = (_rerun_hit(lacking, alone),) if lacking else ()
    return Measure(1 - len(stuck) / len(files), len(files), hits)


@lru_cache(maxsize=1)
def _undeclared_in(view: View) -> dict[str, tuple[str, ...]]:
    return _missing_in(view, {fault.name for fault in faults(view) if fault.kind == MISSING})


def _of_notebooks_alone(view: View) -> dict[str, tuple[str, ...]]:
    faulty = [one for one in faults(view) if one.kind == MISSING and one.where == NOTEBOOKS]
    return _missing_in(view, {one.name for one in faulty if not is_doubtful(one.root)})


def _missing_in(view: View, missing: set[str]) -> dict[str, tuple[str, ...]]:
    """Notebook -> those of these packages that it imports."""
    if declarations(view).uncertain:
        return {}
    hosted = hosted_notebooks(view)
    found: dict[str, set[str]] = {}
    for package in undeclared(view):
        for use in package.uses if package.name in missing else ():
            if use.path not in hosted:
                found.setdefault(use.path, set()).add(package.name)
    return {path: tuple(sorted(names)) for path, names in found.items()}


def _obstacles(file: PythonFile, missing: tuple[str, ...]) -> Iterator[str]:
    if order := order_told(file) or early_told(file):
        yield order
    paths = sorted({item.text for item in file.facts.paths if item.kind != "bucket" and is_of_one_machine(item)})
    if paths:
        yield f"it reads {paths[0]}"
    if missing:
        yield f"nothing declares {_listed(missing)}"


def _listed(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _rerun_hit(lacking: list[PythonFile], alone: dict[str, tuple[str, ...]]) -> Hit:
    """One for all notebooks: one edit of one list mends them. At the first of them."""
    first = lacking[0]
    name = first.path.rpartition("/")[2]
    names = tuple(sorted({package for file in lacking for package in alone[file.path]}))
    message = f"{name} can't be run again elsewhere as it stands: {'; '.join(_obstacles(first, names))}."
    if len(lacking) > 1:
        message = f"{len(lacking)} notebooks, {name} first, can't be run again elsewhere as they stand: nothing "
        message += f"declares {_listed(names)}."
    evidence = {"notebooks": len(lacking), "packages": len(names)}
    return Hit(line=1, path=first.path, key="rerun", message=message, evidence=evidence)


# ---------------------------------------------------------------- tidiness and size


def breaches(view: View) -> Answer:
    """Mean number of kinds of breach per notebook."""
    files = of_product(view)
    if not files:
        return none_read(view)
    course = is_course(view)
    found = {
        file.path: (*_left_behind(file), *(() if course or file.path in view.shown else _too_large(file)))
        for file in files
    }
    hits = tuple(_breach_hit(file, found[file.path]) for file in files if len(found[file.path]) > 1)
    return Measure(sum(len(items) for items in found.values()) / len(files), len(files), hits)


def _left_behind(file: PythonFile) -> Iterator[str]:
    code = [cell for cell in notebook_of(file).cells if cell.kind == "code" and cell.lines]
    name = file.path.rpartition("/")[2]
    errors = sum(1 for cell in code if cell.error)
    unrun = sum(1 for cell in code if cell.execution_count is None)
    if errors:
        yield f"{_cells(errors)} ended in an error"
    if 1 < unrun < len(code):
        yield f"{_cells(unrun)} never run"
    if UNTITLED.search(name):
        yield "it has no title"
    if COPIED.search(name):
        yield "it is named as a copy"


def _too_large(file: PythonFile) -> Iterator[str]:
    """A lesson is as long as what it explains."""
    cells = notebook_of(file).cells
    long = sum(1 for cell in cells if cell.kind == "code" and cell.lines > MAX_LINES)
    if len(cells) > MAX_CELLS:
        yield f"{len(cells)} cells"
    if long > 1:
        yield f"{_cells(long)} over {MAX_LINES} lines"


def _cells(count: int) -> str:
    return "one cell" if count == 1 else f"{count} cells"


def _breach_hit(file: PythonFile, found: tuple[str, ...]) -> Hit:
    name = file.path.rpartition("/")[2]
    return Hit(
        line=1,
        path=file.path,
        key="untidy",
        message=f"{name} is hard to take over: {', '.join(found)}.",
        evidence={"breaches": len(found)},
    )
