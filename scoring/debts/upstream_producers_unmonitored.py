"""Upstream data without a promise or a watcher.

Why: Data reaches the model from other people's processes. When one of them is late, empty or different, the model
goes on with what it gets, and its own alerts come last if at all. The paper asks for promises in both directions:
upstream meets a service level that takes the model into account, and the model's own failures reach those who
consume it.

What is read: Lineage: inputs with a freshness or volume check or a stated objective, inputs whose owner can be
reached, jobs started on late inputs, consumers that are told. Monitoring: whether upstream alerts are routed to the
people who run the model.

Remedy: For each input, name an owner and agree on freshness and volume; check both before the job starts. Route
upstream alerts to the model's receiver. Tell your consumers in the same way when your own objective is missed.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 7, Monitoring and
Testing: up-stream producers. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 21.
"""

from scoring.findings import LEVEL, LIN, MON, SHARE, SMALL, Debt, H, L, M

debt = Debt(__name__, section="4.25", group="World", umbrella="monitoring-gap")

debt.row(
    "ups.1",
    "Share of inputs with a freshness or volume check, or a stated objective",
    source=LIN,
    anchors=(0.9, 0.1),
    severity=3,
    precision=H,
    kind=SHARE,
    unit="of inputs",
)
debt.row(
    "ups.2",
    "Share of inputs whose owner can be reached",
    source="LIN+XR",
    anchors=(0.95, 0.3),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of inputs",
    effort=SMALL,
)
debt.row(
    "ups.3",
    "Share of upstream alerts that are routed to the model's own receiver",
    source=MON,
    anchors=(0.8, 0),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of alerts",
    effort=SMALL,
)
debt.row(
    "ups.4",
    "Share of consumers that are told when the objective is missed",
    source=LIN,
    anchors=(0.8, 0),
    severity=2,
    precision=L,
    kind=SHARE,
    unit="of consumers",
)
debt.row(
    "ups.5",
    "Model jobs a month that started on an input older than its objective",
    source=LIN,
    anchors=(0, 3),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="jobs",
)
