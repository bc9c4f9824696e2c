"""Functions with too many parameters.

Why: A call with nine arguments is easy to get wrong and hard to read, and each new option is threaded through every
caller. In training code the list is usually a configuration that hasn't been given a name.

What is read: Python functions: parameters without self and cls, keyword-only ones at half weight. Constructors of
estimators and network modules are left out, since their libraries ask for them.

Remedy: Gather the settings that travel together into a dataclass and pass that. Make the rest keyword-only, so that
a call says what it means.

Source: McAteer (2020), part 5, the table of design defects. Chen et al. (2016), for the limits.
"""

from scoring.findings import PY, SHARE, SMALL, Debt, M

debt = Debt(__name__, section="5.4", ml_only=False)

debt.row(
    "defect-long-parameter-list",
    "Share of functions with over five parameters, keyword-only ones at half weight",
    source=PY,
    anchors=(0.05, 0.3),
    severity=1,
    precision=M,
    kind=SHARE,
    unit="of functions",
    effort=SMALL,
    feeds=("abstraction-debt", "glue-code"),
    caution="Constructors of estimators are excluded.",
)
