"""Classes and modules that run everything: all three measures are needed, and base classes are left out."""

import pytest

from scoring.analyses.reach import GOD
from scoring.testing import check_clear, check_found, facts_from, result_of

SIGNAL = "defect-god-class"


@pytest.mark.parametrize(
    "code",
    [
        GOD.replace("data.field_", "self.field_"),
        GOD.replace("\n        if data == 0", "()\n        if data == 0"),
        GOD.replace("data.field_", "self.shared + data.field_"),
        GOD.replace("    def", "    @staticmethod\n    def").replace("self, data", "data").replace("self.", "data."),
        GOD.replace("data.field_", "self._all() + data.field_") + "\n    def _all(self):\n        return self.shared\n",
        GOD.replace("range(5)", "")
        .replace("        if data == ", "        data == ")
        .replace(":\n            self", "; self"),
        GOD.replace("class Trainer", "class BaseTrainer"),
        GOD.replace("class Trainer", "class TrainerMixin"),
        GOD.replace("class Trainer", "from abc import ABC\n\n\nclass Trainer(ABC)"),
    ],
    ids=["own fields", "calls", "cohesive", "no state", "cohesive by a call", "simple", "base", "mixin", "abstract"],
)
def test_class_that_lacks_one_measure_or_is_a_base_is_clear(code: str) -> None:
    check_clear(SIGNAL, {"trainer.py": code})


def test_class_that_runs_everything_is_found_with_its_figures() -> None:
    check_found(SIGNAL, {"trainer.py": GOD}, at=["trainer.py:1"])
    _, findings = result_of(SIGNAL, facts_from({"trainer.py": GOD}))
    assert findings[0].evidence == {"cohesion": 0.0, "complexity": 60, "foreign": 10}


def large_module(importers: int, imports: int) -> dict[str, str]:
    body = "".join(f"import own_{n}\n" for n in range(imports)) + "".join(f"x{n} = {n}\n" for n in range(1001))
    files = {f"own_{n}.py": "x = 1\n" for n in range(imports)}
    return {**files, "core.py": body, **{f"user_{n}.py": "import core\n" for n in range(importers)}}


@pytest.mark.parametrize(("importers", "imports"), [(10, 11), (11, 10)])
def test_large_module_on_one_side_only_is_clear(importers: int, imports: int) -> None:
    check_clear(SIGNAL, large_module(importers, imports))


def test_large_module_that_all_pass_through_is_found() -> None:
    check_found(SIGNAL, large_module(11, 11), at=["core.py:1"])


def test_class_that_is_short_is_no_place_that_every_change_passes_through() -> None:
    long = GOD + "".join(f"    def still_{n}(self):\n        self.part_{n} = 1\n\n" for n in range(100))
    told = [result_of(SIGNAL, facts_from({"trainer.py": code}))[1][0] for code in (GOD, long)]
    assert [(item.severity, item.message.rpartition(": ")[2]) for item in told] == [
        ("medium", "what it does belongs in several."),
        ("high", "every change passes through it."),
    ]


def test_class_that_three_others_derive_from_is_a_base() -> None:
    derived = "from trainer import Trainer\n\n\nclass {0}(Trainer):\n    rows = 1\n"
    files = {"trainer.py": GOD, "one.py": derived.format("One"), "two.py": derived.format("Two")}
    check_found(SIGNAL, files, at=["trainer.py:1"])
    check_clear(SIGNAL, {**files, "three.py": derived.format("Three")})
