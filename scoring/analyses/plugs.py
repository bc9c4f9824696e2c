"""Where models are built (glu.1): the files that an algorithm of another kind would have to be written into."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.memo import Latest, Memo
from scoring.analyses.placing import placed
from scoring.analyses.python_file import trains_inside
from scoring.analyses.view import PythonFile, View, once
from scoring.facts import Call
from scoring.findings import Answer, Hit, Measure, NotApplicable, badness
from scoring.knowledge import MODEL_BASES, in_library
from scoring.knowledge.estimators import ANY_MODEL, NO_MODELS, made_model

SPREAD = (0.15, 0.6)
"""Good and bad anchor of glu.1: up to the good one no place is named."""


def last_of(name: str) -> str:
    """A dotted name without its modules and classes."""
    return name.rpartition(".")[2]


class Profile(NamedTuple):
    """What of one file the plugs rest on."""

    path: str
    is_notebook: bool
    fits: bool
    library: tuple[Call, ...]
    """Calls that make a model of a library."""
    own: tuple[Call, ...]
    """Calls of what may be a class of the component's own."""
    classes: tuple[tuple[str, tuple[str, ...]], ...]
    """Name and bases, those of the component's own without their modules."""


def _read_profile(file: PythonFile) -> Profile:
    """One look at each call: most are of methods, or of functions that make nothing."""
    facts = file.facts
    library: list[Call] = []
    own: list[Call] = []
    for call in facts.calls:
        name = call.name
        if "(" in name:
            continue
        last = name.rfind(".") + 1
        if file.alg and made_model(name):
            library.append(call)
        elif name[last : last + 1].isupper() and not name.endswith(NO_MODELS) and not in_library(name, "ALG"):
            own.append(call)
    classes = tuple([(last_of(item.name), tuple(map(_base, item.bases))) for item in facts.classes])
    return Profile(file.path, file.is_notebook, trains_inside(facts), tuple(library), tuple(own), classes)


def _base(name: str) -> str:
    return name if name in MODEL_BASES else last_of(name)


profile_of = Memo(_read_profile)


class Built(NamedTuple):
    """A file that builds models itself: the first place, and what it builds, in the order of the source."""

    path: str
    line: int
    symbol: str
    names: tuple[str, ...]
    library: tuple[str, ...]
    """Those of a library."""


class Plugs(NamedTuple):
    files: int
    """ML files that the component runs; a notebook is one where a command runs it, and else a place to try things."""
    built: tuple[Built, ...]
    """Those that build models, by path."""
    own: frozenset[str]
    """Names of the component's own models."""
    classes: frozenset[str]
    """Names of all of its classes in those files."""
    repeated: tuple[tuple[str, int], ...]
    """(model, files that build it) of those that several build, the most first."""


_latest: Latest[Plugs] = Latest()


@lru_cache(maxsize=1)
def plugs_of(view: View) -> Plugs:
    """Which of the ML files build models."""
    run = frozenset([file.path for file in view.entry_points if file.is_notebook])
    profiles = tuple([profile_of(file) for file in once([file for file in view.ml if file.is_runtime])])
    return _latest((profiles, run), lambda: _plugs(profiles, run))


def _plugs(profiles: Sequence[Profile], run: frozenset[str]) -> Plugs:
    own = own_models(profiles)
    counted = [item for item in profiles if not item.is_notebook or item.path in run]
    built = tuple([found for item in counted if (found := _built(item, own))])
    counts = Counter(name for item in built for name in item.names if name not in ANY_MODEL)
    repeated = sorted(
        [(name, count) for name, count in counts.items() if count > 1], key=lambda pair: (-pair[1], pair[0])
    )
    classes = frozenset([name for item in profiles for name, _ in item.classes])
    return Plugs(len(counted), built, own, classes, tuple(repeated))


def own_models(profiles: Iterable[Profile]) -> frozenset[str]:
    """Names of classes that derive from a model of a library, by way of others of the component too."""
    bases = [(name, of_class) for item in profiles for name, of_class in item.classes if of_class]
    found = set(MODEL_BASES)
    while more := {name for name, of_class in bases if name not in found and not found.isdisjoint(of_class)}:
        found |= more
    return frozenset(found - MODEL_BASES)


def _built(profile: Profile, own: frozenset[str]) -> Built | None:
    """What is built inside a model of the component's own is a part of that model; of its own models, those count that
    a file which fits builds."""
    calls = list(profile.library)
    if profile.fits:
        calls += [call for call in profile.own if last_of(call.name) in own]
    outside = sorted([call for call in calls if own.isdisjoint(call.scope.split("."))], key=lambda call: call.line)
    if not outside:
        return None
    library = dict.fromkeys([made_model(call.name) for call in outside if made_model(call.name)])
    names = dict.fromkeys([made_model(call.name) or last_of(call.name) for call in outside])
    return Built(profile.path, outside[0].line, outside[0].scope, tuple(names), tuple(library))


def spread(view: View) -> Answer:
    """Share of the ML files that build models; a single file that does is the plug itself."""
    plugs = plugs_of(view)
    return _latest_spread((plugs,), lambda: _spread(view, plugs))


_latest_spread: Latest[Answer] = Latest()


def _spread(view: View, plugs: Plugs) -> Answer:
    if not plugs.built:
        return NotApplicable("no file that builds a model was seen")
    if len(plugs.built) == 1:
        return Measure(0.0, plugs.files, note=f"{plugs.built[0].path} alone builds models")
    share = len(plugs.built) / plugs.files
    hits = [_hit(view, item, plugs) for item in plugs.built] if badness(share, SPREAD) > 0 else []
    return Measure(share, plugs.files, tuple([hit for hit in hits if hit]))


def _hit(view: View, item: Built, plugs: Plugs) -> Hit | None:
    """Of files that share a model: one that builds what no other does is the only one to change for it."""
    shared = next(((name, count) for name, count in plugs.repeated if name in item.names), None)
    if shared is None:
        return None
    name, files = shared
    others = "one other file" if files == 2 else f"{files - 1} other files"
    hit = Hit(
        line=item.line,
        key="model",
        symbol=item.symbol,
        message=f"This file builds {name} itself, and so {'does' if files == 2 else 'do'} {others}; to try another "
        f"algorithm in its place means to edit all {files}.",
        evidence={"models": ", ".join(item.names), "files": files},
    )
    return placed(hit, view.product_by_path[item.path])
