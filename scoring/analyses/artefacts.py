"""Artefacts of rubric tests that lie in code, configuration and CI (Breck et al. 2017; catalogue, section 7).

An artefact is what implements a test: tests that import feature code, a training file under version control, a CI
job that runs the pipeline. It proves nothing about having run: that needs a source of runs, which comes later.
"""

import re
from collections.abc import Callable
from functools import lru_cache

import msgspec

from scoring import knowledge
from scoring.analyses.calls import calls_of
from scoring.analyses.ci_scripts import followed
from scoring.analyses.memo import Memo
from scoring.analyses.modules import imports_of, tested_paths
from scoring.analyses.python_file import estimators_in
from scoring.analyses.traces import traces
from scoring.analyses.view import CodeFile, PythonFile, View, is_estimator
from scoring.findings import PKG, PY
from scoring.knowledge.artefacts import TRACED

WENT_UNREAD = "files went unread"
"""Why a test without an artefact is unknown, and not absent: it may lie in them."""
SHOWN_PLACES = 5
PIPELINE_WORDS = re.compile(
    r"\b(e2e|end[-_ ]to[-_ ]end|integration|smoke|pipeline)(s|_?tests?)?\b|dvc repro|kedro run", re.IGNORECASE
)
TRAINING_LABEL = re.compile(
    r"^(?:(?:run|start|trigger|invoke|execute|launch)\b.*\b)?(?:re-?)?train(?:ing)?\b(?!.*\bdata\b)"
    r"|^(?:run|start|trigger|invoke|execute|launch)\b.*\b(?:ml|model|machine learning)\b.*\bpipeline\b",
    re.IGNORECASE,
)
"""A stage, job or step of CI that trains, by its name: "Train and evaluate model", "Invoke ML pipeline"."""
UNTOLD_LABEL = re.compile(
    r"\b(?:ml|model|data|training|machine learning)\b.*\bpipelines?\b|\be2e\b|\bend[- ]to[- ]end\b", re.IGNORECASE
)
"""A name of a step that may run the pipeline, though its commands don't tell."""
NOT_TRAINING = re.compile(
    r"\b(?:install|set-?up|image|docs?|lint|publish|build|deps|dependencies|requirements|cache|report|upload|download)\b",
    re.IGNORECASE,
)
TRAINING_COMMAND = re.compile(
    r"\b(?:dvc repro|kedro run|zenml pipeline|metaflow|mlflow run)\b|\b(?:run|trigger|invoke|start)_(?:re)?train\w*",
)
NOT_RUN = re.compile(r"\s--?(?:skip|no|without)[-_](?:\w*[-_])?(?:train|run|exec)|\s--dry[-_]?run\b", re.IGNORECASE)
"""An option by which a command that is called after training does not train."""
FEATURE_WORDS = re.compile(
    r"feature|preprocess|pre_process|transform|prepar|clean|encod|token|augment|dataset|dataload|etl|extract",
    re.IGNORECASE,
)


class Artefact(msgspec.Struct, frozen=True):
    """Whether it is there: True, False, or None where it could not be told. Places as path:line."""

    present: bool | None
    places: tuple[str, ...] = ()
    note: str = ""


def _read_whole(view: View) -> bool:
    return view.unread(PY) == 0 and view.unread(PKG) == 0


def _absent(view: View, note: str) -> Artefact:
    """Absent is an observation only where every file was read."""
    return Artefact(False, note=note) if _read_whole(view) else Artefact(None, note=WENT_UNREAD)


def feature_tests(view: View) -> Artefact:
    """data-7: tests import the modules that prepare data."""
    features = {file.path for file in view.ml if FEATURE_WORDS.search(file.path) or file.prepares}
    if not features:
        return Artefact(None, note="no feature code was recognised")
    reached = sorted(features & tested_paths(view))
    note = f"tests import {len(reached)} of {len(features)} feature files"
    if not reached:
        return _absent(view, note)
    places = [f"{file.path}:1" for file in view.tests if imports_of(view, file) & features]
    return Artefact(True, tuple(places[:SHOWN_PLACES]), note)


def model_spec_tracked(view: View) -> Artefact:
    """model-1: the code that defines and trains models lies in the repository; review is not seen from here."""
    if view.training:
        return Artefact(
            True,
            tuple(f"{file.path}:1" for file in view.training[:SHOWN_PLACES]),
            "training code is under version control",
        )
    if view.alg:
        return Artefact(
            True, tuple(f"{file.path}:1" for file in view.alg[:SHOWN_PLACES]), "model code is under version control"
        )
    return Artefact(None, note="no model code was recognised")


