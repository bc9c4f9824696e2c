"""rep.3, rep.4, rep.9 and rep.11: what packaging files say about having a result again."""

import msgspec
import pytest

from scoring.analyses.view import View
from scoring.facts import LEFT_OUT
from scoring.findings import Outcome
from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, component_from, facts_from, result_of

PINNED = "scikit-learn==1.4.2\n"
UV_LOCK = (
    'version = 1\nrequires-python = ">=3.11"\n\n[[package]]\nname = "scikit-learn"\nversion = "1.4.2"\n'
    'source = { registry = "x" }\nwheels = [\n    { url = "y", hash = "sha256:00" },\n]\n'
)
PROJECT = "[project]\nname='x'\ndependencies=['scikit-learn>=1']\n"
COMPUTED = "from setuptools import setup\n\nsetup(name='x', install_requires=read_list())\n"
DIGEST = "@sha256:" + "0" * 64
UNREADABLE = b"\x00\xff\xfe"


# ---------------------------------------------------------------- rep.3


def test_rep_3_nothing_imported_and_nothing_declared_does_not_apply() -> None:
    result, _ = result_of("rep.3", facts_from({"main.py": "import json\n\nprint(json.dumps(1))\n"}))
    assert result.outcome is Outcome.NOT_APPLICABLE


def test_rep_3_computed_list_is_unknown() -> None:
    check_unknown("rep.3", {**ML_FILE, "setup.py": COMPUTED})


def test_rep_3_unreadable_list_is_unknown() -> None:
    check_unknown("rep.3", {**ML_FILE, "requirements.txt": UNREADABLE})


@pytest.mark.parametrize("files", [{}, {"requirements.txt": ""}])
def test_rep_3_removed_or_emptied_list_is_found_where_packages_are_imported(files: dict[str, str]) -> None:
    result = check_found("rep.3", files)
    assert (result.value, result.population) == (0.0, 1)


def test_rep_3_pinned_list_is_clear() -> None:
    check_clear("rep.3", {"requirements.txt": PINNED})


def test_rep_3_line_ends_of_windows_make_no_difference() -> None:
    check_clear("rep.3", {"requirements.txt": PINNED.replace("\n", "\r\n")})


def test_rep_3_lock_holds_a_range() -> None:
    check_clear("rep.3", {"pyproject.toml": PROJECT, "uv.lock": UV_LOCK})


def test_rep_3_lock_of_another_folder_holds_nothing() -> None:
    check_found("rep.3", {"api/pyproject.toml": PROJECT, "batch/uv.lock": UV_LOCK}, at=["api/pyproject.toml:3"])


def test_rep_3_lock_at_the_root_holds_what_lies_below() -> None:
    check_clear("rep.3", {"api/pyproject.toml": PROJECT, "uv.lock": UV_LOCK})


def test_rep_3_pinned_list_beside_a_setup_holds_its_range() -> None:
    setup = "from setuptools import setup\n\nsetup(name='x', install_requires=['scikit-learn'])\n"
    check_clear("rep.3", {"setup.py": setup, "requirements.txt": PINNED})


def test_rep_3_example_with_open_versions_is_not_the_component() -> None:
    check_clear("rep.3", {"requirements.txt": PINNED, "examples/a/requirements.txt": "torch\n"})


def test_rep_3_development_tools_do_not_count() -> None:
    check_clear("rep.3", {"requirements.txt": PINNED, "requirements-dev.txt": "pytest\n"})


def test_rep_3_loose_packages_are_found_each_at_its_line() -> None:
    files = {"requirements.txt": "scikit-learn==1.4.2\npandas>=1\nnumpy\n"}
    result = check_found("rep.3", files, at=["requirements.txt:2", "requirements.txt:3"])
    assert result.value == pytest.approx(1 / 3, abs=1e-6)


def test_rep_3_hiding_a_package_does_not_help() -> None:
    code = {"report.py": "import pandas as pd\n\npd.DataFrame()\n"}
    declared = check_found("rep.3", {**code, "requirements.txt": PINNED + "pandas\n"})
    hidden = check_found("rep.3", {**code, "requirements.txt": PINNED})
    assert declared.value == hidden.value == 0.5


def test_rep_3_lock_pins_a_package_that_nobody_declares() -> None:
    lock = UV_LOCK + '\n[[package]]\nname = "pandas"\nversion = "2.0"\nsource = { registry = "x" }\n'
    files = {"report.py": "import pandas as pd\n\npd.DataFrame()\n", "pyproject.toml": PROJECT, "uv.lock": lock}
    assert check_clear("rep.3", files).population == 2


