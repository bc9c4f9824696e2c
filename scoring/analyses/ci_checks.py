"""What CI and tests make sure of: settings load, lineage holds, the pipeline runs (cfg.17, sta.6, jun.10).

Each asks for something that is there or not; where files went unread nobody can say that it is not.
"""

import re

from scoring import knowledge
from scoring.analyses.artefacts import WENT_UNREAD, pipeline_tests
from scoring.analyses.memo import Memo
from scoring.analyses.modules import imports_by_path
from scoring.analyses.own_configs import own_configs
from scoring.analyses.published import is_library
from scoring.analyses.settings import loaded_configs
from scoring.analyses.starts import naming_unread
from scoring.analyses.training import stem_of, words_of
from scoring.analyses.view import CodeFile, InPlace, PythonFile, View
from scoring.analyses.working_ci import ci_commands, ci_unread, commands_of_ci, has_ci, runs_out_of_sight
from scoring.facts import ConfigFacts, TextFacts
from scoring.findings import PKG, Answer, Hit, Measure, NotApplicable, Unknown
from scoring.knowledge.proposals import NAMES
from scoring.readers.places import roles_of

# ---------------------------------------------------------------- settings

_LOADS = re.compile(
    r"--cfg[ =]+(?:job|all)|\bdvc\s+(?:params|repro|exp|dag|status|pull)|\bdbt\s+(?:parse|compile|build|run|ls|test)"
    r"|\bkedro\s+(?:run|registry|catalog)|jsonschema|\byamale\b|\bkwalify\b|\bajv\b|\bcue\s+vet\b"
    r"|(?:valid|verif|check|lint)\w*[-_](?:the[-_])?(?:all[-_])?(?:conf|schema|params|settings)"
    r"|(?:configs?|schemas?|params|settings)[-_](?:valid|check|lint|test)",
    re.IGNORECASE,
)
_LOADERS = frozenset(
    {"hydra", "omegaconf", "yaml", "ruamel", "toml", "tomllib", "tomli", "configparser", "yacs", "dynaconf", "confuse"}
)
_OF_SETTINGS = re.compile(r"(?:^|_)(?:configs?|cfgs?|settings|hydra|yamls?|params|presets|profiles)(?:_|\d*$)")
_NAMED = re.compile(r"conf|cfg|settings|param|(?:^|[/_.-])hyp|experiments?/|profiles?/|presets?/", re.IGNORECASE)
_TOOLS = re.compile(
    r"\.template$|(?:^|/)(?:pip\.conf|deployment\.\w+|meta\.ya?ml|[\w-]*(?:deploy|inference|flink|spark|docker)[\w-]*\.\w+)$|(?:^|/)(?:mlruns|wandb|outputs?|habitat|docker|slurm|[\w-]*weights|checkpoints?|pretrained)/"
    r"|(?:^|/)(?:app|docs|generators|mkdocs|cluster_\w+|sweep|prompts|openapi|swagger|values|chart|project)\.(?:ya?ml|properties|json)"
    r"(?:\.|$)|(?:^|/)(?:deploy\w*|charts?|helm|k8s|kubernetes|openshift|terraform|infra\w*|data|datasets?|fern|supabase)/",
    re.IGNORECASE,
)
"""Files that another program reads, which checks them itself, and data."""

NAMED = 0.2
"""Share of the configuration files that Python code has to name: the others are another program's."""


def configs_loaded(view: View) -> Answer:
    """1 where CI loads the settings, 0 where neither it nor a test loads any."""
    configs = [item for item in own_configs(view) if _sets(item)]
    if not configs:
        return NotApplicable("no configuration files of its own")
    commands = [*ci_commands(view), *[name for _, facts in view.ci for name in facts.uses]]
    if any(map(_LOADS.search, commands)):
        return Measure(1.0, len(configs), note="CI loads or checks the configuration")
    if naming_unread(view) or view.python_unseen:
        return Unknown("CI files, configuration or tests that may load them went unread")
    if any(map(_tests_settings, view.tests)) or _tests_reach_loader(view):
        return Unknown("tests load configuration, and whether they load every file is not seen")
    if runs_out_of_sight(view):
        return Unknown("CI runs scripts whose commands are not seen")
    if pipeline_tests(view).present:
        return Unknown("a pipeline that CI runs may load them")
    named = frozenset([item.entry.path for item in loaded_configs(view)])
    if sum([item.entry.path in named for item in configs]) < NAMED * len(configs):
        return NotApplicable("its Python code names few of the configuration files")
    return Measure(0.0, len(configs), (_configs_hit(view, configs),))


