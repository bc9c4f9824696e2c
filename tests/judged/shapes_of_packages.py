"""Shapes of false findings about what is declared and imported (rep.4, pkg.4, pkg.5), and their twins."""

from tests.judged.shapes import Files, Shape

PINNED = "scikit-learn==1.5.0\n"


def _project(*packages: str, extras: str = "") -> str:
    listed = ", ".join(f'"{package}==1.0.0"' for package in ("scikit-learn", *packages))
    return f'[project]\nname = "apples"\nversion = "1.0"\ndependencies = [{listed}]\n{extras}'


def _package(name: str, about: str, both: Files, quiet: Files, found: Files) -> Shape:
    """`both` stands in the pattern and in its twin: they differ in the rest."""
    return Shape(name, "rep.4", about, {**both, **quiet}, {**both, **found})


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

REQUIREMENTS = {"requirements.txt": PINNED}
CONDA = "dependencies:\n  - python=3.10\n  - scikit-learn=1.5.0\n"
CONNECTOR = "cloud-sql-python-connector"
GROWN = "from orchard.tools import grow\n\nprint(grow())\n"

NAMED_OTHERWISE = (
    _package(
        "a module of a namespace shared by many packages",
        "cloud-sql",
        {"requirements.txt": f"{PINNED}{CONNECTOR}==1.18.0\n"},
        {"rows.py": "from google.cloud.sql.connector import Connector\n\nprint(Connector())\n"},
        {"rows.py": "from google.cloud import storage\n\nprint(storage.Client())\n"},
    ),
    _package(
        "a driver that an extra brings",
        "pg8000",
        {"rows.py": "import pg8000\nfrom google.cloud.sql.connector import Connector\n\nprint(pg8000, Connector())\n"},
        {"requirements.txt": f"{PINNED}{CONNECTOR}[pg8000]==1.18.0\n"},
        {"requirements.txt": f"{PINNED}{CONNECTOR}==1.18.0\n"},
    ),
    _package(
        "a module that an extra declares under another name",
        "json",
        {"spawn.py": "import jsone\n\nprint(jsone.render({}, {}))\n"},
        {"pyproject.toml": _project(extras='[project.optional-dependencies]\nspawn = ["json-e==4.8.0"]\n')},
        {"pyproject.toml": _project()},
    ),
    _package(
        "a package installed from its address",
        "taming",
        {"images.py": "from taming.data import paths\n\nprint(paths)\n"},
        {
            "environment.yaml": CONDA + "  - pip:\n"
            "    - -e git+https://example.org/taming-transformers.git@main#egg=taming-transformers\n"
        },
        {"environment.yaml": CONDA},
    ),
    _package(
        "the project's own folder without an init",
        "orchard",
        REQUIREMENTS,
        {"orchard/tools.py": "def grow():\n    return 1\n", "orchard/data/images.py": GROWN},
        {"images.py": GROWN},
    ),
)

PARTS = (
    _package(
        "a part of a declared package",
        "botocore",
        {},
        {
            "requirements.txt": PINNED + "boto3==1.35.0\n",
            "store.py": "import boto3\nimport botocore\n\nprint(boto3.client('s3'), botocore)\n",
        },
        {**REQUIREMENTS, "store.py": "import botocore\n\nprint(botocore)\n"},
    ),
    _package(
        "a part of a package that is told already",
        "werkzeug",
        REQUIREMENTS,
        {"serve.py": "from flask import Flask\nfrom werkzeug.exceptions import NotFound\n\nprint(Flask, NotFound)\n"},
        {"serve.py": "from werkzeug.exceptions import NotFound\n\nprint(NotFound)\n"},
    ),
    _package(
        "the core of a validator that is told already",
        "pydantic-core",
        REQUIREMENTS,
        {"check.py": "import pydantic\nimport pydantic_core\n\nprint(pydantic.BaseModel, pydantic_core)\n"},
        {"check.py": "from pydantic_core import PydanticUndefined\n\nprint(PydanticUndefined)\n"},
    ),
    _package(
        "certificates that come with a declared client",
        "certifi",
        {},
        {
            "requirements.txt": PINNED + "requests==2.32.0\n",
            "fetch.py": "import certifi\nimport requests\n\nprint(requests, certifi.where())\n",
        },
        {**REQUIREMENTS, "fetch.py": "import certifi\n\nprint(certifi.where())\n"},
    ),
)

OPTIONAL = (
    _package(
        "an import in the one function that needs it",
        "onnx",
        REQUIREMENTS,
        {"export.py": "def export(model):\n    import onnx\n\n    onnx.save(model, 'model.onnx')\n"},
        {"export.py": "import onnx\n\n\ndef export(model):\n    onnx.save(model, 'model.onnx')\n"},
    ),
    _package(
        "an import that fails softly",
        "comet",
        REQUIREMENTS,
        {"log.py": "try:\n    import comet_ml\nexcept ImportError:\n    comet_ml = None\n\nprint(comet_ml)\n"},
        {"log.py": "import comet_ml\n\nprint(comet_ml)\n"},
    ),
    _package(
        "an import where the back-end is chosen",
        "openvino",
        REQUIREMENTS,
        {
            "backend.py": "class Backend:\n    def __init__(self, kind):\n        if kind == 'vino':\n"
            "            from openvino.runtime import Core\n\n            self.core = Core()\n",
        },
        {"backend.py": "from openvino.runtime import Core\n\nprint(Core())\n"},
    ),
    _package(
        "code that runs in an environment with a list of its own",
        "python-dotenv",
        {"environment.yml": CONDA, "register.py": "from dotenv import load_dotenv\n\nload_dotenv()\n"},
        {"setup/ci_dependencies.yml": "dependencies:\n  - python=3.10\n  - pip:\n    - python-dotenv==0.12.0\n"},
        {},
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
        "the same model in two frameworks",
        "pkg.5",
        "",
        {"pyproject.toml": _project("torch", "tensorflow"), "run.py": "import tensorflow\nimport torch\n"},
        {
            "pyproject.toml": _project("torch", "tensorflow", "pandas", "polars"),
            "run.py": "import pandas\nimport polars\nimport tensorflow\nimport torch\n",
        },
        twin="data frames",
    ),
    Shape(
        "a second client imported where it is chosen",
        "pkg.5",
        "httpx",
        {
            "pyproject.toml": _project("requests"),
            "run.py": "import requests\n\n\ndef load():\n    import httpx\n\n    return httpx, requests\n",
        },
        {"pyproject.toml": _project("requests"), "run.py": "import httpx\nimport requests\n\nprint(httpx, requests)\n"},
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

SHAPES = (*LOADED_BY_NAME, *NAMED_OTHERWISE, *PARTS, *OPTIONAL, *ELSEWHERE)
