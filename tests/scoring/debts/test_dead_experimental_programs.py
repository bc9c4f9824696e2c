"""dec.4 in packages for others that bring commands: what nothing imports and no document names is nobody's way in."""

import pytest

from scoring.testing import facts_from, result_of

MODULE = "def ratio(a, b):\n    return a / b\n"
PACKAGE = {
    "pyproject.toml": "[project]\nname = 'churn'\n[project.scripts]\nchurn = 'churn.run:start'\n",
    "README.md": "# Churn\n\n```\npip install churn\n```\n",
    "churn/__init__.py": "",
    "churn/run.py": "from sklearn.svm import SVC\n\nfrom churn.parts import fit\n\n\ndef start():\n    fit(SVC())\n",
    "churn/parts.py": "def fit(model):\n    return model.fit([[0], [1]], [0, 1])\n",
}


def unreached(files: dict[str, str]) -> list[str]:
    result, findings = result_of("dec.4", facts_from({**PACKAGE, **files}))
    assert result.value is not None
    return [finding.path for finding in findings]


def test_module_of_a_program_that_nothing_imports_is_found() -> None:
    assert unreached({"churn/old.py": MODULE}) == ["churn/old.py"]


def test_module_of_a_program_that_its_test_alone_imports_is_found() -> None:
    assert unreached({"churn/old.py": MODULE, "tests/test_old.py": "from churn.old import ratio\n"}) == ["churn/old.py"]


def test_deleting_a_module_that_nothing_imports_adds_none() -> None:
    """What it alone imports was as little in use before."""
    both = {"churn/old.py": "from churn.sums import ratio\n\n\ndef half(a):\n    return ratio(a, 2)\n"}
    both["churn/sums.py"] = MODULE
    assert unreached(both) == ["churn/old.py", "churn/sums.py"]
    assert unreached({"churn/sums.py": MODULE}) == ["churn/sums.py"]
    assert unreached({**both, "churn/__init__.py": "from churn.old import half\n"}) == []


@pytest.mark.parametrize(
    "files",
    [
        {"churn/new.py": "from churn.old import ratio\n", "churn/__init__.py": "from churn import new\n"},
        {"docs/api.rst": "API\n===\n\n.. automodule:: churn.old\n   :members:\n"},
        {"docs/api.md": "# API\n\n::: churn.old\n"},
        {"examples/show.py": "from churn.old import ratio\n\nprint(ratio(1, 2))\n"},
        {"pyproject.toml": "[project]\nname = 'churn'\n"},
    ],
)
def test_module_that_is_offered_is_clear(files: dict[str, str]) -> None:
    assert unreached({"churn/old.py": MODULE, **files}) == []


@pytest.mark.parametrize("path", ["tools/old.py", "asv_bench/churn/old.py"])
def test_what_lies_beside_the_package_is_somebodys(path: str) -> None:
    assert unreached({path: MODULE}) == []


RUN = {"run.py": "print(1)\n"}
DAG = "from airflow import DAG\nfrom airflow.operators.bash import BashOperator\n\ndag = DAG('day')\n"
STEP = "step = BashOperator(task_id='step', bash_command={0})\n"


@pytest.mark.parametrize(
    "flow",
    [
        DAG + STEP.format("'cd /opt && python -m churn.old --day 1'"),
        DAG + STEP.format("f'python {CODE}/old.py'"),
        DAG + "from churn.old import ratio\n\nstep = PythonOperator(task_id='step', python_callable=ratio)\n",
        "import subprocess\n\nsubprocess.run('python -u -m churn.old', shell=True)\n",
    ],
)
def test_module_that_a_pipeline_runs_is_alive(flow: str) -> None:
    assert unreached({**RUN, "churn/old.py": MODULE, "flows/day.py": flow}) == []


def test_module_that_a_pipeline_does_not_run_is_dead() -> None:
    flow = DAG + STEP.format("'python -m churn.new'")
    assert unreached({**RUN, "churn/old.py": MODULE, "flows/day.py": flow}) == ["churn/old.py"]
