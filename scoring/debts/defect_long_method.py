"""Functions too long to hold in the head.

Why: A function of a hundred lines loads, cleans, trains and plots, and can only be tested by running all of it. Its
parts can't be reused, so the next script copies them. The comments inside it often name the functions it should
have been.

What is read: Python functions, in notebooks too: lines and statements of the body, and complexity. A function counts
from 52 lines, from 38 when its complexity without early returns is over 10, from 104 when it never branches, each from
20 statements on. Lines of command line options or of a constructor's plain fields do not count. Shown are 150 lines, 65
when complex, and a complexity over 15, unless a linter was told to let it be.

Remedy: Cut along the comments: each block that begins with one becomes a function of that name. Pull out loading
and saving first, so that what remains can be tested on a small frame.

Source: McAteer, Nitpicking Machine Learning Technical Debt (2020), part 5, the table of design defects. Chen et
al., Detecting Code Smells in Python Programs (2016), for the limits.
"""

from scoring.analyses.long_functions import COMPLEX, is_listed, is_long
from scoring.facts import Function, PythonFacts
from scoring.findings import PY, SHARE, Debt, H, Hit, Tally

debt = Debt(__name__, section="5.3", ml_only=False)


@debt.file_signal(
    "defect-long-method",
    PythonFacts,
    source=PY,
    anchors=(0.02, 0.13),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of functions",
    feeds=("abstraction-debt", "glue-code"),
    caution="Long mathematical functions are common in model code.",
    scope="product",
    bad={"train.py": "def train(rows):\n" + "".join(f"    step_{n} = rows or {n}\n" for n in range(60))},
    good={"train.py": "def train(rows):\n    return [row + 1 for row in rows]\n"},
)
def long_functions(facts: PythonFacts) -> Tally | None:
    """Share of functions with 52 lines of body, 38 where complexity is over 10, 104 without a branch; 20 statements."""
    if not facts.functions or facts.exported:
        return None
    own = (function for function in facts.functions if not facts.is_taken(function.line))
    long = [function for function in own if is_long(function)]
    hits = tuple([_hit(function) for function in long if is_listed(function)])
    return Tally(len(facts.functions), len(long), hits)


def _hit(function: Function) -> Hit:
    ways = f" and a complexity of {function.complexity}" if function.complexity > COMPLEX else ""
    return Hit(
        line=function.line,
        end_line=function.end_line,
        key="long",
        symbol=f"{function.owner}.{function.name}".lstrip("."),
        message=f"{function.name} has {function.body_lines} lines of code{ways}; its parts can only be tested as one.",
        evidence={"body_lines": function.body_lines, "complexity": function.complexity},
    )
