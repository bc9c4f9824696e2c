"""What weeks share changes no answer: made-up histories forwards with what is kept, and backwards with nothing kept."""

import random

import msgspec
import pytest

from scoring.debts import all_signals
from scoring.engine import assess
from scoring.facts import Component
from scoring.measuring import TallyCache
from scoring.testing import COMMIT, component_from

WEEKS = 24
FOLDERS = ("", "src/app/", "app/", "tests/", "examples/")
AT_THE_START, MOVED = 30, 4
"""Files of the first week; most that come, go or change in a week."""

CLASS = """import numpy as np
from app.models.{base} import {Base}


class {Name}({Base}):
    def weigh(self, rows):
        first = np.mean(rows)
        return first + 1

    def spread_of(self, rows):
        second = np.std(rows)
        return second + 2
"""
KINDS = ("Net", "Tree", "Line")


def classes() -> dict[str, list[str]]:
    """Modules of one class each, which others take as their base, under changing names."""
    return {
        f"app/models/{kind.lower()}.py": [
            CLASS.format(base=base.lower(), Base=base, Name=name) for base in KINDS for name in (kind, f"{kind}Model")
        ]
        for kind in KINDS
    }


def versions() -> dict[str, list[str]]:
    """Path -> the texts that it may have: classes, and the examples of all signals in several folders."""
    found = classes()
    for place, signal in enumerate(all_signals()):
        for path, text in (*signal.bad.items(), *signal.good.items()):
            found.setdefault(FOLDERS[place % len(FOLDERS)] + path, []).append(text)
    return {path: list(dict.fromkeys(texts)) for path, texts in sorted(found.items())}


def history(seed: int) -> list[Component]:
    """Weeks in each of which a few files come, go or change."""
    chance, pool = random.Random(seed), versions()
    files = {path: chance.choice(pool[path]) for path in (*classes(), *chance.sample(sorted(pool), AT_THE_START))}
    weeks = []
    for _ in range(WEEKS):
        for path in (*chance.sample(sorted(pool), chance.randint(0, MOVED)), chance.choice(sorted(classes()))):
            files[path] = chance.choice(pool[path])
        for path in chance.sample(sorted(files), min(chance.randint(0, MOVED), len(files) - 1)):
            del files[path]
        weeks.append(component_from(files))
    return weeks


@pytest.mark.parametrize("seed", range(6))
def test_week_says_the_same_after_others_and_alone(seed: int) -> None:
    weeks, tallies = history(seed), TallyCache()
    forwards = [msgspec.json.encode(assess(week, COMMIT, tallies)) for week in weeks]
    backwards = [msgspec.json.encode(assess(week, COMMIT)) for week in reversed(weeks)]
    assert forwards == backwards[::-1]


def test_no_signal_fails_on_what_was_kept() -> None:
    tallies = TallyCache()
    failed = {
        (result.id, result.reason)
        for week in history(99)
        for result in assess(week, COMMIT, tallies).signals
        if result.outcome == "error"
    }
    assert failed == set()


UNUSED = """from sklearn.svm import SVC


def old_fit(rows):
    return SVC().fit(rows)


print(SVC())
"""


@pytest.mark.parametrize(
    ("path", "first", "then"),
    [
        ("other.py", "import os\n\nprint(os)\n", "from elsewhere import old_fit\n\nprint(old_fit)\n"),
        ("tools.py", "LIMIT = 3\n", "def ratio(a, b):\n    return a / b\n"),
        ("run.yaml", "target: other\n", "target: train.old_fit\n"),
        ("run.yaml", "target: train.old_fit\n", "target: other\n"),
    ],
    ids=["import-of-an-unknown-package", "first-function", "name-in-text", "name-no-more-in-text"],
)
def test_unused_code_rests_on_what_changed_without_the_module_graph(path: str, first: str, then: str) -> None:
    before, after = (component_from({"train.py": UNUSED, path: text}) for text in (first, then))
    alone = assess(after, COMMIT)
    assess(component_from({"another.py": "print(1)\n"}), COMMIT)
    tallies = TallyCache()
    assess(before, COMMIT, tallies)
    assert msgspec.json.encode(assess(after, COMMIT, tallies)) == msgspec.json.encode(alone)


@pytest.mark.parametrize(("name", "then"), [("models", "other"), ("other", "models")])
def test_unused_modules_rest_on_the_packages_that_code_names(name: str, then: str) -> None:
    modules = {f"{folder}/part.py": "def one(a):\n    return a + 1\n" for folder in ("models", "other")}
    loads = "import importlib\n\n\ndef pick(name):\n    return importlib.import_module('{}.' + name)\n\n\nprint(pick)\n"
    before, after = (component_from({**modules, "app/run.py": loads.format(said)}) for said in (name, then))
    alone = assess(after, COMMIT)
    assess(component_from({"another.py": "print(1)\n"}), COMMIT)
    tallies = TallyCache()
    assess(before, COMMIT, tallies)
    assert msgspec.json.encode(assess(after, COMMIT, tallies)) == msgspec.json.encode(alone)
