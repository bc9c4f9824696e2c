"""Where running a file comes to fit a model: by itself, through what it imports, or by a class of the component's own
(`Model(...).train()` in a script, the fit in a base class)."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from scoring import knowledge
from scoring.analyses.calls import calls_of
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.modules import imported, imports_by_path
from scoring.analyses.python_file import PythonFile, trains_inside
from scoring.analyses.training_classes import called_methods, fitting_methods, starts_training
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
TRAINS = re.compile(
    r"(?:(?:run|start|do)_)?(?:train|training|fit)"
    r"(?:_(?!(?:x|y|df|ds|dl|data\w*|loaders?|sets?|transforms?|test|val\w*|idx|ind\w+|size|split|batch\w*|images?|labels?|features?"
    r"|path|dir|file|config|args|mode|steps?|epochs?|sampler|resampled?|predict)(?:_|$))\w+)?$"
)
"""Functions of the component's own that train, by their names."""
_IN_AIRFLOW = ("operators.python", "operators.python_operator", "providers.standard.operators.python")
STEPS = frozenset(
    ("kedro.pipeline.node", "kedro.pipeline.Node", "fire.Fire", "fire.core.Fire", "typer.run")
) | frozenset([f"airflow.{where}.PythonOperator" for where in _IN_AIRFLOW])
"""Calls by which a file hands functions to a scheduler, or to a command line, which then runs them."""
STEP_MARKS = frozenset(
    {(module, "dag") for module in ("airflow.decorators", "airflow.sdk")}
    | {("prefect", "flow"), ("dagster", "asset"), ("dagster", "job")}
)
"""(module, name) of what marks functions as steps."""


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


def fitted_in(view: "View") -> str:
    """The first file of the product that fits a model of a learning library, whatever runs it; "" where none does."""
    fitting = [file for file in view.product if file.alg and trains_inside(file.facts)]
    return next((file.path for file in fitting if fits_of(file)), "")


def fit_reached(view: "View", file: PythonFile, fits: FitsOf = fits_of) -> Fit | None:
    """The fit that a script comes to by way of what it imports: inside a function that it imports by name or, where
    its own name says that it trains, in a module at most three imports away."""
    parts = frozenset(words_of(stem_of(file.path)))
    if parts & NAMES.other or file.is_notebook:
        return None
    found = _imported_fit(view, file, fits) or _named_fit(view, file, fits)
    if found is None and hands_over(file):
        found = _class_fit(view, file, fits)
    return _nearest(view, file, fits) if found is None and parts & NAMES.training else found


def calls_training(view: "View", file: PythonFile) -> bool:
    """Whether the file imports by name a function of the component in which a model is fitted."""
    return _imported_fit(view, file, fits_of) is not None


def _imported_fit(view: "View", file: PythonFile, fits: FitsOf) -> Fit | None:
    """The fit inside a function that the file imports by name, or calls by its module's."""
    functions = _fitting_functions(view, fits)
    own = imports_by_path(view)[file.path]
    if functions.keys().isdisjoint(own):
        return None
    near = functions.keys() & own
    names = {item.name for item in file.facts.imports if item.name}
    called = _of_modules(file)
    for path in sorted(near):
        for name, fit in functions[path].items():
            if name in names or f"{stem_of(path)}.{name}" in called:
                return fit
    return None


_of_modules: Memo[PythonFile, frozenset[str]] = Memo(
    lambda file: frozenset([".".join(call.name.split(".")[-2:]) for call in file.facts.calls if "(" not in call.name])
)
"""The last two parts of what it calls: a function by its module's name."""


def _read_verbs(file: PythonFile) -> frozenset[str]:
    imports = file.facts.imports
    named = [item.module.rpartition(".")[2] for item in imports if item.name and TRAINS.match(item.name)]
    modules = {(item.name or item.module).rpartition(".")[2] for item in imports}
    called = [text.partition(".")[::2] for text in _of_modules(file)]
    return frozenset([*named, *(module for module, name in called if module in modules and TRAINS.match(name))])


_verbs: Memo[PythonFile, frozenset[str]] = Memo(_read_verbs)
"""Ends of the modules of which it imports a function named after training, or calls one by the module's name."""