def test_rep_3_package_loose_in_two_files_is_found_once() -> None:
    check_found("rep.3", {"pyproject.toml": PROJECT, "requirements.txt": "scikit-learn>=1\n"}, at=["pyproject.toml:3"])


def test_rep_3_undeclared_packages_count_and_rep_4_names_them() -> None:
    files = {"report.py": "import pandas as pd\nimport seaborn\n\npd.DataFrame()\n", "requirements.txt": PINNED}
    check_found("rep.3", files, at=[])
    check_found("rep.4", files, at=["report.py:1", "report.py:2"])


@pytest.mark.parametrize(
    ("specifier", "severity"), [("==1.27.*", "medium"), ("~=1.27.0", "medium"), ("~=1.27", "high"), (">=1.27", "high")]
)
def test_rep_3_declaration_with_its_last_part_open_weighs_less(specifier: str, severity: str) -> None:
    _, findings = result_of("rep.3", facts_from({**ML_FILE, "requirements.txt": f"scikit-learn{specifier}\n"}))
    assert [finding.severity for finding in findings] == [severity]


def test_rep_3_library_by_profile_is_low() -> None:
    files = {**ML_FILE, "requirements.txt": "scikit-learn>=1\n"}
    result, findings = result_of("rep.3", facts_from(files, profile="library"))
    assert (result.severity, [finding.severity for finding in findings]) == (1, ["low"])


def test_rep_3_published_project_is_low() -> None:
    files = {**ML_FILE, "pyproject.toml": PROJECT, "README.md": "# x\n\n```bash\npip install x\n```\n"}
    result, findings = result_of("rep.3", facts_from(files))
    assert (result.severity, [finding.severity for finding in findings]) == (1, ["low"])


def test_rep_3_project_that_a_job_publishes_is_low() -> None:
    job = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: pypa/gh-action-pypi-publish@v1\n"
    files = {**ML_FILE, "pyproject.toml": PROJECT, ".github/workflows/release.yml": job}
    assert result_of("rep.3", facts_from(files))[0].severity == 1


def test_rep_3_lists_in_a_folder_speak_for_its_parent() -> None:
    files = {"requirements/base.txt": "scikit-learn>=1\n", "requirements/constraints.txt": PINNED}
    check_clear("rep.3", files)


def test_rep_3_archive_without_a_version_is_loose() -> None:
    listed = PINNED + "x @ https://example.org/main.zip\n"
    _, findings = result_of("rep.3", facts_from({**ML_FILE, "requirements.txt": listed}))
    assert [(finding.line, "as whatever its address serves" in finding.message) for finding in findings] == [(2, True)]


def test_rep_3_tree_that_was_not_listed_whole_accuses_nobody() -> None:
    whole = component_from({**ML_FILE, "report.py": "import pandas\n"})
    part = msgspec.structs.replace(whole, complete=False)
    assert result_of("rep.3", View(part))[0].outcome is Outcome.UNKNOWN


def test_rep_3_application_keeps_its_severity() -> None:
    files = {**ML_FILE, "pyproject.toml": PROJECT, "README.md": "# x\n\n```bash\npip install -e .\n```\n"}
    result, findings = result_of("rep.3", facts_from(files))
    assert (result.severity, [finding.severity for finding in findings]) == (3, ["high"])


# ---------------------------------------------------------------- rep.4

USES_PANDAS = {"report.py": "import pandas as pd\n\nprint(pd.DataFrame())\n"}


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


def test_rep_3_image_that_installs_by_name_is_the_declaration_where_there_is_no_other() -> None:
    image = "FROM python:3.11\nRUN pip install 'scikit-learn>=1' $MORE pandas==2.0\n"
    files = {**USES_PANDAS, "Dockerfile": image}
    assert check_found("rep.3", files, at=["Dockerfile:2"]).value == 0.5


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


def test_rep_4_development_package_in_product_code_is_found() -> None:
    files = {**USES_PANDAS, "requirements.txt": PINNED, "requirements-dev.txt": "pandas==2\n"}
    assert messages(files) == [("report.py:1", "development")]


def test_rep_4_unused_package_is_found_at_its_declaration() -> None:
    assert messages({"requirements.txt": PINNED + "humanize==1\n"}) == [("requirements.txt:2", "unused")]


def test_rep_4_standard_module_as_a_package_is_found() -> None:
    assert messages({"requirements.txt": PINNED + "pathlib==1\n"}) == [("requirements.txt:2", "standard")]


