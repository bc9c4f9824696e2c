"""Where notebooks carry the work: those that production runs, the training code in them, the committed outputs.

A notebook is on the production path when a job, an image or another program runs it, when it registers a model, or when
it writes to a place named production. Tests and documentation builds that run notebooks are no production.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from scoring import knowledge
from scoring.analyses.calls import calls_of, registers_model
from scoring.analyses.ci_scripts import SHELL
from scoring.analyses.memo import Memo
from scoring.analyses.modules import imports_by_path
from scoring.analyses.notebooks import holds_code, is_shown, none_read, notebook_of, of_product, originals
from scoring.analyses.placing import placed, together
from scoring.analyses.python_file import imported_sets, is_estimator
from scoring.analyses.training import calls_training
from scoring.analyses.view import PythonFile, View
from scoring.facts import Call
from scoring.findings import PKG, Answer, Hit, Measure, NotApplicable, Unknown
from scoring.readers.notebook import cell_and_line

RUNS = re.compile(
    r"\bpapermill\b|\bnbconvert\b.*--execute|\bjupyter execute\b|\bploomber\b|\brunipy\b|\bdatabricks\b", re.IGNORECASE
)
CHECKS = re.compile(r"\bpytest\b|\bnbmake\b|\bnbval\b|\btests?\b|--to (?:html|markdown|pdf|script)|sphinx|mkdocs")
PRODUCTION = re.compile(r"(?:^|[^a-z])prod(?:uction)?(?:[^a-z]|$)", re.IGNORECASE)

RUN_BY = frozenset({"ORCH", "SERVE"})
NOTHING_RUNS = "no job, image, task or service runs anything here, so nothing is in production"
WENT_UNREAD = "jobs, images or tasks that may run notebooks went unread"

LARGE_OUTPUT_MB = 0.5
"""Outputs of a notebook from which on they count."""
FEW_MB = 1
"""The good anchor of pro.8: up to it, in all these notebooks together, nothing is found."""
BYTES_PER_MB = 1_000_000
FITTING = ("FIT", "SPLIT")
REPEATED = 0.5
"""Of the lines of a notebook's cells that train, from which on a module with the same calls can repeat it."""
MANY_DEFINED = 3
MOVED = 0.7
"""Of the functions and classes of a notebook, from which on a module that has them too was made of it."""
MILDER = 2
"""Severity of a notebook with parameters, which is run as a job on purpose (catalogue 4.19, pro.1)."""


# ---------------------------------------------------------------- on the production path


class _Use(NamedTuple):
    how: str
    line: int


def production_notebooks(view: View) -> Answer:
    """Notebooks that production runs, or that write what production reads, per 10 KLOC of ML code."""
    files = [file for file in of_product(view) if "example" not in file.roles]
    if not files:
        return none_read(view)
    runners = list(_runners(view))
    hits = tuple(hit for file in files if (hit := _production_hit(file, runners)))
    if not hits and not _runs_anything(view):
        return Unknown(WENT_UNREAD) if view.unread(PKG) else NotApplicable(NOTHING_RUNS)
    told = together(hits, "notebooks are on the production path")
    return Measure(len(hits) / view.ten_klocs, len(files), told)


def _runs_anything(view: View) -> bool:
    """Whether notebooks could be on a path to production: a job, an image, a task, a flow or a service. A shell script
    is run by a person as well."""
    works = view.ci or view.docker or any(facts.tool != SHELL for _, facts in view.tasks)
    return bool(works) or any(not RUN_BY.isdisjoint(imported_sets(file.facts)) for file in view.product)


def _runners(view: View) -> Iterator[tuple[str, str]]:
    """(text that runs a notebook, place) of commands, and of calls of papermill. A job that follows a change only tries
    whether notebooks run."""
    trying = {entry.path for entry, facts in view.ci if not facts.scheduled}
    for path, line, text in view.commands:
        if path not in trying and ".ipynb" in text and RUNS.search(text) and not CHECKS.search(text):
            yield text, f"{path}:{line}"
    for file in view.product:
        yield from _papermill_of(file)


