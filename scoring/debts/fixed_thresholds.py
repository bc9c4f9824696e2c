"""Decision thresholds nobody revisits.

Why: A cut-off turns a score into an act: mark as spam, send, refuse. It is usually chosen once, for one version of
the model. Retrain on new data and the scores move, while the number in the code stays; the decisions change and no
test notices. With many models the thresholds are too many to update by hand.

What is read: Python: predictions compared with a number, and whether a threshold is learnt from a validation curve;
two-class measures of one cut-off alone. Configuration: threshold keys that no code writes. Git with lineage: how
long before the last retraining a threshold was last changed. Monitoring: alert limits that stayed while their
series moved. The weekly review: which cut-offs were set by hand.

Remedy: Learn the threshold on held-out data each time the model is trained, and save it with the model. Where a
person sets it, keep it in configuration with the date and the data it was chosen on, and evaluate with measures
that need no threshold (area under the curve, average precision) beside those that do.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 7, Fixed
Thresholds in Dynamic Systems. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 18. The mls row:
Zhang, Cruz and van Deursen, Code Smells for Machine Learning Applications (2022).
"""

from scoring.analyses.aged_cut_offs import aged_cut_offs
from scoring.analyses.calls import calls_of
from scoring.analyses.cut_off_text import deciding
from scoring.analyses.estimator_use import threshold_measures_alone
from scoring.analyses.learnt_cut_offs import judged_at_cut_offs, learnt
from scoring.analyses.lessons import is_no_course
from scoring.analyses.own_models import decides_for_itself
from scoring.analyses.threshold_keys import cut_offs
from scoring.analyses.view import View
from scoring.facts import Comparison, PythonFacts
from scoring.findings import ATT, CFG, DENSITY, LEVEL, MON, PY, SMALL, Answer, Debt, H, Hit, M, Tally

debt = Debt(__name__, section="4.21", group="World")


@debt.file_signal(
    "thr.1",
    PythonFacts,
    source=PY,
    anchors=(0, 4),
    severity=3,
    precision=M,
    lifecycle="experimental",  # right in 46 of 60 places of fresh draws, none of the last seven
    unit="comparisons",
    effort=SMALL,
    caution="Tests are exempt, and so is what only trains, measures or draws, and the default of a "
    "library, which has no model to learn it on.",
    scope="product",
    applies=decides_for_itself,
    remedy="Learn the cut-off on held-out data at each training and save it with the model, or read it from settings.",
    bad={"serve.py": "def serve(model, rows):\n    return model.predict_proba(rows)[:, 1] > 0.7\n"},
    good={"serve.py": "def serve(model, rows, cut):\n    return model.predict_proba(rows)[:, 1] > cut\n"},
)
def written_thresholds(facts: PythonFacts) -> Tally | None:
    """Comparisons of a prediction with a number written into the code."""
    found = deciding(facts)
    predictions = len(calls_of(facts, "PRED"))
    if not predictions and not found:
        return None
    return Tally(predictions + len(found), len(found), tuple(_threshold_hit(item) for item in found))


def _threshold_hit(item: Comparison) -> Hit:
    return Hit(
        line=item.line,
        end_line=item.end_line,
        key=f"{item.subject} {item.operator}",
        symbol=item.scope,
        message=f"`{item.subject} {item.operator} {item.literal}` decides by a number in the code; when the model is "
        "trained again the scores move and the number stays.",
        evidence={"literal": item.literal},
    )


@debt.signal(
    "thr.2",
    source=CFG,
    also=PY,
    anchors=(0, 6),
    severity=2,
    precision=M,
    unit="keys",
    caution="Limits of training, of matching boxes and of machines are left out by their names.",
    remedy="Learn the cut-off on held-out data at each training and save it with the model; note beside a "
    "number set by hand when and on what it was chosen.",
    bad={"params.yaml": "serving:\n  threshold: 0.7\n"},
    good={"params.yaml": "serving:\n  threshold: 0.7\n  learned_on: 2026-10-01\nspam_threshold: 5\n"},
)
def threshold_keys(view: View) -> Answer:
    """Threshold keys in configuration that no code writes from validation."""
    return cut_offs(view)


