"""Reads of what is newest and of the web, in code that trains."""

import pytest

from scoring.testing import ML_FILE, check_clear, check_found, check_unknown

HEAD = "import glob\nimport os\n\nimport mlflow\nimport pandas as pd\nimport requests\nfrom sklearn.svm import SVC\n\n"
FIT = "SVC(random_state=1).fit(rows, rows)\n"


def train(line: str) -> dict[str, str]:
    return {"train.py": f"{HEAD}{line}\n{FIT}"}


@pytest.mark.parametrize(
    "line",
    [
        "rows = pd.read_csv('data/v3/rows.csv')",
        "rows = pd.read_pickle('checkpoints/latest.pkl')",
        "rows = mlflow.pyfunc.load_model('models:/churn/7').predict(1)",
        "rows = sorted(glob.glob('logs/*.csv'))[-1]",
    ],
)
def test_named_version_and_own_output_are_clear(line: str) -> None:
    check_clear("uns.3", train(line))


def test_file_that_serves_is_not_asked() -> None:
    text = "import fastapi\nimport pandas as pd\n\nrows = pd.read_csv('data/latest/rows.csv')\nmodel.fit(rows)\n"
    check_unknown("uns.3", {"serve.py": text})


@pytest.mark.parametrize(
    "line",
    [
        "rows = pd.read_csv('data/latest/rows.csv')",
        "rows = mlflow.pyfunc.load_model('models:/features/Production').predict(1)",
        "rows = max(glob.glob('data/*.csv'), key=os.path.getctime)",
        "rows = sorted(glob.glob('data/*.csv'))[-1]",
    ],
)
def test_read_of_the_newest_is_found(line: str) -> None:
    check_found("uns.3", train(line), at=["train.py:9"])


@pytest.mark.parametrize(
    "line",
    [
        "rows = pd.read_csv('rows.csv')",
        "rows = pd.read_csv('https://example.org/files/v1.2/rows.csv')",
        "rows = requests.get('https://example.org/token')",
        "rows = requests.get(url)\nopen('copy.csv', 'wb').write(rows.content)",
        "rows = requests.get(request)",
    ],
)
def test_read_that_is_kept_or_no_input_is_clear(line: str) -> None:
    check_clear("uns.5", train(line))


def test_tool_that_fetches_and_does_not_train_is_not_asked() -> None:
    check_unknown("uns.5", {**ML_FILE, "fetch.py": "import requests\n\nrows = requests.get('https://example.org/a')\n"})


@pytest.mark.parametrize(
    "line", ["rows = pd.read_csv('https://example.org/rows.csv')", "rows = requests.get(data_url)"]
)
def test_read_of_the_web_while_training_is_found(line: str) -> None:
    check_found("uns.5", train(line), at=["train.py:9"])
