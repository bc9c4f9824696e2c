"""Shapes of what was wrong in draws from nine repositories that nobody had tuned on, and their twins."""

from tests.judged.shapes import Files, Shape, notebook

TITLE = "# Apples\n\nSorts apples into kinds by their colour, for the people of the orchard.\n\n"
LESSONS = "# Apples\n\nThis repository contains tutorials on how apples are sorted into kinds by colour.\n\n"
FIT = "from sklearn.svm import SVC\n\nSVC(random_state=1).fit(rows, kinds)\n"
LIBRARY = '[project]\nname = "apples"\nversion = "1"\ndependencies = [{}]\n'
INSTALL = f"{TITLE}```bash\npip install apples\n```\n"


def _taught(*cells: str) -> tuple[Files, Files]:
    """The same notebook as a lesson and as an application's."""
    lesson = notebook("import sklearn\n" + "print(rows)\n" * 20, *cells)
    return {"README.md": LESSONS, "one.ipynb": lesson}, {"README.md": TITLE, "one.ipynb": lesson}


def _library(files: Files, *needs: str) -> Files:
    return {"README.md": INSTALL, "pyproject.toml": LIBRARY.format(", ".join(map(repr, needs))), **files}


SORT = "from sklearn.svm import SVC\n\n\ndef one(rows):\n    return rows\n\n\ndef two(rows):\n    return SVC(C=3.5)\n"
LONG_CELL = "rows = 1\n" * 40

COURSES = (
    Shape("training in a lesson", "pro.3", "training code", *_taught(FIT)),
    Shape("settings of a lesson", "cfg.2", "SVC gets", *_taught(SORT)),
    Shape(
        "a lesson as long as what it explains",
        "pro.4",
        "hard to take over",
        *_taught(LONG_CELL, LONG_CELL, *["rows = 2"] * 60),
    ),
    Shape("a lesson without a model card", "rep.11", "No model card", *_taught(FIT)),
    Shape(
        "a course whose lessons load their own data",
        "doc.1",
        "where the data comes from",
        *_taught(FIT),
    ),
)

LIBRARIES = (
    Shape(
        "settings in an example of a library",
        "cfg.2",
        "SVC gets",
        _library({"apples/sort.py": "import sklearn\n", "examples/one.py": SORT}),
        {"apples/sort.py": "import sklearn\n", "examples/one.py": SORT},
    ),
    Shape(
        "a package that only the documentation's build needs",
        "rep.3",
        "torch is declared",
        {"a.py": "import torch\n", "rtd_requirements.txt": "torch\n"},
        {"a.py": "import torch\n", "requirements.txt": "torch\n"},
    ),
    Shape(
        "the environment of a library",
        "rep.9",
        "No container file",
        _library({"apples/sort.py": "import numpy\n"}, "numpy>=1.5"),
        {"sort.py": "import numpy\nimport rich\n", "requirements.txt": "numpy==1.5\nrich\n"},
    ),
)

NOTEBOOKS = (
    Shape(
        "a megabyte of outputs in all",
        "pro.8",
        "of outputs",
        {"plots.ipynb": notebook("show()", output="x" * 400_000)},
        {"plots.ipynb": notebook("show()", output="x" * 1_400_000)},
    ),
    Shape(
        "outputs that the documentation shows",
        "pro.8",
        "of outputs",
        {"docs/plots.ipynb": notebook("show()", output="x" * 1_400_000)},
        {"plots.ipynb": notebook("show()", output="x" * 1_400_000)},
    ),
    Shape(
        "one run that no cell shows",
        "pro.2",
        "not run from the top",
        {"explore.ipynb": notebook("rows = 1", "rows += 1", "print(rows)", counts=(1, 2, 4))},
        {"explore.ipynb": notebook("rows = 1", "rows += 1", "print(rows)", counts=(1, 2, 9))},
    ),
)

PAGES = (
    Shape(
        "a README that describes the files of data",
        "doc.1",
        "where the data comes from",
        {"train.py": FIT, "README.md": f"{TITLE}### Data Format\n\nOne apple a line.\n"},
        {"train.py": FIT, "README.md": f"{TITLE}### Data Structures\n\nOne tree a line.\n"},
    ),
    Shape(
        "a README that links a competition",
        "doc.1",
        "where the data comes from",
        {"train.py": FIT, "README.md": f"{TITLE}For the [contest](https://www.kaggle.com/c/apples) of last year.\n"},
        {"train.py": FIT, "README.md": f"{TITLE}For the [contest](https://example.org/c/apples) of last year.\n"},
    ),
    Shape(
        "a README that links how to run it",
        "doc.1",
        "how to run or train",
        {"README.md": f"{TITLE}Run it on [your machine](https://example.org/start).\n"},
        {"README.md": f"{TITLE}It does a long run each night.\n"},
    ),
    Shape(
        "a README that says what this is",
        "doc.1",
        "what the project is for",
        {"README.md": "# Apples\n\nThis is a baseline for the sorting of apples.\n"},
        {"README.md": "# Apples\n\nThis is old.\n"},
    ),
    Shape(
        "code that only asks a hosted model",
        "rep.11",
        "No model card",
        {"ask.py": "import torch\nfrom openai import OpenAI\n\nclient = OpenAI()\n"},
        {"train.py": FIT},
    ),
)

PATHS = (
    Shape(
        "the home of an image's account",
        "cfg.4",
        "one person's account",
        {"run.py": "HOME = '/home/user/work'\n"},
        {"run.py": "HOME = '/home/ann/work'\n"},
    ),
    Shape(
        "the address of a page",
        "cfg.4",
        "an absolute path",
        {"pages.py": "import django\n\n\ndef link(apple):\n    return f'/share/apple/{apple.slug}/'\n"},
        {"pages.py": "import django\n\n\ndef link(apple):\n    return f'/share/apple/{apple.slug}.csv'\n"},
    ),
)

SHAPES = (*COURSES, *LIBRARIES, *NOTEBOOKS, *PAGES, *PATHS)
