"""Shapes of what strict readers found wrong in the draws of ten fresh repositories each, and their twins."""

from tests.judged.shapes import Shape

_SHIM = (
    "import sklearn\nfrom packaging import version\n\n"
    "NEW = version.parse(sklearn.__version__) >= version.parse('0.22')\nif {asked}:\n"
    "    from sklearn.utils._testing import set_random_state\nelse:\n"
    "    from sklearn.utils.testing import set_random_state\n\nset_random_state(1)\n"
)

_MOVED = _SHIM.replace("utils._testing", "model_selection._split").replace("set_random_state", "check_cv")

HANDLED = (
    Shape(
        "a private switch whose failure is passed over",
        "glu.4",
        "torch.hub",
        {"bench.py": "import torch\n\ntry:\n    torch.hub._get_torch_home()\nexcept:\n    pass\n"},
        {"bench.py": "import torch\n\ntorch.hub._get_torch_home()\n"},
    ),
    Shape(
        "a private call whose failure is logged",
        "glu.4",
        "torch.hub",
        {
            "bench.py": "import logging\nimport torch\n\ntry:\n    torch.hub._get_torch_home()\n"
            "except Exception as error:\n    logging.warning('no fuser: %s', error)\n"
        },
        {
            "bench.py": "import logging\nimport torch\n\ntry:\n    torch.hub._get_torch_home()\n"
            "except Exception as error:\n    logging.warning('no fuser: %s', error)\n    raise\n"
        },
    ),
    Shape(
        "a private module for releases that have it",
        "glu.4",
        "sklearn.model_selection._split",
        {"shims.py": _MOVED.format(asked="NEW")},
        {"shims.py": _MOVED.format(asked="sklearn.version.cuda is not None")},
    ),
    Shape(
        "a module that is gone, for releases that have it, by a flag",
        "abs.9",
        "sklearn.utils.testing",
        {"shims.py": _SHIM.format(asked="NEW")},
        {"shims.py": _SHIM.format(asked="sklearn")},
    ),
    Shape(
        "a private name with a fallback",
        "glu.4",
        "torch.hub._get_torch_home",
        {
            "home.py": "try:\n    from torch.hub import _get_torch_home\nexcept ImportError:\n"
            "    _get_torch_home = lambda: '~/.torch'\n\n_get_torch_home()\n"
        },
        {"home.py": "from torch.hub import _get_torch_home\n\n_get_torch_home()\n"},
    ),
)

_LONG = "".join(f"    if rows[{n}]:\n        rows[{n}] = {n} + rows[0]\n" for n in range(40))
_DEEP = (
    "    for a in rows:\n        for b in rows:\n            for c in rows:\n                for d in rows:\n"
    "                    for e in rows:\n                        if e:\n                            return e\n"
    "\n\nif __name__ == '__main__':\n    cut([])\n"
)
_TILES = "https://github.com/one/tiles/blob/main/tiles.py"

_MODULE = '"""Tiles of large pictures.\n\n{says}\n"""\nimport math\n\n\ndef cut(rows):\n' + _LONG
_SHORT = (
    '"""Tiles of large pictures.\n\n{says}\n"""\nimport math\n\n\ndef cut(rows):\n'
    f"    if {' or '.join(['rows[0] > 1'] * 40)}:\n        rows[0] = 2\n"
)
_REMARK = f"import math\n\n\n# adapted from\n# {_TILES}\n"
_OTHER = "def other(rows):\n    return rows\n\n\n"
_CLASS = (
    'class Tiles:\n    """{says}"""\n\n    def cut(self, rows):\n        # TODO: sort by day\n        return rows\n'
)
_MANY = "def cut(rows, a, b, c, d, e, f):\n{says}    return rows\n"

