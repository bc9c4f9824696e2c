"""Settings in the code: hyper-parameters of calls, and paths of one machine."""

import json

import pytest

from scoring.facts import HistoryFacts
from scoring.findings import Outcome, SignalResult
from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, facts_from, result_of

SKLEARN = "from sklearn.svm import SVC\n\n\n"
TORCH = "import torch\n\n\n"


# ---------------------------------------------------------------- cfg.2


@pytest.mark.parametrize(
    "code",
    [
        SKLEARN + "def build(settings):\n    return SVC(C=settings.c, gamma=settings.gamma)\n",
        SKLEARN + "def build(c):\n    return SVC(C=c, random_state=1, cache_size=500)\n",
        SKLEARN + "def build(c):\n    return SVC(C=c, kernel='linear')\n",
        SKLEARN + "def build(c):\n    return SVC(C=c, coef0=0.0)\n",
        TORCH + "def build(net, lr):\n    return torch.optim.AdamW(net, lr=lr, weight_decay=0.0)\n",
        TORCH
        + "def build(net, lr):\n    torch.nn.Conv2d(3, 8, kernel_size=3)\n    return torch.optim.Adam(net, lr=lr)\n",
    ],
)
def test_configured_hyperparameters_are_clear(code: str) -> None:
    check_clear("cfg.2", {"train.py": code})


@pytest.mark.parametrize(
    "code",
    [
        SKLEARN + "model = SVC(C=10)\n",
        TORCH + "def build(net):\n    return torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)\n",
        SKLEARN + "def run(model, x):\n    model.fit(x, epochs=20)\n",
    ],
)
def test_written_hyperparameters_are_found(code: str) -> None:
    check_found("cfg.2", {"train.py": code}, at=[f"train.py:{4 if 'def' not in code else 5}"])


def test_share_counts_each_hyperparameter() -> None:
    result = check_found("cfg.2", {"train.py": SKLEARN + "def build(c):\n    return SVC(C=c, gamma=0.1, tol=0.01)\n"})
    assert (result.value, result.population) == (0.666667, 3)


def test_layers_of_a_network_are_nothing_of_the_kind() -> None:
    check_unknown("cfg.2", {"net.py": TORCH + "layer = torch.nn.Linear(3, 8, bias=False)\n"})


@pytest.mark.parametrize(
    "code",
    [
        "from sklearn.manifold import TSNE\nshown = TSNE(n_components=2, perplexity=40)\n",
        "from tensorflow.contrib.training import HParams\ngiven = HParams(learning_rate=0.1, batch_size=8)\n",
        SKLEARN + "from sklearn.model_selection import StratifiedKFold\nparts = StratifiedKFold(n_folds=5)\n",
        "from keras.optimizers import Adam\nstep = Adam(beta_1=0.9, beta_2=0.999, epsilon=1e-08)\n",
        "from sklearn.preprocessing import OrdinalEncoder\nmade = OrdinalEncoder(unknown_value=-1)\n",
        TORCH + "from torch.utils.data import DataLoader\nrows = DataLoader([], batch_size=8, shuffle=False)\n",
        TORCH + "def build(net, optimizer=torch.optim.SGD([], lr=0.1)):\n    return optimizer\n",
    ],
    ids=["picture", "record", "folds", "the library's", "mark", "test loader", "default"],
)
def test_numbers_that_nobody_tries_out_are_nothing_of_the_kind(code: str) -> None:
    check_unknown("cfg.2", {"net.py": code})


def test_library_tries_nothing_out() -> None:
    package = {"pyproject.toml": "[project]\nname = 'apples'\n", "README.md": "```\npip install apples\n```\n"}
    check_unknown("cfg.2", {**package, "apples/train.py": SKLEARN + "model = SVC(C=10)\n"})


@pytest.mark.parametrize("folder", ["archive", "legacy_v1", "notebooks/archive-2020", "old2"])
def test_what_was_put_aside_is_not_asked(folder: str) -> None:
    check_unknown("cfg.2", {f"{folder}/train.py": SKLEARN + "model = SVC(C=10)\n", "rows.py": "import pandas\n"})


@pytest.mark.parametrize("path", ["legacy_app/train.py", "old-prices/train.py", "legacy/train.py"])
def test_whole_product_in_a_folder_that_sounds_old_is_asked(path: str) -> None:
    _, findings = result_of("cfg.2", facts_from({path: SKLEARN + "model = SVC(C=10)\n", "setup.py": ""}))
    assert [finding.path for finding in findings] == [path]


def test_copy_that_was_put_aside_does_not_hide_what_is_in_use() -> None:
    code = SKLEARN + "model = SVC(C=10)\n"
    check_found("cfg.2", {"archive/train.py": code, "src/train.py": code}, at=["src/train.py:4"])


