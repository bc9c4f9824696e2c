"""rep.4: packages that jobs install or find in their images, commands of shell scripts; rep.11: templates."""

import pytest

from scoring.testing import ML_FILE, facts_from, result_of

LIST = {"requirements.txt": "scikit-learn==1.4.2\nkfp==2.7.0\n", "start.py": "import kfp\n\nkfp.compiler\n"}
TRAINS = {"train_on_cluster.py": "import pandas as pd\nimport tensorflow as tf\n\nprint(pd, tf)\n"}


def packages(files: dict[str, str]) -> list[object]:
    _, findings = result_of("rep.4", facts_from({**ML_FILE, **LIST, **files}))
    return [finding.evidence["package"] for finding in findings]


def test_rep_4_job_that_names_nothing_leaves_packages_undeclared() -> None:
    assert packages(TRAINS) == ["pandas", "tensorflow"]


@pytest.mark.parametrize(
    "handed",
    [
        'step = component(packages_to_install=["pandas==2.0", "tensorflow>=2.6"])',
        'job = Job(\n    requirements=[\n        "pandas==2.0",  # tables\n        "tensorflow",\n    ],\n)',
        'image = modal.Image.debian_slim().pip_install("pandas", "tensorflow")',
        'job = Job(train_container_uri="europe-docker.pkg.dev/vertex-ai/training/tf-cpu.2-6:latest")',
        'environment = {"pip_packages": ["pandas", "tensorflow"]}',
    ],
)
def test_rep_4_packages_of_a_job_are_declared(handed: str) -> None:
    assert packages({**TRAINS, "pipeline.py": f"{handed}\n"}) == []


@pytest.mark.parametrize(
    "handed",
    ['columns = Table(names=["pandas", "tensorflow"])', 'image = "figures/tensorflow.png"', "requirements = []"],
)
def test_rep_4_other_lists_and_pictures_declare_nothing(handed: str) -> None:
    assert packages({**TRAINS, "pipeline.py": f"{handed}\n"}) == ["pandas", "tensorflow"]


def test_rep_4_image_of_a_job_in_configuration_brings_its_packages() -> None:
    job = "jobs:\n  train:\n    image: registry.example.org/training/tf-gpu.2-11:latest\n"
    assert packages({**TRAINS, "job.yaml": job}) == []
    assert packages({**TRAINS, "docker-compose.yml": job}) == ["pandas", "tensorflow"]


TOOL = {"requirements.txt": "scikit-learn==1.4.2\nkfp==2.7.0\neksplorer==3.1\n"}


@pytest.mark.parametrize(
    "line",
    [
        "pip install eksplorer",
        "# eksplorer is handy",
        "echo eksplorer",
        "cat eksplorer",
        "make all # then eksplorer",
        "run --with eksplorer=1",
    ],
)
def test_rep_4_tool_that_no_script_calls_is_unused(line: str) -> None:
    assert packages({**TOOL, "install.sh": f"#!/bin/bash\n{line}\n"}) == ["eksplorer"]


@pytest.mark.parametrize(
    "line",
    [
        "eksplorer -r .names",
        "cat a.yaml | eksplorer -r .names",
        'name="$(eksplorer .name a.yaml)"',
        "sudo eksplorer .a",
        "python -m eksplorer",
    ],
)
def test_rep_4_tool_that_a_script_calls_is_used(line: str) -> None:
    assert packages({**TOOL, "install.sh": f"#!/bin/bash\n{line}\n"}) == []


FITS = {"train.py": "from sklearn.svm import SVC\n\nSVC(random_state=1).fit([[0]], [0])\n"}


@pytest.mark.parametrize(("title", "outcome"), [("Churn", "found"), ("Churn template", "not_applicable")])
def test_rep_11_template_ships_no_model(title: str, outcome: str) -> None:
    assert result_of("rep.11", facts_from({**FITS, "README.md": f"# {title}\n"}))[0].outcome == outcome


# ---------------------------------------------------------------- names that no table knows


@pytest.mark.parametrize(("module", "left"), [("acmefaces", []), ("acmevoices", ["acmevoices", "acme-faces"])])
def test_rep_4_dash_in_a_name_makes_no_other_package(module: str, left: list[str]) -> None:
    files = {
        "requirements.txt": "scikit-learn==1.4.2\nacme-faces==1.0\n",
        "a_run.py": f"import {module}\n\n{module}.x()\n",
    }
    _, findings = result_of("rep.4", facts_from({**ML_FILE, **files}))
    assert [finding.evidence["package"] for finding in findings] == left


@pytest.mark.parametrize(
    ("line", "left"),
    [("git+https://example.org/acme/slow-start.git", []), ("slowstart-tools==1.0", ["planner", "slowstart-tools"])],
)
def test_rep_4_repository_of_others_may_hold_a_module_of_any_name(line: str, left: list[str]) -> None:
    code = {"fit_it.py": "import planner\n\nplanner.x()\n", "requirements.txt": f"scikit-learn==1.4.2\n{line}\n"}
    _, findings = result_of("rep.4", facts_from({**ML_FILE, **code}))
    assert [finding.evidence["package"] for finding in findings] == [name.replace("_", "-") for name in left]


