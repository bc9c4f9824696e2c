"""Results that can't be had again.

Why: The same code on the same data should give about the same model. Random starts, unseeded shuffles, loose
versions, today's data and the order of files in a folder each prevent it. Then nobody can tell a gain from luck, an
incident can't be replayed, and a model in production may be one that nobody can train again.

What is read: Python and notebooks: seeds at every training entry point, deterministic switches, clocks and
unordered file listings in the training path. Packaging: pinned versions, a lock file, the declared against the
imported, an image or environment file, a checklist or model card. Indexes of vectors: whether the module that keeps
one records the embedding model, the source and the date. Lineage: runs with commit, data digest, parameters and
environment; spread of repeated runs.

Remedy: Seed every generator in use at one place in the entry point. Lock dependencies and the Python version. Log
commit, data digest, parameters and environment with each run, and refuse a run from a dirty tree. Run the same
training three times now and then and write down the spread: it is the smallest gain you can claim. Write beside
each index what it was made with, from and when.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 8, Reproducibility
Debt. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 23. Breck et al., The ML Test Score
(2017), Infra 1. Dependency rules: deptry; prevalence: van Oort et al., The Prevalence of Code Smells in Machine
Learning Projects (2021). The llm row is ours. The mls rows: Zhang, Cruz and van Deursen, Code Smells for Machine
Learning Applications (2022).
"""

# Longer than 300 lines: a debt is one file, and this one has fourteen rows.

from scoring.analyses.cards import answers_checklist, is_card, unread_card
from scoring.analyses.contests import hands_out_a_model
from scoring.analyses.declarations import declarations
from scoring.analyses.dependencies import imported_packages, used_packages
from scoring.analyses.dependency_faults import STANDARD, UNUSED, faults
from scoring.analyses.dependency_hits import (
    NO_DIGESTS,
    fault_hits,
    loose_hits,
    no_environment_hit,
    undeclared_hit,
    undigested_hits,
)
from scoring.analyses.hosted import unrecorded_indexes
from scoring.analyses.landing import landing
from scoring.analyses.lessons import is_no_course
from scoring.analyses.loose_draws import unseeded_density
from scoring.analyses.networks import deterministic_switch, kernels_by_timing
from scoring.analyses.notebooks import rerunnable_share
from scoring.analyses.pinning import environment, needs_packages, pinning, python_version
from scoring.analyses.published import is_library
from scoring.analyses.reliance import NOTHING, reliance_on
from scoring.analyses.seeding import seeded_share
from scoring.analyses.unsteady import unsteady_reads
from scoring.analyses.view import View
from scoring.facts import PythonFacts
from scoring.findings import (
    DENSITY,
    LARGE,
    LEVEL,
    LIN,
    NB,
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
    Tally,
    Unknown,
)
from scoring.knowledge import packages

_FITS = "from sklearn.svm import SVC\n\nSVC(random_state=1).fit(rows, labels)\n"

UNSEEDED = """import numpy as np
from sklearn.svm import SVC

rows = np.random.rand(9, 2)
SVC().fit(rows, [0, 1, 2] * 3)
"""
UNSEEDED_SAMPLE = """import numpy as np

if __name__ == "__main__":
    print(np.random.permutation(9))
"""

MOSTLY = 0.8
"""Share of the packages that are pinned, from which on the list of them is an environment."""

debt = Debt(__name__, section="4.28", ml_only=False, group="Work")


@debt.signal(
    "rep.1",
    source="PY+NB",
    anchors=(1, 0),
    severity=3,
    precision=H,
    kind=SHARE,
    unit="of entry points",
    effort=SMALL,
    caution="A random_state in one place only does not count; lessons of a course and examples of a library are not "
    "asked.",
    applies=is_no_course,
    remedy="Seed every generator in use in one function, and call that first in the entry point.",
    bad={"train.py": UNSEEDED},
    good={"train.py": UNSEEDED.replace("rows = ", "np.random.seed(1)\nrows = ")},
)
def seeded_entry_points(view: View) -> Answer:
    """Share of training entry points that seed every random generator they use."""
    return seeded_share(view)


