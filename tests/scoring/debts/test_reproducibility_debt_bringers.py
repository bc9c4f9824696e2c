"""rep.3, rep.4 and rep.9: what images, pages, other repositories and other packages bring is no fault."""

import msgspec

from scoring.analyses.view import View
from scoring.findings import Outcome
from scoring.testing import ML_FILE, check_clear, check_found, component_from, facts_from, result_of
from tests.scoring.debts.test_reproducibility_debt_told_once import LIBRARY_FILES, PINNED


def test_package_that_lies_in_a_base_image_is_no_fault() -> None:
    files = {**PINNED, "Dockerfile": "FROM nvcr.io/nvidia/pytorch:19.05-py3\n", "net.py": "import apex\nimport torch\n"}
    check_clear("rep.4", files)
    check_found("rep.4", {**files, "Dockerfile": "FROM python:3.11\n"}, at=["net.py:1", "net.py:2"])


def test_package_that_a_page_tells_to_install_counts_and_is_not_told() -> None:
    files = {**PINNED, "net.py": "import torch\n", "README.md": "# Apples\n\n```\npip install torch==1.2\n```\n"}
    check_found("rep.4", files, at=[])
    check_found("rep.4", {**files, "README.md": "# Apples\n"}, at=["net.py:1"])


def test_unknown_module_may_come_from_a_submodule() -> None:
    files = {**PINNED, "net.py": "from nets.dense import grow\n"}
    check_clear("rep.4", {**files, ".gitmodules": '[submodule "slim"]\n\tpath = slim\n'})
    check_found("rep.4", files, at=["net.py:1"])


def test_maintained_backport_of_python_is_no_fault() -> None:
    code = {"read.py": "import configparser\n"}
    check_clear("rep.4", {**code, "requirements.txt": "scikit-learn==1.4.2\nconfigparser==7.0\n"})


def test_standard_package_of_two_lists_is_told_once() -> None:
    files = {"requirements.txt": "scikit-learn==1.4.2\npathlib==1.0\n", "requirements-run.txt": "pathlib==1.0\n"}
    check_found("rep.4", files, at=["requirements-run.txt:1"])


def test_package_that_a_string_of_the_code_names_is_used() -> None:
    listed = {"requirements.txt": "scikit-learn==1.4.2\nhumanize==1\n"}
    check_clear("rep.4", {**listed, "load.py": "config = {}\nload(config, plugin='humanize_fast')\n"})
    check_found(
        "rep.4", {**listed, "load.py": "config = {}\nload(config, plugin='dehumanize')\n"}, at=["requirements.txt:2"]
    )


def test_package_may_be_imported_where_only_copies_are_looked_for() -> None:
    files = {**ML_FILE, "requirements.txt": "scikit-learn==1.4.2\ngspread\n"}
    component = component_from(files)
    view = View(msgspec.structs.replace(component, excluded=(("src/external/sheets.py", "vendored"),)))
    _, findings = result_of("rep.3", view)
    assert result_of("rep.4", view)[1] == ()
    assert [finding.evidence["used by"] for finding in findings] == ["unknown"]


def test_package_of_an_image_serves_its_program() -> None:
    image = {"store/Dockerfile": "FROM python:3.11\nRUN pip install boto3\n"}
    check_clear("rep.4", {**PINNED, **image})


def test_many_unused_packages_of_a_list_are_one_finding() -> None:
    names = ("arrow", "humanize", "shapely", "schedule", "emoji", "unidecode")
    listed = "scikit-learn==1.4.2\n" + "".join(f"{name}\n" for name in names)
    _, findings = result_of("rep.4", facts_from({**ML_FILE, "requirements.txt": listed}))
    assert [(finding.line, "declares 6 packages" in finding.message) for finding in findings] == [(2, True)]


def test_package_that_conda_installs_in_an_image_is_no_fault() -> None:
    image = {"Dockerfile": "FROM debian:9\nRUN conda install -y -c soumith pytorch cuda80 && echo done\n"}
    check_clear("rep.4", {**PINNED, **image, "net.py": "import torch\n"})


def test_library_that_is_installed_from_its_address_asks_for_no_environment() -> None:
    page = {"README.md": "# Apples\n\n```\npip install git+https://example.org/orchard/apples.git\n```\n"}
    result, _ = result_of("rep.9", facts_from({**LIBRARY_FILES, **page}))
    assert result.outcome is Outcome.NOT_APPLICABLE


def test_missing_list_is_not_told_in_a_package_that_lies_deeper() -> None:
    deep = {"parts/bar/setup.py": "from setuptools import setup\n\nsetup(name='bar')\n"}
    check_found("rep.3", deep, at=["model_of_the_rig.py:1"])


def test_provider_that_a_framework_loads_is_no_unused_package() -> None:
    listed = {"requirements.txt": "scikit-learn==1.4.2\nlangchain==0.2\nfaiss-cpu==1.7\n"}
    check_clear("rep.4", {**listed, "ask.py": "import langchain\n"})
    found = {"requirements.txt": "scikit-learn==1.4.2\nfaiss-cpu==1.7\n", "ask.py": "print(1)\n"}
    check_found("rep.4", found, at=["requirements.txt:2"])


NET = "from sklearn.ensemble import BaggingClassifier\n\n\ndef grow():\n    return BaggingClassifier()\n\n\n"
TRIAL = f"{NET}if __name__ == '__main__':\n    grow().fit([[1]], [0])\n"


