"""Whether the functions of ML files say of what types they take and give (pod.1). Those that do not are counted and not
listed, as their docstrings or their callers often say as much to a reader."""

import re
from typing import NamedTuple

from scoring.analyses.callers import has_callers
from scoring.analyses.clones import outermost
from scoring.analyses.memo import Memo
from scoring.analyses.view import PythonFile, View
from scoring.facts import Function
from scoring.findings import Answer, Measure, NotApplicable
from scoring.knowledge import interfaces


def annotated(view: View) -> Answer:
    """Share of the functions with any annotation, where others may call them."""
    files = [file for file in view.ml_once if has_callers(view, file)]
    counts = [_typed_of(file) for file in files]
    functions = sum([count.functions for count in counts])
    if not functions:
        return NotApplicable("no function in ML files that others may call")
    typed = sum([count.annotated for count in counts])
    return Measure(typed / functions, functions, note=f"{typed} of {functions} have types")


class _Typed(NamedTuple):
    """What one file adds."""

    functions: int
    annotated: int


def _typed(file: PythonFile) -> _Typed:
    outside = frozenset(outermost([(function.line, function.end_line) for function in file.facts.functions]))
    functions = [function for function in file.facts.functions if _is_asked(function, outside)]
    return _Typed(len(functions), sum([function.annotated for function in functions]))


def _is_asked(function: Function, outside: frozenset[tuple[int, int]]) -> bool:
    """Whether somebody has to know what it takes: neither inside another function, nor without parameters, nor a
    framework's or Python's own method, nor left without types on purpose. With types or without them: the same ones."""
    if not function.listed or any(name.endswith("no_type_check") for name in function.decorators):
        return False
    if (
        function.owner
        and function.name != "__init__"
        and (_OPERATOR(function.name) or function.name in interfaces.METHODS)
    ):
        return False
    return (function.line, function.end_line) in outside


_OPERATOR = re.compile(r"__\w+__").fullmatch
_typed_of = Memo(_typed)
