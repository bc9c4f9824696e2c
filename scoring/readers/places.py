"""What a path alone tells: its language, the roles it plays, and whether it is left out of every count.

Pure rules over the text of the path (catalogue 2.4 for the exclusions). No rule here reads a byte of the file.
"""

import re
from functools import lru_cache

from identify import extensions

from scoring.readers.choice import reader_names
from scoring.readers.test_paths import is_of_tests

PATH_CACHE = 65_536

_PREFERRED = (
    "jupyter",
    "python",
    "shell",
    "c++",
    "scala",
    "clojure",
    "ruby",
    "groovy",
    "c#",
    "f#",
    "yaml",
    "json",
    "xml",
)
_GENERIC = frozenset({"text", "binary", "header"})
_LANGUAGE_OF_EXTENSION = {"m": "matlab", "rmd": "r", "qmd": "quarto", "cuh": "cuda", "geojson": "json"}
_LANGUAGE_OF_NAME = {"justfile": "just", "snakefile": "python"}

_VENDORED = frozenset(
    {
        "site-packages",
        "node_modules",
        "bower_components",
        ".venv",
        "venv",
        ".virtualenv",
        ".tox",
        ".nox",
        ".eggs",
        "__pypackages__",
        "__pycache__",
        ".ipynb_checkpoints",
        "vendor",
        "vendored",
        "_vendor",
        "external",
        "externals",
    }
)
_THIRD_PARTY = re.compile(r"(?:third|3rd)[-_ ]?part(?:y|ies)?")
_RUN_OUTPUT = re.compile(r"(?:offline-)?run-\d{8}_\d{6}-\w+|lightning_logs|mlruns")
_BUILT = frozenset({"dist", "build"})
_GENERATED_FILE = re.compile(r"_pb2(?:_grpc)?\.pyi?$|\.pb\.(?:go|cc|h)$|\.min\.(?:js|css)$|\.bundle\.js$|\.js\.map$")
_GENERATED_ROLE = re.compile(r"[._-]generated\.|^_?version\.py$|^versioneer\.py$")
_LOCKS = frozenset(
    {
        "poetry.lock",
        "uv.lock",
        "pdm.lock",
        "pipfile.lock",
        "package-lock.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "npm-shrinkwrap.json",
        "cargo.lock",
        "composer.lock",
        "go.sum",
        "conda-lock.yml",
        "dvc.lock",
    }
)

_EXAMPLE_PART = re.compile(
    r"^(?:examples?|egs|samples?|demos?|tutorials?|cookbooks?|quick_?starts?|getting[_-]started)$"
)
_DOCS_PART = re.compile(r"^(?:docs?|documentation|_docs|website|site_docs)$")
_RESEARCH_PART = re.compile(
    r"^(?:notebooks?|nbs?|jupyter|experiment(?:s|al|ation)?|research(?:_projects?)?|explor(?:e|ation|atory)|eda|scratch"
    r"|sandbox|playground|prototypes?|poc)$"
)
_MIGRATION_PART = frozenset({"migrations", "alembic"})
_GENERATED_PART = frozenset({"generated", "_generated", "autogen"})

_TOOL_CONFIG = frozenset(
    {
        "mkdocs.yml",
        "mkdocs.yaml",
        "_config.yml",
        "_toctree.yml",
        "_toc.yml",
        "codecov.yml",
        "codecov.yaml",
        "renovate.json",
        "dependabot.yml",
        "tox.ini",
        "pytest.ini",
        "mypy.ini",
        "setup.cfg",
        "alembic.ini",
        "pyvenv.cfg",
        "desktop.ini",
        "pylintrc",
        "ruff.toml",
        "_typos.toml",
        "typos.toml",
        "readthedocs.yml",
        "netlify.toml",
        "cliff.toml",
        "pixi.toml",
        "pyrightconfig.json",
        "tsconfig.json",
        "jsconfig.json",
        "components.json",
        "ng-package.json",
        "citation.cff",
    }
)


def _parts(path: str) -> list[str]:
    return path.lower().split("/")


@lru_cache(maxsize=PATH_CACHE)
def language_of(path: str) -> str:
    """identify's tag for the file's name or extension; "" where its name tells nothing."""
    name = path.rpartition("/")[2]
    lower = name.lower()
    extension = lower.rpartition(".")[2] if "." in lower else ""
    known = _LANGUAGE_OF_NAME.get(lower) or _LANGUAGE_OF_EXTENSION.get(extension)
    if known:
        return known
    tags = extensions.NAMES.get(name) or extensions.EXTENSIONS.get(extension)
    if not tags and lower.startswith("dockerfile"):
        return "dockerfile"
    remaining = set(tags or ()) - _GENERIC
    for tag in _PREFERRED:
        if tag in remaining:
            return tag
    return min(remaining, default="")


@lru_cache(maxsize=PATH_CACHE)
def exclusion(path: str) -> str:
    """Why the path is left out of every count (catalogue 2.4), or ""."""
    *folders, name = _parts(path)
    for folder in folders:
        if folder in _VENDORED or _THIRD_PARTY.fullmatch(folder):
            return f"vendored: {folder}/"
        if _RUN_OUTPUT.fullmatch(folder):
            return "output of a training run"
        if folder in _BUILT:
            return f"built: {folder}/"
        if folder.endswith((".egg-info", ".dist-info")):
            return f"built: {folder}/"
    if _GENERATED_FILE.search(name):
        return "generated"
    if name.startswith("._"):
        return "a twin that macOS made of a file, for its attributes"
    return ""


@lru_cache(maxsize=PATH_CACHE)
def roles_of(path: str) -> frozenset[str]:
    """Of test, example, docs, generated, migration, config, ci, packaging, task, notebook, research."""
    *folders, name = _parts(path)
    roles = _roles_of_readers(path, folders, name).union(*map(_roles_of_folder, folders))
    if is_of_tests(path.lower()):
        roles.add("test")
    if name.endswith(".ipynb"):
        roles |= {"notebook", "research"}
    written = name in _LOCKS or _GENERATED_ROLE.search(name) or _GENERATED_FILE.search(name)
    if written or (name == "activate.r" and folders[-1:] == ["renv"]):
        roles.add("generated")
    return frozenset(roles)


@lru_cache(maxsize=PATH_CACHE)
def _roles_of_folder(folder: str) -> frozenset[str]:
    parts = (
        ("example", _EXAMPLE_PART.match(folder)),
        ("docs", _DOCS_PART.match(folder)),
        ("research", _RESEARCH_PART.match(folder)),
        ("migration", folder in _MIGRATION_PART),
        ("generated", folder in _GENERATED_PART),
    )
    return frozenset(role for role, holds in parts if holds)


def _roles_of_readers(path: str, folders: list[str], name: str) -> set[str]:
    """The kinds of the readers that read the path are roles too, but a tool's own settings are no configuration."""
    kinds = {reader.partition(".")[0] for reader in reader_names(path)}
    roles = {role for kind, role in (("ci", "ci"), ("packaging", "packaging"), ("tasks", "task")) if kind in kinds}
    if "docs" in kinds:
        roles.add("docs")
    if "config" in kinds and not roles and not _is_tool_config(folders, name):
        roles.add("config")
    return roles


def _is_tool_config(folders: list[str], name: str) -> bool:
    hidden = name.startswith(".") and not name.startswith(".env")
    return hidden or name in _TOOL_CONFIG or any(folder.startswith(".") and folder != ".config" for folder in folders)
