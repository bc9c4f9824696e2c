"""CI definitions: what runs no test first, then every system."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.facts import CiFacts, Command
from scoring.readers.base import Unreadable
from scoring.readers.ci import READERS

READ = {reader.name.partition(".")[2]: reader.read for reader in READERS}


def facts(system: str, text: str) -> CiFacts:
    read = READ[system](text.encode())
    assert isinstance(read, CiFacts)
    return read


@pytest.mark.parametrize(
    ("text", "reason"),
    [("on: [push\n", "not valid YAML"), ("\x00", "not text"), ("a: &a [*a]\n", "recursive YAML alias")],
)
def test_ci_refused(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        READ["github"](text.encode())
    assert refused.value.reason == reason


GREETER = """\
on: [pull_request_target, issues]
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/first-interaction@v1
        with:
          pr-message: Please run pytest before you push
"""


def test_github_workflow_that_only_greets() -> None:
    assert facts("github", GREETER) == CiFacts(
        system="github", triggers=("pull_request_target", "issues"), uses=("actions/first-interaction@v1",)
    )


@pytest.mark.parametrize(
    "run",
    [
        "flake8 .",
        "twine upload dist/*",
        "pip install pytest",
        "npm test",
        "echo test",
        "|\n          # pytest\n          ls",
    ],
)
def test_github_workflow_without_tests(run: str) -> None:
    read = facts("github", f"on: push\njobs:\n  a:\n    steps:\n      - name: Job\n        run: {run}\n")
    assert (read.runs_tests, read.test_lines) == (False, ())


def test_github_test_reporter_runs_none() -> None:
    assert not facts(
        "github", "on: push\njobs:\n  a:\n    steps:\n      - name: Test report\n        uses: dorny/test-reporter@v1\n"
    ).runs_tests


def test_github_workflow_with_tests() -> None:
    text = """\
name: CI
on:
  push:
  schedule:
    - cron: "0 0 * * *"
jobs:
  test:
    container: python:3.11
    steps:
      - uses: actions/checkout@v4
      - run: |
          pip install -e .

          pytest -n 4 \\
            tests
