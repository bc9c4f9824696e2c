"""Scripts that make data of data and that nothing runs but a person (jun.4)."""

import re
from collections.abc import Iterator

from scoring.analyses.calls import calls_of
from scoring.analyses.memo import Memo
from scoring.analyses.modules import imported
from scoring.analyses.plugs import models_made
from scoring.analyses.python_file import imported_sets
from scoring.analyses.view import CodeFile, PythonFile, View
from scoring.facts import Call, TextFacts
from scoring.findings import PKG, Answer, Hit, Measure, NotApplicable, Unknown
from scoring.knowledge import MODEL_BASES

_SKIPPED = frozenset({"test", "docs", "generated", "migration", "example", "ci", "packaging", "task", "notebook"})
_ONE_OFF = re.compile(
    r"(?:^|[/_.-])(?:archived?|old|deprecated|legacy|one[-_]?off|adhoc|ad[-_]hoc|attic|backup|plots?|plotting|figures?|viz"
    r"|visuali[sz]e|visuali[sz]ation|dashboards?|(?:model_)?eval(?:uation)?s?|breakdown|metrics?|benchmarks?|demo|tutorials?|lessons?|courses?|chapters?|ch\d+|exercises?|homework"
    r"|convert|dags|fake|mock|dummy|synthetic)"
    r"(?:[/_.-]|$)",
    re.IGNORECASE,
)
"""Folders and files that are kept aside, teach, draw, or turn one format of a model into another."""
_OTHER_WORK = re.compile(
    r"(?:^|[/_.-])(?:train(?:er|ing)?|(?:fine[-_]?)?tun(?:e|ing)|fit|predict(?:or|ion)?|infer(?:ence)?"
    r"|eval(?:uate|uation)?|score[srd]?|scoring|serve[r]?|app|main|test\w*|valid(?:ate|ation)|bench|probe|profile|render|play|record|report|submit|submission|simulate|run"
    r"|eda|(?:save|merge)[-_]?results?|blend\w*|ensembl\w*|stacking|post[-_]?process\w*|export|screen|analy[sz]\w*)(?:[_.-][\w-]*)?\.py$",
    re.IGNORECASE,
)
"""What trains, judges, serves, asks or hands on, by its name."""
_WORKFLOWS = (".nf", ".wdl", ".cwl", ".smk", "Snakefile", ".bpmn", ".ktr")
"""Files of runners that no reader knows."""
_LEARNING = frozenset({"tensorflow", "torch", "keras", "lightgbm", "xgboost", "catboost", "pytorch_lightning", "jax"})
"""Libraries that a script imports to train, and not to prepare."""
_NO_DATA = re.compile(
    r"(?:^|\.)(?:load_model|load_state_dict|from_pretrained|load_checkpoint|subscribe|poll|log_model|save_model"
    r"|save_weights|save_pretrained|save_checkpoint|export_model|log_artifacts?|push_to_hub|register_model|log_dict"
    r"|log_metric|safe_load)$|^torch\.|^yaml\.|^wandb\.|^mlflow\.|^safetensors\.|^tensorflow\.(?:saved_model|keras)|^keras\."
)
"""Reads and writes of models, of settings and of what a run logs."""


def loose_scripts(view: View) -> Answer:
    """Scripts that prepare data and that no command, script or module of the component runs, per 10 KLOC of ML code."""
    candidates = [file for file in view.ml_once if _prepares(file)]
    if not view.product:
        return NotApplicable("no Python code")
    if not candidates:
        return Measure(0.0, len(view.product))
    used = imported(view)
    named = _named(view)
    hits = [_hit(file) for file in candidates if file.path not in used and not _is_run(file, named)]
    if hits and (view.unread(PKG) or any(path.endswith(_WORKFLOWS) for path in view.paths)):
        return Unknown("workflows that may run these scripts went unread")
    return Measure(len(hits) / view.ten_klocs, len(view.product), tuple(hits))


def _is_preparation(file: PythonFile) -> bool:
    """A script that reads data and writes data, and neither trains nor serves. JSON alone may be settings or results;
    what is merely opened may be anything."""
    if file.roles & _SKIPPED or _ONE_OFF.search(file.path) or _OTHER_WORK.search(file.path):
        return False
    if not (file.facts.main_line or _works_at_top(file)) or file.facts.endpoints:
        return False
    if "ORCH" in imported_sets(file.facts):
        return False
    if calls_of(file.facts, "FIT") or calls_of(file.facts, "PRED") or file.trains or _makes_a_model(file):
        return False
    reads = [call for call in _data(file, "READ") if call.name != "open"]
    writes = list(_data(file, "WRITE"))
    return bool(reads and writes) and any(not call.name.startswith("json.") for call in (*reads, *writes))


def _makes_a_model(file: PythonFile) -> bool:
    """It builds a model of a library, defines a network, or imports what is for nothing else."""
    if not file.alg:
        return False
    if any(item.module.partition(".")[0] in _LEARNING for item in file.facts.imports):
        return True
    defines = any(not MODEL_BASES.isdisjoint(item.bases) for item in file.facts.classes)
    return defines or bool(models_made(file.facts))


_prepares = Memo(_is_preparation)


def _works_at_top(file: PythonFile) -> bool:
    return any(not call.scope for call in (*_data(file, "READ"), *_data(file, "WRITE")))


def _data(file: PythonFile, kind: str) -> Iterator[Call]:
    return (call for call in calls_of(file.facts, kind) if not _NO_DATA.search(call.name) and not _gives_text(call))


def _gives_text(call: Call) -> bool:
    """`frame.to_json()`: without a path it returns what it would write."""
    return call.name.rpartition(".")[2].startswith("to_") and not call.arguments and not call.keywords


def _named(view: View) -> str:
    """All that commands, shell scripts and calls of Python name."""
    texts = [text for _, _, text in view.commands]
    texts += [f":{target.partition(':')[0]}" for _, facts in view.packaging for _, target in facts.scripts]
    for entry, facts in view.of(TextFacts):
        texts += () if entry.roles & {"docs"} else facts.scripts
    return " ".join([*texts, *(text for file in view.python for text in _texts(file))])


def _scripts_in(file: CodeFile) -> tuple[str, ...]:
    run = file.facts.scripts if isinstance(file, PythonFile) else ()
    return (*[call.first for call in file.facts.calls if ".py" in call.first], *run)


_texts = Memo(_scripts_in)


def _is_run(file: PythonFile, named: str) -> bool:
    """By its file's name, or as a module or console script."""
    name = file.path.rpartition("/")[2].removesuffix(".py")
    stem = re.escape(name)
    return name in named and re.search(rf"(?<![\w-]){stem}\.py\b|(?:-m\s+|:)(?:[\w.]+\.)?{stem}\b", named) is not None


def _hit(file: PythonFile) -> Hit:
    read = next(call for call in _data(file, "READ") if call.name != "open")
    write = next(_data(file, "WRITE"))
    return Hit(
        path=file.path,
        line=file.facts.main_line or read.line,
        key="loose script",
        message=f"This script reads data (line {read.line}) and writes data (line {write.line}); no pipeline, "
        "Makefile, shell script or CI job of the repository runs it, so that a person has to know when.",
    )
