"""Input data without tests.

Why: Where data replaces code, data needs tests as code does. An empty column, a doubled row or a changed unit
passes through training without an error and comes out as a slightly worse model. Cleaning that drops or coerces
without a word hides the evidence. Leaks between training and test data are the costliest kind: they make the
offline number a promise that production can't keep.

What is read: Python, SQL and lineage: inputs with at least one check, the kinds of check, whether they run on a
schedule, failing ones left alone. Python and notebooks: silent cleaning, merges without keys or validation,
comparisons with NaN; rows followed through a module and its own functions, for what is learnt from them before a
split; chained stores, columns that begin as zeros, estimators without a scaler, eval mode left on, gradients left
standing; completions of hosted models taken apart unchecked. dbt: key tests and tests per model.

Remedy: Give each input a schema with types, nulls, ranges, uniqueness and volume (pandera, Great Expectations, dbt
tests) and run it where the data comes in, on a schedule. Let cleaning count and log what it drops. Split first,
then fit every transformer on the training part only; a pipeline object does it for you. Ask a hosted model for
answers of a schema, validate them, and try each change on kept cases.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 8, Data Testing
Debt. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 21. Leaks: Yang et al., Data Leakage in
Notebooks (2022). The mls rows: Zhang, Cruz and van Deursen, Code Smells for Machine Learning Applications (2022);
they are shown and weigh nothing. The llm row is ours.
"""

# Longer than 300 lines: a debt is one file, and the examples of its eighteen rows take the room.

from scoring.analyses.cleaning import silent_cleaning
from scoring.analyses.contests import takes_tables_in
from scoring.analyses.dbt_keys import untested_keys
from scoring.analyses.estimator_use import unscaled_estimators
from scoring.analyses.frame_idioms import chained_stores, filled_columns
from scoring.analyses.frames import merges_without_keys, results_dropped
from scoring.analyses.hosted import unchecked_outputs
from scoring.analyses.input_checks import unchecked_inputs
from scoring.analyses.leakage import leaks, tuned_on_test
from scoring.analyses.lessons import is_no_course
from scoring.analyses.networks import modes_left, uncleared_gradients
from scoring.analyses.view import View
from scoring.facts import Comparison, PythonFacts
from scoring.findings import CFG, DENSITY, LEVEL, LIN, PY, SHARE, SMALL, SQL, Answer, Debt, H, Hit, L, M, Tally

debt = Debt(__name__, section="4.27", group="Data")


@debt.signal(
    "dat.1",
    source="PY+SQL",
    anchors=(0.8, 0),
    severity=3,
    precision=H,
    kind=SHARE,
    unit="of inputs",
    lifecycle="experimental",  # strictly judged afresh: one of six, others are checked elsewhere or learn nothing
    applies=takes_tables_in,
    caution="Checks that run elsewhere, in a warehouse or before the export; a table that never changes. Entries to "
    "contests and lessons are not asked: their data is given once.",
    remedy="Where the table comes in, check its columns, types, nulls, ranges and number of rows: a schema of pandera, "
    "a suite of Great Expectations or a few assertions. Fail loudly.",
    bad={
        "train.py": "import pandas as pd\nfrom sklearn.linear_model import LogisticRegression\n\n"
        "rows = pd.read_csv('rows.csv')\nmodel = LogisticRegression().fit(rows[['x']], rows['y'])\n"
    },
    good={
        "train.py": "import pandas as pd\nfrom sklearn.linear_model import LogisticRegression\n\n"
        "rows = pd.read_csv('rows.csv', dtype={'x': float, 'y': int})\n"
        "model = LogisticRegression().fit(rows[['x']], rows['y'])\n"
    },
)
def inputs_without_checks(view: View) -> Answer:
    """Share of the tables read on the way to a model that something checks."""
    return unchecked_inputs(view)


debt.row(
    "dat.2",
    "Kinds of check per input, of seven: type, null, range, uniqueness, volume, freshness, distribution",
    source=PY,
    anchors=(5, 1),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="kinds",
)
debt.row(
    "dat.3",
    "Share of the defined checks that ran in the last seven days",
    source=LIN,
    anchors=(0.9, 0.1),
    severity=3,
    precision=H,
    kind=SHARE,
    unit="of checks",
    effort=SMALL,
)
debt.row(
    "dat.4",
    "Checks that have failed for over 14 days",
    source=LIN,
    anchors=(0, 3),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="checks",
    effort=SMALL,
)


