"""Whether what a file defines is there for others to call: what types and docstrings are asked of (pod.1, doc.2)."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from scoring.analyses.modules import imported, imports_by_path
from scoring.analyses.view import PythonFile, View
from scoring.findings import Hit

A_HABIT = 0.2
"""Of what may be called, the share with types or docstrings under which the component does without them: one finding
says so, where to begin, and leaves the rest of its modules alone."""


def has_callers(view: View, file: PythonFile) -> bool:
    """Whether another file may call what it defines: a module that is imported, by tests too, or that is no program by
    itself, so that it may be loaded by name. Nobody calls what a notebook or a script defines."""
    if file.is_notebook or file.facts.exported:
        return False
    return file.path in imported(view) or not (file.facts.main_line or file.facts.acts)


def told_once(view: View, hits: Sequence[Hit], share: float) -> tuple[Hit, ...]:
    """The findings of single files; of a component that does without, the one of the file that most others import."""
    if share >= A_HABIT or len(hits) < 2:
        return tuple(hits)
    users = Counter([path for found in imports_by_path(view).values() for path in found])
    first = max(hits, key=lambda hit: users[hit.path])
    others, count = len(hits) - 1, users[first.path]
    like = "One more module is" if others == 1 else f"{others} more modules are"
    begin = f"; begin with this one, which {count} others import" if count > 1 else ""
    message = f"{first.message} {like} like it{begin}."
    return (msgspec.structs.replace(first, message=message, evidence={**first.evidence, "modules": len(hits)}),)
