"""Shapes of what strict readers found wrong in the later draws of fresh repositories, and their twins."""

from tests.judged.shapes import Shape, notebook

_SQL = "".join(f"select {n};\n" for n in range(200))
_PYTHON = "".join(f"x{n} = {n}\n" for n in range(100))
_LESSONS = {
    "notebooks/one.ipynb": notebook("from sklearn.svm import SVC\n\nSVC().fit(x, y)\n"),
    "notebooks/code/figures.py": "from sklearn.neighbors import KNeighborsClassifier\n\n\ndef plot(x, y):\n"
    + "".join(f"    print({n})\n" for n in range(30))
    + "    KNeighborsClassifier(n_neighbors=3).fit(x, y)\n\n\nplot(1, 2)\n",
}
_PROPERTIES = "models:\n  - name: orders\n    columns:\n      - name: id\n"
_PAGE = "import {module}\n\n" + "".join(f"st.write({n})\n" for n in range(200))
_KERNEL = "{mark}def path(x, y, mask, costs, left, right):\n    for a in x:\n        y += a\n    return y\n"
_ASKED = "import os\n\nshared = '/data/shared/db'\nif {asked}:\n    {then}\nprint(os.listdir(shared))\n"
_ONE_CALL = "\n\ndef run(x, y, mask, costs, left, right):\n    return _path({given})\n"
THIRD = (
    Shape(
        "a page that its framework runs from the top",
        "defect-spaghetti",
        "run when the file is imported",
        {
            "app.py": _PAGE.format(module="streamlit as st"),
            "main.py": "import app\n\nif __name__ == '__main__':\n    app\n",
        },
        {
            "app.py": _PAGE.format(module="numpy as st"),
            "main.py": "import app\n\nif __name__ == '__main__':\n    app\n",
        },
    ),
    Shape(
        "a kernel that is compiled for its arrays",
        "defect-long-parameter-list",
        "path takes",
        {"paths.py": "from numba import njit\n\n\n" + _KERNEL.format(mark="@njit()\n")},
        {"paths.py": "from numba import njit\n\n\n" + _KERNEL.format(mark="")},
    ),
    Shape(
        "a private function whose one call gives each by its name",
        "defect-long-parameter-list",
        "_path takes",
        {
            "paths.py": _KERNEL.format(mark="").replace("path", "_path")
            + _ONE_CALL.format(given="x, y, mask, costs, left, right")
        },
        {
            "paths.py": _KERNEL.format(mark="").replace("path", "_path")
            + _ONE_CALL.format(given="y, x, 1, 2, right, left")
        },
    ),
    Shape(
        "a path that the code does without where it is not there",
        "cfg.4",
        "/data/shared/db",
        {"db.py": _ASKED.format(asked="os.path.isdir(shared)", then="print('shared')")},
        {"db.py": _ASKED.format(asked="not os.path.isdir(shared)", then="raise SystemExit(1)")},
    ),
    Shape(
        "the image in which it is developed",
        "rep.9",
        "python:latest",
        {".devcontainer/devcontainer.json": '{"image": "python:latest"}\n'},
        {"Dockerfile": "FROM python:latest\n"},
    ),
    Shape(
        "models of dbt whose keys are tested",
        "mul.5",
        "SQL",
        {
            "dbt_project.yml": "name: shop\n",
            "models/orders.sql": _SQL,
            "models/schema.yml": f"{_PROPERTIES}        tests: [unique, not_null]\n",
        },
        {
            "dbt_project.yml": "name: shop\n",
            "models/orders.sql": _SQL,
            "models/schema.yml": _PROPERTIES,
        },
    ),
    Shape(
        "modules that serve the notebooks of a tutorial",
        "cfg.2",
        "KNeighborsClassifier",
        {"README.md": "# Learning Tutorial\n\nNotebooks of a tutorial.\n", **_LESSONS},
        {"README.md": "# Learning\n\nFinds neighbours for the shop.\n", **_LESSONS},
    ),
)

