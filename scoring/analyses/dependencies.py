"""Imports against declarations: what a component uses, what it declares, and what does not match.

The rules are those that deptry calls DEP001 to DEP005, over facts alone: nothing is installed and nothing is run.
Where a name could mean several things the component gets the benefit of the doubt.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from scoring.analyses.declarations import Declarations, Indexes, declarations, frozen_lists, indexes
from scoring.analyses.declared import Declared, Names, alike
from scoring.analyses.memo import Latest
from scoring.analyses.spoken import spoken_of
from scoring.analyses.third_party import Use, third_party
from scoring.analyses.view import View
from scoring.knowledge import packages

_MODULE = attrgetter("module")

MISSING, TRANSITIVE, UNUSED, DEVELOPMENT, STANDARD = "missing", "transitive", "unused", "development", "standard"


class Package(NamedTuple):
    """One third-party package as code uses it."""

    name: str
    root: str
    uses: tuple[Use, ...]
    """In the order of paths and lines; never empty."""
    modules: tuple[str, ...]
    """The modules of it that code imports, each once, in the order of their first use."""

    @property
    def first(self) -> Use:
        return self.uses[0]


_TOOLS = re.compile(r"(?:^|/)(?:scripts?|tools?|bin|hack|dev|devtools|benchmarks?)/")
"""Folders of what developers run by hand."""


class Fault(NamedTuple):
    """One mismatch between imports and declarations."""

    kind: str
    """missing | transitive | unused | development | standard"""
    name: str
    path: str
    line: int
    files: int
    """Files that import it; 0 for what is never imported."""
    bringer: str = ""
    """Of what is transitive: a package, declared to run, that has always needed it."""


@lru_cache(maxsize=1)
def used_packages(view: View) -> tuple[Package, ...]:
    """The packages that the component's own files need, by name.

    An import that is guarded anywhere, or that stands in functions only, is optional: not everybody needs it.
    """
    runtime = frozenset([file.path for file in view.python if file.is_runtime])
    if not runtime:
        runtime = frozenset([file.path for file in view.python if "test" not in file.roles])
    imported = third_party(view)
    return _latest_used((imported, runtime), lambda: _needed(imported, runtime))


def _needed(imported: tuple[Use, ...], runtime: frozenset[str]) -> tuple[Package, ...]:
    optional = {use.root for use in imported if use.guarded}
    grouped: defaultdict[str, list[Use]] = defaultdict(list)
    likely = packages.likely_distribution
    for use in imported:
        if use.path in runtime and use.root not in optional:
            grouped[likely(use.module)].append(use)
    needed = {name: uses for name, uses in grouped.items() if not all(use.lazy for use in uses)}
    return tuple([_package(name, uses) for name, uses in sorted(needed.items())])


def _package(name: str, uses: list[Use]) -> Package:
    return Package(name, uses[0].root, tuple(uses), tuple(dict.fromkeys(map(_MODULE, uses))))


_latest_used: Latest[tuple[Package, ...]] = Latest()


# ---------------------------------------------------------------- imports against declarations


@lru_cache(maxsize=1)
def undeclared(view: View) -> tuple[Package, ...]:
    """Used packages that no file declares, for any purpose; empty where the declarations may be incomplete."""
    if declarations(view).uncertain:
        return ()
    used, known = used_packages(view), indexes(view)
    rests_on = (used, known.every.names, known.extras)
    return _latest_undeclared(rests_on, lambda: _not_in(*rests_on))


_latest_undeclared: Latest[tuple[Package, ...]] = Latest()


def _not_in(used: tuple[Package, ...], every: Names, asked_for: frozenset[str]) -> tuple[Package, ...]:
    missing = [package for package in used if not every.provide(package.root, package.modules)]
    names = {package.name for package in missing}
    return tuple(
        package
        for package in missing
        if asked_for.isdisjoint((package.name, packages.normalised(package.root))) and not _comes_with(package, names)
    )


def _comes_with(package: Package, names: set[str]) -> bool:
    """Whether a package is part of another one of these: werkzeug of flask, which is told already."""
    providers = packages.distributions_of(package.first.module)
    return any(provider in names for provider in providers if provider != package.name)


@lru_cache(maxsize=1)
def faults(view: View) -> tuple[Fault, ...]:
    """Every mismatch between imports and declarations, by place."""
    known = declarations(view)
    read = _Read(
        known=known,
        indexes=indexes(view),
        used=used_packages(view),
        undeclared=undeclared(view),
        # Python that was not read, or that the component's settings leave out, may import what seems unused.
        imported=None if view.python_unseen or not view.python else third_party(view),
        named=spoken_of(view, frozenset([item.name for item in known.runtime])),
    )
    return _latest_faults(read, lambda: _faults(read))


class _Read(NamedTuple):
    """All that faults rest on."""

    known: Declarations
    indexes: Indexes
    used: tuple[Package, ...]
    undeclared: tuple[Package, ...]
    imported: tuple[Use, ...] | None
    """Every import; None where some may have gone unseen."""
    named: frozenset[str]
    """Of what is declared to run, what commands and configuration speak of."""


_latest_faults: Latest[tuple[Fault, ...]] = Latest()


def _faults(read: _Read) -> tuple[Fault, ...]:
    found = [*_missing(read), *_development_only(read), *_unused(read), *_standard(read.known)]
    return tuple(sorted(found, key=lambda fault: (fault.path, fault.line, fault.name)))


def _files(package: Package) -> int:
    return len({use.path for use in package.uses})


def _missing(read: _Read) -> Iterable[Fault]:
    for package in read.undeclared:
        bringer = next((item.name for item in read.indexes.runtime.find(packages.bringers_of(package.name))), "")
        transitive = bringer or read.indexes.resolved.provide(package.root, package.modules)
        kind = TRANSITIVE if transitive else MISSING
        yield Fault(kind, package.name, package.first.path, package.first.line, _files(package), bringer)


def _development_only(read: _Read) -> Iterable[Fault]:
    """Imported by product code, declared for development only; what only scripts beside it import may be so."""
    if read.known.uncertain or not read.known.runtime:
        return
    own = read.indexes.own
    # A conda environment for development is a whole one: the code may run in it.
    for_development = frozenset(
        [n for n, item in enumerate(own.items) if item.requirement.group == "dev" and item.manager != "conda"]
    )
    for package in read.used:
        if not for_development.issuperset(own.names.listed(package.modules[0])):
            continue
        if all(_TOOLS.search(use.path) for use in package.uses):
            continue
        places = own.names.providers(package.root, package.modules)
        if places and for_development.issuperset(places):
            yield Fault(DEVELOPMENT, package.name, package.first.path, package.first.line, _files(package))


def _standard(known: Declarations) -> Iterable[Fault]:
    frozen = frozen_lists(known)
    for item in known.runtime:
        if item.path in frozen:
            continue
        if item.name.replace("-", "_") in packages.STANDARD and not item.requirement.marker and item.manager != "conda":
            yield Fault(STANDARD, item.name, item.path, item.line, 0)


def _unused(read: _Read) -> Iterable[Fault]:
    """Declared to run, and nowhere imported, named in a command or in a configuration."""
    if read.imported is None:
        return
    names, modules = read.indexes.runtime.names, frozenset(map(_MODULE, read.imported))
    provided = _latest_provided((names, modules), lambda: _provided(names, modules))
    frozen = frozen_lists(read.known)
    adapted = _adapted(names.names)
    seen: set[tuple[str, str]] = set()
    for item in read.known.runtime:
        place = (item.path, item.name)
        if place in seen or item.name in provided:
            continue
        seen.add(place)
        held = item.name in adapted or _is_held(item.name, provided)
        if item.path in frozen or _is_excused(item) or item.name in read.named or held:
            continue
        yield Fault(UNUSED, item.name, item.path, item.line, 0)


def _provided(names: Names, modules: frozenset[str]) -> frozenset[str]:
    """Those of these names that may provide one of these modules."""
    listed = {names.names[place] for module in modules for place in names.listed(module)}
    roots = {module.partition(".")[0] for module in modules}
    unknown = [packages.normalised(root) for root in roots if not packages.is_known(root)]
    others = set(names.names) - listed
    return frozenset(listed.union([name for name in others if any(alike(name, root) for root in unknown)]))


_latest_provided: Latest[frozenset[str]] = Latest()


def _is_excused(item: Declared) -> bool:
    """Used without an import, for other platforms only, or of Python itself, which is told as another fault."""
    standard = item.name.replace("-", "_") in packages.STANDARD
    return packages.serves_unimported(item.name) or bool(item.requirement.marker) or standard


def _is_held(name: str, imported: frozenset[str]) -> bool:
    """Its line only says which version an imported package gets that has always needed it."""
    return not imported.isdisjoint(packages.bringers_of(name))


def _adapted(names: Iterable[str]) -> frozenset[str]:
    """Whose version a line says for an adapter that is named after both: langchain-openai, llama-index-llms-openai."""
    parts = [name.split("-", 9) for name in names if name.startswith(_ADAPTERS)]
    return frozenset(["-".join(part[start:]) for part in parts for start in range(1, len(part))])


_ADAPTERS = ("langchain-", "llama-index-", "haystack-", "autogen-")