@debt.signal(
    "dat.5",
    source=SQL,
    also=CFG,
    anchors=(0.9, 0.2),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of models",
    effort=SMALL,
    caution="Models that a package or a platform tests elsewhere; a table that has no key by its nature.",
    remedy="Name the model's key in its properties file and give it the tests unique and not_null, or "
    "dbt_utils.unique_combination_of_columns where several columns make it.",
    bad={
        "train.py": "from sklearn.svm import SVC\n",
        "dbt_project.yml": "name: shop\n",
        "models/orders.sql": "select * from {{ source('raw', 'orders') }}\n",
        "models/orders.yml": "models:\n  - name: orders\n    columns:\n      - name: id\n        tests: [not_null]\n",
    },
    good={
        "train.py": "from sklearn.svm import SVC\n",
        "dbt_project.yml": "name: shop\n",
        "models/orders.sql": "select * from {{ source('raw', 'orders') }}\n",
        "models/orders.yml": "models:\n  - name: orders\n    columns:\n      - name: id\n"
        "        tests: [unique, not_null]\n",
    },
)
def models_without_key_tests(view: View) -> Answer:
    """dbt: share of models with a primary-key test."""
    return untested_keys(view)


@debt.file_signal(
    "dat.6",
    PythonFacts,
    source=PY,
    anchors=(0.5, 6),
    severity=2,
    precision=M,
    kind=DENSITY,
    unit="per KLOC",
    lifecycle="experimental",  # strictly judged afresh: four of ten, columns taken for frames and looks at data
    effort=SMALL,
    caution="A step before it may count what it drops.",
    remedy="Count what is dropped or coerced, log it, and fail above a share that you chose.",
    bad={
        "clean.py": "import pandas as pd\n\n\ndef clean(df):\n    df = df.dropna()\n"
        "    df['day'] = pd.to_datetime(df['day'], errors='coerce')\n    return df\n"
    },
    good={"clean.py": "import pandas as pd\n\n\ndef clean(df):\n    return df.dropna(subset=['price'])\n"},
)
def cleaning_without_a_word(facts: PythonFacts) -> Tally | None:
    """Silent cleaning per KLOC: dropped rows, coerced values, blanket fills, swallowed read errors, muted warnings."""
    return silent_cleaning(facts)


@debt.signal(
    "dat.7",
    source="PY+NB",
    anchors=(0, 1),
    severity=4,
    precision=M,
    kind=LEVEL,
    unit="leaks",
    lifecycle="experimental",  # strictly judged afresh: 4 of 14, 4 of 6 after mends: branches for training, dates
    caution="A transformer inside a pipeline; stateless transforms; a split by time made earlier. Helpers from "
    "other files are not gone into.",
    remedy="Split first; fit scalers, imputers, selectors and samplers on the training part, best inside a pipeline.",
    bad={
        "train.py": "import pandas as pd\n"
        "from sklearn.linear_model import LogisticRegression\n"
        "from sklearn.model_selection import train_test_split\n"
        "from sklearn.preprocessing import StandardScaler\n\n"
        "rows = pd.read_csv('rows.csv')\n"
        "x = StandardScaler().fit_transform(rows.drop(columns=['y']))\n"
        "x_train, x_test, y_train, y_test = train_test_split(x, rows['y'], random_state=1)\n"
        "model = LogisticRegression().fit(x_train, y_train)\n"
        "print(model.score(x_test, y_test))\n"
    },
    good={
        "train.py": "import pandas as pd\n"
        "from sklearn.linear_model import LogisticRegression\n"
        "from sklearn.model_selection import train_test_split\n"
        "from sklearn.preprocessing import StandardScaler\n\n"
        "rows = pd.read_csv('rows.csv')\n"
        "x_train, x_test, y_train, y_test = train_test_split(rows.drop(columns=['y']), rows['y'], random_state=1)\n"
        "scaler = StandardScaler().fit(x_train)\n"
        "model = LogisticRegression().fit(scaler.transform(x_train), y_train)\n"
        "print(model.score(scaler.transform(x_test), y_test))\n"
    },
)
def leaks_into_training(view: View) -> Answer:
    """Leaks from test data into training."""
    return leaks(view)


