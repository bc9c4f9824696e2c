"""Artefacts of rubric tests that lie in code and CI (Breck et al. 2017; catalogue, section 7).

An artefact is what implements a test: tests that import feature code, a training file under version control, a CI
job that runs the pipeline. It proves nothing about having run: that needs a source of runs, which comes later.
"""

import re
from collections.abc import Callable

import msgspec

from scoring import knowledge
from scoring.analyses.modules import imports_of, tested_paths
from scoring.analyses.view import View, is_estimator
from scoring.findings import PKG, PY

SHOWN_PLACES = 5
PIPELINE_WORDS = re.compile(
    r"\b(e2e|end[-_ ]to[-_ ]end|integration|smoke|pipeline)(s|_?tests?)?\b|dvc repro|kedro run", re.IGNORECASE
)
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
    return Artefact(False, note=note) if _read_whole(view) else Artefact(None, note="files went unread")


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
    """infra-2: a test constructs a model, or imports the module that defines one."""
    defining = {
        file.path for file in view.alg if any(_is_model(base) for cls in file.facts.classes for base in cls.bases)
    }
    places = [
        f"{file.path}:{line}"
        for file in view.tests
        if (line := file.estimator_line) or (imports_of(view, file) & defining and (line := 1))
    ]
    if not places:
        return _absent(view, "no test constructs a model")
    return Artefact(True, tuple(places[:SHOWN_PLACES]), f"{len(places)} test files construct a model")


def _is_model(base: str) -> bool:
    return base in knowledge.MODEL_BASES or is_estimator(base)


def pipeline_tests(view: View) -> Artefact:
    """infra-3: CI, or a test, runs the pipeline end to end."""
    training = {file.path for file in view.training}
    places = [
        f"{entry.path}:{command.line}"
        for entry, facts in view.ci
        for command in facts.commands
        if re.search(r"\b(dvc repro|kedro run|zenml pipeline|metaflow|mlflow run)\b", command.text)
        or any(word.removeprefix("./") in training for word in command.text.split())
        or (PIPELINE_WORDS.search(command.text) and "test" in command.text.lower())
    ]
    places += [
        f"{file.path}:1"
        for file in view.tests
        if PIPELINE_WORDS.search(file.path.rsplit("/", 1)[-1]) and file.facts.functions
    ]
    if not places:
        return _absent(view, "nothing runs the pipeline end to end")
    return Artefact(True, tuple(places[:SHOWN_PLACES]), "the pipeline is run end to end")


ARTEFACTS: dict[str, Callable[[View], Artefact]] = {
    "data-7": feature_tests,
    "model-1": model_spec_tracked,
    "infra-2": model_spec_tests,
    "infra-3": pipeline_tests,
}
