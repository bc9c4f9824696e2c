"""Unused code beside Python that does not parse: what its words never name, it does not use (dec.3, dec.4)."""

import msgspec
import pytest

from scoring.analyses.view import View
from scoring.facts import LEFT_OUT, FileEntry
from scoring.findings import Outcome
from scoring.testing import check_unknown, component_from, facts_from, result_of

RUN = "from sklearn.svm import SVC\n\nprint(SVC())\n"
OLD = "def ratio(a, b):\n    return a / b\n"
BROKEN = "def (:\n"
"""What no Python parses."""


def told(signal: str, files: dict[str, str]) -> list[str]:
    result, findings = result_of(signal, facts_from(files))
    assert result.outcome in (Outcome.CLEAR, Outcome.FOUND)
    return [f"{finding.path}:{finding.line}" for finding in findings]


@pytest.mark.parametrize("text", ["import old\n", "# see old\n", "print 'old'\n"])
def test_module_that_unparsed_python_speaks_of_is_reached(text: str) -> None:
    assert told("dec.4", {"train.py": RUN, "old.py": OLD, "broken.py": BROKEN + text}) == []


@pytest.mark.parametrize("text", ["import older\n", "getattr(a, 'b')\n"])
def test_module_that_unparsed_python_never_speaks_of_is_found(text: str) -> None:
    assert told("dec.4", {"train.py": RUN, "old.py": OLD, "broken.py": BROKEN + text}) == ["old.py:1"]


def test_what_unparsed_python_holds_itself_stays_unseen() -> None:
    result, _ = result_of("dec.4", facts_from({"train.py": RUN, "broken.py": BROKEN}))
    assert (result.outcome, result.unread) == ("clear", 0.5)


@pytest.mark.parametrize("text", ["import importlib\n", "import pkgutil, old\n", "__import__('o' + 'ld')\n"])
def test_unparsed_python_that_loads_by_name_may_reach_anything(text: str) -> None:
    check_unknown("dec.4", {"train.py": RUN, "old.py": OLD, "broken.py": BROKEN + text})


OFFER = "from old import kept\n" + RUN + "print(kept(1))\n"
OFFERED = OLD + "\n\ndef kept(a):\n    return a\n"


@pytest.mark.parametrize("text", ["old.ratio(1, 2)\n", "import old\ngetattr(old, 'rat' + 'io')\n"])
def test_name_that_unparsed_python_may_use_is_clear(text: str) -> None:
    assert told("dec.3", {"train.py": OFFER, "old.py": OFFERED, "broken.py": BROKEN + text}) == []


@pytest.mark.parametrize("text", ["import old\n", "getattr(other, 'x')\n"])
def test_name_that_unparsed_python_never_speaks_of_is_found(text: str) -> None:
    assert told("dec.3", {"train.py": OFFER, "old.py": OFFERED, "broken.py": BROKEN + text}) == ["old.py:1"]


def test_link_keeps_nothing_from_being_told() -> None:
    component = component_from({"train.py": RUN, "old.py": OLD})
    link = FileEntry(path="link.py", blob="l", size=1, language="python", roles=frozenset(), skipped="symbolic link")
    view = View(msgspec.structs.replace(component, files=(link, *component.files)))
    result, findings = result_of("dec.4", view)
    assert (result.unread, [finding.path for finding in findings]) == (0.333333, ["old.py"])


def test_tree_that_was_listed_in_part_may_hold_a_user() -> None:
    component = component_from({"train.py": RUN, "old.py": OLD})
    result, _ = result_of("dec.4", View(msgspec.structs.replace(component, complete=False)))
    assert result.outcome == "unknown"


def test_python_that_settings_leave_out_may_hold_a_user() -> None:
    component = component_from({"train.py": RUN, "old.py": OLD})
    left = msgspec.structs.replace(component, excluded=(("gone.py", LEFT_OUT),))
    assert result_of("dec.4", View(left))[0].outcome == "unknown"


PACKAGE = {
    "parts/__init__.py": "from .waves import *\n",
    "parts/waves.py": "def stretch(rows):\n    return rows * 2\n",
    "run.py": "print(1)\n",
}


def test_package_that_unparsed_python_names_is_used_with_what_it_brings() -> None:
    broken = "from parts import *\n\nprint stretch(rows)\n"
    for text, paths in ((broken, []), (broken.replace("parts", "pieces"), ["parts/waves.py"])):
        _, findings = result_of("dec.4", facts_from({**PACKAGE, "train.py": text}))
        assert [item.path for item in findings] == paths
