"""Code that lives in modules named as a place for anything (glu.6)."""

from collections.abc import Iterator
from functools import lru_cache

from scoring.analyses.modules import imports_by_path
from scoring.analyses.view import PythonFile, View
from scoring.findings import Answer, Hit, Measure, NotApplicable
from scoring.knowledge.structure import ANYTHING

FEW_LINES, SOME_LINES = 100, 150
FEW_USERS = 3
"""A module that is shorter, or short and of few users, or of none that is known, is counted and not listed."""
OF_AGENTS = frozenset({"tools"})


def in_places_for_anything(view: View) -> Answer:
    """Share of the lines of product modules that stand in such places, notebooks left out."""
    modules = [file for file in view.product_once if not file.is_notebook and file.facts.code_lines]
    total = sum([file.facts.code_lines for file in modules])
    if not total:
        return NotApplicable("no module")
    places = [file for file in modules if _stem(file.path) in ANYTHING and not _is_told(file)]
    inside = sum(file.facts.code_lines for file in places)
    hits = tuple(_hits(view, [file for file in places if file.facts.code_lines >= FEW_LINES]))
    return Measure(inside / total, len(modules), hits)


def _is_told(file: PythonFile) -> bool:
    """Whether the name is that of a thing: the tools of an agent, in a module that says so."""
    return file.facts.documented and _stem(file.path) in OF_AGENTS


@lru_cache(maxsize=1 << 14)
def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".py").strip("_")


def _hits(view: View, files: list[PythonFile]) -> Iterator[Hit]:
    for file in files:
        imports = imports_by_path(view)
        paths = [other.path for other in view.product if file.path in imports[other.path]]
        users, folder = len(paths), file.path.rpartition("/")[0]
        inside = all(path.startswith(f"{folder}/") for path in paths)
        parent = folder.rpartition("/")[0]
        if parent and inside and {f"{folder}/__init__.py", f"{parent}/__init__.py"} <= view.paths:
            continue  # the helpers of one part, under whose name they stand
        if users >= FEW_USERS or (users and file.facts.code_lines >= SOME_LINES):
            yield _hit(file, users)


def _hit(file: PythonFile, users: int) -> Hit:
    count = len(file.facts.functions)
    by = "one module of the component imports" if users == 1 else f"{users} modules of the component import"
    return Hit(
        path=file.path,
        line=1,
        key="anything",
        message=f"{file.path.rpartition('/')[2]} holds {file.facts.code_lines} lines of code and {count} functions "
        f"under a name that says nothing, and {by} it.",
        evidence={"lines": file.facts.code_lines, "importers": users},
    )
