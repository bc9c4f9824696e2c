"""Classes too large to survey.

Why: A class of several hundred lines or two dozen methods has more than one job. Changes for different reasons meet
in one file, and a test has to build all of it to try a part.

What is read: Python classes: their lines and their methods. A class counts from 300 lines or 20 methods; the
count is set against the size of the code.

Remedy: List the methods by the attributes they share; each cluster is a class. Move the smallest one out first, and
let the old class hold it.

Source: McAteer, Nitpicking Machine Learning Technical Debt (2020), part 5, the table of design defects. Chen et
al., Detecting Code Smells in Python Programs (2016); the limits here are wider than theirs, which mark too many
classes to be of use.
"""

from scoring.findings import DENSITY, PY, Debt, M

debt = Debt(__name__, section="5.5", ml_only=False)

debt.row(
    "defect-large-class",
    "Classes of over 300 lines or 20 methods, per KLOC",
    source=PY,
    anchors=(0, 1),
    severity=1,
    precision=M,
    kind=DENSITY,
    unit="per KLOC",
    feeds=("abstraction-debt", "glue-code"),
)
