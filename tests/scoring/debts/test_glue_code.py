"""Places for anything: what is one by its name, and how much of the code lives there."""

import pytest

from scoring.testing import check_clear, check_unknown, facts_from, result_of

SIGNAL = "glu.6"
REST = {f"part_{n}.py": f"import torch\n\nx = {n}\n" for n in range(9)}


@pytest.mark.parametrize("path", ["tests/utils.py", "utils/metrics.py", "utilise.py"])
def test_other_module_is_clear(path: str) -> None:
    check_clear(SIGNAL, {path: "x = 1\n" * 90, **REST})


@pytest.mark.parametrize("files", [{}, {"utils.py": ""}, {"utils.py": "def (:\n"}])
def test_without_code_it_is_not_clear(files: dict[str, str]) -> None:
    check_unknown(SIGNAL, files)


def test_place_for_anything_is_found_with_its_importers() -> None:
    users = {f"use_{number}.py": f"import utils\n# {number}\n" for number in range(3)}
    result, findings = result_of(SIGNAL, facts_from({"utils.py": "x = 1\n" * 104, **users, **REST}))
    assert (result.value, result.population) == (round(104 / 125, 6), 13)
    assert [finding.evidence for finding in findings] == [{"importers": 3, "lines": 104}]


@pytest.mark.parametrize("lines", [49, 149])
def test_short_place_counts_and_is_not_listed(lines: int) -> None:
    result, findings = result_of(SIGNAL, facts_from({"utils.py": "x = 1\n" * lines, **REST}))
    assert result.value is not None
    assert result.value > 0
    assert findings == ()


def test_long_place_that_nothing_is_known_to_import_is_not_listed() -> None:
    assert result_of(SIGNAL, facts_from({"utils.py": "x = 1\n" * 300, **REST}))[1] == ()


def test_tools_of_an_agent_are_no_place_for_anything() -> None:
    users = {f"use_{number}.py": f"import tools\n# {number}\n" for number in range(3)}
    files = {"tools.py": '"""What the agent may call."""\n\n' + "x = 1\n" * 300, **users, **REST}
    assert result_of(SIGNAL, facts_from(files))[1] == ()


def test_helpers_of_one_part_stand_under_its_name() -> None:
    users = {f"own/cite/use_{n}.py": "from own.cite import utils\n\nutils.x\n" for n in range(4)}
    packages = {"own/__init__.py": "", "own/cite/__init__.py": ""}
    files = {"own/cite/utils.py": "x = 1\n" * 104, **packages, **REST}
    assert result_of(SIGNAL, facts_from({**files, **users}))[1] == ()
    outside = {path.replace("own/cite/use", "own/use"): text for path, text in users.items()}
    assert len(result_of(SIGNAL, facts_from({**files, **outside}))[1]) == 1
