"""Functions with too many parameters.

Why: A call with nine arguments is easy to get wrong and hard to read, and each new option is threaded through every
caller. In training code the list is usually a configuration that hasn't been given a name.

What is read: Python functions: parameters without self and cls; those with a default and keyword-only ones count one
half, and five have to be given by place, or are by a call. Left out is what nobody chose: constructors of estimators,
network modules and records, hooks and overrides of a framework, commands, tools, endpoints, options of a command line,
private formulas, copied code; and up to ten that every known call names. An override or wrapper with nearly the same
list counts, and is told with the widest.

Remedy: Gather the settings that travel together into a dataclass and pass that. What stays and is not keyword-only
yet should be, so that a call says what it means.

Source: McAteer, Nitpicking Machine Learning Technical Debt (2020), part 5, the table of design defects. Chen et
al., Detecting Code Smells in Python Programs (2016), for the limits.
"""

from scoring.analyses.parameter_lists import parameter_lists
from scoring.analyses.view import View
from scoring.findings import PY, SHARE, SMALL, Answer, Debt, M

debt = Debt(__name__, section="5.4", ml_only=False)


@debt.signal(
    "defect-long-parameter-list",
    source=PY,
    anchors=(0.05, 0.3),
    severity=1,
    precision=M,
    kind=SHARE,
    unit="of functions",
    effort=SMALL,
    lifecycle="experimental",  # strict readers afresh: two of ten, as a formula or a framework asks for many
    feeds=("abstraction-debt", "glue-code"),
    caution="Constructors of estimators, event hooks, commands and tools are excluded.",
    bad={"train.py": "def train(rows, target, depth, rate, rounds, folds, path):\n    return rows\n"},
    good={"train.py": "def train(rows, settings, *, depth, rate, rounds, folds):\n    return rows\n"},
)
def long_parameter_lists(view: View) -> Answer:
    """Share of functions with over five parameters; those with a default and keyword-only ones count one half."""
    return parameter_lists(view)
