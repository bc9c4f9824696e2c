"""Knowledge that lives in heads.

Why: What the data means, how training is started and who to ask is known to those who built it. Every newcomer pays
for that in weeks and every departure takes some of it along. For a model the missing part is often its limits: what
it was trained on, and where it should not be used.

What is read: README: purpose, set-up, how to run or train, where data comes from, whom to ask; whether it kept pace
with the entry points. Python: docstrings of public functions and classes. Model cards or datasheets for each
production model. Lineage and SQL: descriptions of datasets, columns and features.

Remedy: Add the parts of the README that are named as missing first; an hour covers them. Add a model card for what
is in production. Describe a dataset where it is declared, so that the text moves with it. Change the README in the
same commit as an entry point.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 1, which counts
better documentation among the ways to pay down debt, and the closing question about new members. McAteer,
Nitpicking Machine Learning Technical Debt (2020), part 9.
"""

import re

from scoring.analyses.cards import card_of, has_ml_code, nearest_readmes, told_elsewhere, unread_card, unread_readme
from scoring.analyses.docstrings import docstring_share
from scoring.analyses.landing import landing
from scoring.analyses.lessons import is_course, is_no_course
from scoring.analyses.memo import Memo
from scoring.analyses.published import is_library
from scoring.analyses.randomness import randomness_of
from scoring.analyses.readme_pace import readme_pace
from scoring.analyses.seeding import MADE_UP
from scoring.analyses.view import PythonFile, View
from scoring.findings import (
    GIT,
    LEVEL,
    PKG,
    PY,
    SHARE,
    SMALL,
    Answer,
    Debt,
    H,
    Hit,
    M,
    Measure,
    NotApplicable,
    Unknown,
)

debt = Debt(__name__, section="4.33", ml_only=False, group="Work")

PARTS = {
    "purpose": "does not say what the project is for: a reader can't tell whether it concerns them.",
    "set-up": "does not say how to set the project up: every newcomer asks somebody, or guesses.",
    "run": "does not say how to run or train: the commands live in somebody's shell history.",
    "data": "does not say where the data comes from: nobody else can train or check the model.",
}
"""Part of a README -> what a finding says where it is missing."""

CONTACT = "contact"
"""Counted and not told: whoever reads the repository sees whose it is."""
ASKED = (*PARTS, CONTACT)

ADDED = {
    "purpose": "in two sentences what the project is for, and for whom.",
    "set-up": "the commands that set the project up on a new machine.",
    "run": "the commands that run it, and those that train its model.",
    "data": "where the data comes from, and how to get it.",
}
"""Part of a README -> what to add where it is missing."""


KNOWN_DATA = re.compile(
    r"\bdatasets\.(?:\w+\.)?(?:load|fetch|make|get)_|\bdatasets\.\w+\.load_data$|\btorchvision\.datasets\.(?!ImageFolder|DatasetFolder)"
    r"|(?:^|\.)(?:load_dataset|fetch_openml|get_rdataset)$|^(?:tensorflow_datasets|yfinance|gym|gymnasium)\."
)
"""Calls that load a data set by its name, or make it up."""


@debt.signal(
    "doc.1",
    source=PKG,
    anchors=(5, 1),
    severity=2,
    precision=H,
    kind=LEVEL,
    unit="of 5",
    effort=SMALL,
    caution="In a monorepo the nearest README counts.",
    bad={"README.md": "# Churn\n\nPredicts which customers leave in the next quarter, for the sales team.\n"},
    good={
        "README.md": "# Churn\n\nPredicts which customers leave in the next quarter, for the sales team.\n\n"
        "## Installation\n\n```bash\npip install -r requirements.txt\n```\n\n## Training\n\n```bash\n"
        "python train.py\n```\n\n## Dataset\n\nInvoices of two years.\n\n## Contact\n\nThe churn team.\n"
    },
)
def readme_parts(view: View) -> Answer:
    """README parts present, of five: purpose, set-up, run or train, origin of data, owner or contact."""
    readmes = nearest_readmes(view)
    if not readmes:
        if unread := unread_readme(view):
            return Unknown(f"{unread} could not be read")
        hit = Hit(
            path=landing(view, "packaging"),
            line=1,
            key="no readme",
            message="There is no README: what this is for, how to start it and whom to ask is in its authors' heads.",
        )
        return Measure(0.0, 1, (hit,))
    readmes = tuple(readme for readme in readmes if readme[1].english)
    if not readmes:
        return Unknown("the README is in another language than English, which is not read")
    asked = [part for part in ASKED if part not in _spared(view)]
    present = {check for _, facts in readmes for check in facts.checks} | told_elsewhere(view)
    path = readmes[0][0].path
    hits = tuple(
        Hit(
            path=path,
            line=1,
            key=f"no {check}",
            message=f"{path} {PARTS[check]}",
            evidence={"part": check},
            remedy=f"Add to {path} {ADDED[check]}",
        )
        for check in asked
        if check not in present and check != CONTACT
    )
    note = "" if CONTACT in present else "it names no owner or contact"
    # Where nothing learns from data of its own, what is left is read on the scale of five.
    return Measure(len(ASKED) * sum(part in present for part in asked) / len(asked), 1, hits, note)


