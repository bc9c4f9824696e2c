"""What implements a rubric test or a practice is found where the tables say, and nowhere else."""

import tomllib
from importlib.resources import files

import pytest

from scoring import knowledge
from scoring.analyses.traces import traces
from scoring.catalog.practices import PRACTICES
from scoring.catalog.rubric import TESTS
from scoring.facts import HistoryFacts
from scoring.scores.rubric import score_rubric
from scoring.testing import facts_from

TABLE = tomllib.loads(files(knowledge).joinpath("artefacts.toml").read_text("utf-8"))
CALLS = [(slug, name) for slug, row in TABLE.items() for name in row.get("calls", ())]
TRAIN = "from sklearn.svm import SVC\n\nSVC().fit(X, y)\n"

COMMANDS = {
    "data-1": ["dbt test --select marts", "soda scan -d lake checks.yml", "great_expectations checkpoint run daily"],
    "data-4": ["opa test policies"],
    "model-3": ["wandb sweep sweep.yaml", "nnictl create --config config.yml", "guild run train x=[1,2]"],
    "infra-7": ["kubectl rollout undo deployment/model", "helm rollback model 1", "./scripts/rollback.sh"],
    "monitor-1": ["datacontract test orders.yaml", "dbt source freshness"],
    "monitor-6": ["locust -f load.py --headless", "pytest --benchmark-only", "k6 run load.js"],
    "bp-09-reviews-linters": [
        "flake8 . --count", "python -m pylint src", "ruff check .", "black --check .", "isort -c --diff .",
        "tox -e lint", "make lint", "pre-commit run --all-files", "mypy .",
    ],
    "bp-24-runtimes": ["asv run HEAD^!"],
}  # fmt: skip
OTHER_COMMANDS = [
    "dbt run", "pip install flake8 pytest", "make all", "black .", "python train.py", "locustfile", "git revert HEAD",
    "echo k6", "npm run build", "tox -e py311",
]  # fmt: skip
PATHS = {
    "data-1": ["gx/expectations/orders.json", "great_expectations.yml", "a/schema.pbtxt", "soda/checks.yml",
        "orders.odcs.yaml"],
    "model-3": ["sweeps/lr.yaml", "conf/sweep-lr.yml", "lr_sweep.yaml", "configs/hparams_search/mnist.yaml"],
    "infra-7": ["ops/rollback.sh", "ci/roll-back-model.yml"],
    "monitor-3": ["features/feature_store.yaml"],
    "monitor-6": ["load/locustfile.py", "asv.conf.json"],
    "bp-05-data-versioning": ["data/train.csv.dvc", "dvc.lock"],
    "bp-09-reviews-linters": [".pre-commit-config.yaml"],
    "bp-24-runtimes": ["benchmarks/asv.conf.json"],
}  # fmt: skip
OTHER_PATHS = [
    "sweep.yaml", ".github/ISSUE_TEMPLATE/sweep-bugfix.yml", "sub/.pre-commit-config.yaml", "expectations.json",
    "rollback.py", "dvc.yaml", "schema.py",
]  # fmt: skip


