"""Data preparation that grew step by step.

Why: Each new signal adds a scrape, a join, a sampling step and an intermediate file, and nobody redraws the whole.
In the end the order of steps is in somebody's head, a failure in the middle means starting over, and the only real
test is an expensive run from end to end. The paper sees one root of it in research and engineering working apart.

What is read: Lineage and dbt: depth, joins, fan-out and layering of the graph; intermediate datasets written and
read once; how much is run again after a failure. Python: preparation scripts that no pipeline runs, numbered files,
long chains of changes to one frame. Git: steps added and never removed. CI: whether the whole is ever run.

Remedy: Redesign from above: list the inputs and the features wanted, draw the shortest path between, and rebuild
along it, removing the old steps as each new one is taken into use. Put every step under one runner (DVC, Airflow,
make) and run the whole on small data in CI.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 5, Pipeline
Jungles. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 11. Limits of jun.1 and jun.5:
dbt-project-evaluator.
"""

from scoring.analyses.ci_checks import pipeline_tested
from scoring.analyses.dbt_layers import layer_breaches
from scoring.analyses.lessons import is_no_course
from scoring.analyses.loose_scripts import loose_scripts
from scoring.analyses.manual_steps import numbered_files
from scoring.analyses.view import View
from scoring.facts import FunctionShape, PythonFacts
from scoring.findings import CFG, GIT, LARGE, LEVEL, LIN, PKG, PY, SHARE, SQL, Answer, Debt, H, Hit, M, Tally

debt = Debt(__name__, section="4.14")

debt.row(
    "jun.1",
    "Breaches of shape per 100 nodes: depth over 9, over 7 joins, fan-out over 3",
    source=LIN,
    anchors=(2, 20),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="per 100 nodes",
    effort=LARGE,
)
debt.row(
    "jun.2",
    "Intermediate datasets written once, read once, by one repository, and declared nowhere",
    source="LIN+PY",
    anchors=(3, 20),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="datasets",
    caution="Caches.",
)
debt.row(
    "jun.3",
    "Source systems joined in the widest single feature job",
    source="PY+SQL",
    anchors=(3, 10),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="systems",
    effort=LARGE,
)


@debt.signal(
    "jun.4",
    source=PY,
    also=PKG,
    anchors=(0, 8),
    severity=3,
    precision=M,
    unit="scripts",
    caution="One-off scripts kept in an archive folder are left out by its name.",
    lifecycle="experimental",  # seen afresh, 42 of 62 were right: exports, blends, tools that draw
    remedy="Make the script a step of the pipeline (DVC, make, a scheduler), with what it reads and writes declared; "
    "or delete it, if its work is done.",
    bad={
        "prepare.py": "import pandas\n\nif __name__ == '__main__':\n"
        "    pandas.read_csv('a.csv').dropna().to_csv('b.csv')\n"
    },
    good={
        "prepare.py": "import pandas\n\nif __name__ == '__main__':\n"
        "    pandas.read_csv('a.csv').dropna().to_csv('b.csv')\n",
        "Makefile": "data:\n\tpython prepare.py\n",
    },
)
def run_by_nothing(view: View) -> Answer:
    """Scripts that read and write data and that no pipeline, Makefile or CI job runs."""
    return loose_scripts(view)


@debt.signal(
    "jun.5",
    source=SQL,
    also=CFG,
    anchors=(2, 20),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="per 100 nodes",
    lifecycle="experimental",  # seen afresh, 22 of 28 were right: curated tables of another project look raw
    caution="A raw table that needs no cleaning; layers named otherwise than dbt's guide does.",
    remedy="Let each layer read the one before it: sources only by staging models, staging by intermediate ones.",
    bad={
        "train.py": "from sklearn.svm import SVC\n",
        "dbt_project.yml": "name: shop\n",
        "models/staging/stg_users.sql": "select * from {{ source('raw', 'users') }}\n",
        "models/orders.sql": "select * from {{ ref('stg_users') }}\njoin {{ source('raw', 'orders') }} using (id)\n",
    },
    good={
        "train.py": "from sklearn.svm import SVC\n",
        "dbt_project.yml": "name: shop\n",
        "models/stg_users.sql": "select * from {{ source('raw', 'users') }}\n",
        "models/stg_orders.sql": "select * from {{ source('raw', 'orders') }}\n",
        "models/orders.sql": "select * from {{ ref('stg_users') }} join {{ ref('stg_orders') }} using (id)\n",
    },
)
def layers_passed_by(view: View) -> Answer:
    """Breaches of layering per 100 nodes: raw tables read past staging, staging models on staging models."""
    return layer_breaches(view)


