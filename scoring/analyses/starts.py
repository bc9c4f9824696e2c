"""How a module comes to run: by itself, by its name, by a registry; and which modules load others by name."""

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.declarations import declarations
from scoring.analyses.dependencies import packages_of
from scoring.analyses.memo import Memo
from scoring.analyses.modules import imports_by_path
from scoring.analyses.published import is_library
from scoring.analyses.python_file import CodeFile
from scoring.analyses.view import PythonFile, View
from scoring.facts import LINK
from scoring.findings import CFG, PKG

ASIDE = frozenset({"example", "docs", "research", "ci", "packaging", "task", "test", "generated", "migration"})
"""Roles of files that nothing has to import."""
NAMED = frozenset(
    {
        "__main__", "manage", "wsgi", "asgi", "settings", "urls", "admin", "apps", "conftest", "setup", "noxfile",
        "hubconf", "conf", "tasks", "fabfile", "dodo", "gunicorn_conf", "celeryconfig", "locustfile", "streamlit_app",
        "locust_file",
        "app", "main", "cli", "hooks", "pipeline_registry", "score", "handler", "lambda_function", "inference",
        "sitecustomize", "usercustomize", "plugin", "plugins", "version", "_version",
    }
)  # fmt: skip
"""Modules that some tool loads by their name."""
SERVICES = frozenset(
    {
        "lambda_handler", "model_fn", "predict_fn", "input_fn", "output_fn", "transform_fn", "preprocessing_fn",
        "run_fn", "trainer_fn", "tuner_fn", "create_app", "load_tests", "azureml_main", "_load_pyfunc",
        "input_handler", "output_handler",
    }
)  # fmt: skip
"""Functions that a service calls in a file it is given."""
SCORING = frozenset({"init", "run"})
"""The two functions of a scoring script of Azure ML."""
FOLDERS = frozenset({"dags", "plugins", "pages", "commands", "templatetags", "hooks", "macros", "asv_bench"})
"""Folders whose files some tool loads one by one."""
DYNAMIC = frozenset({"importlib", "pkgutil", "runpy", "imp", "stevedore", "pluggy", "lazy_loader"})
"""Libraries that import modules by names worked out at run time."""
LISTING = frozenset(
    {"glob", "iglob", "rglob", "listdir", "walk", "scandir", "iterdir", "walk_packages", "iter_modules"}
)
"""Calls that list files or modules."""
DAGS = frozenset(
    {
        "airflow.DAG", "airflow.models.DAG", "airflow.models.dag.DAG", "airflow.decorators.dag", "airflow.sdk.DAG",
        "airflow.sdk.dag",
    }
)  # fmt: skip
"""What makes a pipeline of the modules that an orchestrator loads, wherever they lie."""
STATIC = ("importlib.metadata", "importlib.resources", "importlib.abc", "importlib_")


class Loading(NamedTuple):
    """How a file is loaded, and how it loads others."""

    starts: bool
    """Something runs or loads it for itself."""
    dynamic: bool
    """It imports modules by names that are worked out when it runs."""
    lists: bool
    """Those names come from a listing of files."""


def _loading(file: CodeFile) -> Loading:
    if not isinstance(file, PythonFile):
        return Loading(starts=False, dynamic=False, lists=False)
    roots = {module for module, _ in file.facts.name_uses}
    dynamic = not DYNAMIC.isdisjoint(roots) and any(_is_dynamic(item.dotted) for item in file.facts.imports)
    lists = dynamic and any(call.name.rpartition(".")[2] in LISTING for call in file.facts.calls)
    return Loading(_is_start(file), dynamic, lists)


def _is_dynamic(dotted: str) -> bool:
    return dotted.partition(".")[0] in DYNAMIC and not dotted.startswith(STATIC)


loading: Memo[CodeFile, Loading] = Memo(_loading)


