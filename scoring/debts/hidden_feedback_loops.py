"""Systems that affect each other through the world.

Why: Two models that never exchange a byte can still steer each other: one picks the products on a page, the other
the reviews beside them, and both learn from the same clicks. The systems may even belong to different companies, as
with two trading models in one market. No code shows such a loop; the most a tool can do is show where the
conditions for one are met, and ask.

What is read: Lineage across repositories: models of different teams whose outputs meet on one page or service and
whose training data hold the same behaviour log. Monitoring: metrics of one model that move after releases of
another, against placebo dates; residuals that shrink while quality does not. The weekly review: who else reacts to
what this model does.

Remedy: Ask, and write the answer down. Release the two systems at different times and look at both metrics; keep a
joint holdout that neither influences. Check the independence assumptions behind the training data.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 4, Hidden Feedback
Loops. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 8. Khritankov (2023) on positive
feedback loops.
"""

from scoring.findings import ATT, LARGE, LEVEL, LIN, MON, SHARE, SMALL, Debt, L, M

debt = Debt(__name__, section="4.12", group="Models")

debt.row(
    "hfl.1",
    "Pairs of models of different teams that feed one surface and learn from one behaviour log",
    source="XR+LIN",
    anchors=(0, 3),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="pairs",
    effort=LARGE,
    caution="It is the precondition of a loop, not the loop.",
)
debt.row(
    "hfl.2",
    "Share of a model's promotions followed by a move of another model's metric, where no data edge joins the two",
    source=MON,
    anchors=(0.02, 0.2),
    severity=3,
    precision=L,
    kind=SHARE,
    unit="of promotions",
    effort=LARGE,
    caution="Confounded by the calendar: needs five events with effects of one direction.",
)
debt.row(
    "hfl.3",
    "Pairs in which one model's mean prediction explains the other's later input drift",
    source=MON,
    anchors=(0, 2),
    severity=2,
    precision=L,
    kind=LEVEL,
    unit="pairs",
    effort=LARGE,
    caution="Many series, many false alarms: only ever a question.",
)
debt.row(
    "hfl.4",
    "Residual variance or prediction entropy falls with every retraining while outside quality stays flat",
    source=MON,
    anchors=(0, 1),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=LARGE,
)
debt.row(
    "hfl.5",
    "Share of the readers of a decision output that nobody declared (as und.1)",
    source=LIN,
    anchors=(0, 0.3),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of readers",
)
debt.row(
    "hfl.6",
    "Another system, ours or a competitor's, reacts to what ours does (A7)",
    source=ATT,
    anchors=(0, 1),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
)
