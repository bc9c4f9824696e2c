"""Imports against declarations: what a component uses, what it declares, and what does not match.

The rules are those that deptry calls DEP001 to DEP005, over facts alone: nothing is installed and nothing is run.
Where a name could mean several things the component gets the benefit of the doubt.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.declarations import Declarations, Indexes, declarations, indexes
from scoring.analyses.declared import ByName, Declared, alike
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.third_party import Use, third_party
from scoring.analyses.view import InPlace, View
from scoring.facts import ConfigFacts
from scoring.knowledge import packages

FROZEN_LIST = 40
FROZEN_SHARE = 0.9
"""A list of so many packages with so many exact pins is a freeze of all that was installed."""

_INSTALLS = re.compile(r"\b(?:install|add)\b")
_WORD = re.compile(r"[A-Za-z][\w.-]*")

MISSING, TRANSITIVE, UNUSED, DEVELOPMENT, STANDARD = "missing", "transitive", "unused", "development", "standard"


class Package(NamedTuple):
    """One third-party package as code uses it."""

    name: str
    root: str
    uses: tuple[Use, ...]
    """In the order of paths and lines; never empty."""

    @property
    def first(self) -> Use:
        return self.uses[0]


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
    grouped: dict[str, list[Use]] = {}
    for use in imported:
        if use.path in runtime and use.root not in optional:
            grouped.setdefault(packages.likely_distribution(use.module), []).append(use)
    needed = {name: uses for name, uses in grouped.items() if not all(use.lazy for use in uses)}
    return tuple(Package(name, uses[0].root, tuple(uses)) for name, uses in sorted(needed.items()))


_latest_used: Latest[tuple[Package, ...]] = Latest()


# ---------------------------------------------------------------- imports against declarations


def declared_for(package: Package, declared: ByName) -> tuple[Declared, ...]:
    """The declarations that may provide a package, each once, in their order."""
    return declared.providers(package.root, modules_of(package))


def modules_of(package: Package) -> tuple[str, ...]:
    """The modules of the package that code imports, each once, in the order of their first use."""
    return tuple(dict.fromkeys([use.module for use in package.uses]))


@lru_cache(maxsize=1)
def undeclared(view: View) -> tuple[Package, ...]:
    """Used packages that no file declares, for any purpose; empty where the declarations may be incomplete."""
    if declarations(view).uncertain:
        return ()
    used, every = used_packages(view), indexes(view).every
    asked_for = frozenset([extra for item in every.items for extra in item.requirement.extras])
    return _latest_undeclared((used, every.names, asked_for), lambda: _not_in(used, every, asked_for))


_latest_undeclared: Latest[tuple[Package, ...]] = Latest()


def _not_in(used: tuple[Package, ...], every: ByName, asked_for: frozenset[str]) -> tuple[Package, ...]:
    missing = [package for package in used if not declared_for(package, every)]
    names = {package.name for package in missing}
    return tuple(package for package in missing if package.name not in asked_for and not _comes_with(package, names))


def _comes_with(package: Package, names: set[str]) -> bool:
    """Whether a package is part of another one of these: werkzeug of flask, which is told already."""
    providers = packages.distributions_of(package.first.module)
    return any(provider in names for provider in providers if provider != package.name)


@lru_cache(maxsize=1)
def faults(view: View) -> tuple[Fault, ...]:
    """Every mismatch between imports and declarations, by place."""
    read = _Read(
        known=declarations(view),
        indexes=indexes(view),
        used=used_packages(view),
        undeclared=undeclared(view),
        # Python that was not read, or that the component's settings leave out, may import what seems unused.
        imported=None if view.python_unseen or not view.python else third_party(view),
        named=_named(view),
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
    """What commands and configuration speak of."""


_latest_faults: Latest[tuple[Fault, ...]] = Latest()


def _faults(read: _Read) -> tuple[Fault, ...]:
    found = [*_missing(read), *_development_only(read), *_unused(read), *_standard(read.known)]
    return tuple(sorted(found, key=lambda fault: (fault.path, fault.line, fault.name)))


def _files(package: Package) -> int:
    return len({use.path for use in package.uses})


def _missing(read: _Read) -> Iterable[Fault]:
    for package in read.undeclared:
        bringer = next((item.name for item in read.indexes.runtime.find(packages.bringers_of(package.name))), "")
        transitive = bringer or declared_for(package, read.indexes.resolved)
        kind = TRANSITIVE if transitive else MISSING
        yield Fault(kind, package.name, package.first.path, package.first.line, _files(package), bringer)


def _development_only(read: _Read) -> Iterable[Fault]:
    """Imported by product code, declared for development only."""
    if read.known.uncertain or not read.known.runtime:
        return
    for package in read.used:
        items = declared_for(package, read.indexes.own)
        # A conda environment for development is a whole one: the code may run in it.
        if items and all(item.requirement.group == "dev" and item.manager != "conda" for item in items):
            yield Fault(DEVELOPMENT, package.name, package.first.path, package.first.line, _files(package))


def _standard(known: Declarations) -> Iterable[Fault]:
    for item in known.runtime:
        if item.name.replace("-", "_") in packages.STANDARD and not item.requirement.marker and item.manager != "conda":
            yield Fault(STANDARD, item.name, item.path, item.line, 0)


def _unused(read: _Read) -> Iterable[Fault]:
    """Declared to run, and nowhere imported, named in a command or in a configuration."""
    if read.imported is None:
        return
    imported = frozenset([(use.module, use.root) for use in read.imported])
    provided = _latest_provided((imported,), lambda: _Provided(imported))
    frozen = _frozen_lists(read.known)
    seen: set[tuple[str, str]] = set()
    for item in read.known.runtime:
        place = (item.path, item.name)
        if place in seen or provided.holds(item.name):
            continue
        seen.add(place)
        if item.path in frozen or _is_excused(item) or item.name in read.named:
            continue
        yield Fault(UNUSED, item.name, item.path, item.line, 0)


class _Provided:
    """The distributions that may provide what is imported."""

    def __init__(self, imported: frozenset[tuple[str, str]]) -> None:
        self._names = {name for module, _ in imported for name in packages.distributions_of(module)}
        self._beginnings = tuple(name[:-1] for name in self._names if name.endswith("*"))
        self._unknown_roots = frozenset(
            packages.normalised(root) for _, root in imported if not packages.is_known(root)
        )

    def holds(self, name: str) -> bool:
        listed = name in self._names or name.startswith(self._beginnings)
        return listed or any(alike(name, root) for root in self._unknown_roots)


_latest_provided: Latest[_Provided] = Latest()


def _is_excused(item: Declared) -> bool:
    """Used without an import, for other platforms only, or of Python itself, which is told as another fault."""
    standard = item.name.replace("-", "_") in packages.STANDARD
    return packages.serves_unimported(item.name) or bool(item.requirement.marker) or standard


def _frozen_lists(known: Declarations) -> frozenset[str]:
    """Files in which nearly all is pinned exactly: they may hold what others need, a lock without the name."""
    listed: dict[str, list[bool]] = {}
    for item in known.own:
        listed.setdefault(item.path, []).append(item.requirement.pin in ("exact", "hashed"))
    return frozenset(
        path for path, exact in listed.items() if len(exact) >= FROZEN_LIST and sum(exact) >= FROZEN_SHARE * len(exact)
    )


@lru_cache(maxsize=1)
def _named(view: View) -> frozenset[str]:
    """Names, normalised, that commands of the repository or values of its configuration speak of."""
    texts = [text for _, _, text in view.commands]
    texts += [command.text for _, facts in view.docs for command in facts.commands]
    spoken, configured = frozenset().union(*map(_spoken, texts)), tuple(map(_configured, view.configs))
    return _latest_named((spoken, configured), lambda: spoken.union(*configured))


_latest_named: Latest[frozenset[str]] = Latest()


@lru_cache(maxsize=1 << 14)
def _spoken(command: str) -> frozenset[str]:
    """What a command speaks of; one that installs uses nothing yet."""
    return frozenset() if _INSTALLS.search(command) else _words(command)


def _read_words(file: InPlace[ConfigFacts]) -> frozenset[str]:
    # No word reaches over the end of a line.
    return _words("\n".join([setting.value for setting in file.facts.settings if setting.kind == "string"]))


_configured = Memo(_read_words)


@lru_cache(maxsize=1 << 14)
def _words(text: str) -> frozenset[str]:
    """Its words, each as the name of a distribution, with and without what follows a dot."""
    words = frozenset(_WORD.findall(text))
    return frozenset(map(packages.normalised, words.union([word.partition(".")[0] for word in words])))