def test_message_lists_four_and_counts_the_rest() -> None:
    code = SKLEARN + "model = SVC(C=10, gamma=1, tol=0.1, degree=2, coef0=3, nu=9)\n"
    _, findings = result_of("cfg.2", facts_from({"train.py": code}))
    assert [finding.message for finding in findings] == [
        "SVC gets C=10, coef0=3, degree=2, gamma=1 and 2 more in the code, so each trial is an edit and no file says "
        "what was tried."
    ]


@pytest.mark.parametrize(
    ("call", "count"),
    [
        ("torch.optim.Adam(parts, lr=rate, betas=(0.5, 0.9))", 0),
        ("torch.optim.Adam(parts, lr=0.01, betas=(0.5, 0.9))", 1),
        ("torch.optim.Adam(parts, lr=rate, weight_decay=0.01)", 1),
        ("sklearn.model_selection.StratifiedShuffleSplit(labels, n_iter=3)", 0),
    ],
)
def test_part_of_a_formula_beside_a_rate_from_elsewhere_is_not_tried(call: str, count: int) -> None:
    head = "import sklearn.model_selection\nimport torch.optim\n\n\ndef build(parts, rate):\n    return "
    assert len(result_of("cfg.2", facts_from({**ML_FILE, "train.py": f"{head}{call}\n"}))[1]) == count


# ---------------------------------------------------------------- cfg.4


@pytest.mark.parametrize(
    "code",
    [
        "import os\nROOT = os.environ.get('ROOT', '/home/ann/data')\n",
        "ROOT = Path('/home/ann/data')\ntry:\n    ROOT.mkdir()\nexcept OSError:\n    ROOT = Path('data')\n",
    ],
)
def test_path_with_a_replacement_is_clear(code: str) -> None:
    check_clear("cfg.4", {"train.py": code})


@pytest.mark.parametrize(
    "text",
    [
        "data/clicks.csv",
        "/usr/bin/env",
        "https://example.org/data.csv",
        "/predict",
        "C:\\Program Files\\x",
        "/opt/airflow/dags",
        "/kaggle/working/rows.csv",
        "/kaggle/input/clicks/rows.csv",
        "/content/rows.csv",
        "/opt/ml/model",
        "gs://cloud-samples-data/clicks.csv",
        "/mnt/user-data/uploads/",
        "/home/daytona/box",
        "/opt/conda/bin",
        "s3://acme-public-models/clicks.bin",
    ],
)
def test_other_strings_are_clear(text: str) -> None:
    check_clear("cfg.4", {"train.py": f"PATH = {text!r}\n"})


@pytest.mark.parametrize(
    "text",
    [
        *["/home/ann/clicks.csv", "C:\\Users\\ann\\x.csv", "s3://clicks/raw/x.csv"],
        *["/content/drive/MyDrive/clicks.csv", "/kaggle/input/notebooks/ann/x.csv", "/data/x.csv"],
    ],
)
def test_paths_of_one_machine_are_found(text: str) -> None:
    check_found("cfg.4", {"train.py": f"x = 1\nload({text!r})\n"}, at=["train.py:2"])


def test_bucket_in_a_module_of_settings_or_a_notebook_counts_and_is_not_told() -> None:
    assert check_found("cfg.4", {"settings.py": "CLICKS = 's3://clicks/raw'\n"}, at=[]).value == 1.0
    cell = {
        "cell_type": "code",
        "execution_count": 1,
        "source": "load('s3://clicks/raw')",
        "metadata": {},
        "outputs": [],
    }
    check_found("cfg.4", {"a.ipynb": json.dumps({"nbformat": 4, "cells": [cell]})}, at=[])
    holder = "class Config:\n    CLICKS = 's3://clicks/raw'\n"
    check_found("cfg.4", {"own/config.py": holder}, at=[])
    check_found("cfg.4", {"own/reading.py": holder}, at=["own/reading.py:2"])
    cell["source"] = "load('/content/drive/MyDrive/a.csv')"
    check_found("cfg.4", {"a.ipynb": json.dumps({"nbformat": 4, "cells": [cell]})}, at=[])
    check_found("cfg.4", {"settings.py": "CLICKS = '/home/ann/raw'\n"}, at=["settings.py:1"])


def test_field_of_a_form_is_for_who_fills_it() -> None:
    line = "PATH = '/content/drive/MyDrive/clicks.csv'"
    check_clear("cfg.4", {"train.py": f"{line}  #@param {{type:'string'}}\n"})
    check_found("cfg.4", {"train.py": f"{line}  # parameters\n"}, at=["train.py:1"])


