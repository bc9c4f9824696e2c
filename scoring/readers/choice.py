"""Which readers read a path, by their names alone; no reader is imported here.

A name is `<module>.<variant>` or `<module>`: "ci.travis" is the variant travis of `scoring.readers.ci`. As a reader
sees bytes only, whatever the path tells it (which system, markdown or not, runtime or dev) is in the variant.
"""

import re
from functools import lru_cache

from scoring.readers.test_paths import is_of_tests

PATH_CACHE = 65_536

_YAML = (".yml", ".yaml")

# ---- CI: the systems of catalogue 12.2, and those that its ground truth was found to miss (Zuul, Prow, ...)
_CI_RULES = tuple(
    (re.compile(pattern), f"ci.{system}")
    for pattern, system in (
        (r"^\.github/workflows/[^/]+\.ya?ml$", "github"),
        (r"^\.github/actions/(?:.+/)?action\.ya?ml$", "github-action"),
        (r"^\.travis\.ya?ml$", "travis"),
        (r"^\.circleci/.+\.ya?ml$|^circle\.yml$", "circleci"),
        (r"^\.gitlab-ci\.ya?ml$|^(?:.+/)?[^/]*\.gitlab-ci\.ya?ml$|^\.gitlab(?:/|-)ci/.+\.ya?ml$", "gitlab"),
        (r"^(?:.+/)?\.?azure-pipelines?[^/]*\.ya?ml$", "azure"),
        (r"^(?:.+/)?(?:\.pipelines|\.?azure-pipelines|\.azuredevops|\.azdo|\.vsts)/.+\.ya?ml$", "azure"),
        (r"^(?:.+/)?jenkinsfile(?:[._-][^/]*)?$|\.jenkinsfile$|^\.?jenkins/.+\.groovy$", "jenkins"),
        (r"^\.taskcluster\.ya?ml$|^taskcluster/(?:ci|kinds)/.+\.ya?ml$", "taskcluster"),
        (r"^(?:.+/)?cloudbuild[^/]*\.(?:ya?ml|json)$", "cloudbuild"),
        (r"^(?:.+/)?\.?buildkite/.+\.ya?ml$|^\.?buildkite[^/]*\.ya?ml$", "buildkite"),
        (r"^\.?appveyor[^/]*\.ya?ml$|^\.appveyor/.+\.ya?ml$", "appveyor"),
        (r"^\.drone\.ya?ml$", "drone"),
        (r"^bitbucket-pipelines\.ya?ml$", "bitbucket"),
        (r"^\.woodpecker[^/]*\.ya?ml$|^\.woodpecker/.+\.ya?ml$", "woodpecker"),
        (r"^(?:.+/)?\.?tekton/.+\.ya?ml$", "tekton"),
        (r"^\.?zuul\.ya?ml$|^\.?zuul\.d/.+\.ya?ml$", "zuul"),
        (r"^\.prow[^/]*\.ya?ml$|^(?:.+/)?\.?prow/.+\.ya?ml$|^prow_config\.ya?ml$", "prow"),
        (r"^\.cirrus\.ya?ml$", "cirrus"),
        (r"^\.semaphore/.+\.ya?ml$|^semaphore\.yml$", "semaphore"),
        (r"^(?:.+/)?buildspec[^/]*\.ya?ml$", "codebuild"),
        (r"^(?:.+/)?codefresh[^/]*\.ya?ml$", "codefresh"),
        (r"^shippable\.yml$", "shippable"),
        (r"^wercker\.yml$", "wercker"),
    )
)
_CI_HINT = re.compile(
    r"ci|build|travis|azure|pipeline|jenkins|task|appveyor|drone|wood|tekton|zuul|prow|cirrus|git|sema|code|ship|werck|vsts|azdo"
)

