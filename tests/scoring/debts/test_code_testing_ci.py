"""The scripts that CI calls, and what of CI went unread (tst.2, tst.3)."""

import pytest
from msgspec.structs import replace

from scoring.analyses.view import View
from scoring.facts import LINK, FileEntry
from scoring.findings import Outcome
from scoring.readers.places import roles_of
from scoring.testing import check_clear, check_found, check_unknown, component_from, result_of

TEST = "from model import scale\n\n\ndef test_scale():\n    assert scale([1, 3]) == [0, 1]\n"


def ci(command: str) -> dict[str, str]:
    return {".github/workflows/ci.yml": f"on: push\njobs:\n  build:\n    steps:\n      - run: {command}\n"}


@pytest.mark.parametrize(
    ("call", "script"),
    [
        ("./scripts/check.sh", "set -e\npytest tests\n"),
        ("bash scripts/check.sh", "set -e\npytest tests\n"),
        ("cd scripts && ./check.sh", "set -e\npytest tests\n"),
        ("bash $GITHUB_WORKSPACE/scripts/check.sh", "set -e\npytest tests\n"),
        ("sh scripts/check.sh", ". ./scripts/more.sh\n"),
    ],
)
def test_tst_2_tests_that_a_script_of_ci_runs_are_clear(call: str, script: str) -> None:
    files = {"scripts/check.sh": script, "scripts/more.sh": "python -m unittest\n"}
    assert check_clear("tst.2", {"tests/test_model.py": TEST, **files, **ci(call)}).value == 1.0


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"ci/check.sh": 'case "$1" in\n  test) pytest ;;\nesac\n'}, id="it chooses"),
        pytest.param({"ci/check.sh": "docker run image\n"}, id="it starts a container"),
        pytest.param({"ci/check.sh": "./ci/more.sh\n"}, id="it calls what is not there"),
        pytest.param({"a/ci/check.sh": "flake8 .\n", "b/ci/check.sh": "flake8 .\n"}, id="it may be either"),
        pytest.param({"ci/check.sh": b"\0"}, id="it can't be read"),
    ],
)
def test_tst_2_a_script_that_hides_what_it_runs_is_unknown(files: dict[str, str | bytes]) -> None:
    check_unknown("tst.2", {"tests/test_model.py": TEST, **files, **ci("./ci/check.sh")})


def test_tst_2_a_script_of_ci_without_the_tests_is_told() -> None:
    files = {"ci/check.sh": "cat <<EOF\npytest tests\nEOF\n# pytest\nflake8 .\n", **ci("./ci/check.sh")}
    check_found("tst.2", {"tests/test_model.py": TEST, **files}, at=[".github/workflows/ci.yml:1"])


def test_tst_3_a_linter_that_a_script_of_ci_runs_is_clear() -> None:
    assert check_clear("tst.3", {"ci/check.sh": "set -e\nmypy src\n", **ci("ci/check.sh")}).value == 1.0


def outcome_beside(path: str, reason: str) -> Outcome:
    """tst.2 of tests that CI leaves out, beside one more path that went unread."""
    component = component_from({"tests/test_model.py": TEST, "model.py": "import sklearn\n", **ci("flake8 .")})
    entry = FileEntry(path=path, blob="l", size=1, language="", roles=roles_of(path), skipped=reason)
    return result_of("tst.2", View(replace(component, files=(*component.files, entry))))[0].outcome


@pytest.mark.parametrize(
    ("path", "reason"), [("examples/requirements.txt", "not a list of requirements"), ("docs/.#index.rst", LINK)]
)
def test_tst_2_what_is_no_ci_may_go_unread(path: str, reason: str) -> None:
    assert outcome_beside(path, reason) is Outcome.FOUND


@pytest.mark.parametrize(("path", "reason"), [("Makefile", "not text"), (".circleci", LINK), ("build/ci", LINK)])
def test_tst_2_what_may_be_ci_and_went_unread_is_unknown(path: str, reason: str) -> None:
    assert outcome_beside(path, reason) is Outcome.UNKNOWN


def test_tst_2_a_pipeline_of_azure_under_another_name_is_unknown() -> None:
    pipeline = "jobs:\n- job: a\n  pool:\n    vmImage: ubuntu-latest\n  steps:\n  - script: pytest\n"
    check_unknown("tst.2", {"tests/test_model.py": TEST, "pipelines/fast.yml": pipeline, **ci("flake8 .")})


def test_tst_2_a_pipeline_whose_steps_are_not_followed_is_unknown() -> None:
    pipeline = "pipelines:\n  app:\n    blubberfile: blubber.yaml\n    stages:\n      - name: run-test\n"
    check_unknown("tst.2", {"tests/test_model.py": TEST, ".pipeline/config.yaml": pipeline})