def found(files: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return traces(facts_from(files, history=HistoryFacts()))


def test_nothing_is_found_in_plain_code() -> None:
    assert found({"train.py": TRAIN, "conf.yaml": "kind: model\ntraffic: 10\n"}) == {}


def test_every_row_is_a_rubric_test_or_a_practice() -> None:
    assert set(TABLE) <= {test.slug for test in TESTS} | {practice.slug for practice in PRACTICES}


@pytest.mark.parametrize(("slug", "name"), CALLS, ids=lambda value: value)
def test_every_call_of_the_table_is_found_on_a_snippet(slug: str, name: str) -> None:
    dotted = name.replace(".*.", ".inner.").replace("*", "Thing")
    module, _, last = dotted.rpartition(".")
    assert found({"a.py": f"from {module} import {last}\n\nx = {last}(rows)\n"})[slug] == ("a.py:3",)


@pytest.mark.parametrize(("slug", "name"), CALLS, ids=lambda value: value)
def test_an_import_alone_is_no_call(slug: str, name: str) -> None:
    module = name.replace(".*", "").rpartition(".")[0] or name.replace(".*", "")
    assert slug not in found({"a.py": f"import {module}\n"})


@pytest.mark.parametrize(
    ("slug", "base"), [(slug, base) for slug, row in TABLE.items() for base in row.get("bases", ())]
)
def test_class_deriving_from_a_base_of_the_table_is_found(slug: str, base: str) -> None:
    module, _, last = base.rpartition(".")
    assert found({"a.py": f"from {module} import {last}\n\n\nclass Mine({last}):\n    pass\n"})[slug] == ("a.py:4",)


@pytest.mark.parametrize("slug", [slug for slug, row in TABLE.items() if "keywords" in row])
def test_argument_of_the_table_counts_unless_it_is_off(slug: str) -> None:
    for keyword in TABLE[slug]["keywords"]:
        code = f"import lightning\n\nlightning.Trainer({keyword}=%s)\n"
        assert found({"a.py": code % "True"})[slug] == ("a.py:3",)
        assert slug not in found({"a.py": code % "False"})


@pytest.mark.parametrize(("slug", "text"), [(slug, text) for slug, texts in COMMANDS.items() for text in texts])
def test_command_of_ci_is_found(slug: str, text: str) -> None:
    workflow = f"on: push\njobs:\n  t:\n    steps:\n      - run: {text}\n"
    assert found({".github/workflows/ci.yml": workflow})[slug] == (".github/workflows/ci.yml:5",)


@pytest.mark.parametrize("text", OTHER_COMMANDS)
def test_other_command_is_not_found(text: str) -> None:
    assert found({".github/workflows/ci.yml": f"on: push\njobs:\n  t:\n    steps:\n      - run: {text}\n"}) == {}


def test_linter_of_a_makefile_runs_only_where_somebody_calls_it() -> None:
    assert found({"Makefile": "lint:\n\tflake8 .\n"}) == {}
    assert found({"Makefile": "load:\n\tlocust -f load.py\n"}) == {"monitor-6": ("Makefile:2",)}


@pytest.mark.parametrize(("slug", "path"), [(slug, path) for slug, paths in PATHS.items() for path in paths])
def test_path_is_found(slug: str, path: str) -> None:
    assert found({path: "a: 1\n"})[slug] == (f"{path}:1",)


@pytest.mark.parametrize("path", OTHER_PATHS)
def test_other_path_is_not_found(path: str) -> None:
    assert found({path: "a: 1\n"}) == {}


@pytest.mark.parametrize("row", [slug for slug, row in TABLE.items() if "paths" in row])
def test_every_pattern_of_a_path_or_a_command_is_tried(row: str) -> None:
    assert row in PATHS
    assert "commands" not in TABLE[row] or row in COMMANDS


def test_manifest_with_a_share_of_traffic_is_a_canary() -> None:
    manifest = "kind: InferenceService\nspec:\n  predictor:\n    canaryTrafficPercent: 10\n"
    assert found({"k8s/model.yaml": manifest}) == {"infra-6": ("k8s/model.yaml:4",)}
    assert found({"k8s/model.yaml": "kind: Rollout\n"}) == {"infra-6": ("k8s/model.yaml:1",)}


def test_name_of_a_test_counts_in_tests_alone() -> None:
    code = "def test_training_is_reproducible():\n    assert True\n"
    overfitting = code.replace("training_is_reproducible", "model_overfits_one_batch")
    assert found({"train.py": code}) == {}
    assert found({"tests/test_train.py": code}) == {"infra-1": ("tests/test_train.py:1",)}
    assert found({"tests/test_train.py": overfitting}) == {"bp-22-overfit-check": ("tests/test_train.py:1",)}


def test_documentation_and_examples_implement_nothing() -> None:
    code = "import optuna\n\noptuna.create_study()\n"
    assert found({"docs/tune.py": code, "examples/tune.py": code}) == {}
    assert found({"src/tune.py": code}) == {"model-3": ("src/tune.py:3",)}


def test_rubric_tells_what_is_implemented_and_leaves_the_rest_unknown() -> None:
    files = {"train.py": TRAIN, "tune.py": "import optuna\n\noptuna.create_study()\n"}
    tests = {test.slug: test for part in score_rubric(facts_from(files)).sections for test in part.tests}
    assert (tests["model-3"].state, tests["model-3"].points) == ("implemented_never_seen_running", None)
    assert tests["model-3"].evidence == ("tune.py:3",)
    assert tests["model-3"].next == "Show that it runs: hyper-parameters are searched, and no run was seen."
    assert tests["model-7"].state == "unknown"
    assert tests["model-7"].next == "Not told from code: no fairness metric was found here."
