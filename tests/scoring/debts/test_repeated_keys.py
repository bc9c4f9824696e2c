"""Keys that repeat what their configuration is composed from (cfg.19)."""

import tracemalloc

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


def test_chain_of_bases_is_followed_as_far_whatever_the_files_are_called() -> None:
    """Each of eight files names the next one, and the first one repeats what the one five steps away says."""
    chain = [f"_base_: {{0[{n + 1}]}}.yaml\nk{n}: {n}\n" for n in range(8)] + ["last: 1\n"]
    chain[0] += "k5: 5\nk6: 6\n"
    found = []
    for names in ("abcdefghi", "ihgfedcba"):
        files = {f"conf/{name}.yaml": text.format(names) for name, text in zip(names, chain, strict=True)}
        _, (finding,) = result_of(SIGNAL, facts_from({**ML_FILE, **files}))
        found.append((finding.path, finding.evidence))
    assert found == [(f"conf/{name}.yaml", {"repeated": 1, "keys": 3}) for name in "ai"]


def test_long_chain_of_large_files_is_not_put_together() -> None:
    """Put together, the files would hold 2.4 million keys."""
    keys = "".join(f"k{{0}}_{n}: 1\n" for n in range(200))
    files = {f"conf/c{n:03}.yaml": f"_base_: c{n - 1:03}.yaml\n{keys.format(n)}" for n in range(1, 155)}
    files["conf/c000.yaml"] = keys.format(0)
    facts = facts_from({**ML_FILE, **files})
    tracemalloc.start()
    result_of(SIGNAL, facts)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60_000_000
