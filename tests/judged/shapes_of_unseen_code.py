"""Shapes of what was wrong of code and packages in draws from repositories nobody had tuned on, and their twins."""

from tests.judged.shapes import Files, Shape, notebook

FIT = "from sklearn.svm import SVC\n\nSVC(random_state=1).fit(rows, kinds)\n"
MANY = "def {}(a, b, c, d, e, f, g):\n    return a * b + c * d + e * f + g\n"
LOOP = "import cv2\nimport pandas as pd\n\nrows = pd.read_csv('rows.csv')\nfor name, row in rows.iterrows():\n    {}\n"
TOLD = "from datetime import datetime\n\nimport sklearn\n\n\ndef {}(rows):\n    return rows.fit(datetime.now())\n"


def _documented(lines: int, code: int) -> str:
    said, done = "    Round.\n" * lines, "        self.x += 1\n" * (code // 6)
    methods = "".join(f"    def sort_{number}(self):\n{done}\n" for number in range(6))
    return f'class Apple:\n    """Apples.\n\n{said}    """\n\n{methods}'


def _sized(lines: int) -> Files:
    body = "import numpy\n" + "".join(f"ROW_{number} = {number}\n" for number in range(lines))
    return {"utils.py": body, "main.py": "import utils\n\nprint(utils)\n"}


CODE = (
    Shape(
        "a private formula of one statement",
        "defect-long-parameter-list",
        "takes 7 parameters",
        {"sort.py": MANY.format("_weigh")},
        {"sort.py": MANY.format("weigh")},
    ),
    Shape(
        "a table of prompts",
        "defect-spaghetti",
        "run when the file is imported",
        {
            "prompts.py": "import sklearn\nfrom kit import Prompt\n\n"
            + "".join(f"P{n} = Prompt.from_template('{n}')\n" for n in range(160)),
            "main.py": "import prompts\n",
        },
        {
            "prompts.py": "import sklearn\nimport kit\n\n" + "".join(f"p{n} = kit.ask('{n}')\n" for n in range(160)),
            "main.py": "import prompts\n",
        },
    ),
    Shape(
        "the parts of a split",
        "abs.5",
        "hands over",
        {"load.py": "import pandas\n\n\ndef split_rows(a, b, c, d):\n    return d, c, b, a\n"},
        {"load.py": "import pandas\n\n\ndef load_rows(a, b, c, d):\n    return d, c, b, a\n"},
    ),
    Shape(
        "rows of a table that are filtered by their labels",
        "bun.2",
        "by a pattern of their names",
        {
            "fit.py": "import pandas as pd\nfrom sklearn.svm import SVC\n\n"
            "X = pd.read_csv('a.csv').filter(regex='red', axis=0)\nSVC().fit(X, X['kind'])\n"
        },
        {
            "fit.py": "import pandas as pd\nfrom sklearn.svm import SVC\n\n"
            "X = pd.read_csv('a.csv').filter(regex='red', axis=1)\nSVC().fit(X, X['kind'])\n"
        },
    ),
    Shape(
        "a share that nothing was counted for",
        "dat.6",
        "fillna",
        {"clean.py": "import pandas as pd\n\npercent = pd.DataFrame(rows).T\npercent.fillna(0, inplace=True)\n"},
        {"clean.py": "import pandas as pd\n\nprices = pd.DataFrame(rows).T\nprices.fillna(0, inplace=True)\n"},
    ),
    Shape(
        "a clock that is read to say when an epoch ends",
        "rep.10",
        "gives another value",
        {"train.py": FIT + TOLD.format("on_epoch_end")},
        {"train.py": FIT + TOLD.format("ages")},
    ),
    Shape(
        "rows that are written to a file each",
        "mls-01",
        "row by row",
        {"cut.py": LOOP.format("cv2.imwrite(name, row['mask'])")},
        {"cut.py": LOOP.format("total += row['mask']")},
    ),
    Shape(
        "a class that is long by its documentation",
        "defect-large-class",
        "Apple has",
        {"apple.py": _documented(300, 20)},
        {"apple.py": _documented(100, 310)},
    ),
    Shape("a short module of few users", "glu.6", "utils.py holds", _sized(80), _sized(200)),
)

RECIPE = "package:\n  name: apples\nrequirements:\n  run:\n    - python\n    - {}\n"
DOCKED = "dependencies:\n{}"
PACKAGES = (
    Shape(
        "a mapper beside a web framework",
        "pkg.5",
        "web frameworks",
        {"requirements.txt": "django==5.1\nfastapi==0.110\n", "a.py": "import django\nimport fastapi\n"},
        {"requirements.txt": "flask==3.0\nfastapi==0.110\n", "a.py": "import flask\nimport fastapi\n"},
    ),
    Shape(
        "a driver for each way of waiting",
        "pkg.5",
        "PostgreSQL drivers",
        {"requirements.txt": "asyncpg==0.29\npsycopg2-binary==2.9\n"},
        {"requirements.txt": "pg8000==1.30\npsycopg2-binary==2.9\n"},
    ),
    Shape(
        "what a loader imports by itself",
        "rep.4",
        "is declared and nothing imports it",
        {"load.py": "import numpy\n", "requirements.txt": "numpy==1\npymupdf==1.24\n"},
        {"load.py": "import numpy\n", "requirements.txt": "numpy==1\nshapely==2.0\n"},
    ),
    Shape(
        "what an adapter is named after",
        "rep.4",
        "openai is declared and nothing imports it",
        {"a.py": "import numpy\n", "requirements.txt": "numpy==1\nopenai==1.6\nllama-index-llms-openai==0.3\n"},
        {"a.py": "import numpy\n", "requirements.txt": "numpy==1\nopenai==1.6\nllama-index-llms-ollama==0.3\n"},
    ),
    Shape(
        "what a package in use brings",
        "rep.4",
        "typer is declared and nothing imports it",
        {"a.py": "import spacy\n", "requirements.txt": "spacy==3.4\ntyper==0.4\n"},
        {"a.py": "import numpy\n", "requirements.txt": "numpy==1\ntyper==0.4\n"},
    ),
    Shape(
        "what only scripts for developers import",
        "rep.4",
        "for development only",
        {"scripts/get.py": "import requests\n", "requirements.txt": "numpy\n", "requirements-dev.txt": "requests\n"},
        {
            "apples/__init__.py": "",
            "apples/get.py": "import requests\n",
            "requirements.txt": "numpy\n",
            "requirements-dev.txt": "requests\n",
        },
    ),
    Shape(
        "the recipe of a package",
        "rep.3",
        "numpy is declared",
        {"a.py": "import numpy\n", "conda-recipe/meta.yaml": RECIPE.format("numpy")},
        {"a.py": "import numpy\n", "environment.yaml": DOCKED.format("  - numpy\n")},
    ),
    Shape(
        "the recipe of a package is no environment",
        "rep.3",
        "is declared",
        {"a.py": "import numpy\n", "conda-recipe/meta.yaml": RECIPE.format("numpy")},
        {"a.py": "import numpy\n", "environment.yaml": DOCKED.format("  - numpy\n")},
    ),
    Shape(
        "a tool that checks code",
        "rep.3",
        "is declared",
        {"a.py": "import numpy\n", "requirements.txt": "numpy==1.2\nruff\n"},
        {"a.py": "import flask\n", "requirements.txt": "numpy==1.2\nflask\n"},
    ),
    Shape(
        "an export of all that conda installed",
        "pkg.1",
        "packages are declared to run",
        {"environment.yml": DOCKED.format("".join(f"  - package-{n}=1.0.{n}=py36_0\n" for n in range(90)))},
        {"requirements.txt": "".join(f"package-{n}>=1.0\n" for n in range(90))},
    ),
)

LINES = {
    "model_of_the_rig.py": "",
    "sort.ipynb": notebook("from sklearn.svm import SVC\n\nprint(SVC(random_state=1))\n"),
    "a.py": "".join(f"ROW_{number} = {number}\n" for number in range(150)),
}
"""The ML code lies in a notebook, which tst.1 asks for no test."""
CHECKS = (
    Shape(
        "CI that only greets and closes",
        "mul.5",
        "no CI job builds or runs it",
        {
            **LINES,
            ".github/workflows/a.yml": "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/stale@v4\n",
        },
        {**LINES, ".github/workflows/a.yml": "on: push\njobs:\n  a:\n    steps:\n      - run: echo done\n"},
    ),
)

SHAPES = (*CODE, *PACKAGES, *CHECKS)
