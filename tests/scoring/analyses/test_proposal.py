"""What a proposal states, what it only mentions, and what it keeps silent about."""

import json

import pytest

from scoring.analyses.proposal import ProposedModel, propose
from scoring.testing import facts_from

FIT = "from sklearn.svm import SVC\n\n\ndef train(x, y):\n    return SVC().fit(x, y)\n"
MAIN = '\n\nif __name__ == "__main__":\n    train([], [])\n'
NOTEBOOK = json.dumps(
    {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"language": "python"}},
        "cells": [
            {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": FIT + "train(x, y)"}
        ],
    }
)
PUBLISHED = '[project]\nname = "trees"\n'
PUBLISHING = {
    "pyproject.toml": PUBLISHED,
    ".github/workflows/release.yml": "on: push\njobs:\n  a:\n    steps:\n      - run: twine upload dist/*\n",
}


def models_of(files: dict[str, str]) -> tuple[ProposedModel, ...]:
    return propose(facts_from(files)).models


def stated(files: dict[str, str]) -> list[tuple[str, str]]:
    return [(model.name, model.entry_point) for model in models_of(files) if model.stated]


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"train.py": "print(1)\n"},
        {"library.py": FIT},
        {"prepare.py": "from sklearn.preprocessing import StandardScaler\n\nStandardScaler().fit([[1]])\n"},
        {"prepare.py": "import sklearn\n\nscaler = make()\nscaler.fit([[1]])\n"},
        {"cluster.py": "from sklearn.cluster import DBSCAN\n\nDBSCAN().fit_predict([[1]])\n"},
        {"tests/test_train.py": FIT + MAIN},
        {"predict.py": "from train import train\n\ntrain(1, 2)\n" + MAIN, "train.py": FIT},
    ],
)
def test_code_that_trains_no_model_when_run_states_none(files: dict[str, str]) -> None:
    assert stated(files) == []


@pytest.mark.parametrize("path", ["examples/train.py", "notebooks/try.ipynb"])
def test_training_that_is_shown_is_mentioned_beside_training_that_is_run(path: str) -> None:
    shown = {path: NOTEBOOK if path.endswith("ipynb") else FIT + MAIN}
    found = models_of({"churn/train.py": FIT + MAIN, **shown})
    assert sorted((model.entry_point, model.stated) for model in found) == sorted(
        [("churn/train.py", True), (path, False)]
    )


def test_library_owns_no_model() -> None:
    assert [model.stated for model in models_of({"train.py": FIT + MAIN, **PUBLISHING})] == [False]


def test_notebook_alone_is_where_the_model_is_trained() -> None:
    assert stated({"notebooks/prices.ipynb": NOTEBOOK}) == [("prices", "notebooks/prices.ipynb")]


def test_script_that_fits_under_main_is_an_entry_point() -> None:
    assert stated({"churn/train.py": FIT + MAIN}) == [("churn", "churn/train.py")]


def test_script_that_imports_the_function_that_fits_is_the_entry_point() -> None:
    files = {"app/training.py": FIT, "run.py": "from app.training import train\n" + MAIN, "pyproject.toml": PUBLISHED}
    assert stated(files) == [("trees", "run.py")]


def test_outermost_script_stands_for_the_one_that_it_imports() -> None:
    files = {"churn/train.py": FIT + MAIN, "churn/train_aml.py": "from train import train\n" + MAIN}
    (found,) = models_of(files)
    assert (found.name, found.entry_point) == ("churn", "churn/train_aml.py")
    assert found.evidence == "churn/train.py:5 fits sklearn.svm.SVC; churn/train.py trains it too"


def test_every_heir_of_the_class_that_fits_is_a_model() -> None:
    files = {
        "app/model.py": "from sklearn.svm import SVC\n\n\nclass Model:\n    def train(self):\n        SVC().fit(1)\n",
        "app/spam.py": "from app.model import Model\n\n\nclass SpamModel(Model):\n    pass\n",
        "app/risk.py": "from app.model import Model\n\n\nclass BugRiskModel(Model):\n    pass\n",
        "scripts/trainer.py": "from app import model\n" + MAIN,
    }
    assert stated(files) == [("bug_risk", "scripts/trainer.py"), ("spam", "scripts/trainer.py")]


