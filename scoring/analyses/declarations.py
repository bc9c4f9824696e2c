"""What a component declares and locks: its packaging files joined, each declaration in its place.

A place is the folder that a packaging file speaks for. A lock file, a constraints file or an exported list covers the
declarations in its own place and below it. Files of examples, tests and documentation declare for themselves only.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from scoring.analyses.declared import ByName, Declared, Names, names_of, place_of
from scoring.analyses.in_place import InPlace
from scoring.analyses.installed import (
    installed_by,
    installed_by_jobs,
    installed_by_tasks,
    installed_in,
    lying_in,
    lying_in_settings,
)
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.python_file import ASIDE, PythonFile
from scoring.facts import PackagingFacts, Requirement
from scoring.knowledge import packages

if TYPE_CHECKING:
    from scoring.analyses.view import View

PINNED = frozenset({"exact", "hashed", "git-commit"})
_LIST_MANAGERS = frozenset({"pip", "conda", "pipenv"})
"""Whose declarations may be lists of pins for the place around them."""
_VERSIONED_FILE = re.compile(r"[-_/@]v?\d+(?:\.\d+)+[^/]*$")


class Resolved(NamedTuple):
    """What one lock file, constraints file or exported list says, by name: an upgrade changes none of it."""

    place: str
    names: tuple[str, ...]
    fixed: frozenset[str]
    """Held at one version."""
    digested: frozenset[str]
    """Held by the digest of a file or a commit."""


class Declarations(NamedTuple):
    """All that the packaging files of one component say."""

    own: tuple[Declared, ...]
    """Declared by the component itself, any group."""
    aside: tuple[Declared, ...]
    """Declared for examples, tests and documentation."""
    resolved: tuple[Resolved, ...]
    """Of lock files, constraints and exported lists."""
    uncertain: str
    """Why the list may be incomplete, or ""."""
    projects: frozenset[str]
    """Names of the component's own distributions."""
    files: tuple[str, ...]
    """Paths of the files that declare, whether or not they name a package."""
    runtime: tuple[Declared, ...]
    """Needed to run: neither for development, nor for a build, nor optional, nor a folder of the repository."""
    provided: tuple[Declared, ...]
    """Installed by cells of notebooks or for jobs, or lying in base images: what runs there needs nothing else."""
    held: dict[str, frozenset[str]]
    """Place -> the names that a lock, constraints or a list of pins there holds at one version."""
    stated: bool
    """Some file says what is needed, be it nothing."""


def family(manager: str) -> str:
    """Managers that read the same file are one: the tables of pyproject.toml."""
    return "pyproject.toml" if manager in ("poetry", "pdm", "uv", "pep621", "hatch") else manager


def covers(place: str, other: str) -> bool:
    """Whether what stands in `place` holds for `other`."""
    return not place or other == place or other.startswith(place + "/")


class Indexes(NamedTuple):
    """The declarations of one component by name."""

    own: ByName
    every: ByName
    """The component's own, those of examples and tests, cells and images, without what only a build needs."""
    runtime: ByName
    resolved: Names
    extras: frozenset[str]
    """Extras that `every` of them asks for, with what these bring."""


_latest_indexes: Latest[Indexes] = Latest()
_latest_declarations: Latest[Declarations] = Latest()


@lru_cache(maxsize=1)
def indexes(view: "View") -> Indexes:
    """The component's declarations, to be asked for by name."""
    known = declarations(view)
    rests_on = (known.own, known.aside, known.provided, known.resolved)
    return _latest_indexes(rests_on, lambda: _indexes(known))


def _indexes(known: Declarations) -> Indexes:
    declared = (*known.own, *known.aside, *known.provided)
    every = ByName([item for item in declared if item.requirement.group != "build"])
    return Indexes(
        own=ByName([item for item in known.own if item.requirement.group != "build"]),
        every=every,
        runtime=ByName(known.runtime),
        resolved=names_of(tuple([name for listed in known.resolved for name in listed.names])),
        extras=frozenset([name for item in every.items for name in _asked_for(item)]),
    )


def _asked_for(item: Declared) -> list[str]:
    extras = item.requirement.extras
    return [*extras, *[name for extra in extras for name in packages.brought_by_extra(item.name, extra)]]


@lru_cache(maxsize=1)
def declarations(view: "View") -> Declarations:
    """The component's declarations, in the order of paths and lines."""
    installing = tuple([file for file in view.notebooks if file.notebook is not None and file.notebook.installs])
    starting = tuple([file for file in view.whole if file.facts.job_requirements or file.facts.job_images])
    of_jobs = tuple([item for file in starting for item in installed_by_jobs(file)]) + tuple(
        [item for file in view.configs for item in lying_in_settings(file)]
    )
    rests_on = (view.packaging, view.docker, view.tasks, installing, of_jobs)
    known = _latest_declarations(rests_on, lambda: _declarations(view, installing, of_jobs))
    return known._replace(uncertain=_uncertain(view))


