"""Which programs fix the random generators that they draw from (catalogue: rep.1, mls-14).

A program is a file that something runs, with the component's modules that it imports, and where none of them draws
those that they import. Its draws are their calls that take random numbers and carry no seed of their own; its seeds are
the calls that fix a whole generator. What stands in another module counts when the program names its function or class;
a random_state fixes its own call and no other.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from scoring import knowledge
from scoring.analyses.calls import calls_where
from scoring.analyses.memo import Memo
from scoring.analyses.modules import imports_by_path
from scoring.analyses.view import CodeFile, View
from scoring.facts import Call
from scoring.knowledge import Generator

SEEDING_HELPER = re.compile(
    r"^(?:set|fix|init|setup|make|enable)_?.*(?:seed|determinis)|^seed_|^(?:random|manual)_seeds?$", re.IGNORECASE
)
"""A helper of another package that seeds, by its name: set_random_seed, seed_everything, init_seeds, random_seed."""

STARTING = ("launch", "init", "setup", "configure", "start")
"""A call that sets up a framework takes the seed for all of it: launch_from_torch(seed=1)."""

EVERY_GENERATOR = frozenset(generator.name for generator in knowledge.GENERATORS)
NO_SEED = "None"

TREES = frozenset({"sklearn.tree.DecisionTreeClassifier", "sklearn.tree.DecisionTreeRegressor"})
"""A single tree that may use every feature, and splits at the best place, draws only between splits that are equally
good (scikit-learn's documentation of random_state); with max_features or splitter="random" it draws each split."""

SHOWN_NAMES = {
    "random": "Python's random",
    "numpy": "NumPy",
    "torch": "PyTorch",
    "tensorflow": "TensorFlow",
    "keras": "Keras",
}


class Draw(NamedTuple):
    """One call that draws random numbers and that nothing in the call itself fixes."""

    generator: str
    """The generator that would have to be seeded."""
    keyword: str
    """The argument that would fix this call alone, "" without one."""
    call: Call


class Seed(NamedTuple):
    """One call that fixes generators. `generators` is empty for a helper whose inside nobody has looked at."""

    scope: str
    name: str
    generators: frozenset[str]
    in_main: bool
    """Under `__main__`: not run where the file is imported."""


class Randomness(NamedTuple):
    """What one file draws and seeds."""

    draws_at_all: int
    """Calls that draw, those fixed by their own argument included."""
    draw_scopes: tuple[str, ...]
    """Where those calls stand that an import of the file may come to."""
    draws: tuple[Draw, ...]
    seeds: tuple[Seed, ...]


class OpenDraws(NamedTuple):
    """The draws of a program from one generator that it never seeds, in the order of its files and lines."""

    generator: str
    places: tuple[tuple[CodeFile, Draw], ...]


class Program(NamedTuple):
    draws_at_all: int
    unseeded: tuple[OpenDraws, ...]


def shown(generator: str) -> str:
    """A generator's name in a sentence."""
    return SHOWN_NAMES.get(generator, generator)


# ---------------------------------------------------------------- one file


def _read(file: CodeFile) -> Randomness:
    drawing = list(_drawing(_drawn(file.facts)))
    return Randomness(
        len(drawing),
        tuple(call.scope for call, _ in drawing if not call.in_main),
        tuple(
            Draw(generator.falls_back_to or generator.name, generator.keyword, call)
            for call, generator in drawing
            if not _fixed(call, generator)
        ),
        tuple(_seeding(_may_seed(file.facts))),
    )


randomness_of = Memo(_read)
"""CodeFile -> Randomness, by its blob."""


def _names(file: CodeFile) -> frozenset[str]:
    """Names by which it may run another module's function: what it imports and what it calls."""
    names = {call.name for call in file.facts.calls}
    return frozenset([item.name for item in file.facts.imports]).union(map(_last, names))


_named_in = Memo(_names)


def _drawing(calls: tuple[Call, ...]) -> Iterator[tuple[Call, Generator]]:
    for call in calls:
        generator = _generator_of(call.name)
        if generator is None:
            continue
        shuffle = next((value for name, value in call.keywords if name == "shuffle"), None)
        if call.name in TREES and not _splits_at_random(call):
            continue
        if shuffle == "False" or (shuffle is None and call.name in generator.draws_when_shuffled):
            continue
        yield call, generator


def _splits_at_random(call: Call) -> bool:
    keywords = dict(call.keywords)
    return "max_features" in keywords or keywords.get("splitter", "'best'") != "'best'"


@lru_cache(maxsize=1 << 14)
def _generator_of(name: str) -> Generator | None:
    return knowledge.drawn_generator(name)


def _fixed(call: Call, generator: Generator) -> bool:
    """Whether the call carries its own seed. Unpacked arguments may hold one, so they are not blamed."""
    keywords = dict(call.keywords)
    if "**" in keywords:
        return True
    if any(keywords.get(name, NO_SEED) != NO_SEED for name in (generator.keyword, "seed", "random_state") if name):
        return True
    return call.name in generator.seeded_by_argument and call.arguments > 0 and call.first != NO_SEED


def _seeding(calls: tuple[Call, ...]) -> Iterator[Seed]:
    for call in calls:
        known = _seeded_by(call.name)
        if known is not None and call.first != NO_SEED:
            yield Seed(call.scope, call.name, known, call.in_main)
        elif call.keywords and dict(call.keywords).get("seed", NO_SEED) != NO_SEED and _starts(call.name):
            yield Seed(call.scope, call.name, EVERY_GENERATOR, call.in_main)


@lru_cache(maxsize=1 << 14)
def _seeded_by(name: str) -> frozenset[str] | None:
    """The generators that a call of this name fixes; empty for an unknown helper named for it; None for any other."""
    known = knowledge.seeded_generators(name)
    if known:
        return known
    return frozenset() if SEEDING_HELPER.search(_last(name)) else None


def _starts(name: str) -> bool:
    return _last(name).lower().startswith(STARTING)


def _last(name: str) -> str:
    return name.removesuffix("()").rpartition(".")[2]


_drawn = calls_where(lambda name: _generator_of(name) is not None)
_may_seed = calls_where(lambda name: _seeded_by(name) is not None or _starts(name))


# ---------------------------------------------------------------- a program


def parts_of(view: View, file: CodeFile) -> tuple[CodeFile, ...]:
    """A program's files: itself, then the component's modules that it imports, by path."""
    known = view.python_by_path
    return (file, *(known[path] for path in sorted(imports_by_path(view)[file.path]) if path in known))


def program_of(view: View, file: CodeFile) -> Program:
    """What the program that starts at `file` draws from and does not seed.

    Where neither the file nor what it imports draws, as a script that only hands its options to a class, the modules
    that those import are looked at too.
    """
    parts = parts_of(view, file)
    near = _program(parts, 1, _named_in(file), seeded_by(view, parts))
    return near if near.draws_at_all else _further(view, parts)


def _further(view: View, parts: tuple[CodeFile, ...]) -> Program:
    """A seed counts here wherever the program can come to."""
    known, imports = view.python_by_path, imports_by_path(view)
    near = {part.path for part in parts}
    further = sorted({path for part in parts[1:] for path in imports[part.path]} - near)
    drawing = tuple([known[path] for path in further if path in known and randomness_of(known[path]).draws_at_all])
    if not drawing:
        return Program(0, ())
    asked = _named_in(parts[0])
    named = frozenset().union(*[_handed_on(part, asked) for part in parts[1:]]) - {"*"}
    open_draws = _program(drawing, 0, named, frozenset())
    if not open_draws.unseeded:
        return open_draws
    reached, todo = set(near), list(near)
    while todo:
        found = imports.get(todo.pop(), frozenset()) - reached
        reached |= found
        todo += found
    modules = sorted((reached & known.keys()) - {parts[0].path})
    seeds = [seed for path in modules for seed in randomness_of(known[path]).seeds if not seed.in_main]
    seeds += randomness_of(parts[0]).seeds
    return _program(drawing, 0, named, frozenset().union(*[seed.generators or EVERY_GENERATOR for seed in seeds]))


def _handed_on(part: CodeFile, asked: frozenset[str]) -> frozenset[str]:
    """The names by which it may run other modules; a package that only passes them on runs those it is asked for."""
    named = _named_in(part)
    return named & asked if part.path.endswith("__init__.py") else named


def _program(parts: tuple[CodeFile, ...], own: int, named: frozenset[str], seeded: frozenset[str]) -> Program:
    """The draws of these files: all of the first `own` ones, of the others those in what is named."""
    total = 0
    places: dict[str, list[tuple[CodeFile, Draw]]] = {}
    for at, part in enumerate(parts):
        randomness = randomness_of(part)
        whole = at < own
        total += (
            randomness.draws_at_all if whole else sum(_draws_here(scope, named) for scope in randomness.draw_scopes)
        )
        for draw in randomness.draws:
            here = whole or (not draw.call.in_main and _draws_here(draw.call.scope, named))
            if here and draw.generator not in seeded:
                places.setdefault(draw.generator, []).append((part, draw))
    return Program(total, tuple(OpenDraws(name, tuple(places[name])) for name in sorted(places)))


_COMMON_METHODS = frozenset(
    {
        "add", "append", "close", "copy", "fit", "forward", "get", "items", "load", "next", "pop",
        "predict", "read", "reset", "run", "sample", "set", "split", "step", "transform", "update",
    }
)  # fmt: skip
"""Methods that so many classes have that a call of one names none of them."""


def _draws_here(scope: str, named: frozenset[str]) -> bool:
    """Whether the program runs what draws in this scope of another module; a common method's name tells nothing."""
    owner, _, method = scope.rpartition(".")
    return _runs(owner if owner and method in _COMMON_METHODS else scope, named)


def _runs(scope: str, named: frozenset[str]) -> bool:
    """Whether what lies in this scope of another module runs: on import, or because its function or class is named."""
    return not scope or "*" in named or not named.isdisjoint(scope.split("."))


def seeded_by(view: View, parts: tuple[CodeFile, ...]) -> frozenset[str]:
    """The generators that some call of the program fixes, its own modules' modules included: a base class may seed.

    A helper whose module was read counts by what it does inside.
    """
    own = randomness_of(parts[0])
    known = view.python_by_path
    near = {part.path for part in parts}
    further = sorted({path for part in parts[1:] for path in imports_by_path(view)[part.path]} - near)
    others = [randomness_of(known[path]) for path in (*sorted(near - {parts[0].path}), *further) if path in known]
    named = frozenset().union(*map(_named_in, parts)) - {"*"}
    seeded: set[str] = set()
    inside: set[str] = set()
    for seed in (seed for other in others for seed in other.seeds if not seed.in_main):
        inside.update(seed.scope.split("."))
        if _runs(seed.scope, named):
            seeded |= seed.generators or EVERY_GENERATOR
    for seed in own.seeds:
        if seed.generators:
            seeded |= seed.generators
        elif _last(seed.name) not in inside:
            seeded |= EVERY_GENERATOR
    return frozenset(seeded)
