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
    files = {"utils.py": "x = 1\n" * 54, "use.py": "import utils\n", **REST}
    result, findings = result_of(SIGNAL, facts_from(files))
    assert (result.value, result.population) == (round(54 / 73, 6), 11)
    assert [finding.evidence for finding in findings] == [{"importers": 1, "lines": 54}]


def test_short_place_counts_and_is_not_listed() -> None:
    result, findings = result_of(SIGNAL, facts_from({"utils.py": "x = 1\n" * 49, **REST}))
    assert result.value is not None
    assert result.value > 0
    assert findings == ()
