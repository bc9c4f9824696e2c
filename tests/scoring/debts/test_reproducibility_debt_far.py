"""rep.1: programs whose draws lie further away than one import."""

import pytest

from scoring.findings import Outcome
from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

FAR = {
    "train.py": "from experiment import Experiment\n\nif __name__ == '__main__':\n    Experiment().train(1)\n",
    "experiment.py": "from sklearn.svm import SVC\n\nfrom rows import load\n\n\nclass Experiment:\n"
    "    def train(self, x):\n        SVC().fit(load(), [0, 1])\n",
    "rows.py": "import numpy as np\n\n\ndef load():\n    return np.random.rand(2, 2)\n\n\ndef fix():\n"
    "    np.random.seed(1)\n",
}


@pytest.mark.parametrize(
    "changed",
    [
        {"rows.py": "import numpy as np\n\n\ndef load():\n    return np.random.default_rng(1).random((2, 2))\n"},
        {"train.py": "import numpy as np\n\nnp.random.seed(1)\n" + FAR["train.py"]},
        {"rows.py": "import seeds\n" + FAR["rows.py"], "seeds.py": "import numpy as np\n\nnp.random.seed(1)\n"},
        {"train.py": "from timm.utils import random_seed\n\nrandom_seed(1)\n" + FAR["train.py"]},
    ],
)
def test_far_draw_that_the_program_seeds_is_clear(changed: dict[str, str]) -> None:
    check_clear("rep.1", {**FAR, **changed})


def test_draw_of_a_module_that_no_import_names_is_not_judged() -> None:
    check_unknown("rep.1", {**FAR, "rows.py": FAR["rows.py"].replace("def load", "def other") + "\n\nload = None\n"})


def test_far_draw_of_what_a_package_passes_on_unasked_is_not_judged() -> None:
    files = {
        "train.py": "from lib import Net\n\nif __name__ == '__main__':\n    Net().train(1)\n",
        "lib/__init__.py": "from lib.net import Net\nfrom lib.rows import load\n",
        "lib/net.py": "from sklearn.svm import SVC\n\n\nclass Net:\n    def train(self, x):\n        SVC().fit(x, x)\n",
        "lib/rows.py": FAR["rows.py"],
    }
    check_unknown("rep.1", files)


def test_draw_two_imports_away_is_found_where_the_way_to_it_begins() -> None:
    files = {**FAR, "rows.py": FAR["rows.py"].partition("\n\n\ndef fix")[0] + "\n"}
    check_found("rep.1", files, at=["train.py:1"])


TRIED = {
    "train.py": "from sklearn.svm import SVC\nimport numpy as np\n\n\ndef build():\n    return SVC()\n\n\n"
    "if __name__ == '__main__':\n    build().fit(np.random.rand(2, 2), [0, 1])\n",
    "predict.py": "from train import build\n\nprint(build())\n",
}


def test_only_program_that_trains_answers_though_others_import_it() -> None:
    assert check_found("rep.1", TRIED, at=["train.py:10"]).value == 0.0


def test_module_that_tries_itself_out_beside_a_program_is_left_out() -> None:
    check_clear(
        "rep.1",
        {
            **TRIED,
            "run.py": "import numpy as np\n\nfrom train import build\n\nnp.random.seed(1)\n"
            "build().fit(np.random.rand(2, 2), [0, 1])\nfrom sklearn.svm import SVC\nSVC().fit([[1]], [1])\n",
        },
    )


DETECTOR = (
    "from sklearn.ensemble import IsolationForest\n\n\nclass Detector:\n    def fit(self, rows):\n"
    "        self.model = IsolationForest().fit(rows)\n"
)
SCALER = DETECTOR.replace("ensemble", "preprocessing").replace("IsolationForest", "StandardScaler")
ON_REQUEST = {
    "detector.py": DETECTOR,
    "app.py": "from fastapi import FastAPI\nfrom detector import Detector\n\napp = FastAPI()\n\n\n"
    "@app.post('/fit')\ndef fit(rows: list):\n    Detector().fit(rows)\n",
}


def test_model_fitted_by_what_nobody_recognised_is_unknown() -> None:
    result, _ = result_of("rep.1", facts_from(ON_REQUEST))
    assert result.outcome == Outcome.UNKNOWN
    assert result.reason == "detector.py fits a model, and what runs it was not recognised"


@pytest.mark.parametrize(
    ("files", "declared"),
    [
        (ON_REQUEST, {"profile": "library"}),
        ({**ON_REQUEST, "detector.py": SCALER}, {}),
        (
            {"app.py": "from sklearn.svm import SVC\n\n\ndef predict(model: SVC):\n    return model.predict([[1]])\n"},
            {},
        ),
    ],
    ids=["library", "scaler", "prediction"],
)
def test_nothing_that_trains_needs_no_seed(files: dict[str, str], declared: dict[str, str]) -> None:
    assert result_of("rep.1", facts_from(files, **declared))[0].outcome == Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(("library", "outcome"), [("torch", Outcome.UNKNOWN), ("sklearn", Outcome.NOT_APPLICABLE)])
def test_kernels_of_what_nobody_recognised_are_unknown_on_a_gpu_library(library: str, outcome: Outcome) -> None:
    network = (
        "import torch\n\n\nclass Detector:\n    def fit(self, rows):\n        optimizer = torch.optim.SGD(rows, 1)\n"
        "        rows.backward()\n        optimizer.step()\n"
    )
    files = {**ON_REQUEST, "detector.py": network if library == "torch" else DETECTOR}
    assert result_of("rep.2", facts_from(files))[0].outcome == outcome
