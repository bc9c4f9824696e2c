"""Features kept for a gain too small to see.

Why: A feature that improves the metric by a hair looks free on the day it is added. It isn't: it needs its source,
its pipeline, its monitoring and its owner for as long as the model lives. When the gain is smaller than the
metric's own noise, the team pays for something it can't show to exist.

What is read: Experiment runs: importances, the gain of each promotion against the noise of repeated runs, the
growth of artefacts. Git beside the runs: lines of code added for each gain.

Remedy: Set the smallest gain worth a feature's upkeep, above the noise of repeated runs, and hold promotions to it.
Review the lowest features each quarter and drop those below the line.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 3, Underutilized
Data Dependencies: epsilon-features.
"""

from scoring.findings import LEVEL, LIN, PKG, SHARE, Debt, L, M

debt = Debt(__name__, section="4.8", group="Data", umbrella="underutilized-data-dependencies")

debt.row(
    "eps.1",
    "Share of features that carry under 1 % of the total importance",
    source=LIN,
    anchors=(0.2, 0.8),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of features",
    caution="Importances of trees favour columns with many values.",
)
debt.row(
    "eps.2",
    "Share of promotions whose gain is smaller than the measured noise",
    source=LIN,
    anchors=(0.1, 0.7),
    severity=3,
    precision=M,
    kind=SHARE,
    unit="of promotions",
    caution="Needs repeated runs.",
)
debt.row(
    "eps.3",
    "Share of promotions whose gain per line of code added is below the team's lowest quarter",
    source="LIN+GIT",
    anchors=(0.25, 0.6),
    severity=1,
    precision=L,
    kind=SHARE,
    unit="of promotions",
)
debt.row(
    "eps.4",
    "Releases in which dependencies or model size grew by a fifth without a gain above the noise",
    source=PKG,
    anchors=(0, 2),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="releases",
)
