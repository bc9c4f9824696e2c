"""Functions dressed as classes.

Why: A class called ProcessData with a constructor and one method is a function that takes two calls. The state it
keeps between them can be wrong in ways a function can't be.

What is read: Python classes with one or two public methods, a verb for a name, no base class, and no state but what
the constructor was given. Transformers in the style of scikit-learn are left out.

Remedy: Make it a function with the constructor's and the method's arguments. Where it holds something costly, such
as a loaded model, name the class after that thing.

Source: McAteer, Nitpicking Machine Learning Technical Debt (2020), part 5, the table of design defects. Moha et
al., DECOR (2010), for the idea of the rule.
"""

from scoring.facts import ClassShape, PythonFacts
from scoring.findings import PY, SMALL, Debt, Hit, L, Tally

debt = Debt(__name__, section="5.8", ml_only=False)


@debt.file_signal(
    "defect-functional-decomposition",
    PythonFacts,
    source=PY,
    anchors=(0, 4),
    severity=1,
    precision=L,
    unit="classes",
    effort=SMALL,
    feeds=("abstraction-debt", "glue-code"),
    scope="product",
    lifecycle="experimental",
    caution="Classes with a base class or special methods are left out: their libraries ask for a class.",
    bad={
        "clean.py": "class ProcessData:\n    def __init__(self, rows):\n        self.rows = rows\n\n"
        "    def run(self):\n        return [row + 1 for row in self.rows]\n"
    },
    good={
        "clean.py": "class Table:\n    def __init__(self, rows):\n        self.rows = rows\n\n"
        "    def add(self, row):\n        self.rows = [*self.rows, row]\n"
    },
)
def functions_as_classes(facts: PythonFacts) -> Tally | None:
    """Classes named as a verb, with one or two public methods and no state of their own."""
    if not facts.classes:
        return None
    shapes = facts.structure.classes if facts.structure else ()
    hits = tuple(_hit(shape) for shape in shapes if shape.verb)
    return Tally(len(facts.classes), len(hits), hits)


def _hit(shape: ClassShape) -> Hit:
    methods = "one public method" if shape.public_methods == 1 else "two public methods"
    return Hit(
        line=shape.line,
        end_line=shape.end_line,
        key="verb",
        symbol=shape.name,
        message=f"{shape.name} is named as a verb, has {methods} and never changes after its constructor: it is a "
        "function that takes two calls.",
        evidence={"public_methods": shape.public_methods},
    )
