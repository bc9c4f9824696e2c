"""Rules over paths: language, roles, exclusions; negatives first."""

import pytest

from scoring.readers.places import exclusion, language_of, roles_of


@pytest.mark.parametrize(
    "path",
    [
        "src/train.py",
        "builder/make.py",
        "vendors.py",
        "distribution/a.py",
        "app/migrations/0001.py",
        "external_api.py",
        "env/a.py",
    ],
)
def test_exclusion_none_for(path: str) -> None:
    assert exclusion(path) == ""


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("lib/site-packages/a.py", "vendored: site-packages/"),
        ("ui/node_modules/x/index.js", "vendored: node_modules/"),
        (".venv/bin/activate", "vendored: .venv/"),
        ("Third_Party/eigen/a.h", "vendored: third_party/"),
        ("3rdparty/a.c", "vendored: 3rdparty/"),
        ("build/lib/a.py", "built: build/"),
        ("dist/a.js", "built: dist/"),
        ("wandb/run-20221226_160733-2hw5oxrl/files/requirements.txt", "output of a training run"),
        ("proto/feature_pb2.py", "generated"),
        ("static/plotly.min.js", "generated"),
        ("src/._train.py", "a twin that macOS made of a file, for its attributes"),
    ],
)
def test_exclusion_reason(path: str, reason: str) -> None:
    assert exclusion(path) == reason


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("LICENSE-MIT", ""),
        ("a.unknown", ""),
        ("train.py", "python"),
        ("a.ipynb", "jupyter"),
        ("a.R", "r"),
        ("a.h", "c++"),
        ("a.cu", "cuda"),
        ("run.sh", "shell"),
        ("q.sql", "sql"),
        ("c.yaml", "yaml"),
        ("Makefile", "makefile"),
        ("Dockerfile.gpu", "dockerfile"),
        ("a.m", "matlab"),
    ],
)
def test_language_of(path: str, language: str) -> None:
    assert language_of(path) == language


@pytest.mark.parametrize(
    ("path", "roles"),
    [
        ("src/train.py", set()),
        ("test.py", set()),
        ("agents/test-repair/main.py", set()),
        ("contest/a.py", set()),
        (".pre-commit-config.yaml", set()),
        ("mkdocs.yml", set()),
        ("tests/conftest.py", {"test"}),
        ("metrics/tests.py", {"test"}),
        ("metrics/contests.py", set()),
        ("pkg/test_model.py", {"test"}),
        ("pkg/tests.py", {"test"}),
        ("egs/librimix/eval.py", {"example"}),  # recipes, in the habit of Kaldi
        ("examples/a/config.yaml", {"example", "config"}),
        ("docs/conf.py", {"docs"}),
        ("README.md", {"docs"}),
        ("app/migrations/0001_initial.py", {"migration"}),
        ("conf/model.yaml", {"config"}),
        (".env.example", {"config"}),
        (".github/workflows/ci.yml", {"ci"}),
        ("pyproject.toml", {"packaging", "task"}),
        ("setup.py", {"packaging"}),
        ("uv.lock", {"packaging", "generated"}),
        ("Makefile", {"task"}),
        ("a.ipynb", {"notebook", "research"}),
        ("experiments/x.py", {"research"}),
        ("renv/activate.R", {"generated"}),
        ("src/activate.R", set()),
    ],
)
def test_roles_of(path: str, roles: set[str]) -> None:
    assert roles_of(path) == roles
