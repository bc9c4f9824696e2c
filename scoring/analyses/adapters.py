"""Whether an interface of the component's own stands before its models (glu.3): a base class with implementations, a
registry, a function that picks one of several, or a setting that names the class."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.memo import Latest, Memo
from scoring.analyses.placing import placed
from scoring.analyses.plugs import Plugs, last_of, plugs_of
from scoring.analyses.training import words_of
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import Call, ConfigFacts
from scoring.findings import Answer, Hit, Measure, NotApplicable
from scoring.knowledge.estimators import ANY_MODEL, made_model
from scoring.knowledge.plugs import (
    CONFIGURED,
    ENTERED,
    IMPORTS,
    INSTANTIATE,
    MADE,
    MAKERS,
    MODELS,
    REGISTER,
    TARGET,
    VERBS,
)

_NO_MODEL = re.compile(r"Feature|Transform|Process|Data(?!base)|Loader|Sampler|Split|Metric|Callback|Loss|Scal|Encod")
"""In the name of a base class: what derives from it prepares data or judges, and fits without being a model."""
ENOUGH = 2
"""Implementations, entries or choices that make an interface of what is one class otherwise."""


class _Parts(NamedTuple):
    """What one file holds of an interface. Implementations know a library; what they share may know none."""

    defined: tuple[str, ...]
    """Classes, without those around them."""
    bases: tuple[tuple[str, str], ...]
    """(base, class that derives from it), without their modules, where the file imports an algorithm library."""
    acting: tuple[str, ...]
    """Classes that train or predict."""
    entered: tuple[str, ...]
    """Decorators that enter something into a registry of models, once for each place."""
    makers: tuple[tuple[str, tuple[str, ...]], ...]
    """Functions that make models by their names, with what they make."""
    instantiates: bool
    """It makes objects of classes that a setting names."""


def _read_parts(file: PythonFile) -> _Parts:
    facts = file.facts
    classes = facts.classes if file.alg else ()
    bases = [(last_of(base), last_of(item.name)) for item in classes for base in item.bases]
    acting = [last_of(item.owner) for item in facts.functions if item.owner and item.name in VERBS]
    decorators = [item.decorators for item in facts.classes if item.decorators]
    decorators += [item.decorators for item in facts.functions if item.decorators]
    makers = [f"{item.owner}.{item.name}".lstrip(".") for item in facts.functions if _names_a_maker(item.name)]
    configured = any(item.module.partition(".")[0] in CONFIGURED for item in facts.imports)
    instantiates = configured and any(call.name in INSTANTIATE for call in facts.calls)
    return _Parts(
        tuple([last_of(item.name) for item in facts.classes]),
        tuple(bases),
        tuple(acting),
        tuple([name for names in decorators for name in names if _enters(name)]),
        tuple([(scope, made) for scope in makers if (made := _made_in(facts.calls, scope))]),
        instantiates,
    )


@lru_cache(maxsize=1 << 14)
def _names_a_maker(name: str) -> bool:
    first, _, rest = name.lstrip("_").partition("_")
    return first in MAKERS and not MADE.isdisjoint(rest.split("_"))


def _enters(decorator: str) -> bool:
    return (
        "egist" in decorator and REGISTER.search(decorator) is not None and not ENTERED.isdisjoint(words_of(decorator))
    )


def _made_in(calls: Iterable[Call], scope: str) -> tuple[str, ...]:
    """What a function makes; "*" where that is one of several models of a library, or what it is told to import."""
    inside = [call.name for call in calls if call.scope == scope]
    library = {made_model(name) for name in inside} - ANY_MODEL - {""}
    if len(library) >= ENOUGH or any(name in IMPORTS for name in inside):
        return ("*",)
    return tuple([last_of(name) for name in inside if "(" not in name])


_parts = Memo(_read_parts)


def _targets(file: InPlace[ConfigFacts]) -> bool:
    """Whether a setting names the class of a model."""
    place = frozenset(words_of(file.entry.path))
    return any(
        setting.key.endswith(TARGET)
        and not MODELS.isdisjoint(place.union(words_of(setting.key), _classes(setting.value)))
        for setting in file.facts.settings
    )


def _classes(value: str) -> tuple[str, ...]:
    return words_of(value.rpartition(".")[0])


_targets_in = Memo(_targets)
_latest: Latest[str] = Latest()
_latest_answer: Latest[Answer] = Latest()


def adapter(view: View) -> Answer:
    """1 where an interface stands before the models, 0 where several files build them and none does."""
    plugs, kind = plugs_of(view), adapter_kind(view)
    return _latest_answer((plugs, kind), lambda: _answer(view, plugs, kind))


def _answer(view: View, plugs: Plugs, kind: str) -> Answer:
    repeated = frozenset([name for name, _ in plugs.repeated])
    if kind:
        return Measure(1.0, max(1, len(plugs.built)), note=kind)
    places = [item for item in plugs.built if not repeated.isdisjoint(item.library)]
    if not places or not plugs.wide:
        return NotApplicable("no model of a library is built in many places")
    first = places[0]
    name, line, scope = next(place for place in first.places if place[0] in repeated & first.library)
    hit = Hit(
        line=line,
        key="adapter",
        symbol=scope,
        message=f"{len(places)} files build models of a library directly, {name} in this one: no base class of the "
        "component's own with two implementations, no registry and no configured target stands before them.",
        evidence={"files": len(places)},
    )
    return Measure(0.0, len(places), (placed(hit, view.product_by_path[first.path]),))


@lru_cache(maxsize=1)
def adapter_kind(view: View) -> str:
    """The interface that stands before the models, in words; "" where none was seen."""
    parts = tuple([_parts(file) for file in view.product])
    targets = any(item.instantiates for item in parts) and any(map(_targets_in, view.configs))
    own = plugs_of(view).own
    return _latest((parts, targets, own), lambda: _kind(parts, targets, own))


def _kind(parts: Iterable[_Parts], targets: bool, own: frozenset[str]) -> str:
    """In words, "" without one."""
    if base := _base(parts):
        return f"the base class {base}"
    entries = Counter(name for item in parts for name in item.entered)
    if entered := sorted([name for name, count in entries.items() if count >= ENOUGH]):
        return f"the registry behind {entered[0]}"
    if maker := _maker(parts, own):
        return f"the function {maker}"
    return "a configured target" if targets else ""


def _base(parts: Iterable[_Parts]) -> str:
    """A class of the component's own from which two others derive, that or one of which trains or predicts."""
    derived: dict[str, set[str]] = {}
    for base, name in [pair for item in parts for pair in item.bases]:
        derived.setdefault(base, set()).add(name)
    defined = {name for item in parts for name in item.defined}
    acting = {name for item in parts for name in item.acting}
    found = [
        base
        for base, names in derived.items()
        if base in defined and len(names - {base}) >= ENOUGH and not acting.isdisjoint(names | {base})
        if not base.endswith("Mixin") and not _NO_MODEL.search(base)
    ]
    return min(found, key=lambda base: (-len(derived[base]), base), default="")


def _maker(parts: Iterable[_Parts], own: frozenset[str]) -> str:
    for item in parts:
        for scope, made in item.makers:
            if "*" in made or (own.isdisjoint(scope.split(".")) and len(own.intersection(made)) >= ENOUGH):
                return scope
    return ""