# ---- packaging
_REQUIREMENTS_NAME = re.compile(r"^(?:.*[-_.])?(?:requirements?|reqs?)(?:[-_.].*)?\.(?:txt|in|pip|lock)$")
_REQUIREMENTS_FOLDER = re.compile(r"(?:^|/)(?:requirements|reqs)/(?:.+/)?[^/]+\.(?:txt|in|pip)$")
_CONSTRAINTS_NAME = re.compile(r"^(?:.*[-_.])?constraints?(?:[-_.].*)?\.(?:txt|in|pip)$")
_DEV_TOKENS = re.compile(
    r"(?:^|[-_.])(?:dev|develop|development|devel|tests?|testing|lint|linting|linters|docs?|documentation|ci|style|build"
    r"|rtd|rtfd|readthedocs|sphinx|quality|typing|types|mypy|format|formatting|benchmarks?|releases?|publish|tox|nox|precommit|hacking|tooling"
    r"|coverage)(?:[-_.]|$)"
)
_DEV_FOLDERS = frozenset({"docs", "doc", "test", "tests", "testing", "ci", ".ci", "benchmarks", ".github", ".circleci"})
_CONDA_NAME = re.compile(
    r"^(?!conda_build)(?:(?:conda|ci|dev|tests?|docs?|gpu|cpu|cuda|local|train(?:ing)?|base|full|minimal|binder|rtd|aml|azureml|ml|py\d*"
    r"|python|mac|linux|win(?:dows)?)[-_.])?(?:environment|env|conda)(?:[-_.].*)?\.ya?ml$"
    r"|^(?:.*[-_])?dependencies(?:[-_.].*)?\.ya?ml$|^(?:conda|gpu|cpu|cuda)\.ya?ml$"
)
_CONDA_LOCK = re.compile(r"^(?:.+[-_.])?conda-lock\.ya?ml$")
_CONDA_RECIPE = re.compile(r"(?:^|/)[^/]*(?:conda|recipe)[^/]*/(?:.+/)?meta\.ya?ml$")
_PACKAGING_NAMES = {
    "setup.py": ("python", "packaging.setup-py"),
    "setup.cfg": ("packaging.setup-cfg", "config.ini"),
    "pyproject.toml": ("packaging.pyproject", "config.toml", "tasks.pyproject"),
    "pipfile": ("packaging.pipfile",),
    "pipfile.lock": ("packaging.pipfile-lock",),
    "poetry.lock": ("packaging.poetry-lock",),
    "uv.lock": ("packaging.uv-lock",),
    "pdm.lock": ("packaging.pdm-lock",),
    "pixi.toml": ("packaging.pixi",),
    ".python-version": ("packaging.python-version",),
    "runtime.txt": ("packaging.runtime-txt",),
    ".tool-versions": ("packaging.tool-versions",),
}
_PYLOCK = re.compile(r"^pylock(?:\.[^.]+)?\.toml$")

# ---- tasks, containers
_TASK_NAMES = {
    "makefile": ("tasks.makefile",),
    "gnumakefile": ("tasks.makefile",),
    "justfile": ("tasks.justfile",),
    ".justfile": ("tasks.justfile",),
    "tox.ini": ("tasks.tox", "config.ini"),
    "noxfile.py": ("python", "tasks.nox"),
    "mlproject": ("tasks.mlproject",),
    "dvc.yaml": ("tasks.dvc",),
    "dvc.yml": ("tasks.dvc",),
    "devcontainer.json": ("tasks.devcontainer", "docker.devcontainer"),
    ".devcontainer.json": ("tasks.devcontainer", "docker.devcontainer"),
}
_TASKFILE = re.compile(r"^taskfile(?:\.dist)?\.ya?ml$")
_COMPOSE = re.compile(r"^(?:docker-)?compose(?:[-_.].*)?\.ya?ml$")
_DOCKERFILE = re.compile(r"^(?:dockerfile|containerfile)(?:[-_.].*)?$|^.+\.(?:dockerfile|containerfile)$")

