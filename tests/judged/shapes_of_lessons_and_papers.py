"""Shapes of what was wrong in draws from a library, a paper's code, a course and a trainer, and their twins."""

from scoring.debts import all_signals
from tests.judged.shapes import Files, Shape, notebook

TITLE = "# Apples\n\nSorts apples into kinds by their colour, for the people of the orchard.\n\n"
LESSONS = "# Apples\n\nThis repository contains tutorials on how apples are sorted into kinds by colour.\n\n"
TORCH = "import torch\nfrom torch.optim import SGD\n\n"
STEP = f"{TORCH}loss = torch.nn.Linear(2, 1)(torch.zeros(1, 2)).sum()\nloss.backward()\n"
KERAS = "import numpy as np\n{0}\nnp.random.seed(1)\nmodel = {1}.Sequential()\nmodel.fit(rows, kinds)\n"


def _taught(code: str, output: str = "") -> tuple[Files, Files]:
    """The same notebook as a lesson and as an application's."""
    lesson = notebook("import sklearn\n" + "print(rows)\n" * 20, code, output=output)
    return {"README.md": LESSONS, "one.ipynb": lesson}, {"README.md": TITLE, "one.ipynb": lesson}


_TWO = {
    f"lesson{n}/{path}": text
    for signal in all_signals()
    if signal.id == "abs.2"
    for n, (path, text) in enumerate(signal.bad.items())
}
"""The example of the signal itself, each module in a lesson of its own."""

COURSES = (
    Shape(
        "outputs of a lesson",
        "pro.8",
        "MB of outputs",
        *({**files, "sort.py": "apples = 1\n" * 60} for files in _taught("plot()", "x" * 1_500_000)),
    ),
    Shape(
        "a lesson that repeats another",
        "abs.2",
        "both fit models",
        {"README.md": LESSONS, "model_of_the_rig.py": "", **_TWO},
        {"README.md": TITLE, **_TWO},
    ),
)

GIVEN = (
    "import pandas\n\n\nclass Processor:\n    def adapt(self, seen, gain, over, told):\n        seen = self.cut(seen)\n"
)
COMMANDS = "## Usage\n\n```bash\n{0}\npython train.py\n```\n"
IMPORTS = "import lmdb\nimport natsort\nfrom sklearn.svm import SVC\n\nSVC(random_state=1).fit(rows, kinds)\n"
PAPER = (
    f"{TITLE}## Dependencies\n\n```bash\npip install torch\n```\n\n## Dataset\n\nPhotographs.\n\n"
    "## Training and evaluation\n\n```bash\npython train.py\n```\n\n## Pretrained models\n\nBelow.\n\n"
)
FIT = {"train.py": "from sklearn.svm import SVC\n\nSVC(random_state=1).fit(rows, kinds)\n"}

_MODEL = (
    "from sklearn.svm import SVC\n\nfrom base import Base\n\n\n"
    "class {0}(Base):\n    def fit(self, {1}):\n        SVC().fit(x, y)\n"
)
BASE = {"base.py": "import sklearn\n\n\nclass Base:\n    def embed(self):\n        return self\n"}
PLAIN = {f"plain/{name.lower()}.py": _MODEL.format(name, "x") for name in ("One", "Two", "Three", "Four")}
FEATURED = {f"featured/{name.lower()}.py": _MODEL.format(name, "x, y") for name in ("Five", "Six", "Seven")}

OTHERS = (
    Shape(
        "models of another kind in a folder of their own",
        "abs.1",
        "Five.fit needs",
        {**BASE, **PLAIN, **FEATURED},
        {**BASE, **PLAIN, "plain/five.py": _MODEL.format("Five", "x, y")},
    ),
    Shape(
        "parameters handed back in their order",
        "abs.5",
        "adapt hands over 4 items",
        {"load.py": f"{GIVEN}        return seen, gain, over, told\n"},
        {"load.py": f"{GIVEN}        return seen, over, gain, told\n"},
    ),
    Shape(
        "what a batch of environments gives",
        "abs.5",
        "hands over 4 items",
        {"load.py": "import pandas\n\n\nclass Many(Envs):\n    def step_wait(self):\n        return a, b, c, d\n"},
        {"load.py": "import pandas\n\n\nclass Many(Envs):\n    def wait(self):\n        return a, b, c, d\n"},
    ),
    Shape(
        "layers of Keras beside a seed of NumPy",
        "rep.1",
        "unseeded",
        {"train.py": KERAS.format("from keras import models", "models")},
        {"train.py": KERAS.format("import tensorflow as tf", "tf.keras")},
    ),
    Shape(
        "points of a plot drawn at random",
        "rep.1",
        "unseeded",
        {"train.py": f"from sklearn.manifold import TSNE\n{FIT['train.py']}TSNE().fit_transform(rows)\n"},
        {"train.py": f"from sklearn.cluster import KMeans\n{FIT['train.py']}KMeans().fit_transform(rows)\n"},
    ),
    Shape(
        "a cell that a hosted notebook did not count",
        "pro.2",
        "run out of order",
        {"one.ipynb": notebook("a = 1", "b = 2", "c = 3", counts=(1, 0, 2))},
        {"one.ipynb": notebook("a = 1", "b = 2", "c = 3", counts=(1, 3, 2))},
    ),
    Shape(
        "a notebook of a repository that declares nothing",
        "rep.7",
        "nothing declares",
        {"one.ipynb": notebook("import natsort")},
        {"one.ipynb": notebook("import natsort"), "requirements.txt": "numpy==1.26.4\n"},
    ),
    Shape(
        "packages that the README's commands install",
        "rep.3",
        "nobody can install",
        {"README.md": TITLE + COMMANDS.format("pip3 install lmdb natsort"), "train.py": IMPORTS},
        {"README.md": TITLE + COMMANDS.format("cd apples"), "train.py": IMPORTS},
    ),
    Shape(
        "versions that the README's commands name",
        "rep.3",
        "at whatever is newest",
        {"README.md": TITLE + COMMANDS.format("pip install lmdb==1.4.1 natsort==8.4.0"), "train.py": IMPORTS},
        {"README.md": TITLE + COMMANDS.format("pip install lmdb natsort"), "train.py": IMPORTS},
    ),
    Shape(
        "a package by the name that conda gives it",
        "rep.3",
        "leave out natsort, scikit-learn, torch",
        {"README.md": TITLE + COMMANDS.format("conda install pytorch lmdb"), "train.py": f"import torch\n{IMPORTS}"},
        {"README.md": TITLE + COMMANDS.format("conda install lmdb"), "train.py": f"import torch\n{IMPORTS}"},
    ),
    Shape(
        "a README that answers the checklist for a paper's code",
        "rep.11",
        "No model card",
        {"README.md": f"{PAPER}## Results\n\nNine in ten.\n", **FIT},
        {"README.md": PAPER, **FIT},
    ),
)

SHAPES = (*COURSES, *OTHERS)
