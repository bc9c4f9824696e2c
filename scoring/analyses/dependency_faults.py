"""Imports against declarations: what does not match.

The rules are those that deptry calls DEP001 to DEP005, over facts alone (catalogue: rep.4).
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from scoring.analyses.declarations import Declarations, Indexes, declarations, indexes
from scoring.analyses.declared import Declared, Names, alike
from scoring.analyses.dependencies import (
    NOTEBOOK_NAME,
    TOOL_FOLDERS,
    Package,
    hosted_notebooks,
    packages_of,
    undeclared,
    used_packages,
    where_used,
)
from scoring.analyses.freezes import frozen_lists
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.named import named_in_code
from scoring.analyses.published import needed_to_run
from scoring.analyses.spoken import spoken_of
from scoring.analyses.third_party import Use, leaves_imports_unseen, third_party
from scoring.analyses.view import CodeFile, PythonFile, View
from scoring.knowledge import packages
from scoring.knowledge.images import holds_unknown, is_service

_MODULE = attrgetter("module")

MISSING, TRANSITIVE, UNUSED, DEVELOPMENT, STANDARD = "missing", "transitive", "unused", "development", "standard"


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
    also: str = ""
    """Of what is unused or part of Python: another file that declares it too."""
    where: str = ""
    """notebooks | tools, where nothing else imports it; "" for most."""
    root: str = ""
    """The module by which it is imported; "" for what is never imported."""


@lru_cache(maxsize=1)
def faults(view: View) -> tuple[Fault, ...]:
    """Every mismatch between imports and declarations, by place."""
    needed = needed_to_run(view)
    read = _Read(
        known=declarations(view),
        needed=needed,
        packages=packages_of(view),
        hosted=hosted_notebooks(view),
        functions=frozenset([file.path for file in view.whole if _is_function(file)]),
        borrows=".gitmodules" in view.paths,
        indexes=indexes(view),
        used=used_packages(view),
        undeclared=undeclared(view),
        # Python that was not read, or that the component's settings leave out, may import what seems unused.
        imported=None
        if not any(file.facts.code_lines for file in view.product) or leaves_imports_unseen(view)
        else third_party(view),
        roots=frozenset().union(*map(_dotted_in, view.python)),
        opaque=_runs_in_opaque_images(view),
        named=spoken_of(view, frozenset([item.name for item in needed])),
    )
    found = _latest_faults(read, lambda: _faults(read))
    named = _named_in_code(view, [fault.name for fault in found if fault.kind == UNUSED])
    return tuple([fault for fault in found if fault.name not in named]) if named else found


def _named_in_code(view: View, names: list[str]) -> frozenset[str]:
    """Of unused packages, those that strings of the code name: an engine, an application, a plugin."""
    written = {spelling: name for name in names for spelling in (name, name.replace("-", "_"))}
    return frozenset([written[spelling] for spelling in named_in_code(view, written)])


def _runs_in_opaque_images(view: View) -> bool:
    images = [
        name for _, facts in view.docker for name, _ in facts.images if not is_service(name) and name != "scratch"
    ]
    return bool(images) and all(map(holds_unknown, images))


class _Read(NamedTuple):
    """All that faults rest on."""

    known: Declarations
    needed: tuple[Declared, ...]
    """Declared to run it."""
    packages: frozenset[str]
    """Folders that are packages of Python."""
    hosted: frozenset[str]
    """Notebooks that run on a platform that brings packages of its own."""
    functions: frozenset[str]
    """Files with a function that a service calls, in an environment of its own."""
    borrows: bool
    """Other repositories lie in it, whose modules are on the path."""
    indexes: Indexes
    used: tuple[Package, ...]
    undeclared: tuple[Package, ...]
    imported: tuple[Use, ...] | None
    """Every import; None where some may have gone unseen."""
    roots: frozenset[str]
    """What is imported by dotted names, by its first part."""
    opaque: bool
    """All images that it runs in are made by others, who may have put packages there."""
    named: frozenset[str]
    """Of what is declared to run, what commands and configuration speak of."""


_latest_faults: Latest[tuple[Fault, ...]] = Latest()


def _faults(read: _Read) -> tuple[Fault, ...]:
    missing, unused = _without_unknown_pairs(list(_missing(read)), list(_unused(read)), read)
    found = [*missing, *_development_only(read), *unused, *_standard(read)]
    return tuple(sorted(found, key=lambda fault: (fault.path, fault.line, fault.name)))


def _without_unknown_pairs(missing: list[Fault], unused: list[Fault], read: _Read) -> tuple[list[Fault], list[Fault]]:
    """Without modules that nobody knows and addresses that nothing seems to import: what a repository of others
    holds is not told by its name."""
    known = {package.name for package in read.undeclared if packages.is_known(package.root)}
    strange = [fault for fault in missing if fault.kind == MISSING and fault.name not in known]
    addressed = {(item.path, item.line) for item in read.needed if item.requirement.pin in _ADDRESSES}
    fetched = [fault for fault in unused if (fault.path, fault.line) in addressed]
    if not strange or not fetched:
        return missing, unused
    return [fault for fault in missing if fault not in strange], [fault for fault in unused if fault not in fetched]


_DEPLOYING = frozenset(
    {"aws_cdk", "constructs", "cdk_nag", "aws_solutions_constructs", "jsii", "pulumi", "cdktf", "fabric"}
)
"""What sets up the place where a program will run: it is needed where that is done from."""
_dotted_in: Memo[CodeFile, frozenset[str]] = Memo(
    lambda file: frozenset(
        [item.module.partition(".")[0] for item in file.facts.imports if "." in item.module and not item.level]
    )
)
_OF_FUNCTIONS = frozenset({"boto3", "botocore", "s3transfer"})
"""What the runtime of a function in the cloud of Amazon has."""
_is_function: Memo[PythonFile, bool] = Memo(lambda file: "lambda_handler" in file.facts.function_names)

_FOR_DEVELOPERS = re.compile(rf"{TOOL_FOLDERS.pattern}|(?:^|[/_])(?:testing|conftest|test_?utils?)(?:/|\.py$)")
"""Files that developers run, and what a package offers to tests."""
_ADDRESSES = frozenset({"git", "git-commit", "url", "local"})


def _files(package: Package) -> int:
    return len({use.path for use in package.uses})


def _missing(read: _Read) -> Iterable[Fault]:
    for package in read.undeclared:
        borrowed = read.borrows and not packages.is_known(package.root)
        if package.name in _OF_FUNCTIONS and all(use.path in read.functions for use in package.uses):
            continue
        if borrowed or all(use.path in read.hosted for use in package.uses):
            continue
        bringer = next((item.name for item in read.indexes.runtime.find(packages.bringers_of(package.name))), "")
        transitive = bringer or read.indexes.resolved.provide(package.root, package.modules)
        if read.opaque and not transitive:
            continue
        kind = TRANSITIVE if transitive else MISSING
        first = package.first
        yield Fault(
            kind,
            package.name,
            first.path,
            first.line,
            _files(package),
            bringer,
            where=where_used(package.uses),
            root=package.root,
        )


def _development_only(read: _Read) -> Iterable[Fault]:
    """Imported by a package of the product, declared for development only; what only scripts and notebooks beside it
    import, which are run where it is developed, may be so."""
    if read.known.uncertain or not read.known.runtime:
        return
    own = read.indexes.own
    # A conda environment for development is a whole one: the code may run in it.
    for_development = frozenset(
        [n for n, item in enumerate(own.items) if item.requirement.group == "dev" and item.manager != "conda"]
    )
    for package in read.used:
        if not for_development.issuperset(own.names.listed(package.modules[0])) or package.root in _DEPLOYING:
            continue
        inside = [use.path for use in package.uses if use.path.rpartition("/")[0] in read.packages]
        if all(_FOR_DEVELOPERS.search(path) or path.endswith(NOTEBOOK_NAME) for path in inside):
            continue
        places = own.names.providers(package.root, package.modules)
        if places and for_development.issuperset(places):
            yield Fault(DEVELOPMENT, package.name, package.first.path, package.first.line, _files(package))


def _standard(read: _Read) -> Iterable[Fault]:
    """Declared, and part of Python itself: each name once, whatever the number of lists that were copied with it."""
    frozen = frozen_lists(read.known)
    listed: dict[str, list[Declared]] = {}
    for item in read.needed:
        excused = item.requirement.marker or item.manager == "conda" or item.name in packages.BACKPORTS
        if item.path not in frozen and not excused and item.name.replace("-", "_") in packages.STANDARD:
            listed.setdefault(item.name, []).append(item)
    for name, (first, *others) in listed.items():
        paths = sorted({item.path for item in others} - {first.path})
        more = f"{paths[0]} and {len(paths) - 1} more" if len(paths) > 1 else "".join(paths)
        yield Fault(STANDARD, name, first.path, first.line, 0, also=more)


def _unused(read: _Read) -> Iterable[Fault]:
    """Declared to run, and nowhere imported, named in a command or in a configuration; the code of a repository that
    lies in this one, and was not read, may import it."""
    if read.imported is None or read.borrows:
        return
    names, modules = read.indexes.runtime.names, frozenset(map(_MODULE, read.imported))
    provided = _latest_provided((names, modules, read.roots), lambda: _provided(names, modules, read.roots))
    frozen = frozen_lists(read.known)
    adapted = _adapted(names.names)
    unused: dict[str, list[Declared]] = {}
    for item in read.needed:
        held = item.name in provided or item.name in adapted or _is_held(item.name, provided)
        if held or item.path in frozen or _is_excused(item) or item.name in read.named:
            continue
        unused.setdefault(item.name, []).append(item)
    for name, (first, *others) in unused.items():
        also = next((item.path for item in others if item.path != first.path), "")
        yield Fault(UNUSED, name, first.path, first.line, 0, also=also)


def _provided(names: Names, modules: frozenset[str], every: frozenset[str]) -> frozenset[str]:
    """Those of these names that may provide one of these modules, or bear the name of anything that is imported: a
    module of one's own may bear it too."""
    listed = {names.names[place] for module in modules for place in names.listed(module)}
    roots = every.union([module.partition(".")[0] for module in modules])
    unknown = [packages.normalised(root) for root in roots if not packages.is_known(root)]
    others = set(names.names) - listed
    return frozenset(listed.union([name for name in others if any(alike(name, root) for root in unknown)]))


