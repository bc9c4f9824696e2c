"""Alerts that wait for a person.

Why: The world changes in real time; a person answers a page when they can. For a model that acts every second, the
hours between the first alert and the rollback are where the cost is. A response that needs nobody (stop, fall back,
roll back) is often worth building, even a crude one.

What is read: Configuration and monitoring: which classes of alert are tied to an action of the system. Monitoring:
hours from the first quality alert to a rollback, an alias moved back, or a retraining. CI: whether a rollback is
automated.

Remedy: Start with the class of alert that costs most per hour and give it one automatic action: fall back to the
previous version or to a default. Automate the rollback first, since the other responses rely on it. Measure the
time from alert to effect, and rehearse.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 7, Monitoring and
Testing: automated response.
"""

from scoring.findings import LARGE, LEVEL, MON, PKG, SHARE, Debt, M

debt = Debt(__name__, section="4.26", group="World", umbrella="monitoring-gap")

debt.row(
    "res.1",
    "Share of the quality and data alert classes with an automated action",
    source="CFG+MON",
    anchors=(0.5, 0),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of classes",
    effort=LARGE,
)
debt.row(
    "res.2",
    "Median hours from the first quality alert to a rollback, a moved alias or a retraining",
    source=MON,
    anchors=(1, 72),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="hours",
)
debt.row(
    "res.3",
    "The rollback is automated (as rubric test infra-7)",
    source=PKG,
    anchors=(1, 0),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
)
