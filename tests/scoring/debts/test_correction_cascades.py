"""Predictions that feed a fit (cas.3, cas.4; dfl.3 shares the flow): by the flow of a prediction, never by a name."""

import pytest

from scoring.readers.python import read
from scoring.testing import check_clear, check_found, check_unknown

HEAD = """import numpy as np
import pandas as pd
from keras.applications import VGG16
from sklearn.ensemble import RandomForestRegressor, StackingRegressor
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_squared_error

df = pd.read_csv("rows.csv")
new = pd.read_csv("new.csv")
low = LinearRegression().fit(df[["x"]], df["y"])
top = RandomForestRegressor()
"""


def kinds(source: str) -> list[str]:
    return [flow.kind for flow in read((HEAD + source).encode()).flows]


@pytest.mark.parametrize(
    "source",
    [
        "p = low.predict(df[['x']])\nprint(mean_squared_error(df['y'], p))\ntop.fit(df[['x']], df['y'])\n",
        "df['p'] = low.predict(df[['x']])\ntop.fit(df[['x', 'z']], df['y'])\n",
        "r = df['y'] - low.predict(df[['x']])\nprint((r ** 2).mean())\ntop.fit(df[['x']], df['y'])\n",
        "for m in (low, top):\n    m.fit(df[['x']], df['y'])\n    p = m.predict(df[['x']])\n",
        "s = StackingRegressor([('a', low)])\ns.fit(df[['x']], df['y'])\np = s.predict(new[['x']])\n",
        "net = VGG16(weights='imagenet')\nf = net.predict(df)\ntop.fit(f, df['y'])\n",
        "new['y'] = low.predict(new[['x']])\nnew.to_csv('scored.csv')\n",
    ],
)
def test_other_uses_of_a_prediction_are_silent(source: str) -> None:
    assert kinds(source) == []


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("p = low.predict(df[['x']])\ntop.fit(np.column_stack([df[['x']], p]), df['y'])\n", "cascade"),
        ("df['p'] = low.predict(df[['x']])\ntop.fit(df[['x', 'p']], df['y'])\n", "cascade"),
        ("r = df['y'] - low.predict(df[['x']])\ntop.fit(df[['x']], r)\n", "residual"),
        ("new['y'] = low.predict(new[['x']])\ndf = pd.concat([df, new])\nlow.fit(df[['x']], df['y'])\n", "label"),
    ],
)
def test_prediction_in_a_fit_is_found(source: str, kind: str) -> None:
    assert kinds(source) == [kind]


@pytest.mark.parametrize("signal", ["cas.3", "cas.4", "dfl.3"])
def test_without_a_model_nothing_is_judged(signal: str) -> None:
    check_unknown(signal, {"build.py": "import pandas as pd\n\nrows = pd.read_csv('rows.csv')\n"})


@pytest.mark.parametrize("signal", ["cas.3", "cas.4", "dfl.3"])
def test_model_that_is_only_used_is_clear(signal: str) -> None:
    check_clear(signal, {"train.py": HEAD + "print(low.predict(new[['x']]))\n"})


def test_finding_stands_at_the_fit() -> None:
    source = HEAD + "p = low.predict(df[['x']])\ntop.fit(df[['x']], df['y'] - p)\n"
    check_found("cas.4", {"train.py": source}, at=["train.py:13"])
