"""Functions with too many parameters.

Why: A call with nine arguments is easy to get wrong and hard to read, and each new option is threaded through every
caller. In training code the list is usually a configuration that hasn't been given a name.

What is read: Python functions: parameters without self and cls; those with a default and keyword-only ones count one
half, and at least four have to be given by their place. Left out is what a framework asks for: constructors of
estimators and network modules, event hooks (`on_*`), entries of a command line (`*_cli`), functions that a decorator
makes a command, a tool or an endpoint of, and private formulas of one statement.

Remedy: Gather the settings that travel together into a dataclass and pass that. What stays and is not keyword-only
yet should be, so that a call says what it means.

Source: McAteer, Nitpicking Machine Learning Technical Debt (2020), part 5, the table of design defects. Chen et
al., Detecting Code Smells in Python Programs (2016), for the limits.
"""

import re

from scoring import knowledge
from scoring.facts import Class, Function, PythonFacts
from scoring.findings import PY, SHARE, SMALL, Debt, Hit, M, Tally

debt = Debt(__name__, section="5.4", ml_only=False)

MANY = 5
FEW = 3
"""Of the parameters that a call has to give by their place: up to so many no call is hard to read."""
MODEL_WORDS = ("Module", "Model", "Estimator", "Layer", "Classifier", "Regressor", "Transformer", "PreTrainedModel")
"""Ends of the names of base classes whose constructors list hyper-parameters because their libraries ask for it."""

MAKERS = frozenset(
    {"tool", "function_tool", "register_tool", "mcp_tool", "kernel_function", "command", "group", "callback", "flow"}
    | {"option", "argument", "get", "post", "put", "patch", "delete", "route", "websocket", "api_route", "component"}
    | {"hookimpl", "overload", "override"}
)
"""Last parts of decorators that read a function's signature and make a schema, a command or an endpoint of it."""

HOOK = re.compile(r"on_[a-z]|pytest_|\w*_cli$")
"""Names of what a framework calls with arguments of its own choice, or a command line with those that it parsed."""


@debt.file_signal(
    "defect-long-parameter-list",
    PythonFacts,
    source=PY,
    anchors=(0.05, 0.3),
    severity=1,
    precision=M,
    kind=SHARE,
    unit="of functions",
    effort=SMALL,
    feeds=("abstraction-debt", "glue-code"),
    caution="Constructors of estimators, event hooks, commands and tools are excluded.",
    scope="product",
    bad={"train.py": "def train(rows, target, depth, rate, rounds, folds, path):\n    return rows\n"},
    good={"train.py": "def train(rows, settings, *, depth, rate, rounds, folds):\n    return rows\n"},
)
def long_parameter_lists(facts: PythonFacts) -> Tally | None:
    """Share of functions with over five parameters; those with a default and keyword-only ones count one half."""
    models = _model_classes(facts.classes)
    examined = [
        item
        for item in facts.functions
        if not (item.owner in models and item.name == "__init__")
        and not _is_set_by_a_framework(item)
        and not _is_formula(item)
    ]
    if not examined:
        return None
    hits = tuple(_hit(function) for function in examined if function.parameters > MANY and _needed(function) > FEW)
    return Tally(len(examined), len(hits), hits)


def _model_classes(classes: tuple[Class, ...]) -> frozenset[str]:
    """Classes that derive from a model or estimator, by way of classes of the same file too."""
    found: set[str] = set()
    for item in sorted(classes, key=lambda entry: entry.line):
        if any(_is_model(base) or base in found for base in item.bases):
            found.add(item.name)
    return frozenset(found)


def _is_model(base: str) -> bool:
    return knowledge.in_library(base, "ALG") or base.endswith(MODEL_WORDS)


def _is_set_by_a_framework(function: Function) -> bool:
    """Whether the signature is no choice of the author: the list is the form that a user or an event fills in."""
    if HOOK.match(function.name):
        return True
    return any(name.removesuffix("()").rpartition(".")[2] in MAKERS for name in function.decorators)


def _needed(function: Function) -> float:
    """Parameters without a default that are not keyword-only."""
    return 2 * function.parameters - function.listed


def _is_formula(function: Function) -> bool:
    """One statement of the file's own: its parameters are the operands, which stand side by side in it."""
    return function.statements == 1 and not function.public


def _hit(function: Function) -> Hit:
    halved = round(2 * (function.listed - function.parameters))
    return Hit(
        line=function.line,
        key="parameters",
        symbol=f"{function.owner}.{function.name}".lstrip("."),
        message=f"{function.name} takes {function.listed} parameters{_halved(halved, function.listed)}: more than a "
        "reader of a call keeps apart.",
        evidence={"parameters": function.listed},
    )


def _halved(halved: int, listed: int) -> str:
    """How many of them a call may leave out or has to name, and what that makes."""
    if not halved:
        return ""
    count = f"{listed - halved / 2:g}"
    each = "it counts" if halved == 1 else "each counts"
    return f", {halved} of them with a default or keyword-only ({each} one half: {count} in all)"
