"""Functions too long to hold in the head.

Why: A function of a hundred lines loads, cleans, trains and plots, and can only be tested by running all of it. Its
parts can't be reused, so the next script copies them. Half the length is often comments that name the functions it
should have been.

What is read: Python functions and notebook cells' functions: lines of the body, and complexity. A function counts
from 52 lines, or from 38 when its complexity is over 10.

Remedy: Cut along the comments: each block that begins with one becomes a function of that name. Pull out loading
and saving first, so that what remains can be tested on a small frame.

Source: McAteer (2020), part 5, the table of design defects. Chen et al., Detecting Code Smells in Python Programs
(2016), for the limits.
"""

from scoring.findings import PY, SHARE, Debt, H

debt = Debt(__name__, section="5.3", ml_only=False)

debt.row(
    "defect-long-method",
    "Share of functions with a body of 52 lines or more, or of 38 and a complexity over 10",
    source=PY,
    anchors=(0.02, 0.13),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of functions",
    feeds=("abstraction-debt", "glue-code"),
    caution="Long mathematical functions are common in model code.",
)
