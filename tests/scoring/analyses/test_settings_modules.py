"""Configurations that are Python modules: rows that read files alone do not call them absent."""

import pytest

from scoring.analyses.settings_modules import settings_modules
from scoring.findings import Outcome
from scoring.testing import facts_from, result_of

ROWS = ("cfg.10", "cfg.16", "cfg.19", "prc.2")
TRAIN = {"train.py": "from sklearn.svm import SVC\n\nSVC(C=1).fit([[1]], [1])\n"}
FUNCTION = "def get_config():\n    config = base()\n    config.rate = {}\n    return config\n"
VALUES = "model = 'small'\nrate = {}\nsteps = 9\n"


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("text", [FUNCTION, VALUES], ids=["functions", "values"])
def test_settings_in_modules_are_unknown_to_rows_that_read_files(row: str, text: str) -> None:
    view = facts_from({**TRAIN, "configs/small.py": text.format(1), "configs/large.py": text.format(2)})
    result, _ = result_of(row, view)
    assert result.outcome == Outcome.UNKNOWN
    assert "2 configurations are Python modules such as configs/large.py" in result.reason


@pytest.mark.parametrize(
    "files",
    [
        {"configs/small.py": VALUES},
        {"src/small.py": VALUES, "src/large.py": VALUES},
        {"tests/configs/small.py": VALUES, "tests/configs/large.py": VALUES},
        {
            "config/loader.py": "import yaml\n\n\ndef load(path):\n    return yaml.safe_load(path)\n",
            "config/types.py": VALUES,
        },
        {"config/types.py": "class A:\n    b = 1\n    c = 2\n", "config/other.py": "class A:\n    b = 1\n    c = 2\n"},
    ],
    ids=["one", "no folder", "tests", "loader", "classes"],
)
def test_other_modules_are_no_configurations(files: dict[str, str]) -> None:
    view = facts_from({**TRAIN, **files})
    assert len(settings_modules(view)) < 2
    assert result_of("cfg.10", view)[0].outcome == Outcome.NOT_APPLICABLE


def test_files_of_settings_are_judged_beside_modules() -> None:
    keys = "\n".join(f"key{number}: {number}" for number in range(9))
    files = {"conf/a.yaml": keys, "conf/b.yaml": keys, "configs/small.py": VALUES, "configs/large.py": VALUES}
    assert result_of("cfg.10", facts_from({**TRAIN, **files}))[0].outcome == Outcome.FOUND