TAKEN = (
    Shape(
        "a module that its docstring says is another project's",
        "defect-long-method",
        "cut",
        {"tiles.py": _MODULE.format(says=f"Source: {_TILES}")},
        {"tiles.py": _MODULE.format(says=f"See also {_TILES}")},
    ),
    Shape(
        "a function that its comment says was taken over",
        "defect-long-method",
        "cut",
        {"tiles.py": f"{_REMARK}@math.once\ndef cut(rows):\n{_LONG}"},
        {"tiles.py": f"{_REMARK}{_OTHER}def cut(rows):\n{_LONG}"},
    ),
    Shape(
        "a remark in a class that was copied",
        "sat.2",
        "sort by day",
        {"tiles.py": _CLASS.format(says=f"Copied from {_TILES}")},
        {"tiles.py": _CLASS.format(says=f"As in {_TILES}")},
    ),
    Shape(
        "the parameters of a function that was copied",
        "defect-long-parameter-list",
        "cut takes",
        {"tiles.py": _MANY.format(says=f"    # This function is taken from: {_TILES}\n")},
        {"tiles.py": _MANY.format(says=f"    # Another way: {_TILES}\n")},
    ),
    Shape(
        "the nesting of a function that was copied",
        "defect-spaghetti",
        "cut",
        {"serve.py": _SHORT.format(says=f"Source: {_TILES}") + _DEEP},
        {"serve.py": _SHORT.format(says=f"See also {_TILES}") + _DEEP},
    ),
)

_SQL = "".join(f"select {n};\n" for n in range(200))
_PYTHON = "".join(f"x{n} = {n}\n" for n in range(100))
_FITS = (
    "import pandas as pd\nfrom sklearn.svm import SVC\n\nrows = pd.read_csv('rows.csv')\nSVC().fit(rows, rows['y'])\n"
)
_PLACE = "# Sounds\n\nThe source code of the 1st place solution for [Sounds](https://kaggle.com/c/sounds).\n"
_PLAIN = "# Sounds\n\nFinds out what can be heard in a recording, for the archive.\n"
_SETUP = "from setuptools import setup\n\nsetup(name='sounds', author='A. Lee', author_email='{}')\n"

ENTRIES = (
    Shape(
        "an entry to a contest, whose model nobody deploys",
        "rep.11",
        "model card",
        {"README.md": _PLACE, "train.py": _FITS},
        {"README.md": _PLAIN, "train.py": _FITS},
    ),
    Shape(
        "the tables of a contest, which are given once",
        "dat.1",
        "nothing checks",
        {"README.md": _PLACE, "train.py": _FITS},
        {"README.md": _PLAIN, "train.py": _FITS},
    ),
)

_WRITER = (
    "from pytorch_lightning.callbacks import BasePredictionWriter\n\n\nclass Writer({base}):\n"
    "    def write_on_batch_end(self, trainer, module, prediction, indices, batch, at, loader):\n        {body}\n"
)
_MAIN = "\n\nif __name__ == '__main__':\n    print(1)\n"
_TRACKERS = {"requirements.txt": "scikit-learn==1.4\nwandb==0.16\nmlflow==2.9\n"}

OF_OTHERS = (
    Shape(
        "the parameters of a hook that a framework calls",
        "defect-long-parameter-list",
        "write_on_batch_end",
        {"writer.py": _WRITER.format(base="BasePredictionWriter", body="return batch")},
        {"writer.py": _WRITER.format(base="object", body="return batch")},
    ),
    Shape(
        "what a serving container calls by name",
        "dec.3",
        "input_handler",
        {"serve.py": f"def input_handler(data):\n    return data\n{_MAIN}"},
        {"serve.py": f"def input_handler_2(data):\n    return data\n{_MAIN}"},
    ),
    Shape(
        "two trackers between which who runs it chooses",
        "pkg.5",
        "experiment trackers",
        {**_TRACKERS, "track.py": "import mlflow\nimport wandb\n\nprint(mlflow, wandb)\n"},
        {**_TRACKERS, "one.py": "import mlflow\n\nprint(mlflow)\n", "two.py": "import wandb\n\nprint(wandb)\n"},
    ),
    Shape(
        "what draws for a package in use",
        "rep.4",
        "matplotlib",
        {"requirements.txt": "mlflow==2.9\nmatplotlib==3.8\n", "train.py": "import mlflow\n\nmlflow.evaluate()\n"},
        {"requirements.txt": "numpy==2.0\nmatplotlib==3.8\n", "train.py": "import numpy\n\nnumpy.ones(3)\n"},
    ),
)

