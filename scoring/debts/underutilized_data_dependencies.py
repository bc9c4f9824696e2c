"""Inputs that give little and can still break the model.

Why: A feature that hardly helps still has to be produced, stored, monitored and explained, and the model still
leans on it. The paper's example is an old product number kept beside the new one: a year later somebody stops
filling the old one, and a model nobody thought of gets worse. Such inputs collect quietly, because adding one is a
gain to show and removing one is not.

What is read: This kind gathers the signals of its four children (legacy, bundled, epsilon and correlated features)
and five of its own. Python, SQL and lineage: columns read and never used in a fit, reads that take every column,
datasets that nobody consumes. Git: how many features are removed for each one added. Experiment runs and CI:
whether leave-one-feature-out is ever run.

Remedy: Run leave-one-feature-out (or a permutation importance) on a schedule, and remove what brings less than the
noise. Name the columns that are read. Delete datasets that no job has read for 90 days.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 3, Underutilized
Data Dependencies. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 6.
"""

from scoring.analyses.table_reads import whole_reads
from scoring.facts import PythonFacts
from scoring.findings import GIT, LEVEL, LIN, SHARE, SMALL, Debt, H, M, Tally

debt = Debt(__name__, section="4.5", group="Data")

debt.row(
    "udd.1",
    "Share of the columns read that never reach a fit",
    source="LIN+PY",
    anchors=(0.3, 0.9),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of columns",
    caution="Reads of whole tables inflate it: those are udd.2.",
)


@debt.file_signal(
    "udd.2",
    PythonFacts,
    source="PY+SQL",
    anchors=(0.2, 0.9),
    severity=1,
    precision=H,
    kind=SHARE,
    unit="of reads",
    effort=SMALL,
    caution="Near-universal in public code, so it weighs little. Of SQL, the queries that Python holds are read.",
    remedy="Name the columns that are needed: usecols or columns in the read, a list of columns in the query.",
    lifecycle="experimental",  # drawn afresh, two of eleven were right: exploring reads every column
    bad={"load.py": "import pandas as pd\n\nrows = pd.read_csv('rows.csv')\n"},
    good={"load.py": "import pandas as pd\n\nrows = pd.read_csv('rows.csv', usecols=['id', 'price'])\n"},
)
def unselective_reads(facts: PythonFacts) -> Tally | None:
    """Share of reads that take every column."""
    return whole_reads(facts)


debt.row(
    "udd.3",
    "Share of the produced datasets that nothing has consumed for 90 days",
    source=LIN,
    anchors=(0, 0.3),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of datasets",
    effort=SMALL,
    caution="Final marts: declare an exposure.",
)
debt.row(
    "udd.4",
    "Features removed for each feature added, over twelve months",
    source=GIT,
    anchors=(0.5, 0),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="ratio",
    caution="Young projects: not asked under ten additions.",
)
debt.row(
    "udd.5",
    "Leave-one-feature-out evaluation in the last 180 days: 1 on a schedule, 0.5 by hand, 0 none",
    source="PKG+LIN",
    anchors=(1, 0),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="0, 0.5, 1",
)