def _papermill(file: PythonFile) -> tuple[tuple[str, str], ...]:
    calls = [call for call in file.facts.calls if call.name.endswith(("execute_notebook", "PapermillOperator"))]
    return tuple(
        (" ".join([call.first, *(literal for _, literal in call.keywords)]), f"{file.path}:{call.line}")
        for call in calls
    )


_papermill_of = Memo(_papermill)


def _production_hit(file: PythonFile, runners: list[tuple[str, str]]) -> Hit | None:
    use = _run_by(file, runners) or _written(file)
    if use is None:
        return None
    name = file.path.rpartition("/")[2]
    hit = Hit(
        line=max(use.line, 1),
        key="production",
        message=f"{name} {use.how}; what production depends on is then changed without tests or review of its code.",
        severity=MILDER if notebook_of(file).parameters else 0,
    )
    return (
        placed(hit, file)
        if use.line
        else Hit(line=1, path=file.path, key=hit.key, message=hit.message, severity=hit.severity)
    )


def _run_by(file: PythonFile, runners: list[tuple[str, str]]) -> _Use | None:
    name = file.path.rpartition("/")[2]
    pattern = re.compile(rf"(?:^|[\s\"'=/:]){re.escape(name)}(?=$|[\s\"',:;)])")
    place = next((place for text, place in runners if pattern.search(text)), None)
    return _Use(f"is run by {place}", 0) if place else None


def _written(file: PythonFile) -> _Use | None:
    for call in file.facts.calls:
        if registers_model(call):
            return _Use("registers a model", call.line)
        if knowledge.is_call(call.name, "WRITE") and _names_production(call):
            return _Use(f"writes to production by {call.name.rpartition('.')[2]}", call.line)
    return None


def _names_production(call: Call) -> bool:
    return any(PRODUCTION.search(literal) for literal in (call.first, *(value for _, value in call.keywords)))


# ---------------------------------------------------------------- where the changes fall


def notebook_changes(view: View, churn: Mapping[str, int]) -> tuple[int, int]:
    """(changes of notebooks, changes of all ML files) of these counts by path."""
    ml = _ml_paths(view)
    found = [(ml[path], count) for path, count in churn.items() if path in ml]
    return sum([count for notebook, count in found if notebook]), sum([count for _, count in found])


@lru_cache(maxsize=1)
def _ml_paths(view: View) -> dict[str, bool]:
    """path -> whether it is a notebook, of each ML file."""
    return {file.path: file.is_notebook for file in view.ml}


# ---------------------------------------------------------------- training code in notebooks


def notebook_share(view: View) -> Answer:
    """Lines of the files that fit models or prepare features, or call a function of the component that does: the share
    that lies in notebooks. A notebook that a module in use repeats is the sketch that this was made of, and is
    left out, and so are examples, which are read and not imported."""
    told = [file for file in view.ml_once if _fits_at(file) and not is_shown(view, file)]
    modules = [file for file in told if not file.is_notebook]
    used = [file for file in modules if file.path in _used_paths(view)]
    training = frozenset([file.path for file in view.training]) & {file.path for file in originals(view)}
    inside = [
        file
        for file in told
        if file.is_notebook and file.path in training and not _is_sketch(file, used) and not _is_moved(view, file)
    ]
    known = {file.path for file in told}
    callers = [file for file in view.product_once if file.path not in known and calls_training(view, file)]
    fitting = [*modules, *inside, *callers]
    total = sum(file.facts.code_lines for file in fitting)
    if not total:
        return NotApplicable("no file but examples fits a model or prepares features")
    lines = sum(file.facts.code_lines for file in inside)
    return Measure(lines / total, len(fitting), tuple(_fitting_hit(file, total) for file in inside))


def _is_sketch(notebook: PythonFile, modules: Iterable[PythonFile]) -> bool:
    """Whether one module makes every call of the notebook that builds or fits a model or splits data, and holds half as
    much code as the cells with these calls, or more: the same work."""
    calls = _calls_of_training(notebook)
    if not any("(" in name and knowledge.in_library(name, "ALG") for name in calls):
        return False
    enough = REPEATED * _training_lines(notebook)
    return any(calls <= _calls_of_training(module) and module.facts.code_lines >= enough for module in modules)


