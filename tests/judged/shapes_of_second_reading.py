"""Shapes of what a second reader of a sample found wrong, and their twins."""

import json

from tests.judged.shapes import Files, Shape

PINNED = "scikit-learn==1.5.0\n"


def _statements(count: int, indent: str = "    ") -> str:
    return "".join(f"{indent}rows = rows + {n}\n" for n in range(count))


GUARDS = "".join(f"    if rows == {n}:\n        return {n}\n" for n in range(16))
"""Sixteen early returns."""
NESTED = "".join(f"    if rows == {n}:\n        rows = {n}\n" for n in range(16))
LAID_OUT = "".join(f"        name_{n}=rows,\n" for n in range(60))

CALLED_EASILY = (
    Shape(
        "parameters of which most have a default",
        "defect-long-parameter-list",
        "search",
        {"search.py": "def search(rows, depth=1, rate=2, fold=3, seed=4, path=''):\n    return rows\n"},
        {"search.py": "def search(rows, depth, rate, fold, seed, path):\n    return rows\n"},
    ),
    Shape(
        "a tool whose parameters are its schema",
        "defect-long-parameter-list",
        "search",
        {
            "search.py": "from langchain_core.tools import tool\n\n\n@tool\n"
            "def search(rows, depth, rate, fold, seed, path):\n    return rows\n"
        },
        {
            "search.py": "from functools import cache\n\n\n@cache\n"
            "def search(rows, depth, rate, fold, seed, path):\n    return rows\n"
        },
    ),
    Shape(
        "a hook that an event calls",
        "defect-long-parameter-list",
        "batch_end",
        {"log.py": "class Log:\n    def on_batch_end(self, a, b, c, d, e, f):\n        return a\n"},
        {"log.py": "class Log:\n    def batch_end(self, a, b, c, d, e, f):\n        return a\n"},
    ),
    Shape(
        "a long body of two calls laid out by argument",
        "defect-long-method",
        "build",
        {"steps.py": f"def build(rows):\n    if rows:\n        rows = 1\n    return make(\n{LAID_OUT}    )\n"},
        {"steps.py": f"def build(rows):\n    if rows:\n        rows = 1\n{_statements(160)}    return rows\n"},
    ),
    Shape(
        "a body of guards",
        "defect-long-method",
        "answer",
        {"serve.py": f"def answer(rows):\n{GUARDS}{_statements(10)}    return rows\n"},
        {"serve.py": f"def answer(rows):\n{NESTED}{_statements(10)}    return rows\n"},
    ),
)

RAISED = "    if a:\n        rows += 1\n        rows *= 2\n"


def _flags(body: str) -> Files:
    return {"run.py": f"def run(rows, a=True, b=True, c=True, d=True):\n{body}    return rows\n"}


INDEPENDENT = _flags("".join(RAISED.replace("if a", f"if {name}") for name in "abc"))

MULTIPLIED = (
    Shape(
        "flags inside one another",
        "dec.7",
        "run",
        _flags(
            "    if a:\n        rows += 1\n        if b:\n            rows += 2\n            rows *= 3\n"
            "            if c:\n                rows += 3\n                rows *= 3\n"
        ),
        INDEPENDENT,
    ),
    Shape(
        "flags in ways that exclude each other",
        "dec.7",
        "run",
        _flags(
            "    if rows:\n        if a:\n            rows += 2\n            rows *= 3\n        rows += 1\n"
            "    else:\n        if b:\n            rows += 2\n            rows *= 3\n        rows += 1\n"
            + RAISED.replace("if a", "if c")
        ),
        INDEPENDENT,
    ),
    Shape(
        "flags of one effect each",
        "dec.7",
        "run",
        _flags("    rows = rows if a else 1\n    if b:\n        rows += 1\n    if c:\n        rows += 2\n"),
        INDEPENDENT,
    ),
)

ARRAYS = "import pandas as pd\n\n{made}\nprint(df['a'].values)\n"


def _notebook(code: str) -> str:
    cell = {"cell_type": "code", "execution_count": 1, "source": code, "metadata": {}, "outputs": []}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]})


FITTED = (
    "from sklearn.model_selection import train_test_split\nfrom sklearn.linear_model import Ridge\n\n"
    "x, z, y, w = train_test_split(rows, labels)\nmodel = Ridge(alpha=1)\nmodel.fit(x, y)\n"
)

