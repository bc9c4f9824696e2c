"""Habits that reward only the next gain.

Why: Removing a feature, simplifying a pipeline, adding a monitor: none of it moves the accuracy number, so it
waits. Where research and engineering are separate, the wall grows its own cost, since each hands the other
something it would not have built. Culture is what people do when two goods compete, and git keeps some trace of it.

What is read: Git: the share of work that repairs, tests, documents or removes; whether anything gets smaller;
whether the same people work on experiments and production; reviews; how long admitted debt stays. The weekly
review: hours set aside for debt and used, and whether a removal is valued. No person is ever named or ranked.

Remedy: Set aside fixed time for debt and keep it when a deadline nears. Let the people who explore a model take it
to production, with help. Review a removal as you would a gain, and show both in the weekly review.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 8, Cultural Debt.
McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 25, who doubts dual reporting lines. Admitted
debt: Bhatia et al., An Empirical Study of Self-Admitted Technical Debt in Machine Learning Software (2023).
"""

from scoring.findings import ATT, GIT, LARGE, LEVEL, PY, SHARE, SMALL, Debt, H, L, M

debt = Debt(__name__, section="4.30", ml_only=False, group="Work")

debt.row(
    "cul.1",
    "Share of the last 90 days' commits that repair, test, document, simplify or remove",
    source=GIT,
    anchors=(0.25, 0.05),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of commits",
    caution="Conventions for messages differ: paths and shrinking code count too.",
)
debt.row(
    "cul.2",
    "Share of commits that leave less code than they found",
    source=GIT,
    anchors=(0.3, 0.05),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of commits",
)
debt.row(
    "cul.3",
    "Overlap of the people who work on experiments with those who work on production code",
    source=GIT,
    anchors=(0.6, 0.1),
    severity=3,
    precision=M,
    kind=SHARE,
    unit="of the smaller group",
    effort=LARGE,
)
debt.row(
    "cul.4",
    "Median share of a model's production code written by people who never touched its experiments",
    source=GIT,
    anchors=(0.3, 0.9),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of code",
    effort=LARGE,
)
debt.row(
    "cul.5",
    "Share of the commits to the main line without a trace of review",
    source=GIT,
    anchors=(0.1, 0.8),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of commits",
)
debt.row(
    "cul.6",
    "Median days that admitted debt stays; or admitted-debt comments per KLOC (0.5 good, 3.6 bad), the worse "
    "of the two",
    source=PY,
    anchors=(90, 900),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="days",
)
debt.row(
    "cul.7",
    "Share of capacity set aside for debt this week and used (A11)",
    source=ATT,
    anchors=(0.1, 0),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of capacity",
    effort=SMALL,
)
debt.row(
    "cul.8",
    "A removal, test or monitor was reviewed or praised like an accuracy gain (A12)",
    source=ATT,
    anchors=(1, 0),
    severity=1,
    precision=L,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
)
