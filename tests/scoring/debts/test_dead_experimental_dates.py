"""Experiments with an end date in debtboard.toml: no finding until then, one after it (dec.1, dec.5, dec.7)."""

from datetime import timedelta

import pytest

from scoring.facts import HistoryFacts
from scoring.findings import Finding
from scoring.testing import AS_OF, ML_FILE, facts_from, result_of

BRANCH = "import torch\n\n\ndef fit(x, use_new_model=False):\n    if use_new_model:\n        x += 1\n    return x\n"
TODAY = AS_OF.date()


def declared(name: str, days: int) -> dict[str, str]:
    """debtboard.toml with an experiment that ends so many days from now."""
    return {"debtboard.toml": f'["experiments"."{name}"]\nuntil = {TODAY + timedelta(days=days)}\n'}


def found(signal: str, files: dict[str, str], history: HistoryFacts | None = None) -> tuple[Finding, ...]:
    return result_of(signal, facts_from({**ML_FILE, **files}, history=history))[1]


@pytest.mark.parametrize("days", [0, 1, 400])
def test_flag_of_a_running_experiment_is_no_finding(days: int) -> None:
    assert found("dec.1", {"train.py": BRANCH, **declared("use_new_model", days)}) == ()


def test_flag_is_a_finding_without_a_date_and_with_another_flags() -> None:
    for files in ({}, declared("use_new_loss", 400)):
        (finding,) = found("dec.1", {"train.py": BRANCH, **files})
        assert (finding.line, finding.severity) == (5, "medium")


def test_flag_of_an_ended_experiment_is_a_finding_of_high_severity() -> None:
    (finding,) = found("dec.1", {"train.py": BRANCH, **declared("use-new-model", -1)})
    assert (finding.path, finding.line, finding.severity, finding.message) == (
        "train.py",
        5,
        "high",
        "The experiment `use-new-model` ended on 2026-11-20, and this branch still asks for it: delete the losing way, "
        "the flag, and its entry in debtboard.toml.",
    )


def test_ended_experiment_that_no_branch_is_told_of_is_found_at_its_entry() -> None:
    code = BRANCH.replace("use_new_model", "blue") + "\n\nprint(fit(1, config.blue))\n"
    (finding,) = found("dec.1", {"train.py": code, **declared("blue", -30)})
    assert (finding.path, finding.line, finding.severity) == ("debtboard.toml", 1, "high")


def test_ended_experiment_that_nothing_names_is_no_finding() -> None:
    assert found("dec.1", {"train.py": "import torch\n\nx = torch\n", **declared("use_new_model", -30)}) == ()


def test_running_experiment_is_no_way_through_a_function() -> None:
    code = "import torch\n\n\ndef run(x, a=True, b=False, c=True):\n" + "".join(
        f"    if {name}:\n        x += 1\n        x *= 2\n" for name in "abc"
    )
    assert len(found("dec.7", {"train.py": code})) == 1
    assert found("dec.7", {"train.py": code, **declared("b", 10)}) == ()


def test_running_experiment_may_have_one_value_for_long() -> None:
    files = {"net.py": "def build(cfg):\n    if cfg.use_bias:\n        return 1\n", "a.yaml": "use_bias: true\n"}
    history = HistoryFacts(last_change={"a.yaml": AS_OF - timedelta(days=300)})
    assert len(found("dec.5", files, history)) == 1
    assert found("dec.5", {**files, **declared("use_bias", 10)}, history) == ()
