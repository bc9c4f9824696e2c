"""pro.5: limits on the data that a trial left in the code."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown

READ = "import pandas as pd\n\n\ndef load(path, limit=None):\n    rows = pd.read_csv(path)\n"


@pytest.mark.parametrize(
    "files",
    [
        {"train.py": READ + "    return rows\n"},
        {"train.py": READ + "    return pd.read_csv(path, nrows=limit)\n"},
        {"train.py": READ + "    print(rows.head(10))\n"},
        {"train.py": READ + "    rows = rows.sample(frac=1)\n    return rows\n"},
        {"train.py": READ + "    header = pd.read_csv(path, nrows=1)\n    return rows, header\n"},
        {"train.py": READ, "config/debug.yaml": "max_train_samples: 100\n"},
        {"train.py": READ, "tests/test_train.py": READ + "    rows = rows.head(100)\n"},
        {"train.py": READ, "examples/train.py": READ + "    rows = rows.head(100)\n"},
    ],
)
def test_whole_data_and_trials_are_clear(files: dict[str, str]) -> None:
    check_clear("pro.5", files)


TESTS = [
    "'TRAVIS' in os.environ",
    "os.getenv('CI')",
    "not os.environ.get('WHOLE')",
    "args.debug",
    "debug and path",
    "settings['smoke_test']",
    "self.quick",
    "fast_dev_run",
    "is_test",
]


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("body", ["rows = rows.head(1000)", "pass\n    else:\n        rows = rows.head(1000)"])
def test_limit_that_a_switch_or_the_environment_asks_for_is_clear(test: str, body: str) -> None:
    check_clear("pro.5", {"train.py": f"import os\n{READ}    if {test}:\n        {body}\n    return rows\n"})


@pytest.mark.parametrize("test", ["limit", "X_test is None", "len(rows) > 9", "split == 'test'", "latest", "device"])
def test_limit_under_another_condition_is_found(test: str) -> None:
    code = f"{READ}    if {test}:\n        rows = rows.head(1000)\n    return rows\n"
    check_found("pro.5", {"train.py": code}, at=["train.py:7"])


def test_limit_after_a_switch_is_found() -> None:
    code = f"{READ}    if args.debug:\n        print(rows)\n    rows = rows.head(1000)\n    return rows\n"
    check_found("pro.5", {"train.py": code}, at=["train.py:8"])


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"train.py": READ + "    return pd.read_csv(path, nrows=1000)\n"}, "train.py:6"),
        ({"train.py": READ + "    rows = rows.head(1000)\n    return rows\n"}, "train.py:6"),
        ({"train.py": READ + "    rows = rows.sample(frac=0.1)\n    return rows\n"}, "train.py:6"),
        ({"train.py": "import pytorch_lightning as pl\n\npl.Trainer(fast_dev_run=True)\n"}, "train.py:3"),
        ({"train.py": "import pytorch_lightning as pl\n\npl.Trainer(max_steps=10)\n"}, "train.py:3"),
        (
            {"app.py": "import numpy\nfrom flask import Flask\n\napp = Flask(__name__)\napp.run(debug=True)\n"},
            "app.py:5",
        ),
        ({"train.py": READ, "config/train.yaml": "trainer:\n  fast_dev_run: true\n"}, "config/train.yaml:2"),
        ({"train.py": READ, "config/train.yaml": "data:\n  max_train_samples: 100\n"}, "config/train.yaml:2"),
    ],
)
def test_limit_in_the_main_path_is_found(files: dict[str, str], place: str) -> None:
    check_found("pro.5", files, at=[place])


@pytest.mark.parametrize("files", [{}, {"train.py": ""}, {"train.py": "def (:\n"}])
def test_limits_removed_broken_or_emptied_are_not_clear(files: dict[str, str]) -> None:
    check_unknown("pro.5", files)
