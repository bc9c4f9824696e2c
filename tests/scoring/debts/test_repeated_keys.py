"""Keys that repeat what their configuration is composed from (cfg.19)."""

import pytest

from scoring.testing import ML_FILE, check_clear, check_unknown, facts_from, result_of

SIGNAL = "cfg.19"
BASE = "rate: 1\nsize: 2\nmodel:\n  depth: 3\n  kinds:\n    - name: a\n"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"conf/base.yaml": BASE},
        {"conf/base.yaml": BASE, "conf/wide.yaml": BASE},
        {"conf/wide.yaml": "_base_: missing.yaml\nrate: 1\n"},
        {"tests/conf/base.yaml": BASE, "tests/conf/wide.yaml": "_base_: base.yaml\nrate: 1\n"},
    ],
)
def test_without_a_composed_configuration_it_is_not_clear(files: dict[str, str]) -> None:
    check_unknown(SIGNAL, {**ML_FILE, **files})


@pytest.mark.parametrize(
    "child",
    [
        "_base_: base.yaml\nrate: 5\n",
        "_base_: base.yaml\nother: 1\n",
        "_base_: base.yaml\nmodel:\n  kinds:\n    - name: a\n",
    ],
)
def test_change_of_the_base_is_clear(child: str) -> None:
    check_clear(SIGNAL, {"conf/base.yaml": BASE, "conf/wide.yaml": child})


def test_value_that_names_the_file_is_clear() -> None:
    files = {
        "trainer/default.yaml": "accelerator: cpu\n",
        "trainer/cpu.yaml": "defaults:\n- default\naccelerator: cpu\n",
    }
    check_clear(SIGNAL, {f"conf/{path}": text for path, text in files.items()})


@pytest.mark.parametrize(
    "head",
    ["_base_: base.yaml\n", "includes:\n- ./base.yaml\n", "defaults:\n- base\n- _self_\n", "extends: base\n"],
)
def test_repeated_key_is_found_whatever_names_the_base(head: str) -> None:
    child = head + "rate: 1\nsize: 9\n"
    result, (finding,) = result_of(SIGNAL, facts_from({**ML_FILE, "conf/base.yaml": BASE, "conf/wide.yaml": child}))
    assert (result.value, result.population) == (0.5, 2)
    assert (finding.path, finding.line) == ("conf/wide.yaml", child.splitlines().index("rate: 1") + 1)
    assert finding.message == (
        "`rate` repeats what base.yaml already says (1 of 2 keys): a change there will not reach this file."
    )


def test_choice_of_a_group_is_a_base_for_the_keys_of_its_group() -> None:
    files = {
        "conf/model/small.yaml": "depth: 3\nwidth: 4\n",
        "conf/experiment/one.yaml": "defaults:\n- override /model: small\nmodel:\n  depth: 3\n  width: 5\n",
    }
    _, (finding,) = result_of(SIGNAL, facts_from({**ML_FILE, **files}))
    assert (finding.line, finding.evidence) == (4, {"repeated": 1, "keys": 2})


def test_base_of_the_base_counts() -> None:
    files = {
        "conf/a.yaml": "rate: 1\nsize: 2\n",
        "conf/b.yaml": "_base_: a.yaml\nsize: 3\n",
        "conf/c.yaml": "_base_: b.yaml\nrate: 1\nsize: 2\n",
    }
    _, (finding,) = result_of(SIGNAL, facts_from({**ML_FILE, **files}))
    assert (finding.path, finding.line, finding.evidence) == ("conf/c.yaml", 2, {"repeated": 1, "keys": 2})


def test_circle_of_bases_ends() -> None:
    check_clear(SIGNAL, {"conf/a.yaml": "_base_: b.yaml\nrate: 1\n", "conf/b.yaml": "_base_: a.yaml\nsize: 2\n"})
