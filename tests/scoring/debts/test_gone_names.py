"""Names that a library took away (abs.9): one finding for each release, and none without such a library."""

from datetime import UTC, datetime

import pytest

from scoring.analyses.versions import admits
from scoring.catalog.practices import PRACTICES
from scoring.findings import Outcome
from scoring.testing import ML_FILE, check_clear, check_unknown, facts_from, result_of

SIGNAL = "abs.9"


def test_names_that_stand_are_clear() -> None:
    check_clear(SIGNAL, {"a.py": "import numpy as np\n\nx = np.float64(1)\n"})


def test_without_such_a_library_it_is_not_clear() -> None:
    check_unknown(SIGNAL, {"a.py": "import mxnet\n\nmxnet.nd.zeros(1)\n"})


def test_names_of_one_release_are_one_finding() -> None:
    source = (
        "import numpy as np\nfrom sklearn.externals import joblib\n\n"
        "a, b, c = np.float(1), np.int(2), np.float(3)\nd = np.object\ne = np.str(4)\n"
    )
    result, findings = result_of(SIGNAL, facts_from({"a.py": source}))
    assert result.value == 2.0
    assert [(item.line, item.message, item.remedy) for item in findings] == [
        (
            2,
            "`sklearn.externals.joblib` is gone from scikit-learn 0.23: from that release on this code fails, so an "
            "older one has to be kept.",
            "Write the package itself: import joblib, import six; jaccard_score.",
        ),
        (
            4,
            "`numpy.float`, `numpy.int`, `numpy.object` and 1 more (4 lines of this file) are gone from numpy 1.24: "
            "from that release on this code fails, so an older one has to be kept.",
            "Write the builtin type of that name, or a sized type such as np.float64.",
        ),
    ]


def test_methods_and_arguments_are_named_with_their_owner() -> None:
    source = "import pandas as pd\n\nx = pd.read_csv('a', squeeze=True)\ny = df.append(x, ignore_index=True)\n"
    _, (finding,) = result_of(SIGNAL, facts_from({**ML_FILE, "a.py": source}))
    assert finding.message.startswith(
        "`squeeze` of `pandas.read_csv` and `append` of a frame (2 lines of this file) are"
    )


@pytest.mark.parametrize(
    ("declared", "severity", "follows"),
    [
        ("", "medium", "so an older one has to be kept."),
        ("numpy", "high", "and requirements.txt lets it in."),
        ("numpy>=1.26,<2", "high", "and requirements.txt lets it in."),
        ("numpy==1.26.4", "high", "and requirements.txt lets it in."),
        ("numpy==1.*", "high", "and requirements.txt lets it in."),
        ("numpy==1.20.3", "low", "so requirements.txt holds it back."),
        ("numpy>=1.19,<1.24", "low", "so requirements.txt holds it back."),
        ("numpy~=1.20.0", "low", "so requirements.txt holds it back."),
    ],
)
def test_rank_follows_what_is_declared(declared: str, severity: str, follows: str) -> None:
    files = {
        "a.py": "import numpy as np\n\nx = np.float(1)\n",
        "requirements.txt": f"scikit-learn==1.4.2\n{declared}\n",
    }
    _, (finding,) = result_of(SIGNAL, facts_from({**ML_FILE, **files}))
    assert (finding.severity, finding.message.endswith(follows)) == (severity, True)


def test_lock_leaves_open_which_release_runs() -> None:
    lock = 'version = 1\n\n[[package]]\nname = "numpy"\nversion = "1.23.5"\nsource = { registry = "x" }\n'
    files = {"a.py": "import numpy as np\n\nx = np.float(1)\n", "uv.lock": lock}
    files["pyproject.toml"] = "[project]\nname='x'\ndependencies=['numpy>=1.20']\n"
    _, (finding,) = result_of(SIGNAL, facts_from({**ML_FILE, **files}))
    assert finding.severity == "medium"


@pytest.mark.parametrize(
    ("specifier", "version", "lets_in"),
    [
        *[
            ("", "1.24", True),
            ("<2", "1.24", True),
            ("<2", "2.0", False),
            ("<=1.24", "1.24", True),
            ("^1.2", "2.0", False),
        ],
        *[("^0.3", "0.4", False), ("~=1.2", "1.9", True), ("~=1.2", "2.0", False), (">=1 | <0.5", "2.0", True)],
        *[("!=1.24", "2.0", True), ("==1.24.*", "1.24.1", True), ("=1.20", "1.24", False), ("~1.2", "1.3", False)],
    ],
)
def test_specifier_lets_a_release_in(specifier: str, version: str, lets_in: bool) -> None:
    assert admits(specifier, version) is lets_in


def test_kept_interface_is_low_and_told_as_such() -> None:
    _, (finding,) = result_of(SIGNAL, facts_from({"a.py": "import tensorflow.compat.v1 as tf\n\ntf.Session()\n"}))
    assert finding.severity == "low"
    assert "kept for code that is not moved yet" in finding.message


def test_practice_of_settled_abstractions_rests_on_it() -> None:
    practice = next(item for item in PRACTICES if item.slug == "bp-13-abstractions")
    assert practice.signals == ("abs.1", SIGNAL)


def test_logging_of_the_first_release_stays_however_it_is_imported() -> None:
    for source in (
        "from tensorflow.compat.v1 import logging\n\nlogging.set_verbosity(1)\n",
        "import tensorflow.compat.v1.logging as log\n\nlog.set_verbosity(1)\n",
    ):
        assert result_of(SIGNAL, facts_from({"a.py": source}))[1] == ()


def test_code_that_was_put_aside_is_left_out() -> None:
    check_unknown(SIGNAL, {"legacy/a.py": "import numpy as np\n\nx = np.float(1)\n", "b.py": "import pandas\n"})


@pytest.mark.parametrize(("month", "found"), [(11, False), (12, True)])
def test_release_counts_from_its_month_on(month: int, *, found: bool) -> None:
    code = "import numpy as np\n\nkind = np.float(1)\n"
    result, findings = result_of(
        "abs.9", facts_from({**ML_FILE, "train.py": code}, as_of=datetime(2022, month, 30, tzinfo=UTC))
    )
    assert (result.outcome is Outcome.FOUND, len(findings)) == (found, 1)


def test_release_is_one_finding_for_all_files_that_it_breaks() -> None:
    old = "import numpy as np\n\nprint(np.zeros(3, dtype=np.int))\n"
    both = old + "print(np.zeros(3, dtype=np.float))\n"
    files = {"a.py": old, "b.py": both, "c.py": old.replace("np.int", "np.object")}
    result, findings = result_of("abs.9", facts_from({**ML_FILE, **files}))
    assert [(item.path, item.evidence["files"]) for item in findings] == [("b.py", 3)]
    assert findings[0].message.endswith(" 2 other files use what that release took away or keeps for a while.")
    assert result.value == 3.0