@debt.file_signal(
    "dat.8",
    PythonFacts,
    source=PY,
    anchors=(0, 5),
    severity=2,
    precision=H,
    unit="merges",
    lifecycle="experimental",  # strangers saw two of six right: what is merged is often no frame
    effort=SMALL,
    remedy="Name the keys (on=), the kind (how=) and what you expect of them (validate=).",
    bad={"join.py": "import pandas as pd\n\n\ndef join(a, b):\n    return pd.merge(a, b)\n"},
    good={"join.py": "import pandas as pd\n\n\ndef join(a, b):\n    return pd.merge(a, b, on='id', validate='1:1')\n"},
)
def merges_of_whatever_is_shared(facts: PythonFacts) -> Tally | None:
    """Merges without keys, kind or validation."""
    return merges_without_keys(facts)


@debt.file_signal(
    "mls-02",
    PythonFacts,
    source=PY,
    anchors=(0.5, 5),
    severity=3,
    precision=H,
    kind=DENSITY,
    unit="per KLOC",
    effort=SMALL,
    remedy="Ask with isna() or isnan(); NaN equals nothing, not even itself.",
    bad={"clean.py": "import numpy as np\n\n\ndef clean(x):\n    return 0 if x == np.nan else x\n"},
    good={"clean.py": "import numpy as np\n\n\ndef clean(x):\n    return 0 if np.isnan(x) else x\n"},
)
def nan_equality(facts: PythonFacts) -> Tally | None:
    """Comparisons with NaN by == or !=, which never hold."""
    if not facts.code_lines:
        return None
    found = [item for item in facts.comparisons if item.kind == "nan"]
    return Tally(facts.code_lines, len(found), tuple(_nan_hit(item) for item in found))


def _nan_hit(item: Comparison) -> Hit:
    always = "false" if item.operator == "==" else "true"
    subject = item.subject or "a value"
    return Hit(
        line=item.line,
        end_line=item.end_line,
        key=f"{item.subject} {item.operator} nan",
        symbol=item.scope,
        message=f"`{subject} {item.operator} nan` is always {always}, so missing values pass unnoticed here.",
        evidence={"operator": item.operator},
    )


@debt.file_signal(
    "mls-03",
    PythonFacts,
    source=PY,
    anchors=(0.5, 5),
    severity=1,
    precision=H,
    kind=DENSITY,
    unit="per KLOC",
    lifecycle="experimental",  # 4 seen afresh were wrong and are gone; none since to judge it by
    effort=SMALL,
    scope="run",
    remedy="Store in one step: frame.loc[rows, column] = value.",
    bad={"set.py": "import pandas as pd\n\n\ndef set_first(df):\n    df['price'][0] = 1\n"},
    good={"set.py": "import pandas as pd\n\n\ndef set_first(df):\n    df.loc[0, 'price'] = df['price'][1]\n"},
)
def chained_indexing(facts: PythonFacts) -> Tally | None:
    """Chained indexing of a frame in an assignment, which may hit a copy."""
    return chained_stores(facts)


@debt.file_signal(
    "mls-05",
    PythonFacts,
    source=PY,
    anchors=(0.5, 5),
    severity=1,
    precision=M,
    kind=DENSITY,
    unit="per KLOC",
    lifecycle="experimental",  # the one hit seen was wrong: zero was the value of the rest
    effort=SMALL,
    remedy="Begin with a gap (pandas.NA), so that what nothing set can be seen.",
    bad={
        "mark.py": "import pandas as pd\n\n\ndef mark(df):\n    df['kind'] = ''\n    df.loc[df.x > 1, 'kind'] = 'big'\n"
    },
    good={"mark.py": "import pandas as pd\n\n\ndef mark(df):\n    df['label'] = 0\n    return df\n"},
)
def empty_columns(facts: PythonFacts) -> Tally | None:
    """New columns filled with zeros or empty strings, of which a part is then set."""
    return filled_columns(facts)