def test_module_that_tries_itself_out_is_left_out_beside_a_program_alone() -> None:
    used = {"net.py": TRIAL, "show.py": "from net import grow\n\nprint(grow())\n"}
    check_found("rep.1", used, at=["net.py:5"])
    check_found("rep.1", {**used, "train.py": TRIAL.replace("grow", "learn")}, at=["train.py:5"])
    check_found("rep.1", {"net.py": TRIAL}, at=["net.py:5"])


def test_demonstration_of_a_library_is_no_training_program() -> None:
    shown = {"tasks/copy.py": TRIAL}
    assert result_of("rep.1", facts_from({**LIBRARY_FILES, **shown}))[0].outcome is Outcome.NOT_APPLICABLE
    check_found("rep.1", shown, at=["tasks/copy.py:5"])


def test_image_in_which_none_of_the_code_runs_brings_nothing() -> None:
    code = {"net.py": "import torch\n"}
    compose = {"docker-compose.yml": "services:\n  net:\n    image: pytorch/pytorch:2.1\n"}
    develop = {".devcontainer/devcontainer.json": '{"image": "pytorch/pytorch:2.1"}\n'}
    check_found("rep.4", {**PINNED, **code, **compose, **develop}, at=["net.py:1"])


def test_package_of_python_itself_is_told_by_rep_4_alone() -> None:
    listed = {"requirements.txt": "scikit-learn==1.4.2\npathlib\n"}
    check_found("rep.4", listed, at=["requirements.txt:2"])
    check_found("rep.3", listed, at=[])


def test_package_that_goes_along_with_another_counts_and_is_not_told() -> None:
    files = {"requirements.txt": "scikit-learn==1.4.2\nfastapi==0.1\n", "app.py": "import fastapi\nimport pydantic\n"}
    assert check_found("rep.4", files, at=[]).findings == 0
    check_found("rep.4", {**files, "app.py": "import fastapi\nimport rich\n"}, at=["app.py:2"])


def test_module_with_a_name_of_several_words_that_nobody_knows_may_be_one_s_own() -> None:
    listed = {"requirements.txt": "scikit-learn==1.4.2\n"}
    check_found("rep.4", {**listed, "app.py": "import apple_sorting\n"}, at=[])
    check_found("rep.4", {**listed, "app.py": "import arrow\n"}, at=["app.py:1"])


def test_package_that_a_framework_loads_for_an_extra_is_used() -> None:
    listed = {"requirements.txt": "scikit-learn==1.4.2\ntfx==1.0\nkfp==1.8\n", "run.py": "import tfx\n"}
    check_clear("rep.4", listed)
    check_found("rep.4", {**listed, "run.py": "x = 1\n"}, at=["requirements.txt:2"])


def test_unused_package_of_two_folders_is_told_once() -> None:
    files = {"requirements.txt": "scikit-learn==1.4.2\nrich==1\n", "jobs/requirements.txt": "rich==1\n"}
    check_found("rep.4", files, at=["jobs/requirements.txt:1"])


def test_unknown_package_of_conda_may_be_a_program() -> None:
    environment = "dependencies:\n  - scikit-learn=1.4.2\n  - {}=1.0\n"
    check_clear("rep.4", {"environment.yml": environment.format("minimap2")})
    check_found("rep.4", {"environment.yml": environment.format("seaborn")}, at=["environment.yml:3"])


def test_what_a_package_offers_to_tests_needs_packages_for_tests() -> None:
    lists = {"requirements.txt": "scikit-learn==1.4.2\n", "requirements-dev.txt": "pytest==8.0\n"}
    package = {"apples/__init__.py": "", "apples/testing.py": "import pytest\n"}
    check_clear("rep.4", {**lists, **package})
    used = {"apples/__init__.py": "", "apples/sorting.py": "import pytest\n"}
    check_found("rep.4", {**lists, **used}, at=["apples/sorting.py:1"])


def test_empty_list_of_requirements_is_a_list() -> None:
    code = {"sort.py": "import arrow\n"}
    stated = "from setuptools import setup\n\nsetup(name='apples', install_requires=[])\n"
    check_found("rep.4", {**code, "setup.py": stated}, at=["model_of_the_rig.py:1", "sort.py:1"])
    check_found("rep.3", {**code, "setup.py": stated}, at=[])
    silent = "from setuptools import setup\n\nsetup(name='apples')\n"
    check_found("rep.4", {**code, "setup.py": silent}, at=[])
    check_found("rep.3", {**code, "setup.py": silent}, at=["setup.py:1"])
    table = '[project]\nname = "apples"\nversion = "1"\n'
    check_found(
        "rep.4", {**code, "pyproject.toml": table + "dependencies = []\n"}, at=["model_of_the_rig.py:1", "sort.py:1"]
    )
    check_found("rep.4", {**code, "pyproject.toml": table}, at=[])


def test_package_that_is_held_back_for_another_is_used() -> None:
    listed = {"requirements.txt": "scikit-learn==1.4.2\npathspec{}\n"}
    check_clear("rep.4", {"requirements.txt": listed["requirements.txt"].format("<0.11")})
    check_found("rep.4", {"requirements.txt": listed["requirements.txt"].format(">=0.11")}, at=["requirements.txt:2"])
