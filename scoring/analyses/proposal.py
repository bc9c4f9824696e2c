"""What a repository's code tells of a debtboard.toml that nobody has written yet, each guess with its evidence.

A guess is stated where the code shows it, and only mentioned where it may be: training in examples and notebooks, and
in a library, whose users own the models. Nothing here is scored.
"""

from typing import NamedTuple

from scoring import knowledge
from scoring.analyses.declarations import declarations
from scoring.analyses.declared import place_of
from scoring.analyses.modules import SOURCE_ROOTS
from scoring.analyses.proposed_data import Outputs, Proposed, aliases, consumers, outputs_of, registered_name
from scoring.analyses.published import is_library
from scoring.analyses.training import stem_of, words_of
from scoring.analyses.training_points import ASIDE, TrainingPoint, family, training_points
from scoring.analyses.view import PythonFile, View
from scoring.facts import PythonFacts
from scoring.knowledge.proposals import NAMES

MAX_COMPONENTS = 50
MAX_MODELS = 200


class ProposedComponent(NamedTuple):
    path: str
    profile: str
    evidence: str


class ProposedModel(NamedTuple):
    name: str
    entry_point: str
    evidence: str
    outputs: Outputs
    stated: bool
    """Whether it is to be declared; otherwise it is only mentioned."""


def components(view: View) -> tuple[ProposedComponent, ...]:
    """The repository itself, or where several folders of it declare packages of their own and hold model code, each of
    those, and the repository too where model code lies outside of them; by path."""
    files = [file for file in view.product if file.alg and not file.roles & ASIDE]
    places = sorted({_without_source_root(place_of(path)) for path in declarations(view).files} - {""})
    held = [place for place in places if any(file.path.startswith(place + "/") for file in files)]
    inner = tuple(place for place in held if not any(place.startswith(other + "/") for other in held))
    if len(inner) < 2:
        return (_component(view, "", ()),)
    outside = any(not file.path.startswith(tuple(place + "/" for place in inner)) for file in files)
    paths = [*([""] if outside else []), *inner]
    return tuple(_component(view, path, inner if not path else ()) for path in paths[:MAX_COMPONENTS])


def _without_source_root(place: str) -> str:
    """The folder above one that packaging maps to the import root: "services/a" of "services/a/src"."""
    above, _, last = place.rpartition("/")
    return above if last + "/" in SOURCE_ROOTS else place


def _component(view: View, path: str, but: tuple[str, ...]) -> ProposedComponent:
    """The component at a path, without what belongs to the components inside it."""

    def mine(other: str) -> bool:
        inside = not path or other.startswith(path + "/")
        return inside and not other.startswith(tuple(place + "/" for place in but))

    if not path and is_library(view):
        return ProposedComponent(path, "library", "it is published as a package, or its README says how to install it")
    for file in view.product:
        if mine(file.path) and not file.roles & {"example"} and (line := _serving_line(file.facts)):
            return ProposedComponent(path, "production", f"{file.path}:{line} serves it")
    image = next(
        (entry.path for entry, facts in view.docker if mine(entry.path) and facts.images and _ships(entry.path)), ""
    )
    if image:
        return ProposedComponent(path, "production", f"{image}:1 builds an image of it")
    ml = [file for file in view.ml if mine(file.path)]
    shown = sum(bool(file.is_notebook) for file in ml)
    if ml and shown * 2 >= len(ml):
        return ProposedComponent(path, "prototype", f"{shown} of {len(ml)} files with data or model code are notebooks")
    if not any(mine(file.path) for file in view.tests) and not any(facts.runs_tests for _, facts in view.ci):
        return ProposedComponent(path, "prototype", "no tests, no image and no service was found")
    return ProposedComponent(path, "production", "nothing says that it is a prototype or a library")


def _ships(path: str) -> bool:
    """Whether an image file is for running it elsewhere, and not the desk of whoever develops it."""
    return "devcontainer" not in path


def _serving_line(facts: PythonFacts) -> int:
    return next(
        (item.line for item in facts.imports if item.level == 0 and knowledge.in_library(item.module, "SERVE")), 0
    )


# ---------------------------------------------------------------- models


def models(view: View) -> tuple[ProposedModel, ...]:
    """The models that the code trains, by name; those that are only shown or tried come unstated."""
    points = training_points(view)
    run = any(not point.aside for point in points)
    library = is_library(view)
    found: dict[str, ProposedModel] = {}
    for point in points:
        stated = not library and not (point.aside and run)
        for model in _of(view, point, stated):
            found[_free(model.name, model.entry_point, found)] = model
    named = (model._replace(name=name) for name, model in sorted(found.items()))
    return tuple(named)[:MAX_MODELS]


def _of(view: View, point: TrainingPoint, stated: bool) -> list[ProposedModel]:
    """The model of an entry point, or each of the models that it trains."""
    path, fit = point.file.path, point.fit
    fits = f"{fit.path}:{fit.line} {_fits_what(fit.name)}"
    heirs = family(view, fit)
    if heirs:
        return [
            ProposedModel(_heir_name(name), path, f"class {name} at {place}:{line}; {fits}", Outputs((), ()), stated)
            for name, place, line in heirs
        ]
    outputs = outputs_of(view, point.file, {fit.path, *point.also})
    registered = registered_name(view, point.file, {fit.path, *point.also})
    name = registered.text or _name(view, point.file, outputs)
    evidence = f"{fits}; {registered.evidence} names it" if registered.text else fits
    if point.also:
        evidence += f"; {', '.join(point.also)} trains it too"
    return [ProposedModel(name, path, evidence, outputs, stated)]


def _fits_what(name: str) -> str:
    owner, _, method = name.rpartition(".")
    return f"fits {owner.removesuffix('()')}" if owner and "(" not in owner[:-2] else f"calls {method}"


def _heir_name(name: str) -> str:
    parts = words_of(name)
    return "_".join(parts[:-1] if len(parts) > 1 and parts[-1] in NAMES.generic else parts)


def _name(view: View, file: PythonFile, outputs: Outputs) -> str:
    """A name for the model: of its file, of its saved file, of the folder, of the project; in that order."""
    folders = file.path.split("/")[:-1]
    saved = [stem_of("/" + item.text) for item in outputs.files]
    projects = sorted(declarations(view).projects) if len(folders) < 2 else []
    for text in (stem_of(file.path), *saved, *reversed(folders), *projects):
        parts = [part for part in words_of(text) if part not in NAMES.training | NAMES.generic]
        if parts and not all(part.isdigit() for part in parts):
            return "_".join(parts)
    return "model"


def _free(name: str, entry_point: str, taken: dict[str, ProposedModel]) -> str:
    """The name, or where another model has it, the name with the entry point's folder, then with a number."""
    if name not in taken:
        return name
    folder = "_".join(words_of(entry_point.rpartition("/")[0].rpartition("/")[2]))
    if folder and f"{name}_{folder}" not in taken:
        return f"{name}_{folder}"
    return next(text for number in range(2, MAX_MODELS * 10) if (text := f"{name}_{number}") not in taken)


class Proposal(NamedTuple):
    """All that `debtboard init` proposes."""

    components: tuple[ProposedComponent, ...]
    models: tuple[ProposedModel, ...]
    consumers: tuple[tuple[str, tuple[Proposed, ...], str], ...]
    """(what is written, who reads it, who writes it)"""
    aliases: tuple[Proposed, ...]


def propose(view: View) -> Proposal:
    """What the component's code tells; the same for the same files."""
    return Proposal(components(view), models(view), consumers(view), aliases(view))
