"""Where running a file comes to fit a model: by itself, through what it imports, or by a class of the component's own
(`Model(...).train()` in a script, the fit in a base class)."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from scoring import knowledge
from scoring.analyses.calls import calls_of, calls_where
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.modules import imports_by_path
from scoring.analyses.python_file import PythonFile, trains_inside
from scoring.facts import Call
from scoring.knowledge.proposals import NAMES

if TYPE_CHECKING:
    from scoring.analyses.view import View

PREPARING_METHODS = frozenset({"fit_transform", "fit_resample", "fit_resampled"})
"""Methods that only prepare data, on what is no known model: they hand back other rows or columns."""
UNDECIDED = ("sklearn.pipeline.", "imblearn.pipeline.")
"""A chain of steps, the last of which may be a model or none."""

REACH = 3
"""How many imports a file that is called after training may lie away from the fit."""

METHODS = frozenset({"train", "fit"})
NETWORKS = ("model", "net", "network", "module", "encoder", "decoder", "generator", "discriminator", "backbone")
"""Ends of names on which `.train()` without arguments only switches a network's layers to training."""


class Fit(NamedTuple):
    """A call that fits a model."""

    path: str
    line: int
    name: str
    scope: str


@lru_cache(maxsize=1 << 14)
def words_of(name: str) -> tuple[str, ...]:
    """The parts of a name in lower case: "trainAML_v2" -> ("train", "aml", "v2")."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return tuple(part.lower() for part in re.split(r"[^A-Za-z0-9]+", spaced) if part)


def stem_of(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _fits(file: PythonFile) -> tuple[Fit, ...]:
    """The calls of a file that fit a model and do not only prepare data, by line."""
    return tuple(_made(file, call) for call in _fitting_calls(file) if not _prepares(call))


def _guessed_fits(file: PythonFile) -> tuple[Fit, ...]:
    """Those of which names too say that they fit a model."""
    return tuple(_made(file, call) for call in _fitting_calls(file) if not _seems_to_prepare(call))


def _fitting_calls(file: PythonFile) -> tuple[Call, ...]:
    return calls_of(file.facts, "FIT")


def _made(file: PythonFile, call: Call) -> Fit:
    return Fit(file.path, call.line, call.name, call.scope)


def _prepares(call: Call) -> bool:
    """Whether a fit only prepares data. Its class tells, and where no class is known the method; what an object is
    called takes no training away."""
    owner, _, method = call.name.rpartition(".")
    if knowledge.is_preparer(owner):
        return True
    known = knowledge.in_library(owner, "ALG") and not owner.startswith(UNDECIDED)
    return method in PREPARING_METHODS and not known


def _seems_to_prepare(call: Call) -> bool:
    """Whether a fit only prepares data, or is a step of a larger one, going by names too: for what is proposed only."""
    owner, _, method = call.name.rpartition(".")
    if method in NAMES.preparing_methods or call.name in NAMES.preparing:
        return True
    if knowledge.in_library(owner, "ALG"):
        return False  # its class tells; names do where no class is known
    receiver = call.receiver.rpartition(".")[2].lower()
    named = any(receiver == word or receiver.endswith("_" + word) for word in NAMES.preparing_receivers)
    return named or _is_preparer(owner)


def _is_preparer(owner: str) -> bool:
    """A class of the repository's own that is called after preparing: "app.data.CustomPreprocessor()"."""
    parts = words_of(owner.removesuffix("()").rpartition(".")[2])
    return owner.endswith("()") and bool(parts) and parts[-1] in NAMES.preparing_receivers


fits_of = Memo(_fits)
guessed_fits_of = Memo(_guessed_fits)
FitsOf = Memo[PythonFile, tuple[Fit, ...]]


def fit_reached(view: "View", file: PythonFile, fits: FitsOf = fits_of) -> Fit | None:
    """The fit that a script comes to by way of what it imports: inside a function that it imports by name or, where
    its own name says that it trains, in a module at most three imports away."""
    parts = frozenset(words_of(stem_of(file.path)))
    if parts & NAMES.other or file.is_notebook:
        return None
    found = _imported_fit(view, file, fits)
    return _nearest(view, file, fits) if found is None and parts & NAMES.training else found


def calls_training(view: "View", file: PythonFile) -> bool:
    """Whether the file imports by name a function of the component in which a model is fitted."""
    return _imported_fit(view, file, fits_of) is not None


