"""The packages that a component uses, and which of them it declares nowhere.

Nothing is installed and nothing is run. Where a name could mean several things the component gets the benefit of the
doubt.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from scoring.analyses.declarations import declarations, indexes
from scoring.analyses.declared import Names
from scoring.analyses.memo import Latest
from scoring.analyses.published import is_library
from scoring.analyses.third_party import Use, third_party
from scoring.analyses.view import View
from scoring.knowledge import packages

_MODULE = attrgetter("module")
TOOL_FOLDERS = re.compile(r"(?:^|/)(?:scripts?|tools?|bin|hack|dev|devtools|benchmarks?|\.[^/]+)/")
"""Folders of what developers run by hand."""
NOTEBOOK_NAME = ".ipynb"
_OF_KERNELS = frozenset({"ipython", "ipykernel"})
"""What the kernel of each notebook brings."""

NOTEBOOKS, TOOLS = "notebooks", "tools"


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


@lru_cache(maxsize=1)
def used_packages(view: View) -> tuple[Package, ...]:
    """The packages that the component's own files need, by name.

    An import that is guarded anywhere, or that stands in functions only, is optional: not everybody needs it. A library
    needs what its packages import; what lies beside them is its developers'.
    """
    imported, runtime = third_party(view), _runtime(view)
    return _latest_used((imported, runtime), lambda: _needed(imported, runtime))


def imported_packages(view: View) -> frozenset[str]:
    """The packages that the component's own files import anywhere, optional ones too."""
    imported, runtime = third_party(view), _runtime(view)
    return frozenset([packages.likely_distribution(use.module) for use in imported if use.path in runtime])


@lru_cache(maxsize=1)
def _runtime(view: View) -> frozenset[str]:
    """The paths of the component's own files."""
    runtime = frozenset([file.path for file in view.python if file.is_runtime])
    if is_library(view):
        inside = packages_of(view)
        runtime = frozenset([path for path in runtime if path.rpartition("/")[0] in inside]) or runtime
    return runtime or frozenset([file.path for file in view.python if "test" not in file.roles])


def _needed(imported: tuple[Use, ...], runtime: frozenset[str]) -> tuple[Package, ...]:
    optional = {use.root for use in imported if use.guarded}
    grouped: defaultdict[str, list[Use]] = defaultdict(list)
    likely = packages.likely_distribution
    for use in imported:
        if use.path in runtime and use.root not in optional:
            grouped[likely(use.module)].append(use)
    needed = {
        name: uses
        for name, uses in grouped.items()
        if not all(use.lazy for use in uses) and not (name in _OF_KERNELS and where_used(uses) == NOTEBOOKS)
    }
    return tuple([_package(name, uses) for name, uses in sorted(needed.items())])


def _package(name: str, uses: list[Use]) -> Package:
    return Package(name, uses[0].root, tuple(uses), tuple(dict.fromkeys(map(_MODULE, uses))))


_latest_used: Latest[tuple[Package, ...]] = Latest()


@lru_cache(maxsize=1)
def packages_of(view: View) -> frozenset[str]:
    """The folders that are packages of Python, by their __init__."""
    return _latest_packages(
        (view.paths,), lambda: frozenset([path[:-12] for path in view.paths if path.endswith("/__init__.py")])
    )


_latest_packages: Latest[frozenset[str]] = Latest()


@lru_cache(maxsize=1)
def hosted_notebooks(view: View) -> frozenset[str]:
    """Notebooks that run on a platform that brings packages of its own."""
    return frozenset([file.path for file in view.notebooks if file.notebook is not None and file.notebook.platform])


def where_used(uses: Iterable[Use]) -> str:
    """Where alone the uses stand: NOTEBOOKS, TOOLS or ""."""
    paths = {use.path for use in uses}
    if all(path.endswith(NOTEBOOK_NAME) for path in paths):
        return NOTEBOOKS
    return TOOLS if all(TOOL_FOLDERS.search(path) or path.endswith(NOTEBOOK_NAME) for path in paths) else ""


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