def _declarations(view: "View", installing: tuple[PythonFile, ...], of_jobs: tuple[Declared, ...]) -> Declarations:
    """All of it that the packaging, container and task files alone say, with what cells and jobs install."""
    own: list[Declared] = []
    aside: list[Declared] = []
    resolved: list[Resolved] = []
    listing = [(entry, facts) for entry, facts in view.packaging if facts.role == "declaration"]
    stated = {place_of(entry.path) for entry, facts in listing if facts.requirements and not entry.roles & ASIDE}
    for file in view.packaging:
        entry, facts = file
        # An exported list with nothing that it could be exported from is the declaration itself.
        alone = facts.role == "export" and not any(covers(place, place_of(entry.path)) for place in stated)
        if facts.role == "declaration" or alone:
            (aside if entry.roles & ASIDE else own).extend(_items_of(file))
        else:
            resolved.append(_resolved_in(file))
    for image in view.docker:
        aside.extend(installed_in(image))
    for script in view.tasks:
        aside.extend(() if script.entry.roles & ASIDE else installed_by_tasks(script))
    if not own:
        own, aside = aside, []
    projects = frozenset(facts.project for _, facts in view.packaging if facts.project)
    own = [item for item in own if item.name not in projects]
    return Declarations(
        own=tuple(own),
        aside=tuple(item for item in aside if item.name not in projects),
        resolved=tuple(resolved),
        uncertain="",
        projects=projects,
        files=tuple(sorted({entry.path for entry, facts in view.packaging if facts.role != "lock"})),
        runtime=tuple(item for item in own if item.requirement.group == "runtime" and item.requirement.pin != "local"),
        provided=tuple(
            [item for file in installing for item in installed_by(file)]
            + [item for image in view.docker for item in lying_in(image)]
        )
        + of_jobs,
        stated=bool(own) or any(facts.none_needed and not entry.roles & ASIDE for entry, facts in listing),
        held=_held(resolved, [item for item in own if family(item.manager) in _LIST_MANAGERS]),
    )


def _held(resolved: Iterable[Resolved], lists: Iterable[Declared]) -> dict[str, frozenset[str]]:
    places: dict[str, set[str]] = {}
    for item in lists:
        if _is_fixed(item.requirement):
            places.setdefault(item.place, set()).add(item.name)
    held = {place: frozenset(names) for place, names in places.items()}
    for listed in resolved:
        others = held.get(listed.place)
        held[listed.place] = others | listed.fixed if others else listed.fixed
    return held


def _items(file: InPlace[PackagingFacts]) -> tuple[Declared, ...]:
    (entry, facts), place = file, place_of(file.entry.path)
    conda = facts.manager == "conda"
    return tuple(
        [
            Declared(packages.from_conda(one.name) if conda else one.name, entry.path, one, facts.manager, place)
            for one in facts.requirements
            if not (conda and packages.is_system(one.name))
        ]
    )


def _resolved(file: InPlace[PackagingFacts]) -> Resolved:
    conda, listed = file.facts.manager == "conda", file.facts.requirements
    pins = [
        (packages.from_conda(one.name) if conda else one.name, one)
        for one in listed
        if not (conda and packages.is_system(one.name))
    ]
    return Resolved(
        place=place_of(file.entry.path),
        names=tuple([name for name, _ in pins]),
        fixed=frozenset([name for name, one in pins if _is_fixed(one)]),
        digested=frozenset([name for name, one in pins if one.pin in ("git-commit", "hashed")]),
    )


_items_of, _resolved_in = Memo(_items), Memo(_resolved)


def _uncertain(view: "View") -> str:
    """Why a package may be declared though no declaration of it was read."""
    if not view.component.complete:
        return "the files were not listed whole"
    for entry in view.files:
        if "packaging" in entry.roles and entry.skipped and not entry.facts:
            return f"{entry.path} could not be read ({entry.skipped})"
    if unread := min((path for path in view.paths if path.rpartition("/")[2].startswith("cog.yaml")), default=""):
        return f"{unread} may list what its image holds, and is not read for it"
    for entry, facts in view.packaging:
        computed = facts.role == "declaration" and facts.dynamic and facts.manager != "conda"
        if computed and not _is_followed(view, entry.path, facts):
            return f"{entry.path} computes its list"
    return ""


def _is_followed(view: "View", path: str, facts: PackagingFacts) -> bool:
    """A computed list is known after all where the file it reads is there, or its neighbour states the list."""
    folder = path.rpartition("/")[0]
    prefix = folder + "/" if folder else ""
    if any(prefix + name.removeprefix("./") in view.paths for name in facts.includes):
        return True
    beside = [other for entry, other in view.packaging if entry.path in (prefix + "setup.py", prefix + "setup.cfg")]
    return facts.manager != "setuptools" and any(other.requirements or other.includes for other in beside)


def is_pinned(item: Declared, known: Declarations) -> bool:
    """Declared at one version, or held at one by a lock, constraints or a list of pins that covers its place."""
    if _is_fixed(item.requirement):
        return True
    return any(item.name in known.held.get(place, ()) for place in _around(item.place))


@lru_cache(maxsize=1 << 10)
def _around(place: str) -> tuple[str, ...]:
    """The places that cover a place."""
    folders = place.split("/") if place else []
    return tuple(["/".join(folders[:length]) for length in range(len(folders) + 1)])


def _is_fixed(one: Requirement) -> bool:
    return one.pin in PINNED or (one.pin == "url" and is_versioned(one.specifier))


def is_versioned(address: str) -> bool:
    """Whether an address names one version in its file, as wheels and release archives do."""
    return bool(_VERSIONED_FILE.search(address.partition("#")[0]))
