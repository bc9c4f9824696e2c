"""Numbers that don't say what they are.

Why: A raw float may be a probability, a log-odds value, a threshold or an amount of money, and the code that
receives it has to know. A prediction that arrives without its model's version and time can't be traced when it
turns out wrong. Types are the cheapest place to keep such knowledge, since a tool can check it.

What is read: Python: annotated functions, predictions that leave without version or timestamp, parameters such as
threshold or price as bare floats, frames read without column types. SQL and lineage: prediction tables without a
version and a scoring time. Model registry: models saved without a signature.

Remedy: Let a prediction carry its model version, time and unit. Give thresholds, probabilities and money types of
their own (NewType, Annotated, Decimal) and frames a schema at the border. Annotate the functions that others call
first.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 5, Common Smells:
plain-old-data type. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 14. The mls row: Zhang,
Cruz and van Deursen, Code Smells for Machine Learning Applications (2022).
"""

from scoring.analyses.annotations import annotated
from scoring.analyses.lessons import is_no_course
from scoring.analyses.predictions import without_origin
from scoring.analyses.table_reads import loose_reads, untyped_reads
from scoring.analyses.view import View
from scoring.facts import PythonFacts
from scoring.findings import (
    DENSITY,
    LEVEL,
    LIN,
    PY,
    SHARE,
    SMALL,
    Answer,
    Debt,
    H,
    L,
    M,
    Tally,
)

debt = Debt(__name__, section="4.17")


@debt.signal(
    "pod.1",
    source=PY,
    anchors=(0.6, 0.1),
    severity=1,
    precision=H,
    kind=SHARE,
    unit="of functions",
    remedy="Annotate the functions that other modules call first; a type checker then finds the rest.",
    applies=is_no_course,
    bad={"train.py": "import numpy\n\n\ndef load(path):\n    return numpy.load(path)\n"},
    good={"train.py": "import numpy\n\n\ndef load(path: str):\n    return numpy.load(path)\n"},
)
def annotated_functions(view: View) -> Answer:
    """Share of the functions in ML files with any type annotation, where others may call them."""
    return annotated(view)


@debt.signal(
    "pod.2",
    source=PY,
    anchors=(0, 2),
    severity=3,
    precision=M,
    unit="places",
    lifecycle="experimental",  # none of 14 drawn afresh was acted on; most of their causes were mended after
    caution="An answer whose schema or headers another service adds; a file that its path or a catalogue dates.",
    remedy="Add the model's version (or its run) and the time of scoring to the answer's schema and to each table of "
    "predictions.",
    bad={
        "serve.py": "import joblib\nfrom fastapi import FastAPI\n\n"
        "app = FastAPI()\nmodel = joblib.load('model.joblib')\n\n\n"
        "@app.post('/predict')\n"
        "def predict(rows: list[float]) -> dict[str, float]:\n"
        "    return {'price': float(model.predict([rows])[0])}\n"
    },
    good={
        "serve.py": "import joblib\nfrom fastapi import FastAPI\n\n"
        "app = FastAPI()\nmodel = joblib.load('model.joblib')\n\n\n"
        "@app.post('/predict')\n"
        "def predict(rows: list[float]) -> dict[str, float | str]:\n"
        "    return {'price': float(model.predict([rows])[0]), 'model_version': model.version_}\n"
    },
)
def bare_predictions(view: View) -> Answer:
    """Predictions returned or written without model version, time or unit."""
    return without_origin(view)


debt.row(
    "pod.3",
    "Thresholds, probabilities, scores or amounts passed as bare floats",
    source=PY,
    anchors=(0, 10),
    severity=1,
    precision=L,
    unit="parameters",
    effort=SMALL,
)


@debt.file_signal(
    "pod.4",
    PythonFacts,
    source=PY,
    anchors=(0.2, 1),
    severity=1,
    precision=H,
    lifecycle="experimental",  # two strict readers afresh: two of seven, as a later line or a schema sees to types
    kind=SHARE,
    unit="of reads",
    effort=SMALL,
    caution="Near-universal in public code, so it weighs little.",
    remedy="Give read_csv a dtype for each column that matters, or check the frame against a schema as it comes in.",
    bad={"load.py": "import pandas as pd\n\nrows = pd.read_csv('rows.csv')\n"},
    good={"load.py": "import pandas as pd\n\nrows = pd.read_csv('rows.csv', dtype={'id': 'string'})\n"},
)
def reads_without_types(facts: PythonFacts) -> Tally | None:
    """Share of frames read without column types or a schema."""
    return untyped_reads(facts)


debt.row(
    "pod.5",
    "Prediction tables without model version and scoring time",
    source="SQL+LIN",
    anchors=(0, 1),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="tables",
)
debt.row(
    "pod.6",
    "Share of saved models without a signature",
    source=LIN,
    anchors=(0, 0.5),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of models",
    effort=SMALL,
)
debt.row(
    "pod.7",
    "Money or identifiers as floats; blanket casts to float32",
    source=PY,
    anchors=(0, 3),
    severity=1,
    precision=L,
    unit="places",
    effort=SMALL,
)


@debt.file_signal(
    "mls-04",
    PythonFacts,
    source=PY,
    anchors=(0.5, 5),
    severity=1,
    precision=H,
    kind=DENSITY,
    unit="per KLOC",
    effort=SMALL,
    feeds=("underutilized-data-dependencies",),
    caution="Counted only: pod.4 and udd.2 show the places.",
    bad={"load.py": "import pandas as pd\n\nrows = pd.read_csv('rows.csv')\n"},
    good={"load.py": "import pandas as pd\n\nrows = pd.read_csv('rows.csv', usecols=['id'], dtype='string')\n"},
)
def loose_table_reads(facts: PythonFacts) -> Tally | None:
    """Tables read with neither column types nor a choice of columns."""
    return loose_reads(facts)
