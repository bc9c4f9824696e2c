"""rep.3, rep.4, rep.7 and rep.9: one fact is told once, where its owner can act on it."""

import json

import pytest

from scoring.findings import Outcome
from scoring.testing import ML_FILE, check_clear, check_found, facts_from, result_of

PINNED = {"requirements.txt": "scikit-learn==1.4.2\n"}
LIBRARY = {"README.md": "# Apples\n\nRun `pip install apples` first.\n"}
SETUP = "from setuptools import setup\n\nsetup(name='apples', install_requires=['scikit-learn'])\n"
SIGNALS = ("rep.3", "rep.4", "rep.7", "rep.9")


def told(files: dict[str, str]) -> list[tuple[str, str, int, str]]:
    facts = facts_from({**ML_FILE, **files})
    return [
        (signal, finding.path, finding.line, finding.severity)
        for signal in SIGNALS
        for finding in result_of(signal, facts)[1]
    ]


def notebook(*cells: str, **metadata: object) -> str:
    listed = [{"cell_type": "code", "source": text, "execution_count": n} for n, text in enumerate(cells, 1)]
    return json.dumps({"nbformat": 4, "metadata": metadata, "cells": listed})


# ---------------------------------------------------------------- nothing declared, nothing held


def test_nothing_declared_is_told_by_rep_3_alone() -> None:
    assert told({}) == [("rep.3", "model_of_the_rig.py", 1, "high")]


def test_nothing_declared_still_counts_for_rep_4_and_rep_9() -> None:
    assert check_found("rep.4", {}).value == 100.0
    assert check_found("rep.9", {}).value == 0.0


def test_no_version_held_is_told_by_rep_3_alone() -> None:
    assert told({"requirements.txt": "scikit-learn\n"}) == [("rep.3", "requirements.txt", 1, "high")]


def test_list_pinned_in_part_without_an_environment_is_told_by_rep_9() -> None:
    half = {"requirements.txt": "scikit-learn==1.4.2\npandas\n", "load.py": "import pandas\n"}
    assert [place for place in told(half) if place[0] == "rep.9"] == [("rep.9", "requirements.txt", 1, "medium")]


def test_pinned_list_counts_as_no_environment_and_is_not_told() -> None:
    assert told(PINNED) == []
    assert check_found("rep.9", PINNED, at=[]).value == 0.0


def test_unused_package_is_told_by_rep_4_alone() -> None:
    listed = {"requirements.txt": "scikit-learn==1.4.2\nhumanize\n", "uv.lock": ""}
    assert [place for place in told(listed) if place[0] != "rep.9"] == [("rep.4", "requirements.txt", 2, "medium")]


def test_unused_package_of_two_lists_is_told_once() -> None:
    files = {**PINNED, "requirements.txt": "scikit-learn==1.4.2\nhumanize==4\n", "setup.py": SETUP}
    files["setup.py"] = SETUP.replace("'scikit-learn'", "'scikit-learn', 'humanize==4'")
    _, findings = result_of("rep.4", facts_from({**ML_FILE, **files}))
    assert [(finding.path, "here and in setup.py" in finding.message) for finding in findings] == [
        ("requirements.txt", True)
    ]


def test_package_of_notebooks_alone_is_told_by_rep_7() -> None:
    files = {**PINNED, "look.ipynb": notebook("import pandas as pd\nprint(pd)")}
    places = [place for place in told(files) if place[0] != "rep.9"]
    assert places == [("rep.7", "look.ipynb", 1, "medium")]
    assert check_found("rep.4", files, at=[]).value == 50.0


# ---------------------------------------------------------------- who brings it


def test_kernel_of_a_notebook_brings_ipython() -> None:
    check_clear("rep.4", {**PINNED, "look.ipynb": notebook("from IPython.display import display\ndisplay(1)")})


@pytest.mark.parametrize(
    "text",
    [
        notebook("!pip install -q pandas==2.0\nimport pandas", "print(1)"),
        notebook("%pip install pandas", "import pandas"),
        notebook("import pandas", colab={}),
        notebook("import pandas\npandas.read_csv('../input/apples.csv')"),
    ],
    ids=["shell", "magic", "colab", "kaggle"],
)
def test_package_that_a_notebook_or_its_platform_installs_is_no_fault(text: str) -> None:
    check_clear("rep.4", {**PINNED, "look.ipynb": text})