def _is_setting(item: InPlace[ConfigFacts]) -> bool:
    path = item.entry.path
    if item.facts.format == "json" or "example" in item.entry.roles:
        return False
    return _NAMED.search(path) is not None and not _TOOLS.search(path)


_sets = Memo(_is_setting)


def _loads_settings(file: CodeFile) -> bool:
    """A test that imports a loader of settings, or is named after them."""
    if any(item.module.partition(".")[0] in _LOADERS for item in file.facts.imports):
        return True
    named = [file.path.rpartition("/")[2].removesuffix(".py"), *file.facts.function_names]
    return any(map(_OF_SETTINGS.search, named)) or any(
        _OF_SETTINGS.search(item.module.rpartition(".")[2]) or _OF_SETTINGS.search(item.name.lower())
        for item in file.facts.imports
    )


_tests_settings = Memo(_loads_settings)


def _imports_loader(file: CodeFile) -> bool:
    return any(item.module.partition(".")[0] in _LOADERS for item in file.facts.imports)


_reads_settings = Memo(_imports_loader)


def _tests_reach_loader(view: View) -> bool:
    """Whether a test imports, through however many modules, one that loads settings."""
    imported, files = imports_by_path(view), view.python_by_path
    todo = [file.path for file in view.tests]
    seen = set(todo)
    while todo:
        for path in imported[todo.pop()] - seen:
            if _reads_settings(files[path]):
                return True
            seen.add(path)
            todo.append(path)
    return False


def _configs_hit(view: View, configs: list[InPlace[ConfigFacts]]) -> Hit:
    first = min((item.entry.path for item in configs), key=lambda path: (path.count("/"), path))
    many = f"these {len(configs)} configuration files" if len(configs) > 1 else "this configuration file"
    what = "no test or CI step" if has_ci(view) or view.tests else "nothing (there is neither a test nor CI)"
    return Hit(
        path=first,
        line=1,
        key="configs unloaded",
        message=f"{what[0].upper()}{what[1:]} loads {many}: a wrong key or value shows when a run fails.",
        evidence={"files": len(configs)},
    )


# ---------------------------------------------------------------- lineage

_PROJECTS = ("dbt_project.yml", "dbt_project.yaml", "dvc.yaml", "dvc.yml", "feature_store.yaml", "datacontract.yaml")
_ASIDE = frozenset({"test", "example", "docs"})
_LINEAGE = re.compile(
    r"dbt[-_]project[-_]evaluator|\bdbt\s+(?:parse|compile|build|run|docs|ls|test|retry)|\bdvc\s+(?:status|repro|dag|exp\s+run"
    r"|data\s+status)|datacontract|\bsqlmesh\b|\bfeast\s+(?:plan|apply)|openlineage|\bkedro\s+(?:run|registry)"
    r"|\bsqlfluff\b|dbt[-_]checkpoint|dbt[-_](?:action|ci|build|run|test)|setup-dvc",
    re.IGNORECASE,
)
_NOT_FOLLOWED = ("make ", "tox", "docker", "just ", ".sh")


