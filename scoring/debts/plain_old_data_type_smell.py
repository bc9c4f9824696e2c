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

Source: Sculley et al. (NeurIPS 2015), section 5, Common Smells: plain-old-data type. McAteer (2020), practice 14.
The mls row: Zhang, Cruz and van Deursen (2022).
"""

from scoring.findings import DENSITY, LEVEL, LIN, PY, SHARE, SMALL, Debt, H, L, M

debt = Debt(__name__, section="4.17")

debt.row(
    "pod.1",
    "Share of the functions in ML files with any type annotation",
    source=PY,
    anchors=(0.6, 0.1),
    severity=1,
    precision=H,
    kind=SHARE,
    unit="of functions",
)
debt.row(
    "pod.2",
    "Predictions returned or written without model version, time or unit",
    source=PY,
    anchors=(0, 2),
    severity=3,
    precision=M,
    unit="places",
)
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
debt.row(
    "pod.4",
    "Share of frames read without column types or a schema",
    source=PY,
    anchors=(0.2, 1),
    severity=1,
    precision=H,
    kind=SHARE,
    unit="of reads",
    effort=SMALL,
    caution="Near-universal in public code, so it weighs little.",
)
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
debt.row(
    "mls-04",
    "Tables read without column types or a choice of columns",
    source=PY,
    anchors=(0.5, 5),
    severity=1,
    precision=H,
    kind=DENSITY,
    unit="per KLOC",
    effort=SMALL,
    feeds=("underutilized-data-dependencies",),
)