def _class_fit(view: "View", file: PythonFile, fits: FitsOf) -> Fit | None:
    """The fit in a method of a class that the file imports by name, to hand it on whole."""
    names, by_path = {item.name for item in file.facts.imports if item.name}, view.product_by_path
    for path in sorted(imports_by_path(view)[file.path]):
        for fit in fits(by_path[path]) if path in by_path else ():
            if fit.scope.partition(".")[0] in names:
                return fit
    return None


def _named_fit(view: "View", file: PythonFile, fits: FitsOf) -> Fit | None:
    """The first fit in a module of which the file imports a function named after training, or in one it imports."""
    stems, imports, by_path = _verbs(file), imports_by_path(view), view.product_by_path
    for path in sorted(imports[file.path]) if stems else ():
        if stem_of(path) in stems:
            for near in (path, *sorted(imports.get(path, ()))):
                if near in by_path and trains_inside(by_path[near].facts) and (found := fits(by_path[near])):
                    return found[-1]
    return None


_classes: Memo[PythonFile, frozenset[str]] = Memo(lambda file: frozenset([item.name for item in file.facts.classes]))


@lru_cache(maxsize=2)
def _fitting_functions(view: "View", fits: FitsOf) -> dict[str, dict[str, Fit]]:
    """Path -> function at the top of the module -> its first fit, by line, be it in a function inside; few modules have
    any."""
    found: dict[str, dict[str, Fit]] = {}
    for file in view.product:
        for fit in fits(file):
            outer = fit.scope.partition(".")[0]
            if outer and outer not in _classes(file):
                found.setdefault(file.path, {}).setdefault(outer, fit)
    aside = [path for path in found if not NAMES.other.isdisjoint(words_of(stem_of(path)))]
    for path in aside:
        found[path] = {name: fit for name, fit in found[path].items() if TRAINS.match(name)}
    return found


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
    hands_over: bool
    names: frozenset[str]
    """Imported, and the last two parts of what is called."""
    verbs: frozenset[str]
    classes: frozenset[str]
    """Its classes in which a fit stands: what is imported of the same name is a function elsewhere."""
    alg: bool
    trains_inside: bool


def _read_profile(file: PythonFile) -> _Profile:
    fits = fits_of(file)
    return _Profile(
        path=file.path,
        is_notebook=file.is_notebook,
        fits_when_run=file.alg and file.trains and bool(fits),
        fits=tuple([fit.scope for fit in fits]),
        called=called_methods(file),
        fitting=fitting_methods(file),
        hands_over=hands_over(file),
        names=_of_modules(file).union([item.name for item in file.facts.imports]),
        verbs=_verbs(file),
        classes=_classes(file).intersection([fit.scope.partition(".")[0] for fit in fits]),
        alg=file.alg,
        trains_inside=trains_inside(file.facts),
    )


_profile = Memo(_read_profile)
_latest_paths: Latest[frozenset[str]] = Latest()


def training_paths(view: "View") -> frozenset[str]:
    """Product files that fit a model in a notebook cell, at their top level or under `__main__`, or that are run as a
    script and fit somewhere inside, be it in an own class."""
    imports = imports_by_path(view)
    used = imported(view)
    begun = [file for file in view.product if hands_over(file) or (_acts(file) and file.path not in used)]
    run = frozenset([file.path for file in (*view.entry_points, *begun)])
    rests_on = (tuple(map(_profile, view.product)), run, imports)
    return _latest_paths(rests_on, lambda: _training_paths(view, run))


def _training_paths(view: "View", run: frozenset[str]) -> frozenset[str]:
    return frozenset(
        file.path
        for file in view.product
        if _profile(file).fits_when_run
        or (file.path in run and (starts_training(view, file) or fit_reached(view, file) is not None))
        or (_profile(file).hands_over and file.alg and bool(fits_of(file)))
    )


hands_over: Memo[PythonFile, bool] = Memo(
    lambda file: (
        any(call.name in STEPS for call in file.facts.calls)
        or any((item.module, item.name) in STEP_MARKS for item in file.facts.imports)
    )
)
"""Whether it hands functions to a scheduler or a command line."""
_acts: Memo[PythonFile, bool] = Memo(lambda file: file.facts.acts and not file.is_notebook)
"""Whether it does something at its top, as a script without `__main__`."""