@debt.signal(
    "rep.2",
    source=PY,
    also="CFG",
    anchors=(1, 0),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    lifecycle="experimental",  # strangers saw none of three right: its owners leave it out on purpose
    effort=SMALL,
    caution="They cost speed, so it weighs little; public tools disagree on the direction. Of a program that seeds too "
    "little rep.1 tells.",
    applies=is_no_course,
    bad={
        "train.py": "import torch\nfrom torch.optim import SGD\n\ntorch.manual_seed(1)\n"
        "loss = torch.nn.Linear(2, 1)(torch.zeros(1, 2)).sum()\nloss.backward()\n"
    },
    good={
        "train.py": "import torch\nfrom torch.optim import SGD\n\ntorch.use_deterministic_algorithms(True)\n"
        "loss = torch.nn.Linear(2, 1)(torch.zeros(1, 2)).sum()\nloss.backward()\n"
    },
)
def deterministic_switches(view: View) -> Answer:
    """Deterministic switches are set where a GPU library is used."""
    return deterministic_switch(view)


@debt.signal(
    "rep.3",
    source=PKG,
    also="PY",
    anchors=(1, 0.2),
    severity=3,
    precision=H,
    kind=SHARE,
    unit="of dependencies",
    effort=SMALL,
    feeds=("code-dependency-debt",),
    remedy="Lock what is installed (uv lock, poetry lock, pip-compile --generate-hashes or conda-lock), commit the "
    "lock file, and install from it wherever the code runs.",
    caution="Low in a library, where a range bounded on both sides counts as held, and low where no training or "
    "prediction imports it.",
    bad={"requirements.txt": "scikit-learn\npandas>=1.0\n"},
    good={"requirements.txt": "scikit-learn==1.4.2\n"},
)
def pinned_dependencies(view: View) -> Answer:
    """Share of the dependencies, declared or imported, that are pinned exactly or locked."""
    known, held = declarations(view), pinning(view)
    if not held.packages:
        if known.uncertain:
            return Unknown(known.uncertain)
        if known.provided and needs_packages(view):
            return NotApplicable("what it needs lies in base images, or is installed by cells of notebooks or for jobs")
        return NotApplicable("nothing but Python's own modules is declared or imported")
    severity = 1 if is_library(view) else 3
    leaving = {
        fault.name for fault in faults(view) if fault.kind in (UNUSED, STANDARD)
    }  # rep.4's, whatever the version
    weighed = [(item, reliance_on(view, item)) for item in held.loose if item.name not in leaving]
    library = is_library(view)
    told = [
        (item, rests)
        for item, rests in weighed
        if (rests != NOTHING or item.name not in packages.INSTALLING)
        and item.requirement.pin not in ("git", "url")  # pkg.3 tells an address that moves
    ]
    # What users of a library install beside it is theirs to hold: an open range counts there, and is waved away.
    hits = [] if library else loose_hits(told, severity)
    if held.undeclared and not known.stated:  # else rep.4 names each of them, at its first import
        hits.append(undeclared_hit(view, held.undeclared, severity))
    python = python_version(view)
    how = "pinned, locked or bounded on both sides" if is_library(view) else "pinned or locked"
    note = f"{len(held.pinned)} of {held.packages} {how}; Python {python or 'version not stated'}"
    return Measure(len(held.pinned) / held.packages, held.packages, tuple(hits), note, severity)


@debt.signal(
    "rep.4",
    source=PKG,
    also="PY",
    anchors=(0, 15),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="per 100 imports",
    effort=SMALL,
    feeds=("code-dependency-debt",),
    remedy="Declare what the code imports, in the file that production installs from, and remove what nothing uses.",
    caution="Names of module and package differ; optional extras.",
    bad={"requirements.txt": "scikit-learn==1.4.2\n", "report.py": "import pandas as pd\n\nprint(pd.DataFrame())\n"},
    good={"requirements.txt": "scikit-learn==1.4.2\n"},
)
def dependency_faults(view: View) -> Answer:
    """Dependency faults per 100 imported packages: undeclared, unused, transitive or development-only.

    What is imported in functions only, or guarded, is optional: nobody has to declare it, and it is an import.
    """
    known, used = declarations(view), used_packages(view)
    if not used and not known.own:
        return NotApplicable("nothing but Python's own modules is declared or imported")
    if known.uncertain and not known.runtime:
        return Unknown(known.uncertain)
    found = faults(view)
    if not found and (known.uncertain or not used):
        return Unknown(known.uncertain or "no import was there to compare the declarations with")
    hits = fault_hits(view) if known.stated else ()  # without any list, rep.3 tells it once
    names = {package.name for package in used} | {item.name for item in known.runtime}
    return Measure(100 * len(found) / max(1, len(imported_packages(view))), len(names), hits, known.uncertain)