_SEARCH = "from sklearn.model_selection import RandomizedSearchCV as Search\n\n"
_REST = "    # rows.checkbox('Matrix', True)\n    # rows.checkbox('Curve', True)\n    # rows.checkbox('Loss', True)\n"
_READS = notebook(
    "import pandas as pd\nfrom sklearn.svm import SVC\n\nrows = pd.read_csv('rows.csv')\nSVC().fit(rows, rows['y'])\n"
    + "".join(f"print({n})\n" for n in range(30))
)
_CONDA = (
    "dependencies:\n  - python=3.9\n  - pip:\n      - numpy==1.26\n      - cffi==1.15.0\n      - defusedxml==0.7.1\n"
)
_PINNED_R = {"score.R": "".join(f"x{n} <- {n}\n" for n in range(200))}
_COPY = (
    "import numpy\n\n\ndef {name}(path, rows, limit=9):\n"
    "    found = [row.strip().split(',') for row in path.open() if row]\n    for row in found[:limit]:\n"
    "        if len(row) > 3 and row[0] not in rows:\n            rows[row[0]] = float(row[1]) * 2 - row.count('x')\n"
    "        elif not row[2].startswith('#'):\n            rows.update(other=row[2] or None, last=row[-1])\n"
    "    total = sum(value for value in rows.values() if value is not None)\n"
    "    if total <= 0:\n        raise ValueError(f'nothing in {{path}}', limit=limit)\n"
    "    with path.with_suffix('.out').open('w') as out:\n"
    "        for row in sorted(rows.items(), key=len, reverse=True):\n            out.write('%s=%s' % row)\n"
    "            limit -= 1\n            while limit and row[1:]:\n                row = row[1:]\n"
    "    return {{name: value / total for name, value in rows.items()}}\n"
)
_TWICE = {
    **{f"{name}.ipynb": notebook(_COPY.format(name=name)) for name in ("one", "two")},
    "three.py": _COPY.format(name="three"),
}

FIFTH = (
    Shape(
        "a table that a lesson brings",
        "dat.1",
        "nothing checks",
        {"README.md": "# Learning Tutorial\n\nNotebooks of a tutorial.\n", "notebooks/one.ipynb": _READS},
        {"README.md": "# Learning\n\nFinds neighbours for the shop.\n", "notebooks/one.ipynb": _READS},
    ),
    Shape(
        "a word to a type checker",
        "sat.2",
        "must be annotated",
        {"a.py": "# pyre-fixme[5]: Global expression must be annotated.\nx = 1\n"},
        {"a.py": "# FIXME: the global must be annotated.\nx = 1\n"},
    ),
    Shape(
        "a remark in a block that is commented out",
        "sat.2",
        "show some examples",
        {"a.py": f"def draw(rows):\n{_REST}    # # TODO: show some examples\n{_REST}    return 1\n"},
        {"a.py": "def draw(rows):\n    # TODO: show some examples\n    rows.checkbox('Sample', True)\n    return 1\n"},
    ),
    Shape(
        "an environment that a tracker wrote beside a run's model",
        "rep.4",
        "cffi",
        {"train.py": "import numpy\n", "mlruns/1/8e25/artifacts/model/conda.yaml": _CONDA},
        {"train.py": "import numpy\n", "conda.yaml": _CONDA},
    ),
    Shape(
        "how long a search may go on",
        "cfg.2",
        "RandomizedSearchCV gets",
        {"a.py": f"{_SEARCH}Search(model, space, n_iter=40).fit(x)\n"},
        {"a.py": f"{_SEARCH}Search(model, space, top=40).fit(x)\n"},
    ),
    Shape(
        "Python that stands in notebooks alone",
        "mul.5",
        "Python",
        {**_PINNED_R, "look.ipynb": notebook("import numpy\n" + _PYTHON)},
        {**_PINNED_R, "look.py": "import json\n" + _PYTHON},
    ),
    Shape(
        "a collection of notebooks that stand alone",
        "duplicate-code",
        "lines",
        {"README.md": "# Models\n\nA collection of many models, with tips, in notebooks.\n", **_TWICE},
        {"README.md": "# Models\n\nWhat the shop asks for the price, in notebooks.\n", **_TWICE},
    ),
)

SHAPES = (*THIRD, *FIFTH)
