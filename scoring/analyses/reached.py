"""Which modules something reaches, from what is run, configured, published or tested (dec.4)."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.memo import Latest, Memo
from scoring.analyses.modules import SOURCE_ROOTS, all_imports, imports_by_path
from scoring.analyses.named import named_modules
from scoring.analyses.placing import placed
from scoring.analyses.python_file import CodeFile
from scoring.analyses.starts import ASIDE, is_offered, is_public, loading, naming_unread, of_program, stem
from scoring.analyses.unparsed import spoken_of, uses_unseen
from scoring.analyses.view import PythonFile, View
from scoring.facts import Import
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown
from scoring.knowledge import packages

Graph = dict[str, frozenset[str]]
"""Path -> paths of the modules that it imports."""

FAMILY = 3
"""Modules alike from which on something loads them by their place."""
SOME_TESTED, MOSTLY_TESTED = 5, 0.2
"""Modules that only tests reach, and their share, from which on the tests are how the component is run."""
_SAYS_IT_IS_DEAD = re.compile(
    r"(?:^|_)(?:not_?working|does_?nt_work|delete_?me|remove_?me)(?:_|$)|^(?:unused|to_?(?:be_?)?deleted?)(?:_|$)"
    r"|(?-i:^DELETE)",
    re.IGNORECASE,
)
"""Names by which a module itself says that it is nobody's to use."""
_IMPORT_ROOTS = frozenset({"", *(folder.rstrip("/") for folder in SOURCE_ROOTS)})


class Reached(NamedTuple):
    """Paths of modules that define something and that nothing reaches."""

    left: frozenset[str]
    tested: frozenset[str]
    """Those that tests reach."""
    imported: frozenset[str]
    """Of all modules, those that any other imports."""


# ---------------------------------------------------------------- by the imports that lead to one module


@lru_cache(maxsize=1)
def reached(view: View) -> Reached:
    """What nothing reaches, by the module graph, by what names stand in text, and by imports that may mean it."""
    graph = imports_by_path(view)
    offered = is_offered(view)
    loads = tuple([(loading(file), _said_packages(file)) for file in view.python])
    defining = tuple([file.path for file in view.product if _defines(file)])
    own = of_program(view) if offered else frozenset(graph)
    strict = _latest_strict((graph, loads, own, defining), lambda: _strict(view, graph, defining, own))
    stems = {path: stem(path) for path in strict.left}
    said = named_modules(view, stems.values()) | spoken_of(view, stems.values())
    loose = _latest_loose((all_imports(view), graph, strict.left), lambda: _importers(view, graph, strict.left))
    started = [path for path, name in stems.items() if name in said]
    started += _packages_spoken_of(view, graph)
    found = set(strict.run)
    _close(started, graph, loose, found)
    _close([target for path in strict.run for target in loose.get(path, ())], graph, loose, found)
    tested = set(strict.tested)
    _close([target for path in strict.tested for target in loose.get(path, ())], graph, loose, tested)
    imported = strict.imported.union(*loose.values())
    left = strict.left - found
    return Reached(left, left & tested, imported)


def _packages_spoken_of(view: View, graph: Graph) -> list[str]:
    """Packages that Python which does not parse names: it may use whatever they bring together."""
    packages = {path: stem(path) for path in graph if path.endswith("/__init__.py")}
    spoken = spoken_of(view, packages.values())
    return [path for path, name in packages.items() if name in spoken]


class _Strict(NamedTuple):
    run: frozenset[str]
    tested: frozenset[str]
    imported: frozenset[str]
    left: frozenset[str]
    """Modules that define something and are not run."""


_latest_strict: Latest[_Strict] = Latest()


