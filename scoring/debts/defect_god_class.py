"""One class that runs everything.

Why: A manager, trainer or pipeline that reads everybody's data and decides for all of them makes every change pass
through one file. Nobody can replace a part, because the part has no boundary; and whoever knows that class is
needed for every release.

What is read: Python classes that are complex, reach into many others and hang together badly; modules of over 1000
lines with many importers and many imports. Base classes and mixins are left out.

Remedy: Take one decision out at a time and give it to the class whose data it uses. Leave behind a short
coordinator that calls steps in order and holds no knowledge of them.

Source: McAteer, Nitpicking Machine Learning Technical Debt (2020), part 5, the table of design defects. Lanza and
Marinescu, Object-Oriented Metrics in Practice (2006), for the limits.
"""

from scoring.analyses.reach import GOD, all_in_one
from scoring.analyses.view import View
from scoring.findings import LARGE, PY, Answer, Debt, M

debt = Debt(__name__, section="5.6", ml_only=False)


@debt.signal(
    "defect-god-class",
    source=PY,
    anchors=(0, 2),
    severity=3,
    precision=M,
    unit="classes",
    effort=LARGE,
    feeds=("abstraction-debt", "glue-code"),
    lifecycle="experimental",  # 4 of 8 of the last draws were right: records and bases are wide without ruling anything
    caution="The reach of a class is told by attributes that it reads, so that one of many small calls stays unseen.",
    bad={"trainer.py": GOD},
    good={"trainer.py": "class Trainer:\n    def fit(self, rows):\n        self.rows = rows\n"},
)
def god_classes(view: View) -> Answer:
    """Classes of high complexity, reach and low cohesion, or modules of over 1000 lines, 10 importers and imports."""
    return all_in_one(view)