debt.row(
    "rep.5",
    "Share of the last 90 days' runs with clean commit, data digest, parameters and environment",
    source=LIN,
    anchors=(0.9, 0.1),
    severity=3,
    precision=H,
    kind=SHARE,
    unit="of runs",
)
debt.row(
    "rep.6",
    "Spread of the primary metric over runs equal in all but the seed: coefficient of variation",
    source=LIN,
    anchors=(0.005, 0.05),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="ratio",
    effort=LARGE,
    caution="Needs three repeats.",
)


@debt.signal(
    "rep.7",
    source=NB,
    also="PKG",
    anchors=(0.8, 0.2),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of notebooks",
    effort=SMALL,
    lifecycle="experimental",  # strictly judged afresh: none of seven, as rep.4, pro.2 and cfg.4 tell the same
    remedy="Restart and run all, take paths relative to the repository, and declare what the notebook imports.",
    bad={
        "explore.ipynb": '{"nbformat": 4, "cells": [{"cell_type": "code", "execution_count": 7, "source": "x = 1"}, '
        '{"cell_type": "code", "execution_count": 2, "source": "x += 1"}]}'
    },
    good={
        "explore.ipynb": '{"nbformat": 4, "cells": [{"cell_type": "code", "execution_count": 1, "source": "x = 1"}]}'
    },
)
def rerunnable_notebooks(view: View) -> Answer:
    """Share of notebooks that could be run again: no hidden state, no absolute path, imports declared."""
    return rerunnable_share(view)


debt.row(
    "rep.8",
    "Share of training inputs under version control of data",
    source=LIN,
    anchors=(1, 0),
    severity=3,
    precision=H,
    kind=SHARE,
    unit="of inputs",
)


@debt.signal(
    "rep.9",
    source=PKG,
    anchors=(1, 0),
    severity=2,
    precision=H,
    kind=LEVEL,
    unit="0, 0.5, 1",
    remedy="Commit a lock file with digests (uv.lock, poetry.lock, conda-lock.yml), or name base images by digest: "
    "FROM python:3.11@sha256:...",
    bad={"Dockerfile": "FROM python:3.11\nRUN pip install scikit-learn\n"},
    good={"Dockerfile": "FROM python:3.11@sha256:" + "0" * 64 + "\nRUN pip install scikit-learn\n"},
)
def captured_environment(view: View) -> Answer:
    """The environment is captured: an image, environment file or lock with digests."""
    known = environment(view)
    severity = 1 if is_library(view) else 2
    if known.digested:
        return Measure(1.0, 1, note=f"{known.digested[0]} holds digests", severity=severity)
    served = [image for image in known.images if not image.is_own]
    if served and all(image.has_digest for image in served):
        return Measure(1.0, 1, note="every base image is named by digest", severity=severity)
    if known.images or known.files:
        return Measure(0.5, 1, undigested_hits(known, severity), NO_DIGESTS, severity)
    if unsure := declarations(view).uncertain:
        return Unknown(unsure)
    if not needs_packages(view):
        return NotApplicable("nothing but Python's own modules is declared or imported")
    if is_library(view):
        return NotApplicable("a library runs in whatever environment its users have")
    held = pinning(view)
    if not held.packages:
        return NotApplicable("it needs no package to run")
    # Where no version is held at all rep.3 tells it once, and where nearly all are, the list says what it ran with.
    told = not held.pinned or len(held.pinned) >= MOSTLY * held.packages
    return Measure(0.0, 1, () if told else (no_environment_hit(view),), severity=severity)


@debt.signal(
    "rep.10",
    source=PY,
    anchors=(0, 5),
    severity=2,
    precision=M,
    unit="places",
    lifecycle="experimental",  # drawn afresh, one of three was right: most clocks and listings reach no model
    effort=SMALL,
    caution="Sorting the listing clears it.",
    applies=is_no_course,
    remedy="Sort the listing; take the moment as a parameter of the run, and log it.",
    bad={
        "load.py": "import os\n\nimport pandas as pd\n\nframes = [pd.read_csv(name) for name in os.listdir('data')]\n"
    },
    good={
        "load.py": "import os\n\nimport numpy\n\nparts = [numpy.load(name) for name in sorted(os.listdir('data'))]\n"
    },
)
def clocks_and_listings(view: View) -> Answer:
    """Clock reads and unordered listings in the feature and training path."""
    return unsteady_reads(view)


