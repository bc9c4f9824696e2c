"""Settings written into the code: hyper-parameters in calls of algorithm libraries, and paths of one machine.

A hyper-parameter is a keyword of a call that builds or fits a model. Where a library's constructors take little else
(scikit-learn, gradient boosting) every keyword with a number counts; elsewhere only names that are hyper-parameters in
any library, so that the layers of a network, which are its architecture, are left alone.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from scoring import knowledge
from scoring.analyses.view import is_estimator
from scoring.facts import Call, Function, PathLiteral, PythonFacts
from scoring.findings import Hit, Tally
from scoring.knowledge.hyperparameters import LAYERS, NAMES, OTHER, TABULAR

OFF = frozenset({"0", "0.0", "None"})
"""Values that switch a setting off."""
NEUTRAL = OFF | {"1", "1.0"}
"""Those with which a factor, too, does nothing."""
UNTRIED = frozenset(
    {("ngram_range", "(1, 1)"), ("n_components", "2"), ("n_components", "3"), ("n_estimators", "100"), ("n_init", "10")}
    | {("C", "1.0"), ("n_neighbors", "5"), ("beta_1", "0.9"), ("beta_2", "0.999"), ("betas", "(0.9, 0.999)")}
    | {("epsilon", "1e-08"), ("eps", "1e-08")}
)
"""What the libraries take by themselves, and the axes of a picture: nothing was tried here."""
NUMBER = re.compile(r"-?\d[\d_.]*(?:e[-+]?\d+)?", re.IGNORECASE)
SHOWN = 4
RECORDS = ("HParams", "Config", "Params", "Arguments")
"""How the names of records end that hold the settings themselves."""
PICTURES = frozenset({"TSNE", "MDS", "UMAP", "Isomap", "SpectralEmbedding", "LocallyLinearEmbedding"})
"""Embeddings: with two or three axes they are made to be looked at."""
AXES = frozenset({"2", "3"})


@lru_cache(maxsize=1 << 14)
def _kind(name: str) -> str:
    """tabular | any | "": which keywords of a call of this name are hyper-parameters."""
    if name.startswith(LAYERS) or name.endswith(RECORDS):
        return ""
    if is_estimator(name):
        return "tabular" if name.startswith(TABULAR) else "any"
    return "any" if knowledge.is_call(name, "FIT") else ""


def _hyperparameters(call: Call) -> Iterator[tuple[str, str]]:
    kind = _kind(call.name)
    if not kind or _draws_a_picture(call) or _SPLITS(call.name) or ("shuffle", "False") in call.keywords:
        return
    for name, literal in call.keywords:
        number = NUMBER.fullmatch(literal) is not None
        if name in NAMES or (kind == "tabular" and name not in OTHER and (number or not literal)):
            if literal in (NEUTRAL if kind == "any" else OFF) or (name, literal) in UNTRIED:
                continue
            yield name, literal if number or literal.startswith(("(", "[")) else ""


_SPLITS = re.compile(r"(?:Split|KFold|Fold)$").search
"""What divides rows: how often it does so is no setting of a model."""


def _draws_a_picture(call: Call) -> bool:
    axes = dict(call.keywords).get("n_components", "2")
    return call.name.rpartition(".")[2] in PICTURES and axes in AXES


def _around(facts: PythonFacts, lines: Iterable[int]) -> dict[int, frozenset[str]]:
    """Of each line, the names of the functions that it lies in."""
    functions = sorted(facts.functions, key=lambda item: -item.line)
    found: dict[int, frozenset[str]] = {}
    begun: list[Function] = []
    for line in sorted(set(lines)):
        while functions and functions[-1].line <= line:
            begun.append(functions.pop())
        begun = [item for item in begun if line <= item.end_line]
        found[line] = frozenset([item.name for item in begun])
    return found


def _is_default(call: Call, around: frozenset[str]) -> bool:
    """Whether a call stands for an argument that nobody gives: `def build(optimizer=Adam(lr=0.1))`."""
    return not around.issubset(call.scope.split("."))


def _is_set_by_others(name: str, settings: list[tuple[str, str]]) -> bool:
    """Whether it is a part of an optimiser's formula beside a rate that is taken from elsewhere: what is tried is that
    rate."""
    return name in FORMULA and any(other in RATES and not literal for other, literal in settings)


FORMULA = frozenset({"betas", "beta_1", "beta_2", "eps", "epsilon"})
RATES = frozenset({"lr", "learning_rate"})


def written_hyperparameters(facts: PythonFacts) -> Tally | None:
    """Of the hyper-parameters that calls name, those given as numbers; one hit for each call."""
    examined = count = 0
    hits: list[Hit] = []
    told = [(call, settings) for call in facts.calls if call.keywords and (settings := sorted(_hyperparameters(call)))]
    around = _around(facts, [call.line for call, _ in told]) if told else {}
    for call, settings in told:
        if _is_default(call, around[call.line]):
            continue
        fixed = [(name, literal) for name, literal in settings if literal and not _is_set_by_others(name, settings)]
        examined += len(settings)
        count += len(fixed)
        if fixed:
            hits.append(_call_hit(call, fixed))
    return Tally(examined, count, tuple(hits)) if examined else None


def _call_hit(call: Call, fixed: list[tuple[str, str]]) -> Hit:
    callee = call.name.removesuffix("()").rpartition(".")[2]
    shown = ", ".join(f"{name}={literal}" for name, literal in fixed[:SHOWN])
    more = f" and {len(fixed) - SHOWN} more" if len(fixed) > SHOWN else ""
    return Hit(
        line=call.line,
        end_line=call.end_line,
        key=f"{call.name}:{','.join(name for name, _ in fixed)}",
        symbol=call.scope,
        message=f"{callee} gets {shown}{more} in the code, so each trial is an edit and no file says what was tried.",
        evidence={"call": call.name, "written": len(fixed)},
    )


# ---------------------------------------------------------------- paths

OF_MANY = (
    *("/opt/conda", "/opt/venv", "/opt/homebrew"),
    *("C:\\Program Files", "C:\\Windows", "C:\\NVIDIA", "/workspace/", "dbfs:/tmp", "/opt/airflow"),
    *("/usr/local/airflow", "/opt/ml", "/content/sample_data", "/databricks-datasets"),
)
"""Folders that many machines have: of Windows and its drivers, of containers, of Databricks, of images that a service
makes (Airflow, SageMaker, Kaggle, Colab)."""
_NOBODYS = re.compile(
    r"/(?:mnt/(?:user-data|skills)|home/(?:user|agent|cdsw|sandbox|daytona|ubuntu|app|appuser|jovyan|runner|vscode|node|docker|ec2-user|sagemaker-user|model-server|airflow"
    r"|circleci|nonroot)|Users/Shared)(?:/|$)"
)
"""The home of an account that an image or a service makes, and what a sandbox mounts: nobody's own."""
_HOSTED = re.compile(r"/content(?:/(?!drive\b|gdrive\b)|$)|/kaggle/(?!input/notebooks/)")
"""The disk of a hosted notebook; what is mounted below it, or another notebook left, is one person's."""
_PUBLIC = re.compile(
    r"\w+://(?:google-cloud-aiplatform|cloud-samples-data|gcp-public-data|tfds-data|download\.tensorflow\.org|bert_models"
    r"|cloud-tpu-checkpoints|vertex-ai|kubeflow-pipelines|ml-pipeline|commoncrawl|sagemaker-sample|nyc-tlc|noaa-|dask-data"
    r"|anaconda-public|aws-samples|aws-ml-blog|amazon-reviews-pds|openneuro|fast-ai-|modal-public|open-images"
    r"|[\w.-]*(?:public|samples?)[\w.-]*(?:/|$))|wasbs?://[\w-]+@azureopendatastorage",
    re.IGNORECASE,
)
"""Buckets that everybody may read, by their name."""
_WEB = frozenset({"django", "fastapi", "flask", "starlette", "sanic", "quart", "aiohttp", "tornado", "falcon"})
_ROUTE = re.compile(r"/[\w-]+(?:/[\w-]+)*/\{[^{}]+\}(?:/[\w-]*)*/?")
"""An address of a page: a field in braces as a whole part, and no file at its end."""