def lineage_checked(view: View) -> Answer:
    """1 where data flows are declared and no CI step checks the declaration."""
    projects = sorted([path for path in view.paths if path.endswith(_PROJECTS) and not roles_of(path) & _ASIDE])
    if not projects:
        return NotApplicable("no data flow is declared (dbt, DVC, a feature store, a data contract)")
    texts = [
        text
        for entry, facts in view.ci
        for text in (*(item.text for item in facts.commands), *facts.uses, *(name for name, _ in facts.labels))
    ]
    if any(map(_LINEAGE.search, texts)):
        return Measure(0.0, len(projects))
    if ci_unread(view):
        return Unknown("CI files went unread")
    if texts and any(name in text for text in texts for name in _NOT_FOLLOWED):
        return Unknown("CI runs targets or scripts whose commands are not followed")
    first = min(projects, key=lambda path: (path.count("/"), path))
    said = "No CI step checks it" if has_ci(view) else "There is no CI that would check it"
    return Measure(
        1.0,
        len(projects),
        (
            Hit(
                path=first,
                line=1,
                key="lineage unchecked",
                message=f"This file declares how data flows. {said}: a step, model or file that no longer fits is "
                "found when the pipeline fails.",
            ),
        ),
    )


# ---------------------------------------------------------------- the pipeline


_TRAINING = frozenset({"FIT", "TRAIN"})
_TRAINING_TEST = re.compile(
    r"(?:^|_)(?:re)?train(?!s?form)|(?:^|_)fit(?:_|s|ting|$)|end_?(?:2|to)_?end|e2e|pipeline|integration|smoke|workflow"
    r"|fast_dev_run|notebook|main$|(?:^|_)cli(?:_|$)"
)


def _may_train(file: CodeFile) -> bool:
    named = [file.path.rpartition("/")[2].removesuffix(".py"), *file.facts.function_names]
    return any(map(_TRAINING_TEST.search, named)) or any(
        not knowledge.call_kinds(call.name).isdisjoint(_TRAINING) for call in file.facts.calls
    )


_trains_in_test = Memo(_may_train)


def _may_run_scripts(view: View) -> bool:
    """Whether CI calls a target that names what trains, or something that nobody sees while a script names it."""
    names = {file.path.rpartition("/")[2] for file in view.training}
    words = {word.rpartition("/")[2] for text in commands_of_ci(view) for word in text.split()}
    if not names.isdisjoint(words):
        return True
    if not runs_out_of_sight(view):
        return False
    return any(script.rpartition("/")[2] in names for _, facts in view.of(TextFacts) for script in facts.scripts)


def _order(path: str) -> tuple[bool, int, str]:
    """What is named after training first, then the outermost: a part of it may train by itself to try it out."""
    return _STARTS.isdisjoint(words_of(stem_of(path))), path.count("/"), path


_STARTS = NAMES.training | {"main", "run"}


def _own_training(view: View) -> list[PythonFile]:
    """What trains, but for examples and notebooks; what a library has beside its packages shows how it is used."""
    own = [file for file in view.training if "example" not in file.roles and not file.is_notebook]
    if not is_library(view):
        return own
    return [file for file in own if f"{file.path.rpartition('/')[0]}/__init__.py" in view.paths]


def pipeline_tested(view: View) -> Answer:
    """1 where CI or a test runs the pipeline from end to end, 0 where nothing does (rubric test infra-3)."""
    own = _own_training(view)
    if not own:
        return (
            Unknown("what is left unread may train")
            if view.python_unseen
            else NotApplicable("nothing but examples and notebooks trains a model")
        )
    artefact = pipeline_tests(view)
    if artefact.present is None and (artefact.note != WENT_UNREAD or view.unread(PKG)):
        return Unknown(artefact.note)
    if artefact.present:
        return Measure(1.0, len(own), note=artefact.note)
    if _may_run_scripts(view):
        return Unknown("CI runs shell scripts that may train")
    if any(map(_trains_in_test, view.tests)):
        return Unknown("tests fit models, and whether one goes the whole way is not seen")
    path = min((file.path for file in own), key=_order)
    return Measure(
        0.0,
        len(own),
        (
            Hit(
                path=path,
                line=1,
                key="no pipeline test",
                message="No test and no CI job runs the way from data to a trained model, on however little data: that "
                "its parts fit together is found by running it in earnest.",
            ),
        ),
    )
