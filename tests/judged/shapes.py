"""Shapes of false findings that were judged and mended, each with a twin that is right.

All of it was written for this test; nothing is taken from a repository. `quiet` must have no finding of the signal
whose message holds `about`; `found` must have one.
"""

from collections.abc import Mapping
from typing import NamedTuple

Files = Mapping[str, str]


class Shape(NamedTuple):
    """A pattern that once gave a false finding, and its twin."""

    name: str
    signal: str
    about: str
    quiet: Files
    found: Files
    twin: str = ""
    """What the twin's finding names, where it is another thing than `about`."""


PINNED = "scikit-learn==1.5.0\n"


def _project(*packages: str, extras: str = "") -> str:
    listed = ", ".join(f'"{package}==1.0.0"' for package in ("scikit-learn", *packages))
    return f'[project]\nname = "apples"\nversion = "1.0"\ndependencies = [{listed}]\n{extras}'


def _package(name: str, about: str, quiet: Files, found: Files) -> Shape:
    return Shape(name, "rep.4", about, quiet, found)


def _unimported(name: str, about: str, beside: str, code: str) -> Shape:
    """A package that is used without an import, and one beside it that nothing uses."""
    listed = PINNED + f"{beside}{about}==1.0.0\n"
    return Shape(
        name,
        "rep.4",
        about,
        {"requirements.txt": listed, "use.py": code},
        {"requirements.txt": listed + "shapely==2.0.0\n", "use.py": code},
        "shapely",
    )


FIT = "import pytorch_lightning as pl\n\nprint(pl)\n"

LOADED_BY_NAME = (
    _unimported("a logger that its framework loads by name", "test-tube", "pytorch-lightning==1.4.2\n", FIT),
    _unimported("metrics held back for the trainer that needs them", "torchmetrics", "pytorch-lightning==1.4.2\n", FIT),
    _unimported(
        "a provider that a chat factory loads by name",
        "langchain-openai",
        "langchain==1.0.0\n",
        "from langchain.chat_models import init_chat_model\n\nmodel = init_chat_model('openai:small')\n",
    ),
    _unimported(
        "a search library that a tuner drives",
        "hyperopt",
        "ray[tune]==2.7.0\n",
        "from ray import tune\nfrom ray.tune.search.hyperopt import HyperOptSearch\n\nprint(tune, HyperOptSearch)\n",
    ),
    _unimported(
        "a package held back for the one that needs it",
        "sqlalchemy",
        "mlflow==2.3.1\n",
        "import mlflow\n\nmlflow.log_param('apples', 3)\n",
    ),
    _unimported(
        "a back-end that another package loads",
        "torchcodec",
        "torchaudio==2.9.0\n",
        "import torchaudio\n\nprint(torchaudio.load('a.wav'))\n",
    ),
    _unimported(
        "a reader of settings from a file of the environment",
        "python-dotenv",
        "pydantic-settings==2.0.0\n",
        "from pydantic_settings import BaseSettings\n\n\nclass Orchard(BaseSettings):\n    trees: int = 1\n",
    ),
    _unimported("a tool of the command line that no code imports", "mercurial", "", "print('no import of it')\n"),
)

DRIVER = "import pg8000\nfrom google.cloud.sql.connector import Connector\n\nprint(pg8000, Connector())\n"

NAMED_OTHERWISE = (
    _package(
        "a module of a namespace shared by many packages",
        "cloud-sql",
        {
            "requirements.txt": PINNED + "cloud-sql-python-connector==1.18.0\n",
            "rows.py": "from google.cloud.sql.connector import Connector\n\nprint(Connector())\n",
        },
        {
            "requirements.txt": PINNED + "cloud-sql-python-connector==1.18.0\n",
            "rows.py": "from google.cloud import storage\n\nprint(storage.Client())\n",
        },
    ),
    _package(
        "a driver that an extra brings",
        "pg8000",
        {
            "requirements.txt": PINNED + "cloud-sql-python-connector[pg8000]==1.18.0\n",
            "rows.py": DRIVER,
        },
        {
            "requirements.txt": PINNED + "cloud-sql-python-connector==1.18.0\n",
            "rows.py": DRIVER,
        },
    ),
    _package(
        "a module that an extra declares under another name",
        "json",
        {
            "pyproject.toml": _project(extras='[project.optional-dependencies]\nspawn = ["json-e==4.8.0"]\n'),
            "spawn.py": "import jsone\n\nprint(jsone.render({}, {}))\n",
        },
        {"pyproject.toml": _project(), "spawn.py": "import jsone\n\nprint(jsone.render({}, {}))\n"},
    ),
    _package(
        "a package installed from its address",
        "taming",
        {
            "environment.yaml": "dependencies:\n  - python=3.10\n  - scikit-learn=1.5.0\n  - pip:\n"
            "    - -e git+https://example.org/taming-transformers.git@main#egg=taming-transformers\n",
            "images.py": "from taming.data import paths\n\nprint(paths)\n",
        },
        {
            "environment.yaml": "dependencies:\n  - python=3.10\n  - scikit-learn=1.5.0\n",
            "images.py": "from taming.data import paths\n\nprint(paths)\n",
        },
    ),
    _package(
        "the project's own folder without an init",
        "orchard",
        {
            "requirements.txt": PINNED,
            "orchard/tools.py": "def grow():\n    return 1\n",
            "orchard/data/images.py": "from orchard.tools import grow\n\nprint(grow())\n",
        },
        {"requirements.txt": PINNED, "images.py": "from orchard.tools import grow\n\nprint(grow())\n"},
    ),
)

