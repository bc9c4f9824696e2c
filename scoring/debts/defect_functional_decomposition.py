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

from scoring.findings import PY, SMALL, Debt, L

debt = Debt(__name__, section="5.8", ml_only=False)

debt.row(
    "defect-functional-decomposition",
    "Classes named as a verb, with one or two public methods and no state of their own",
    source=PY,
    anchors=(0, 4),
    severity=1,
    precision=L,
    unit="classes",
    effort=SMALL,
    feeds=("abstraction-debt", "glue-code"),
    caution="Transformers in the style of scikit-learn are excluded.",
)