def _is_moved(view: View, notebook: PythonFile) -> bool:
    """Whether one module defines most of what the notebook defines: it was written there and moved."""
    names = _defined(notebook)
    if len(names) < MANY_DEFINED:
        return False
    enough = MOVED * len(names)
    return any(len(names & _defined(file)) >= enough for file in view.product if not file.is_notebook)


def _definitions(file: PythonFile) -> frozenset[str]:
    owned = [f"{item.owner}.{item.name}" for item in file.facts.functions]
    return frozenset([*owned, *(item.name for item in file.facts.classes)])


_defined = Memo(_definitions)


def _training_lines(notebook: PythonFile) -> int:
    """Lines of the cells that build or fit a model or split data."""
    facts = notebook_of(notebook)
    lines = [call.line for call in notebook.facts.calls if is_estimator(call.name) or _is_fitting(call.name)]
    cells = {cell_and_line(facts, line)[0] for line in lines}
    return min(notebook.facts.code_lines, sum(facts.cells[number - 1].lines for number in cells))


@lru_cache(maxsize=1)
def _used_paths(view: View) -> frozenset[str]:
    """The modules that something runs or imports."""
    run = frozenset(file.path for file in view.entry_points)
    return run.union(*imports_by_path(view).values())


def _training_calls(file: PythonFile) -> frozenset[str]:
    names = {call.name for call in file.facts.calls}
    return frozenset(name for name in names if is_estimator(name) or _is_fitting(name))


_calls_of_training = Memo(_training_calls)


def _is_fitting(name: str) -> bool:
    return any(knowledge.is_call(name, kind) for kind in FITTING)


def _first_fit(file: PythonFile) -> int:
    """Line of the first call that fits a model or splits data; 0 without one."""
    first = [calls[0] for kind in FITTING if (calls := calls_of(file.facts, kind))]
    return min([call.line for call in first], default=0)


_fits_at = Memo(_first_fit)


def _fitting_hit(file: PythonFile, total: int) -> Hit:
    name = file.path.rpartition("/")[2]
    hit = Hit(
        line=_fits_at(file),
        key="fits",
        message=f"{name} holds {file.facts.code_lines} of the {total} lines of training code; another program can't "
        "import them from there.",
        evidence={"lines": file.facts.code_lines, "of": total},
    )
    return placed(hit, file)


# ---------------------------------------------------------------- committed outputs


def committed_outputs(view: View) -> Answer:
    """Megabytes of outputs committed in notebooks that carry many, each blob once. Those of examples are shown on
    purpose, and a few plots and tables are no burden."""
    notebooks = [file for file in originals(view) if file.product and holds_code(file)]
    files = [file for file in notebooks if not is_shown(view, file)]
    unread = sum(1 for entry in view.files if entry.language == "jupyter" and entry.skipped)
    if not files:
        return NotApplicable("only examples are notebooks") if notebooks and not unread else none_read(view)
    if view.loc.get("jupyter", 0) > view.loc.get("python", 0):
        return NotApplicable("notebooks hold most of the code: what they show is the work")
    large = [file for file in files if _megabytes(file) >= LARGE_OUTPUT_MB]
    megabytes = sum(map(_megabytes, large))
    if megabytes <= FEW_MB:
        return Unknown(f"{unread} notebooks went unread") if unread else Measure(megabytes, len(files))
    return Measure(megabytes, len(files), tuple(map(_output_hit, large)))


def _megabytes(file: PythonFile) -> float:
    return notebook_of(file).output_bytes / BYTES_PER_MB


def _output_hit(file: PythonFile) -> Hit:
    size = _megabytes(file)
    name = file.path.rpartition("/")[2]
    return Hit(
        line=1,
        path=file.path,
        key="outputs",
        message=f"{name} carries {size:.1f} MB of outputs; each run that is committed adds as much to the history, and "
        "outputs may show data.",
        evidence={"megabytes": round(size, 1)},
    )