PARTS = (
    _package(
        "a part of a declared package",
        "botocore",
        {
            "requirements.txt": PINNED + "boto3==1.35.0\n",
            "store.py": "import boto3\nimport botocore\n\nprint(boto3.client('s3'), botocore)\n",
        },
        {"requirements.txt": PINNED, "store.py": "import botocore\n\nprint(botocore)\n"},
    ),
    _package(
        "a part of a package that is told already",
        "werkzeug",
        {
            "requirements.txt": PINNED,
            "serve.py": "from flask import Flask\nfrom werkzeug.exceptions import NotFound\n\nprint(Flask, NotFound)\n",
        },
        {"requirements.txt": PINNED, "serve.py": "from werkzeug.exceptions import NotFound\n\nprint(NotFound)\n"},
    ),
    _package(
        "the core of a validator that is told already",
        "pydantic-core",
        {
            "requirements.txt": PINNED,
            "check.py": "import pydantic\nimport pydantic_core\n\nprint(pydantic.BaseModel, pydantic_core)\n",
        },
        {
            "requirements.txt": PINNED,
            "check.py": "from pydantic_core import PydanticUndefined\n\nprint(PydanticUndefined)\n",
        },
    ),
    _package(
        "certificates that come with a declared client",
        "certifi",
        {
            "requirements.txt": PINNED + "requests==2.32.0\n",
            "fetch.py": "import certifi\nimport requests\n\nprint(requests, certifi.where())\n",
        },
        {"requirements.txt": PINNED, "fetch.py": "import certifi\n\nprint(certifi.where())\n"},
    ),
)

OPTIONAL = (
    _package(
        "an import in the one function that needs it",
        "onnx",
        {
            "requirements.txt": PINNED,
            "export.py": "def export(model):\n    import onnx\n\n    onnx.save(model, 'model.onnx')\n",
        },
        {
            "requirements.txt": PINNED,
            "export.py": "import onnx\n\n\ndef export(model):\n    onnx.save(model, 'model.onnx')\n",
        },
    ),
    _package(
        "an import that fails softly",
        "comet",
        {
            "requirements.txt": PINNED,
            "log.py": "try:\n    import comet_ml\nexcept ImportError:\n    comet_ml = None\n\nprint(comet_ml)\n",
        },
        {"requirements.txt": PINNED, "log.py": "import comet_ml\n\nprint(comet_ml)\n"},
    ),
    _package(
        "an import where the back-end is chosen",
        "openvino",
        {
            "requirements.txt": PINNED,
            "backend.py": "class Backend:\n    def __init__(self, kind):\n        if kind == 'vino':\n"
            "            from openvino.runtime import Core\n\n            self.core = Core()\n",
        },
        {"requirements.txt": PINNED, "backend.py": "from openvino.runtime import Core\n\nprint(Core())\n"},
    ),
    _package(
        "code that runs in an environment with a list of its own",
        "python-dotenv",
        {
            "environment.yml": "dependencies:\n  - python=3.10\n  - scikit-learn=1.5.0\n",
            "setup/ci_dependencies.yml": "dependencies:\n  - python=3.10\n  - pip:\n    - python-dotenv==0.12.0\n",
            "register.py": "from dotenv import load_dotenv\n\nload_dotenv()\n",
        },
        {
            "environment.yml": "dependencies:\n  - python=3.10\n  - scikit-learn=1.5.0\n",
            "register.py": "from dotenv import load_dotenv\n\nload_dotenv()\n",
        },
    ),
)