def test_extra_of_a_package_brings_what_it_is_for() -> None:
    serve = {"serve.py": "import fastapi\nimport uvicorn\n\nuvicorn.run(fastapi.FastAPI())\n"}
    listed = "scikit-learn==1.4.2\nfastapi{extra}==0.110\n"
    check_clear("rep.4", {**serve, "requirements.txt": listed.format(extra="[all]")})
    check_found("rep.4", {**serve, "requirements.txt": listed.format(extra="")}, at=["serve.py:2"])


def test_namespace_that_a_project_shares_is_not_its_own() -> None:
    project = (
        "[project]\nname='agent'\ndependencies=['scikit-learn==1.4.2', 'langgraph==1.0']\n"
        "[tool.setuptools]\npackages=['langgraph.templates.agent']\n"
    )
    check_clear(
        "rep.4", {"pyproject.toml": project, "run.py": "from langgraph.types import Command\n\nprint(Command)\n"}
    )


def test_tests_alone_show_no_unused_package() -> None:
    result, findings = result_of(
        "rep.4", facts_from({**PINNED, "tests/test_apples.py": "def test_apples():\n    pass\n"})
    )
    assert (result.outcome, findings) == (Outcome.UNKNOWN, ())


SMALL_FREEZE = "".join(
    f"{name}==1.0\n"
    for name in (
        "coloredlogs",
        "flatbuffers",
        "humanfriendly",
        "mpmath",
        "numpy",
        "opencv-python",
        "packaging",
        "shapely",
    )
)


def test_freeze_holds_what_others_need_and_is_an_environment() -> None:
    files = {"requirements.txt": SMALL_FREEZE, "see.py": "import cv2\nimport numpy\n\nprint(cv2, numpy)\n"}
    _, findings = result_of("rep.4", facts_from(files))
    result, places = result_of("rep.9", facts_from(files))
    assert (findings, result.value) == ((), 0.5)
    assert places == ()


@pytest.mark.parametrize(("loose", "faults"), [(8, 0), (9, 1)])
def test_long_list_with_some_pins_loosened_is_a_freeze(loose: int, faults: int) -> None:
    pins = "".join(f"tool{n}{'>=' if n < loose else '=='}1.0\n" for n in range(40))
    _, findings = result_of("rep.4", facts_from({"requirements.txt": f"scikit-learn==1.4.2\n{pins}", **ML_FILE}))
    assert len(findings) == faults


def test_wheel_of_a_package_under_another_name_is_what_is_imported() -> None:
    files = {"requirements.txt": "fasttext-wheel==0.9.2\n", "app.py": "import fasttext\n\nprint(fasttext)\n"}
    assert result_of("rep.4", facts_from(files))[1] == ()


@pytest.mark.parametrize(("image", "places"), [("logspout", []), ("python:latest", ["logs/Dockerfile:1"])])
def test_image_of_a_service_of_others_is_not_what_the_code_runs_in(image: str, places: list[str]) -> None:
    files = {"logs/Dockerfile": f"FROM acme/{image}\n" if image == "logspout" else f"FROM {image}\n"}
    check_found("rep.9", {**files, "Dockerfile": "FROM python:3.11\n"}, at=places)


def test_image_of_the_tests_says_what_the_code_ran_in() -> None:
    assert check_found("rep.9", {"tests/Dockerfile": "FROM pytorch/pytorch:1.9.0\n"}, at=[]).value == 0.5


def test_short_list_of_pins_is_no_freeze() -> None:
    listed = {
        "requirements.txt": "".join(f"{name}==1.0\n" for name in ("scikit-learn", "pandas", "humanize", "shapely"))
    }
    check_found("rep.4", listed, at=["requirements.txt:2"])


# ---------------------------------------------------------------- whose need it is


def test_script_of_a_tool_folder_is_low() -> None:
    plot = {"scripts/plot.py": "import plotly\n\nprint(plotly)\n", "app.py": "import polars\n\nprint(polars)\n"}
    _, findings = result_of("rep.4", facts_from({**ML_FILE, **PINNED, **plot}))
    assert [(finding.path, finding.severity) for finding in findings] == [
        ("app.py", "medium"),
        ("scripts/plot.py", "low"),
    ]


