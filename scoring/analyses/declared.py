"""One declared package, and declarations to be asked for by name: which of them may provide what code imports."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from scoring.facts import Requirement
from scoring.knowledge import packages

MIN_SHARED_NAME = 4
"""A module and a distribution that share a shorter name than this are not taken for each other."""


class Declared(NamedTuple):
    """One declared or locked package. `name` is what the Python index calls it."""

    name: str
    path: str
    requirement: Requirement
    manager: str
    place: str
    """Folder it speaks for, "" for the root."""

    @property
    def line(self) -> int:
        return self.requirement.line


class Names:
    """Names of declared distributions, in their order: which of them may provide what code imports.

    An upgrade changes a version and no name, so that most weeks share these with the one before.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._places: dict[str, list[int]] = {}
        self._providers: dict[tuple[str, tuple[str, ...]], tuple[int, ...]] = {}
        for place, name in enumerate(names):
            self._places.setdefault(name, []).append(place)

    def providers(self, root: str, modules: tuple[str, ...]) -> tuple[int, ...]:
        """The places of those that may provide these modules of one package."""
        known = self._providers.get((root, modules))
        if known is None:
            found = [place for module in modules for place in self.find(packages.distributions_of(module))]
            if not found and not packages.is_known(root):
                name = packages.normalised(root)
                found = [place for place, listed in enumerate(self.names) if alike(listed, name)]
            known = self._providers[root, modules] = tuple(dict.fromkeys(found))
        return known

    def find(self, names: Iterable[str]) -> list[int]:
        """The places of any of these names; a name that ends in "*" stands for all that begin so."""
        found: list[int] = []
        for name in names:
            if name.endswith("*"):
                found += [place for place, listed in enumerate(self.names) if listed.startswith(name[:-1])]
            else:
                found += self._places.get(name, ())
        return found


_names_of = lru_cache(maxsize=8)(Names)


class ByName:
    """Declarations to be asked for by the names of distributions."""

    def __init__(self, items: Iterable[Declared]) -> None:
        self.items = tuple(items)
        self.names = _names_of(tuple([item.name for item in self.items]))

    def providers(self, root: str, modules: tuple[str, ...]) -> tuple[Declared, ...]:
        """The declarations that may provide these modules of one package, each once, in their order."""
        return tuple(dict.fromkeys([self.items[place] for place in self.names.providers(root, modules)]))

    def find(self, names: Iterable[str]) -> list[Declared]:
        """Those of any of these names; a name that ends in "*" stands for all that begin so."""
        return [self.items[place] for place in self.names.find(names)]


def alike(distribution: str, name: str) -> bool:
    """Whether an unknown distribution and an unknown module (normalised) share their name: "pycocotools-fix" and
    pycocotools."""
    return min(len(name), len(distribution)) >= MIN_SHARED_NAME and (name in distribution or distribution in name)
