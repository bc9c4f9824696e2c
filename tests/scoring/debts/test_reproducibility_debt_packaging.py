"""rep.3, rep.9 and rep.11: what packaging files and cards say about having a result again."""

import msgspec
import pytest

from scoring.analyses.view import View
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
USES_PANDAS = {"report.py": "import pandas as pd\n\nprint(pd.DataFrame())\n"}


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


def test_rep_3_loose_packages_of_a_file_are_found_together_at_the_first() -> None:
    files = {"requirements.txt": "scikit-learn==1.4.2\npandas>=1\nnumpy\n", **USES_PANDAS}
    result = check_found("rep.3", files, at=["requirements.txt:2"])
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
    ("specifier", "severity"), [("==1.27.*", []), ("~=1.27.0", []), ("~=1.27", ["high"]), (">=1.27", ["high"])]
)
def test_rep_3_declaration_with_its_last_part_open_is_waved_away(specifier: str, severity: list[str]) -> None:
    _, findings = result_of("rep.3", facts_from({**ML_FILE, "requirements.txt": f"scikit-learn{specifier}\n"}))
    assert [finding.severity for finding in findings] == severity


@pytest.mark.parametrize(
    ("package", "code", "severity", "used"),
    [
        ("numpy", "import numpy\nimport sklearn\n", "high", "model"),
        ("matplotlib", "import matplotlib\nimport sklearn\n", "medium", "code"),
        ("numpy", "import sklearn\n\n\ndef show():\n    import numpy\n", "low", "aside"),
        ("numpy", "import sklearn\n", "low", "nothing"),
        ("numpy", "import (\n", "medium", "unknown"),
    ],
)
def test_rep_3_loose_package_weighs_what_rests_on_it(package: str, code: str, severity: str, used: str) -> None:
    files = {**ML_FILE, "requirements.txt": f"scikit-learn==1.5.0\n{package}\n", "train.py": code}
    _, findings = result_of("rep.3", facts_from(files))
    assert [(finding.severity, finding.evidence["used by"]) for finding in findings] == [(severity, used)]


@pytest.mark.parametrize(("code", "at"), [("import sklearn\n", []), ("import setuptools\n", ["requirements.txt:2"])])
def test_rep_3_floor_for_a_tool_that_installs_is_told_only_where_something_imports_it(code: str, at: list[str]) -> None:
    files = {**ML_FILE, "requirements.txt": "scikit-learn==1.5.0\nsetuptools>=70\n", "tool.py": code}
    check_found("rep.3", files, at=at)


def test_rep_4_package_that_comes_with_a_declared_one_counts_and_is_not_told() -> None:
    files = {"requirements.txt": "scikit-learn\nnltk\n", "save.py": "import nltk\nimport tqdm\n"}
    check_found("rep.4", files, at=[])
    check_found("rep.4", {**files, "save.py": "import nltk\nimport rich\n"}, at=["save.py:2"])


def test_rep_3_library_by_profile_weighs_little_and_is_not_told() -> None:
    files = {**ML_FILE, "requirements.txt": "scikit-learn\n"}
    result, findings = result_of("rep.3", facts_from(files, profile="library"))
    assert (result.value, result.severity, findings) == (0.0, 1, ())
    assert [finding.severity for finding in result_of("rep.3", facts_from(files))[1]] != []


@pytest.mark.parametrize(("need", "share"), [("numpy>=1.20,<3", 1.0), ("numpy>=1.5", 1.0), ("numpy", 0.0)])
def test_rep_3_range_with_a_floor_holds_in_a_library(need: str, share: float) -> None:
    files = {"setup.py": f"from setuptools import setup\n\nsetup(name='apples', install_requires=['{need}'])\n"}
    readme = {"README.md": "# Apples\n\n```bash\npip install apples\n```\n"}
    result, _ = result_of("rep.3", facts_from({**files, **readme, "apples.py": "import numpy\n"}))
    assert result.value == share


def test_rep_3_published_project_weighs_little_and_is_not_told() -> None:
    project = PROJECT.replace("scikit-learn>=1", "scikit-learn")
    files = {**ML_FILE, "pyproject.toml": project, "README.md": "# x\n\n```bash\npip install x\n```\n"}
    result, findings = result_of("rep.3", facts_from(files))
    assert (result.value, result.severity, findings) == (0.0, 1, ())


def test_rep_3_project_that_a_job_publishes_is_low() -> None:
    job = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: pypa/gh-action-pypi-publish@v1\n"
    files = {**ML_FILE, "pyproject.toml": PROJECT, ".github/workflows/release.yml": job}
    assert result_of("rep.3", facts_from(files))[0].severity == 1


