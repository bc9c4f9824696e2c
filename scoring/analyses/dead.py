"""What dec.3 and dec.4 tell to delete: nothing else is told of it, since nobody mends what goes."""

from functools import lru_cache

from scoring.analyses.reached import unreached
from scoring.analyses.unused import unused_parts
from scoring.analyses.view import View
from scoring.findings import Measure

MOST = 0.5
"""Share of the modules that nothing reaches, above which nobody can say what of them lives."""


class Dead:
    """Modules that nothing reaches, and lines of functions and classes that nothing names."""

    def __init__(self, modules: frozenset[str], parts: dict[str, list[tuple[int, int]]]) -> None:
        self._modules = modules
        self._parts = parts

    def holds(self, path: str, line: int) -> bool:
        if path in self._modules:
            return True
        return any(first <= line <= last for first, last in self._parts.get(path, ()))


@lru_cache(maxsize=1)
def dead(view: View) -> Dead:
    """What these rows tell by name; nothing where they could not be told."""
    modules = unreached(view)
    ranges: dict[str, list[tuple[int, int]]] = {}
    for hit in unused_parts(view):
        ranges.setdefault(hit.path, []).append((hit.line, hit.end_line))
    gone = modules.hits if isinstance(modules, Measure) and modules.value <= MOST else ()
    return Dead(frozenset([hit.path for hit in gone]), ranges)


def is_beside_dead(view: View, path: str) -> bool:
    """Whether all Python of the innermost folder around the path that holds some is told to be deleted: what calls this
    goes, and so may it."""
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        beside = [file.path for file in view.product if file.path.startswith(f"{folder}/" if folder else "")]
        if beside:
            return bool(folder) and all(dead(view).holds(found, 1) for found in beside)
    return False
