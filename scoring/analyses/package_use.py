"""How a component's packages are used: which barely are, and which serve one purpose with another."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from scoring import knowledge
from scoring.analyses.declarations import covers, declarations, family, indexes
from scoring.analyses.declared import Declared, Names
from scoring.analyses.dependencies import Package, undeclared, used_packages
from scoring.analyses.freezes import frozen_lists
from scoring.analyses.memo import Latest
from scoring.analyses.published import needed_to_run
from scoring.analyses.third_party import Use, third_party
from scoring.analyses.view import PythonFile, View
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
    """Place -> manager family -> the main file in which it declares runtime packages, by path.

    A list that only repeats, pinned, what another manager of the same place declares is an export of it, a conda
    environment without a package of theirs holds what they can't install, and of lists that say the same the first
    counts.
    """
    places: dict[str, dict[str, list[Declared]]] = {}
    for item in needed_to_run(view):
        places.setdefault(item.place, {}).setdefault(family(item.manager), []).append(item)
    return {
        place: {
            name: _main_list(items)
            for name, items in sorted(_differing(listed).items())
            if not _is_no_rival(name, items, [one for key, others in listed.items() if key != name for one in others])
        }
        for place, listed in sorted(places.items())
    }


def _differing(listed: dict[str, list[Declared]]) -> dict[str, list[Declared]]:
    """Without those that name the same packages at the same versions as one before them."""
    said: dict[frozenset[tuple[str, str]], str] = {}
    for name, items in sorted(listed.items()):
        said.setdefault(frozenset([(one.name, one.requirement.specifier.replace(" ", "")) for one in items]), name)
    return {name: listed[name] for name in said.values()}


def _main_list(items: list[Declared]) -> str:
    """The file that a person would open first: requirements.txt before requirements-edge.txt."""
    return min((item.path for item in items), key=lambda path: (path.count("/"), len(path), path))


def _is_no_rival(name: str, items: list[Declared], others: list[Declared]) -> bool:
    theirs = {item.name for item in others}
    return _repeats(items, others) or (
        name == "conda" and bool(others) and theirs.isdisjoint([one.name for one in items])
    )


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
    rests_on = (runtime.names, third_party(view), used_packages(view))
    candidates, provided = _latest_single(rests_on, lambda: _in_one_file(*rests_on))
    found = []
    for candidate in candidates:
        sites = sum(_sites(view, part) for part in candidate.parts)
        if 0 < sites <= MAX_CALL_SITES:
            found.append(Sparse(runtime.items[candidate.place], candidate.parts[0], sites))
    return tuple(found), provided


def _sites(view: View, package: Package) -> int:
    """How often the file that imports a package first uses it; a class that derives from it may be used anywhere."""
    file = view.python_by_path[package.first.path]
    derived = [base for item in file.facts.classes for base in item.bases] if isinstance(file, PythonFile) else []
    if any(base.partition(".")[0] == package.root for base in derived):
        return MAX_CALL_SITES + 1
    uses = file.facts.name_uses if isinstance(file, PythonFile) else ()
    return next((count for name, count in uses if name == package.root), 0)


class _Candidate(NamedTuple):
    """A declared package that one file imports; `parts` are its packages as code names them."""

    place: int
    """Of its first declaration, among those needed to run."""
    parts: list[Package]


_latest_single: Latest[tuple[tuple[_Candidate, ...], int]] = Latest()


def _in_one_file(
    runtime: Names, imported: tuple[Use, ...], used: tuple[Package, ...]
) -> tuple[tuple[_Candidate, ...], int]:
    """(those that no framework is among, declared packages that are imported at all)."""
    first: dict[str, str] = {}
    elsewhere = {use.root for use in imported if first.setdefault(use.root, use.path) != use.path}
    provided: dict[str, _Candidate] = {}
    for package in used:
        place = runtime.first(package.root, package.modules)
        if place is not None:
            provided.setdefault(runtime.names[place], _Candidate(place, [])).parts.append(package)
    single = [
        candidate
        for candidate in provided.values()
        if elsewhere.isdisjoint([part.root for part in candidate.parts])
        and len({first[part.root] for part in candidate.parts}) == 1
        and not any(_is_core(part) for part in candidate.parts)
    ]
    return tuple(single), len(provided)


def _is_core(package: Package) -> bool:
    kinds = frozenset().union(*map(knowledge.libraries, package.modules))
    return bool(kinds.intersection(CORE)) or packages.serves_unimported(package.name)


def overlaps(view: View) -> tuple[tuple[Overlap, ...], int]:
    """(pairs of runtime packages of one place that serve one purpose, runtime packages declared or imported)."""
    places = _runtime_places(view)
    chosen = packages.WITH_PURPOSE - _idle(view)
    found: dict[tuple[str, str], Overlap] = {}
    for names in places.values():
        serving = chosen.intersection(names)
        for purpose in packages.PURPOSES if len(serving) > 1 else ():
            for first, second in combinations(sorted(purpose.packages & serving), 2):
                if _brings_the_other(first, second) or (purpose.offered and _are_offered(view, first, second)):
                    continue
                found.setdefault((first, second), Overlap(purpose.name, first, second, *names[second]))
    every = {name for names in places.values() for name in names} - {"argparse"}
    return tuple(overlap for _, overlap in sorted(found.items())), len(every)


def _brings_the_other(first: str, second: str) -> bool:
    """Whether one is built on the other, so that its code may have to speak of both: typer and click."""
    return first in packages.bringers_of(second) or second in packages.bringers_of(first)


def _are_offered(view: View, first: str, second: str) -> bool:
    """Whether one module imports both: it lets who runs it choose."""
    users = _users(view)
    return first in users and second in users and not users[first].isdisjoint(users[second])


@lru_cache(maxsize=1)
def _users(view: View) -> dict[str, set[str]]:
    """Package of which a choice may be offered -> the files that import it."""
    users: dict[str, set[str]] = {}
    for use in third_party(view):
        for name in _OFFERED.intersection(packages.distributions_of(use.module)):
            users.setdefault(name, set()).add(use.path)
    return users


_OFFERED = frozenset().union(*[purpose.packages for purpose in packages.PURPOSES if purpose.offered])


_COMPARES = re.compile(r"(?:^|/)benchmark\w*/")
"""What is measured against each other is there to be compared."""


def _runtime_places(view: View) -> dict[str, dict[str, tuple[str, int]]]:
    """Place -> runtime package -> where it is declared there, else first imported."""
    known = declarations(view)
    places: dict[str, dict[str, tuple[str, int]]] = {}
    for item in known.runtime:
        if not (item.requirement.marker or _COMPARES.search(item.path)):
            places.setdefault(item.place, {}).setdefault(item.name, (item.path, item.line))
    stated = sorted(places, key=lambda place: (-len(place), place))
    loose = [(package.name, package.first.path, package.first.line) for package in undeclared(view)]
    for name, path, line in (*loose, *_standard_parser(view)):
        place = next((place for place in stated if covers(place, path)), "")
        places.setdefault(place, {}).setdefault(name, (path, line))
    return places


def _idle(view: View) -> frozenset[str]:
    """What is declared and no code imports, so that nobody has to keep it in step: rep.4 tells what is unused, and a
    freeze also lists what other packages brought. What serves without an import is idle in a freeze alone."""
    known = declarations(view)
    frozen = frozen_lists(known)
    serving = {item.name for item in known.runtime if item.path not in frozen and packages.serves_unimported(item.name)}
    rests_on = (third_party(view), indexes(view).runtime.names)
    imported = _latest_imported(rests_on, lambda: _imported(*rests_on))
    return frozenset({item.name for item in known.runtime} - serving - imported)


def _imported(imported: tuple[Use, ...], names: Names) -> frozenset[str]:
    """Declared packages that code imports."""
    uses = {(use.root, use.module) for use in imported}
    return frozenset([names.names[n] for root, module in uses for n in names.providers(root, (module,))])


_latest_imported: Latest[frozenset[str]] = Latest()


def _standard_parser(view: View) -> Iterable[tuple[str, str, int]]:
    """argparse is nowhere declared: it counts where product code imports it."""
    for file in view.python:
        for item in file.facts.imports if file.is_runtime and not file.path.startswith(".") else ():
            if item.module == "argparse" and item.level == 0:
                return [("argparse", file.path, item.line)]
    return []
