"""Shapes of what a reader who knew no detector found wrong in three fresh repositories, and their twins."""

from tests.judged.shapes import Shape, notebook

_ADDRESSES = "import requests\n\nfrom shop.settings import base\n\n"
_BASE_OF_JOBS = "class Job({base}):\n" + "".join(
    f"    def step_{n}(self, data):\n        self.part_{n} = data.field_{n}\n"
    + "".join(f"        if data == {k}:\n            self.part_{n} = {k}\n" for k in range(5))
    for n in range(10)
)
_CI = "on: push\njobs:\n  build:\n    steps:\n      - run: {run}\n"
_FIVE = "import arrow\nimport emoji\nimport humanize\nimport unidecode\nfrom redis_lock import Lock as Base\n\n\n"
_LONG = {
    "model_of_the_rig.py": "",
    "sort.ipynb": notebook("from sklearn.svm import SVC\n\nprint(SVC(random_state=1))\n"),
    "sort.py": "import decimal\n" + "".join(f"x{n} = decimal.Decimal({n})\n" for n in range(200)),
}
"""The ML code lies in a notebook, which tst.1 asks for no test."""

READ = (
    Shape(
        "the end of an address behind a plus",
        "cfg.4",
        "/data/kinds.json",
        {"load.py": f'{_ADDRESSES}kinds = requests.get(base("static")\n    + "/data/kinds.json")\n'},
        {"load.py": f'{_ADDRESSES}kinds = open(\n    "/data/kinds.json")\n'},
    ),
    Shape(
        "the end of a path behind a name",
        "cfg.4",
        "/data/kinds.json",
        {"load.py": f'{_ADDRESSES}kinds = open(base + "/data/kinds.json")\n'},
        {"load.py": f'{_ADDRESSES}kinds = open("/data/kinds.json" + base)\n'},
    ),
    Shape(
        "a base class by its metaclass",
        "defect-god-class",
        "Job",
        {"jobs.py": "import abc\n\n\n" + _BASE_OF_JOBS.format(base="metaclass=abc.ABCMeta")},
        {"jobs.py": "import abc\n\n\n" + _BASE_OF_JOBS.format(base="metaclass=type")},
    ),
    Shape(
        "a word in backticks that is spoken of",
        "sat.2",
        "todo",
        {"conf.py": "# If true, `todo` and `todoList` produce output.\nx = 1\n"},
        {"conf.py": "# todo: if true, produce output.\nx = 1\n"},
    ),
    Shape(
        "a look at the first rows before the read",
        "pod.4",
        "read_csv",
        {
            "load.py": "import pandas as pd\n\n\ndef load(path):\n    head = pd.read_csv(path, nrows=100)\n"
            "    return pd.read_csv(path, usecols=list(head), converters=KINDS)\n"
        },
        {"load.py": "import pandas as pd\n\n\ndef load(path):\n    return pd.read_csv(path, nrows=100)\n"},
    ),
    Shape(
        "columns that a look at the first rows tells",
        "udd.2",
        "read_csv",
        {
            "load.py": "import pandas as pd\n\n\ndef load(path):\n    head = pd.read_csv(path, nrows=100)\n"
            "    rows = pd.read_csv(path, usecols=known(head))\n    return rows\n"
        },
        {
            "load.py": "import pandas as pd\n\n\ndef load(path):\n    head = pd.read_csv(path, nrows=100)\n"
            "    rows = pd.read_csv(path)\n    return rows\n"
        },
    ),
    Shape(
        "a store that is read back as it was saved",
        "udd.2",
        "table read",
        {"step.py": "import pandas as pd\n\nrows = pd.read_hdf('kinds.h5')\n"},
        {"step.py": "import pandas as pd\n\nrows = pd.read_csv('kinds.csv')\n"},
    ),
)

PACKAGED = (
    Shape(
        "a library that an extra asks for by its module",
        "rep.4",
        "grpcio",
        {"requirements.txt": "tritonclient[grpc]==2.65.0\n", "ask.py": "import grpc\nimport tritonclient.grpc\n"},
        {"requirements.txt": "tritonclient==2.65.0\n", "ask.py": "import grpc\nimport tritonclient.http\n"},
    ),
    Shape(
        "the scheduler of dask under its other name",
        "rep.4",
        "distributed",
        {"requirements.txt": "dask\ndistributed\n", "run.py": "from dask.distributed import Client\n"},
        {"requirements.txt": "dask\ndistributed\n", "run.py": "import dask.dataframe\n"},
    ),
    Shape(
        "a version held for what an imported package needs",
        "rep.4",
        "scipy",
        {"requirements.txt": "scikit-learn\nscipy==1.9.3\n", "fit.py": "import sklearn\n"},
        {"requirements.txt": "flask\nscipy==1.9.3\n", "fit.py": "import flask\n"},
    ),
    Shape(
        "a package whose class the repository's own derives from",
        "pkg.4",
        "python-redis-lock",
        {
            "requirements.txt": "python-redis-lock\narrow\nemoji\nhumanize\nunidecode\n",
            "clean.py": f"{_FIVE}class Lock(Base):\n    pass\n\n\n"
            "def clean(text):\n    return humanize.intcomma(arrow.get(emoji.demojize(unidecode.unidecode(text))))\n",
        },
        {
            "requirements.txt": "python-redis-lock\narrow\nemoji\nhumanize\nunidecode\n",
            "clean.py": f"{_FIVE}def clean(text):\n    lock = Base(text)\n"
            "    return humanize.intcomma(arrow.get(emoji.demojize(unidecode.unidecode(text))))\n",
        },
    ),
    Shape(
        "a CI job that builds the package",
        "mul.5",
        "lines of Python",
        {**_LONG, ".github/workflows/ci.yml": _CI.format(run="python3 setup.py sdist bdist_wheel")},
        {**_LONG, ".github/workflows/ci.yml": _CI.format(run="npm test")},
    ),
    Shape(
        "a CI job that holds a formatter over the package",
        "mul.5",
        "lines of Python",
        {**_LONG, ".github/workflows/ci.yml": "on: push\njobs:\n  lint:\n    steps:\n      - uses: psf/black@stable\n"},
        {**_LONG, ".github/workflows/ci.yml": _CI.format(run="echo fine")},
    ),
)

SHAPES = (*READ, *PACKAGED)
