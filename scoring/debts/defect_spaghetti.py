"""Code without a structure to follow.

Why: A file that runs from top to bottom on global variables can't be imported without running, so it can't be
tested or reused. Deep nesting with many branches has the same effect inside one function: nobody can say which path
a case takes.

What is read: Python on the production path: lines that run on import, functions without parameters that work on
several globals, functions of very high complexity and nesting. Research scripts off that path are left out, since a
script is the norm there.

Remedy: Put the top-level code under a main function, then cut functions out of it that take what they need and
return what they make. Flatten nesting by returning early.

Source: McAteer, Nitpicking Machine Learning Technical Debt (2020), part 5, the table of design defects. Brown et
al., AntiPatterns (1998).
"""

from scoring.analyses.reach import tangled
from scoring.analyses.view import View
from scoring.findings import PY, Answer, Debt, M

debt = Debt(__name__, section="5.9", ml_only=False)


@debt.signal(
    "defect-spaghetti",
    source=PY,
    anchors=(0, 2),
    severity=2,
    precision=M,
    unit="places",
    feeds=("abstraction-debt", "glue-code"),
    caution="Only files on the production path count: notebooks, research, examples and tools are left out.",
    bad={
        "serve.py": "import numpy\n\n\ndef turn():\n    global a, b, c, d\n    a = b = c = d = numpy.ones(3)\n\n\n"
        "if __name__ == '__main__':\n    turn()\n"
    },
    good={
        "serve.py": "import numpy\n\n\ndef turn(a):\n    return numpy.ones(a)\n\n\n"
        "if __name__ == '__main__':\n    turn(1)\n"
    },
)
def unstructured(view: View) -> Answer:
    """Files with over 150 lines that run on import; functions on over three globals, or very complex and nested."""
    return tangled(view)