@pytest.mark.parametrize(
    ("image", "left"),
    [("quay.io/acme/serving-base:v1.5", []), ("python:3.11", ["pandas"]), ("nvidia/cuda:12.1", ["pandas"])],
)
def test_rep_4_image_that_others_made_may_hold_packages(image: str, left: list[str]) -> None:
    files = {"Dockerfile": f"FROM {image}\nRUN python table.py\n", "table.py": "import pandas\n\npandas.x()\n"}
    files["requirements.txt"] = "scikit-learn==1.4.2\n"
    _, findings = result_of("rep.4", facts_from({**ML_FILE, **files}))
    assert [finding.evidence["package"] for finding in findings] == left


def test_rep_3_what_shows_notebooks_changes_no_result() -> None:
    files = {**ML_FILE, "requirements.txt": "scikit-learn==1.4.2\nipykernel>=6\njupyter\ngunicorn\n"}
    _, findings = result_of("rep.3", facts_from(files))
    assert [finding.evidence["package"] for finding in findings] == ["gunicorn"]


@pytest.mark.parametrize(
    ("tag", "places"),
    [
        *[("arm-v1.4.0", []), ("1.5.2", []), ("day-20260514_RC0", []), ("22.08-py3", []), ("v1.4", [])],
        *[("stable", ["Dockerfile:1"]), ("2", [])],
    ],
)
def test_rep_9_tag_with_a_version_is_waved_away(tag: str, places: list[str]) -> None:
    _, findings = result_of("rep.9", facts_from({**ML_FILE, "Dockerfile": f"FROM acme/base:{tag}\nRUN python a.py\n"}))
    assert [f"{finding.path}:{finding.line}" for finding in findings] == places


@pytest.mark.parametrize(("tag", "found"), [("3", 1), ("3-slim", 1), ("latest", 1), ("3.11", 0), ("3.11-slim", 0)])
def test_rep_9_python_by_its_first_number_alone_says_no_version(tag: str, found: int) -> None:
    assert len(result_of("rep.9", facts_from({**ML_FILE, "Dockerfile": f"FROM python:{tag}\n"}))[1]) == found


def test_rep_9_image_of_the_pages_before_a_service_is_waved_away() -> None:
    files = {**ML_FILE, "Dockerfile": "FROM python\n", "pages/Dockerfile": "FROM node:lts AS a\nFROM nginx:alpine\n"}
    assert [finding.path for finding in result_of("rep.9", facts_from(files))[1]] == ["Dockerfile"]


def test_rep_4_function_of_a_service_finds_its_client_there() -> None:
    code = "import boto3\n\n\ndef {}(event, context):\n    return boto3.client('s3')\n"
    files = {"requirements.txt": "scikit-learn==1.4.2\n"}
    for name, left in (("lambda_handler", []), ("take", ["boto3"])):
        _, findings = result_of("rep.4", facts_from({**ML_FILE, **files, "act.py": code.format(name)}))
        assert [finding.evidence["package"] for finding in findings] == left


def test_rep_4_repository_inside_may_import_what_seems_unused() -> None:
    files = {**ML_FILE, "requirements.txt": "scikit-learn==1.4.2\nunidecode==1.0\n"}
    assert len(result_of("rep.4", facts_from(files))[1]) == 1
    assert result_of("rep.4", facts_from({**files, ".gitmodules": '[submodule "voice"]\n'}))[1] == ()


@pytest.mark.parametrize(("module", "left"), [("constructs", []), ("humanize", ["humanize"])])
def test_rep_4_what_sets_up_the_place_is_needed_where_that_is_done(module: str, left: list[str]) -> None:
    files = {"own/__init__.py": "", "own/stack.py": f"import {module}\n\n{module}.x()\n"}
    files["requirements.txt"] = "scikit-learn==1.4.2\n"
    files["requirements-dev.txt"] = f"{module}==1.0\n"
    _, findings = result_of("rep.4", facts_from({**ML_FILE, **files}))
    assert [finding.evidence["package"] for finding in findings] == left


@pytest.mark.parametrize(("module", "left"), [("acmevoice.audio", []), ("acmesound.audio", ["acmevoice-audio"])])
def test_rep_4_module_of_ones_own_may_bear_the_name_of_a_package(module: str, left: list[str]) -> None:
    code = f"from {module} import hear\n\nhear()\n"
    files = {"own/__init__.py": "", "own/acmevoice.py": code, "own/acmesound.py": "x = 1\n"}
    files["requirements.txt"] = "scikit-learn==1.4.2\nacmevoice-audio==1.0\n"
    _, findings = result_of("rep.4", facts_from({**ML_FILE, **files}))
    assert [finding.evidence["package"] for finding in findings] == left


@pytest.mark.parametrize(("more", "left"), [({}, []), ({"sqlmesh/__init__.py": ""}, ["sqlmesh"])])
def test_rep_4_folder_of_a_declared_name_is_no_package_by_itself(more: dict[str, str], left: list[str]) -> None:
    files = {"sqlmesh/models/rows.py": "import sqlmesh\n\nprint(sqlmesh.model)\n", **more}
    files["requirements.txt"] = "scikit-learn==1.4.2\nsqlmesh==0.100.0\n"
    _, findings = result_of("rep.4", facts_from({**ML_FILE, **files}))
    assert [finding.evidence["package"] for finding in findings] == left