def model_spec_tests(view: View) -> Artefact:
    """infra-2: a test constructs or fits a model, calls what does, or imports the module that defines one."""
    defining = {file.path for file in view.alg if _defines(file)}
    fitting = {file.path: scopes for file in view.product if (scopes := _fitting(file))}
    near = [(file, imports_of(view, file)) for file in view.tests]
    places = [
        f"{file.path}:{line}"
        for file, imported in near
        if (line := file.estimator_line)
        or (imported & defining and (line := 1))
        or (line := _call_line(file, frozenset().union(*(fitting.get(path, frozenset()) for path in imported))))
    ]
    if places:
        said = f"{len(places)} test files construct a model" if len(places) > 1 else "1 test file constructs a model"
        return Artefact(True, tuple(places[:SHOWN_PLACES]), said)
    if any(not fitting.keys().isdisjoint(imported) for _, imported in near):
        return Artefact(None, note="tests import code that fits a model, and whether they run that part is not seen")
    return _absent(view, "no test constructs a model")


def _fitting_scopes(file: PythonFile) -> frozenset[str]:
    """Names of the functions, methods and (by their constructors) classes of a file that make or fit a model."""
    names = set()
    for call in (*estimators_in(file.facts), *(calls_of(file.facts, "FIT") if file.alg else ())):
        if call.scope:
            *outer, last = call.scope.split(".")
            names.add(outer[-1] if outer and last == "__init__" else last)
    return frozenset(names)


def _defines_model(file: PythonFile) -> bool:
    return any(_is_model(base) for item in file.facts.classes for base in item.bases)


def _first_calls(file: CodeFile) -> dict[str, int]:
    """Last part of a call's name -> line of the first such call, in the order of lines."""
    found: dict[str, int] = {}
    for call in file.facts.calls:
        found.setdefault(call.name.rpartition(".")[2], call.line)
    return found


_fitting = Memo(_fitting_scopes)
_defines = Memo(_defines_model)
_calls_by_name = Memo(_first_calls)


def _call_line(file: CodeFile, names: frozenset[str]) -> int:
    """Line of the file's first call of one of these names; 0 without one."""
    if not names:
        return 0
    return next((line for name, line in _calls_by_name(file).items() if name in names), 0)


def _is_model(base: str) -> bool:
    return base in knowledge.MODEL_BASES or is_estimator(base)


@lru_cache(maxsize=1)
def pipeline_tests(view: View) -> Artefact:
    """infra-3: CI, or a test, runs the pipeline end to end."""
    training = {file.path for file in view.training}
    places = [f"{path}:{line}" for path, line, text in followed(view).surely if _runs_pipeline(text, training)]
    labels = [(entry.path, text, line) for entry, facts in view.ci for text, line in facts.labels]
    places += [
        f"{path}:{line}" for path, text, line in labels if TRAINING_LABEL.search(text) and not NOT_TRAINING.search(text)
    ]
    places += [
        f"{file.path}:1"
        for file in view.tests
        if PIPELINE_WORDS.search(file.path.rsplit("/", 1)[-1]) and file.facts.function_names
    ]
    if places:
        return Artefact(True, tuple(places[:SHOWN_PLACES]), "the pipeline is run end to end")
    if any(UNTOLD_LABEL.search(text) for _, text, _ in labels):
        return Artefact(None, note="CI names a step for a pipeline, and what it runs is not seen")
    return _absent(view, "nothing runs the pipeline end to end")


def _runs_pipeline(command: str, training: set[str]) -> bool:
    named = _pipeline_of(command)
    return named is None or not training.isdisjoint(named)


@lru_cache(maxsize=1 << 12)
def _pipeline_of(command: str) -> frozenset[str] | None:
    """None for a command that runs a pipeline by its words; else the files that it may run, none where an option says
    that it runs nothing."""
    if NOT_RUN.search(command):
        return frozenset()
    if TRAINING_COMMAND.search(command) or (PIPELINE_WORDS.search(command) and "test" in command.lower()):
        return None
    words = command.split()
    return frozenset([word.removeprefix("./") for word in words]).union(map(_module, words))


def _module(word: str) -> str:
    """The file that `python -m a.b.c` runs."""
    return word.replace(".", "/") + ".py"


def _traced(slug: str) -> Callable[[View], Artefact]:
    """What artefacts.toml knows of a test. Not found is not absent: it may run out of this repository's sight."""

    def artefact(view: View) -> Artefact:
        places = traces(view).get(slug, ())
        said = TRACED[slug]
        return Artefact(True, places[:SHOWN_PLACES], said.found) if places else Artefact(None, note=said.missing)

    return artefact


ARTEFACTS: dict[str, Callable[[View], Artefact]] = {
    **{slug: _traced(slug) for slug in TRACED if not slug.startswith("bp-")},
    "data-7": feature_tests,
    "model-1": model_spec_tracked,
    "infra-2": model_spec_tests,
    "infra-3": pipeline_tests,
}
