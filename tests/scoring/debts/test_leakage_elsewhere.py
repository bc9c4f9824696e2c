"""dat.7: who gets the rows of both parts from elsewhere is not called clean."""

import pytest

from scoring.findings import Outcome
from scoring.testing import facts_from, result_of

HEAD = "from sklearn.metrics import accuracy_score\nfrom sklearn.svm import SVC\n"
GIVEN = HEAD + (
    "\n\ndef judge(x, y, test, labels):\n    model = SVC(C=1).fit(x, y)\n"
    "    return accuracy_score(labels, model.predict(test))\n"
)
HERE = HEAD + "{}\nmodel = SVC(C=1).fit(x, y)\nprint(accuracy_score(labels, model.predict(test)))\n"


def test_rows_from_elsewhere_are_unknown() -> None:
    result, _ = result_of("dat.7", facts_from({"train.py": GIVEN}))
    assert result.outcome == Outcome.UNKNOWN
    assert result.reason == "train.py gets the rows that it learns from and judges on from elsewhere"


@pytest.mark.parametrize(
    "line",
    [
        "import pandas as pd\nx, test = pd.read_csv('x.csv'), pd.read_csv('test.csv')",
        "from sklearn.model_selection import train_test_split\nx, test, y, labels = train_test_split(rows, marks)",
        "from sklearn.datasets import load_iris\nx = test = load_iris()",
        "from keras.datasets import mnist\n(x, y), (test, labels) = mnist.load_data()",
    ],
    ids=["read", "split", "sample", "parts"],
)
@pytest.mark.parametrize("beside", [{}, {"other.py": GIVEN}], ids=["alone", "beside"])
def test_rows_of_the_file_itself_are_followed(line: str, beside: dict[str, str]) -> None:
    assert result_of("dat.7", facts_from({"train.py": HERE.format(line), **beside}))[0].outcome == Outcome.CLEAR


def test_only_examples_of_a_library_that_judge_leave_nothing_to_ask() -> None:
    text = HERE.format("import pandas as pd\nx = pd.read_csv('x.csv')")
    files = {"pkg/a.py": "import sklearn\n", "examples/train.py": text}
    result, _ = result_of("dat.7", facts_from(files, profile="library"))
    assert result.outcome == Outcome.NOT_APPLICABLE
    assert result.reason == "only what shows a package splits data, or fits a model and judges it"
