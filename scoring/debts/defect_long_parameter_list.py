"""Functions with too many parameters.

Why: A call with nine arguments is easy to get wrong and hard to read, and each new option is threaded through every
caller. In training code the list is usually a configuration that hasn't been given a name.

What is read: Python functions: parameters without self and cls, keyword-only ones at half weight. Constructors of
estimators and network modules are left out, since their libraries ask for them.

Remedy: Gather the settings that travel together into a dataclass and pass that. What stays and is not keyword-only
yet should be, so that a call says what it means.

Source: McAteer, Nitpicking Machine Learning Technical Debt (2020), part 5, the table of design defects. Chen et
al., Detecting Code Smells in Python Programs (2016), for the limits.
"""

from scoring import knowledge
from scoring.facts import Class, Function, PythonFacts
from scoring.findings import PY, SHARE, SMALL, Debt, Hit, M, Tally

debt = Debt(__name__, section="5.4", ml_only=False)

MANY = 5
MODEL_WORDS = ("Module", "Model", "Estimator", "Layer", "Classifier", "Regressor", "Transformer", "PreTrainedModel")
"""Ends of the names of base classes whose constructors list hyper-parameters because their libraries ask for it."""


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
    caution="Constructors of estimators are excluded.",
    scope="product",
    bad={"train.py": "def train(rows, target, depth, rate, rounds, folds, path):\n    return rows\n"},
    good={"train.py": "def train(rows, settings, *, depth, rate, rounds, folds):\n    return rows\n"},
)
def long_parameter_lists(facts: PythonFacts) -> Tally | None:
    """Share of functions with over five parameters, keyword-only ones at half weight."""
    models = _model_classes(facts.classes)
    examined = [item for item in facts.functions if not (item.owner in models and item.name == "__init__")]
    if not examined:
        return None
    hits = tuple(_hit(function) for function in examined if function.parameters > MANY)
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


def _hit(function: Function) -> Hit:
    named = round(2 * (function.listed - function.parameters))
    return Hit(
        line=function.line,
        key="parameters",
        symbol=f"{function.owner}.{function.name}".lstrip("."),
        message=f"{function.name} takes {function.listed} parameters{_named(named, function.listed)}: more than a "
        "reader of a call keeps apart.",
        evidence={"parameters": function.listed},
    )


def _named(named: int, listed: int) -> str:
    """How many of them a call has to name."""
    if not named:
        return ""
    return ", all keyword-only" if named == listed else f", {named} of them keyword-only"