@debt.signal(
    "thr.3",
    source="GIT+LIN",
    also="PY+CFG",
    anchors=(0, 180),
    severity=3,
    precision=M,
    lifecycle="experimental",  # right in none of three on fresh draws; five of five before
    kind=LEVEL,
    unit="days",
    effort=SMALL,
    caution="Code that trains changes without a new training too; the message says which of the two was seen.",
    remedy="Evaluate the cut-off on held-out data of the present model, and note beside it when and on what it was "
    "chosen; better, learn it at each training and save it with the model.",
)
def thresholds_older_than_the_model(view: View) -> Answer:
    """Days between the last change of a threshold and the last retraining or promotion after it.

    From the repository alone that is the last change of a model that git keeps, else of the code that trains it. Four
    replaced models are as bad as 180 days.
    """
    return aged_cut_offs(view)


_CURVE = (
    "import json\n\nimport numpy as np\nfrom sklearn.metrics import precision_recall_curve\n\n\n"
    "def learn(model, rows, y):\n"
    "    precision, recall, cuts = precision_recall_curve(y, model.predict_proba(rows)[:, 1])\n"
    "    best = np.argmax(precision * recall)\n"
    "    with open('cut.json', 'w') as file:\n        json.dump({'cut': float(cuts[best])}, file)\n"
)


@debt.signal(
    "thr.4",
    source=PY,
    also=CFG,
    anchors=(1, 0),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    lifecycle="experimental",  # strictly judged afresh: none of three, cuts of measures and of labels for people
    caution="A search that another repository makes, or a person with a table. Libraries are not asked.",
    remedy="At each training, choose the cut-off on held-out data (precision_recall_curve, "
    "TunedThresholdClassifierCV) by what the two errors cost, and save it in the same file or run as the model.",
    applies=is_no_course,
    bad={"serve.py": "def serve(model, rows):\n    return model.predict_proba(rows)[:, 1] > 0.7\n"},
    good={
        "serve.py": "def serve(model, rows):\n    return model.predict_proba(rows)[:, 1] > 0.7\n",
        "learn.py": _CURVE,
    },
)
def learnt_thresholds(view: View) -> Answer:
    """A threshold is learnt from validation data and saved with the model."""
    return learnt(view)


@debt.signal(
    "thr.5",
    source=PY,
    anchors=(0, 1),
    severity=1,
    precision=H,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
    lifecycle="experimental",  # 2 of 3 judged findings were right, too few
    caution="Two-class measures of sklearn alone are read; of several classes or labels nobody knows the cut-off.",
    remedy="Report a measure of the scores beside them wherever the model is judged: ROC AUC, average precision.",
    applies=is_no_course,
    bad={"judge.py": "from sklearn.metrics import f1_score\n\n\ndef judge(y, p):\n    return f1_score(y, p)\n"},
    good={
        "judge.py": "from sklearn.metrics import f1_score\n\n\ndef judge(y, p):\n    return f1_score(y, p)\n",
        "study.py": "from sklearn.metrics import roc_auc_score\n\n\ndef study(y, s):\n    return roc_auc_score(y, s)\n",
    },
)
def measures_at_cut_offs(view: View) -> Answer:
    """Only measures that depend on a threshold are evaluated, in all of the component."""
    return judged_at_cut_offs(view)


debt.row(
    "thr.6",
    "Alert limits never changed while their series' 30-day median moved by over half",
    source=MON,
    anchors=(0, 3),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="limits",
    effort=SMALL,
)
debt.row(
    "thr.7",
    "Cut-offs were chosen by hand and not checked since (A9)",
    source=ATT,
    anchors=(0, 1),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
)


@debt.file_signal(
    "mls-22",
    PythonFacts,
    source=PY,
    anchors=(0.5, 5),
    severity=1,
    precision=H,
    kind=DENSITY,
    unit="per KLOC",
    lifecycle="experimental",  # strictly judged afresh: one of four, other measures stand elsewhere
    effort=SMALL,
    remedy="Report a measure of the scores beside it: ROC AUC, average precision, log loss.",
    bad={"judge.py": "from sklearn.metrics import f1_score\n\n\ndef judge(y, p):\n    return f1_score(y, p)\n"},
    good={
        "judge.py": "from sklearn.metrics import f1_score, roc_auc_score\n\n\n"
        "def judge(y, p, s):\n    return f1_score(y, p), roc_auc_score(y, s)\n"
    },
)
def threshold_measures(facts: PythonFacts) -> Tally | None:
    """Evaluation by threshold-dependent measures alone."""
    return threshold_measures_alone(facts)
