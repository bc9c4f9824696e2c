"""What third-party names mean, as data: which call reads, writes, fits, predicts, splits, evaluates, seeds.

The tables are the TOML files beside this module; a new library is lines there and no code. Names are those of
`scoring.facts.Call`: dotted and resolved ("pandas.read_csv"), with "()" after what a call returned
("sklearn.svm.SVC().fit"), and with a leading dot when nobody knows the object (".fit").
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple


class Words(NamedTuple):
    """What readers look for in comments, names and strings."""

    tags: frozenset[str]
    excluded: tuple[str, ...]
    score_names: frozenset[str]
    not_scores: frozenset[str]
    keeping_methods: frozenset[str]
    """Methods whose result is a score if their object is one."""
    keeping_functions: frozenset[str]
    path_roots: tuple[str, ...]
    home_roots: frozenset[str]
    mount_roots: frozenset[str]
    buckets: tuple[str, ...]


class Generator(NamedTuple):
    """A random number generator: the calls that draw from it and those that fix it."""

    name: str
    draws: "Pattern"
    seeds: "Pattern"
    neutral: "Pattern"
    """Look like draws, and are not."""
    seeded_by_argument: "Pattern"
    """Draws that a positional argument fixes."""
    draws_when_shuffled: "Pattern"
    keyword: str
    """The keyword that fixes one draw by itself, "" without one."""
    falls_back_to: str


class Pattern:
    """A set of dotted names in which "*" stands for any rest of a name that holds no further call."""

    def __init__(self, names: Iterable[str]) -> None:
        names = tuple(names)
        self._exact = frozenset(name for name in names if "*" not in name)
        self._prefixes = tuple(name[:-1] for name in names if name.endswith("*") and "*" not in name[:-1])
        inner = [name for name in names if "*" in name[:-1]]
        self._inner = re.compile("|".join(re.escape(name).replace(r"\*", "[^(]+") for name in inner)) if inner else None

    def __contains__(self, name: str) -> bool:
        if name in self._exact or (self._inner is not None and self._inner.fullmatch(name) is not None):
            return True
        if not name.startswith(self._prefixes):
            return False
        return any(name.startswith(prefix) and "(" not in name[len(prefix) :] for prefix in self._prefixes)


class CallKind(NamedTuple):
    """READ, WRITE, FIT...: by resolved name, or by the method's name alone."""

    functions: Pattern
    methods: frozenset[str]


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


LIBRARIES: Mapping[str, frozenset[str]] = {key: frozenset(names) for key, names in _table("libraries")["sets"].items()}
"""Set (ALG, DATA, TRACK, ...) -> import names and dotted prefixes."""

_SETS_OF: Mapping[str, frozenset[str]] = {
    name: frozenset(key for key, names in LIBRARIES.items() if name in names)
    for name in frozenset().union(*LIBRARIES.values())
}
"""Each of their names -> the sets that have it."""

MODEL_BASES: frozenset[str] = frozenset(_table("libraries")["bases"]["models"])
"""Classes whose subclasses are models."""

HOSTED: frozenset[str] = LIBRARIES["HOSTED"] | frozenset(_table("libraries")["stores"]["modules"])
"""Import names and dotted prefixes of libraries of hosted models, and of stores of vectors."""

HOSTED_ROOTS: frozenset[str] = frozenset(name.partition(".")[0] for name in HOSTED)
"""Their first parts."""

NUMERIC: frozenset[str] = frozenset(_table("libraries")["numeric"]["modules"])
"""Modules beside ALG whose version changes the numbers that a model gets."""

PREPARING: frozenset[str] = frozenset(_table("libraries")["preparing"]["modules"])
"""Modules whose classes are fitted to prepare data, and are no models."""

IGNORED_MODULES: frozenset[str] = frozenset(_table("libraries")["ignored"]["modules"])
"""Modules whose calls are not worth a record: by first or by first two parts of a resolved name."""

CALLS: Mapping[str, CallKind] = {
    key: CallKind(Pattern(row["functions"]), frozenset(row["methods"])) for key, row in _table("calls").items()
}
"""READ, WRITE, FIT, TRAIN, PRED, SPLIT, EVAL, MERGE, SEED, CLOCK, UNORDERED, DETERMINISTIC, EXPERIMENT."""

_FUNCTIONS = Pattern(name for row in _table("calls").values() for name in row["functions"])
_METHOD_KINDS: Mapping[str, frozenset[str]] = {
    method: frozenset(kind for kind, row in CALLS.items() if method in row.methods)
    for row in CALLS.values()
    for method in row.methods
}
"""All functions of all kinds, and each method's kinds: most names are neither, and are asked about once."""

SCORING_ENDS: frozenset[str] = frozenset(
    name.rpartition(".")[2]
    for kind in ("PRED", "SCORE")
    for name in (*_table("calls")[kind]["functions"], *_table("calls")[kind]["methods"])
)
"""Last parts of the names of calls that predict: a module without any of them has no flow of scores."""

