"""Data dependencies that no tool can list.

Why: A compiler knows every call in the code; hardly anything knows every dataset behind a model. Where the graph of
data is not written down, a column can't be removed safely, a consumer can't be warned, and a migration ends when
the complaints stop. The paper's authors met this with a feature-management system in which every source and feature
is annotated and the tree is checked to resolve fully.

What is read: Python and SQL: input and output calls, and the share whose dataset can be told from the code.
Lineage: edges seen but declared nowhere, owners, descriptions and contracts, references that lead to nothing,
scheduled jobs that emit no lineage. dbt: tables named directly instead of by ref or source. CI: whether lineage is
checked there.

Remedy: Take paths and tables from configuration, so that a reader (and a tool) can follow them. Let the scheduler
emit lineage (OpenLineage, dbt, DVC) and give each dataset an owner, a description and a schema. Check in CI that
every reference resolves; then removal becomes safe.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 3, Static Analysis
of Data Dependencies. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 7.
"""

from scoring.analyses.ci_checks import lineage_checked
from scoring.analyses.dbt_models import hard_coded_tables
from scoring.analyses.view import View
from scoring.findings import LEVEL, LIN, PKG, SHARE, SMALL, SQL, Answer, Debt, H, M

debt = Debt(__name__, section="4.10", group="Data")

debt.row(
    "sta.1",
    "Share of the input and output calls whose dataset can't be told from the code",
    source="PY+SQL",
    anchors=(0.3, 0.9),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of I/O calls",
    caution="It tells about the code's style as well as about our resolver.",
)
debt.row(
    "sta.2",
    "Share of the observed data edges that no declared lineage holds",
    source=LIN,
    anchors=(0, 0.5),
    severity=3,
    precision=M,
    kind=SHARE,
    unit="of edges",
)
debt.row(
    "sta.3",
    "Share of datasets and features with an owner, a description, and a schema or contract",
    source=LIN,
    anchors=(0.9, 0.2),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of nodes",
)
debt.row(
    "sta.4",
    "References that lead to nothing: missing parents, disabled nodes, missing DVC dependencies, models of "
    "unknown training data",
    source=LIN,
    anchors=(0, 3),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="references",
    effort=SMALL,
)


@debt.signal(
    "sta.5",
    source=SQL,
    anchors=(0, 5),
    severity=2,
    precision=H,
    lifecycle="experimental",  # seen afresh, 20 of 23 were right, all in components without ML code, which have none
    unit="references",
    effort=SMALL,
    remedy="Declare the table as a source, or name the model by `ref`, so that dbt knows the edge and builds in order.",
    bad={"dbt_project.yml": "name: shop\n", "models/orders.sql": "select *\nfrom raw.orders\n"},
    good={"dbt_project.yml": "name: shop\n", "models/orders.sql": "select *\nfrom {{ source('raw', 'orders') }}\n"},
)
def named_directly(view: View) -> Answer:
    """dbt: tables named directly instead of by ref or source."""
    return hard_coded_tables(view)


@debt.signal(
    "sta.6",
    source=PKG,
    anchors=(0, 1),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
    lifecycle="experimental",
    remedy="Add one CI step: `dbt build`, `dvc repro --dry` or `dvc status`, or the contract tool's check.",
    bad={"dvc.yaml": "stages:\n  prepare:\n    cmd: python prepare.py\n", "prepare.py": "import pandas\n"},
    good={
        "dvc.yaml": "stages:\n  prepare:\n    cmd: python prepare.py\n",
        "prepare.py": "import pandas\n",
        ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: dvc repro --dry\n",
    },
)
def lineage_in_ci(view: View) -> Answer:
    """No lineage check runs in CI."""
    return lineage_checked(view)


debt.row(
    "sta.7",
    "Share of the scheduler's jobs that emit lineage",
    source=LIN,
    anchors=(0.9, 0.2),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of jobs",
)
