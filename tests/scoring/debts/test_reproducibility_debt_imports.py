"""rep.4: what is imported against what is declared."""

import msgspec
import pytest

from scoring.analyses.view import View
from scoring.facts import LEFT_OUT
from scoring.findings import Outcome
from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, component_from, facts_from, result_of
from tests.scoring.debts.test_reproducibility_debt_packaging import COMPUTED, PINNED, PROJECT, USES_PANDAS, UV_LOCK


def messages(files: dict[str, str]) -> list[tuple[str, str]]:
    _, findings = result_of("rep.4", facts_from({**ML_FILE, **files}))
    return [(f"{finding.path}:{finding.line}", str(finding.evidence.get("fault"))) for finding in findings]


def test_rep_4_nothing_imported_and_nothing_declared_does_not_apply() -> None:
    result, _ = result_of("rep.4", facts_from({"main.py": "import json\n\nprint(json.dumps(1))\n"}))
    assert result.outcome is Outcome.NOT_APPLICABLE


def test_rep_4_computed_list_is_unknown() -> None:
    check_unknown("rep.4", {**ML_FILE, "setup.py": COMPUTED})


def test_rep_4_computed_list_beside_a_stated_one_accuses_nobody() -> None:
    check_unknown("rep.4", {**ML_FILE, **USES_PANDAS, "requirements.txt": PINNED, "setup.py": COMPUTED})


def left_out(*paths: str) -> View:
    files = {**ML_FILE, "requirements.txt": PINNED + "microannotate==1.0\n"}
    component = component_from(files)
    excluded = tuple((path, LEFT_OUT) for path in paths)
    return View(msgspec.structs.replace(component, excluded=excluded))


@pytest.mark.parametrize("path", ["scripts/annotate.py", "notes/try.ipynb"])
def test_rep_4_what_settings_leave_out_may_import_a_package(path: str) -> None:
    assert result_of("rep.4", left_out(path))[1] == ()


@pytest.mark.parametrize("paths", [(), ("docs/page.md",)])
def test_rep_4_package_that_nothing_imports_is_found(paths: tuple[str, ...]) -> None:
    _, findings = result_of("rep.4", left_out(*paths))
    assert [finding.evidence["package"] for finding in findings] == ["microannotate"]


def test_rep_4_unreadable_code_is_never_clear() -> None:
    check_unknown("rep.4", {"train.py": "print 'python 2'\n", "requirements.txt": PINNED})


@pytest.mark.parametrize(
    ("module", "distribution"),
    [
        ("cv2", "opencv-python-headless"),
        ("yaml", "PyYAML"),
        ("PIL.Image", "Pillow"),
        ("bs4", "beautifulsoup4"),
        ("google.cloud.storage", "google-cloud-storage"),
        ("dateutil.parser", "python-dateutil"),
        ("tensorflow", "tensorflow-gpu"),
        ("pytorch_lightning", "lightning"),
        ("psycopg2", "psycopg2-binary"),
        ("pkg_resources", "setuptools"),
        ("mpl_toolkits.mplot3d", "matplotlib"),
        ("libmozdata", "libmozdata"),
        ("ruamel.yaml", "ruamel.yaml"),
        ("azure.storage.blob", "azure-storage-blob"),
        ("pycocotools.coco", "pycocotools-fix"),
    ],
)
def test_rep_4_module_is_matched_to_its_distribution(module: str, distribution: str) -> None:
    files = {"requirements.txt": f"{PINNED}{distribution}==1.0\n", "use.py": f"import {module}\n"}
    assert messages(files) == []


def test_rep_4_conda_names_are_matched() -> None:
    environment = (
        "dependencies:\n  - python=3.10\n  - pytorch=2.1.0\n  - opencv\n  - scikit-learn\n  - cudatoolkit=11.3\n"
    )
    assert messages({"environment.yml": environment, "use.py": "import torch\nimport cv2\n"}) == []


def test_rep_4_own_modules_are_not_packages() -> None:
    files = {
        "requirements.txt": PINNED,
        "src/churn/__init__.py": "",
        "src/churn/data.py": "from churn import models\nimport models_of_old\n",
        "scripts/run.py": "import churn.data\nimport shared_things\n",
        "lib/models_of_old.py": "",
        "scripts/shared_things.py": "",
    }
    assert messages(files) == []


def test_rep_4_packages_that_setup_maps_are_own() -> None:
    setup = "from setuptools import setup\n\nsetup(packages=['churnlib'], install_requires=['scikit-learn'])\n"
    assert messages({"setup.py": setup, "run.py": "import churnlib\n"}) == []


def test_rep_4_standard_library_and_platform_are_not_packages() -> None:
    files = {
        "requirements.txt": PINNED,
        "use.py": "import json\nimport urllib2\nimport rospy\nfrom google.colab import drive\n",
    }
    assert messages(files) == []


def test_rep_4_folder_without_an_init_is_an_own_package() -> None:
    files = {"requirements.txt": PINNED, "ldm/models/net.py": "", "scripts/run.py": "from ldm.models import net\n"}
    assert messages(files) == []


def test_rep_4_package_of_the_build_is_not_there_at_run_time() -> None:
    project = "[build-system]\nrequires=['setuptools']\n[project]\nname='x'\ndependencies=['scikit-learn']\n"
    files = {"pyproject.toml": project, "use.py": "import pkg_resources\n"}
    assert messages(files) == [("use.py:1", "missing")]


def test_rep_4_address_in_a_conda_environment_declares() -> None:
    environment = (
        "dependencies:\n  - scikit-learn\n  - pip:\n    - -e git+https://example.org/a/taming.git#egg=taming\n"
    )
    files = {"environment.yml": environment, "use.py": "import taming\n"}
    assert messages(files) == []
    check_found("pkg.3", files, at=["environment.yml:4"])