def test_two_models_of_one_name_are_told_apart() -> None:
    files = {"a/model/train_churn.py": FIT + MAIN, "b/other/train_churn.py": FIT + MAIN}
    assert stated(files) == [("churn", "a/model/train_churn.py"), ("churn_other", "b/other/train_churn.py")]


def test_registered_name_is_the_models() -> None:
    code = FIT + "\n\nimport mlflow\n\nmlflow.register_model('runs:/1/m', name='eta')\n" + MAIN
    (found,) = models_of({"train.py": code})
    assert (found.name, found.evidence) == ("eta", "train.py:5 fits sklearn.svm.SVC; train.py:10 names it")


def test_file_that_a_command_runs_is_an_entry_point() -> None:
    assert stated({"fit_prices.py": FIT + "\n\ntrain(1, 2)\n", "Makefile": "all:\n\tpython fit_prices.py\n"}) == [
        ("prices", "fit_prices.py")
    ]


def test_output_of_the_pipelines_stage_is_the_models_and_its_input_weights_are_not() -> None:
    files = {
        "src/train.py": FIT + "\n\nparser = make()\nparser.add_argument('--weights', default='start.pt')\n" + MAIN,
        "dvc.yaml": "stages:\n  train:\n    cmd: python src/train.py data model.pkl\n",
    }
    (found,) = models_of(files)
    assert [(item.text, item.evidence) for item in found.outputs.files] == [("model.pkl", "dvc.yaml:3")]


def test_checkpoint_is_saved_in_its_folder() -> None:
    saving = "\n\nimport lightning as L\n\nL.pytorch.callbacks.ModelCheckpoint(dirpath='./out', filename='a.ckpt')\n"
    (found,) = models_of({"churn/train.py": FIT + saving + MAIN})
    assert [item.text for item in found.outputs.files] == ["out/a.ckpt"]


def test_reader_of_what_another_file_writes_is_a_consumer() -> None:
    files = {
        "make.py": "import pandas as pd\n\nx = pd.DataFrame()\nx.to_csv('out/a.csv')\npd.read_csv('out/a.csv')\n",
        "use.py": "import pandas as pd\n\npd.read_csv('./out/a.csv')\n",
        "other.py": "import pandas as pd\n\npd.read_csv('out/b.csv')\n",
    }
    ((data, readers, writer),) = propose(facts_from(files)).consumers
    assert (data, [one.evidence for one in readers], writer) == ("out/a.csv", ["use.py:3"], "make.py:4")


def test_setting_that_names_one_data_set_is_an_alias() -> None:
    files = {
        "conf/a.yaml": "data:\n  path: s3://bucket/raw\n  other: a.csv\nname: churn\nsecret: s3://key:hunter2x9@bucket/x\n",
        "conf/b.yaml": "data:\n  other: b.csv\n",
    }
    found = propose(facts_from(files)).aliases
    assert [(one.text, one.value, one.evidence) for one in found] == [
        ("cfg:data.path", "s3://bucket/raw", "conf/a.yaml:2")
    ]


def test_folders_that_declare_packages_and_hold_model_code_are_components() -> None:
    code = FIT + MAIN
    files = {
        f"{name}/{path}": text
        for name in ("a", "b")
        for path, text in (("train.py", code), ("requirements.txt", "x\n"))
    }
    files |= {"tools/requirements.txt": "x\n", "tools/t.py": "print(1)\n", "b/serve.py": "import fastapi\n"}
    found = propose(facts_from(files)).components
    assert [(one.path, one.profile) for one in found] == [("a", "prototype"), ("b", "production")]


def test_folder_of_sources_is_no_component() -> None:
    files = {"src/train.py": FIT + MAIN, "src/requirements.txt": "x\n"}
    assert [one.path for one in propose(facts_from(files)).components] == [""]


def test_library_is_guessed_from_its_release() -> None:
    (found,) = propose(facts_from({"a.py": FIT, **PUBLISHING})).components
    assert found.profile == "library"