def test_route_on_a_line_of_its_own_is_no_path() -> None:
    route = "@router.post(\n    '/media/sync',\n    status=1,\n)\ndef sync():\n    pass\n"
    check_clear("cfg.4", {"serve.py": route})
    check_found("cfg.4", {"serve.py": "rows = open_all(\n    '/media/sync',\n)\n"}, at=["serve.py:2"])


def test_paths_in_tests_are_left_out() -> None:
    check_clear("cfg.4", {"tests/test_train.py": "PATH = '/home/ann/clicks.csv'\n"})


@pytest.mark.parametrize(
    "code",
    [
        "Q_LOCATIONS = [\n    Path.home() / 'q',\n    Path('/opt/kx/bin/q'),\n]\n",
        "for place in ['/opt/kx/bin/q', '/data/q']:\n    look(place)\n",
    ],
)
def test_place_that_is_looked_at_among_others_is_clear(code: str) -> None:
    check_clear("cfg.4", {"build.py": code})
    check_found("cfg.4", {"build.py": "look(Path('/opt/kx/bin/q'))\n"}, at=["build.py:1"])


def test_pattern_that_is_looked_for_in_many_places_is_clear() -> None:
    check_clear("cfg.4", {"build.py": "PATTERNS = ['/usr/local/bin/g++-[0-9]*', '/opt/local/bin/g++-mp-*']\n"})


def test_paths_of_one_account_are_one_finding_and_count_each() -> None:
    code = "A = '/home/ann/a.csv'\nB = '/home/ann/b.csv'\nC = '/home/bob/a.csv'\nload('s3://ann/a')\n"
    result, findings = result_of("cfg.4", facts_from({"train.py": code}))
    told = [(item.line, "with 1 more like it" in item.message) for item in findings]
    assert told == [(1, True), (3, False), (4, False)]
    assert result.value == 4.0


def test_repeated_path_is_one_finding() -> None:
    code = "A = '/home/ann/clicks.csv'\nB = '/home/ann/clicks.csv'\n"
    _, findings = result_of("cfg.4", facts_from({"train.py": code}))
    assert [(finding.line, finding.message) for finding in findings] == [
        (
            1,
            "`/home/ann/clicks.csv` is a path of one person's account, 2 times in this file; elsewhere this code does "
            "not run unedited.",
        )
    ]


@pytest.mark.parametrize("signal", ["cfg.2", "cfg.4"])
@pytest.mark.parametrize("files", [{}, {"train.py": ""}, {"train.py": "def (:\n"}])
def test_source_removed_broken_or_emptied_is_not_clear(signal: str, files: dict[str, str]) -> None:
    check_unknown(signal, files)


# ---------------------------------------------------------------- cfg.13, cfg.21


def of_history(signal: str, history: HistoryFacts | None) -> SignalResult:
    return result_of(signal, facts_from(ML_FILE, history=history))[0]


@pytest.mark.parametrize("signal", ["cfg.13", "cfg.21"])
@pytest.mark.parametrize("history", [None, HistoryFacts(), HistoryFacts(reason="shallow clone")], ids=str)
def test_configuration_history_that_is_not_there_is_unknown(signal: str, history: HistoryFacts | None) -> None:
    assert of_history(signal, history).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("signal", ["cfg.13", "cfg.21"])
def test_configuration_that_nobody_touched_does_not_apply(signal: str) -> None:
    history = HistoryFacts(authors_12m=3, config_commits=0, config_untraced=0, config_repairs=0)
    assert of_history(signal, history).outcome is Outcome.NOT_APPLICABLE


def test_cfg_21_one_person_does_not_apply() -> None:
    history = HistoryFacts(authors_12m=1, config_commits=8, config_untraced=8, config_repairs=0)
    assert of_history("cfg.21", history).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("signal", "value", "bad"),
    [("cfg.13", 0.05, 0.0), ("cfg.13", 0.3, 1.0), ("cfg.21", 0.1, 0.0), ("cfg.21", 0.5, 0.5)],
)
def test_configuration_commits_count_over_all_that_touch_it(signal: str, value: float, bad: float) -> None:
    count = round(value * 20)
    history = HistoryFacts(authors_12m=3, config_commits=20, config_untraced=count, config_repairs=count)
    result = of_history(signal, history)
    assert (result.value, result.population, result.badness) == (value, 20, bad)


def test_paths_of_one_account_in_several_files_are_one_finding_and_count_in_each() -> None:
    files = {f"{name}.py": f"load('/home/ann/{name}.csv')\n" for name in "ab"}
    result, findings = result_of("cfg.4", facts_from({**files, "c.py": "load('/home/bob/c.csv')\n"}))
    assert result.value == 3.0
    assert [(finding.path, "in 2 files" in finding.message) for finding in findings] == [
        ("a.py", True),
        ("c.py", False),
    ]