KINDS = {
    "home": "a path of one person's account",
    "windows": "a path of one Windows machine",
    "mount": "a path of one mounted volume",
    "bucket": "an address of one bucket",
    "absolute": "an absolute path",
}


def written_paths(facts: PythonFacts) -> Tally | None:
    """Distinct absolute, personal or bucket paths of one file; one hit for those of one account, bucket or disk, at the
    first of them.

    Left out is what an option, an environment variable or a fallback replaces where the path is not there.
    """
    if not facts.code_lines:
        return None
    texts: set[str] = set()
    places: dict[tuple[str, str], list[PathLiteral]] = {}
    serves = any(item.module.partition(".")[0] in _WEB for item in facts.imports)
    for item in facts.paths:
        if is_of_one_machine(item) and not (serves and item.kind == "absolute" and _ROUTE.fullmatch(item.text)):
            texts.add(item.text)
            places.setdefault((item.kind, _root(item)), []).append(item)
    told = [items for place, items in places.items() if not _is_stated(place, facts)]
    return Tally(1, len(texts), tuple(map(_path_hit, told)))


HOSTED = frozenset({"/content/drive", "/content/gdrive"})
"""What who opens a hosted notebook mounts: a disk of his own."""


def _is_stated(place: tuple[str, str], facts: PythonFacts) -> bool:
    kind, root = place
    return (kind == "bucket" and _states_settings(facts)) or (facts.notebook is not None and root in HOSTED)


def _states_settings(facts: PythonFacts) -> bool:
    """A module that only gives names to settings is where an address belongs; a notebook names it where it is seen."""
    return facts.notebook is not None or not (facts.functions or facts.classes or facts.main_line or facts.acts)


def _root(item: PathLiteral) -> str:
    """What one setting would stand for: an account's folder, a bucket, a disk's or a machine's first folders."""
    parts = re.split(r"[/\\]+", item.text)
    return "/".join(parts[:2] if item.kind in ("windows", "bucket") else parts[:3])


def is_of_one_machine(item: PathLiteral) -> bool:
    """Whether it is found nowhere else: no platform's folder, no public bucket, and not replaced where it lacks."""
    if item.replaceable or item.text.startswith(OF_MANY) or (item.kind == "absolute" and "*" in item.text):
        return False  # a pattern is looked for where it may be
    return not any(pattern.match(item.text) for pattern in (_NOBODYS, _HOSTED, _PUBLIC))


def _path_hit(items: list[PathLiteral]) -> Hit:
    first = items[0]
    count = sum(item.text == first.text for item in items)
    others = len({item.text for item in items}) - 1
    kind = KINDS.get(first.kind, KINDS["absolute"])
    times = f", {count} times in this file" if count > 1 else ""
    more = f", with {others} more like it in this file" if others else ""
    return Hit(
        line=first.line,
        key=first.text,
        symbol=first.scope,
        message=f"`{first.text}` is {kind}{times}{more}; elsewhere this code does not run unedited.",
        evidence={"kind": first.kind, "times": count, "others": others},
    )