def _imported_fit(view: "View", file: PythonFile, fits: FitsOf) -> Fit | None:
    """The fit inside a function that the file imports by name."""
    functions = _fitting_functions(view, fits)
    imported = imports_by_path(view)[file.path]
    if functions.keys().isdisjoint(imported):
        return None
    near = functions.keys() & imported
    names = {item.name for item in file.facts.imports if item.name}
    return next((fit for path in sorted(near) for name, fit in functions[path].items() if name in names), None)


@lru_cache(maxsize=2)
def _fitting_functions(view: "View", fits: FitsOf) -> dict[str, dict[str, Fit]]:
    """Path -> function at the top of the module -> its first fit, by line; few modules have any."""
    found: dict[str, dict[str, Fit]] = {}
    for file in view.product:
        for fit in fits(file):
            if fit.scope and "." not in fit.scope:
                found.setdefault(file.path, {}).setdefault(fit.scope, fit)
    return {path: held for path, held in found.items() if NAMES.other.isdisjoint(words_of(stem_of(path)))}


def _nearest(view: "View", file: PythonFile, fits: FitsOf) -> Fit | None:
    """The first fit within reach of the file's imports, nearest modules first."""
    imports, by_path = imports_by_path(view), view.product_by_path
    seen, layer = {file.path}, {file.path}
    for _ in range(REACH):
        layer = {path for start in layer for path in imports.get(start, ())} - seen
        seen |= layer
        for path in sorted(layer):
            if path in by_path and (found := fits(by_path[path])):
                return found[-1]
    return None


# ---------------------------------------------------------------- all of them


class _Profile(NamedTuple):
    """What of one file training entry points rest on."""

    path: str
    is_notebook: bool
    fits_when_run: bool
    fits: tuple[str, ...]
    """Scopes of the calls that fit a model."""
    called: frozenset[str]
    fitting: frozenset[str]


def _read_profile(file: PythonFile) -> _Profile:
    fits = fits_of(file)
    return _Profile(
        path=file.path,
        is_notebook=file.is_notebook,
        fits_when_run=file.alg and file.trains and bool(fits),
        fits=tuple([fit.scope for fit in fits]),
        called=_called(file),
        fitting=_fitting(file),
    )


_profile = Memo(_read_profile)
_latest_paths: Latest[frozenset[str]] = Latest()


def training_paths(view: "View") -> frozenset[str]:
    """Product files that fit a model in a notebook cell, at their top level or under `__main__`, or that are run as a
    script and fit somewhere inside, be it in an own class."""
    run = frozenset([file.path for file in view.entry_points])
    rests_on = (tuple(map(_profile, view.product)), run, imports_by_path(view))
    return _latest_paths(rests_on, lambda: _training_paths(view, run))


def _training_paths(view: "View", run: frozenset[str]) -> frozenset[str]:
    return frozenset(
        file.path
        for file in view.product
        if _profile(file).fits_when_run
        or (file.path in run and (starts_training(view, file) or fit_reached(view, file) is not None))
    )


# ---------------------------------------------------------------- by a class of its own


def _fitting_methods(file: PythonFile) -> frozenset[str]:
    """Those of METHODS that a class of this file defines and fits a model in."""
    if not file.product or not file.alg or not trains_inside(file.facts):
        return frozenset()
    classes = {item.name for item in file.facts.classes}
    scopes = {call.scope for call in calls_of(file.facts, "FIT")}
    pairs = [scope.rpartition(".") for scope in scopes]
    return frozenset(method for owner, _, method in pairs if owner in classes and method in METHODS)


def _called_methods(file: PythonFile) -> frozenset[str]:
    """Those of METHODS that the file calls on an object other than a network or its own."""
    return frozenset([method for call in _telling_to_train(file.facts) if (method := _method(call))])


def _method(call: Call) -> str:
    owner, _, method = call.name.rpartition(".")
    if method not in METHODS or (owner and "(" not in owner) or knowledge.in_library(call.name, "ALG"):
        return ""
    bare = not call.arguments and not call.keywords
    return "" if bare and call.receiver.rpartition(".")[2].lower().endswith((*NETWORKS, "self")) else method


_telling_to_train = calls_where(lambda name: name.rpartition(".")[2] in METHODS)
_fitting = Memo(_fitting_methods)
_called = Memo(_called_methods)


def starts_training(view: "View", file: PythonFile) -> bool:
    """Whether a file that something runs calls `train` or `fit` of an own class that it imports, at most by way of one
    other module, and that fits a model there."""
    called = _called(file)
    if not called:
        return False
    imports = imports_by_path(view)
    near = imports[file.path]
    reached = near.union(*(imports[path] for path in sorted(near)))
    return any(other.path in reached and not called.isdisjoint(_fitting(other)) for other in view.product)
