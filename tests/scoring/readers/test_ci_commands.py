"""Which commands and names run tests: what does not first."""

import pytest

from scoring.readers.ci_commands import named_for_tests, runs_tests


@pytest.mark.parametrize(
    "command",
    [
        "",
        "pip install pytest",
        "python -m pip install -e .[test] pytest tox",
        "uv add --dev pytest",
        "conda install -y pytest",
        "poetry install --with test",
        "pytest --version",
        "pytest --collect-only",
        "echo run pytest",
        "cat pytest.ini",
        "npm test",
        "yarn test",
        "go test ./...",
        "cargo test",
        "ctest -V",
        "tox -e lint",
        "tox -e docs,flake8",
        "nox -s lint",
        "make lint",
        "make test-data",
        "make install-test-deps",
        "python utils/check_test_missing.py",
        "python utils/tests_fetcher.py",
        "./scripts/install_tests.sh",
        "mypy tests",
        "ruff check tests",
        "cd tests",
        "python train.py",
        "twine upload dist/*",
        "git clone https://github.com/pytest-dev/pytest",
    ],
)
def test_command_runs_no_tests(command: str) -> None:
    assert not runs_tests(command)


@pytest.mark.parametrize(
    "command",
    [
        "pytest",
        "pytest -n 4 tests/",
        "py.test tests",
        "python -m pytest . --cov=x",
        "python3.9 -m unittest discover",
        "uv run pytest",
        "uv run --group dev pytest -q",
        "poetry run pytest",
        "pipenv run python -m pytest",
        "conda run -n env pytest",
        "coverage run -m pytest",
        "coverage run setup.py test",
        "python setup.py test",
        "nosetests",
        "tox",
        "tox -e py38",
        "tox -e py38,lint",
        "nox",
        "make test",
        "make -j4 test",
        "make unit-tests",
        "just test",
        "./ci/test.sh",
        "bash scripts/run_tests.sh",
        "sh test.sh --fast",
        "python tests/run_tests.py",
        "python code/testing/data_test.py data.csv",
        "cd src && pytest",
        "pip install -e . && pytest",
        "A=1 B='x y' pytest",
        "bash -c 'pytest tests'",
        "docker run image pytest tests",
        "docker compose run app python -m pytest",
        "xvfb-run -a pytest",
        "${CONDA_RUN} python -m pytest",
        "python manage.py test",
        "hatch run test",
        "if [ -d tests ]; then pytest; fi",
        "apt-get install -y " + "x" * 400 + " && pytest",
    ],
)
def test_command_runs_tests(command: str) -> None:
    assert runs_tests(command)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("openstack-tox-py38", True),
        ("./.github/actions/run-tests", True),
        ("unit-test.yml", True),
        ("openstack-tox-docs", False),
        ("publish-test-results.yml", False),
        ("build-docs", False),
        ("latest.yml", False),
    ],
)
def test_named_for_tests(name: str, expected: bool) -> None:
    assert named_for_tests(name) is expected
