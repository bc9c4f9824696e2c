"""One declared package, and declarations to be asked for by name: which of them may provide what code imports."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from scoring.facts import Requirement
from scoring.knowledge import packages

_LIST_FOLDERS = frozenset(
    {"requirements", "requirement", "reqs", "deps", "dependencies", "conda", "envs", "environments"}
)

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


def place_of(path: str) -> str:
    """The folder that a packaging file speaks for: its own, or the parent of a folder that only holds lists."""
    folders = path.split("/")[:-1]
    while folders and folders[-1].lower() in _LIST_FOLDERS:
        folders.pop()
    return "/".join(folders)


class Names:
    """Names of declared distributions, in their order: which of them may provide what code imports.

    An upgrade changes a version and no name, so that most weeks share these with the one before.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._places: dict[str, list[int]] = {}
        self._listed: dict[str, tuple[int, ...]] = {}
        self._alike: dict[str, tuple[int, ...]] = {}
        for place, name in enumerate(names):
            self._places.setdefault(name, []).append(place)

    def providers(self, root: str, modules: Iterable[str]) -> tuple[int, ...]:
        """The places of those that may provide these modules of one package."""
        found = [place for module in modules for place in self.listed(module)]
        return tuple(dict.fromkeys(found or self.like(root)))

    def first(self, root: str, modules: Iterable[str]) -> int | None:
        """The place of the first of those that may provide these modules of one package."""
        found = next((places for module in modules if (places := self.listed(module))), ()) or self.like(root)
        return found[0] if found else None

    def provide(self, root: str, modules: Iterable[str]) -> bool:
        """Whether any of them may provide one of these modules of one package."""
        return any(self.listed(module) for module in modules) or bool(self.like(root))

    def listed(self, module: str) -> tuple[int, ...]:
        """The places of those that are known to provide a dotted module, or bear its name."""
        known = self._listed.get(module)
        if known is None:
            known = self._listed[module] = tuple(self.find(packages.distributions_of(module)))
        return known

    def like(self, root: str) -> tuple[int, ...]:
        """The places of those that share their name with a module that nobody knows."""
        known = self._alike.get(root)
        if known is None:
            name = packages.normalised(root)
            others = () if packages.is_known(root) else [other for other in self._places if alike(other, name)]
            known = self._alike[root] = self._places_of(others)
        return known

    def find(self, names: Iterable[str]) -> list[int]:
        """The places of any of these names; a name that ends in "*" stands for all that begin so."""
        found: list[int] = []
        for name in names:
            if name[-1:] == "*":
                found += self._places_of([listed for listed in self._places if listed.startswith(name[:-1])])
            else:
                found += self._places.get(name, ())
        return found

    def _places_of(self, names: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted([place for name in names for place in self._places[name]]))


names_of = lru_cache(maxsize=8)(Names)


class ByName:
    """Declarations to be asked for by the names of distributions."""

    def __init__(self, items: Iterable[Declared]) -> None:
        self.items = tuple(items)
        self.names = names_of(tuple([item.name for item in self.items]))

    def find(self, names: Iterable[str]) -> list[Declared]:
        """Those of any of these names; a name that ends in "*" stands for all that begin so."""
        return [self.items[place] for place in self.names.find(names)]


def alike(distribution: str, name: str) -> bool:
    """Whether an unknown distribution and an unknown module (normalised) share their name: "pycocotools-fix" and
    pycocotools."""
    if min(len(name), len(distribution)) < MIN_SHARED_NAME:
        return False
    return name in distribution or distribution in name or name.replace("-", "") == distribution.replace("-", "")
