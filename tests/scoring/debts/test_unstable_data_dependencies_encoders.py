"""What prepares a model's inputs and is not kept with it (uns.4)."""

import time

import pytest

from scoring.testing import check_clear, check_found, check_unknown

IMPORTS = (
    "import joblib\nimport torch\nfrom sklearn.preprocessing import LabelEncoder, StandardScaler\n"
    "from sklearn.svm import SVC\n\n"
)
FITTED = (
    IMPORTS + "def train(rows, y):\n    scaler = StandardScaler()\n    x = scaler.fit_transform(rows)\n"
    "    model = SVC().fit(x, y)\n"
)
KEPT = "    joblib.dump(model, 'model.joblib')\n"
LIBRARY = {
    "README.md": "# shop\n\n    pip install shop\n",
    "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n',
}


@pytest.mark.parametrize(
    "line",
    [
        "    joblib.dump(scaler, 'scaler.joblib')\n",
        "    joblib.dump({'scaler': scaler}, 'both.joblib')\n",
        "    joblib.dump(preprocessor, 'both.joblib')\n",
        "    save_scaler(scaler)\n\n\ndef save_scaler(it):\n    it.keep()\n",
    ],
)
def test_what_is_kept_beside_the_model_is_clear(line: str) -> None:
    check_clear("uns.4", {"train.py": FITTED + KEPT + line})


def test_what_a_module_beside_keeps_is_clear() -> None:
    check_clear("uns.4", {"train.py": FITTED + KEPT, "keep.py": "import joblib\n\njoblib.dump(encoders, 'e.joblib')\n"})


def test_what_is_kept_anywhere_under_its_name_is_clear() -> None:
    other = "import joblib\n\njoblib.dump(scaler, 'e.joblib')\n"
    check_clear("uns.4", {"train/train.py": FITTED + KEPT, "serve/keep.py": other})


@pytest.mark.parametrize("name", ["y", "labels", "target_column"])
def test_encoder_of_labels_is_clear(name: str) -> None:
    fitted = f"def train(model, {name}):\n    le = LabelEncoder()\n    coded = le.fit_transform({name})\n"
    check_clear("uns.4", {"train.py": IMPORTS + fitted + KEPT})


def test_what_only_looks_at_data_is_clear() -> None:
    check_clear("uns.4", {"train.py": FITTED.replace("def train", "def pca_analysis") + KEPT})


@pytest.mark.parametrize("last", ["    return x\n", "    joblib.dump(x, 'rows.joblib')\n"])
def test_file_that_keeps_no_model_is_not_asked(last: str) -> None:
    check_unknown("uns.4", {"train.py": FITTED + last})


def test_pipeline_that_is_kept_is_not_asked() -> None:
    source = IMPORTS + "pipe = make_pipeline(StandardScaler(), SVC()).fit(rows, y)\njoblib.dump(pipe, 'p.joblib')\n"
    check_unknown("uns.4", {"train.py": source})


def test_library_is_not_asked() -> None:
    check_unknown("uns.4", {"shop/train.py": FITTED + KEPT, **LIBRARY})


@pytest.mark.parametrize("line", [KEPT, "    torch.save(net.state_dict(), 'net.pt')\n"])
def test_scaler_that_is_lost_is_found(line: str) -> None:
    check_found("uns.4", {"train.py": FITTED + line}, at=["train.py:8"])


def test_lookup_of_columns_that_is_lost_is_found() -> None:
    fitted = "def train(model, rows):\n    lb = LabelEncoder()\n    rows['shop'] = lb.fit_transform(rows['shop'])\n"
    check_found("uns.4", {"train.py": IMPORTS + fitted + KEPT}, at=["train.py:8"])


def test_path_of_the_model_is_no_name_of_what_is_kept() -> None:
    check_unknown("uns.4", {"train.py": FITTED + "    joblib.dump({'scaler': scaler, 'model': model}, model_path)\n"})


def test_long_name_is_looked_through_in_good_time() -> None:
    files = {"train.py": FITTED + KEPT + f"\n\ndef {'save_' * 600}it(model):\n    return model\n"}
    started = time.process_time()
    check_found("uns.4", files, at=["train.py:8"])
    assert time.process_time() - started < 3.0