@debt.file_signal(
    "mls-06",
    PythonFacts,
    source=PY,
    anchors=(0.5, 5),
    severity=2,
    precision=H,
    kind=DENSITY,
    unit="per KLOC",
    effort=SMALL,
    caution="Counted only: dat.8 shows the places.",
    remedy="Name the keys (on=), the kind (how=) and what you expect of them (validate=).",
    bad={"join.py": "import pandas as pd\n\n\ndef join(a, b):\n    return pd.merge(a, b)\n"},
    good={"join.py": "import pandas as pd\n\n\ndef join(a, b):\n    return pd.merge(a, b, on='id', validate='1:1')\n"},
)
def bare_merges(facts: PythonFacts) -> Tally | None:
    """Merges without on, how or validate."""
    tally = merges_without_keys(facts)
    return Tally(tally.examined, tally.count) if tally else None


@debt.file_signal(
    "mls-07",
    PythonFacts,
    source=PY,
    anchors=(0.5, 5),
    severity=2,
    precision=M,
    kind=DENSITY,
    unit="per KLOC",
    effort=SMALL,
    lifecycle="experimental",  # seen afresh after its mends, 3 of 3 were right: too few
    remedy="Assign the result, or delete the line if nothing needed it.",
    bad={"clean.py": "import pandas as pd\n\n\ndef clean(frame):\n    frame.dropna()\n    return frame\n"},
    good={"clean.py": "import pandas as pd\n\n\ndef clean(frame):\n    return frame.dropna()\n"},
)
def dropped_results(facts: PythonFacts) -> Tally | None:
    """Results of frame methods dropped, as if they worked in place."""
    return results_dropped(facts)


@debt.signal(
    "mls-10",
    source=PY,
    anchors=(0.5, 5),
    severity=2,
    precision=H,
    kind=DENSITY,
    unit="per KLOC",
    lifecycle="experimental",  # 4 of 8 judged findings were right: some data comes scaled
    effort=SMALL,
    remedy="Put a scaler before the estimator, in one pipeline.",
    caution="Features that come in one scale: pixels, shares, embeddings.",
    bad={"train.py": "from sklearn.svm import SVC\n\n\ndef train(x, y):\n    return SVC(random_state=1).fit(x, y)\n"},
    good={
        "train.py": "from sklearn.preprocessing import StandardScaler\nfrom sklearn.svm import SVC\n\n\n"
        "def train(x, y):\n    return SVC(random_state=1).fit(StandardScaler().fit_transform(x), y)\n"
    },
)
def estimators_without_a_scaler(view: View) -> Answer:
    """Scale-sensitive estimators without a scaler before them."""
    return unscaled_estimators(view)


@debt.file_signal(
    "mls-18",
    PythonFacts,
    source=PY,
    anchors=(0.5, 5),
    severity=3,
    precision=M,
    kind=DENSITY,
    unit="per KLOC",
    lifecycle="experimental",  # 4 seen afresh were wrong and are gone; none since to judge it by
    effort=SMALL,
    remedy="Call train() again before the next step of training.",
    bad={
        "train.py": "import torch\n\n\ndef train(net, step, rows):\n    step(net.parameters())\n    for x in rows:\n"
        "        net(x).backward()\n        net.eval()\n"
    },
    good={
        "train.py": "import torch\n\n\ndef train(net, step, rows):\n    step(net.parameters())\n    for x in rows:\n"
        "        net.train()\n        net(x).backward()\n        net.eval()\n"
    },
)
def eval_mode_left_on(facts: PythonFacts) -> Tally | None:
    """PyTorch: eval mode entered where the network trains, and never left."""
    return modes_left(facts)


