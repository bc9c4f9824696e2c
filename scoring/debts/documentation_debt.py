"""Knowledge that lives in heads.

Why: What the data means, how training is started and who to ask is known to those who built it. Every newcomer pays
for that in weeks and every departure takes some of it along. For a model the missing part is often its limits: what
it was trained on, and where it should not be used.

What is read: README: purpose, set-up, how to run or train, where data comes from, whom to ask; whether it kept pace
with the entry points. Python: docstrings of public functions and classes. Model cards or datasheets for each
production model. Lineage and SQL: descriptions of datasets, columns and features.

Remedy: Write the five parts of the README first; an hour covers them. Add a model card for what is in production.
Describe a dataset where it is declared, so that the text moves with it. Change the README in the same commit as an
entry point.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 1, which counts
better documentation among the ways to pay down debt, and the closing question about new members. McAteer,
Nitpicking Machine Learning Technical Debt (2020), part 9.
"""

from scoring.findings import GIT, LEVEL, PKG, PY, SHARE, SMALL, Debt, H, M

debt = Debt(__name__, section="4.33", ml_only=False, group="Work")

debt.row(
    "doc.1",
    "README parts present, of five: purpose, set-up, run or train, origin of data, owner or contact",
    source=PKG,
    anchors=(5, 1),
    severity=2,
    precision=H,
    kind=LEVEL,
    unit="of 5",
    effort=SMALL,
    caution="In a monorepo the nearest README counts.",
)
debt.row(
    "doc.2",
    "Share of the public functions and classes of ML files with a docstring",
    source=PY,
    anchors=(0.6, 0.1),
    severity=1,
    precision=H,
    kind=SHARE,
    unit="of functions",
)
debt.row(
    "doc.3",
    "Share of the production models with a model card or datasheet",
    source=PKG,
    anchors=(1, 0),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of models",
    effort=SMALL,
)
debt.row(
    "doc.4",
    "Days since the README changed, where over 30 % of the entry points have changed since",
    source=GIT,
    anchors=(0, 365),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="days",
    effort=SMALL,
)
debt.row(
    "doc.5",
    "Share of datasets, columns and features with a description",
    source="LIN+SQL",
    anchors=(0.9, 0.2),
    severity=1,
    precision=H,
    kind=SHARE,
    unit="of nodes",
)
