"""Labels that a model made (dfl.3)."""

from scoring.testing import check_clear, check_found

HEAD = """import pandas as pd
from sklearn.linear_model import LogisticRegression

rows, fresh = pd.read_csv("rows.csv"), pd.read_csv("fresh.csv")
model = LogisticRegression().fit(rows[["x"]], rows["y"])
"""


def test_predictions_that_are_only_written_are_clear() -> None:
    check_clear("dfl.3", {"train.py": HEAD + "fresh['y'] = model.predict(fresh[['x']])\nfresh.to_csv('scored.csv')\n"})


def test_predictions_evaluated_against_labels_are_clear() -> None:
    check_clear("dfl.3", {"train.py": HEAD + "p = model.predict(rows[['x']])\nprint((p == rows['y']).mean())\n"})


def test_labels_that_a_model_made_are_found_at_the_fit() -> None:
    source = HEAD + "y = model.predict(fresh[['x']])\nmodel.fit(fresh[['x']], y)\n"
    check_found("dfl.3", {"train.py": source}, at=["train.py:7"])