def _strict(view: View, graph: Graph, defining: tuple[str, ...], own: frozenset[str]) -> _Strict:
    """`own` are the modules that no user of a package is offered."""
    tests = {file.path for file in view.tests}
    product = [file for file in view.python if file.path not in tests]
    first = {file.path for file in product if loading(file).starts}
    first |= {
        file.path
        for file in product
        if file.path not in own and is_public(file.path) and not _SAYS_IT_IS_DEAD.search(stem(file.path))
    }
    loaders = {_reach_of_loader(file) for file in product if loading(file).dynamic}
    loaders |= _packages_in_text(product, graph)
    if loaders:
        below = tuple([f"{folder}/" if folder else "" for folder in sorted(loaders)])
        first |= {path for path in graph if path.startswith(below) and path not in tests}
    run: set[str] = set()
    tested: set[str] = set()
    _close(first, graph, {}, run)
    _close(tests, graph, {}, tested)
    left = frozenset(defining) - run
    return _Strict(frozenset(run), frozenset(tested), frozenset().union(*graph.values()), left)


def _reach_of_loader(file: CodeFile) -> str:
    """The folder of which it may load anything: its own, or that of the whole package where it lists files."""
    return file.path.partition("/")[0] if loading(file).lists and "/" in file.path else file.path.rpartition("/")[0]


def _packages_in_text(product: Iterable[CodeFile], graph: Graph) -> set[str]:
    """Folders of which a module may be loaded by a name that is put after theirs: `"models." + name`."""
    said = {name.replace(".", "/") for file in product for name in _said_packages(file)}
    if not said:
        return set()
    folders = {path.rpartition("/")[0] for path in graph}
    return {folder for folder in folders if folder and not said.isdisjoint(_ends_of_path(folder))}


def _said(file: CodeFile) -> tuple[str, ...]:
    return file.facts.packages_named if isinstance(file, PythonFile) else ()


_said_packages: Memo[CodeFile, tuple[str, ...]] = Memo(_said)


@lru_cache(maxsize=1 << 14)
def _ends_of_path(folder: str) -> tuple[str, ...]:
    parts = folder.split("/")
    return tuple(["/".join(parts[start:]) for start in range(len(parts))])


def _has_definitions(file: PythonFile) -> bool:
    return (
        is_module(file) and bool(file.facts.functions or file.facts.classes) and not file.path.endswith("__init__.py")
    )


_defines: Memo[PythonFile, bool] = Memo(_has_definitions)


def is_module(file: PythonFile) -> bool:
    """It holds code for others to import; what begins with a dot some tool loads by its name."""
    return (
        not file.is_notebook
        and not file.roles & ASIDE
        and file.facts.code_lines > 0
        and not file.path.endswith(".pyi")
        and not file.path.rpartition("/")[2].startswith(".")
    )


def _close(first: Iterable[str], graph: Graph, loose: Graph, found: set[str]) -> None:
    """Add to `found` what is reached from the first ones, with the packages that it lies in."""
    todo = list(first)
    while todo:
        path = todo.pop()
        if path not in found:
            found.add(path)
            todo += [target for target in graph.get(path, ()) if target not in found]
            todo += loose.get(path, ())
            todo += [package for package in _packages(path) if package in graph and package not in found]


@lru_cache(maxsize=1 << 14)
def _packages(path: str) -> tuple[str, ...]:
    """The files that importing a module runs before it."""
    folders = path.split("/")[:-1]
    return tuple([f"{'/'.join(folders[:depth])}/__init__.py" for depth in range(1, len(folders) + 1)])


# ---------------------------------------------------------------- by imports that may mean a module


_latest_loose: Latest[Graph] = Latest()


Named = tuple[Import, str]
"""An import, and the dotted name that it may mean a module by: of what it imports from, or of what it takes."""


def _ends(file: CodeFile) -> dict[str, list[Named]]:
    """Last part of a name -> what the file imports by such a name."""
    ends: dict[str, list[Named]] = {}
    for item in file.facts.imports:
        for name in () if item.level else (item.module, item.dotted):
            ends.setdefault(name.rpartition(".")[2], []).append((item, name))
    return ends


_ends_of: Memo[CodeFile, dict[str, list[Named]]] = Memo(_ends)