@debt.file_signal(
    "mls-20",
    PythonFacts,
    source=PY,
    anchors=(0.5, 5),
    severity=1,
    precision=L,
    kind=DENSITY,
    unit="per KLOC",
    effort=SMALL,
    scope="run",
    lifecycle="experimental",  # 11 of 13 right in 293 repositories, two mended; no draw since had one to judge
    caution="Gradients that are summed on purpose and cleared by another module.",
    remedy="Call zero_grad() on the optimizer before each backward(); where gradients are summed up on purpose, after "
    "each step.",
    bad={
        "train.py": "import torch\n\n\ndef train(net, optimizer, rows):\n    for x in rows:\n"
        "        net(x).sum().backward()\n        optimizer.step()\n"
    },
    good={
        "train.py": "import torch\n\n\ndef train(net, optimizer, rows):\n    for x in rows:\n"
        "        optimizer.zero_grad()\n        net(x).sum().backward()\n        optimizer.step()\n"
    },
)
def gradients_left(facts: PythonFacts) -> Tally | None:
    """PyTorch: gradients not cleared before the next step."""
    return uncleared_gradients(facts)


@debt.signal(
    "mls-21",
    source=PY,
    anchors=(0.5, 5),
    severity=4,
    precision=M,
    kind=DENSITY,
    unit="per KLOC",
    lifecycle="experimental",  # one of seven drawn afresh was right: looks at several models choose none of them
    applies=is_no_course,
    feeds=("reproducibility-debt",),
    caution="A part called test that is followed by another, final one in a file that isn't read together with it.",
    remedy="Choose parameters on a validation part or by cross-validation, and score the test part once.",
    bad={
        "tune.py": "import pandas as pd\n"
        "from sklearn.model_selection import train_test_split\n"
        "from sklearn.neighbors import KNeighborsClassifier\n\n"
        "rows = pd.read_csv('rows.csv')\n"
        "x_train, x_test, y_train, y_test = train_test_split(rows[['a']], rows['y'], random_state=1)\n"
        "for k in range(1, 40):\n"
        "    model = KNeighborsClassifier(n_neighbors=k)\n"
        "    model.fit(x_train, y_train)\n"
        "    print(k, model.score(x_test, y_test))\n"
    },
    good={
        "tune.py": "import pandas as pd\n"
        "from sklearn.model_selection import GridSearchCV, train_test_split\n"
        "from sklearn.neighbors import KNeighborsClassifier\n\n"
        "rows = pd.read_csv('rows.csv')\n"
        "x_train, x_test, y_train, y_test = train_test_split(rows[['a']], rows['y'], random_state=1)\n"
        "search = GridSearchCV(KNeighborsClassifier(), {'n_neighbors': list(range(1, 40))})\n"
        "search.fit(x_train, y_train)\n"
        "print(search.score(x_test, y_test))\n"
    },
)
def parameters_chosen_on_test(view: View) -> Answer:
    """Test parts that choose a parameter; the other leak patterns are counted under dat.7."""
    return tuned_on_test(view)


@debt.signal(
    "llm.4",
    source=PY,
    anchors=(0, 3),
    severity=3,
    precision=M,
    unit="places",
    lifecycle="experimental",  # ours, and not yet judged by others
    caution="A schema that another module applies; a text that is split to be shown and for nothing else. A folder of "
    "evaluations anywhere in the component clears it.",
    remedy="Ask for an answer of a schema (response_format, a tool, with_structured_output), validate what comes back, "
    "and keep a set of cases that each change of model or prompt must pass.",
    bad={
        "answer.py": "import json\n\nfrom openai import OpenAI\n\n\ndef fields(invoice: str) -> dict:\n"
        "    reply = OpenAI().responses.create(model='gpt-4o-2024-08-06', input=f'Give JSON: {invoice}')\n"
        "    return json.loads(reply.output_text)\n"
    },
    good={
        "answer.py": "from openai import OpenAI\nfrom pydantic import BaseModel\n\n\n"
        "class Fields(BaseModel):\n    total: float\n\n\ndef fields(invoice: str) -> Fields:\n"
        "    reply = OpenAI().responses.create(model='gpt-4o-2024-08-06', input=f'Give JSON: {invoice}')\n"
        "    return Fields.model_validate_json(reply.output_text)\n"
    },
)
def completions_parsed_unchecked(view: View) -> Answer:
    """Completions taken apart without a schema, in a component without a set of cases to try them on."""
    return unchecked_outputs(view)
