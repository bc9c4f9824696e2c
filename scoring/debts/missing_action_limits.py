"""Actions without a limit.

Why: A model that bids, blocks, sends or refunds can do in a minute what a person would do in a month. If an input
goes wrong, the only thing between the mistake and its cost is a limit on the action. A wide limit that never trips
in normal times is enough: it turns a loss into an alert. A language model whose text is run, sent or stored acts as
well, and whoever writes its input chooses the action.

What is read: Python: calls that act on the world after a prediction, and whether a rate limit, cap, budget or
breaker lies on the way; commands, code, queries and requests made of a completion's text. Monitoring: an upper
bound on the volume of actions. Configuration: a kill switch or a default action. The weekly review: the most the
model can do in an hour.

Remedy: Put a cap per unit of time on each action, in code that doesn't depend on the model, and alert when it is
reached. Keep a switch that falls back to a safe default, and try it once a quarter. Let a completion choose from a
list of actions, in a sandbox without rights, and ask a person before what can't be undone.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 7, Monitoring and
Testing: action limits. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 20. The llm row is
ours.
"""

from scoring.analyses.hosted import unlimited_actions
from scoring.analyses.predictions import switched_off
from scoring.analyses.view import View
from scoring.findings import ATT, CFG, LEVEL, MON, PY, SMALL, Answer, Debt, H, L, M

debt = Debt(__name__, section="4.24", group="World", umbrella="monitoring-gap")

_SERVICE = (
    "import os\n\nimport joblib\nfrom fastapi import FastAPI\n\n"
    "app = FastAPI()\nmodel = joblib.load('model.joblib')\n\n\n"
)
"""How the examples of a service begin."""

debt.row(
    "act.1",
    "Actions that follow a prediction with no limit, cap or breaker on the way",
    source=PY,
    anchors=(0, 1),
    severity=4,
    precision=L,
    unit="calls",
    caution="The verbs are those of the domain: the team edits the list.",
)
debt.row(
    "act.2",
    "A rule bounds the volume of actions from above",
    source=MON,
    anchors=(1, 0),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
)


@debt.signal(
    "act.3",
    source=CFG,
    also=PY,
    anchors=(1, 0),
    severity=3,
    precision=M,
    lifecycle="experimental",  # right in none of three on fresh draws, and mended since without a new one
    kind=LEVEL,
    unit="yes/no",
    caution="A switch that a gateway or a deployment holds elsewhere. Libraries and demonstrations are not asked.",
    remedy="Read a setting before the model is asked (MODEL_ENABLED, a feature flag) and answer with a default action "
    "where it is off; try it once a quarter.",
    bad={
        "serve.py": _SERVICE + "@app.post('/predict')\ndef predict(rows: list[float]) -> float:\n"
        "    return float(model.predict([rows])[0])\n"
    },
    good={
        "serve.py": _SERVICE + "MODEL_ENABLED = os.environ.get('MODEL_ENABLED', '1') == '1'\n\n\n"
        "@app.post('/predict')\ndef predict(rows: list[float]) -> float:\n"
        "    return float(model.predict([rows])[0]) if MODEL_ENABLED else 0.0\n"
    },
)
def kill_switch(view: View) -> Answer:
    """A switch turns the model off in favour of a default action."""
    return switched_off(view)


debt.row(
    "act.4",
    "The team knows the most this model can do in an hour before something stops it (A10)",
    source=ATT,
    anchors=(1, 0),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
)


@debt.signal(
    "llm.6",
    source=PY,
    anchors=(0, 1),
    severity=4,
    precision=M,
    unit="places",
    lifecycle="experimental",  # ours, and not yet judged by others
    caution="A limit that another module or the machine sets: a container, a user without rights, a database to read.",
    remedy="Parse the text as data (ast.literal_eval, JSON with a schema), choose from a list of allowed actions, "
    "bound how often, and ask a person before what can't be undone.",
    bad={
        "act.py": "import subprocess\n\nfrom openai import OpenAI\n\n\ndef act(wish: str) -> None:\n"
        "    reply = OpenAI().responses.create(model='gpt-4o-2024-08-06', input=f'A command that does this: {wish}')\n"
        "    subprocess.run(reply.output_text, shell=True)\n"
    },
    good={
        "act.py": "import subprocess\n\nfrom openai import OpenAI\n\n"
        "ALLOWED = {'status': ['git', 'status'], 'log': ['git', 'log', '-5']}\n\n\ndef act(wish: str) -> None:\n"
        "    reply = OpenAI().responses.create(model='gpt-4o-2024-08-06', input=f'status or log: {wish}')\n"
        "    subprocess.run(ALLOWED[reply.output_text])\n"
    },
)
def actions_of_completions(view: View) -> Answer:
    """Commands, code, queries, requests and deletions made of a completion's text with no limit on the way."""
    return unlimited_actions(view)
