"""Which readers a path gets: negatives first."""

import pytest

from scoring.readers import all_readers, readers_for
from scoring.readers.choice import reader_names


@pytest.mark.parametrize(
    "path",
    [
        "data/train/labels/0001.txt",
        "notes.txt",
        "package-lock.json",
        "ui/package-lock.json",
        "data/annotations.json",
        "requirements",
        "image.png",
        "Dockerfile.dockerignore",
        "dvc.lock",
        "data/data.xml.dvc",
    ],
)
def test_reader_names_none_for(path: str) -> None:
    assert reader_names(path) == ()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("model_card.py", ("python",)),
        ("src/stubs.pyi", ("python",)),
        ("nb/Explore.ipynb", ("notebook",)),
        ("docs/workflows/ci.yml", ("config.yaml",)),
        (".github/dependabot.yml", ("config.yaml",)),
        (".github/workflows/nested/ci.yml", ("config.yaml",)),
        (".github/workflows/ci.yaml", ("ci.github",)),
        (".github/actions/setup/action.yml", ("ci.github-action",)),
        (".travis.yml", ("ci.travis",)),
        (".circleci/config.yml", ("ci.circleci",)),
        (".gitlab-ci.yml", ("ci.gitlab",)),
        ("azure-pipelines-nightly.yml", ("ci.azure",)),
        (".pipelines/pr.yml", ("ci.azure",)),
        ("Jenkinsfile", ("ci.jenkins",)),
        ("ml_service/build.Jenkinsfile", ("ci.jenkins",)),
        (".taskcluster.yml", ("ci.taskcluster",)),
        ("cloudbuild.yaml", ("ci.cloudbuild",)),
        (".buildkite/pipeline.yml", ("ci.buildkite",)),
        ("appveyor.yml", ("ci.appveyor",)),
        (".drone.yml", ("ci.drone",)),
        ("bitbucket-pipelines.yml", ("ci.bitbucket",)),
        (".woodpecker/test.yaml", ("ci.woodpecker",)),
        ("tekton/pipeline.yaml", ("ci.tekton",)),
        (".zuul.yaml", ("ci.zuul",)),
        ("zuul.d/jobs.yaml", ("ci.zuul",)),
        (".prow.yaml", ("ci.prow",)),
        ("requirements.txt", ("packaging.requirements",)),
        ("requirements/prod.txt", ("packaging.requirements",)),
        ("examples/requirements_flax.txt", ("packaging.requirements",)),
        ("requirements.lock", ("packaging.requirements",)),
        ("requirements-dev.txt", ("packaging.requirements-dev",)),
        ("rtd_requirements.txt", ("packaging.requirements-dev",)),
        ("requirements/tests.txt", ("packaging.requirements-dev",)),
        ("docs/requirements.txt", ("packaging.requirements-dev",)),
        ("constraints.txt", ("packaging.constraints",)),
        ("setup.py", ("python", "packaging.setup-py")),
        ("setup.cfg", ("packaging.setup-cfg", "config.ini")),
        ("pyproject.toml", ("packaging.pyproject", "config.toml", "tasks.pyproject")),
        ("Pipfile", ("packaging.pipfile",)),
        ("Pipfile.lock", ("packaging.pipfile-lock",)),
        ("uv.lock", ("packaging.uv-lock",)),
        ("pylock.toml", ("packaging.pylock",)),
        ("pylock.dev.toml", ("packaging.pylock",)),
        ("environment.yml", ("packaging.conda-env", "config.yaml")),
        ("diabetes_regression/conda_dependencies_scoring.yml", ("packaging.conda-env", "config.yaml")),
        ("ludwig/datasets/configs/universal_dependencies.yaml", ("config.yaml",)),
        ("conda/recipe/meta.yaml", ("packaging.conda-recipe",)),
        ("mlruns/0/meta.yaml", ("config.yaml",)),
        ("conda-lock.yml", ("packaging.conda-lock",)),
        (".python-version", ("packaging.python-version",)),
        ("Dockerfile", ("docker.dockerfile",)),
        ("infra/dockerfile.base", ("docker.dockerfile",)),
        ("docker-compose.dev.yml", ("tasks.compose", "docker.compose")),
        ("Makefile", ("tasks.makefile",)),
        ("noxfile.py", ("python", "tasks.nox")),
        ("MLproject", ("tasks.mlproject",)),
        ("CODEOWNERS", ("owners",)),
        ("lib/LICENSE", ("licences",)),
        ("LICENSE-2.0.txt", ("licences",)),
        ("LICENSE-MIT", ("licences",)),
        ("LICENSE_APACHE-2.0.txt", ("licences",)),
        ("lib/LICENSE-NVIDIA", ()),
        ("tools/license-header.txt", ()),
        ("COPYING.md", ("licences", "docs.prose")),
        ("license.py", ("python",)),
        ("services/debtboard.toml", ("declaration",)),
        ("README", ("docs.readme",)),
        ("README.rst", ("docs.readme",)),
        ("docs/SLA.md", ("docs.runbook",)),
        ("docs/runbooks/on-fire.md", ("docs.runbook",)),
        ("MODEL_CARD.md", ("docs.model-card",)),
        ("datasheet.md", ("docs.datasheet",)),
        ("ml-reproducibility-checklist.md", ("docs.checklist",)),
        ("CHANGELOG.md", ("docs.changelog",)),
        ("docs/guide.md", ("docs.prose",)),
        ("conf/config.yaml", ("config.yaml",)),
        ("app/parameters.json", ("config.json",)),
        ("configs/model.json", ("config.json",)),
        (".env.example", ("config.env",)),
        ("conf/app.yaml.j2", ("config.yaml",)),
        ("src/main.cpp", ("text.slash",)),
        ("analysis/model.R", ("text.hash",)),
        ("q.sql", ("text.sql",)),
    ],
)
def test_reader_names_for(path: str, expected: tuple[str, ...]) -> None:
    assert reader_names(path) == expected
    assert tuple(reader.name for reader in readers_for(path)) == expected


def test_all_readers_have_names_of_their_own_and_versions() -> None:
    names = [reader.name for reader in all_readers()]
    assert names == sorted(set(names))
    assert all(reader.version >= 1 for reader in all_readers())
