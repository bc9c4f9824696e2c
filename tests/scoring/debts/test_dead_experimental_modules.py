"""Modules that nothing reaches (dec.4) and definitions that nothing names (dec.3)."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

RUN = "from sklearn.svm import SVC\n\nprint(SVC())\n"
OLD = "def ratio(a, b):\n    return a / b\n"


def clear_modules(files: dict[str, str]) -> None:
    result, _ = result_of("dec.4", facts_from({"train.py": RUN, **files}))
    assert (result.outcome, result.findings) == ("clear", 0)


def unreached(files: dict[str, str]) -> list[str]:
    result, findings = result_of("dec.4", facts_from(files))
    assert result.outcome == "found"
    return [f"{finding.path}:{finding.line}" for finding in findings]


def clear_names(files: dict[str, str]) -> None:
    result, _ = result_of("dec.3", facts_from({"train.py": RUN, **files}))
    assert (result.outcome, result.findings) == ("clear", 0)


# ---------------------------------------------------------------- modules


@pytest.mark.parametrize(
    "user",
    [
        "import old\n\nprint(old)\n",
        "from old import ratio\n\nprint(ratio)\n",
        "def late():\n    from old import ratio\n    return ratio\n\n\nprint(late())\n",
        "import subprocess\n\nsubprocess.run(['python', 'old.py'])\n",
        "import importlib\n\nimportlib.import_module('old')\n",
        "import importlib\n\nprint(importlib.import_module('models.' + input()))\n",
    ],
)
def test_module_that_a_script_imports_or_names_is_clear(user: str) -> None:
    clear_modules({"run.py": user, "old.py": OLD})


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("conf/model.yaml", "_target_: pkg.old.ratio\n"),
        ("Makefile", "run:\n\tpython -m pkg.old\n"),
        ("Dockerfile", 'FROM python:3.11\nCMD ["uvicorn", "pkg.old:ratio"]\n'),
        (".github/workflows/ci.yml", "on: push\njobs:\n  a:\n    steps:\n      - run: python pkg/old.py\n"),
        ("README.md", "# How\n\n```sh\npython -m pkg.old\n```\n"),
        ("setup.py", "from setuptools import setup\nsetup(entry_points={'console_scripts': ['r = pkg.old:ratio']})\n"),
        (
            "explore.ipynb",
            '{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code", "source": "import pkg.old"}]}',
        ),
    ],
)
def test_module_that_a_command_or_setting_names_is_clear(path: str, text: str) -> None:
    clear_modules({path: text, "pkg/old.py": OLD})


@pytest.mark.parametrize(
    "text",
    [
        "print(1)\n" + OLD,
        OLD + "\n\nif __name__ == '__main__':\n    print(ratio(1, 2))\n",
        "def init():\n    pass\n\n\ndef run(data):\n    return data\n",
        "def lambda_handler(event, context):\n    return event\n",
        "from models import register\n\n\n@register('old')\nclass Old:\n    pass\n",
        "LIMIT = 3\n",
    ],
)
def test_module_that_runs_is_called_or_registered_is_clear(text: str) -> None:
    clear_modules({"pkg/old.py": text})


@pytest.mark.parametrize("path", ["dags/old.py", "examples/old.py", "experiments/old.py", "conftest.py", "pkg/wsgi.py"])
def test_module_that_a_tool_loads_or_that_is_set_aside_is_clear(path: str) -> None:
    clear_modules({path: OLD})


def test_public_modules_of_a_library_are_clear_and_private_ones_are_not() -> None:
    setup = "from setuptools import setup\nsetup(name='pkg', packages=['pkg'])\n"
    files = {"setup.py": setup, "train.py": RUN, "pkg/__init__.py": "", "pkg/old.py": OLD, "pkg/_old.py": OLD}
    _, findings = result_of("dec.4", facts_from(files))
    assert [finding.path for finding in findings] == ["pkg/_old.py"]


@pytest.mark.parametrize(
    ("files", "who"),
    [
        ({}, "Nothing imports it"),
        ({"tests/test_old.py": "from old import ratio\n"}, "Only tests import it"),
        ({"older.py": "from old import ratio\n\n\ndef twice(a):\n    return ratio(a, 2)\n"}, "Only modules that are"),
        ({"run.py": "import math\n\nprint(math)\n"}, "Nothing imports it"),
    ],
)
def test_module_that_nothing_reaches_is_found(files: dict[str, str], who: str) -> None:
    _, findings = result_of("dec.4", facts_from({"train.py": RUN, "old.py": OLD, **files}))
    assert [finding.message[: len(who)] for finding in findings if finding.path == "old.py"] == [who]


def test_module_named_as_a_part_of_the_standard_library_is_found() -> None:
    files = {"train.py": "import math\n" + RUN, "tools/math.py": OLD}
    assert unreached(files) == ["tools/math.py:1"]


def test_two_modules_of_one_name_are_told_apart_by_the_folder() -> None:
    files = {
        "train.py": "from new.old import ratio\n" + RUN + "print(ratio)\n",
        "new/old.py": OLD,
        "was/old.py": "\n" + OLD,
    }
    assert unreached(files) == ["was/old.py:1"]


@pytest.mark.parametrize("signal", ["dec.3", "dec.4"])
@pytest.mark.parametrize("files", [{}, {"train.py": ""}, {"train.py": "def (:\n"}, {"a.py": RUN, "b.py": b"\0"}])
def test_source_removed_broken_or_emptied_is_not_clear(signal: str, files: dict[str, str | bytes]) -> None:
    result, _ = result_of(signal, facts_from(files))
    assert result.outcome in ("unknown", "not_applicable") or files.get("train.py") == ""


# ---------------------------------------------------------------- functions and classes


@pytest.mark.parametrize(
    "rest",
    [
        "print(ratio(1, 2))\n",
        "WAYS = {'a': ratio}\nprint(WAYS)\n",
        "__all__ = ['ratio']\nprint(1)\n",
        "print(globals()['rat' + 'io'])\n",
        "print(eval('rat' + 'io'))\n",
    ],
)
def test_function_that_its_module_names_is_clear(rest: str) -> None:
    clear_names({"run.py": f"{OLD}\n\n{rest}"})


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("other.py", "from run import ratio\n\nprint(ratio)\n"),
        ("other.py", "import run\n\nprint(run.ratio)\n"),
        ("other.py", "from run import *\n\nprint(ratio)\n"),
        ("tests/test_run.py", "import run\n\n\ndef test_it():\n    assert run.ratio(1, 1)\n"),
        ("conf/a.yaml", "score: ratio\n"),
        ("Makefile", "run:\n\tpython -c 'import run; run.ratio()'\n"),
    ],
)
def test_function_that_something_else_names_is_clear(path: str, text: str) -> None:
    clear_names({"run.py": f"{OLD}\n\nprint(1)\n", path: text})


@pytest.mark.parametrize(
    "text",
    [
        "@app.command()\ndef ratio(a, b):\n    return a / b\n",
        "def main():\n    return 1\n",
        "def pytest_configure(config):\n    return config\n",
        "import unittest\n\n\nclass CheckRatio(unittest.TestCase):\n    def test(self):\n        pass\n",
    ],
)
def test_what_a_framework_calls_is_clear(text: str) -> None:
    clear_names({"run.py": f"{text}\n\nprint(1)\n"})


def test_class_of_a_module_that_settings_name_is_clear() -> None:
    text = "class Small:\n    pass\n\n\nclass Large:\n    pass\n\n\nprint(1)\n"
    clear_names({"models.py": text, "conf/a.yaml": "_target_: models.Small\n"})


def test_function_that_only_comments_name_is_found() -> None:
    text = f"{OLD}\n\n# print(ratio(1, 2))\nprint(1)\n"
    result = check_found("dec.3", {"train.py": RUN, "run.py": text}, at=["run.py:1"])
    assert (result.value, result.population) == (0.4, 5)


def test_public_names_of_a_library_are_clear_and_private_ones_are_not() -> None:
    setup = "from setuptools import setup\nsetup(name='pkg', packages=['pkg'])\n"
    text = f"{OLD}\n\n{OLD.replace('ratio', '_ratio')}\n\nprint(1)\n"
    _, findings = result_of("dec.3", facts_from({"setup.py": setup, "train.py": RUN, "pkg/run.py": text}))
    assert [(finding.symbol, finding.message) for finding in findings] == [
        ("_ratio", "_ratio (2 lines) is used nowhere: no code, configuration, command or string names it.")
    ]


def test_definitions_of_an_unreached_module_are_told_once() -> None:
    check_clear("dec.3", {"train.py": RUN, "old.py": OLD})
    assert unreached({"train.py": RUN, "old.py": OLD}) == ["old.py:1"]


def test_unread_module_may_import_anything() -> None:
    check_unknown("dec.4", {"train.py": RUN, "old.py": OLD, "broken.py": b"import old \xe9"})


def test_file_that_begins_with_a_dot_is_some_tools() -> None:
    clear_modules({"src/.ycm_extra_conf.py": OLD})


# ---------------------------------------------------------------- who may name them


@pytest.mark.parametrize("signal", ["dec.3", "dec.4"])
@pytest.mark.parametrize(
    ("path", "text"),
    [("conf/a.yaml", "a: [\n"), ("pyproject.toml", "[project\n"), (".github/workflows/ci.yml", "jobs: [\n")],
)
def test_settings_packaging_or_jobs_that_were_skipped_may_name_anything(signal: str, path: str, text: str) -> None:
    result, _ = result_of(
        signal, facts_from({"train.py": RUN, "old.py": OLD, "run.py": f"{OLD}\n\nprint(1)\n", path: text})
    )
    assert result.outcome == "unknown"


@pytest.mark.parametrize(
    "loader",
    [
        "import importlib\n\nprint(importlib.import_module('pkg.plugs.' + input()))\n",
        "import importlib\n\nprint(importlib.import_module(f'pkg.plugs.{input()}'))\n",
        "import importlib\n\nprint(importlib.import_module('pkg.plugs.{}'.format(input())))\n",
        "import importlib\n\nprint(importlib.import_module('pkg.plugs.%s' % input()))\n",
    ],
)
def test_module_of_a_package_that_a_string_begins_with_is_clear(loader: str) -> None:
    clear_modules({"serve/start.py": loader, "pkg/plugs/old.py": OLD})


@pytest.mark.parametrize(
    "files",
    [
        {"docs/design.md": "# Design\n\nThe ratio is that of `pkg/old.py`.\n"},
        {"README.md": "# How\n\nCall `from pkg.old import ratio` in a shell.\n"},
        {"pkg/names.py": "import yaml\n\nNAMES = ['old', 'new']\nprint(NAMES)\n"},
        {"pkg/stub.pyi": "def ratio(a, b): ...\n", "use.py": "from pkg.old import ratio\n\nprint(ratio)\n"},
    ],
)
def test_module_that_a_document_a_list_or_a_package_names_is_clear(files: dict[str, str]) -> None:
    clear_modules({**files, "pkg/old.py": OLD})


def test_package_whose_dotted_name_another_module_bears_too_is_reached() -> None:
    files = {
        "a/src/prep.py": "X = 1\n",
        "bb/load.py": "import src.prep\n\nprint(src.prep)\n",
        "bb/src/prep/__init__.py": "from .ratios import ratio\n",
        "bb/src/prep/ratios.py": OLD,
    }
    clear_modules(files)


def test_operator_of_a_dag_runs_a_script_in_a_longer_command() -> None:
    command = "cd src &&\n  python3 pkg/old.py &&\n"
    dag = f"from airflow import BashOperator\n\nBashOperator(bash_command=f'''{command}''')\n"
    clear_modules({"dags/daily.py": dag, "pkg/old.py": OLD})


def test_three_siblings_that_are_alike_are_loaded_by_their_place() -> None:
    plug = "class {name}:\n    pass\n\n\ndef build():\n    return {name}()\n"
    three = {f"plugs/{name}.py": plug.format(name=name.title()) for name in ("one", "two", "six")}
    clear_modules(three)
    two = {path: text for path, text in three.items() if "six" not in path}
    assert unreached({"train.py": RUN, **two}) == ["plugs/one.py:1", "plugs/two.py:1"]


def test_class_of_an_interface_is_loaded_by_the_program_that_declares_it() -> None:
    plug = "from trading import IStrategy\n\n\nclass Slow(IStrategy):\n    pass\n"
    clear_modules({"strategies/slow.py": plug})
    clear_names({"strategies/slow.py": plug})


def test_application_class_of_a_web_framework_is_found_by_its_place() -> None:
    clear_names(
        {"shop/apps.py": "from django.apps import AppConfig\n\n\nclass ShopConfig(AppConfig):\n    name = 'shop'\n"}
    )


def test_many_modules_that_only_tests_import_are_run_by_the_tests() -> None:
    many = {f"step_{n}.py": f"def step_{n}(a):\n    return a\n" for n in range(5)}
    tests = {"tests/test_all.py": "".join(f"from step_{n} import step_{n}\n" for n in range(5))}
    clear_modules({**many, **tests})


def test_package_that_examples_use_is_for_others() -> None:
    use = {
        f"examples/{name}.py": f"from pkg.new import ratio\n\nprint(ratio({n}, 1))\n" for n, name in enumerate("abc")
    }
    clear_modules({**use, "pkg/__init__.py": "", "pkg/new.py": "\n" + OLD, "pkg/old.py": OLD})


def test_application_that_a_server_is_told_by_name_is_reached() -> None:
    start = "import uvicorn\n\nif __name__ == '__main__':\n    uvicorn.run('pkg.old:ratio', port=8000)\n"
    clear_modules({"pkg/__init__.py": "", "pkg/old.py": OLD, "pkg/__main__.py": start})
