"""How firmly a component's dependencies are held: pins, locks, and what captures its environment."""

import re
from typing import NamedTuple

from scoring.analyses.declarations import Declarations, declarations, indexes, is_pinned
from scoring.analyses.declared import Declared, Names
from scoring.analyses.dependencies import Package, undeclared, used_packages
from scoring.analyses.freezes import frozen_lists
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.published import is_library, needed_to_run
from scoring.analyses.view import InPlace, View
from scoring.facts import PackagingFacts, Requirement
from scoring.knowledge.images import is_built_at_home, is_service

LOCKS_WITH_DIGESTS = 0.9
"""Share of a lock's entries that carry a digest, from which the lock counts as one with digests."""


_LOWER = re.compile(r"(?:^|,)(?:>=?|~=|\^|~|={2,3})")


RECIPE = "meta.yaml"
OF_CHECKERS = ("pytest-", "flake8-", "pylint-")
"""How their plugins are named."""
CHECKERS = frozenset({"pytest", "ruff", "black", "flake8", "isort", "mypy", "pylint", "pre-commit", "coverage", "tox"})


class Pinning(NamedTuple):
    """Packages that are declared or imported, by how they are held."""

    pinned: tuple[str, ...]
    """In a library also those with a range that has a floor: it is installed beside others."""
    loose: tuple[Declared, ...]
    """Each loose package once, where it is first declared loosely."""
    undeclared: tuple[Package, ...]
    """Neither declared nor locked."""

    @property
    def packages(self) -> int:
        return len(self.pinned) + len(self.loose) + len(self.undeclared)


def pinning(view: View) -> Pinning:
    """Every runtime package, declared or imported: pinned only where each of its declarations is held."""
    rests_on = (declarations(view), needed_to_run(view), is_library(view), undeclared(view), indexes(view).resolved)
    return _latest_pinning(rests_on, lambda: _pinning(*rests_on))


_latest_pinning: Latest[Pinning] = Latest()


def _pinning(
    known: Declarations, needed: tuple[Declared, ...], library: bool, unnamed: tuple[Package, ...], resolved: Names
) -> Pinning:
    loose: dict[str, Declared] = {}
    for item in needed:
        held = is_pinned(item, known) or (library and _is_bounded(item.requirement)) or _is_aside(item)
        if not held:
            loose.setdefault(item.name, item)
    missing, locked = [], set()
    for package in unnamed:
        if resolved.provide(package.root, package.modules):
            locked.add(package.name)
        else:
            missing.append(package)
    pinned = ({item.name for item in needed} | locked) - loose.keys()
    return Pinning(tuple(sorted(pinned)), tuple(loose.values()), tuple(missing))


def _is_aside(item: Declared) -> bool:
    """Of a recipe, which says what a package needs and not what anything ran with; or a tool that checks code."""
    return item.path.endswith(RECIPE) or item.name in CHECKERS or item.name.startswith(OF_CHECKERS)


def _is_bounded(one: Requirement) -> bool:
    """A range with a floor."""
    return one.pin == "range" and _LOWER.search(one.specifier.replace(" ", "")) is not None


def python_version(view: View) -> str:
    """The Python version as the component states it, exact ones first; "" where none is stated."""
    stated = [facts.python for _, facts in view.packaging if facts.python]
    exact = [text for text in stated if text.lstrip("=")[:1].isdigit()]
    return next(iter(exact or stated), "")


def looseness(one: Requirement) -> str:
    """A loose declaration in words."""
    if one.pin == "open":
        return "at any version"
    if one.pin == "git":
        return "as whatever its branch or tag holds"
    if one.pin == "url":
        return "as whatever its address serves"
    return f"as a range ({one.specifier})"


# ---------------------------------------------------------------- the environment as a whole


class Image(NamedTuple):
    """A base image as a container file names it."""

    name: str
    path: str
    line: int

    @property
    def has_digest(self) -> bool:
        return "@sha256:" in self.name

    @property
    def is_variable(self) -> bool:
        """Whether the name is only known to who builds it."""
        return "$" in self.name

    @property
    def is_of_service(self) -> bool:
        """Whether a compose file names it: beside images that are built from this code, a program of others."""
        return "compose" in self.path.rpartition("/")[2]

    @property
    def is_service_of_others(self) -> bool:
        """Whether it is a store or a server of others, run as it is or with settings of one's own."""
        return is_service(self.name)

    @property
    def is_for_developing(self) -> bool:
        return ".devcontainer" in self.path

    @property
    def is_own(self) -> bool:
        """Whether it is built at home, so that its digest is known to nobody else."""
        return not self.is_variable and is_built_at_home(self.name)


class Environment(NamedTuple):
    """What captures the environment that the code runs in."""

    images: tuple[Image, ...]
    files: tuple[str, ...]
    """Environment files and locks that hold no digests."""
    digested: tuple[str, ...]
    """Locks with digests."""


def environment(view: View) -> Environment:
    """Images, environment files, freezes and locks of the component; files of examples and tests are left out, and
    services of a compose file where an image is built here."""
    aside = frozenset({"example", "test", "docs"})
    images = [
        Image(name, entry.path, line)
        for entry, facts in view.docker
        if not entry.roles & aside
        for name, line in facts.images
        if name != "scratch"
    ]
    tried = [entry.path for entry, facts in view.docker if "test" in entry.roles and facts.images]
    files, digested = [], []
    frozen = frozen_lists(declarations(view))
    for file in view.packaging:
        entry, facts = file
        if entry.roles & aside or not facts.requirements or entry.path.endswith(RECIPE):
            continue
        conda = facts.manager == "conda" and facts.role in ("declaration", "export")
        if facts.role in ("lock", "export") and _has_digests(file):
            digested.append(entry.path)
        elif facts.role == "lock" or conda or entry.path in frozen:
            files.append(entry.path)
    return Environment(_of_the_code(images), tuple(files or tried), tuple(digested))


def _of_the_code(images: list[Image]) -> tuple[Image, ...]:
    """The images that the code itself runs in."""
    running = [image for image in images if not image.is_service_of_others]
    built = [image for image in running if not image.is_of_service] or running
    return tuple([image for image in built if not image.is_for_developing] or built)


def _holds_digests(file: InPlace[PackagingFacts]) -> bool:
    listed = file.facts.requirements
    digested = [one for one in listed if one.pin in ("hashed", "git-commit", "local")]
    return len(digested) >= LOCKS_WITH_DIGESTS * len(listed)


_has_digests = Memo(_holds_digests)


def needs_packages(view: View) -> bool:
    """Whether the component uses or declares any third-party package."""
    return bool(used_packages(view) or declarations(view).own)
