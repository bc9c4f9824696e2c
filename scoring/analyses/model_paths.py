"""The files that a model passes through: those that train or predict, and what they import of the component."""

from collections.abc import Mapping
from functools import lru_cache

from scoring.analyses.calls import has_call
from scoring.analyses.frames import uses_frames
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.modules import imports_by_path
from scoring.analyses.training import stem_of, words_of
from scoring.analyses.view import PythonFile, View

DATA_WORDS = frozenset(
    {"train", "training", "trainer", "data", "dataset", "datasets", "feature", "features", "label", "labels"}
    | {"load", "loader", "loaders", "preprocess", "preprocessing", "prepare", "etl", "transform", "transforms"}
)
"""Words in the names of files that make a model or data for one."""

_KINDS = ("FIT", "SPLIT", "PRED", "WRITE")


def _read_kinds(file: PythonFile) -> frozenset[str]:
    return frozenset(kind for kind in _KINDS if has_call(file.facts, kind))


_kinds = Memo(_read_kinds)


_latest_model: Latest[frozenset[str]] = Latest()
_latest_training: Latest[frozenset[str]] = Latest()


@lru_cache(maxsize=1)
def model_path(view: View) -> frozenset[str]:
    """Paths of files that import an algorithm library, fit or predict, and what they import."""
    starts = frozenset([file.path for file in view.product if file.alg or not _kinds(file).isdisjoint({"FIT", "PRED"})])
    imports = imports_by_path(view)
    return _latest_model((starts, imports), lambda: _closed(starts, imports))


@lru_cache(maxsize=1)
def training_path(view: View) -> frozenset[str]:
    """Paths of files that make a model or data for one, and what they import."""
    starts, imports = frozenset([file.path for file in view.product if _makes_data(file)]), imports_by_path(view)
    return _latest_training((starts, imports), lambda: _closed(starts, imports))


def _makes(file: PythonFile) -> bool:
    """Whether it makes a model, or data for one. What predicts and fits nothing works on what comes in that day."""
    kinds = _kinds(file)
    if not DATA_WORDS.isdisjoint(words_of(stem_of(file.path))):
        return True
    writes_tables = "WRITE" in kinds and "PRED" not in kinds and uses_frames(file.facts)
    return file.estimator_line > 0 or bool(kinds & {"FIT", "SPLIT"}) or writes_tables


_makes_data = Memo(_makes)


def _closed(starts: frozenset[str], imports: Mapping[str, frozenset[str]]) -> frozenset[str]:
    found: set[str] = set()
    layer = set(starts)
    while layer:
        found |= layer
        layer = {path for start in layer for path in imports.get(start, ())} - found
    return frozenset(found)
