"""dec.3: what nothing here names is not called clean where somebody else may call it."""

import pytest

from scoring.findings import Outcome
from scoring.testing import facts_from, result_of

SETUP = {"setup.py": "from setuptools import setup\nsetup(name='pkg', packages=['pkg'])\n"}
FIT = "from sklearn.svm import SVC\n\n\ndef fit(rows):\n    return SVC().fit(rows)\n\n\n"
UNNAMED = "def old_fit(rows):\n    return SVC().fit(rows)\n"
RUN = {"train.py": "from pkg.model import fit\n\nfit([])\n", "pkg/__init__.py": ""}
STARRED = {"train.py": "from model import *\n\nargs = parse()\nprint(vars(args), fit([]))\n"}


@pytest.mark.parametrize(
    "files",
    [{**SETUP, **RUN, "pkg/model.py": FIT + UNNAMED}, {**STARRED, "model.py": FIT + UNNAMED}],
    ids=["package", "star"],
)
def test_function_that_others_may_call_is_unknown(files: dict[str, str]) -> None:
    result, findings = result_of("dec.3", facts_from(files))
    assert result.outcome == Outcome.UNKNOWN
    assert "whether anybody calls what nothing here names (2 of " in result.reason
    assert findings == ()


@pytest.mark.parametrize(
    "files",
    [
        {**SETUP, **RUN, "pkg/model.py": FIT},
        {**SETUP, **RUN, "pkg/model.py": FIT + UNNAMED, "other.py": "from pkg import model\n\nmodel.old_fit([])\n"},
        {
            **STARRED,
            "model.py": FIT + UNNAMED,
            "other.py": "import model\n\nconfig = 1\nprint(config, model.old_fit)\n",
        },
        {**STARRED, "model.py": FIT + UNNAMED, "other.py": "import model\n\nprint(model.old_fit)\n"},
        {**SETUP, **RUN, "pkg/model.py": FIT + UNNAMED, "README.md": "# A\n\n```\npip install pkg\n```\n"},
    ],
    ids=["nothing", "called", "said", "words unknown", "library"],
)
def test_function_that_something_names_is_clear(files: dict[str, str]) -> None:
    assert result_of("dec.3", facts_from(files))[0].outcome == Outcome.CLEAR


def test_private_function_of_a_package_is_found_all_the_same() -> None:
    files = {**SETUP, **RUN, "pkg/model.py": FIT + UNNAMED.replace("old_fit", "_old_fit")}
    assert [finding.symbol for finding in result_of("dec.3", facts_from(files))[1]] == ["_old_fit"]