# ---- prose
_PROSE = (".md", ".markdown", ".mdx", ".rst", ".adoc", ".myst")
_DOC_KINDS = tuple(
    (re.compile(pattern), f"docs.{kind}")
    for pattern, kind in (
        (r"^readme(?:[-_.].*)?$|^.+[-_.]readme\.(?:md|rst|txt)$", "readme"),
        (r"^(?!.*template)(?:.+[-_ .])?model[-_ ]?cards?(?:[-_ .].*)?$", "model-card"),
        (
            r"^(?:.+[-_ .])?(?:datasheets?|data[-_ ]?cards?|dataset[-_ ]?cards?|data[-_ ]statement)(?:[-_ .].*)?$",
            "datasheet",
        ),
        (r"^(?:contributing|contributors?[-_ ]guide|developing|development|hacking)(?:[-_.].*)?$", "contributing"),
        (
            r"^(?:.*[-_ .])?(?:runbooks?|playbooks?|rollback|post[-_ ]?mortems?|incidents?|on[-_]?call|sla|slos?)"
            r"(?:[-_ .].*)?$",
            "runbook",
        ),
        (r"^(?:.*[-_ .])?(?:reproducibility|repro)(?:[-_ .].*)?$|^(?:.*[-_ .])?checklists?(?:[-_ .].*)?$", "checklist"),
        (r"^(?:changelog|changes|change_log|history|news|release[-_ ]?notes|releases)(?:[-_.].*)?$", "changelog"),
    )
)
_DOC_FOLDER_KINDS = tuple(
    (re.compile(pattern), f"docs.{kind}")
    for pattern, kind in (
        (r"(?:^|/)model[-_]?cards?/", "model-card"),
        (r"(?:^|/)(?:datasheets?|data[-_]?cards?)/", "datasheet"),
        (r"(?:^|/)(?:runbooks?|playbooks?|post[-_]?mortems?|incidents?)/", "runbook"),
    )
)
_BARE_DOCS = frozenset({"readme", "contributing", "changelog", "changes", "news", "history", "hacking"})
_LICENCE = re.compile(
    r"^(?:licen[cs]e|copying)(?:[-_](?:mit|apache|bsd|[al]?gpl|mpl|cc|isc|code|software|\d)[-_a-z0-9.]*?)?(?:\.(?:txt|md|rst))?$"
)
"""One that names its kind at the most: LICENSE-NVIDIA is of a part, and license-header.txt is none."""
_OWNERS = frozenset({"codeowners", ".github/codeowners", "docs/codeowners", ".gitlab/codeowners"})

# ---- configuration
_MACHINE_MADE = frozenset(
    {
        "package-lock.json",
        "npm-shrinkwrap.json",
        "composer.lock",
        "pnpm-lock.yaml",
        "yarn.lock",
        "cargo.lock",
        "poetry.toml",
        "conda-lock.yml",
        "dvc.lock",
        "package.json",
        "composer.json",
        "cargo.toml",
        ".zenodo.json",
        "citation.cff",
        "labels.json",
        "vocab.json",
        "tokenizer.json",
        "special_tokens_map.json",
        "manifest.json",
        "results.json",
        "metrics.json",
    }
)
_JSON_CONFIG = re.compile(
    r"(?:^|[-_.])(?:config(?:uration)?s?|conf|cfg|settings?|params?|parameters|hparams|hyp|hyper[-_]?param(?:eter)?s?|options|opts?|args"
    r"|flags|features?|thresholds?|defaults?|deepspeed|ds|zero\d?|accelerate|launch|values)(?:[-_.\d].*)?\.json$"
)
_CONFIG_FOLDER = re.compile(r"(?:^|/)(?:\.?config(?:uration)?s?|confs?|cfgs?|settings|params|hparams|hyps?)/")
_INI = (".ini", ".cfg", ".conf", ".properties")
_ENV_SAMPLE = re.compile(
    r"^\.?env[-_.](?:example|sample|template|dist|default|defaults|tpl|ci|test|local\.example)$|^(?:example|sample|template)\.env$|^\.env$|^.+\.env$"
)
_TEMPLATED = re.compile(
    r"\.(ya?ml|toml|json|ini|cfg|conf)\.(?:j2|jinja2?|tpl|tmpl|template|example|sample|dist|default)$"
)
_FORMATS = {"yml": "yaml", "yaml": "yaml", "toml": "toml", "json": "json", "ini": "ini", "cfg": "ini", "conf": "ini"}

# ---- code in other languages: how its comments begin
_COMMENT_STYLES = {
    "hash": "sh bash zsh ksh csh fish bats r rmd rb pl pm jl nim ex exs cmake tcl ps1 psm1 pyx pxd pxi smk coffee cr"
    " awk sed nix tf hcl rego",
    "slash": "c h cc cpp cxx hpp hh hxx cu cuh java scala sc kt kts go rs js mjs cjs jsx ts tsx cs fs swift m mm dart"
    " groovy gradle php proto thrift sol v sv zig metal glsl hlsl css scss less vue svelte ino",
    "dash": "lua hs elm vhd vhdl ada",
    "sql": "sql",
    "percent": "tex erl hrl prolog",
    "semicolon": "lisp el clj cljs cljc scm rkt asm s",
    "exclaim": "f f90 f95 f03 for",
}
_STYLE_OF = {extension: style for style, listed in _COMMENT_STYLES.items() for extension in listed.split()}
_SHELL = frozenset({"sh", "bash", "zsh", "ksh"})