METHODS: frozenset[str] = frozenset().union(*(kind.methods for kind in CALLS.values()))
"""Methods worth recording on an object that nobody knows."""


@lru_cache(maxsize=1 << 16)
def libraries(name: str) -> frozenset[str]:
    """The library sets that a resolved name belongs to: "sklearn.svm.SVC().fit" -> {"ALG"}."""
    name = name.partition("(")[0]
    found = frozenset[str]()
    end = name.find(".")
    while end >= 0:
        found |= _SETS_OF.get(name[:end], found)
        end = name.find(".", end + 1)
    return found | _SETS_OF.get(name, found)


def in_library(name: str, kind: str) -> bool:
    """Whether a resolved name or module belongs to a library set."""
    return kind in libraries(name)


@lru_cache(maxsize=1 << 12)
def of_hosted(name: str) -> bool:
    """Whether a resolved name or module is of a library of hosted models or of a store of vectors."""
    parts = name.partition("(")[0].split(".")
    return any(".".join(parts[: i + 1]) in HOSTED for i in range(len(parts)))


@lru_cache(maxsize=1 << 12)
def is_preparer(name: str) -> bool:
    """Whether a resolved name is of a class that prepares data: "sklearn.impute.SimpleImputer()"."""
    parts = name.partition("(")[0].split(".")
    return any(".".join(parts[: i + 1]) in PREPARING for i in range(len(parts)))


def changes_models(module: str) -> bool:
    """Whether a new version of what provides this module can change what a model computes."""
    return in_library(module, "ALG") or module.partition(".")[0] in NUMERIC


def is_call(name: str, kind: str) -> bool:
    """Whether a call of this resolved name is one of READ, WRITE, FIT, ... A method counts on any object."""
    return kind in call_kinds(name)


@lru_cache(maxsize=1 << 16)
def call_kinds(name: str) -> frozenset[str]:
    """Every kind of CALLS that a resolved name is."""
    owner, _, method = name.rpartition(".")
    kinds = _METHOD_KINDS.get(method, frozenset()) if not owner or "(" in owner or "[" in owner else frozenset()
    if name in _FUNCTIONS:
        kinds = kinds.union([kind for kind, row in CALLS.items() if name in row.functions])
    return kinds


def _generator(row: dict[str, Any]) -> Generator:
    return Generator(
        name=row["name"],
        draws=Pattern(row["draws"]),
        seeds=Pattern(row["seeds"]),
        neutral=Pattern(row.get("neutral", ())),
        seeded_by_argument=Pattern(row.get("seeded_by_argument", ())),
        draws_when_shuffled=Pattern(row.get("draws_when_shuffled", ())),
        keyword=row.get("keyword", ""),
        falls_back_to=row.get("falls_back_to", ""),
    )


GENERATORS: tuple[Generator, ...] = tuple(_generator(row) for row in _table("randomness")["generator"])

COVERS: tuple[tuple[Pattern, frozenset[str]], ...] = tuple(
    (Pattern(row["seeds"]), frozenset(row["covers"])) for row in _table("randomness")["cover"]
)
"""(seed calls of one library, the generators that they fix)."""


_DRAWS = Pattern(
    name
    for row in _table("randomness")["generator"]
    for key in ("draws", "draws_when_shuffled")
    for name in row.get(key, ())
)
_SEEDS = Pattern(name for key in ("generator", "cover") for row in _table("randomness")[key] for name in row["seeds"])
"""All that draws and all that seeds: few names are asked about each generator by itself."""


@lru_cache(maxsize=1 << 16)
def seeded_generators(name: str) -> frozenset[str]:
    """The generators that a call of this resolved name fixes."""
    if name not in _SEEDS:
        return frozenset()
    own = {generator.name for generator in GENERATORS if name in generator.seeds}
    return frozenset(own.union(*(covers for seeds, covers in COVERS if name in seeds)))


def drawn_generator(name: str) -> Generator | None:
    """The generator that a call of this resolved name draws from, seeds and neutral calls aside."""
    if name not in _DRAWS:
        return None
    for generator in GENERATORS:
        shuffled = name in generator.draws_when_shuffled
        aside = name in generator.seeds or name in generator.neutral
        if shuffled or (name in generator.draws and not aside):
            return generator
    return None


def _words() -> Words:
    table = _table("words")
    admitted, scores, paths = table["admitted"], table["scores"], table["paths"]
    return Words(
        frozenset(admitted["tags"]),
        tuple(admitted["excluded"]),
        frozenset(scores["names"]),
        frozenset(scores["not_scores"]),
        frozenset(scores["keeping_methods"]),
        frozenset(scores["keeping_functions"]),
        tuple(sorted(paths["roots"])),
        frozenset(paths["home"]),
        frozenset(paths["mounts"]),
        tuple(sorted(paths["buckets"])),
    )


WORDS: Words = _words()