@debt.signal(
    "rep.11",
    source=PKG,
    anchors=(1, 0),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
    lifecycle="experimental",  # strict readers afresh: three of nine, as most hand out no model to rely on
    applies=hands_out_a_model,
    remedy="Add MODEL_CARD.md: what the model is for, what it was trained on, how well it does and on whom, how to "
    "train it again.",
    bad={"README.md": "# Model\n\nPredicts churn.\n", "train.py": _FITS},
    good={
        "README.md": "# Model\n\nPredicts churn.\n",
        "train.py": _FITS,
        "MODEL_CARD.md": "# Model card\n\n"
        + "Trained on the invoices of two years, split by customer and by month. " * 4,
    },
)
def model_card(view: View) -> Answer:
    """A reproducibility checklist or model card is on file."""
    cards = [entry.path for entry, facts in view.docs if is_card(entry, facts) or answers_checklist(entry, facts)]
    if cards:
        return Measure(1.0, 1, note=cards[0])
    if unread := unread_card(view):
        return Unknown(f"{unread} could not be read")
    hit = Hit(
        path=landing(view, "readme", "training"),
        line=1,
        key="no card",
        message="No model card or reproducibility checklist is on file: what the model is for, what it was trained on "
        "and where it should not be used stand in no one place.",
    )
    return Measure(0.0, 1, (hit,))


@debt.file_signal(
    "mls-13",
    PythonFacts,
    source=PY,
    anchors=(0.5, 5),
    severity=1,
    precision=M,
    kind=DENSITY,
    unit="per KLOC",
    lifecycle="experimental",  # one hit seen
    effort=SMALL,
    caution="Public tools disagree on the direction; see rep.2.",
    remedy="Set cudnn.benchmark to False and cudnn.deterministic to True for the runs that have to be had again.",
    bad={
        "train.py": "import torch\nfrom torch.optim import SGD\n\ntorch.backends.cudnn.benchmark = True\n"
        "torch.nn.Linear(2, 1)(x).sum().backward()\n"
    },
    good={
        "train.py": "import torch\nfrom torch.optim import SGD\n\ntorch.backends.cudnn.deterministic = True\n"
        "torch.nn.Linear(2, 1)(x).sum().backward()\n"
    },
)
def kernels_chosen_by_timing(facts: PythonFacts) -> Tally | None:
    """Deterministic options not set: kernels chosen by timing."""
    return kernels_by_timing(facts)


@debt.signal(
    "mls-14",
    source=PY,
    anchors=(0.5, 5),
    severity=3,
    precision=M,
    kind=DENSITY,
    unit="per KLOC",
    lifecycle="experimental",  # drawn afresh, none of fifteen was acted on: made-up rows, and seeds of a caller
    effort=SMALL,
    remedy="Seed the generator in the program that runs this, or give the function a generator of its own.",
    applies=is_no_course,
    bad={"sample.py": UNSEEDED_SAMPLE},
    good={"sample.py": UNSEEDED_SAMPLE.replace("print", "np.random.seed(1)\n    print")},
)
def unseeded_generators(view: View) -> Answer:
    """Random generators used without a seed."""
    return unseeded_density(view)


@debt.signal(
    "llm.3",
    source=PY,
    anchors=(0, 2),
    severity=3,
    precision=M,
    unit="places",
    lifecycle="experimental",  # ours, and not yet judged by others
    caution="A record made by another module or by the store itself; an index that a demonstration throws away.",
    remedy="Store the embedding model with its version, the source's version and the date in the index's metadata or "
    "in a file beside it, and refuse an index whose model is another.",
    bad={
        "ingest.py": "from langchain_community.vectorstores import Chroma\n"
        "from langchain_openai import OpenAIEmbeddings\n\n\n"
        "def build(documents: list) -> None:\n"
        "    model = OpenAIEmbeddings(model='text-embedding-3-small')\n"
        "    Chroma.from_documents(documents, model, persist_directory='index')\n"
    },
    good={
        "ingest.py": "from langchain_community.vectorstores import Chroma\n"
        "from langchain_openai import OpenAIEmbeddings\n\n\n"
        "def build(documents: list, corpus: str, today: str) -> None:\n"
        "    model = OpenAIEmbeddings(model='text-embedding-3-small')\n"
        "    told = {'embedding_model': model.model, 'source': corpus, 'built_on': today}\n"
        "    Chroma.from_documents(documents, model, persist_directory='index', collection_metadata=told)\n"
    },
)
def indexes_without_record(view: View) -> Answer:
    """Indexes of vectors kept without a record of the embedding model and the date."""
    return unrecorded_indexes(view)
