"""Whether what a file defines is there for others to call: what types and docstrings are asked of (pod.1, doc.2)."""

from scoring.analyses.modules import imported
from scoring.analyses.view import PythonFile, View


def has_callers(view: View, file: PythonFile) -> bool:
    """Whether another file may call what it defines: a module that is imported, by tests too, or that is no program by
    itself, so that it may be loaded by name. Nobody calls what a notebook or a script defines."""
    if file.is_notebook or file.facts.exported:
        return False
    return file.path in imported(view) or not (file.facts.main_line or file.facts.acts)