LOOKED_AT = (
    Shape(
        "a frame of literals asked for its values",
        "mls-08",
        "",
        {"array.py": ARRAYS.format(made="df = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})")},
        {"array.py": ARRAYS.format(made="df = pd.read_csv('apples.csv')")},
    ),
    Shape(
        "a frame asked for its values in a notebook",
        "mls-08",
        "",
        {"explore.ipynb": _notebook(ARRAYS.format(made="df = pd.read_csv('apples.csv')"))},
        {"explore.py": ARRAYS.format(made="df = pd.read_csv('apples.csv')")},
    ),
    Shape(
        "a notebook that a module was made of",
        "pro.3",
        "explore.ipynb",
        {"explore.ipynb": _notebook(FITTED), "train.py": FITTED, "Makefile": "model:\n\tpython train.py\n"},
        {
            "explore.ipynb": _notebook(FITTED),
            "train.py": FITTED.replace("Ridge", "Lasso"),
            "Makefile": "model:\n\tpython train.py\n",
        },
    ),
)

LISTED = "import glob\n\nimport numpy\n\n\ndef load(images):\n    found = glob.glob(images)\n{then}"
CLOCK = "import datetime\n\nimport numpy\n\n\ndef {name}(rows):\n    return rows > datetime.datetime.now()\n"

IN_NO_ORDER = (
    Shape(
        "a listing of which one item is expected",
        "rep.10",
        "glob",
        {
            "load.py": LISTED.format(
                then="    if len(found) > 1:\n        raise ValueError(found)\n    return numpy.load(found[0])\n"
            )
        },
        {
            "load.py": LISTED.format(
                then="    if len(found) > 1:\n        return [numpy.load(name) for name in found]\n    return found\n"
            )
        },
    ),
    Shape(
        "a listing that is only counted and asked for a member",
        "rep.10",
        "glob",
        {"load.py": LISTED.format(then="    return len(found), 'a.png' in found\n")},
        {"load.py": LISTED.format(then="    return len(found), found\n")},
    ),
    Shape(
        "the moment at which live data are asked for",
        "rep.10",
        "now",
        {"answer.py": CLOCK.format(name="recent")},
        {"train_model.py": CLOCK.format(name="recent")},
    ),
)

TRAINED = "from sklearn.svm import SVC\n\nSVC().fit([[0], [1]], [0, 1])\n"
MODEL_DIFFERS = "differ from the one that trained the model"


def _loose(package: str, code: str) -> Files:
    return {"requirements.txt": f"scikit-learn==1.5.0\n{package}\n", "train.py": code}


RESTS_ON = (
    Shape(
        "a loose package that nothing imports",
        "rep.3",
        MODEL_DIFFERS,
        _loose("scipy", TRAINED),
        _loose("scipy", f"import scipy\n{TRAINED}"),
    ),
    Shape(
        "a loose package imported where it is there",
        "rep.3",
        MODEL_DIFFERS,
        _loose("scipy", f"try:\n    import scipy\nexcept ImportError:\n    scipy = None\n{TRAINED}"),
        _loose("scipy", f"import scipy\n{TRAINED}"),
    ),
    Shape(
        "a loose package of pictures",
        "rep.3",
        MODEL_DIFFERS,
        _loose("matplotlib", f"import matplotlib\n{TRAINED}"),
        _loose("numpy", f"import numpy\n{TRAINED}"),
    ),
    Shape(
        "a loose package that a tool imports",
        "rep.3",
        MODEL_DIFFERS,
        {**_loose("scipy", TRAINED), "bench.py": "import scipy\n\nprint(scipy)\n"},
        {**_loose("scipy", f"import bench\n{TRAINED}"), "bench.py": "import scipy\n\nprint(scipy)\n"},
    ),
    Shape(
        "a package that always comes with a declared one, in a notebook",
        "rep.7",
        "joblib",
        {"requirements.txt": PINNED, "explore.ipynb": _notebook("import joblib\nimport sklearn\n")},
        {"requirements.txt": "rich==1.0\n", "explore.ipynb": _notebook("import joblib\nimport sklearn\n")},
    ),
)

SHAPES = (*CALLED_EASILY, *MULTIPLIED, *LOOKED_AT, *IN_NO_ORDER, *RESTS_ON)
