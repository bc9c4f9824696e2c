"""Debt that its authors wrote down.

Why: A comment that says TODO, FIXME or hack is the cheapest debt register there is: the author saw the shortcut and
said so. Machine-learning projects carry about twice the share that others do, and its most frequent kind is about
how data is prepared and configured. The comments that grow old are the interesting ones.

What is read: Comments of Python files and notebook cells, without licence headers and linter directives. Each is
read for what it is about (data, hyper-parameters, glue, prototype, abstraction and so on) and points to that debt.
Git: how many have stood for over a year.

Remedy: Once a month, take the oldest ten: do it, turn it into a ticket with an owner, or delete the comment. In a
review, ask that a new TODO name its ticket.

Source: O'Brien et al., 23 Shades of Self-Admitted Technical Debt (2022). Bhatia et al., An Empirical Study of
Self-Admitted Technical Debt in Machine Learning Software (2023).
"""

from scoring.findings import DENSITY, GIT, PY, SHARE, SMALL, Debt, H, L

debt = Debt(__name__, section="4.34", ml_only=False, group="Work")

debt.row(
    "sat.1",
    "Comments that admit debt, per KLOC",
    source=PY,
    anchors=(0.5, 3.6),
    severity=1,
    precision=H,
    kind=DENSITY,
    unit="per KLOC",
    effort=SMALL,
)
debt.row(
    "sat.2",
    "Comments that admit debt, each in the kind of debt that its words point to",
    source=PY,
    anchors=(0, 5),
    severity=1,
    precision=L,
    unit="comments",
    effort=SMALL,
    caution="Kinds need judgement: people agreed on .63 at first.",
)
debt.row(
    "sat.3",
    "Share of the comments that admit debt and are older than 365 days",
    source=GIT,
    anchors=(0.2, 0.8),
    severity=1,
    precision=H,
    kind=SHARE,
    unit="of comments",
    effort=SMALL,
)
