"""Features that say the same thing.

Why: When two inputs move together, a model can't tell which one causes the outcome: it splits the credit, or picks
the wrong one. That works until the world changes and the two part. Then the model follows the wrong one, and its
past importances explain nothing.

What is read: Monitoring and profile reports: pairs of features with a correlation above .95. Python: whether a
project with over 30 features has any step that looks for them. Experiment runs: importances that swap ranks between
seeds. The weekly review: which pairs the team knows of, and which one it believes to be the cause.

Remedy: Keep the member that is nearer to the cause and leave the other out; where it is unclear, a causal toolkit
(DoWhy, CausalNex) or an experiment helps more than another importance plot. Put a correlation check into the
training pipeline.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 3, Underutilized
Data Dependencies: correlated features. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 6.
"""

from scoring.findings import ATT, LEVEL, LIN, PY, SHARE, SMALL, Debt, H, L, M

debt = Debt(__name__, section="4.9", group="Data", umbrella="underutilized-data-dependencies")

debt.row(
    "cor.1",
    "Feature pairs with a correlation above .95, per feature",
    source="MON+LIN",
    anchors=(0.05, 0.5),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="pairs per feature",
    caution="Columns of one one-hot encoding.",
)
debt.row(
    "cor.2",
    "A project of over 30 features has no step that looks for correlated ones",
    source=PY,
    anchors=(0, 1),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
    caution="Trees tolerate correlation; the brittleness stays.",
)
debt.row(
    "cor.3",
    "Instability of importance ranks across seeds, for correlated pairs",
    source=LIN,
    anchors=(0.1, 0.5),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="1 - rho",
)
debt.row(
    "cor.4",
    "The team knows of inputs that say the same thing and has not settled which one to keep (A5)",
    source=ATT,
    anchors=(0, 1),
    severity=1,
    precision=L,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
)
