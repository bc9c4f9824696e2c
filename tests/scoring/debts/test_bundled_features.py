"""Features that are taken by a pattern instead of by name (bun.2)."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown

HEAD = "import pandas as pd\nfrom sklearn.svm import SVC\n\nframe = pd.read_csv('a.csv')\n"
FIT = "SVC().fit(X, frame['y'])\n"


def module(line: str) -> dict[str, str]:
    return {"train.py": HEAD + line + FIT}


@pytest.mark.parametrize(
    "line",
    [
        "X = frame[['age', 'price']]\n",
        "X = frame.drop(3)\n",
        "X = frame.iloc[:, 0:3]\n",
        "X = frame.iloc[:, [0, 2]]\n",
        "X = frame.drop_duplicates()\n",
        "X_test = frame.drop('y', axis=1)\n",
        "rest = frame.drop('y', axis=1)\n",
        "X = frame[[c for c in frame.columns if c in WANTED]]\n",
        "X = [c for c in WANTED if c.startswith('a')]\n",
        "for feature in names:\n    X = frame.drop(feature, axis=1)\n",
        "frame.columns = ['a', 'b', 'y']\nX = frame.iloc[:, :-1]\n",
        "frame = frame[['a', 'b', 'y']]\nX = frame.drop('y', axis=1)\n",
        "frame = pd.read_csv('a.csv', usecols=['a', 'y'])\nX = frame.drop(columns='y')\n",
        "def split(data, target):\n    X = data.drop(columns=[target])\n    return X\n",
        "num_cols = X_train.select_dtypes('number').columns\n",
        "def scale(data):\n    num_cols = data.select_dtypes('number').columns\n    return num_cols\n",
        "X = frame.filter(regex='^PC')\n",
        "class Model:\n    def fit(self, data):\n        X = data.drop(columns=['y'])\n        return X\n",
        "class Step:\n    def transform(self, X):\n        X = X.drop(columns=self.taken)\n        return X\n",
    ],
)
def test_features_that_are_named_or_left_to_the_caller_are_clear(line: str) -> None:
    check_clear("bun.2", module(line))


def test_module_that_models_nothing_is_not_asked() -> None:
    check_unknown(
        "bun.2", {"look.py": "import pandas as pd\n\nnumeric_cols = pd.read_csv('a').select_dtypes('number')\n"}
    )


@pytest.mark.parametrize(
    "line",
    [
        "X = frame.drop('y', axis=1)\n",
        "X = frame.drop('y', 1).values\n",
        "X = frame.drop(columns=['y']).astype(float)\n",
        "X, y = frame.iloc[:, 1:].values, frame['y']\n",
        "X = frame.iloc[:, :-1].to_numpy()\n",
        "X = frame.filter(like='score_')\n",
        "X = frame.select_dtypes('number')\n",
        "X = frame[frame.columns.difference(['y'])]\n",
        "X = frame[[c for c in frame.columns if c.startswith('V')]]\n",
        "features = [c for c in frame.columns if c != 'y']\n",
        "feature_cols = [c for c in list(frame.columns) if 'lag' in c]\n",
        "num_cols = [c for c in frame.columns if is_numeric_dtype(frame[c])]\n",
        "feature_names = frame.columns[1:]\n",
        "def split(data, target):\n    X = data.drop(columns=[target, 'day'])\n    return X\n",
        "def transform(data):\n    X = data.drop(columns='y')\n    return X\n",
    ],
)
def test_features_by_pattern_type_place_or_exclusion_are_found(line: str) -> None:
    at = 6 if line.startswith("def") else 5
    check_found("bun.2", module(line), at=[f"train.py:{at}"])
