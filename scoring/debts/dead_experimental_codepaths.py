"""Experiments left as branches in production code.

Why: An experiment is cheapest as an if in the code that already runs. Most are tried once and left. Each branch
that stays doubles the ways through its function, needs to be kept compatible, and can wake up: Knight Capital lost
465 million dollars in 45 minutes, apparently through obsolete experimental code. Nobody can test all the
combinations, so nobody does.

What is read: Python: conditions on experiment, variant or legacy flags, modules and definitions that nothing uses,
commented-out code, how many independent flags meet in one function. Configuration and flag exports: keys that never
vary, flags fully rolled out. An export is handed over with `debtboard scan --flags`, or in the settings. Git: branch
bodies untouched for a year beside a living other half. debtboard.toml: the end dates of experiments. Experiment runs:
model types that nobody has run for 180 days.

Remedy: Give every experiment an end date in debtboard.toml, and on that day delete the losing branch or the flag.
Go through the flags each quarter. Move work in progress to a folder that the package and the deployment leave out.
What git holds needs no commented-out copy.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 5, Dead
Experimental Codepaths. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 12. Stale flags:
Ramanathan et al., Piranha (2020).
"""

import msgspec

from scoring.analyses.experiments import experiment_branches
from scoring.analyses.reach import most_switches
from scoring.analyses.reached import unreached
from scoring.analyses.stale_flags import stale_flags
from scoring.analyses.steady_keys import steady_keys
from scoring.analyses.unused import unused_code
from scoring.analyses.view import View
from scoring.facts import CodeBlock, PythonFacts
from scoring.findings import DENSITY, GIT, LEVEL, LIN, PY, SHARE, SMALL, Answer, Debt, H, Hit, M, Tally

BLOCK_LINES = 5
"""Of commented-out code, from which on a block counts."""
GAP_LINES = 2
"""Between two parts of one block."""
SHOWN = 60
"""Characters of a block's first line in a message."""

debt = Debt(__name__, section="4.15", ml_only=False)


@debt.signal(
    "dec.1",
    source=PY,
    anchors=(0.5, 5),
    severity=2,
    precision=M,
    kind=DENSITY,
    unit="per KLOC",
    dated=True,
    lifecycle="experimental",
    caution="Ordinary options whose name speaks of what is old or experimental.",
    bad={
        "train.py": "import pandas\n\n\ndef run(rows, use_new_model=False):\n"
        "    if use_new_model:\n        rows = rows + 1\n    else:\n        rows = rows - 1\n    return rows\n"
    },
    good={"train.py": "import pandas\n\ndef run(rows, loud):\n    if loud:\n        print(rows)\n    return rows\n"},
)
def branches_on_experiments(view: View) -> Answer:
    """Conditions on experiment, treatment, legacy or new-against-old flags per KLOC of ML code.

    A flag that debtboard.toml gives an end date is none until that day, and one of high severity after it.
    """
    return experiment_branches(view)


@debt.signal(
    "dec.2",
    source="CFG+GIT",
    also=PY,
    anchors=(0, 5),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="flags",
    lifecycle="experimental",  # no export of a real team's flags was there to be judged
    caution="Kill switches, permissions and flags marked as permanent are exempt. Exports of Unleash and flagd, and "
    "Flagsmith's of one environment, say no date of a change: of these only archived, stale and unknown flags are "
    "told. Keys that another module binds to a name are not followed; a flag made after the export is not in it.",
    remedy="Keep the way that everyone takes, delete the other one and the question, then archive the flag where it "
    "is kept. A kill switch gets a tag that says so.",
)
def flags_that_nothing_hangs_on(view: View) -> Answer:
    """Flags that code asks for, and that are the same for everyone and unmodified for over 56 days, or archived.

    A flag that debtboard.toml gives an end date is none until that day.
    """
    return stale_flags(view)


@debt.signal(
    "dec.3",
    source=PY,
    also="CFG+PKG",
    anchors=(0.02, 0.15),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of code",
    effort=SMALL,
    caution="Dynamic dispatch and plugins. Methods are not looked at; modules that nothing reaches are dec.4's.",
    remedy="Delete it: git keeps it. Where something outside the repository calls it, name it in `__all__`.",
    bad={
        "train.py": "from sklearn.svm import SVC\n\n\ndef old_fit(rows):\n    return SVC().fit(rows)\n\nprint(SVC())\n"
    },
    good={
        "train.py": "from sklearn.svm import SVC\n\n\ndef fit(rows):\n    return SVC().fit(rows)\n\n\nprint(fit([]))\n"
    },
)
def unused_definitions(view: View) -> Answer:
    """Share of the code that nothing uses, entry points and configured targets taken as used."""
    return unused_code(view)


