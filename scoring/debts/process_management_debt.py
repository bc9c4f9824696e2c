"""Many models run by hand.

Why: One model can be looked after by hand; dozens can't. Configurations have to be updated in step, jobs compete
for machines, one slow step holds up the rest, and every incident is handled from memory. The paper's mark of this
debt is a common process with many manual steps.

What is read: Documentation: numbered commands and clicks needed to train and release. Configuration and git:
sibling files edited in bulk. Lineage: jobs started by people, waiting times, failures and recovery, priorities.
Experiment runs: how training time grows at equal data. Packaging: runbooks, rollback notes, incident reports.

Remedy: Make one target do what the README lists, and schedule it. Generate sibling configurations from one
template. Record duration and waiting time of each step and look at the slowest one every month. Keep a runbook
beside the code and touch it after every incident.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 8, Process
Management Debt. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 24.
"""

from scoring.analyses.edited_alike import edited_alike
from scoring.analyses.incidents import kept_for_incidents
from scoring.analyses.manual_steps import manual_steps
from scoring.analyses.view import View
from scoring.findings import CFG, LARGE, LEVEL, LIN, PKG, PY, SHARE, SMALL, Answer, Debt, H, M

debt = Debt(__name__, section="4.29", ml_only=False, group="Work")

_SERVICE = (
    "from fastapi import FastAPI\nfrom joblib import load\n\napp = FastAPI()\nmodel = load('model.joblib')\n\n\n"
    "@app.post('/predict')\ndef predict(rows: list[float]) -> float:\n    return float(model.predict([rows])[0])\n"
)


@debt.signal(
    "prc.1",
    source=PKG,
    also=PY,
    anchors=(2, 10),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="steps",
    lifecycle="experimental",
    caution="Scripts that are alternatives and not steps; shell scripts are not read for what they run.",
    remedy="Give the way from data to a released model one target, and let the page name that alone.",
    bad={
        "README.md": "# Model\n\n```bash\npython load.py\npython clean.py\npython fit.py\npython release.py\n```\n",
        "load.py": "x = 1\n",
        "clean.py": "x = 1\n",
        "fit.py": "x = 1\n",
        "release.py": "x = 1\n",
    },
    good={"README.md": "# Model\n\n```bash\npython load.py\n```\n", "load.py": "x = 1\n"},
)
def steps_by_hand(view: View) -> Answer:
    """Manual steps to train and release that no single target covers: scripts that the README has people run."""
    return manual_steps(view)


@debt.signal(
    "prc.2",
    source=CFG,
    anchors=(0, 6),
    severity=2,
    precision=M,
    unit="files and edits",
    lifecycle="experimental",  # strangers saw none of three right: one edit long ago need not come again
    dated=True,
    caution="Edits of the last 12 months by commits of up to 100 files. The near-copies are listed under cfg.10.",
    remedy="Move what the files share into one that the others are composed from, or make them all from one template.",
    bad={
        "conf/small.yaml": "size: 2\nseed: 3\nsteps: 4\nbatch: 5\nlayers: 6\nwidth: 7\nwarm: 8\ncool: 9\nlast: 10\n",
        "conf/large.yaml": "size: 99\nseed: 3\nsteps: 4\nbatch: 5\nlayers: 6\nwidth: 7\nwarm: 8\ncool: 9\nlast: 10\n",
    },
    good={
        "conf/base.yaml": "rate: 1\nsize: 2\nseed: 3\nsteps: 4\nbatch: 5\nlayers: 6\nwidth: 7\nwarm: 8\n",
        "conf/wide.yaml": "rate: 4\nsize: 3\nseed: 3\nsteps: 9\nbatch: 8\nlayers: 7\nwidth: 6\nwarm: 2\n",
    },
)
def one_edit_in_many(view: View) -> Answer:
    """Near-copies of configuration per model family, and commits that make one edit in five siblings or more."""
    return edited_alike(view)


debt.row(
    "prc.3",
    "Share of the production jobs started by a scheduler rather than a person",
    source=LIN,
    anchors=(0.95, 0.3),
    severity=3,
    precision=M,
    kind=SHARE,
    unit="of jobs",
)
debt.row(
    "prc.4",
    "Hours a step waits after it could start, 90th percentile",
    source=LIN,
    anchors=(0.5, 6),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="hours",
    effort=LARGE,
)
debt.row(
    "prc.5",
    "Share of job runs that fail; or mean hours to recover (1 good, 24 bad), the worse of the two",
    source=LIN,
    anchors=(0.02, 0.2),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of runs",
    effort=LARGE,
)
debt.row(
    "prc.6",
    "Monthly growth of training time at equal data size",
    source=LIN,
    anchors=(0, 0.15),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="per month",
)
debt.row(
    "prc.7",
    "Models in production per maintainer of the last twelve months",
    source=LIN,
    anchors=(2, 10),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="models",
    effort=LARGE,
)
debt.row(
    "prc.8",
    "Share of jobs with owner, priority and quota",
    source=LIN,
    anchors=(0.9, 0.1),
    severity=1,
    precision=M,
    kind=SHARE,
    unit="of jobs",
    effort=SMALL,
)


@debt.signal(
    "prc.9",
    source=PKG,
    also=PY,
    anchors=(1, 0),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    dated=True,
    lifecycle="experimental",  # seen afresh, eight of thirteen were right: some services nobody depends on
    caution="A runbook in a wiki or another repository. Services that nothing here ships are not asked.",
    remedy="Write one page beside the code: who is told, how the model is rolled back or turned off, how one sees that "
    "it worked. Change it after every incident and every drill.",
    bad={"serve.py": _SERVICE, "k8s/deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\n"},
    good={
        "serve.py": _SERVICE,
        "k8s/deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\n",
        "docs/runbook.md": "# When it fails\n\nRoll back to the release before.\n",
    },
)
def incident_material(view: View) -> Answer:
    """Incident material (runbook, rollback notes, incident reports) was touched in the last 180 days."""
    return kept_for_incidents(view)
