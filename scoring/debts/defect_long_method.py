"""Functions too long to hold in the head.

Why: A function of a hundred lines loads, cleans, trains and plots, and can only be tested by running all of it. Its
parts can't be reused, so the next script copies them. The comments inside it often name the functions it should
have been.

What is read: Python functions, in notebooks too: lines and statements of the body, and complexity. A function counts
from 52 lines, from 38 when its complexity without early returns is over 10, from 104 when it never branches, each from
20 statements on. Lines of command line options or of a constructor's plain fields do not count. A complexity up to 5 in
under 40 statements and 104 lines is low. What a linter is told to let be, or has under 65 lines and branches little,
counts and is not shown.

Remedy: Cut along the comments: each block that begins with one becomes a function of that name. Pull out loading
and saving first, so that what remains can be tested on a small frame.

Source: McAteer, Nitpicking Machine Learning Technical Debt (2020), part 5, the table of design defects. Chen et
al., Detecting Code Smells in Python Programs (2016), for the limits.
"""

from scoring.facts import Function, PythonFacts
from scoring.findings import PY, SHARE, Debt, H, Hit, Tally

debt = Debt(__name__, section="5.3", ml_only=False)

LONG = 52
"""Lines of body: the machine-tuned limit of PySmell."""
LONG_IF_COMPLEX = 38
COMPLEX = 10
LONG_IF_STRAIGHT = 2 * LONG
"""A body without any branch is a list of declarations up to here: one display, one pipeline of steps, one figure."""

SHOWN = 65
"""Lines from which on a body that hardly branches is shown; a shorter one counts in the share alone."""

VERY_COMPLEX = 15
"""A complexity up to which a body of fewer than LONG lines counts and is not shown: a loop with a check at each step is
read at once. Of eleven such that were judged, six were right."""

FEW_STATEMENTS = 20
"""A body of fewer is long by the layout of its calls: the catalogue counts lines, of which one call may take 20."""


LOW = 1
SIMPLE = 5
SOME_STATEMENTS = 2 * FEW_STATEMENTS
"""A body of fewer that hardly branches, of a complexity up to SIMPLE, is long by its layout for the most part: low, up
to where a straight one counts."""


SHIPPED = frozenset({"component", "pipeline"})
"""Last parts of decorators that send a function's source away as one piece, or read a pipeline's steps from it."""


def _too_long(function: Function) -> bool:
    if function.statements < FEW_STATEMENTS or any(name.rpartition(".")[2] in SHIPPED for name in function.decorators):
        return False
    lines = function.body_lines - function.plain
    if function.complexity == 1:
        return lines >= LONG_IF_STRAIGHT
    # An early return or `x or default` is read where it stands; the catalogue's limit is on all of the complexity.
    is_complex = function.complexity - function.guards > COMPLEX
    return lines >= (LONG_IF_COMPLEX if is_complex else LONG)


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
    long = [function for function in own if _too_long(function)]
    hits = tuple([_hit(function) for function in long if "length" not in function.waived and _is_shown(function)])
    return Tally(len(facts.functions), len(long), hits)


def _is_shown(function: Function) -> bool:
    lines, ways = function.body_lines - function.plain, function.complexity - function.guards
    return lines >= SHOWN or ways > (COMPLEX if lines >= LONG else VERY_COMPLEX)


def _hit(function: Function) -> Hit:
    ways = f" and a complexity of {function.complexity}" if function.complexity > COMPLEX else ""
    few = function.statements < SOME_STATEMENTS and function.body_lines < LONG_IF_STRAIGHT
    is_simple = few and function.complexity <= SIMPLE
    return Hit(
        line=function.line,
        end_line=function.end_line,
        key="long",
        severity=LOW if is_simple else 0,
        symbol=f"{function.owner}.{function.name}".lstrip("."),
        message=f"{function.name} has {function.body_lines} lines of code{ways}; its parts can only be tested as one.",
        evidence={"body_lines": function.body_lines, "complexity": function.complexity},
    )
