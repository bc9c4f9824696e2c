"""Models that choose their own training data.

Why: A model that decides who is shown an offer, granted a loan or stopped as fraud also decides which outcomes will
ever be seen. Retrained on those outcomes, it learns from its own past choices: orders it rejected never show
whether they were fraud, and notifications narrow to the few it is sure of. The metric can look steady while the
model's world shrinks.

What is read: Lineage: a path from a model's decisions back into its own training set. SQL and Python: training
queries that filter on a decision column, predictions used as labels. As mitigation: exploration, propensity
logging, a slice of data the model never touches. Monitoring: the share of positive decisions and the variety of the
training set over retrainings.

Remedy: Act at random on a small share of cases and log the propensity, or keep a holdout that the model never
influences, and train and evaluate on that. Bandit methods are the textbook answer but don't scale to every action
space. Where the loop is accepted, watch the positive share and the coverage of the training set at each retraining.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 4, Direct Feedback
Loops. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 8.
"""

from scoring.analyses.feeding import own_labels
from scoring.analyses.view import View
from scoring.findings import ATT, LARGE, LEVEL, LIN, MON, PY, SMALL, Answer, Debt, H, M

debt = Debt(__name__, section="4.11", group="Models")

debt.row(
    "dfl.1",
    "Loops from a model's decisions through a log or label dataset back into its own training set",
    source=LIN,
    anchors=(0, 1),
    severity=4,
    precision=H,
    kind=LEVEL,
    unit="loops",
    effort=LARGE,
    caution="Evaluation logs that never enter training.",
)
debt.row(
    "dfl.2",
    "Training queries that keep only the cases on which the model's own decision was yes",
    source="SQL+PY",
    anchors=(0, 1),
    severity=4,
    precision=M,
    kind=LEVEL,
    unit="queries",
    effort=LARGE,
    caution="Filters on labels being available look the same: that is the point, ask.",
)


@debt.signal(
    "dfl.3",
    source=PY,
    anchors=(0, 1),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="places",
    lifecycle="experimental",  # no hit on 22 repositories: nothing to judge it by yet
    caution="Semi-supervised learning by design.",
    remedy="Mark rows whose label a model made, cap their share, and judge the model on labels that it did not make.",
    bad={
        "train.py": "import pandas as pd\n"
        "from sklearn.linear_model import LogisticRegression\n\n"
        "rows, fresh = pd.read_csv('rows.csv'), pd.read_csv('fresh.csv')\n"
        "model = LogisticRegression().fit(rows[['x']], rows['y'])\n"
        "fresh['y'] = model.predict(fresh[['x']])\n"
        "rows = pd.concat([rows, fresh])\n"
        "model.fit(rows[['x']], rows['y'])\n"
    },
    good={
        "train.py": "import pandas as pd\n"
        "from sklearn.linear_model import LogisticRegression\n\n"
        "rows, fresh = pd.read_csv('rows.csv'), pd.read_csv('fresh.csv')\n"
        "model = LogisticRegression().fit(rows[['x']], rows['y'])\n"
        "fresh['score'] = model.predict(fresh[['x']])\n"
        "fresh.to_csv('scored.csv')\n"
    },
)
def labels_of_its_own(view: View) -> Answer:
    """Predictions used as labels and appended to training data."""
    return own_labels(view)


debt.row(
    "dfl.4",
    "Exploration or propensity logging exists, where a loop does",
    source="PY+CFG",
    anchors=(1, 0),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=LARGE,
    caution="Asked only where dfl.1 or dfl.2 found a loop.",
)
debt.row(
    "dfl.5",
    "A slice of data exists that the model never influences, where a loop does",
    source="LIN+CFG",
    anchors=(1, 0),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=LARGE,
    caution="Asked only where dfl.1 or dfl.2 found a loop.",
)
debt.row(
    "dfl.6",
    "The share of positive decisions drifts one way over at least six retrainings",
    source=MON,
    anchors=(0, 1),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
)
debt.row(
    "dfl.7",
    "The variety of the training set shrinks by over a tenth a quarter",
    source=MON,
    anchors=(0, 1),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
)
debt.row(
    "dfl.8",
    "Does any label exist only because the model acted? (A6)",
    source=ATT,
    anchors=(0, 1),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
)
