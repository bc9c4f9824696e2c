"""Whether the functions of ML files say of what types they take and give (pod.1)."""

import re
from typing import NamedTuple

from scoring.analyses.callers import A_HABIT, has_callers
from scoring.analyses.clones import outermost
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.starts import is_public
from scoring.analyses.view import PythonFile, View
from scoring.facts import Function
from scoring.findings import Answer, Hit, Measure, NotApplicable
from scoring.knowledge import interfaces

ENOUGH_TYPED = 0.6
"""The good anchor of pod.1: a file above it gets no finding."""
SHOWN_FROM = 5
"""Functions from which on a file gets a finding of its own; smaller ones count in the share alone."""


def annotated(view: View) -> Answer:
    """Share of the functions with any annotation, where others may call them."""
    files = [file for file in view.ml_once if has_callers(view, file)]
    counts = [_typed_of(file) for file in files]
    functions = sum([count.functions for count in counts])
    if not functions:
        return NotApplicable("no function in ML files that others may call")
    typed = sum([count.annotated for count in counts])
    # Where hardly anything has a type, that is how the component is written, and its share says so. What is private is
    # shaped by the one module that calls it.
    habit = typed >= A_HABIT * functions
    hits = [count.hit for count in counts if habit and count.hit is not None and is_public(count.hit.path)]
    return Measure(typed / functions, functions, tuple(hits))


class _Typed(NamedTuple):
    """What one file adds."""

    functions: int
    annotated: int
    hit: Hit | None


def _typed(file: PythonFile) -> _Typed:
    outside = frozenset(outermost([(function.line, function.end_line) for function in file.facts.functions]))
    functions = [function for function in file.facts.functions if _is_asked(function, outside)]
    annotated = sum([function.annotated for function in functions])
    bare = [function for function in functions if not (function.annotated or function.documented)]
    low = len(functions) >= SHOWN_FROM and len(functions) - len(bare) < ENOUGH_TYPED * len(functions)
    return _Typed(len(functions), annotated, placed(_bare(bare, len(functions)), file) if low else None)


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


def _bare(bare: list[Function], functions: int) -> Hit:
    public = next((function for function in bare if function.public), None)
    first = public or bare[0]
    which = "the first public one is" if public else "the first is"
    share = f"all {functions}" if len(bare) == functions else f"{len(bare)} of the {functions}"
    return Hit(
        line=first.line,
        key="unannotated",
        message=f"{share[0].upper()}{share[1:]} functions here carry neither a type nor a docstring ({which} "
        f"{first.name}), unlike others of this component: what they take and return is told nowhere.",
        evidence={"functions": functions, "without": len(bare)},
    )
