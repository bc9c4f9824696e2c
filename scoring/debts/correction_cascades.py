"""Models that correct other models.

Why: When a model almost fits a new problem, it is tempting to learn a small correction on top of it. The correction
then depends on every detail of the model beneath, down to its mistakes. With two or three such layers, improving
any one of them can make the whole worse, and each retraining must follow an order that is rarely written down.

What is read: Lineage: chains in which one model's predictions reach another's training data, and how long the lower
model has been replaced before the upper one was retrained. Python: predictions that flow into a fit, residuals used
as a target, scores multiplied or shifted by constants before use; the text of one hosted model's answer that goes
into the prompt of the next call. Configuration: training columns named like another model's score.

Remedy: Teach the lower model the cases itself, by adding the features that tell them apart; or accept the cost of a
separate model for the new problem. Where a stack is intended (an embedding before a ranker), pin the lower model's
version, write the retraining order into the pipeline, and retrain downstream whenever upstream is promoted. Of
chained calls, keep cases for each step and for the whole.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 2, Correction
Cascades. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 3. The llm row is ours: a later
prompt is fitted by hand to what an earlier one gives.
"""

from scoring.analyses.feeding import cascades, residuals
from scoring.analyses.hosted import chained_calls
from scoring.analyses.view import View
from scoring.findings import ATT, LARGE, LEVEL, LIN, PY, SHARE, SMALL, Answer, Debt, H, L, M

debt = Debt(__name__, section="4.2", group="Models")

_BASE = (
    "import pandas as pd\n"
    "from sklearn.ensemble import RandomForestRegressor\n"
    "from sklearn.linear_model import LinearRegression\n\n"
    "rows = pd.read_csv('rows.csv')\n"
    "base = LinearRegression().fit(rows[['x']], rows['y'])\n"
)
"""How each example begins: a model that others may correct."""

debt.row(
    "cas.1",
    "Longest chain of models in which each learns from the one before",
    source=LIN,
    anchors=(1, 3),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="models",
    effort=LARGE,
    caution="Intended stages, such as an embedding before a ranker, are no corrections.",
)
debt.row(
    "cas.2",
    "Share of models with another model's predictions upstream of their training data",
    source=LIN,
    anchors=(0, 0.4),
    severity=3,
    precision=H,
    kind=SHARE,
    unit="of models",
    effort=LARGE,
)


@debt.signal(
    "cas.3",
    source=PY,
    anchors=(0, 2),
    severity=3,
    precision=M,
    unit="places",
    effort=LARGE,
    lifecycle="experimental",  # no hit on 22 repositories: nothing to judge it by yet
    caution="Stacking ensembles by design; distillation. Pretrained networks that only embed are left out.",
    bad={
        "train.py": _BASE + "rows['score'] = base.predict(rows[['x']])\n"
        "top = RandomForestRegressor(random_state=1).fit(rows[['z', 'score']], rows['y'])\n"
    },
    good={
        "train.py": _BASE + "rows['score'] = base.predict(rows[['x']])\n"
        "top = RandomForestRegressor(random_state=1).fit(rows[['z', 'x']], rows['y'])\n"
    },
)
def predictions_fitted_on(view: View) -> Answer:
    """Places where the result of a prediction flows into a fit in the same module."""
    return cascades(view)


@debt.signal(
    "cas.4",
    source=PY,
    anchors=(0, 1),
    severity=3,
    precision=M,
    unit="places",
    effort=LARGE,
    lifecycle="experimental",  # no hit on 22 repositories: nothing to judge it by yet
    caution="The code of gradient boosting itself; a trend taken out of a series before the rest is modelled.",
    bad={
        "train.py": _BASE + "left = rows['y'] - base.predict(rows[['x']])\n"
        "top = RandomForestRegressor(random_state=1).fit(rows[['z']], left)\n"
    },
    good={"train.py": _BASE + "left = rows['y'] - base.predict(rows[['x']])\nprint((left**2).mean())\n"},
)
def residuals_fitted_to(view: View) -> Answer:
    """Places where what another model leaves unexplained is what a model is fitted to."""
    return residuals(view)


debt.row(
    "cas.5",
    "Predictions multiplied or shifted by constants or a lookup table before use",
    source=PY,
    anchors=(0, 3),
    severity=2,
    precision=L,
    unit="places",
    caution="Conversion of units.",
)
debt.row(
    "cas.6",
    "Training columns named as another model's score, probability or embedding",
    source="CFG+LIN",
    anchors=(0, 3),
    severity=2,
    precision=M,
    unit="columns",
    caution="Labels that are called score.",
)
debt.row(
    "cas.7",
    "Median days between the promotion of an upstream model and the retraining of the models that learn from it",
    source=LIN,
    anchors=(1, 30),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="days",
    caution="An upstream model frozen by version is fine.",
)
debt.row(
    "cas.8",
    "Share of upstream promotions rolled back within 14 days",
    source="GIT+LIN",
    anchors=(0, 0.2),
    severity=3,
    precision=M,
    kind=SHARE,
    unit="of promotions",
    effort=LARGE,
)
debt.row(
    "cas.9",
    "Is any model trained on, or corrected by, another model's output? (A2)",
    source=ATT,
    anchors=(0, 1),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
)


@debt.signal(
    "llm.5",
    source=PY,
    anchors=(0, 3),
    severity=2,
    precision=M,
    unit="calls",
    effort=LARGE,
    lifecycle="experimental",  # ours, and not yet judged by others
    caution="Stages that are meant, such as a summary of summaries; one answer that judges another.",
    remedy="Keep cases and a measure for each step as for the whole, change one step at a time, and log what each "
    "gave; where one call can do both, let it.",
    bad={
        "answer.py": "from openai import OpenAI\n\nMODEL = 'gpt-4o-2024-08-06'\n\n\ndef answer(text: str) -> str:\n"
        "    client = OpenAI()\n"
        "    short = client.responses.create(model=MODEL, input=f'Sum up: {text}').output_text\n"
        "    return client.responses.create(model=MODEL, input=f'Correct this: {short}').output_text\n"
    },
    good={
        "answer.py": "from openai import OpenAI\n\nMODEL = 'gpt-4o-2024-08-06'\n\n\ndef answer(text: str) -> str:\n"
        "    client = OpenAI()\n"
        "    return client.responses.create(model=MODEL, input=f'Sum up, in good English: {text}').output_text\n"
    },
)
def prompts_of_completions(view: View) -> Answer:
    """Calls of a hosted model whose prompt holds the text of another call's answer."""
    return chained_calls(view)