_SERVICE = (
    "import os\nimport joblib\nfrom flask import Flask, jsonify\n\napp = Flask(__name__)\n"
    "model = joblib.load('model.joblib')\n\n\n@app.route('/score')\ndef score(rows):\n"
    "    return jsonify({{'price': float(model.predict([rows])[0])}})\n\n\napp.run(host={host}, port=8080)\n"
)
_FLOW = "from metaflow import FlowSpec as Base\n\n\nclass Train({base}):\n" + "".join(
    f"    def step_{n}(self):\n" + "        self.x += 1\n" * 10 + "\n" for n in range(21)
)

SECOND = (
    Shape(
        "an endpoint on the own machine, behind its platform's proxy",
        "und.5",
        "/score",
        {"serve.py": _SERVICE.format(host="'127.0.0.1'")},
        {"serve.py": _SERVICE.format(host="'0.0.0.0'")},
    ),
    Shape(
        "an answer to the one who runs the tool",
        "pod.2",
        "/score",
        {"serve.py": _SERVICE.format(host="'127.0.0.1'")},
        {"serve.py": _SERVICE.format(host="'127.0.0.1'"), "Dockerfile": "FROM a:1\nCMD flask run --host 0.0.0.0\n"},
    ),
    Shape(
        "an endpoint that a platform starts for others",
        "und.5",
        "/score",
        {"serve.py": _SERVICE.format(host="'127.0.0.1'")},
        {"serve.py": _SERVICE.format(host="'127.0.0.1'"), "Procfile": "web: gunicorn serve:app\n"},
    ),
    Shape(
        "an address that an option has by default",
        "und.5",
        "/score",
        {
            "serve.py": _SERVICE.format(host="os.environ['HOST']"),
            "options.py": "import argparse\n\nargparse.ArgumentParser().add_argument('--host', default='127.0.0.1')\n",
        },
        {
            "serve.py": _SERVICE.format(host="os.environ['HOST']"),
            "options.py": "import argparse\n\nargparse.ArgumentParser().add_argument('--home', default='127.0.0.1')\n",
        },
    ),
    Shape(
        "the class that a framework makes of a pipeline's steps",
        "defect-large-class",
        "Train",
        {"flow.py": _FLOW.format(base="Base")},
        {"flow.py": _FLOW.format(base="object")},
    ),
    Shape(
        "how long a training may go on",
        "cfg.2",
        "in the code, so each trial",
        {"train.py": "from tensorflow.keras.callbacks import EarlyStopping\n\nstop = EarlyStopping(patience=20)\n"},
        {"train.py": "from tensorflow.keras.optimizers import Adam\n\nadam = Adam(learning_rate=0.2)\n"},
    ),
    Shape(
        "the home of a platform's account",
        "cfg.4",
        "/raw/rows.csv",
        {"read.py": "import pandas as pd\n\nrows = pd.read_csv('/home/cdsw/raw/rows.csv')\n"},
        {"read.py": "import pandas as pd\n\nrows = pd.read_csv('/home/anna/raw/rows.csv')\n"},
    ),
    Shape(
        "an entry that its opening tells over several lines",
        "rep.11",
        "model card",
        {"README.md": "# Salt\n\nWe have participated\nin the Kaggle competition and were ninth.\n", "train.py": _FITS},
        {"README.md": "# Salt\n\nWe have looked for salt.\nIt is below the sea.\n", "train.py": _FITS},
    ),
    Shape(
        "a module under the bare address of a file",
        "defect-long-method",
        "cut",
        {"tiles.py": _MODULE.format(says=_TILES)},
        {"tiles.py": _MODULE.format(says="https://github.com/one/tiles")},
    ),
)

SHAPES = (*HANDLED, *TAKEN, *ENTRIES, *OF_OTHERS, *SECOND)
