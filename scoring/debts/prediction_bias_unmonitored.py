"""Predicted and observed labels that nobody compares.

Why: In a healthy system the distribution of predictions matches that of the labels that come in later. A model that
predicts the average passes too, so it proves little; but when the two part, something has happened: the world
changed, or a feature broke. It is one number, and it points at many kinds of trouble.

What is read: Monitoring: rules and reports that compare predictions with outcomes, the measured gap over the last
labelled window, and whether it is cut by slice. Lineage: whether predictions and labels can be joined at all, by
entity and time.

Remedy: Log every prediction with entity, time and model version, so that labels can be joined later. Compare the
means daily, over the window in which labels have arrived, and by at least two slices; alert on the gap.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 7, Monitoring and
Testing: prediction bias. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 19.
"""

from scoring.findings import LARGE, LEVEL, LIN, MON, Debt, H, M

debt = Debt(__name__, section="4.23", group="World", umbrella="monitoring-gap")

debt.row(
    "pbi.1",
    "A rule or report compares predictions with observed labels",
    source=MON,
    anchors=(1, 0),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    caution="Labels that arrive late.",
)
debt.row(
    "pbi.2",
    "Gap between the mean prediction and the mean label over the last labelled window, relative to the label",
    source=MON,
    anchors=(0.02, 0.2),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="ratio",
    effort=LARGE,
    caution="A model that predicts the average passes: never read alone.",
)
debt.row(
    "pbi.3",
    "The comparison is cut by at least two slices",
    source=MON,
    anchors=(1, 0),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
)
debt.row(
    "pbi.4",
    "No path joins predictions and labels",
    source=LIN,
    anchors=(0, 1),
    severity=4,
    precision=H,
    kind=LEVEL,
    unit="yes/no",
)
