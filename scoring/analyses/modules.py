"""Which file a dotted import names, and what tests import: the module graph of one component, without running it."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from scoring.analyses.memo import Answers, Asking, Latest
from scoring.analyses.python_file import CodeFile
from scoring.facts import Import
from scoring.knowledge import packages

if TYPE_CHECKING:
    from scoring.analyses.view import View

SOURCE_ROOTS = ("src/", "lib/", "python/")
"""Folders that packaging usually maps to the import root."""


_latest_paths: Latest[dict[str, str]] = Latest()


def module_paths(view: "View") -> dict[str, str]:
    """Dotted module name -> path, for every parsed module. Where two claim one name, it is the one under the fewest
    folders that the name leaves out: `keract` is keract/__init__.py and not keract/keract.py. Then the shorter path."""
    return _latest_paths((view.python_paths,), lambda: _module_paths(view.python_paths))


def _module_paths(paths: Iterable[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    above: dict[str, int] = {}
    for path in sorted(sorted(paths), key=len):
        if not path.endswith(".py"):
            continue
        for folders, name in enumerate(_names_of(path)):
            if folders < above.get(name, len(path)):
                names[name], above[name] = path, folders
    return names


@lru_cache(maxsize=1 << 14)
def _names_of(path: str) -> tuple[str, ...]:
    """Every dotted name under which a module may be imported: from any folder above it."""
    stem = path.removesuffix(".py").removesuffix("/__init__")
    parts = stem.split("/")
    return tuple([".".join(parts[start:]) for start in range(len(parts))])


Imports = tuple[tuple[str, tuple[Import, ...]], ...]
_latest_imports: Latest[Imports] = Latest()


@lru_cache(maxsize=1)
def all_imports(view: "View") -> Imports:
    """Path and imports of every parsed module and notebook; the same object for as long as none changes."""
    files = tuple([(file.path, file.facts.imports) for file in view.python])
    return _latest_imports((files,), lambda: files)


@lru_cache(maxsize=1)
def imports_by_path(view: "View") -> dict[str, frozenset[str]]:
    """path -> paths of the component's own modules that it imports, for every parsed module and notebook."""
    paths = module_paths(view)
    return _latest_by_path((paths, all_imports(view)), lambda: _imports_by_path(view, paths))


_latest_by_path: Latest[dict[str, frozenset[str]]] = Latest()


def _imports_by_path(view: "View", paths: dict[str, str]) -> dict[str, frozenset[str]]:
    _modules.rest_on(paths, paths.get)
    return {file.path: _imports(file, _modules) for file in view.python}


@lru_cache(maxsize=1)
def imported(view: "View") -> frozenset[str]:
    """Paths of the files that another one imports."""
    imports = imports_by_path(view)
    return _latest_imported((imports,), lambda: frozenset().union(*imports.values()))


_latest_imported: Latest[frozenset[str]] = Latest()


def imports_of(view: "View", file: CodeFile) -> frozenset[str]:
    """Paths of the component's own modules that the file imports."""
    return imports_by_path(view)[file.path]


Modules = Callable[[str], str | None]
"""Dotted name -> the path of the component's own module of that name."""


def _resolved(file: CodeFile, modules: Modules) -> frozenset[str]:
    loose = _looks_further(file)
    targets = [_target(file.path, item, modules, loose=loose) for item in file.facts.imports]
    return frozenset([path for path in targets if path and path != file.path])


def _looks_further(file: CodeFile) -> bool:
    """Whether it is a test: it, or the settings of its runner, may put folders of the component on Python's path."""
    return "test" in file.roles


_imports: Asking[CodeFile, str, str | None, frozenset[str]] = Asking(_resolved)
_modules: Answers[str, str | None] = Answers()


def _target(importer: str, item: Import, modules: Modules, *, loose: bool = False) -> str | None:
    module = item.module
    if item.level:
        folder = importer.split("/")[: -item.level]
        module = ".".join([*folder, item.module] if item.module else folder)
    if item.name and (found := modules(f"{module}.{item.name}")):
        return found
    found = modules(module)
    if found is None or item.level:
        return found
    if "." not in module and (beside := _sibling(importer, module, modules)):
        return beside
    return found if _may_mean(importer, module, found) or (loose and not _is_installed(module)) else None


def _is_installed(module: str) -> bool:
    """Whether a bare name is a package's, or Python's own."""
    return module in packages.STANDARD or packages.is_known(module)


def _sibling(importer: str, module: str, modules: Modules) -> str | None:
    """The module of that name beside the importer, which a script finds before any other."""
    folder = importer.rpartition("/")[0]
    path = modules(f"{folder.replace('/', '.')}.{module}") if folder else None
    return path if path in (f"{folder}/{module}.py", f"{folder}/{module}/__init__.py") else None


def _may_mean(importer: str, module: str, path: str) -> bool:
    """A bare name such as `utils` names a sibling or a module at an import root, not any file of that name."""
    stem = path.removesuffix(".py").removesuffix("/__init__")
    tail = module.replace(".", "/")
    folder = stem.removesuffix(tail).rstrip("/")
    return not folder or folder + "/" in SOURCE_ROOTS or "." in module or importer.startswith(folder + "/")


def import_of(view: "View", file: CodeFile, path: str) -> Import | None:
    """The first import of a file that names the component's own module at this path."""
    modules = module_paths(view).get
    return next((item for item in file.facts.imports if _target(file.path, item, modules) == path), None)


@lru_cache(maxsize=1)
def tested_paths(view: "View") -> frozenset[str]:
    """Product modules that some test file imports, directly or through one of the component's own modules."""
    direct = {path for file in view.tests for path in imports_of(view, file)}
    by_path = view.python_by_path
    through = {path for start in direct if start in by_path for path in imports_of(view, by_path[start])}
    product = {file.path for file in view.product}
    return frozenset((direct | through) & product)
