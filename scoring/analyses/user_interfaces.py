"""Scripts of the browser that are of a user interface: no part of the way between training and serving."""

from collections.abc import Iterable

from scoring.facts import FileEntry

BROWSER = frozenset({"JavaScript or TypeScript"})
_INTERFACE_FILES = frozenset({"html", "css", "scss", "sass", "less", "vue", "svelte", "jsx", "tsx"})
_INTERFACE_FOLDERS = frozenset(
    {
        "static", "templates", "frontend", "front-end", "ui", "web", "webapp", "www", "public", "assets", "client",
        "website", "dashboard", "js",
    }
)  # fmt: skip


def interface_folders(files: Iterable[FileEntry]) -> set[str]:
    """Top folders that hold pages, styles or components."""
    return {entry.path.partition("/")[0] for entry in files if entry.language in _INTERFACE_FILES}


def is_interface(path: str, interfaces: set[str]) -> bool:
    """Whether a script of the browser is of a user interface."""
    folders = path.lower().split("/")[:-1]
    return path.partition("/")[0] in interfaces or any(folder in _INTERFACE_FOLDERS for folder in folders)
