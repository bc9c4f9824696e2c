"""Prototypes that became the product.

Why: A notebook is the fastest way to find out whether something works and one of the slowest ways to keep it
working. When a team depends on its prototyping environment, the full-scale system is probably too hard to change;
and under time pressure the prototype itself is shipped. What held on a sample often doesn't hold at full scale.

What is read: Notebooks: whether production runs them, execution order, names used before they are defined, errors
left in, size, committed outputs, how much of the training code lives in them. Python and configuration: sample
limits left in the main path. Git: scratch folders and files called final, copy or old; how much of the work happens
in notebooks.

Remedy: Move what a notebook has proved into a module with a test, and let the notebook import it. Clear outputs
before a commit, restart and run all before a review. Turn sample sizes into settings whose production value is
"all". Delete or archive what has lain in scratch for 90 days.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 5, Common Smells:
prototype. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 15. Notebook limits: Pynblint; runs
of published notebooks: Pimentel et al. (2019), Samuel and Mietchen (2023).
"""

import json

from scoring.analyses.leftovers import leftovers
from scoring.analyses.lessons import is_no_course
from scoring.analyses.notebook_use import committed_outputs, notebook_changes, notebook_share, production_notebooks
from scoring.analyses.notebooks import breaches, hidden_state
from scoring.analyses.past import history_of
from scoring.analyses.sampling import sample_limits
from scoring.analyses.view import View
from scoring.findings import (
    ATT,
    GIT,
    LARGE,
    LEVEL,
    NB,
    PKG,
    SHARE,
    SMALL,
    Answer,
    Debt,
    H,
    M,
    Measure,
    NotApplicable,
    Unknown,
)

debt = Debt(__name__, section="4.19", ml_only=False)


