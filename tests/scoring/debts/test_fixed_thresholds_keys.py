"""Cut-offs in configuration, and the limits that are none."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown


@pytest.mark.parametrize(
    "text",
    [
        "iou_threshold: 0.5\n",
        "early_stopping:\n  threshold: 0.01\n",
        "optimizer:\n  threshold: 0.002\n",
        "threshold: 5\n",
        "threshold: auto\n",
        "throttle: 0.5\n",
        "volatility_threshold: 0.02\n",
        "spectral_threshold: 0.2\n",
        "memory_threshold: 0.8\n",
        "metric:\n  params:\n    threshold: 0.5\n",
    ],
)
def test_limits_that_decide_nothing_by_a_score_are_left_out(text: str) -> None:
    check_unknown("thr.2", {"params.yaml": text})


@pytest.mark.parametrize("path", ["tests/params.yaml", "mkdocs.yml", ".github/params.yaml"])
def test_settings_of_tests_and_tools_are_left_out(path: str) -> None:
    check_unknown("thr.2", {path: "serving:\n  threshold: 0.5\n"})


def test_cut_off_that_code_sets_is_clear() -> None:
    code = "def tune(config, best):\n    config['serving']['threshold'] = best\n"
    check_clear("thr.2", {"params.yaml": "serving:\n  threshold: 0.5\n", "tune.py": code})


def test_cut_off_that_says_how_it_was_learnt_is_clear() -> None:
    check_clear("thr.2", {"params.yaml": "threshold: 0.5\nlearned_on: 2026-10-01\n"})


def test_equal_cut_offs_of_sibling_files_count_once() -> None:
    files = {f"conf/{name}.yaml": "serving:\n  threshold: 0.5\n" for name in ("a", "b")}
    check_found("thr.2", files, at=["conf/a.yaml:2"])


@pytest.mark.parametrize(
    "name", ["threshold", "score_threshold", "minConfidenceCutoff", "decision-thr", "spam_cut_off"]
)
def test_names_of_cut_offs_are_found(name: str) -> None:
    check_found("thr.2", {"params.yaml": f"{name}: 0.7\n"}, at=["params.yaml:1"])


def test_python_that_was_not_read_may_set_it() -> None:
    check_unknown("thr.2", {"params.yaml": "threshold: 0.7\n", "tune.py": "def (\n"})
