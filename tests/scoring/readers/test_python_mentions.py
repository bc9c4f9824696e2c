"""What importing a module does, what it never mentions again, and the scripts that its strings name."""

import pytest

from scoring.facts import PythonFacts, SettingUse, Unmentioned
from scoring.readers.python import read


def facts(code: str) -> PythonFacts:
    return read(code.encode())


@pytest.mark.parametrize(
    "code",
    [
        "x = 1\n",
        "import os\n",
        "def f():\n    print(1)\n",
        "import sys\nsys.path.append('.')\n",
        "import logging\nlogging.getLogger(__name__).setLevel(10)\n",
        "try:\n    import numpy\nexcept ImportError:\n    numpy = None\n",
        "x = print(1)\n",
        "'a docstring'\n",
    ],
)
def test_definitions_and_preparations_do_nothing(code: str) -> None:
    assert facts(code).acts is False


@pytest.mark.parametrize(
    "code", ["main()\n", "for x in y:\n    f(x)\n", "if x:\n    f(x)\n", "with a as b:\n    pass\n", "[f][0](1)\n"]
)
def test_calls_and_loops_at_the_top_act(code: str) -> None:
    assert facts(code).acts is True


@pytest.mark.parametrize(
    "code",
    [
        "def f():\n    pass\n\n\nx = f\n",
        "def f():\n    return f\n",
        "@g\ndef f():\n    pass\n",
        "def f():\n    pass\n\n\nx = 'f'\n",
        "def f():\n    pass\n\n\nx: 'list[f]' = []\n",
        "def f():\n    pass\n\n\ndef __getattr__(name):\n    return name\n",
        "class A:\n    def f(self):\n        pass\n\n\nx = A\n",
    ],
)
def test_what_is_named_decorated_or_may_be_asked_for_is_mentioned(code: str) -> None:
    assert "f" not in [item.name for item in facts(code).unmentioned]


@pytest.mark.parametrize("rest", ["", "# f()\n", "x = off\n", "x = 'of f_'\n", "x.f = 1\n", "model.eval()\n"])
def test_what_nothing_else_names_is_unmentioned(rest: str) -> None:
    assert facts(f"def f():\n    # why\n    return 1\n\n\n{rest}").unmentioned == (Unmentioned("f", 1, 3, 2),)


@pytest.mark.parametrize(
    "code",
    [
        "# cd b; python a.py\nimport subprocess\n",
        "note = 'python a.py'\n",
        "import subprocess\n\nx = 'pythonic a.py'\n",
    ],
)
def test_scripts_of_commands_that_nothing_runs_are_none(code: str) -> None:
    assert facts(code).scripts == ()


@pytest.mark.parametrize("command", ["python ./a.py", "cd b && python3 -u ./a.py --n 3"])
def test_scripts_of_commands_that_the_shell_is_given_are_told(command: str) -> None:
    assert facts(f"import os\n\ncommand = '{command}'\nos.system(command)\n").scripts == ("./a.py",)


def test_scripts_are_told_once_in_order() -> None:
    code = "run('src/b.py')\nrun(\"a.py\")\nrun('src/b.py')\nx = 'a.pyx'\n"
    assert facts(code).scripts == ("a.py", "src/b.py")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("x", ()),
        ("len(cfg.a)", ()),
        ("cfg[name]", ()),
        ("cfg.a", (("a", ""),)),
        ("not cfg['a']['b']", (("a.b", ""),)),
        ("cfg.a == 'x' and cfg.get('b')", (("a", "compared"), ("b", ""))),
    ],
)
def test_settings_that_guard_a_branch_are_told(condition: str, expected: tuple[tuple[str, str], ...]) -> None:
    said = facts(f"def f(cfg, name, x):\n    if {condition}:\n        pass\n").settings
    assert said is not None
    assert said.guards == tuple(SettingUse("cfg", path, 2, "f", how) for path, how in expected)
