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

from scoring.findings import PY, SMALL, Debt, L

debt = Debt(__name__, section="5.2", ml_only=False)

debt.row(
    "defect-data-class",
    "Hand-written classes of over five public fields or accessors with hardly any behaviour",
    source=PY,
    anchors=(0, 5),
    severity=1,
    precision=L,
    unit="classes",
    effort=SMALL,
    feeds=("abstraction-debt", "glue-code"),
    caution="Dataclasses and schema models are excluded.",
)
