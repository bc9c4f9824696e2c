"""Shapes of what was wrong in draws from a service, a competition, a chat over documents and a Kedro project."""

from tests.judged.shapes import Files, Shape

FREEZE = "".join(f"package-{n}==1.0\n" for n in range(40))
FITS_KERAS = "import tensorflow as tf\n\n"
VECTORS = "from sklearn.feature_extraction.text import TfidfVectorizer\n\nfound = TfidfVectorizer(ngram_range={})\n"
AXES = "from sklearn.decomposition import PCA\n\nparts = PCA(n_components={})\n"
DATABASE = "services:\n  store:\n    image: orchard/store:latest\n"
CROPS = (
    "import torch\nfrom albumentations import DualTransform\n\n\nclass Crop(DualTransform):\n"
    "    def {}(self, params):\n        return {{'x': 1, 'y': 2, 'w': params, 'h': params}}\n"
)
SETTINGS = (
    "import os\n\n\nclass Settings:\n    def {}(self, source):\n"
    + "".join(
        f"        self.of_{n} = first(\n            source.get('of_{n}'),\n            os.environ.get('OF_{n}'),\n"
        f"            default={n},\n        )\n"
        for n in range(34)
    )
    + "        if source:\n            self.made = True\n"
)
CHUNK = (
    "import torch\n\n\nclass Chunk:\n    def {}(self):\n        return {{'a': self.a, 'b': self.b, 'c': 3, 'd': 4}}\n"
)


def _listed(*names: str) -> str:
    return FREEZE + "".join(f"{name}==1.0\n" for name in names)


def _unused(name: str, kept: str, user: str, code: str) -> Shape:
    both = f"scikit-learn==1.0\n{user}==1.0\n{kept}==1.0\n"
    quiet: Files = {"requirements.txt": both, "use.py": code}
    return Shape(name, "rep.4", kept, quiet, {**quiet, "requirements.txt": both + "shapely==2.0\n"}, "shapely")


PACKAGES = (
    Shape(
        "two of a purpose that a freeze lists and nobody chose",
        "pkg.5",
        "click and plac",
        {"requirements.txt": _listed("click", "plac")},
        {"requirements.txt": _listed("click", "plac"), "a.py": "import click\nimport plac\n\nprint(click, plac)\n"},
    ),
    Shape(
        "a module of Python in a freeze",
        "rep.4",
        "part of Python itself",
        {"requirements.txt": _listed("scikit-learn", "logging")},
        {"requirements.txt": "scikit-learn==1.0\nlogging==0.4\n"},
    ),
    Shape(
        "a library whose logo lies in the tree",
        "rep.4",
        "orchardist",
        {
            "requirements.txt": "scikit-learn==1.0\norchardist-client==1.0\n",
            "web/orchardist.png": "x",
            "use.py": "import orchardist\n\norchardist.Client()\n",
        },
        {
            "requirements.txt": "scikit-learn==1.0\norchardist-client==1.0\n",
            "use.py": "import sklearn\n\nprint(sklearn)\n",
        },
    ),
    _unused(
        "what an old library of networks needs",
        "keras-applications",
        "keras",
        "import keras\n\nkeras.Sequential()\n",
    ),
    _unused("what notebooks need", "ipython-genutils", "pandas", "import pandas\n\npandas.DataFrame()\n"),
    Shape(
        "a command line whose parser its framework brings",
        "rep.4",
        "only by chance",
        {
            "requirements.txt": "scikit-learn==1.0\nkedro==0.18\n",
            "cli.py": "import click\nimport kedro\n\nprint(click, kedro)\n",
        },
        {"requirements.txt": "scikit-learn==1.0\n", "cli.py": "import click\n\nprint(click)\n"},
    ),
    Shape(
        "a plugin of the test runner",
        "rep.3",
        "pytest-mock",
        {"requirements.txt": "scikit-learn==1.0\npytest-mock>=1.7\n"},
        {"requirements.txt": "scikit-learn==1.0\npytest-mock>=1.7\npandas>=1.0\n", "a.py": "import pandas\n"},
        "pandas",
    ),
)

IMAGES = (
    Shape(
        "a base image that is built at home",
        "rep.9",
        "has no digest",
        {"Dockerfile": "FROM orchard.base\n"},
        {"Dockerfile": "FROM python\n"},
    ),
    Shape(
        "a database beside an image that is built here",
        "rep.9",
        "orchard/store",
        {"Dockerfile": "FROM python:3.11\n", "docker-compose.yml": DATABASE},
        {"docker-compose.yml": DATABASE},
    ),
)

CODE = (
    Shape(
        "a vectoriser with the words that it takes anyway",
        "cfg.2",
        "ngram_range",
        {"a.py": VECTORS.format("(1, 1)")},
        {"a.py": VECTORS.format("(1, 2)")},
    ),
    Shape(
        "the axes of a picture",
        "cfg.2",
        "n_components",
        {"a.py": AXES.format(3)},
        {"a.py": AXES.format(40)},
    ),
    Shape(
        "what a library of transforms asks for",
        "abs.5",
        "hands over",
        {"a.py": CROPS.format("get_params_dependent_on_targets")},
        {"a.py": CROPS.format("find_box")},
    ),
    Shape(
        "a record written as JSON",
        "abs.5",
        "hands over",
        {"a.py": CHUNK.format("to_json")},
        {"a.py": CHUNK.format("measure")},
    ),
    Shape(
        "a constructor that looks each setting up",
        "defect-long-method",
        "lines of code",
        {"a.py": SETTINGS.format("__init__")},
        {"a.py": SETTINGS.format("fill")},
    ),
    Shape(
        "the level of what TensorFlow logs",
        "abs.9",
        "compat.v1",
        {"a.py": FITS_KERAS + "tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.ERROR)\n"},
        {"a.py": FITS_KERAS + "tf.compat.v1.Session()\n"},
    ),
)

SHAPES = (*PACKAGES, *IMAGES, *CODE)
