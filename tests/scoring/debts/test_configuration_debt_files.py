"""Near-copies, and references that lead to nothing."""

import msgspec
import pytest

from scoring.analyses.view import View
from scoring.facts import LEFT_OUT
from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, component_from, facts_from, result_of

BASE = "size: 2\nseed: 3\nsteps: 4\nbatch: 5\nlayers: 6\nwidth: 7\nwarm: 8\ncool: 9\nlast: 10\n"
ENGINE = {"engine/__init__.py": "from engine.models import Small\n", "engine/models.py": "class Small:\n    pass\n"}
HYDRA = {"train.py": "import hydra\n"}


@pytest.mark.parametrize(
    "files",
    [
        {"conf/a.yaml": BASE},
        {"conf/a.yaml": BASE, "other/b.yaml": BASE},
        {"conf/a.yaml": "x: 1\n", "conf/b.yaml": "x: 1\n"},
        {"tests/a.yaml": BASE, "tests/b.yaml": BASE},
        {"examples/a.yaml": BASE, "examples/b.yaml": BASE},
    ],
)
def test_nothing_to_compare_is_not_applicable(files: dict[str, str]) -> None:
    check_unknown("cfg.10", files)


def test_siblings_of_other_values_are_clear() -> None:
    check_clear("cfg.10", {"conf/a.yaml": BASE, "conf/b.yaml": BASE.replace(": ", ": 1")})


@pytest.mark.parametrize("line", ["_base_: a.yaml\n", "defaults:\n- a\n"])
def test_composed_file_is_no_copy(line: str) -> None:
    check_clear("cfg.10", {"conf/a.yaml": BASE, "conf/b.yaml": line + BASE})


def test_near_copy_is_found() -> None:
    check_found("cfg.10", {"conf/a.yaml": BASE, "conf/b.yaml": BASE + "extra: 1\n"}, at=["conf/b.yaml:1"])


@pytest.mark.parametrize(
    "target", ["engine.models.Small", "engine.Small", "engine.models.Small.build", "sklearn.svm.Gone"]
)
def test_targets_that_exist_or_are_of_others_are_not_found(target: str) -> None:
    files = {**ENGINE, "conf/a.yaml": f"one:\n  _target_: engine.models.Small\ntwo:\n  _target_: {target}\n"}
    check_clear("cfg.14", files)


@pytest.mark.parametrize("target", ["engine.models.Large", "engine.gone.Small"])
def test_target_that_is_gone_is_found(target: str) -> None:
    check_found("cfg.14", {**ENGINE, "conf/a.yaml": f"one: 1\nmodel:\n  _target_: {target}\n"}, at=["conf/a.yaml:3"])


@pytest.mark.parametrize("value", ["${base}", "${part.depth}", "${oc.env:HOME}", "${hydra.job.name}", "${HOME}"])
def test_interpolation_that_resolves_is_not_found(value: str) -> None:
    text = f"base: 1\nsame: ${{base}}\npart:\n  depth: 2\nother: {value}\n"
    check_clear("cfg.14", {**HYDRA, "conf/a.yaml": text})


def test_interpolation_of_no_key_is_found() -> None:
    check_found("cfg.14", {**HYDRA, "conf/a.yaml": "base: 1\nother: ${part.gone}\n"}, at=["conf/a.yaml:2"])


def test_interpolation_without_a_composer_is_unknown() -> None:
    check_unknown("cfg.14", {"conf/a.yaml": "base: 1\nother: ${part.gone}\n"})


def test_default_without_a_file_is_found() -> None:
    files = {**HYDRA, "conf/a.yaml": "defaults:\n  - model: large\n", "conf/model/small.yaml": "depth: 1\n"}
    check_found("cfg.14", files, at=["conf/a.yaml:2"])


def test_default_that_may_be_missing_is_not_found() -> None:
    files = {
        "conf/a.yaml": "defaults:\n  - optional local: mine\n  - model: small\n",
        "conf/model/small.yaml": "a: 1\n",
    }
    check_clear("cfg.14", {**HYDRA, **files, "conf/local/other.yaml": "a: 1\n"})


@pytest.mark.parametrize("path", ["engine/gone.py", "tests/engine/gone.py", "engine/gone.pyx"])
def test_target_of_a_module_that_was_not_read_is_not_found(path: str) -> None:
    files = {**ENGINE, path: "def (\n", "conf/a.yaml": "model:\n  _target_: engine.gone.Small\n"}
    _, findings = result_of("cfg.14", facts_from({**ML_FILE, **files}))
    assert findings == ()


def test_target_of_a_module_that_is_left_out_is_not_found() -> None:
    files = {**ML_FILE, **ENGINE, "conf/a.yaml": "model:\n  _target_: engine.gone.Small\n"}
    component = msgspec.structs.replace(component_from(files), excluded=(("engine/gone.py", LEFT_OUT),))
    assert result_of("cfg.14", View(component))[1] == ()
