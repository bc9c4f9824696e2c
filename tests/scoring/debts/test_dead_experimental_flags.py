"""Flags in conditions: those that meet in one function (dec.7), those of experiments (dec.1)."""

import pytest

from scoring.testing import check_clear, check_found, facts_from, result_of

HEAD = "def run(x, a=True, b=False, c=True, args=None):"


def asked(*conditions: str) -> dict[str, str]:
    branches = (f"    if {condition}:\n        x += 1\n        x *= 2\n" for condition in conditions)
    return {"train.py": f"import torch\n\n\n{HEAD}\n" + "".join(branches)}


@pytest.mark.parametrize(
    "conditions",
    [("a", "b"), ("a", "a", "a and b", "b"), ("a and b and c", "b"), ("x", "x.y", "a"), ("a", "b", "c is None")],
)
def test_up_to_two_independent_flags_are_clear(conditions: tuple[str, ...]) -> None:
    check_clear("dec.7", asked(*conditions))


def test_parts_of_one_chain_and_guards_open_no_further_path() -> None:
    chain = f"{HEAD}\n    if a:\n        x = 1\n    elif b:\n        x = 2\n    elif c:\n        x = 3\n"
    guards = f"{HEAD}\n" + "".join(f"    if {n}:\n        return x\n" for n in "abc")
    exits = guards.replace("return x", "parser.error('no')")
    check_clear("dec.7", {"one.py": chain, "two.py": guards, "three.py": exits})


def test_options_of_reporting_open_no_path() -> None:
    check_clear("dec.7", asked("args.verbose", "args.debug", "a", "b"))


@pytest.mark.parametrize(
    "conditions", [("a", "not b", "c"), ("a", "args.resume", "args.fast"), ("a", "b", "self.use_cache")]
)
def test_three_independent_flags_are_found(conditions: tuple[str, ...]) -> None:
    result = check_found("dec.7", asked(*conditions), at=["train.py:4"])
    assert result.value == 3


FLAGS = "abcdefgh"


@pytest.mark.parametrize(("count", "severity"), [(3, "low"), (4, "low"), (5, "medium"), (6, "medium"), (7, "high")])
def test_severity_grows_with_the_flags(count: int, severity: str) -> None:
    head = f"def run(x, {', '.join(f'{name}=True' for name in FLAGS[:count])}):\n"
    code = head + "".join(f"    if {name}:\n        x += 1\n        x *= 2\n" for name in FLAGS[:count])
    _, findings = result_of("dec.7", facts_from({"train.py": code}))
    assert [(finding.severity, finding.evidence) for finding in findings] == [(severity, {"flags": count})]


def test_longest_chain_is_followed_without_depth() -> None:
    chain = "    if a:\n        x = 1\n        x = 2\n" + "".join(
        f"    elif x == {n}:\n        x = 1\n        x = 2\n" for n in range(900)
    )
    check_clear("dec.7", {"train.py": f"{HEAD}\n{chain}    if b:\n        x = 1\n        x = 2\n"})


@pytest.mark.parametrize(
    "condition", ["experiment_name", "args.experiment", "legacy == 1", "news", "use_newline", "variant"]
)
def test_ordinary_condition_is_no_experiment(condition: str) -> None:
    findings = result_of("dec.1", facts_from(asked(condition)))[1]
    assert [finding.message.split("`")[1] for finding in findings] in ([], ["args.experiment"])


@pytest.mark.parametrize("condition", ["use_new_model", "not legacy", "args.use_v2", "self.experimental", "treatment"])
def test_experiment_is_found(condition: str) -> None:
    findings = result_of("dec.1", facts_from(asked(condition)))[1]
    assert [finding.line for finding in findings] == [5]


def test_branch_of_one_plain_statement_is_an_effect_only_without_another_way() -> None:
    effects = "".join(f"    if {name}:\n        x = f({name})\n" for name in "abc")
    check_clear("dec.7", {"train.py": f"{HEAD}\n{effects}"})
    choices = "".join(f"    if {name}:\n        x = f(x)\n    else:\n        x = g(x)\n" for name in "abc")
    check_found("dec.7", {"train.py": f"{HEAD}\n{choices}"}, at=["train.py:1"])