def test_rep_4_no_declaration_at_all_is_one_finding() -> None:
    result = check_found("rep.4", USES_PANDAS, at=["model_of_the_rig.py:1"])
    assert (result.value, result.population) == (100.0, 2)


def test_rep_4_import_in_a_notebook_names_its_cell() -> None:
    notebook = (
        '{"cells": [{"cell_type": "code", "source": ["import pandas as pd\\n"], "metadata": {}, "outputs": [], '
        '"execution_count": 1}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    )
    _, findings = result_of("rep.4", facts_from({**ML_FILE, "requirements.txt": PINNED, "a.ipynb": notebook}))
    assert [(finding.path, finding.evidence["cell"]) for finding in findings] == [("a.ipynb", 1)]


# ---------------------------------------------------------------- rep.9


def test_rep_9_no_packages_at_all_does_not_apply() -> None:
    result, _ = result_of("rep.9", facts_from({"main.py": "import json\n\nprint(json.dumps(1))\n"}))
    assert result.outcome is Outcome.NOT_APPLICABLE


def test_rep_9_unreadable_lock_is_unknown() -> None:
    check_unknown("rep.9", {**ML_FILE, "uv.lock": UNREADABLE})


@pytest.mark.parametrize(
    "files", [{}, {"Dockerfile": ""}, {"environment.yml": "dependencies: []\n"}, {"uv.lock": "version = 1\n"}]
)
def test_rep_9_removed_or_emptied_source_is_found(files: dict[str, str]) -> None:
    assert check_found("rep.9", files).value == 0.0


def test_rep_9_image_of_an_example_captures_nothing() -> None:
    assert check_found("rep.9", {"examples/Dockerfile": f"FROM python:3.11{DIGEST}\n"}).value == 0.0


def test_rep_9_image_by_tag_is_half_and_found_at_its_line() -> None:
    result = check_found("rep.9", {"Dockerfile": "# base\nFROM python:3.11\n"}, at=["Dockerfile:2"])
    assert result.value == 0.5


def test_rep_9_environment_file_is_half() -> None:
    result = check_found(
        "rep.9", {"environment.yml": "dependencies:\n  - scikit-learn=1.4.2\n"}, at=["environment.yml:1"]
    )
    assert result.value == 0.5


def test_rep_9_image_by_digest_is_clear() -> None:
    check_clear("rep.9", {"Dockerfile": f"FROM python:3.11{DIGEST}\n"})


def test_rep_9_image_that_the_builder_names_is_half_and_accuses_no_line() -> None:
    result = check_found("rep.9", {"Dockerfile": "ARG BASE\nFROM ${BASE}\n"}, at=[])
    assert result.value == 0.5


def test_rep_9_lock_with_digests_is_clear() -> None:
    check_clear("rep.9", {"pyproject.toml": PROJECT, "uv.lock": UV_LOCK, "Dockerfile": "FROM python:3.11\n"})


# ---------------------------------------------------------------- rep.11

CARD = "# Model card\n\n" + "Trained on the invoices of two years, split by customer and month. " * 4


def test_rep_11_component_without_a_model_does_not_apply() -> None:
    result, _ = result_of("rep.11", facts_from({"main.py": "import json\n\nprint(json.dumps(1))\n"}))
    assert result.outcome is Outcome.NOT_APPLICABLE


def test_rep_11_unreadable_card_is_unknown() -> None:
    check_unknown("rep.11", {**ML_FILE, "MODEL_CARD.md": UNREADABLE})


@pytest.mark.parametrize("files", [{}, {"MODEL_CARD.md": ""}, {"MODEL_CARD.md": "# Model card\n\nTo come.\n"}])
def test_rep_11_removed_or_emptied_card_is_found(files: dict[str, str]) -> None:
    assert check_found("rep.11", files).value == 0.0


def test_rep_11_page_of_the_documentation_is_no_card() -> None:
    page = "# Cascade\n\n## Limitations\n\n## Intended uses\n\n## Training data\n\n" + CARD
    assert check_found("rep.11", {"docs/source/cascade.md": page}).value == 0.0


def test_rep_11_finding_stands_at_the_readme() -> None:
    check_found("rep.11", {"README.md": "# Model\n"}, at=["README.md:1"])


def test_rep_11_model_card_is_clear() -> None:
    check_clear("rep.11", {"docs/MODEL_CARD.md": CARD})


def test_rep_11_readme_with_the_front_matter_of_a_hub_is_clear() -> None:
    check_clear("rep.11", {"README.md": "---\nlicense: mit\ntags:\n  - text\n---\n" + CARD})
