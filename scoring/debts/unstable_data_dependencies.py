"""Inputs that change by themselves.

Why: An input that is another model's output, a lookup rebuilt from data, or a table of another team can change
without a commit here. Even an improvement hurts: a model fitted to a miscalibrated signal gets worse on the day the
signal is put right. The team sees its metric fall and finds nothing in its own history that explains it.

What is read: Lineage: training inputs without a version, digest or snapshot; inputs owned by others and bound by no
contract; schema changes and irregular arrival. Python and SQL: training code that reads "latest", the newest file
of a glob, a live web address, or a lookup fitted on the way and saved nowhere; hosted language and embedding models
named without a dated version, or left to the library. Monitoring: drift that begins on the day of an upstream
deployment.

Remedy: Train from a versioned copy (a DVC or LFS hash, a table snapshot, a dated path, a pinned revision) and move
to a newer one on purpose, after a test. It costs storage and some staleness: say how old a copy may grow. For
inputs of another team, agree on a contract with notice of changes. Name a hosted model with its date, and put its
retirement in the calendar.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 3, Unstable Data
Dependencies. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 5. The llm row is ours: a hosted
model is an input of another owner.
"""

from scoring.analyses.hosted import moving_models
from scoring.analyses.lessons import is_no_course
from scoring.analyses.live_inputs import latest_reads, web_reads
from scoring.analyses.unkept_encoders import unkept_encoders
from scoring.analyses.view import View
from scoring.facts import PythonFacts
from scoring.findings import ATT, LARGE, LEVEL, LIN, MON, PY, SHARE, SMALL, Answer, Debt, H, M, Tally

debt = Debt(__name__, section="4.4", group="Data")

_FITTED = (
    "import joblib\nimport pandas as pd\n"
    "from sklearn.preprocessing import StandardScaler\nfrom sklearn.svm import SVC\n\n"
    "rows = pd.read_csv('rows.csv')\nscaler = StandardScaler()\n"
    "model = SVC().fit(scaler.fit_transform(rows[['x']]), rows['y'])\n"
)
"""How the examples of what is fitted begin."""

debt.row(
    "uns.1",
    "Share of the inputs of training jobs without a version, digest or snapshot pin",
    source=LIN,
    anchors=(0.1, 0.8),
    severity=3,
    precision=H,
    kind=SHARE,
    unit="of inputs",
    caution="An append-only table with a logged time bound is pinned.",
)
debt.row(
    "uns.2",
    "Share of inputs owned by another team and bound by no contract",
    source=LIN,
    anchors=(0.1, 0.6),
    severity=3,
    precision=M,
    kind=SHARE,
    unit="of inputs",
    effort=LARGE,
    caution="Owners are often missing: then it is unknown.",
)


@debt.file_signal(
    "uns.3",
    PythonFacts,
    source=PY,
    anchors=(0, 4),
    severity=3,
    precision=H,
    unit="reads",
    lifecycle="experimental",  # no hit in 14 repositories to judge it by
    effort=SMALL,
    caution="Serving should follow an alias: only training and feature code counts.",
    remedy="Name the version, date or digest in configuration, and move to a newer one on purpose.",
    bad={
        "train.py": "import pandas as pd\nfrom sklearn.svm import SVC\n\n"
        "rows = pd.read_csv('data/latest/rows.csv')\nSVC(random_state=1).fit(rows, rows)\n"
    },
    good={
        "train.py": "import pandas as pd\nfrom sklearn.svm import SVC\n\n"
        "rows = pd.read_csv('data/2026-05-01/rows.csv')\nSVC(random_state=1).fit(rows, rows)\n"
    },
)
def reads_of_latest(facts: PythonFacts) -> Tally | None:
    """Reads of "latest" in training and feature code: moving tags, aliases, the newest file of a folder."""
    return latest_reads(facts)


@debt.signal(
    "uns.4",
    source="PY+SQL",
    anchors=(0, 2),
    severity=2,
    precision=M,
    unit="places",
    lifecycle="experimental",  # 13 of 16 judged findings were right; no hit on 50 fresh repositories
    caution="Kept elsewhere under another name. Encoders of labels are left out, and so are libraries.",
    remedy="Put it into one Pipeline with the model and save that, or save it beside the model in the same step.",
    applies=is_no_course,
    bad={"train.py": _FITTED + "joblib.dump(model, 'model.joblib')\n"},
    good={"train.py": _FITTED + "joblib.dump(model, 'model.joblib')\njoblib.dump(scaler, 'scaler.joblib')\n"},
)
def encoders_not_kept(view: View) -> Answer:
    """Lookups, encoders or vocabularies fitted inside a feature job and not kept as a versioned artefact."""
    return unkept_encoders(view)


@debt.file_signal(
    "uns.5",
    PythonFacts,
    source=PY,
    anchors=(0, 2),
    severity=3,
    precision=M,
    unit="reads",
    caution="Package indexes and sign-in calls.",
    remedy="Fetch in a step of its own, keep the copy under version control (DVC, LFS), and train from that.",
    bad={
        "train.py": "import pandas as pd\nfrom sklearn.svm import SVC\n\n"
        "rows = pd.read_csv('https://example.org/rows.csv')\nSVC(random_state=1).fit(rows, rows)\n"
    },
    good={
        "train.py": "import pandas as pd\nfrom sklearn.svm import SVC\n\n"
        "rows = pd.read_csv('data/rows.csv')\nSVC(random_state=1).fit(rows, rows)\n"
    },
)
def reads_of_the_web(facts: PythonFacts) -> Tally | None:
    """Web or API reads in training or feature code without a kept copy."""
    return web_reads(facts)


debt.row(
    "uns.6",
    "Schema changes of inputs within 91 days that no consumer answered within seven days",
    source=LIN,
    anchors=(0, 3),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="changes",
    caution="A column added counts half.",
)
debt.row(
    "uns.7",
    "Drift alerts on inputs within 91 days that came within a day of an upstream deployment",
    source=MON,
    anchors=(0, 3),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="alerts",
)
debt.row(
    "uns.8",
    "Inputs that are the unpinned output of another model",
    source=LIN,
    anchors=(0, 1),
    severity=4,
    precision=H,
    kind=LEVEL,
    unit="inputs",
)
debt.row(
    "uns.9",
    "Irregularity of an input's arrival: coefficient of variation of the time between completed runs",
    source="MON+LIN",
    anchors=(0.2, 1.5),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="ratio",
    caution="Business calendars.",
)
debt.row(
    "uns.10",
    "An input changed meaning in the last quarter, and the team learnt of it by surprise (A4)",
    source=ATT,
    anchors=(0, 1),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
)


@debt.signal(
    "llm.1",
    source=PY,
    anchors=(0, 4),
    severity=3,
    precision=M,
    unit="names",
    lifecycle="experimental",  # ours, and not yet judged by others
    effort=SMALL,
    caution="Names whose provider promises never to move them; a provider that dates none.",
    remedy="Name the dated version in configuration, and move to a newer one after a test on kept cases.",
    bad={
        "answer.py": "from openai import OpenAI\n\n"
        "reply = OpenAI().chat.completions.create(model='gpt-4o', messages=[{'role': 'user', 'content': 'Hello'}])\n"
    },
    good={
        "answer.py": "from openai import OpenAI\n\nreply = OpenAI().chat.completions.create(\n"
        "    model='gpt-4o-2024-08-06', messages=[{'role': 'user', 'content': 'Hello'}]\n)\n"
    },
)
def hosted_models_without_version(view: View) -> Answer:
    """Hosted language and embedding models named without a dated version, or not named at all."""
    return moving_models(view)