@debt.signal(
    "dec.4",
    source=PY,
    also="CFG+PKG",
    anchors=(0, 0.2),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of modules",
    effort=SMALL,
    caution="Libraries: exported names are entry points. Folders of research and examples are left out, and so is what "
    "lies below a module that imports by names worked out at run time, what a document names, three siblings that are "
    "alike, and modules that only tests import where those are many.",
    remedy="Delete the module: git keeps it. Where it is still wanted, call it from an entry point, or move it to a "
    "folder of experiments that the package leaves out.",
    bad={
        "train.py": "from sklearn.svm import SVC\n\nprint(SVC())\n",
        "old_features.py": "def ratio(a, b):\n    return a / b\n",
    },
    good={
        "train.py": "from features import ratio\nfrom model_of_the_rig import build\n\nprint(build(), ratio(1, 2))\n",
        "features.py": "def ratio(a, b):\n    return a / b\n",
    },
)
def unreached_modules(view: View) -> Answer:
    """Share of the modules that no entry point reaches."""
    return unreached(view)


@debt.signal(
    "dec.5",
    source="CFG+GIT",
    also=PY,
    anchors=(0, 8),
    severity=2,
    precision=M,
    unit="settings",
    effort=SMALL,
    lifecycle="experimental",  # too few were judged: most settings that guard a branch are modes of a run
    caution="Settings by which people run a program one way or the other; those of a package for others are not told.",
    remedy="Delete the setting and the branch that it never takes, or run the other way in a test.",
)
def settings_that_never_vary(view: View) -> Answer:
    """Settings that guard a branch and have had one value in all files for 180 days."""
    return steady_keys(view)


debt.row(
    "dec.6",
    "Branch bodies untouched for over 365 days while the other half changed",
    source=GIT,
    anchors=(0, 5),
    severity=2,
    precision=M,
    unit="branches",
)


@debt.signal(
    "dec.7",
    source=PY,
    anchors=(2, 6),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="flags",
    dated=True,
    lifecycle="experimental",  # of the last six judged, three took options that stay for experiments
    caution="Only parameters that are true or false, settings and flags of the object count; guards that end the "
    "function, branches of one statement, branches inside one another and the parts of one if-elif chain open no "
    "further path.",
    bad={
        "train.py": "import pandas\n\n\ndef run(rows, a=True, b=True, c=False):\n"
        "    if a:\n        rows += 1\n        rows *= 2\n    if b:\n        rows += 2\n        rows *= 3\n"
        "    if c:\n        rows += 3\n        rows *= 4\n    return rows\n"
    },
    good={
        "train.py": "import pandas\n\n\ndef run(rows, a=True, b=True, c=False):\n"
        "    if a:\n        rows += 1\n        rows *= 2\n    if b:\n        rows += 2\n        rows *= 3\n"
        "    if c:\n        rows += 3\n    return rows\n"
    },
)
def interacting_flags(view: View) -> Answer:
    """Independent flags tested in one function, the largest number: k flags make 2^k paths.

    Severity grows with the number, which the catalogue does not ask for: four flags are no 128 ways.
    """
    return most_switches(view)


debt.row(
    "dec.8",
    "Model types in the code that nobody has run for 180 days",
    source=LIN,
    anchors=(0, 4),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="types",
)
debt.row(
    "dec.9",
    "Experiment branches unmerged for over 90 days",
    source=GIT,
    anchors=(3, 30),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="branches",
    effort=SMALL,
)


@debt.file_signal(
    "dec.10",
    PythonFacts,
    source=PY,
    anchors=(0.2, 2),
    severity=1,
    precision=H,
    kind=DENSITY,
    unit="per KLOC",
    effort=SMALL,
    scope="product",
    remedy="Delete the block: git keeps it. Where it is an alternative worth keeping, make it a function with a test.",
    bad={"train.py": "x = 1\n# y = load()\n# for row in y:\n#     row.clean()\n#     row.save()\n# report(y)\nz = 2\n"},
    good={"train.py": "x = 1\n# The rows are sorted by day,\n# because the split below cuts by position.\nz = 2\n"},
)
def commented_code(facts: PythonFacts) -> Tally | None:
    """Blocks of five or more lines of commented-out code, per KLOC."""
    if not facts.code_lines and not facts.commented_code:
        return None
    blocks = [block for block in _joined(facts.commented_code) if _length(block) >= BLOCK_LINES]
    return Tally(facts.code_lines, len(blocks), tuple(_hit(block) for block in blocks))


def _joined(blocks: tuple[CodeBlock, ...]) -> list[CodeBlock]:
    """Blocks of one scope that a blank line or a remark parts are one."""
    joined: list[CodeBlock] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last is not None and last.scope == block.scope and block.line - last.end_line - 1 <= GAP_LINES:
            lines = last.code_lines + block.code_lines
            joined[-1] = msgspec.structs.replace(last, end_line=block.end_line, code_lines=lines)
        else:
            joined.append(block)
    return joined


def _length(block: CodeBlock) -> int:
    return block.end_line - block.line + 1


def _hit(block: CodeBlock) -> Hit:
    start = block.text if len(block.text) <= SHOWN else block.text[:SHOWN] + "..."
    return Hit(
        line=block.line,
        end_line=block.end_line,
        key=block.text,
        symbol=block.scope,
        message=f"{block.code_lines} lines of code are commented out, from `{start}`: git keeps what was, and only "
        "what runs is kept working.",
        evidence={"lines": block.code_lines},
    )