def _spared(view: View) -> frozenset[str]:
    """A lesson loads its own data and is run as it is read. A library brings no data, what only asks a model that
    others trained needs none, and what a package loads by name comes with it, if all that trains does so; where Python
    went unread, nobody knows."""
    if is_course(view):
        return frozenset({"data", "run"})
    own = [file for file in view.training if "example" not in file.roles]
    brought = is_library(view) or (not view.python_unseen and all(map(_brings_data, own)))
    return frozenset({"data"}) if brought else frozenset()


def _calls_known_data(file: PythonFile) -> bool:
    return any(KNOWN_DATA.search(call.name) for call in file.facts.calls)


_loads_known_data = Memo(_calls_known_data)


def _brings_data(file: PythonFile) -> bool:
    """Whether its data come with it: loaded by their name, or made up in a notebook that reads nothing else."""
    if _loads_known_data(file) or not file.is_notebook or file.io_calls[0]:
        return _loads_known_data(file)
    return any(MADE_UP.search(draw.call.name) for draw in randomness_of(file).draws)


@debt.signal(
    "doc.2",
    source=PY,
    anchors=(0.6, 0.1),
    severity=1,
    precision=H,
    kind=SHARE,
    unit="of functions",
    caution="Records and methods that fill in one of a base class are left out.",
    remedy="Begin with what other modules call: one line each on what it expects, with shapes and units, and "
    "what it gives.",
    applies=is_no_course,
    bad={
        "train.py": "import pandas as pd\n\n\ndef load(path):\n    return pd.read_csv(path)\n\n\n"
        "def clean(frame):\n    return frame.dropna()\n\n\ndef split(frame):\n    return frame[:9], frame[9:]\n"
    },
    good={
        "train.py": 'import pandas as pd\n\n\ndef load(path):\n    """Read the invoices."""\n'
        "    return pd.read_csv(path)\n"
        '\n\n\ndef clean(frame):\n    """Drop rows without a customer."""\n    return frame.dropna()\n'
    },
)
def docstrings(view: View) -> Answer:
    """Share of the public functions and classes of ML files with a docstring."""
    return docstring_share(view)


@debt.signal(
    "doc.3",
    source=PKG,
    anchors=(1, 0),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of models",
    effort=SMALL,
    remedy="Write a card for the model: what it is for, what it was trained on, where it should not be used.",
    bad={"debtboard.toml": '[models.churn]\nentry = "train.py"\nowner = "growth"\n'},
    good={
        "debtboard.toml": '[models.churn]\nentry = "train.py"\nowner = "growth"\n',
        "MODEL_CARD.md": "# Churn\n\n" + "Trained on the invoices of two years, split by customer and by month. " * 4,
    },
)
def carded_models(view: View) -> Answer:
    """Share of the production models with a model card or datasheet."""
    declared = view.component.declaration
    models = declared.models if declared else ()
    if not models:
        if has_ml_code(view) is False:
            return NotApplicable("no ML code found")
        return Unknown("no production model is declared in debtboard.toml")
    missing = [model for model in models if not card_of(view, model)]
    if missing and (unread := unread_card(view)):
        return Unknown(f"{unread} could not be read")
    hits = tuple(
        Hit(
            path="debtboard.toml",
            line=line,
            key=f"no card {name}",
            message=f"The model {name} has no model card: where it should not be used is known to its authors only.",
            evidence={"model": name},
        )
        for name, _, _, line in missing
    )
    return Measure(1 - len(missing) / len(models), len(models), hits)


@debt.signal(
    "doc.4",
    source=GIT,
    also="PY+PKG",
    anchors=(0, 365),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="days",
    effort=SMALL,
    lifecycle="experimental",  # three were seen afresh after the last mend, one right: the commands mostly still hold
    remedy="Go through the README's commands once, correct what no longer holds, and change it in the same "
    "commit as an entry point.",
)
def readme_age(view: View) -> Answer:
    """Days since the README changed, where over 30 % of the scripts that it starts have changed since."""
    return readme_pace(view)


debt.row(
    "doc.5",
    "Share of datasets, columns and features with a description",
    source="LIN+SQL",
    anchors=(0.9, 0.2),
    severity=1,
    precision=H,
    kind=SHARE,
    unit="of nodes",
)
