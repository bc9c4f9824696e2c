"""Where models are trained, told more widely than by `View.training`: what is run, and fits a model somewhere below.

A file fits a model where it calls a fit that does more than prepare data. It is an entry point where running it does
so: by itself, through a function that it imports, or, where its name says that it trains, through modules it imports.
"""

import re
from typing import NamedTuple

from scoring import knowledge
from scoring.analyses.modules import imports_of, module_paths
from scoring.analyses.view import PythonFile, View
from scoring.facts import Call
from scoring.knowledge.proposals import NAMES

REACH = 3
"""How many imports a file that is called after training may lie away from the fit."""

ASIDE = frozenset({"example", "notebook", "research"})
"""Roles of files whose training is shown or tried, not run."""


class Fit(NamedTuple):
    """A call that fits a model."""

    path: str
    line: int
    name: str
    scope: str


class TrainingPoint(NamedTuple):
    """A file that is run and trains."""

    file: PythonFile
    fit: Fit
    also: tuple[str, ...] = ()
    """Files that train the same model: the one it imports, the notebook of the same name."""

    @property
    def aside(self) -> bool:
        return bool(self.file.roles & ASIDE)


def words_of(name: str) -> tuple[str, ...]:
    """The parts of a name in lower case: "trainAML_v2" -> ("train", "aml", "v2")."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return tuple(part.lower() for part in re.split(r"[^A-Za-z0-9]+", spaced) if part)


def stem_of(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def training_points(view: View) -> tuple[TrainingPoint, ...]:
    """Every file that is run and trains, by path; of those that train one model together the outermost."""
    fits = {file.path: found for file in view.product if (found := _fits(file))}
    points: dict[str, TrainingPoint] = {}
    run = {file.path for file in view.entry_points}
    for file in view.product:
        if (fit := _reached(view, file, fits, file.path in run)) is not None:
            points[file.path] = TrainingPoint(file, fit)
    return _joined(view, points)


def _fits(file: PythonFile) -> tuple[Fit, ...]:
    """The calls of a file that fit a model, by line."""
    calls = (call for call in file.facts.calls if knowledge.is_call(call.name, "FIT") and not _prepares(call))
    return tuple(Fit(file.path, call.line, call.name, call.scope) for call in calls)


def _prepares(call: Call) -> bool:
    """Whether a fit only prepares data, or is a step of a larger one."""
    owner, _, method = call.name.rpartition(".")
    receiver = call.receiver.rpartition(".")[2].lower()
    return (
        method in NAMES.preparing_methods
        or call.name in NAMES.preparing
        or receiver in NAMES.preparing_receivers
        or any(receiver.endswith("_" + word) for word in NAMES.preparing_receivers)
        or _is_preparer(owner)
    )


def _is_preparer(owner: str) -> bool:
    """A class of the repository's own that is called after preparing: "app.data.CustomPreprocessor()"."""
    parts = words_of(owner.removesuffix("()").rpartition(".")[2])
    return owner.endswith("()") and bool(parts) and parts[-1] in NAMES.preparing_receivers


def _reached(view: View, file: PythonFile, fits: dict[str, tuple[Fit, ...]], run: bool) -> Fit | None:
    """The fit that running the file comes to."""
    own = fits.get(file.path, ())
    parts = frozenset(words_of(stem_of(file.path)))
    about_else = bool(parts & NAMES.other)
    if own and file.alg and (run or file.is_notebook or any(not fit.scope for fit in own)):
        return None if about_else and not parts & NAMES.training else _telling(own)
    if not run or about_else or file.is_notebook:
        return None
    imported = _imported_fit(view, file, fits)
    if imported is None and parts & NAMES.training:
        imported = _nearest(view, file, fits)
    return imported


def _telling(fits: tuple[Fit, ...]) -> Fit:
    """The fit that says most: one with a name of its own before a bare `.backward`."""
    return next((fit for fit in fits if not fit.name.endswith("backward")), fits[0])


def _imported_fit(view: View, file: PythonFile, fits: dict[str, tuple[Fit, ...]]) -> Fit | None:
    """The fit inside a function that the file imports by name."""
    names = {item.name for item in file.facts.imports if item.name}
    for path in sorted(imports_of(view, file)):
        if NAMES.other.intersection(words_of(stem_of(path))):
            continue
        for fit in fits.get(path, ()):
            if fit.scope and "." not in fit.scope and fit.scope in names:
                return fit
    return None


def _nearest(view: View, file: PythonFile, fits: dict[str, tuple[Fit, ...]]) -> Fit | None:
    """The first fit within reach of the file's imports, nearest modules first."""
    by_path = {other.path: other for other in view.python}
    seen, layer = {file.path}, {file.path}
    for _ in range(REACH):
        layer = {
            path for start in sorted(layer) if start in by_path for path in imports_of(view, by_path[start])
        } - seen
        seen |= layer
        for path in sorted(layer):
            if path in fits:
                return fits[path][-1]
    return None


def _joined(view: View, points: dict[str, TrainingPoint]) -> tuple[TrainingPoint, ...]:
    """Points without those that another one imports, and without the second of a script and its notebook."""
    inner = {path for point in points.values() for path in imports_of(view, point.file) if path in points}
    kept = {path: point for path, point in points.items() if path not in inner}
    twins = {path for path in kept if path.endswith(".ipynb") and path.removesuffix(".ipynb") + ".py" in kept}
    found = []
    for path, point in sorted(kept.items()):
        if path not in twins:
            also = {other for other in imports_of(view, point.file) if other in inner}
            also |= {twin for twin in twins if twin.removesuffix(".ipynb") == path.removesuffix(".py")}
            found.append(point._replace(also=tuple(sorted(also))))
    return tuple(found)


# ---------------------------------------------------------------- several models behind one entry point

MAX_FAMILY = 60


def family(view: View, fit: Fit) -> tuple[tuple[str, str, int], ...]:
    """(class, path, line) of the classes that inherit the method in which the fit stands and have no heirs, by name:
    each is a model. Empty where fewer than two do."""
    base = fit.scope.partition(".")[0]
    heirs = _heirs(view)
    if "." not in fit.scope or not heirs.get((fit.path, base)):
        return ()
    leaves: dict[tuple[str, str], int] = {}
    waiting, seen = [(fit.path, base)], {(fit.path, base)}
    while waiting:
        for path, name, line in heirs.get(waiting.pop(), ()):
            if (path, name) not in seen:
                seen.add((path, name))
                waiting.append((path, name))
                if not heirs.get((path, name)) and not name.startswith("_"):
                    leaves[path, name] = line
    found = sorted((name, path, line) for (path, name), line in leaves.items())
    return tuple(found) if 2 <= len(found) <= MAX_FAMILY else ()


def _heirs(view: View) -> dict[tuple[str, str], list[tuple[str, str, int]]]:
    """(path, class) -> the classes that name it as a base."""
    modules = module_paths(view)
    found: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    for file in view.product:
        own = {item.name for item in file.facts.classes}
        for item in file.facts.classes:
            for base in item.bases:
                module, _, name = base.rpartition(".")
                place = (file.path, base) if base in own else (modules.get(module, ""), name)
                if place[0]:
                    found.setdefault(place, []).append((file.path, item.name, item.line))
    return found
