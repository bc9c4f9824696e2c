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

import re
from typing import NamedTuple

from scoring.analyses.callers import A_HABIT, has_callers
from scoring.analyses.clones import outermost
from scoring.analyses.lessons import is_no_course
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.predictions import without_origin
from scoring.analyses.starts import is_public
from scoring.analyses.table_reads import loose_reads, untyped_reads
from scoring.analyses.view import PythonFile, View
from scoring.facts import Function, PythonFacts
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
    Hit,
    L,
    M,
    Measure,
    NotApplicable,
    Tally,
)
from scoring.knowledge import interfaces

ENOUGH_TYPED = 0.6
"""The good anchor of pod.1: a file above it gets no finding."""
SHOWN_FROM = 5
"""Functions from which on a file gets a finding of its own; smaller ones count in the share alone."""

debt = Debt(__name__, section="4.17")


@debt.signal(
    "pod.1",
    source=PY,
    anchors=(0.6, 0.1),
    severity=1,
    precision=H,
    kind=SHARE,
    unit="of functions",
    lifecycle="experimental",  # a strict reader saw 7 of 12, 5 of 10, 8 of 14 and 0 of 7 right in four fresh draws
    remedy="Annotate the functions that other modules call first; a type checker then finds the rest.",
    applies=is_no_course,
    bad={"train.py": "import numpy\n\n\ndef load(path):\n    return numpy.load(path)\n"},
    good={"train.py": "import numpy\n\n\ndef load(path: str):\n    return numpy.load(path)\n"},
)
def annotated_functions(view: View) -> Answer:
    """Share of the functions in ML files with any type annotation, where others may call them."""
    files = [file for file in view.ml_once if has_callers(view, file)]
    counts = [_typed_of(file) for file in files]
    functions = sum([count.functions for count in counts])
    if not functions:
        return NotApplicable("no function in ML files that others may call")
    annotated = sum([count.annotated for count in counts])
    # Where hardly anything has a type, that is how the component is written, and its share says so. What is private is
    # shaped by the one module that calls it.
    habit = annotated >= A_HABIT * functions
    hits = [count.hit for count in counts if habit and count.hit is not None and is_public(count.hit.path)]
    return Measure(annotated / functions, functions, tuple(hits))


class _Typed(NamedTuple):
    """What one file adds."""

    functions: int
    annotated: int
    hit: Hit | None


def _typed(file: PythonFile) -> _Typed:
    outside = frozenset(outermost([(function.line, function.end_line) for function in file.facts.functions]))
    functions = [function for function in file.facts.functions if _is_asked(function, outside)]
    annotated = sum([function.annotated for function in functions])
    bare = [function for function in functions if not (function.annotated or function.documented)]
    low = len(functions) >= SHOWN_FROM and len(functions) - len(bare) < ENOUGH_TYPED * len(functions)
    return _Typed(len(functions), annotated, placed(_bare(bare, len(functions)), file) if low else None)


def _is_asked(function: Function, outside: frozenset[tuple[int, int]]) -> bool:
    """Whether somebody has to know what it takes: neither inside another function, nor without parameters, nor a
    framework's or Python's own method, nor left without types on purpose."""
    if function.annotated:
        return True
    if not function.listed or any(name.endswith("no_type_check") for name in function.decorators):
        return False
    if (
        function.owner
        and function.name != "__init__"
        and (_OPERATOR(function.name) or function.name in interfaces.METHODS)
    ):
        return False
    return (function.line, function.end_line) in outside


_OPERATOR = re.compile(r"__\w+__").fullmatch
_typed_of = Memo(_typed)


def _bare(bare: list[Function], functions: int) -> Hit:
    public = next((function for function in bare if function.public), None)
    first = public or bare[0]
    which = "the first public one is" if public else "the first is"
    share = f"all {functions}" if len(bare) == functions else f"{len(bare)} of the {functions}"
    return Hit(
        line=first.line,
        key="unannotated",
        message=f"{share[0].upper()}{share[1:]} functions here carry neither a type nor a docstring ({which} "
        f"{first.name}), unlike others of this component: what they take and return is told nowhere.",
        evidence={"functions": functions, "without": len(bare)},
    )


@debt.signal(
    "pod.2",
    source=PY,
    anchors=(0, 2),
    severity=3,
    precision=M,
    unit="places",
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
