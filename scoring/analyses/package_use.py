"""How a component's packages are used: which barely are, and which serve one purpose with another."""

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from scoring import knowledge
from scoring.analyses.declarations import Declared, covers, declarations, family, indexes
from scoring.analyses.dependencies import Package, declared_for, is_runtime, undeclared, used_packages
from scoring.analyses.third_party import third_party
from scoring.analyses.view import View
from scoring.knowledge import packages

MAX_CALL_SITES = 2
"""pkg.4: a package with more uses than this is used."""

CORE = ("ALG", "HOSTED", "TRACK", "ORCH", "SERVE", "FS", "HPO", "CONF", "VALID", "DRIFT", "FLAG")
"""Frameworks: their few calls do all the work, so that few calls say nothing."""


class Sparse(NamedTuple):
    """A declared package that one file imports and hardly uses."""

    item: Declared
    package: Package
    sites: int


class Overlap(NamedTuple):
    """Two packages that serve one purpose."""

    purpose: str
    first: str
    second: str
    path: str
    line: int


def managers(view: View) -> dict[str, dict[str, str]]:
    """Place -> manager family -> the first file in which it declares runtime packages, by path.

    A list that only repeats, pinned, what another manager of the same place declares is an export of it.
    """
    known = declarations(view)
    places: dict[str, dict[str, list[Declared]]] = {}
    for item in known.runtime:
        places.setdefault(item.place, {}).setdefault(family(item.manager), []).append(item)
    return {
        place: {
            name: items[0].path
            for name, items in sorted(listed.items())
            if not _repeats(items, [other for key, others in listed.items() if key != name for other in others])
        }
        for place, listed in sorted(places.items())
    }


def _repeats(items: list[Declared], others: list[Declared]) -> bool:
    """Whether a list of exact pins holds every package that the others declare."""
    names = {item.name for item in items}
    return (
        bool(others)
        and all(item.requirement.pin in ("exact", "hashed", "git-commit") for item in items)
        and not all(other.requirement.pin in ("exact", "hashed", "git-commit") for other in others)
        and {other.name for other in others} <= names
    )


def sparse(view: View) -> tuple[tuple[Sparse, ...], int]:
    """(packages declared, imported in one file and used twice at most; declared packages that are imported at all)."""
    runtime = indexes(view).runtime
    uses = {file.path: dict(file.facts.name_uses) for file in view.python}
    everywhere: dict[str, set[str]] = {}
    for use in third_party(view):
        everywhere.setdefault(use.root, set()).add(use.path)
    provided: dict[str, tuple[Declared, list[Package]]] = {}
    for package in used_packages(view):
        for item in declared_for(package, runtime)[:1]:
            provided.setdefault(item.name, (item, []))[1].append(package)
    found = []
    for item, parts in provided.values():
        paths = {path for part in parts for path in everywhere[part.root]}
        sites = sum(uses[part.first.path].get(part.root, 0) for part in parts)
        if len(paths) == 1 and 0 < sites <= MAX_CALL_SITES and not any(_is_core(part) for part in parts):
            found.append(Sparse(item, parts[0], sites))
    return tuple(found), len(provided)


def _is_core(package: Package) -> bool:
    kinds = frozenset().union(*(knowledge.libraries(use.module) for use in package.uses))
    return bool(kinds.intersection(CORE)) or packages.serves_unimported(package.name)


def overlaps(view: View) -> tuple[tuple[Overlap, ...], int]:
    """(pairs of runtime packages of one place that serve one purpose, runtime packages declared or imported)."""
    places = _runtime_places(view)
    found: dict[tuple[str, str], Overlap] = {}
    for names in places.values():
        for purpose in packages.PURPOSES:
            for first, second in combinations(sorted(purpose.packages & names.keys()), 2):
                found.setdefault((first, second), Overlap(purpose.name, first, second, *names[second]))
    every = {name for names in places.values() for name in names} - {"argparse"}
    return tuple(overlap for _, overlap in sorted(found.items())), len(every)


def _runtime_places(view: View) -> dict[str, dict[str, tuple[str, int]]]:
    """Place -> runtime package -> where it is declared there, else first imported."""
    known = declarations(view)
    places: dict[str, dict[str, tuple[str, int]]] = {}
    for item in known.runtime:
        if not item.requirement.marker:
            places.setdefault(item.place, {}).setdefault(item.name, (item.path, item.line))
    stated = sorted(places, key=lambda place: (-len(place), place))
    loose = [(package.name, package.first.path, package.first.line) for package in undeclared(view)]
    for name, path, line in (*loose, *_standard_parser(view)):
        place = next((place for place in stated if covers(place, path)), "")
        places.setdefault(place, {}).setdefault(name, (path, line))
    return places


def _standard_parser(view: View) -> Iterable[tuple[str, str, int]]:
    """argparse is nowhere declared: it counts where product code imports it."""
    for file in view.python:
        for item in file.facts.imports if is_runtime(file) else ():
            if item.module == "argparse" and item.level == 0:
                return [("argparse", file.path, item.line)]
    return []
