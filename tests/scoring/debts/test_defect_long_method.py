"""Long functions: the limits from both sides, and what is left out."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

SIGNAL = "defect-long-method"


def function(lines: int, branches: int = 0) -> str:
    body = "".join(f"    if rows == {n}:\n        rows = 0\n" for n in range(branches))
    body += "".join(f"    step_{n} = rows\n" for n in range(lines - 2 * branches))
    return f"def train(rows):\n{body}"


@pytest.mark.parametrize(
    "code", [function(51, branches=1), function(103), function(38, branches=9), function(37, branches=10)]
)
def test_function_below_the_limits_is_clear(code: str) -> None:
    check_clear(SIGNAL, {"train.py": code})


@pytest.mark.parametrize(
    "code", [function(65, branches=10), function(150), function(38, branches=15), function(150, branches=1)]
)
def test_function_at_the_limits_is_found(code: str) -> None:
    check_found(SIGNAL, {"train.py": code}, at=["train.py:1"])


@pytest.mark.parametrize("lines", [52, 149])
def test_function_little_over_the_limit_that_hardly_branches_counts_and_is_not_shown(lines: int) -> None:
    assert check_found(SIGNAL, {"train.py": function(lines, branches=1)}, at=[]).value == 0.5


@pytest.mark.parametrize("lines", [38, 64])
def test_short_function_of_some_branches_counts_and_is_not_shown(lines: int) -> None:
    assert check_found(SIGNAL, {"train.py": function(lines, branches=10)}, at=[]).value == 0.5


def test_long_docstring_is_no_code() -> None:
    check_clear(SIGNAL, {"train.py": 'def train():\n    """' + "words\n" * 80 + '    """\n    return 1\n'})


def test_long_test_is_left_out() -> None:
    check_clear(SIGNAL, {"tests/test_train.py": function(80)})


def test_method_is_named_with_its_class() -> None:
    code = "class Model:\n" + "".join(f"    {line}\n" for line in function(70, branches=10).splitlines())
    _, findings = result_of(SIGNAL, facts_from({"model.py": code}))
    assert [(finding.symbol, finding.line) for finding in findings] == [("Model.train", 2)]
    assert findings[0].message == (
        "train has 70 lines of code and a complexity of 11; its parts can only be tested as one."
    )


def test_copies_of_a_file_count_once() -> None:
    check_found(SIGNAL, {"a.py": function(70, branches=10), "b.py": function(70, branches=10)}, at=["a.py:1"])


def test_function_that_stands_in_several_modules_is_told_once() -> None:
    files = {f"{name}.py": f"NAME = '{name}'\n" + function(70, branches=10) for name in "abc"}
    result = check_found(SIGNAL, files, at=["a.py:2"])
    assert result.population == 4


def test_function_that_is_deprecated_counts_and_is_not_shown() -> None:
    code = function(70, branches=10)
    check_found(SIGNAL, {"a.py": f"@deprecated('gone in 2.0')\n{code}"}, at=[])
    check_found(SIGNAL, {"a.py": f"@repeated('gone in 2.0')\n{code}"}, at=["a.py:2"])


def test_finding_survives_a_move_of_lines() -> None:
    ids = {
        result_of(SIGNAL, facts_from({"a.py": "# moved\n" * n + function(70, branches=10)}))[1][0].id for n in range(3)
    }
    assert len(ids) == 1


@pytest.mark.parametrize("files", [{}, {"train.py": ""}, {"train.py": "def (:\n"}, {"train.py": "x = 1\n"}])
def test_source_removed_broken_or_emptied_is_not_clear(files: dict[str, str]) -> None:
    check_unknown(SIGNAL, files)


def test_imports_and_empty_statements_are_statements() -> None:
    code = "def train(rows):\n" + "".join(f"    import lib{number}\n" for number in range(20))
    code += "".join(f"    if rows == {number}:\n        pass\n" for number in range(17)) + "    return rows\n"
    check_found(SIGNAL, {"train.py": code}, at=["train.py:1"])


@pytest.mark.parametrize("decorator", ["@component\n", "@dsl.component(base_image='python')\n", "@kfp.dsl.pipeline\n"])
def test_function_that_is_sent_away_as_one_piece_is_clear(decorator: str) -> None:
    check_clear(SIGNAL, {"train.py": decorator + function(70, branches=10)})


@pytest.mark.parametrize("decorator", ["@subcomponent\n", "@torch.no_grad()\n"])
def test_function_of_another_decorator_is_found(decorator: str) -> None:
    check_found(SIGNAL, {"train.py": decorator + function(70, branches=10)}, at=["train.py:2"])


def test_function_that_its_linter_was_told_to_let_be_counts_and_is_not_shown() -> None:
    waived = function(70, branches=10).replace("(rows):", "(rows):  # noqa: C901", 1)
    result = check_found(SIGNAL, {"train.py": waived}, at=[])
    assert result.value == check_found(SIGNAL, {"train.py": function(70, branches=10)}, at=["train.py:1"]).value


def test_notebook_saved_as_a_script_is_left_out() -> None:
    check_clear(SIGNAL, {"clean.py": "def f():\n    return 1\n", "train.py": f"# In[1]:\n{function(70, branches=10)}"})


def test_second_function_that_dec_3_tells_of_in_a_file_is_not_told_again() -> None:
    unused = f"def first(rows):\n    rows = 1\n    return rows\n\n\n{function(70, branches=10)}".replace(
        "train", "grow"
    )
    head, calls = f"from sklearn.svm import SVC\n\n\n{unused}\n\n", "print(SVC(), first(1), grow(1))\n"
    assert [finding.line for finding in result_of("dec.3", facts_from({"a.py": f"{head}print(SVC())\n"}))[1]] == [4]
    check_found(SIGNAL, {"a.py": f"{head}print(SVC())\n"}, at=[])
    check_found(SIGNAL, {"a.py": head + calls}, at=["a.py:9"])