_latest_provided: Latest[frozenset[str]] = Latest()


def _is_excused(item: Declared) -> bool:
    """Used without an import, for other platforms only, for the program of an image, of Python itself, which is told
    as another fault, or installed by conda, which installs programs and libraries of all languages, and not known."""
    standard = item.name.replace("-", "_") in packages.STANDARD or item.manager == "image"
    if item.manager == "conda" and not packages.is_distribution(item.name):
        return True
    if item.requirement.specifier.lstrip().startswith("<"):  # it holds another package's package back
        return True
    return packages.serves_unimported(item.name) or bool(item.requirement.marker) or standard


def _is_held(name: str, imported: frozenset[str]) -> bool:
    """Its line only says which version an imported package gets, that has always needed it or loads it by itself."""
    return not imported.isdisjoint((*packages.bringers_of(name), *packages.loaders_of(name)))


def _adapted(names: Iterable[str]) -> frozenset[str]:
    """Whose version a line says for an adapter that is named after both: langchain-openai, llama-index-llms-openai."""
    parts = [name.split("-", 9) for name in names if name.startswith(_ADAPTERS)]
    return frozenset(["-".join(part[start:]) for part in parts for start in range(1, len(part))])


_ADAPTERS = ("langchain-", "llama-index-", "haystack-", "autogen-")