def _notebook(*cells: str, counts: tuple[int | None, ...] = (), output: str = "") -> str:
    """A notebook for an example: code cells, their execution counts, and the output of the last."""
    numbers = counts or tuple(range(1, len(cells) + 1))
    code: list[dict[str, object]] = [
        {"cell_type": "code", "execution_count": count, "metadata": {}, "outputs": [], "source": cell}
        for cell, count in zip(cells, numbers, strict=True)
    ]
    if output:
        code[-1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": output}]
    return json.dumps({"cells": code, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@debt.signal(
    "pro.1",
    source=NB,
    also="PKG",
    anchors=(0, 1),
    severity=3,
    precision=H,
    unit="notebooks",
    effort=LARGE,
    applies=is_no_course,
    caution="Parametrised by papermill and tested: one level milder.",
    remedy="Move the work into a module with a test, and let the job run that; keep the notebook as its report.",
    bad={"report.ipynb": _notebook("import mlflow", "mlflow.register_model('runs:/1/model', 'churn')")},
    good={
        "report.ipynb": _notebook("import pandas", "pandas.read_csv('clicks.csv').plot()"),
        "Dockerfile": "FROM python:3.12\nCMD python serve.py\n",
    },
)
def notebooks_in_production(view: View) -> Answer:
    """Notebooks on the production path: run by CI, a scheduler or an image, or writing what production reads."""
    return production_notebooks(view)


@debt.signal(
    "pro.2",
    source=NB,
    anchors=(0.1, 0.6),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of notebooks",
    lifecycle="experimental",  # strictly judged afresh: six of sixteen, as a session is seldom left as one run
    effort=SMALL,
    remedy="Restart the kernel, run all cells, and commit that; or clear the outputs before each commit.",
    bad={"explore.ipynb": _notebook("x = 1", "x += 1", counts=(4, 2))},
    good={"explore.ipynb": _notebook("x = 1", "x += 1", counts=(1, 2))},
)
def hidden_state_share(view: View) -> Answer:
    """Share of notebooks with hidden state: cells run out of order, or names used before the cell that defines them."""
    return hidden_state(view)


@debt.signal(
    "pro.3",
    source="NB+PY",
    anchors=(0.2, 0.8),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of code",
    effort=LARGE,
    lifecycle="experimental",  # of the last 30 seen afresh, 16 were right: articles, classes that say so nowhere
    remedy="Move what the notebook has proved into a module with a test, and let the notebook import it.",
    applies=is_no_course,
    bad={"train.ipynb": _notebook("from sklearn.svm import SVC", "SVC().fit([[0], [1]], [0, 1])")},
    good={"train.py": "from sklearn.svm import SVC\n\nSVC().fit([[0], [1]], [0, 1])\n"},
)
def training_in_notebooks(view: View) -> Answer:
    """Share of the fitting and feature code that lives in notebooks."""
    return notebook_share(view)


@debt.signal(
    "pro.4",
    source=NB,
    anchors=(1, 5),
    severity=1,
    precision=H,
    lifecycle="experimental",  # right in one of six on the last fresh draw
    kind=LEVEL,
    unit="per notebook",
    effort=SMALL,
    remedy="Give it a name, run it from the top, cut it in two where it is long, and move functions into a module.",
    bad={"Untitled1.ipynb": _notebook("x = 1", "x = 2", "x += 1\n" * 40, counts=(None, None, 3))},
    good={"explore.ipynb": _notebook("x = 1", "x += 1", counts=(1, 2))},
)
def untidy_notebooks(view: View) -> Answer:
    """Mean breaches per notebook: errors or cells never run, no title or a copy, over 50 cells, cells over 30 lines."""
    return breaches(view)


@debt.signal(
    "pro.5",
    source="PY+CFG",
    anchors=(0, 2),
    severity=3,
    precision=M,
    unit="places",
    effort=SMALL,
    lifecycle="experimental",  # 1 of 6 judged findings was right
    caution="Tests and demonstrations are left out, and limits under a test of the environment or of a debug switch.",
    remedy="Make the limit a setting whose production value is none, or delete it.",
    bad={"train.py": "import pandas as pd\n\nframe = pd.read_csv('clicks.csv', nrows=1000)\n"},
    good={"train.py": "import pandas as pd\n\nframe = pd.read_csv('clicks.csv')\n"},
)
def limits_left(view: View) -> Answer:
    """Sample limits left in the main path: nrows, head, sample, slices, tiny step counts, debug switches."""
    return sample_limits(view)


@debt.signal(
    "pro.6",
    source=GIT,
    also="PY+PKG",
    anchors=(0, 6),
    severity=1,
    precision=H,
    unit="paths",
    lifecycle="experimental",  # 7 of 28 drawn afresh were right: much that lies in exp/ is kept on purpose
    effort=SMALL,
    remedy="Delete it: git keeps it. Where it is the version in use, give it the name and delete the other.",
)
def works_in_progress(view: View) -> Answer:
    """Scratch folders untouched for 90 days, files called final, copy, old or backup, and folders so called beside the
    one that took their place; copies of notebooks that an editor saved."""
    return leftovers(view)


@debt.signal(
    "pro.7",
    source=GIT,
    also="NB+PY",
    anchors=(0.2, 0.8),
    severity=1,
    precision=M,
    kind=SHARE,
    unit="of changes",
    effort=LARGE,
)
def notebook_churn(view: View) -> Answer:
    """Share of twelve months' ML changes that fall in notebooks."""
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    notebooks, total = notebook_changes(view, history.churn_12m)
    if not total:
        return NotApplicable("no ML file changed in the last 12 months")
    return Measure(notebooks / total, total, note=f"{notebooks} of {total} changes in 12 months")


@debt.signal(
    "pro.8",
    source=PKG,
    anchors=(1, 50),
    severity=1,
    precision=H,
    kind=LEVEL,
    unit="MB",
    effort=SMALL,
    lifecycle="experimental",  # narrowed to notebooks beside a program: too few were seen since
    remedy="Strip outputs before a commit (nbstripout in pre-commit does it), and publish the figures elsewhere.",
    applies=is_no_course,
    bad={"plots.ipynb": _notebook("plot()", output="x" * 1_500_000)},
    good={"plots.ipynb": _notebook("plot()", output="x" * 20)},
)
def outputs_committed(view: View) -> Answer:
    """Size of committed notebook outputs."""
    return committed_outputs(view)


debt.row(
    "pro.9",
    "Is anything in production that was first meant as a prototype? (A8)",
    source=ATT,
    anchors=(0, 1),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
)
