"""Imports of what is neither Python's, nor the platform's, nor the component's own, and how the own is told apart."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.declarations import declarations
from scoring.analyses.memo import Answers, Asking, Latest, Memo
from scoring.analyses.modules import module_paths
from scoring.analyses.view import CodeFile, View
from scoring.knowledge import packages

_NO_MODULES = (
    *(".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".webp", ".pdf", ".woff", ".woff2", ".ttf", ".glb", ".mp4"),
    *(".css", ".scss", ".html", ".js", ".jsx", ".ts", ".tsx", ".md", ".rst"),
)
"""Pictures, pages and prose: a library's logo bears its name and is no module of it."""
_INSTALLED = re.compile(r"(?:^|/)(?:site-packages|node_modules|\.?v(?:irtual)?env|\.[^/]+|__pycache__)/")
"""Folders of what was installed, which needs nothing of the component's lists."""
_IMPORT_ROOTS = frozenset({"", "src", "lib", "python"})


class Use(NamedTuple):
    """One import of a third-party module."""

    module: str
    """Dotted, with the imported name: "google.cloud.storage"."""
    root: str
    path: str
    line: int
    guarded: bool
    lazy: bool
    """Inside a function: only who calls it needs the package."""


@lru_cache(maxsize=1)
def leaves_imports_unseen(view: View) -> bool:
    """Whether Python of the component's own went unread, or lies where only copies and builds are looked for."""
    return view.python_unseen or any(
        path.endswith((".py", ".ipynb")) and not _INSTALLED.search(path) for path, _ in view.component.excluded
    )


@lru_cache(maxsize=1)
def third_party(view: View) -> tuple[Use, ...]:
    """Every import of a module that is neither Python's, nor the platform's, nor the component's own, by place."""
    own = _own_modules(view)
    _is_own.rest_on(own, own.holds)
    by_file = tuple([uses for file in view.python if (uses := _uses_of(file, _is_own))])
    return _latest_uses((by_file,), lambda: _by_place(by_file))


def _by_place(by_file: tuple[tuple[Use, ...], ...]) -> tuple[Use, ...]:
    ordered = sorted(by_file, key=lambda uses: uses[0].path)
    return tuple([use for uses in ordered for use in uses])


_latest_uses: Latest[tuple[Use, ...]] = Latest()


def _read_imports(file: CodeFile) -> tuple[tuple[str, str, int, bool, bool], ...]:
    """(dotted module, its top level, line, guarded, in a function) of imports that Python itself does not provide."""
    return tuple(
        [
            (item.dotted, item.module.partition(".")[0], item.line, item.guarded, item.lazy)
            for item in file.facts.imports
            if not item.level and item.module and not packages.is_provided(item.module)
        ]
    )


_absolute_imports = Memo(_read_imports)


class _Names(NamedTuple):
    """Names as modules would bear them: of the component's own distributions, and of those that it declares."""

    projects: frozenset[str]
    third_party: frozenset[str]


def _names(view: View) -> _Names:
    declared = declarations(view)
    known = {item.name for item in (*declared.own, *declared.aside)}
    others = frozenset(name.replace("-", "_") for name in known)
    # A package of the project may lie in a namespace whose other packages it needs: langgraph.templates and langgraph.
    listed = {name for _, facts in view.packaging for name in facts.libraries} - others
    return _Names(frozenset(listed | {name.replace("-", "_") for name in declared.projects}), others)


class _OwnModules:
    """Which imports name a module of the component itself, and which are of others."""

    def __init__(self, view: View, names: "_Names") -> None:
        self._projects, self._third_party = names
        self._modules = module_paths(view)
        everything = view.paths.union([path for path, _ in view.component.excluded])
        split = [path.rpartition("/") for path in everything]
        self._folders = {
            name for folder in {folder for folder, slash, _ in split if slash} for name in folder.split("/")
        }
        self._stems = {name.partition(".")[0] for _, _, name in split if not name.endswith(_NO_MODULES)}
        self._top = {top for file in view.product if (top := _top_folder(file.path))}
        self._packages = {folder for folder, slash, name in split if slash and name == "__init__.py"}

    def holds(self, asked: tuple[str, str]) -> bool:
        """Whether a name means a module of the component for a file of a folder; `asked` is (folder, name)."""
        folder, root = asked
        if root in self._projects:
            return True
        # Python takes an installed package before a folder of that name that has no __init__.
        if root in self._top and (root not in self._third_party or self._is_package(root)):
            return True
        # A module bears its last name alone too.
        if root in self._modules and (self._stands_at_root(root) or self._stands_beside(folder, root)):
            return True
        if packages.is_known(root) or root in self._third_party:
            return False
        # Scripts put folders on the path at will: an unknown name that some file or folder bears is that one.
        return root in self._folders or root in self._stems

    def _is_package(self, root: str) -> bool:
        return any(f"{place}/{root}".lstrip("/") in self._packages for place in _IMPORT_ROOTS)

    def _stands_at_root(self, root: str) -> bool:
        path = self._modules[root]
        return path.removesuffix(".py").removesuffix("/__init__").removesuffix(root).rstrip("/") in _IMPORT_ROOTS

    def _stands_beside(self, folder: str, root: str) -> bool:
        """A script's own folder is on its path; that of a package's module is not."""
        prefix = f"{folder}." if folder else ""
        return folder not in self._packages and (prefix.replace("/", ".") + root) in self._modules


def _read(file: CodeFile, is_own: Callable[[tuple[str, str]], bool]) -> tuple[Use, ...]:
    folder = file.path.rpartition("/")[0]
    imported = sorted(_absolute_imports(file), key=lambda item: (item[2], item[0]))
    own = {root for root in {item[1] for item in imported} if is_own((folder, root))}
    return tuple(
        [
            Use(module, root, file.path, line, guarded, lazy)
            for module, root, line, guarded, lazy in imported
            if root not in own
        ]
    )


_uses_of: Asking[CodeFile, tuple[str, str], bool, tuple[Use, ...]] = Asking(_read)
"""A file's imports of what is not the component's own, by line."""
_is_own: Answers[tuple[str, str], bool] = Answers()
_latest_own: Latest[_OwnModules] = Latest()


def _own_modules(view: View) -> _OwnModules:
    """The component's own modules; they stay while no file comes or goes and nothing is declared anew."""
    names = _names(view)
    rests_on = (names, view.paths, view.component.excluded, view.python_paths)
    return _latest_own(rests_on, lambda: _OwnModules(view, names))


@lru_cache(maxsize=1 << 14)
def _top_folder(path: str) -> str:
    """The folder of an import root that holds a module, with or without an __init__: "ldm" of "src/ldm/util.py"."""
    folders = path.split("/")[:-1]
    if folders and folders[0] in _IMPORT_ROOTS:
        del folders[0]
    return folders[0] if folders and path.endswith(".py") else ""
