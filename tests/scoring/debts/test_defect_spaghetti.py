"""Code without a structure to follow: only on the production path, and no tables of settings."""

import pytest

from scoring.testing import check_clear, check_found, facts_from, result_of

SIGNAL = "defect-spaghetti"
MAIN = "\n\nif __name__ == '__main__':\n    turn()\n"
SCRIPT = "import numpy\n\n" + "".join(f"x{n} = numpy.ones({n})\n" for n in range(151))


def shared(count: int, parameters: str = "") -> str:
    names = ", ".join(f"g{n}" for n in range(count))
    return f"def turn({parameters}):\n    global {names}\n    g0 = 1\n{MAIN}"


def deep(depth: int, branches: int) -> str:
    code = "def turn(x=0):\n" + "".join("    " * (n + 1) + "if x:\n" for n in range(depth))
    code += "    " * (depth + 1) + "x = 1\n" + "".join("    if x:\n        x = 2\n" for _ in range(branches))
    return code + MAIN


@pytest.mark.parametrize("code", [shared(3), shared(4, "a=1"), deep(4, 30), deep(5, 19)])
def test_code_below_the_limits_is_clear(code: str) -> None:
    check_clear(SIGNAL, {"serve.py": code})


def crowded(depth: int) -> str:
    """A few lines of many ways: `or` by `or`."""
    code = "def turn(x=0):\n" + "".join("    " * (n + 1) + "if x:\n" for n in range(depth))
    code += "    " * (depth + 1) + "x = 1\n"
    return f"{code}    if {' or '.join(['x > 1'] * 30)}:\n        x = 2\n{MAIN}"


@pytest.mark.parametrize("code", [shared(4), crowded(5)])
def test_code_over_the_limits_is_found(code: str) -> None:
    check_found(SIGNAL, {"serve.py": code}, at=["serve.py:1"])


def test_nesting_of_a_function_that_is_told_as_long_counts_and_is_not_listed() -> None:
    result = check_found(SIGNAL, {"serve.py": deep(5, 21)}, at=[])
    assert result.value == 1.0
    check_found("defect-long-method", {"serve.py": deep(5, 21)}, at=["serve.py:1"])


def test_tangle_of_a_module_that_nothing_reaches_is_told_by_its_end_alone() -> None:
    runs = {f"run_{number}.py": f"print({number})\n" for number in range(4)}
    code = shared(4).replace(MAIN, "")
    files = {**runs, "old.py": code, "more.py": "import old\n\n\ndef more():\n    return old\n"}
    check_found("dec.4", files, at=["model_of_the_rig.py:1", "more.py:1", "old.py:1"])
    check_found(SIGNAL, files, at=[])
    check_found(SIGNAL, {**files, "run_1.py": "import more\n\nprint(more)\n"}, at=["old.py:1"])


@pytest.mark.parametrize("path", ["experiments/serve.py", "examples/serve.py", "tests/serve.py", "lonely.py"])
def test_code_off_the_production_path_is_clear(path: str) -> None:
    check_clear(SIGNAL, {path: shared(4).replace(MAIN, "") if path == "lonely.py" else shared(4)})


def test_script_that_another_module_imports_is_found() -> None:
    check_found(SIGNAL, {"serve.py": SCRIPT, "main.py": "import serve\n"}, at=["serve.py:1"])


@pytest.mark.parametrize("name", ["config", "model_library_config", "settings.base"])
def test_settings_that_run_on_import_are_clear(name: str) -> None:
    check_clear(SIGNAL, {f"{name.replace('.', '/')}.py": SCRIPT, "main.py": f"import {name}\n"})


def test_names_that_a_late_import_binds_are_no_globals() -> None:
    code = "def turn():\n    global a, b, c, d\n    import a\n    from x import b, y as c\n    d = 1\n"
    check_clear(SIGNAL, {"serve.py": code + MAIN})


@pytest.mark.parametrize(("code", "remedy"), [(crowded(5), "Leave early"), (shared(4), "Hand over")])
def test_each_kind_of_tangle_has_a_remedy_of_its_own(code: str, remedy: str) -> None:
    _, findings = result_of(SIGNAL, facts_from({"serve.py": code}))
    assert [finding.remedy.startswith(remedy) for finding in findings] == [True]


@pytest.mark.parametrize("made", ["click.option('--x{n}')", "flags.DEFINE_string('x{n}', '', '')"])
def test_table_of_options_that_runs_on_import_is_clear(made: str) -> None:
    lines = [f"x{n} = {made.format(n=n)}\n" for n in range(151)]
    code = "import click\nfrom absl import flags\n\n" + "".join(lines)
    check_clear(SIGNAL, {"choices.py": code, "main.py": "import choices\n"})
