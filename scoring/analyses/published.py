"""Whether a component is a library that others install: by its profile, by what its jobs run, or by its own README."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from scoring.analyses.declarations import declarations, family
from scoring.analyses.declared import Declared
from scoring.analyses.memo import Memo
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import CiFacts, DocFacts
from scoring.knowledge import packages

_OF_DISTRIBUTIONS = frozenset({"setuptools", "pyproject.toml"})
_VERSIONED = re.compile(r"[\[=<>~!]")
_GIT_ADDRESS = re.compile(r"^git\+\S+/|\.git(?:@\S*)?$")
_PUBLISHES = re.compile(
    r"pypi-publish|twine upload|\b(?:poetry|uv|flit|hatch|pdm|maturin) publish|setup\.py\b.*\bupload\b|pypi_password"
    r"|pypi-token"
)


@lru_cache(maxsize=1)
def is_library(view: View) -> bool:
    """Whether the component is a library for others: by its profile, a job that publishes it, or `pip install <it>`."""
    if view.profile == "library":
        return True
    projects = declarations(view).projects
    if not projects:
        return False
    if any(_is_published_by(file) for group in (view.ci, view.docker, view.tasks) for file in group):
        return True
    readmes = (file for file in view.docs if file.facts.kind == "readme")
    return any(not _installed_by(file).isdisjoint(projects) for file in readmes)


def needed_to_run(view: View) -> tuple[Declared, ...]:
    """The packages declared to run the component. Of a library only what its distribution asks for, if it asks for any:
    the lists beside it are for who develops it, and say what those had."""
    runtime = declarations(view).runtime
    own = tuple([item for item in runtime if family(item.manager) in _OF_DISTRIBUTIONS]) if is_library(view) else ()
    return own or runtime


def of_its_own(view: View, files: Sequence[PythonFile]) -> Sequence[PythonFile]:
    """Without the examples of a library: each is read alone, says what it sets, and is no part of what is installed."""
    if not any("example" in file.roles for file in files) or not is_library(view):
        return files
    return tuple([file for file in files if "example" not in file.roles])


_PUT_ASIDE = re.compile(
    r"(?:^|/)[._]?(?:archived?|archives?|backups?|legacy|deprecated|obsolete|outdated|attic|graveyard|old|unused)"
    r"(?:[._-]?v?\d[\d._-]*)?/",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 14)
def was_put_aside(path: str) -> bool:
    """Whether it lies in a folder for what is kept and no longer worked on."""
    return _PUT_ASIDE.search(path) is not None


@lru_cache(maxsize=1)
def put_aside(view: View) -> tuple[PythonFile, ...]:
    """The product files, once each, that only lie in such folders; none where no product or no ML file would remain."""
    live = [file for file in view.product if not was_put_aside(file.path)]
    if not live or (view.ml and not any(file.ml for file in live)):
        return ()
    blobs = {file.entry.blob for file in live}
    return tuple([file for file in view.product_once if file.entry.blob not in blobs])


def kloc_put_aside(view: View, *, ml: bool) -> float:
    """KLOC of what was put aside, of its ML files alone or of all."""
    return sum(file.facts.code_lines for file in put_aside(view) if file.ml or not ml) / 1000


def _publishes(file: InPlace[Any]) -> bool:
    jobs = [command.text for command in file.facts.commands]
    if isinstance(file.facts, CiFacts):
        jobs += file.facts.uses
    return any(_PUBLISHES.search(text.lower()) for text in jobs)


def _installs(file: InPlace[DocFacts]) -> frozenset[str]:
    """The words, as names of distributions, of the commands that install something, and of links to the index."""
    commands = [command.text.split() for command in file.facts.commands]
    words = {word.strip("'\"") for words in commands if "install" in words for word in words}
    words.update([word.strip("'\"") for word in file.facts.installs])
    names = [_GIT_ADDRESS.sub("", word) for word in words]
    return frozenset([packages.normalised(_VERSIONED.split(name)[0]) for name in names])


_is_published_by, _installed_by = Memo(_publishes), Memo(_installs)