SPARSE = {
    "requirements.txt": "".join(f"{name}==1.0\n" for name in ("arrow", "emoji", "humanize", "rich", "unidecode")),
    "clean.py": "import arrow\nimport emoji\nimport humanize\nimport rich\nimport unidecode\n\n\n"
    "def clean(text):\n    rich.print(arrow.get(emoji.demojize(unidecode.unidecode(text))))\n"
    "    return humanize.intcomma(text)\n",
}

ELSEWHERE = (
    Shape(
        "two libraries of one purpose in two services",
        "pkg.5",
        "",
        {
            "ask/pyproject.toml": _project("flask").replace("apples", "ask"),
            "ask/main.py": "import flask\n\nprint(flask)\n",
            "tell/pyproject.toml": _project("fastapi").replace("apples", "tell"),
            "tell/main.py": "import fastapi\n\nprint(fastapi)\n",
        },
        {
            "pyproject.toml": _project("flask", "fastapi"),
            "main.py": "import fastapi\nimport flask\n\nprint(fastapi, flask)\n",
        },
    ),
    Shape(
        "a second framework imported where it is chosen",
        "pkg.5",
        "paddle",
        {
            "pyproject.toml": _project("torch"),
            "run.py": "import torch\n\n\ndef load():\n    import paddle\n\n    return paddle, torch\n",
        },
        {"pyproject.toml": _project("torch"), "run.py": "import paddle\nimport torch\n\nprint(paddle, torch)\n"},
    ),
    Shape(
        "two modules of one package",
        "pkg.4",
        "boto",
        {
            **SPARSE,
            "requirements.txt": SPARSE["requirements.txt"] + "boto3==1.35.0\n",
            "store.py": "import boto3\nfrom botocore.exceptions import ClientError\n\n"
            "one = boto3.client('s3')\ntwo = boto3.client('sqs')\n"
            "three = boto3.resource('s3')\nprint(ClientError)\n",
        },
        SPARSE,
        "emoji",
    ),
)

README = "# Apples\n\nSorts apples.\n\n## Install\n\npip install apples\n\n## Train\n\npython train.py\n\n"

TOLD_OTHERWISE = (
    Shape(
        "a README that says where to report",
        "doc.1",
        "contact",
        {"README.md": README + "Please report any issues found here in the tracker of this project.\n"},
        {"README.md": README},
    ),
    Shape(
        "a README that names a chat room",
        "doc.1",
        "contact",
        {"README.md": README + "Chat with us in the [apples](https://chat.example.org/#/room/#apples) Matrix room.\n"},
        {"README.md": README},
    ),
    Shape(
        "a README that links a page on its data",
        "doc.1",
        "where the data comes from",
        {"README.md": README + "Data generated by the sorter can be used for other ends. See [data](docs/data.md).\n"},
        {"README.md": README},
    ),
)

SWITCHED = "import os\nimport pandas as pd\n\nif {test}:\n    rows = pd.read_csv('apples.csv', nrows=500)\n"
TREE = "from sklearn.tree import DecisionTreeRegressor\n\nDecisionTreeRegressor({how}).fit([[0]], [0])\n"
GUIDE = "import torch\n\nnoise = torch.randn(9)\nloss = (noise**2).sum()\nloss.backward()\n"
ROOT = "from pathlib import Path\n\nROOT = Path('/mnt/apples')\ntry:\n    ROOT.mkdir()\nexcept OSError:\n"

MEANT = (
    Shape(
        "a limit for CI alone",
        "pro.5",
        "nrows",
        {"load.py": SWITCHED.format(test="'TRAVIS' in os.environ")},
        {"load.py": SWITCHED.format(test="os.path.exists('apples.csv')")},
    ),
    Shape(
        "a tree that draws between equal splits only",
        "rep.1",
        "DecisionTreeRegressor",
        {"train.py": TREE.format(how="")},
        {"train.py": TREE.format(how="max_features=1")},
    ),
    Shape(
        "a sampler that follows gradients",
        "rep.1",
        "randn",
        {"sample.py": GUIDE},
        {"sample.py": GUIDE + "torch.optim.SGD([noise]).step()\n"},
    ),
    Shape(
        "a folder with another in its stead",
        "cfg.4",
        "/mnt/apples",
        {"config.py": ROOT + "    ROOT = Path('apples')\n"},
        {"config.py": ROOT + "    pass\n"},
    ),
    Shape(
        "a README of a book's code",
        "doc.1",
        "what the project is for",
        {"README.md": "# Apples (2nd ed.) Code Repository\n\nPaperback\n"},
        {"README.md": "# Apples (2nd ed.)\n\nPaperback\n"},
    ),
)

SHAPES = (*LOADED_BY_NAME, *NAMED_OTHERWISE, *PARTS, *OPTIONAL, *ELSEWHERE, *TOLD_OTHERWISE, *MEANT)
