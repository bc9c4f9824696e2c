"""Behaviour that nobody watches.

Why: A model meant to adapt can be wrong without any test failing: the world moved, an input thinned out, a unit
changed. Only live measurement tells. What to watch is not obvious, so teams watch latency and uptime, and hear of
the rest from their users.

What is read: This kind gathers the signals of its four children (prediction bias, action limits, upstream
producers, automated response) and its own. Prometheus rules and their series, Evidently reports: which classes of
trouble have a living alert for each production model, which rules point at nothing, which alerts never fire or
always do, who owns them. Python: whether serving code exports any metric, logarithms that may be infinite.

Remedy: Give each production model one living alert per class: data invariants, drift, staleness, broken numbers,
compute, quality, volume of actions, liveness. Start with the comparison of predicted and observed labels; it is
cheap and finds much. Delete or repair rules without series, and give each alert an owner and a runbook.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 7, Monitoring and
Testing. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 18. Breck et al., The ML Test Score
(2017), Monitor 1 to 7. The mls row: Zhang, Cruz and van Deursen, Code Smells for Machine Learning Applications
(2022).
"""

from scoring.analyses.networks import bare_logarithms
from scoring.analyses.serving import silent_service
from scoring.analyses.view import View
from scoring.facts import PythonFacts
from scoring.findings import DENSITY, LARGE, LEVEL, MON, PY, SHARE, SMALL, XR, Answer, Debt, H, M, Tally

debt = Debt(__name__, section="4.22", group="World")

debt.row(
    "mon.1",
    "Share of the eight classes of trouble with a living alert, per production model",
    source=MON,
    anchors=(1, 0.15),
    severity=3,
    precision=M,
    kind=SHARE,
    unit="of classes",
    effort=LARGE,
    caution="Rules may live elsewhere: map them.",
)
debt.row(
    "mon.2",
    "Share of rules whose expression returns no series",
    source=MON,
    anchors=(0, 0.3),
    severity=3,
    precision=H,
    kind=SHARE,
    unit="of rules",
    effort=SMALL,
)
debt.row(
    "mon.3",
    "Share of alerts that never fired in 180 days and were never tested, or that fire over 30 % of the time",
    source=MON,
    anchors=(0.2, 0.8),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of alerts",
    effort=SMALL,
)
debt.row(
    "mon.4",
    "Share of alerts without owner, runbook or severity",
    source=MON,
    anchors=(0.1, 0.9),
    severity=1,
    precision=H,
    kind=SHARE,
    unit="of alerts",
    effort=SMALL,
)


@debt.signal(
    "mon.5",
    source=PY,
    anchors=(0, 1),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    lifecycle="experimental",  # two hits on 22 repositories, one of them with a monitor beside the service
    caution="A sidecar may do it.",
    remedy="Export request counts, latency and the distribution of predictions, or log each prediction with its model.",
    bad={
        "serve.py": "from fastapi import Depends, FastAPI\n\n"
        "app = FastAPI()\n\n\n"
        "@app.post('/predict')\n"
        "def predict(rows: list[float]) -> float:\n"
        "    return sum(rows)\n"
    },
    good={
        "serve.py": "from fastapi import Depends, FastAPI\n\n"
        "import logging\n\n"
        "app = FastAPI()\n\n\n"
        "@app.post('/predict')\n"
        "def predict(rows: list[float]) -> float:\n"
        "    logging.info('predicted')\n"
        "    return sum(rows)\n"
    },
)
def service_without_reports(view: View) -> Answer:
    """Serving code exports no metric and logs no prediction."""
    return silent_service(view)


debt.row(
    "mon.6",
    "Share of production models without any monitor",
    source=XR,
    anchors=(0, 0.5),
    severity=4,
    precision=M,
    kind=SHARE,
    unit="of models",
    effort=LARGE,
)


@debt.file_signal(
    "mls-15",
    PythonFacts,
    source=PY,
    anchors=(0.5, 5),
    severity=2,
    precision=M,
    kind=DENSITY,
    unit="per KLOC",
    lifecycle="experimental",  # 0 of 3 judged findings were right: plots, and zero meant as zero
    effort=SMALL,
    remedy="Clip first, or use the function that takes the logarithm itself (log_softmax, logsigmoid).",
    bad={"loss.py": "import torch\n\n\ndef loss(probs):\n    return -torch.log(probs).mean()\n"},
    good={"loss.py": "import torch\n\n\ndef loss(probs):\n    return -torch.log(probs + 1e-8).mean()\n"},
)
def logarithms_of_zero(facts: PythonFacts) -> Tally | None:
    """Logarithms of probabilities with nothing that keeps them from zero."""
    return bare_logarithms(facts)
