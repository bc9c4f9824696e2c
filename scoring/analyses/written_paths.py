"""Absolute, personal and bucket paths in the code (cfg.4)."""

import re

from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.view import PythonFile, View
from scoring.facts import PathLiteral
from scoring.findings import Answer, Hit, Measure, NotApplicable

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


def written_paths(view: View) -> Answer:
    """Distinct absolute, personal or bucket paths of each file; one hit for those of one account, bucket or disk in all
    files, at the first of them: one setting would stand for all.

    Left out is what an option, an environment variable or a fallback replaces where the path is not there.
    """
    read = [file for file in view.product_once if file.facts.code_lines]
    if not read:
        return NotApplicable("no Python code")
    places: dict[tuple[str, str], list[tuple[PythonFile, PathLiteral]]] = {}
    count = 0
    for file in read:
        found = _paths_of(file)
        count += len({item.text for item in found})
        for item in found:
            place = (item.kind, _root(item))
            if not _is_stated(place, file):
                places.setdefault(place, []).append((file, item))
    return Measure(count / view.ten_klocs, len(read), tuple(map(_path_hit, places.values())))


def _paths(file: PythonFile) -> tuple[PathLiteral, ...]:
    facts = file.facts
    serves = any(item.module.partition(".")[0] in _WEB for item in facts.imports)
    return tuple(
        [
            item
            for item in facts.paths
            if is_of_one_machine(item) and not (serves and item.kind == "absolute" and _ROUTE.fullmatch(item.text))
        ]
    )


_paths_of = Memo(_paths)


def _root(item: PathLiteral) -> str:
    """What one setting would stand for: an account's folder, a bucket, a disk's or a machine's first folders."""
    parts = re.split(r"[/\\]+", item.text)
    return "/".join(parts[:2] if item.kind in ("windows", "bucket") else parts[:3])


HOSTED = frozenset({"/content/drive", "/content/gdrive"})
"""What who opens a hosted notebook mounts: a disk of his own."""


_SETTINGS = re.compile(r"(?:^|[/_])(?:conf|configs?|configuration|settings|constants)\.py$", re.IGNORECASE)


def _is_stated(place: tuple[str, str], file: PythonFile) -> bool:
    kind, root = place
    return (kind == "bucket" and _states_settings(file)) or (file.is_notebook and root in HOSTED)


def _states_settings(file: PythonFile) -> bool:
    """A module of settings is where an address belongs; a notebook names it where it is seen."""
    facts = file.facts
    does_nothing = not (facts.functions or facts.classes or facts.main_line or facts.acts)
    return file.is_notebook or does_nothing or _SETTINGS.search(file.path) is not None


def is_of_one_machine(item: PathLiteral) -> bool:
    """Whether it is found nowhere else: no platform's folder, no public bucket, and not replaced where it lacks."""
    if item.replaceable or item.text.startswith(OF_MANY) or (item.kind == "absolute" and "*" in item.text):
        return False  # a pattern is looked for where it may be
    return not any(pattern.match(item.text) for pattern in (_NOBODYS, _HOSTED, _PUBLIC))


def _path_hit(found: list[tuple[PythonFile, PathLiteral]]) -> Hit:
    file, first = found[0]
    times = sum(item.text == first.text and other is file for other, item in found)
    others = len({item.text for _, item in found}) - 1
    files = len({other.path for other, _ in found})
    often = f", {times} times in this file" if times > 1 else ""
    where = f" in {files} files" if files > 1 else " in this file"
    more = f", with {others} more like it{where}" if others else where if files > 1 else ""
    hit = Hit(
        line=first.line,
        key=first.text,
        symbol=first.scope,
        message=f"`{first.text}` is {KINDS.get(first.kind, KINDS['absolute'])}{often}{more}; elsewhere this code does "
        "not run unedited.",
        evidence={"kind": first.kind, "times": times, "others": others, "files": files},
    )
    return placed(hit, file)
