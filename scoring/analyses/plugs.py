"""Where models are built (glu.1): the files that an algorithm of another kind would have to be written into."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.calls import calls_where
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.modules import imports_by_path
from scoring.analyses.python_file import trains_inside
from scoring.analyses.view import PythonFile, View, once
from scoring.facts import Call
from scoring.findings import badness
from scoring.knowledge import MODEL_BASES, in_library
from scoring.knowledge.estimators import ANY_MODEL, NO_MODELS, PARTS, made_model

SPREAD = (0.15, 0.6)
"""Good and bad anchor of glu.1: up to the good one no place is named."""
SEVERAL = 2
"""Files that build one model before it stands in the way of another."""


def last_of(name: str) -> str:
    """A dotted name without its modules and classes."""
    return name.rpartition(".")[2]


class Profile(NamedTuple):
    """What of one file the plugs rest on."""

    path: str
    fits: bool
    library: tuple[Call, ...]
    """Calls that make a model of a library."""
    own: tuple[Call, ...]
    """Calls of what may be a class of the component's own."""
    classes: tuple[tuple[str, tuple[str, ...]], ...]
    """Name and bases, those of the component's own without their modules."""


def _read_profile(file: PythonFile) -> Profile:
    facts = file.facts
    made = models_made(facts) if file.alg else ()
    library = {id(call) for call in made}
    own = [call for call in _may_be_own(facts) if id(call) not in library]
    classes = tuple([(last_of(item.name), tuple(map(_base, item.bases))) for item in facts.classes])
    return Profile(file.path, trains_inside(facts), made, tuple(own), classes)


def _is_own(name: str) -> bool:
    """Whether it may make something of the component's own."""
    last = "" if "(" in name else last_of(name)
    return last[:1].isupper() and not name.endswith(NO_MODELS) and not in_library(name, "ALG")


models_made = calls_where(lambda name: bool(made_model(name)))
"""The calls that make a model of a library, by place."""
_may_be_own = calls_where(_is_own)


def _base(name: str) -> str:
    return name if name in MODEL_BASES else last_of(name)


profile_of = Memo(_read_profile)


class Built(NamedTuple):
    """A file that builds models itself."""

    path: str
    places: tuple[tuple[str, int, str], ...]
    """(model, line and scope of the first call that makes it), in the order of the source."""
    library: frozenset[str]
    """The models of a library among them."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple([name for name, _, _ in self.places])


class Plugs(NamedTuple):
    files: int
    """ML modules that the component runs; a notebook is a place to try things."""
    built: tuple[Built, ...]
    """Those that build models and share code with another that does, by path."""
    alone: tuple[str, ...]
    """Paths of the others that build models: each is the plug of its own program."""
    own: frozenset[str]
    """Names of the component's own models."""
    classes: frozenset[str]
    """Names of all of its classes in those files."""
    repeated: tuple[tuple[str, int], ...]
    """(model, files that build it) of those that half of these files build, two at least; the most first."""

    @property
    def share(self) -> float:
        """Of the ML modules."""
        return len(self.built) / self.files if self.files else 0.0

    @property
    def wide(self) -> bool:
        return badness(self.share, SPREAD) > 0


_latest: Latest[Plugs] = Latest()


@lru_cache(maxsize=1)
def plugs_of(view: View) -> Plugs:
    """Which of the ML files build models."""
    files = once([file for file in view.ml if file.is_runtime and not file.is_notebook])
    profiles = tuple([profile_of(file) for file in files])
    imports = imports_by_path(view)
    return _latest((profiles, imports), lambda: _plugs(profiles, imports))


def _plugs(profiles: Sequence[Profile], imports: Mapping[str, frozenset[str]]) -> Plugs:
    own = own_models(profiles)
    found = [found for item in profiles if (found := _built(item, own))]
    joined = sharing([item.path for item in found], imports)
    built = tuple([item for item in found if item.path in joined])
    counts = Counter(name for item in built for name in item.names if name not in ANY_MODEL and name not in PARTS)
    usual = [(name, count) for name, count in counts.items() if count >= SEVERAL and 2 * count >= len(built)]
    repeated = sorted(usual, key=lambda pair: (-pair[1], pair[0]))
    classes = frozenset([name for item in profiles for name, _ in item.classes])
    alone = tuple([item.path for item in found if item.path not in joined])
    return Plugs(len(profiles), built, alone, own, classes, tuple(repeated))


def sharing(paths: Sequence[str], imports: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Of the files, those that reach, or are reached by, code that another of them reaches: they are one program.
    Chapters of a book and samples share none."""
    by: dict[str, frozenset[str]] = {path: frozenset([path]) for path in paths}
    todo = list(paths)
    while todo:
        start = todo.pop()
        for path in imports.get(start, ()):
            known = by.get(path, frozenset())
            if len(known) < 2 and not by[start] <= known:
                by[path] = frozenset(sorted(known | by[start])[:2])  # of those that reach it, two say as much as all
                todo.append(path)
    importers: dict[str, list[str]] = {}
    for path in by:
        for imported in imports.get(path, ()):
            importers.setdefault(imported, []).append(path)
    shared = [path for path, known in by.items() if len(known) > 1]
    joined = set(shared)
    while shared:
        new = set(importers.get(shared.pop(), ())) - joined
        joined |= new
        shared += new
    return frozenset(joined.intersection(paths))


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
    first: dict[str, tuple[str, int, str]] = {}
    for call in outside:
        name = made_model(call.name) or last_of(call.name)
        first.setdefault(name, (name, call.line, call.scope))
    library = frozenset([name for call in outside if (name := made_model(call.name))])
    return Built(profile.path, tuple(first.values()), library)
