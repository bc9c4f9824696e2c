"""One interface for every purpose.

Why: A class with methods for four unrelated jobs, or a function whose mode argument picks one of six behaviours, is
several things under one name. Callers depend on all of it for the part they use, and the combinations are never
tested.

What is read: Python classes: public methods that fall into separate clusters, and three or more base classes.
Functions: over three mode flags, or a mode string with over five cases.

Remedy: Split by cluster, or by mode, into functions with plain names, and let callers import the one they need.
Where a caller must choose at run time, use a small registry.

Source: McAteer, Nitpicking Machine Learning Technical Debt (2020), part 5, the table of design defects. Brown et
al., AntiPatterns (1998).
"""

from scoring.findings import PY, Debt, M

debt = Debt(__name__, section="5.7", ml_only=False)

debt.row(
    "defect-swiss-army-knife",
    "Classes of ten public methods in four unrelated clusters or of three base classes; functions with over "
    "three mode flags or five modes",
    source=PY,
    anchors=(0, 2),
    severity=2,
    precision=M,
    unit="places",
    feeds=("abstraction-debt", "glue-code"),
)