@lru_cache(maxsize=PATH_CACHE)
def reader_names(path: str) -> tuple[str, ...]:
    """The names of the readers for a path, in a fixed order; () where no reader reads such a path."""
    lower = path.lower()
    names = _reader_names(lower)
    return tuple("python.test" if name == "python" else name for name in names) if is_of_tests(lower) else names


def _reader_names(lower: str) -> tuple[str, ...]:
    name = lower.rpartition("/")[2]
    extension = name.rpartition(".")[2] if "." in name else ""
    if extension == "ipynb":
        return ("notebook",)
    if name == "debtboard.toml":
        return ("declaration",)
    named = _PACKAGING_NAMES.get(name) or _TASK_NAMES.get(name)
    if named:
        return named
    if extension in ("py", "pyw", "pyi"):
        return ("python",)
    return (
        _ci(lower)
        or _containers_and_tasks(name)
        or _packaging(lower, name)
        or _docs(lower, name)
        or _rest(lower, name, extension)
    )


def _ci(lower: str) -> tuple[str, ...]:
    if _CI_HINT.search(lower):
        for pattern, reader in _CI_RULES:
            if pattern.search(lower):
                return (reader,)
    return ()


def _containers_and_tasks(name: str) -> tuple[str, ...]:
    if _COMPOSE.match(name):
        return ("tasks.compose", "docker.compose")
    if _DOCKERFILE.match(name):
        return () if name.endswith(".dockerignore") else ("docker.dockerfile",)
    if _TASKFILE.match(name):
        return ("tasks.taskfile",)
    if name.endswith((".mk", ".mak")) or name.startswith("makefile."):
        return ("tasks.makefile",)
    return ()


def _packaging(lower: str, name: str) -> tuple[str, ...]:
    if _CONDA_LOCK.match(name):
        return ("packaging.conda-lock",)
    if _CONDA_RECIPE.search(lower):
        return ("packaging.conda-recipe",)
    if _PYLOCK.match(name):
        return ("packaging.pylock",)
    if _CONDA_NAME.match(name) and not _CONFIG_FOLDER.search(lower):
        return ("packaging.conda-env-dev" if _is_dev(lower, name) else "packaging.conda-env", "config.yaml")
    if _CONSTRAINTS_NAME.match(name):
        return ("packaging.constraints",)
    if _REQUIREMENTS_NAME.match(name) or _REQUIREMENTS_FOLDER.search(lower):
        return ("packaging.requirements-dev" if _is_dev(lower, name) else "packaging.requirements",)
    return ()


def _is_dev(lower: str, name: str) -> bool:
    folders = lower.split("/")[:-1]
    return bool(_DEV_TOKENS.search(name.rpartition(".")[0])) or any(folder in _DEV_FOLDERS for folder in folders)


def _docs(lower: str, name: str) -> tuple[str, ...]:
    if lower in _OWNERS:
        return ("owners",)
    prose = name.endswith(_PROSE)
    if _LICENCE.match(name):
        return ("licences", "docs.prose") if prose else ("licences",)
    text = name.endswith(".txt") and not name.startswith("requirements")
    stem = name.rpartition(".")[0] if prose or text else name
    if not prose and not text and stem not in _BARE_DOCS:
        return ()
    for pattern, kind in _DOC_KINDS:
        if pattern.match(stem):
            return (kind,)
    for pattern, kind in _DOC_FOLDER_KINDS if prose else ():
        if pattern.search(lower):
            return (kind,)
    return ("docs.prose",) if prose else ()


def _rest(lower: str, name: str, extension: str) -> tuple[str, ...]:
    """Configuration, or code in another language, or nothing that is read."""
    if name in _MACHINE_MADE:
        return ()
    templated = _TEMPLATED.search(name)
    if templated:
        return (f"config.{_FORMATS[templated[1]]}",)
    if _ENV_SAMPLE.match(name):
        return ("config.env",)
    if name.endswith(_YAML):
        return ("config.yaml",)
    if extension == "toml":
        return ("config.toml",)
    if name.endswith(_INI):
        return ("config.ini",)
    if extension == "json" and (_JSON_CONFIG.search(name) or _CONFIG_FOLDER.search(lower)):
        return ("config.json",)
    style = _STYLE_OF.get(extension)
    return (f"text.{style}",) + ("shell",) * (extension in _SHELL) if style else ()
