"""Methods that mostly use another object's data.

Why: A method that reads five attributes of another object and none of its own probably belongs to that object. Left
where it is, every change of the other class has to be made in two places, and the class at hand is harder to name.
In ML code it is often a trainer that computes what the dataset or the configuration should know.

What is read: Python methods: attributes read from other objects, the share that is the method's own, and how many
objects they belong to. Frames, arrays and tensors are left out: reading their attributes is ordinary work.

Remedy: Move the method, or the part of it that does the reading, to the class whose data it uses. Where it combines
several, a plain function that takes the values is often clearer.

Source: McAteer, Nitpicking Machine Learning Technical Debt (2020), part 5, the table of design defects. Lanza and
Marinescu, Object-Oriented Metrics in Practice (2006), for the limits.
"""

from scoring.findings import PY, Debt, L

debt = Debt(__name__, section="5.1", ml_only=False)

debt.row(
    "defect-feature-envy",
    "Methods that read over five attributes of at most five other objects, and of their own less than a third",
    source=PY,
    anchors=(0, 5),
    severity=1,
    precision=L,
    unit="methods",
    feeds=("abstraction-debt", "glue-code"),
    caution="Frames and tensors are excluded.",
)
