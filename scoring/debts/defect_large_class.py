"""Classes too large to survey.

Why: A class of several hundred lines or two dozen methods has more than one job. Changes for different reasons meet
in one file, and who changes a part has to know all of it.

What is read: Python classes: their lines of code and their methods. A class counts from 300 lines or 20 methods;
docstrings, comments and blank lines are none, so that who documents a class does not make it large. Up to five methods
make no large class: where its lines are many, a method is long and told as such. The count is set against the size of
the code.

Remedy: List the methods by the attributes they share; each cluster is a class. Move the smallest one out first, and
let the old class hold it.

Source: McAteer, Nitpicking Machine Learning Technical Debt (2020), part 5, the table of design defects. Chen et
al., Detecting Code Smells in Python Programs (2016); the limits here are wider than theirs, which mark too many
classes to be of use.
"""

from scoring.analyses.long_functions import is_listed, is_long
from scoring.facts import Class, PythonFacts
from scoring.findings import DENSITY, PY, Debt, Hit, M, Tally

debt = Debt(__name__, section="5.5", ml_only=False)

LINES = 300
METHODS = 20
FEW_METHODS = 5
"""Up to which one of them is long, and told as such (defect-long-method)."""
BODIES = 120
"""Lines of code of all methods together, under which a class is long by its fields."""

FLOWS = frozenset({"FlowSpec"})
"""Bases of which a pipeline is one class by its framework: each method is a step of its own."""
TINY = 10
"""Lines of code a method, under which many of them only pass calls on."""


@debt.file_signal(
    "defect-large-class",
    PythonFacts,
    source=PY,
    anchors=(0, 1),
    severity=1,
    precision=M,
    kind=DENSITY,
    unit="per KLOC",
    lifecycle="experimental",  # right in 9 of 13 drawn afresh: a wide interface is wide on purpose
    feeds=("abstraction-debt", "glue-code"),
    scope="product",
    caution="A class that mirrors a wide interface of its framework; one whose methods have under ten lines on "
    "average only passes calls on, and is left out.",
    bad={
        "model.py": "class Model:\n"
        + "".join(f"    def step_{n}(self):\n" + "        self.x += 1\n" * 10 + "\n" for n in range(21))
    },
    good={"model.py": "class Model:\n    def step(self):\n        return 1\n"},
)
def large_classes(facts: PythonFacts) -> Tally | None:
    """Classes of over 300 lines of code or 20 methods, per KLOC."""
    if not facts.classes:
        return None
    hits = tuple(_hit(item) for item in facts.classes if _is_large(item, facts) and not facts.is_taken(item.line))
    return Tally(len(facts.classes), len(hits), hits)


def _is_large(item: Class, facts: PythonFacts) -> bool:
    """Whether its code is long; what is long by its fields, with little code in its methods, is a table."""
    if not FLOWS.isdisjoint([base.rpartition(".")[2] for base in item.bases]):
        return False
    if item.methods > METHODS and item.code_lines >= TINY * item.methods:
        return True
    if item.code_lines <= LINES or 0 < item.methods <= FEW_METHODS:
        return False
    if not item.methods:
        return True
    if item.code_lines - _told_as_long(item, facts) <= LINES:
        return False
    return sum([function.body_lines for function in facts.functions if function.owner == item.name]) >= BODIES


def _told_as_long(item: Class, facts: PythonFacts) -> int:
    """Lines of those of its methods that are told as too long: to cut them is the work to do."""
    own = [function for function in facts.functions if function.owner == item.name]
    return sum([function.body_lines for function in own if is_long(function) and is_listed(function)])


def _hit(item: Class) -> Hit:
    methods = f"{item.methods} methods" if item.methods != 1 else "one method"
    return Hit(
        line=item.line,
        end_line=item.end_line,
        key="large",
        symbol=item.name,
        message=f"{item.name} has {item.code_lines} lines of code and {methods}; changes for different reasons meet "
        "in it, and who changes a part has to know all of it.",
        evidence={"code_lines": item.code_lines, "methods": item.methods},
    )