def test_rep_3_lists_in_a_folder_speak_for_its_parent() -> None:
    files = {"requirements/base.txt": "scikit-learn>=1\n", "requirements/constraints.txt": PINNED}
    check_clear("rep.3", files)


def test_rep_3_tree_that_was_not_listed_whole_accuses_nobody() -> None:
    whole = component_from({**ML_FILE, "report.py": "import pandas\n"})
    part = msgspec.structs.replace(whole, complete=False)
    assert result_of("rep.3", View(part))[0].outcome is Outcome.UNKNOWN


def test_rep_3_application_keeps_its_severity() -> None:
    files = {**ML_FILE, "pyproject.toml": PROJECT, "README.md": "# x\n\n```bash\npip install -e .\n```\n"}
    result, findings = result_of("rep.3", facts_from(files))
    assert (result.severity, [finding.severity for finding in findings]) == (3, ["high"])


def test_rep_3_image_that_installs_by_name_is_the_declaration_where_there_is_no_other() -> None:
    image = "FROM python:3.11\nRUN pip install 'scikit-learn>=1' $MORE pandas==2.0\n"
    files = {**USES_PANDAS, "Dockerfile": image}
    assert check_found("rep.3", files, at=["Dockerfile:2"]).value == 0.5


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
    result = check_found("rep.9", {"Dockerfile": "# base\nFROM python:latest\n"}, at=["Dockerfile:2"])
    assert result.value == 0.5
    assert check_found("rep.9", {"Dockerfile": "# base\nFROM python:3.11\n"}, at=[]).value == 0.5


def test_rep_9_environment_file_is_half() -> None:
    assert check_found("rep.9", {"environment.yml": "dependencies:\n  - scikit-learn=1.4.2\n"}, at=[]).value == 0.5


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


FITS = {"train.py": "from sklearn.svm import SVC\n\nSVC(random_state=1).fit([[0]], [0])\n"}


@pytest.mark.parametrize("files", [{}, {"MODEL_CARD.md": ""}, {"MODEL_CARD.md": "# Model card\n\nTo come.\n"}])
def test_rep_11_removed_or_emptied_card_is_found(files: dict[str, str]) -> None:
    assert check_found("rep.11", {**FITS, **files}).value == 0.0


def test_rep_11_page_of_the_documentation_is_no_card() -> None:
    page = "# Cascade\n\n## Limitations\n\n## Intended uses\n\n## Training data\n\n" + CARD
    assert check_found("rep.11", {**FITS, "docs/source/cascade.md": page}).value == 0.0


def test_rep_11_finding_stands_at_the_readme() -> None:
    check_found("rep.11", {**FITS, "README.md": "# Model\n"}, at=["README.md:1"])


def test_rep_11_model_card_is_clear() -> None:
    check_clear("rep.11", {**FITS, "docs/MODEL_CARD.md": CARD})


def test_rep_11_readme_with_the_front_matter_of_a_hub_is_clear() -> None:
    check_clear("rep.11", {**FITS, "README.md": "---\nlicense: mit\ntags:\n  - text\n---\n" + CARD})


def test_rep_11_code_that_fits_nothing_has_no_model_to_speak_of() -> None:
    asked, _ = result_of("rep.11", facts_from(ML_FILE))
    unsure, _ = result_of("rep.11", facts_from({**ML_FILE, "train.py": "def (:\n"}))
    assert (asked.outcome, unsure.outcome) == (Outcome.NOT_APPLICABLE, Outcome.UNKNOWN)


def test_rep_11_declared_model_has_one() -> None:
    declared = '[models.churn]\nentry = "ask.py"\nowner = "growth"\n'
    check_found("rep.11", {"ask.py": "import sklearn\n", "debtboard.toml": declared})


def test_rep_3_package_that_nothing_seen_trains_with_is_low_only_where_all_was_read() -> None:
    use = {"model.py": "import torch\n", "tests/test_a.py": "import sklearn\n", "requirements.txt": "scikit-learn\n"}
    for files, severity in (({}, "low"), ({"train.py": "def (:\n"}, "medium")):
        _, findings = result_of("rep.3", facts_from({**use, **files}))
        assert [finding.severity for finding in findings] == [severity]


def test_rep_3_package_of_the_model_stays_high_where_other_code_went_unread() -> None:
    train = "from sklearn.svm import SVC\n\nSVC(random_state=1).fit([[0]], [0])\n"
    files = {"train.py": train, "other.py": "def (:\n", "requirements.txt": "scikit-learn\n"}
    _, findings = result_of("rep.3", facts_from(files))
    assert [finding.severity for finding in findings] == ["high"]