def _is_start(file: PythonFile) -> bool:
    facts = file.facts
    return bool(
        file.is_notebook
        or facts.main_line
        or facts.acts
        or facts.endpoints
        or file.roles & ASIDE
        or stem(file.path) in NAMED
        or not SERVICES.isdisjoint(facts.bound_at_top)
        or SCORING.issubset(facts.bound_at_top)
        or not FOLDERS.isdisjoint(file.path.split("/")[:-1])
        or any(_registers(item.decorators) for item in facts.classes if item.decorators)
        or any(INTERFACE(base.rpartition(".")[2]) for item in facts.classes for base in item.bases)
        or any(_registers(item.decorators) for item in facts.functions if item.decorators)
        or any(item.dotted in DAGS for item in facts.imports)
    )


INTERFACE = re.compile(r"I[A-Z][a-z]").match
"""A base called `IStrategy`: the program that declares the interface loads what implements it."""


def _registers(decorators: tuple[str, ...]) -> bool:
    return any("regist" in name.lower() for name in decorators)


NAMING = frozenset({"packaging", "ci", "task", "docs", "config"})
"""Roles of files that may name what is run."""


def naming_unread(view: View) -> bool:
    """Whether a file went unread that may name modules and functions; what a link leads to is read for itself."""
    if not (view.unread(CFG) or view.unread(PKG)):
        return False
    left = [entry for entry in view.files if entry.skipped and entry.roles & NAMING]
    return not view.component.complete or any(entry.skipped != LINK for entry in left)


RUNS = re.compile(
    r"(?:^|[&;|] |\b(?:run|exec) (?:-\S+ )*)(?:python[\d.]* (?!setup\.py|-m (?:pip|venv|ensurepip|nltk|spacy)|-c )"
    r"|(?:uvicorn|gunicorn|streamlit|flask|celery|fastapi) )"
)
"""Commands of an image that run the repository's code, and do not just install it."""


@lru_cache(maxsize=1)
def is_offered(view: View) -> bool:
    """Whether its public names are for others: a library, or a package that this repository installs and never runs."""
    if is_library(view) or _is_shown_by_examples(view):
        return True
    if not declarations(view).projects or any(file.facts.endpoints for file in view.whole):
        return False
    return not any(RUNS.search(command.text) for _, facts in view.docker for command in facts.commands)


SHOWN_BY = 3
"""Examples that use a package, from which on it is one for others."""


def _is_shown_by_examples(view: View) -> bool:
    """Whether several examples of the repository import one package of it that is no example."""
    shown: Counter[str] = Counter()
    examples = [file for file in view.python if "example" in file.roles]
    imports = imports_by_path(view) if len(examples) >= SHOWN_BY else {}
    for file in examples if imports else ():
        shown.update({path.partition("/")[0] for path in imports[file.path] if "/" in path})
    own = {file.path.partition("/")[0] for file in examples}
    return any(count >= SHOWN_BY and package not in own for package, count in shown.items())


def is_public(path: str) -> bool:
    """No part of it is marked as private."""
    return not any(part.startswith("_") and not part.startswith("__") for part in path.split("/"))


@lru_cache(maxsize=1 << 14)
def stem(path: str) -> str:
    """The name that a module is imported by."""
    return path.removesuffix("/__init__.py").removesuffix(".py").rpartition("/")[2]


def of_program(view: View) -> frozenset[str]:
    """Modules that only tests import, or none, of packages that bring commands, and what only these import: such a
    package is a program too, and what of it is for others is imported somewhere, or a document names it."""
    if not any(facts.scripts for _, facts in view.packaging):
        return frozenset()
    tests = {file.path for file in view.tests}
    graph = {path: targets for path, targets in imports_by_path(view).items() if path not in tests}
    importers = Counter([target for targets in graph.values() for target in targets])
    inside = packages_of(view)
    todo = [path for path in imports_by_path(view) if not importers[path] and path.rpartition("/")[0] in inside]
    own = set(todo)
    while todo:
        path = todo.pop()
        for target in () if path.endswith("/__init__.py") else graph.get(path, ()):
            importers[target] -= 1
            if not importers[target] and target.rpartition("/")[0] in inside:
                own.add(target)
                todo.append(target)
    return frozenset(own)
