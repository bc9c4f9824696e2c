"""More model than the gain pays for.

Why: New techniques are attractive, and a complex model often wins by a little. If the gain over a plain one lies
within the noise, the team carries the harder training, slower serving and poorer explanations for nothing it can
show. A baseline, run every time, keeps the question open.

What is read: Experiment runs: a baseline near each production model, and the gain over it measured in units of the
run's noise. Python and data size: deep networks fitted to small tables. Packaging: learning libraries of
overlapping purpose added within a year.

Remedy: Keep a dummy and a linear baseline in the training pipeline and report the gain over them with its noise.
When the gain falls below the noise, release the simple one. Before a new library, say which one leaves.

Source: Guo, Are Your Machine Learning Products in Technical Debt, Deep? (Combine): complexity over simplicity.
Breck et al., The ML Test Score (2017), Model 5.
"""

from scoring.findings import LEVEL, LIN, PKG, PY, SMALL, Debt, L, M

debt = Debt(__name__, section="4.31", group="Models")

debt.row(
    "sim.1",
    "A baseline run exists within 180 days of the production model",
    source=LIN,
    anchors=(1, 0),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
)
debt.row(
    "sim.2",
    "Gain over the baseline, in units of its noise",
    source=LIN,
    anchors=(3, 1),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="noise units",
)
debt.row(
    "sim.3",
    "A deep network is fitted to a table of under 10,000 rows",
    source=PY,
    anchors=(0, 1),
    severity=1,
    precision=L,
    kind=LEVEL,
    unit="yes/no",
)
debt.row(
    "sim.4",
    "Learning libraries of overlapping purpose added within a year",
    source=PKG,
    anchors=(2, 5),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="libraries",
)