LIBRARY_FILES = {
    **LIBRARY,
    "setup.py": SETUP,
    "apples/__init__.py": "",
    "apples/grow.py": "from sklearn.svm import SVC\n\nprint(SVC)\n",
}


def test_library_needs_what_its_packages_import() -> None:
    figures = {"figures.py": "import plotly\n\nprint(plotly)\n"}
    result, findings = result_of("rep.4", facts_from({**LIBRARY_FILES, **figures}))
    assert (result.outcome, findings) == (Outcome.CLEAR, ())


def test_library_leaves_the_list_of_its_developers_open() -> None:
    listed = {"requirements.txt": "scikit-learn\nblis\n", "environment.yml": "dependencies:\n  - pandas\n"}
    facts = facts_from({**LIBRARY_FILES, **listed})
    result, findings = result_of("rep.3", facts)
    assert (result.value, findings) == (0.0, ())
    assert [result_of(signal, facts)[1] for signal in ("rep.4", "rep.9", "pkg.2")] == [(), (), ()]


def test_library_named_in_a_line_of_its_readme_asks_for_no_environment() -> None:
    result, _ = result_of("rep.9", facts_from(LIBRARY_FILES))
    assert result.outcome is Outcome.NOT_APPLICABLE


# ---------------------------------------------------------------- images


def test_image_of_several_stages_is_one_finding() -> None:
    files = {
        **PINNED,
        "Dockerfile": "FROM python AS build\nFROM python\n",
        "b/Dockerfile": "FROM python\n",
    }
    _, findings = result_of("rep.9", facts_from({**ML_FILE, **files}))
    assert [(finding.path, finding.line, "named in 3 places" in finding.message) for finding in findings] == [
        ("Dockerfile", 1, True)
    ]


def test_store_beside_the_code_is_no_environment() -> None:
    compose = {"docker-compose.yml": "services:\n  rows:\n    image: postgres:16\n"}
    listed = {"requirements.txt": "scikit-learn==1.4.2\npandas\n"}
    check_found("rep.9", {**listed, **compose}, at=["requirements.txt:1"])


def test_image_for_developing_is_left_out_beside_another() -> None:
    files = {
        **PINNED,
        "Dockerfile": "FROM python\n",
        ".devcontainer/devcontainer.json": '{"image": "mcr.microsoft.com/devcontainers/python:3"}\n',
    }
    check_found("rep.9", files, at=["Dockerfile:1"])


def test_environment_file_without_versions_is_left_to_rep_3() -> None:
    files = {"environment.yml": "dependencies:\n  - scikit-learn\n"}
    assert check_found("rep.9", files, at=[]).value == 0.5


def test_version_open_in_its_last_part_is_waved_away_for_conda() -> None:
    _, findings = result_of(
        "rep.3", facts_from({**ML_FILE, "environment.yml": "dependencies:\n  - scikit-learn=1.4\n"})
    )
    assert findings == ()


def test_three_managers_of_one_place_are_one_finding() -> None:
    listed = {
        **PINNED,
        "pyproject.toml": "[project]\nname='x'\ndependencies=['pandas==2']\n",
        "environment.yml": "dependencies:\n  - pandas=2.1.0\n",
    }
    assert check_found("pkg.2", listed, at=["pyproject.toml:1"]).value == 3.0


def test_rep_4_part_of_python_in_several_lists_is_told_once() -> None:
    lists = {f"services/{name}/requirements.txt": "numpy==2.0\ntyping>=3.7\n" for name in ("a", "b", "c")}
    code = {f"services/{name}/run.py": "import numpy\n\nprint(numpy.ones(3))\n" for name in ("a", "b", "c")}
    _, findings = result_of("rep.4", facts_from({**lists, **code}))
    told = [(item.path, item.line, item.message) for item in findings if "typing" in item.message]
    assert told == [
        (
            "services/a/requirements.txt",
            2,
            "typing is declared here and in services/b/requirements.txt and 1 more and is part of Python itself: the "
            "package of that name is an old copy or a stranger's.",
        )
    ]
