"""Readers of a model's output that nobody listed.

Why: Predictions that anyone can read are read: by another team's job, a dashboard, a notebook in a shared folder.
None of them asked, so none is told when the model changes. Each undeclared reader ties the model to a system its
owners don't know, makes every improvement a possible break elsewhere, and can close a feedback loop without anyone
having designed it.

What is read: Lineage and the other registered repositories: who reads what this component writes, against who is
declared as consumer in exposures, contracts or debtboard.toml. Python: predictions written to world-readable
places. Packaging and configuration: endpoints without caller identity, owners and a service agreement on file.
Monitoring: whether requests carry a caller's name.

Remedy: List the consumers of each output in debtboard.toml or as exposures, and let both sides confirm. Put access
control before the output, so that a new reader has to ask. Agree what the output promises (a service-level
agreement) and version it, so that a change can be announced.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 2, Undeclared
Consumers, there also called visibility debt. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice
4.
"""

from scoring.analyses.predictions import in_shared_places
from scoring.analyses.serving import unidentified
from scoring.analyses.view import View
from scoring.findings import ATT, LEVEL, LIN, MON, PKG, PY, SHARE, SMALL, XR, Answer, Debt, H, L, M

debt = Debt(__name__, section="4.3", group="Data")

debt.row(
    "und.1",
    "Share of the observed readers of this component's outputs that nobody declared",
    source="XR+LIN",
    anchors=(0, 0.3),
    severity=4,
    precision=M,
    kind=SHARE,
    unit="of readers",
    caution="Tests are left out; notebooks are counted apart (und.3).",
)
debt.row(
    "und.2",
    "Reads of an output in repositories of other teams that no exposure or contract names, per production model",
    source=XR,
    anchors=(0, 3),
    severity=4,
    precision=M,
    kind=LEVEL,
    unit="reads",
    caution="The same string in documentation: only reading calls count.",
)
debt.row(
    "und.3",
    "Notebooks that read prediction outputs or a shared folder",
    source="NB+XR",
    anchors=(0, 5),
    severity=2,
    precision=M,
    unit="notebooks",
    effort=SMALL,
)
debt.row(
    "und.4",
    "Share of prediction datasets without exposure, owner or contract",
    source=LIN,
    anchors=(0, 0.5),
    severity=3,
    precision=H,
    kind=SHARE,
    unit="of datasets",
    effort=SMALL,
)


@debt.signal(
    "und.5",
    source="CFG+PKG",
    also="PY",
    anchors=(0, 1),
    severity=3,
    precision=M,
    kind=SHARE,
    unit="of endpoints",
    caution="Identity checked at a gateway whose manifest is kept elsewhere; an interface that is public by intent.",
    remedy="Ask each caller for a key or token at the service or its gateway, and keep a list of whom you gave one.",
    bad={
        "serve.py": "from fastapi import Depends, FastAPI\n\n"
        "app = FastAPI()\n\n\n"
        "@app.post('/predict')\n"
        "def predict(rows: list[float]) -> float:\n"
        "    return sum(rows)\n"
    },
    good={
        "serve.py": "from fastapi import Depends, FastAPI\n\n"
        "app = FastAPI()\n\n\n"
        "@app.post('/predict')\n"
        "def predict(rows: list[float], user: str = Depends(current_user)) -> float:\n"
        "    return sum(rows)\n"
    },
)
def endpoints_without_identity(view: View) -> Answer:
    """Share of serving endpoints that don't identify their caller."""
    return unidentified(view)


@debt.signal(
    "und.6",
    source=PY,
    anchors=(0, 2),
    severity=3,
    precision=M,
    unit="writes",
    effort=SMALL,
    lifecycle="experimental",  # none in 250 public repositories to judge it by
    caution="A folder that is public by intent: pictures or sound for a page.",
    remedy="Write to a place of the component's own, and give each reader access by name.",
    bad={
        "score.py": "import pandas as pd\nfrom joblib import load\n\n"
        "rows = pd.read_parquet('rows.parquet')\n"
        "rows['score'] = load('model.joblib').predict(rows)\n"
        "rows.to_csv('/mnt/shared/scores.csv')\n"
    },
    good={
        "score.py": "import pandas as pd\nfrom joblib import load\n\n"
        "rows = pd.read_parquet('rows.parquet')\n"
        "rows['score'] = load('model.joblib').predict(rows)\n"
        "rows.to_csv('scores.csv')\n"
    },
)
def shared_predictions(view: View) -> Answer:
    """Predictions written to shared, public or world-readable places."""
    return in_shared_places(view)


debt.row(
    "und.7",
    "Share of requests whose caller is unknown",
    source=MON,
    anchors=(0, 0.5),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of requests",
)
debt.row(
    "und.8",
    "dbt: exposures on private or protected models, public models without an enforced contract, sources that fan out",
    source=LIN,
    anchors=(0, 3),
    severity=2,
    precision=H,
    kind=LEVEL,
    unit="models",
    effort=SMALL,
)
debt.row(
    "und.9",
    "A published output has no owner, consumer list or service agreement on file",
    source=PKG,
    anchors=(0, 1),
    severity=1,
    precision=L,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
)
debt.row(
    "und.10",
    "Consumers that the team names when asked, but that no list holds (A3)",
    source=ATT,
    anchors=(0, 3),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="consumers",
    effort=SMALL,
)
