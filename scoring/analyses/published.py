"""Whether a component is a library that others install, by its profile, by what its jobs run, or by its own README; and
which of its files only show how it is used, or were put aside."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scoring.analyses.declarations import declarations, family
from scoring.analyses.declared import Declared
from scoring.analyses.in_place import InPlace
from scoring.analyses.memo import Memo
from scoring.analyses.python_file import PythonFile, once
from scoring.facts import CiFacts, DocFacts
from scoring.knowledge import packages
from scoring.readers.places import roles_of

if TYPE_CHECKING:
    from scoring.analyses.view import View

_OF_DISTRIBUTIONS = frozenset({"setuptools", "pyproject.toml"})
_VERSIONED = re.compile(r"[\[=<>~!]")
_GIT_ADDRESS = re.compile(r"^git\+\S+/|\.git(?:@\S*)?$")
_PUBLISHES = re.compile(
    r"pypi-publish|twine upload|\b(?:poetry|uv|flit|hatch|pdm|maturin) publish|setup\.py\b.*\bupload\b|pypi_password"
    r"|pypi-token"
)


@lru_cache(maxsize=1)
def is_library(view: "View") -> bool:
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


def is_installable(view: "View") -> bool:
    """Whether the component declares a distribution of its own, and nothing says whether others install it: where
    something does, it is judged as their library whatever its profile."""
    return bool(declarations(view).projects) and not is_library(view)


def needed_to_run(view: "View") -> tuple[Declared, ...]:
    """The packages declared to run the component. Of a library only what its distribution asks for, if it asks for any:
    the lists beside it are for who develops it, and say what those had."""
    runtime = declarations(view).runtime
    own = tuple([item for item in runtime if family(item.manager) in _OF_DISTRIBUTIONS]) if is_library(view) else ()
    return own or runtime


SHOWS = re.compile(
    r"(?:^|[^a-z])(?:examples?|demos?|tutorials?|quick_?-?starts?|walk_?-?throughs?|getting[-_ ]started"
    r"|intro(?:duction)?s?|blog(?:s|[-_]?posts?)?)(?:[^a-z]|$)",
    re.IGNORECASE,
)
"""The path of a notebook that is there to be read: its code is shown where it stands, and so is what it gives."""
_BESIDE = re.compile(r"(?:benchmarks?|playground|sandbox|projects|recipes|showcases?|gallery|tasks)/", re.IGNORECASE)
"""Folders beside the packages of a library in which it is tried out."""
MOST = 0.75
"""Of the lines of code, from which on the examples are what the component is, and the package serves them."""


def shown(view: "View", files: Sequence[PythonFile]) -> frozenset[str]:
    """Of these files, the paths of those that show how a package is used: its examples and demonstrations, and all the
    notebooks and benchmarks of a library that others install. Each is read alone, says what it sets, and is no part of
    what is installed. None where they are what the component is."""
    told = [file for file in files if _may_show(file) and not _is_packaged(view, file.path)]
    if told and not is_library(view):
        told = [file for file in told if _is_example(file)] if declarations(view).projects else []
    if view.profile != "library" and _lines(told) >= MOST * _lines(files):
        return frozenset()
    return frozenset([file.path for file in told])


def _is_packaged(view: "View", path: str) -> bool:
    """Whether the folder named after examples is a package within another: what it holds is imported."""
    parts = path.split("/")
    for depth, folder in enumerate(parts[1:-1], 1):
        if "example" in roles_of(f"{folder}/__init__.py"):
            above = "/".join(parts[:depth])
            return {f"{above}/__init__.py", f"{above}/{folder}/__init__.py"} <= view.paths
    return False


def _may_show(file: PythonFile) -> bool:
    return "example" in file.roles or file.is_notebook or _BESIDE.match(file.path) is not None


def _is_example(file: PythonFile) -> bool:
    return "example" in file.roles or (file.is_notebook and SHOWS.search(file.path) is not None)


def _lines(files: Sequence[PythonFile]) -> int:
    return sum([file.facts.code_lines for file in once(files)])


_PUT_ASIDE = re.compile(
    r"(?:^|/)[._]?(?:archived?|archives?|backups?|legacy|deprecated|obsolete|outdated|attic|graveyard|old|unused)"
    r"(?:[._-]?v?\d[\d._-]*)?/"
    r"|(?:/|^)[^/]+[_-](?:backup|bak|deprecated|legacy|obsolete|old|unused)\.(?:py|ipynb)$"
    r"|(?:/|^)(?:deprecated|legacy|obsolete|old|unused)[_-][^/]*\.(?:py|ipynb)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 14)
def was_put_aside(path: str) -> bool:
    """Whether it lies in a folder for what is kept and no longer worked on, or its name says so of the file."""
    return _PUT_ASIDE.search(path) is not None


def put_aside(files: Sequence[PythonFile]) -> frozenset[str]:
    """Of these files, the paths of those that lie in such folders; none where no file, or no ML file, would remain."""
    live = [file for file in files if not was_put_aside(file.path)]
    if len(live) == len(files) or not live or (any(file.ml for file in files) and not any(file.ml for file in live)):
        return frozenset()
    return frozenset([file.path for file in files]) - frozenset([file.path for file in live])


def kloc_run(view: "View", *, ml: bool) -> float:
    """KLOC of the product with the examples beside it, of those alone that import an ML library or of all; what both
    hold counts once."""
    own = {file.entry.blob for file in view.product}
    files = [file for file in once(view.with_shown) if file.path in view.shown and file.entry.blob not in own]
    shown = sum([file.facts.code_lines for file in files if file.ml or not ml]) / 1000
    return (view.ml_kloc if ml else view.kloc) + shown


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