"""
    assert facts("github", text) == CiFacts(
        system="github",
        commands=(Command(12, "pip install -e ."), Command(14, "pytest -n 4 tests")),
        runs_tests=True,
        test_lines=(14,),
        triggers=("push", "schedule"),
        scheduled=True,
        uses=("actions/checkout@v4", "python:3.11"),
        labels=(("CI", 1),),
    )


def test_github_command_in_the_matrix() -> None:
    text = "on: push\njobs:\n  a:\n    strategy:\n      matrix:\n"
    text += "        task:\n          - name: Test\n            run: pytest\n"
    assert facts("github", text).test_lines == (8,)


def test_github_called_workflow_named_for_tests() -> None:
    assert facts("github", "on: push\njobs:\n  a:\n    uses: ./.github/workflows/unit-tests.yml\n").runs_tests


def test_github_step_called_test_that_runs_a_program() -> None:
    text = "on: push\njobs:\n  a:\n    steps:\n      - name: Test training\n"
    text += "        run: |\n          set -e\n          python train.py --epochs 1\n"
    assert facts("github", text).test_lines == (8,)


@pytest.mark.parametrize(
    ("system", "text", "line"),
    [
        ("github-action", "runs:\n  using: composite\n  steps:\n    - run: pytest\n      shell: bash\n", 4),
        ("travis", "language: python\ninstall:\n  - pip install pytest\nscript:\n  - pytest tests\n", 5),
        ("circleci", "jobs:\n  a:\n    steps:\n      - run:\n          name: t\n          command: pytest\n", 6),
        ("circleci", "jobs:\n  a:\n    steps:\n      - checkout\n      - run: make test\n", 5),
        ("gitlab", "unit:\n  image: python:3.11\n  script:\n    - pip install .\n    - pytest\n", 5),
        ("azure", "steps:\n- script: |\n    python -m pytest .\n  displayName: x\n", 3),
        ("azure", "steps:\n- task: Bash@3\n  inputs:\n    script: pytest\n", 4),
        (
            "taskcluster",
            "tasks:\n  - payload:\n      command:\n"
            "        - /bin/bash\n        - -c\n        - pip install . && pytest\n",
            4,
        ),
        ("cloudbuild", "steps:\n- name: python\n  entrypoint: python\n  args: ['-m', 'pytest']\n", 3),
        ("buildkite", "steps:\n  - command: pytest\n    label: t\n", 2),
        ("buildkite", "steps:\n  - commands:\n      - ls\n      - pytest\n", 4),
        ("appveyor", "test_script:\n  - cmd: pytest\n", 2),
        ("drone", "kind: pipeline\nsteps:\n- name: a\n  image: python\n  commands:\n  - pytest\n", 6),
        ("bitbucket", "pipelines:\n  default:\n    - step:\n        script:\n          - pytest\n", 5),
        ("woodpecker", "pipeline:\n  a:\n    image: python\n    commands: pytest\n", 4),
        ("tekton", "spec:\n  steps:\n    - image: python\n      script: |\n        #!/bin/sh\n        pytest\n", 6),
        (
            "zuul",
            "- project:\n    check:\n      jobs:\n        - openstack-tox-docs\n        - openstack-tox-py38\n",
            5,
        ),
        (
            "prow",
            "presubmits:\n- name: a\n"
            "  spec:\n    containers:\n    - command:\n      - make\n      args:\n      - test\n",
            6,
        ),
        ("cirrus", "task:\n  test_script: pytest\n", 2),
        ("semaphore", "blocks:\n  - task:\n      jobs:\n        - commands:\n            - pytest\n", 5),
        ("codebuild", "phases:\n  build:\n    commands:\n      - pytest\n", 4),
        (
            "jenkins",
            "pipeline {\n  // sh 'tox'\n"
            "  stages { stage('t') { steps {\n    sh 'pip install . && pytest'\n  } } }\n}\n",
            4,
        ),
        ("jenkins", 'node {\n  sh(script: """\n    pip install .\n    pytest\n  """)\n}\n', 4),
    ],
)
def test_ci_system_runs_tests(system: str, text: str, line: int) -> None:
    read = facts(system, text)
    assert (read.system, read.runs_tests, read.test_lines) == (system.removesuffix("-action"), True, (line,))


@pytest.mark.parametrize(
    ("system", "text"),
    [
        ("zuul", "- project:\n    check:\n      jobs:\n        - build-docs\n"),
        ("prow", "presubmits:\n- spec:\n    containers:\n    - command: [make, lint]\n"),
        ("travis", "language: python\ninstall: pip install pytest\nscript: flake8\n"),
        ("jenkins", "node { sh 'flake8' }"),
        ("azure", "steps:\n- task: PublishTestResults@2\n"),
        ("gitlab", "pages:\n  script:\n    - mkdocs build\n"),
    ],
)
def test_ci_system_without_tests(system: str, text: str) -> None:
    assert not facts(system, text).runs_tests


@pytest.mark.parametrize(
    ("system", "text", "scheduled"),
    [
        ("github", "on: push\n", False),
        ("github", "on:\n  schedule:\n  - cron: x\n", True),
        ("azure", "schedules:\n- cron: x\n", True),
        ("gitlab", "a:\n  only:\n    - schedules\n", True),
        ("circleci", "workflows:\n  a:\n    triggers:\n      - schedule:\n          cron: x\n", True),
        ("jenkins", "pipeline { triggers { cron('H 0 * * *') } }", True),
    ],
)
def test_ci_scheduled(system: str, text: str, scheduled: bool) -> None:
    assert facts(system, text).scheduled is scheduled


@pytest.mark.parametrize("system", sorted(READ))
@given(
    data=st.one_of(st.binary(max_size=200), st.text(alphabet="runscipt:-[]{}&*|'\" \n", max_size=100).map(str.encode))
)
def test_ci_any_bytes_raise_only_unreadable(system: str, data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        READ[system](data)
