"""How a component's packages are used: which barely are, and which serve one purpose with another."""

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from scoring import knowledge
from scoring.analyses.declarations import Declared, covers, declarations, family
from scoring.analyses.dependencies import Package, declared_for, is_runtime, third_party, used_packages
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
    runtime = declarations(view).runtime
    uses = {file.path: dict(file.facts.name_uses) for file in view.python}
    everywhere: dict[str, set[str]] = {}
    for use in third_party(view):
        everywhere.setdefault(use.root, set()).add(use.path)
    found, imported = [], 0
    for package in used_packages(view):
        items = declared_for(package, runtime)
        if not items:
            continue
        imported += 1
        sites = uses[package.first.path].get(package.root, 0)
        if len(everywhere[package.root]) == 1 and 0 < sites <= MAX_CALL_SITES and not _is_core(package):
            found.append(Sparse(items[0], package, sites))
    return tuple(found), imported


def _is_core(package: Package) -> bool:
    kinds = frozenset().union(*(knowledge.libraries(use.module) for use in package.uses))
    return bool(kinds.intersection(CORE)) or packages.serves_unimported(package.name)


def overlaps(view: View) -> tuple[tuple[Overlap, ...], int]:
    """(pairs of runtime packages that serve one purpose, runtime packages declared or imported)."""
    places = _runtime_places(view)
    found = [
        Overlap(purpose.name, first, second, *places[second])
        for purpose in packages.PURPOSES
        for first, second in combinations(sorted(purpose.packages & places.keys()), 2)
    ]
    return tuple(found), len(places.keys() - {"argparse"})


def _runtime_places(view: View) -> dict[str, tuple[str, int]]:
    """Runtime package -> where it is declared, else first imported."""
    known = declarations(view)
    places: dict[str, tuple[str, int]] = {}
    for item in known.runtime:
        if not item.requirement.marker:
            places.setdefault(item.name, (item.path, item.line))
    for package in used_packages(view):
        if not declared_for(package, (*known.own, *known.aside)):
            places.setdefault(package.name, (package.first.path, package.first.line))
    places.update(_standard_parser(view))
    return places


def _standard_parser(view: View) -> Iterable[tuple[str, tuple[str, int]]]:
    """argparse is nowhere declared: it counts where product code imports it."""
    for file in view.python:
        for item in file.facts.imports if is_runtime(file) else ():
            if item.module == "argparse" and item.level == 0:
                return [("argparse", (file.path, item.line))]
    return []


def is_covered(item: Declared, place: str) -> bool:
    """Whether what is declared in `place` holds for an item."""
    return covers(place, item.place)
