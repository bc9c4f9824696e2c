"""Hand-written classes that only hold data.

Why: A class with public fields and hardly a method keeps its knowledge elsewhere, in every function that takes it
apart. Written by hand, it also lacks what a dataclass or a pydantic model gives for free: types, equality,
validation, a readable form.

What is read: Python classes with many public attributes and accessors and little behaviour. Dataclasses, named
tuples, typed dicts and pydantic models are left out: for plain data they are the cure.

Remedy: Turn it into a frozen dataclass or a pydantic model, then move the functions that only use its fields into
it.

Source: McAteer, Nitpicking Machine Learning Technical Debt (2020), part 5, the table of design defects. Lanza and
Marinescu, Object-Oriented Metrics in Practice (2006), for the limits.
"""

from scoring.facts import ClassShape, PythonFacts
from scoring.findings import PY, SMALL, Debt, Hit, L, Tally

debt = Debt(__name__, section="5.2", ml_only=False)

FIELDS = 5


@debt.file_signal(
    "defect-data-class",
    PythonFacts,
    source=PY,
    anchors=(0, 5),
    severity=1,
    precision=L,
    unit="classes",
    effort=SMALL,
    feeds=("abstraction-debt", "glue-code"),
    scope="product",
    lifecycle="experimental",
    caution="Classes with a base class or a decorator are left out, dataclasses and schema models among them.",
    bad={
        "run.py": "class Run:\n    def __init__(self, a, b, c, d, e, f):\n"
        + "".join(f"        self.{name} = {name}\n" for name in "abcdef")
    },
    good={
        "run.py": "from dataclasses import dataclass\n\n\n@dataclass\nclass Run:\n"
        + "".join(f"    {name}: int\n" for name in "abcdef")
    },
)
def data_classes(facts: PythonFacts) -> Tally | None:
    """Hand-written classes of over five public fields that only hold them."""
    if not facts.classes:
        return None
    shapes = facts.structure.classes if facts.structure else ()
    hits = tuple(_hit(shape) for shape in shapes if shape.held > FIELDS)
    return Tally(len(facts.classes), len(hits), hits)


def _hit(shape: ClassShape) -> Hit:
    return Hit(
        line=shape.line,
        end_line=shape.end_line,
        key="data",
        symbol=shape.name,
        message=f"{shape.name} only holds {shape.held} public fields that its constructor sets by hand; a dataclass "
        "gives types, equality and a readable form for free.",
        evidence={"fields": shape.held},
    )
