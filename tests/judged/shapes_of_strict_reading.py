"""Shapes of what two strict readers of fresh samples found wrong, and their twins."""

import json

from tests.judged.shapes import Files, Shape


def _notebook(*cells: str, counts: tuple[int, ...]) -> str:
    code = [
        {"cell_type": "code", "execution_count": count, "source": cell, "metadata": {}, "outputs": []}
        for cell, count in zip(cells, counts, strict=True)
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": code})


WORK = ("import sys\nprint(sys.version)", "rows = 1", "rows += 1\nrows.to_csv('rows.csv')")


def _worked(*counts: int) -> Files:
    return {"explore.ipynb": _notebook(*WORK, counts=counts)}


RUN = (
    Shape(
        "a cell of imports that was run again",
        "pro.2",
        "",
        _worked(2, 2, 3),
        {"explore.ipynb": _notebook("import sys\nrows = 0", *WORK[1:], counts=(2, 2, 3))},
        "saved from two sessions",
    ),
    Shape(
        "equal counts that tell no order",
        "pro.2",
        "out of order",
        _worked(1, 2, 2),
        _worked(1, 3, 2),
    ),
    Shape(
        "a notebook that a program could run",
        "pro.3",
        "call or test",
        {"explore.ipynb": _notebook("from sklearn.svm import SVC\nSVC().fit([[0], [1]], [0, 1])", counts=(1,))},
        {"explore.ipynb": _notebook("from sklearn.svm import SVC\nSVC().fit([[0], [1]], [0, 1])", counts=(1,))},
        "import them from there",
    ),
)

FIELDS = "".join(f"        self.field_{n} = None\n" for n in range(40))
WORKED = "".join(f"        self.field_{n} = rows or {n}\n" for n in range(40))
BRANCH = "        if rows:\n            rows = 1\n"
MORE = "".join(f"        rows = rows + {n}\n" for n in range(15))
OPTIONS = "".join(f'    parser.add_argument("--{n}")\n' for n in range(160))

COUNTED = (
    Shape(
        "a constructor that sets its fields to nothing",
        "defect-long-method",
        "__init__",
        {"cell.py": f"class Cell:\n    def __init__(self, rows):\n{FIELDS}{BRANCH}{MORE}"},
        {"cell.py": f"class Cell:\n    def __init__(self, rows):\n{WORKED}{BRANCH}{MORE}"},
    ),
    Shape(
        "options of a command line one after another",
        "defect-long-method",
        "options",
        {"run.py": f"def options(parser, more):\n{OPTIONS}    if more:\n        return None\n    return parser\n"},
        {
            "run.py": f"def options(parser, more):\n{OPTIONS.replace('add_argument', 'append')}"
            "    if more:\n        return None\n    return parser\n"
        },
    ),
    Shape(
        "an entry that gets what the command line was parsed into",
        "defect-long-parameter-list",
        "show",
        {"show.py": "def show_cli(rows, depth, rate, fold, seed, path):\n    return rows\n"},
        {"show.py": "def show(rows, depth, rate, fold, seed, path):\n    return rows\n"},
    ),
)

READ = 'import pandas as pd\n\nrows = pd.read_csv("apples.csv")\n'

TRAINED = "from sklearn.svm import SVC\n\n\ndef train():\n    import numpy\n\n    SVC().fit(numpy.ones(2), [0, 1])\n"

CHOSEN = (
    Shape(
        "the share of a split",
        "cfg.2",
        "",
        {
            "train.py": "from pyspark.ml.tuning import TrainValidationSplit\n\n"
            "TrainValidationSplit(evaluator=evaluator, trainRatio=0.75)\n"
        },
        {"train.py": "from pyspark.ml.recommendation import ALS\n\nALS(rank=7)\n"},
    ),
    Shape(
        "a read of which columns are then taken",
        "udd.2",
        "read_csv",
        {"load.py": READ + 'rows = rows[["size", "colour"]]\n'},
        {"load.py": READ + 'print(rows[["size", "colour"]])\n'},
    ),
    Shape(
        "a file that lists its features",
        "udd.2",
        "read_csv",
        {"load.py": READ + 'FEATURE_NAMES = ["size", "colour"]\n'},
        {"load.py": READ + 'NAMES = ["size", "colour"]\n'},
    ),
    Shape(
        "a package that a function of the training imports",
        "rep.3",
        "unconditionally",
        {"requirements.txt": "numpy>=1.20\n", "train.py": TRAINED},
        {"requirements.txt": "numpy>=1.20\n", "train.py": TRAINED},
        "at module level",
    ),
)

SHAPES = (*RUN, *COUNTED, *CHOSEN)
