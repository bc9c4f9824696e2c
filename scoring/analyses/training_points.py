"""Where models are trained, for a declaration: the entry points of `View.training`, those of one model joined.

What a file's name says that it does besides (evaluate, export, tune) counts here: it trains, but not to be released.
"""

from typing import NamedTuple

from scoring.analyses.modules import imports_of, module_paths
from scoring.analyses.training import Fit, fit_reached, guessed_fits_of, hands_over, stem_of, words_of
from scoring.analyses.view import PythonFile, View
from scoring.knowledge.proposals import NAMES

ASIDE = frozenset({"example", "notebook", "research"})
"""Roles of files whose training is shown or tried, not run."""


class TrainingPoint(NamedTuple):
    """A file that is run and trains."""

    file: PythonFile
    fit: Fit
    also: tuple[str, ...] = ()
    """Files that train the same model: the one it imports, the notebook of the same name."""

    @property
    def aside(self) -> bool:
        return bool(self.file.roles & ASIDE)


def training_points(view: View) -> tuple[TrainingPoint, ...]:
    """Every file that is run and trains, by path; of those that train one model together the outermost."""
    points: dict[str, TrainingPoint] = {}
    run = {file.path for file in view.entry_points} | {file.path for file in view.product if hands_over(file)}
    for file in view.product:
        if (fit := _reached(view, file, file.path in run)) is not None:
            points[file.path] = TrainingPoint(file, fit)
    return _joined(view, points)


def _reached(view: View, file: PythonFile, run: bool) -> Fit | None:
    """The fit that running the file comes to."""
    own = guessed_fits_of(file)
    parts = frozenset(words_of(stem_of(file.path)))
    if own and file.alg and (run or file.is_notebook or any(not fit.scope for fit in own)):
        return None if parts & NAMES.other and not parts & NAMES.training else _telling(own)
    return fit_reached(view, file, guessed_fits_of) if run else None


def _telling(fits: tuple[Fit, ...]) -> Fit:
    """The fit that says most: one with a name of its own before a bare `.backward`."""
    return next((fit for fit in fits if not fit.name.endswith("backward")), fits[0])


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
