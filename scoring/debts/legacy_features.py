"""Early features that newer ones made redundant.

Why: A feature that went in early is often overtaken by a better one, and stays, because nothing fails. The model
then still leans a little on the old one, and whoever retires its source breaks a model that had no need of it. Two
id schemes side by side are the classic form.

What is read: Git and Python: feature code untouched for two years, read together with the feature's importance
where runs are logged. Feature lists in Python, SQL and configuration: twin names such as x beside x_old, x_v1 or
x_new. Lineage: sources marked as deprecated. Monitoring: features that have become constant or empty in serving
data.

Remedy: Take the old twin out in one experiment, compare within the noise, and delete it with its source. When a new
feature replaces an old one, make the removal part of the same piece of work. Give a feature kept for a migration an
end date.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 3, Underutilized
Data Dependencies: legacy features.
"""

from scoring.findings import LEVEL, LIN, MON, SMALL, Debt, H, M

debt = Debt(__name__, section="4.6", group="Data", umbrella="underutilized-data-dependencies")

debt.row(
    "leg.1",
    "Features whose code is over 730 days old and untouched, and whose importance lies in the lowest tenth",
    source="GIT+PY",
    anchors=(0, 5),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="features",
    caution="Without importances the precision is low.",
)
debt.row(
    "leg.2",
    "Twin names in one feature list: x beside x_old, x_v1, x_legacy or x_new; two id schemes",
    source="PY+SQL+CFG",
    anchors=(0, 2),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="pairs",
    caution="Versions kept on purpose.",
)
debt.row(
    "leg.3",
    "Features whose source dataset is marked as deprecated, renamed or dropped",
    source=LIN,
    anchors=(0, 1),
    severity=4,
    precision=H,
    kind=LEVEL,
    unit="features",
)
debt.row(
    "leg.4",
    "Features that were constant, or over 95 % null, in 30 days of serving data",
    source=MON,
    anchors=(0, 2),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="features",
    effort=SMALL,
    caution="Flags of rare events: needs 1000 rows.",
)