def test_rep_4_guarded_import_is_optional() -> None:
    code = "try:\n    import wandb\nexcept ImportError:\n    wandb = None\n"
    assert messages({"requirements.txt": PINNED, "use.py": code}) == []


def test_rep_4_import_in_a_function_only_is_optional() -> None:
    code = "def export(model):\n    import coremltools\n\n    return coremltools.convert(model)\n"
    assert messages({"requirements.txt": PINNED, "use.py": code}) == []


def test_rep_4_extra_asks_for_the_package_of_its_name() -> None:
    files = {"requirements.txt": PINNED + "cloud-sql-python-connector[pg8000]==1\n"}
    code = "import pg8000\nfrom google.cloud.sql.connector import Connector\n"
    assert messages({**files, "use.py": code}) == []


def test_rep_4_part_of_a_declared_package_is_no_fault() -> None:
    code = "import boto3\nimport botocore\nfrom flask import Flask\nfrom werkzeug.utils import secure_filename\n"
    assert messages({"requirements.txt": PINNED + "boto3==1\nflask==3\n", "use.py": code}) == []


def test_rep_4_part_of_a_missing_package_is_told_once() -> None:
    code = "from flask import Flask\nfrom werkzeug.utils import secure_filename\n"
    assert messages({"requirements.txt": PINNED, "use.py": code}) == [("use.py:1", "missing")]


def test_rep_4_package_that_an_image_installs_is_declared() -> None:
    image = (
        "FROM python:3.11\nRUN pip install --no-cache-dir -i https://example.org pandas==2.0 && pip install -U pip\n"
    )
    assert messages({**USES_PANDAS, "requirements.txt": PINNED, "Dockerfile": image}) == []


def test_rep_4_conda_environment_for_development_is_a_whole_one() -> None:
    files = {**USES_PANDAS, "requirements.txt": PINNED, "ci_dependencies.yml": "dependencies:\n  - pandas=2.0\n"}
    assert messages(files) == []


def test_rep_4_imports_of_tests_and_examples_are_their_own_matter() -> None:
    files = {"requirements.txt": PINNED, "tests/test_a.py": "import pytest\n", "examples/a.py": "import gradio\n"}
    assert messages(files) == []


def test_rep_4_tools_plugins_and_stubs_are_used_unseen() -> None:
    listed = "gunicorn==1\ntypes-requests==1\npytest-cov==1\nopenpyxl==3\nipykernel==6\njupyter==1\n"
    assert messages({"requirements.txt": PINNED + listed}) == []


def test_rep_4_package_that_a_command_names_is_used() -> None:
    files = {"requirements.txt": PINNED + "locust==2\n", "Makefile": "load:\n\tlocust -f load.py\n"}
    assert messages(files) == []


def test_rep_4_package_for_another_platform_is_let_be() -> None:
    assert messages({"requirements.txt": PINNED + "humanize==1; sys_platform == 'win32'\n"}) == []


def test_rep_4_missing_package_is_found_at_its_first_import() -> None:
    assert messages({**USES_PANDAS, "requirements.txt": PINNED}) == [("report.py:1", "missing")]


def test_rep_4_transitive_package_is_told_by_the_lock() -> None:
    lock = UV_LOCK + '\n[[package]]\nname = "pandas"\nversion = "2.0"\nsource = { registry = "x" }\n'
    files = {**USES_PANDAS, "pyproject.toml": PROJECT, "uv.lock": lock}
    assert messages(files) == [("report.py:1", "transitive")]


DEVELOPED = {"requirements.txt": PINNED, "requirements-dev.txt": "pandas==2\n"}


def test_rep_4_development_package_in_a_script_beside_the_code_is_no_fault() -> None:
    check_clear("rep.4", {**DEVELOPED, "training/report.py": USES_PANDAS["report.py"]})


def test_rep_4_development_package_in_product_code_is_found() -> None:
    files = {**DEVELOPED, "apples/__init__.py": "", "apples/report.py": USES_PANDAS["report.py"]}
    assert messages(files) == [("apples/report.py:1", "development")]


def test_rep_4_unused_package_is_found_at_its_declaration() -> None:
    assert messages({"requirements.txt": PINNED + "humanize==1\n"}) == [("requirements.txt:2", "unused")]


def test_rep_4_standard_module_as_a_package_is_found() -> None:
    assert messages({"requirements.txt": PINNED + "pathlib==1\n"}) == [("requirements.txt:2", "standard")]


def test_rep_4_no_declaration_at_all_is_measured_and_left_to_rep_3() -> None:
    result = check_found("rep.4", USES_PANDAS, at=[])
    assert (result.value, result.population) == (100.0, 2)


def test_rep_4_package_comes_only_with_what_is_declared_to_run() -> None:
    use = {"plot.py": "import PIL.Image\n", "requirements.txt": PINNED}
    assert messages({**use, "requirements-dev.txt": "matplotlib==3.8.0\n"}) == [("plot.py:1", "missing")]
    brought = {**use, "requirements.txt": PINNED + "matplotlib==3.8.0\n", "draw.py": "import matplotlib\n"}
    assert messages(brought) == []  # it counts, and is waved away
    check_found("rep.4", brought, at=[])


def test_rep_4_what_functions_import_counts_among_the_imports() -> None:
    late = {"late.py": "def f():\n    import numpy\n    import scipy\n    return numpy, scipy\n"}
    listed = {"requirements.txt": PINNED + "numpy==1.26.0\nscipy==1.11.0\nhumanize==4.9.0\n"}
    assert check_found("rep.4", {"plot.py": "import sklearn\n", **late, **listed}).value == 33.333333
