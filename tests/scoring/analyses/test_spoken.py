"""Names of packages in commands and configuration: in every spelling, and from week to week."""

import pytest

from scoring.analyses.spoken import spoken_of
from scoring.analyses.view import View
from scoring.measuring import TallyCache
from scoring.testing import component_from

NAMES = frozenset({"ray", "scikit-learn", "torch"})


@pytest.mark.parametrize("value", ["arrays", "torchvision", "scikit", "learn", "sklearn", "x-ray", "torch2"])
def test_other_word_does_not_speak_of_a_package(value: str) -> None:
    view = View(component_from({"conf/a.yaml": f"backend: {value}\n"}))
    assert spoken_of(view, NAMES) == frozenset()


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("ray", "ray"),
        ("Ray", "ray"),
        ("ray.tune.Tuner", "ray"),
        ("use scikit_learn here", "scikit-learn"),
        ("Scikit.Learn", "scikit-learn"),
        ("scikit__learn", "scikit-learn"),
        ("3torch", "torch"),
    ],
)
def test_value_of_configuration_speaks_of_a_package(value: str, name: str) -> None:
    view = View(component_from({"conf/a.yaml": f"backend: {value}\n"}))
    assert spoken_of(view, NAMES) == {name}


def test_command_that_installs_uses_nothing() -> None:
    steps = (
        "on: push\njobs:\n  a:\n    runs-on: ubuntu\n    steps:\n      - run: pip install torch\n      - run: ray up\n"
    )
    assert spoken_of(View(component_from({".github/workflows/ci.yml": steps})), NAMES) == {"ray"}


def test_file_that_stands_is_asked_for_what_is_new() -> None:
    tallies = TallyCache()
    files = {"conf/a.yaml": "backend: ray\n", "conf/b.yaml": "other: torch\n"}
    assert spoken_of(tallies.view_of(component_from(files)), frozenset({"ray"})) == {"ray"}
    later = tallies.view_of(component_from({**files, "conf/c.yaml": "x: 1\n"}))
    assert spoken_of(later, NAMES) == {"ray", "torch"}
    assert spoken_of(later, frozenset({"torch"})) == {"torch"}