debt.row(
    "jun.6",
    "Preparation steps added per quarter where none was removed",
    source=GIT,
    anchors=(0, 3),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="steps",
    effort=LARGE,
)


@debt.signal(
    "jun.7",
    source=PY,
    also=PKG,
    anchors=(0, 6),
    severity=3,
    precision=H,
    unit="places",
    lifecycle="experimental",
    caution="Tutorials.",
    remedy="Write the order as a pipeline, a Makefile or one entry point, so that a machine knows it too.",
    bad={
        "prep/01_load.py": "from sklearn.svm import SVC\n",
        "prep/02_clean.py": "x = 1\n",
        "prep/03_fit.py": "x = 1\n",
    },
    good={"prep/load.py": "from sklearn.svm import SVC\n", "prep/clean.py": "x = 1\n", "prep/fit.py": "x = 1\n"},
)
def order_by_hand(view: View) -> Answer:
    """Order kept by hand: folders of numbered scripts or notebooks that no pipeline, Makefile or CI job runs."""
    return numbered_files(view)


CHANGES = 30


@debt.file_signal(
    "jun.8",
    PythonFacts,
    source=PY,
    anchors=(0, 5),
    severity=2,
    precision=M,
    unit="functions",
    scope="ml",
    lifecycle="experimental",
    caution="Columns set one after the other, each by itself, whose order doesn't matter.",
    bad={
        "prepare.py": "import pandas\n\n\ndef prepare(df):\n"
        + "".join(f"    df['c{n}'] = df['a'] + {n}\n" for n in range(31))
        + "    return df\n"
    },
    good={"prepare.py": "import pandas\n\n\ndef prepare(df):\n    df['b'] = df['a'] + 1\n    return df\n"},
)
def long_changes(facts: PythonFacts) -> Tally | None:
    """Functions with over 30 successive assignments to columns of one frame."""
    if not facts.functions:
        return None
    shapes = facts.structure.functions if facts.structure else ()
    hits = tuple(_changes_hit(shape) for shape in shapes if shape.changes > CHANGES)
    return Tally(len(facts.functions), len(hits), hits)


def _changes_hit(shape: FunctionShape) -> Hit:
    return Hit(
        line=shape.line,
        end_line=shape.end_line,
        key=f"changes {shape.changed}",
        symbol=shape.scope,
        message=f"{shape.scope or 'The module'} sets columns of `{shape.changed}` {shape.changes} times; what a column "
        "holds depends on the line one stands at.",
        evidence={"changes": shape.changes},
    )


debt.row(
    "jun.9",
    "Median hours to recover a failed run; the share of the pipeline run again is shown beside it",
    source=LIN,
    anchors=(2, 24),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="hours",
    effort=LARGE,
    caution="Needs run facts.",
)


@debt.signal(
    "jun.10",
    source=PKG,
    also=PY,
    anchors=(1, 0),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=LARGE,
    lifecycle="experimental",  # of the last 15 seen afresh, ten were right: classes, and what a library shows
    remedy="Add a CI job that runs the whole way on a handful of rows, from reading the data to a saved model.",
    applies=is_no_course,
    bad={"train.py": "from sklearn.svm import SVC\n\nSVC().fit(rows, labels)\n"},
    good={
        "train.py": "from sklearn.svm import SVC\n\nSVC().fit(rows, labels)\n",
        ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: python train.py\n",
    },
)
def run_end_to_end(view: View) -> Answer:
    """A test runs the pipeline from end to end (as rubric test infra-3)."""
    return pipeline_tested(view)
