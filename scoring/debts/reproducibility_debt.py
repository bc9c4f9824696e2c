"""Results that can't be had again.

Why: The same code on the same data should give about the same model. Random starts, unseeded shuffles, loose
versions, today's data and the order of files in a folder each prevent it. Then nobody can tell a gain from luck, an
incident can't be replayed, and a model in production may be one that nobody can train again.

What is read: Python and notebooks: seeds at every training entry point, deterministic switches, clocks and
unordered file listings in the training path. Packaging: pinned versions, a lock file, the declared against the
imported, an image or environment file, a checklist or model card. Lineage: runs with commit, data digest,
parameters and environment; spread of repeated runs.

Remedy: Seed every generator in use at one place in the entry point. Lock dependencies and the Python version. Log
commit, data digest, parameters and environment with each run, and refuse a run from a dirty tree. Run the same
training three times now and then and write down the spread: it is the smallest gain you can claim.

Source: Sculley et al. (NeurIPS 2015), section 8, Reproducibility Debt. McAteer (2020), practice 23. Breck et al.
(2017), Infra 1. Dependency rules: deptry; prevalence: van Oort et al. (2021). The mls rows: Zhang, Cruz and van
Deursen (2022).
"""

from scoring.findings import DENSITY, LARGE, LEVEL, LIN, NB, PKG, PY, SHARE, SMALL, Debt, H, M

debt = Debt(__name__, section="4.28", ml_only=False, group="Work")

debt.row(
    "rep.1",
    "Share of training entry points that seed every random generator they use",
    source="PY+NB",
    anchors=(1, 0),
    severity=3,
    precision=H,
    kind=SHARE,
    unit="of entry points",
    effort=SMALL,
    caution="A random_state in one place only does not count.",
)
debt.row(
    "rep.2",
    "Deterministic switches are set where a GPU library is used",
    source=PY,
    anchors=(1, 0),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
    caution="They cost speed, so it weighs little; public tools disagree on the direction.",
)
debt.row(
    "rep.3",
    "Share of the dependencies, declared or imported, that are pinned exactly or locked",
    source=PKG,
    anchors=(1, 0.2),
    severity=3,
    precision=H,
    kind=SHARE,
    unit="of dependencies",
    effort=SMALL,
    feeds=("code-dependency-debt",),
    caution="Libraries rightly declare ranges: there it is low.",
)
debt.row(
    "rep.4",
    "Dependency faults per 100 imported packages: imported and not declared, declared and not imported, "
    "transitive, development-only",
    source=PKG,
    anchors=(0, 15),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="per 100 imports",
    effort=SMALL,
    feeds=("code-dependency-debt",),
    caution="Names of module and package differ; optional extras.",
)
debt.row(
    "rep.5",
    "Share of the last 90 days' runs with clean commit, data digest, parameters and environment",
    source=LIN,
    anchors=(0.9, 0.1),
    severity=3,
    precision=H,
    kind=SHARE,
    unit="of runs",
)
debt.row(
    "rep.6",
    "Spread of the primary metric over runs equal in all but the seed: coefficient of variation",
    source=LIN,
    anchors=(0.005, 0.05),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="ratio",
    effort=LARGE,
    caution="Needs three repeats.",
)
debt.row(
    "rep.7",
    "Share of notebooks that could be run again: no hidden state, no absolute path, imports declared",
    source=NB,
    anchors=(0.8, 0.2),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of notebooks",
    effort=SMALL,
)
debt.row(
    "rep.8",
    "Share of training inputs under version control of data",
    source=LIN,
    anchors=(1, 0),
    severity=3,
    precision=H,
    kind=SHARE,
    unit="of inputs",
)
debt.row(
    "rep.9",
    "The environment is captured: an image, environment file or lock with digests",
    source=PKG,
    anchors=(1, 0),
    severity=2,
    precision=H,
    kind=LEVEL,
    unit="0, 0.5, 1",
)
debt.row(
    "rep.10",
    "Clock reads and unordered listings in the feature and training path",
    source=PY,
    anchors=(0, 5),
    severity=2,
    precision=M,
    unit="places",
    effort=SMALL,
    caution="Sorting the listing clears it.",
)
debt.row(
    "rep.11",
    "A reproducibility checklist or model card is on file",
    source=PKG,
    anchors=(1, 0),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
)
debt.row(
    "mls-13",
    "Deterministic options not set",
    source=PY,
    anchors=(0.5, 5),
    severity=1,
    precision=M,
    kind=DENSITY,
    unit="per KLOC",
    effort=SMALL,
    caution="Public tools disagree on the direction; see rep.2.",
)
debt.row(
    "mls-14",
    "Random generators used without a seed",
    source=PY,
    anchors=(0.5, 5),
    severity=3,
    precision=M,
    kind=DENSITY,
    unit="per KLOC",
    effort=SMALL,
)
