"""Names that libraries deprecated and then took away, by release, from the TOML file of the same name."""

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from scoring.knowledge.majors import months_of


class Release(NamedTuple):
    """A release of a package that lacks what the one before still had."""

    package: str
    version: str
    month: int
    """When it came out, in months."""
    instead: str
    """What to write today."""
    kept: bool = False
    """Under this name the package keeps it for code that is not moved yet."""


_TABLE = tomllib.loads(files("scoring.knowledge").joinpath("expired.toml").read_text("utf-8"))["release"]


def _entries(key: str) -> Iterator[tuple[str, Release]]:
    for row in _TABLE:
        month = months_of(row["released"])
        release = Release(row["package"], row["removed"], month, row["instead"], row.get("kept", False))
        for entry in row.get(key, ()):
            yield entry, release


_NAMES: dict[str, Release] = dict(_entries("names"))
_METHODS: dict[str, Release] = dict(_entries("methods"))
_KEYWORDS: dict[str, Release] = dict(_entries("keywords"))
_RELEASES: dict[str, Release] = {name.removesuffix(".*"): release for name, release in _NAMES.items()}
_RELEASES |= _METHODS | _KEYWORDS

ROOTS: frozenset[str] = frozenset(entry.partition(" ")[0].partition(".")[0] for entry in _RELEASES)
"""Modules that a use begins at."""
_MODULES_OF = {"keras": frozenset({"keras", "tensorflow"}), "pandas": frozenset({"pandas"})}
"""Library of a method -> modules, one of which is imported where it is used."""
_STAYING: tuple[str, ...] = tuple(f"{name}." for row in _TABLE for name in row.get("stays", ()))
"""How dotted names begin that no code has to leave, though what is around them went."""
_WHOLE = frozenset(name for name in _NAMES if not name.endswith("*"))
PREFIXES: tuple[str, ...] = tuple(sorted(name[:-1] for name in _NAMES if name.endswith("*")))
"""How dotted names begin of which any rest went."""
CALLEES: frozenset[str] = _WHOLE | {entry.partition(" ")[0] for entry in _KEYWORDS}
"""Calls of what went, or that lost an argument."""


@lru_cache(maxsize=1 << 10)
def expired_methods(roots: frozenset[str]) -> dict[str, str]:
    """Method that went -> its entry, for those who import any of these modules."""
    libraries = {library for library, modules in _MODULES_OF.items() if not roots.isdisjoint(modules)}
    return {entry.partition(" ")[2]: entry for entry in _METHODS if entry.partition(" ")[0] in libraries}


@lru_cache(maxsize=1 << 10)
def expired_attributes(roots: frozenset[str]) -> frozenset[str]:
    """Last parts of the names of these modules that went, where it wasn't a whole module that did, and methods."""
    names = {name.rpartition(".")[2] for name in _WHOLE if name.partition(".")[0] in roots}
    return frozenset(names | expired_methods(roots).keys())


def stays(name: str) -> bool:
    """Whether a dotted name is one that no code has to leave, though what is around it went."""
    return f"{name}.".startswith(_STAYING)


@lru_cache(maxsize=1 << 16)
def expired_name(name: str) -> str:
    """The entry that a dotted name falls under, without its "*"; "" for what still stands."""
    if name in _WHOLE:
        return name
    if stays(name):
        return ""
    place = name.find(".")
    while place > 0:
        if f"{name[:place]}.*" in _NAMES:
            return name[:place]
        place = name.find(".", place + 1)
    return ""


@lru_cache(maxsize=1 << 12)
def expired_argument(callee: str, keyword: str, value: str) -> str:
    """The entry that an argument of a call falls under; "" for one that still stands."""
    whole = f"{callee} {keyword}"
    return whole if whole in _KEYWORDS else f"{whole}={value}" if f"{whole}={value}" in _KEYWORDS else ""


def release_of(entry: str) -> Release:
    """The release that took away what an entry names."""
    return _RELEASES[entry]