def _importers(view: View, graph: Graph, left: frozenset[str]) -> Graph:
    """File -> the modules nobody is known to reach that its imports may mean all the same, by the end of their path."""
    by_stem: dict[str, list[str]] = {}
    for path in sorted(left.union(*[_packages(path) for path in left]) & graph.keys()):
        by_stem.setdefault(stem(path), []).append(path)
    found: Graph = {}
    for file in view.python if left else ():
        ends = _ends_of(file)
        meant = [
            path
            for name in by_stem.keys() & ends.keys()
            for item, dotted in ends[name]
            for path in by_stem[name]
            if _may_mean(file.path, item, dotted, path, graph[file.path])
        ]
        if meant:
            found[file.path] = frozenset(meant)
    return found


def _may_mean(importer: str, item: Import, name: str, path: str, known: frozenset[str]) -> bool:
    """A dotted name means every module whose path ends so; a bare one the sibling and those at an import root, and any
    other only where none of these and no package bears it."""
    module = path.removesuffix(".py").removesuffix("/__init__")
    if path == importer or not f"/{module}".endswith("/" + name.replace(".", "/")):
        return False
    if "." in item.dotted:
        return True
    folder = module.rpartition("/")[0]
    if folder == importer.rpartition("/")[0] or folder in _IMPORT_ROOTS:
        return True
    taken = any(stem(other) == name for other in known) or name in packages.STANDARD or packages.is_known(name)
    return not taken


# ---------------------------------------------------------------- the answer


@lru_cache(maxsize=1)
def unreached(view: View) -> Answer:
    """Share of the modules that no entry point reaches."""
    files = [file for file in view.product_once if is_module(file)]
    if not files:
        return Unknown("Python went unread") if view.python_unseen else NotApplicable("no module of Python")
    if uses_unseen(view):
        return Unknown("Python that may import them went unread")
    if naming_unread(view):
        return Unknown("configuration, packaging or jobs that may name them went unread")
    found = reached(view)
    left = [file for file in files if file.path in found.left]
    tested = [file for file in left if file.path in found.tested]
    if len(tested) >= max(SOME_TESTED, MOSTLY_TESTED * len(files)):
        left = [file for file in left if file.path not in found.tested]
    family = _families(left)
    hits = [_hit(file, found) for file in left if file.path not in family]
    return Measure(len(hits) / len(files), len(files), tuple(hits))


def _families(left: Iterable[PythonFile]) -> frozenset[str]:
    """Modules of one folder that define the same name or derive from the same base, three or more: parts that another
    program loads by their place, strategies and plug-ins."""
    alike: dict[tuple[str, str], list[str]] = {}
    for file in left:
        folder = file.path.rpartition("/")[0]
        for name in _shape(file):
            alike.setdefault((folder, name), []).append(file.path)
    return frozenset([path for paths in alike.values() if len(paths) >= FAMILY for path in paths])


def _shape_of(file: PythonFile) -> frozenset[str]:
    facts = file.facts
    bases = [base.rpartition(".")[2] for item in facts.classes for base in item.bases]
    functions = [item.name for item in facts.functions if not item.owner]
    return frozenset([*bases, *functions, *(item.name for item in facts.classes)]) - _ANYONES


_ANYONES = frozenset(
    {"ABC", "Enum", "Exception", "Module", "Protocol", "NamedTuple", "TypedDict", "object", "BaseModel"}
)
"""Bases that say nothing of what loads a class."""
_shape: Memo[PythonFile, frozenset[str]] = Memo(_shape_of)


def _hit(file: PythonFile, found: Reached) -> Hit:
    who = "Nothing imports it"
    if file.path in found.tested:
        who = "Only tests import it"
    elif file.path in found.imported:
        who = "Only modules that are themselves unused import it"
    return placed(
        Hit(
            line=1,
            key="module",
            message=f"{who}: no script, notebook, command, configuration or published package leads to this module of "
            f"{file.facts.code_lines} lines.",
            evidence={"lines": file.facts.code_lines},
        ),
        file,
    )
