"""Names, methods and arguments that libraries took away: which uses are told, and which know both worlds."""

import time

import pytest

from scoring.readers.python import read

PANDAS = "import pandas as pd\n\n"


def told(source: str) -> list[tuple[str, int, str]]:
    found = [item for item in read(source.encode()).idioms if item.kind == "expired"]
    return [(item.subject, item.line, item.detail) for item in found]


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\n\nx = np.float64(1) + np.inf\n",
        "import numpy as np\n\nx = self.float\ny = other.float\n",
        "import torch\n\nx = torch.float\n",
        "import joblib\n\njoblib.dump(1, 'a')\n",
        "try:\n    from sklearn.externals import joblib\nexcept ImportError:\n    import joblib\n\njoblib.dump(1)\n",
        "try:\n    from sklearn.utils._testing import ignore_warnings\nexcept ImportError:\n"
        "    from sklearn.utils.testing import ignore_warnings\n\nignore_warnings(1)\n",
        "import torch\n\nif torch.__version__ < '1.8':\n    y = torch.rfft(x, 1)\nelse:\n    y = torch.fft.rfft(x)\n",
        "import sys\nimport torch\n\ny = torch.rfft(x, 1) if 'torch.fft' not in sys.modules else torch.fft.rfft(x)\n",
        "import numpy as np\n\ntry:\n    kind = np.float\nexcept AttributeError:\n    kind = float\n",
        PANDAS + "rows = []\nrows.append(1)\nx = rows.append(2)\n",
        PANDAS + "index = index.append(other)\n",
        PANDAS + "for name, value in counts.iteritems():\n    pass\n",
        PANDAS + "df = df.fillna(0)\ndf = df.drop('a', axis=1)\ndf = df.drop(['a', 'b'])\n",
        PANDAS + "self.ix[0] = 1\n",
        PANDAS + "x = grid.ix(3)\n",
        "counts.ix[0]\n",
        "import keras\n\n\ndef fit_generator(rows):\n    pass\n\n\nmodel.fit_generator(rows)\n",
        "from sklearn.linear_model import SGDClassifier\n\nSGDClassifier(loss='log_loss')\n",
        "from sklearn.linear_model import LinearRegression\n\nLinearRegression(fit_intercept=True)\n",
        "from langchain.chat_models import init_chat_model\n",
        "from keras.layers import Dense, BatchNormalization\n",
        "from .sklearn.externals import joblib\n",
    ],
)
def test_what_stands_or_knows_both_worlds_is_not_told(source: str) -> None:
    assert told(source) == []


@pytest.mark.parametrize(
    ("source", "entry", "line", "lines"),
    [
        ("import numpy as np\n\nx = y.astype(np.float)\nz = np.float(1)\n", "numpy.float", 3, "2"),
        ("from numpy import NaN\n", "numpy.NaN", 1, "1"),
        ("import sklearn.externals.joblib\n", "sklearn.externals.joblib", 1, "1"),
        ("from sklearn.cross_validation import KFold\n", "sklearn.cross_validation", 1, "1"),
        ("from sklearn.preprocessing.data import scale\n", "sklearn.preprocessing.data", 1, "1"),
        ("import tensorflow as tf\n\ntf.contrib.layers.flatten(x)\n", "tensorflow.contrib", 3, "1"),
        ("import tensorflow.compat.v1 as tf\n\ntf.Session()\n", "tensorflow.compat.v1", 1, "2"),
        ("import openai\n\nopenai.ChatCompletion.create(model='a')\n", "openai.ChatCompletion", 3, "1"),
        ("from langchain.chat_models import ChatOpenAI\n", "langchain.chat_models.ChatOpenAI", 1, "1"),
        (PANDAS + "df = df.append(row, ignore_index=True)\n", "pandas append", 3, "1"),
        (PANDAS + "x = frame.ix[3]\n", "pandas ix", 3, "1"),
        (PANDAS + "x = train_df.drop('label', 1)\n", "pandas drop", 3, "1"),
        (PANDAS + "x = frame.fillna(method='ffill')\n", "pandas fillna", 3, "1"),
        (PANDAS + "for a, b in self.df.iteritems():\n    pass\n", "pandas iteritems", 3, "1"),
        (PANDAS + "x = pd.read_csv('a', squeeze=True)\n", "pandas.read_csv squeeze", 3, "1"),
        ("import keras\n\nmodel.fit_generator(rows)\n", "keras fit_generator", 3, "1"),
        (
            "from sklearn.tree import DecisionTreeRegressor\n\nDecisionTreeRegressor(criterion='mse')\n",
            "sklearn.tree.DecisionTreeRegressor criterion='mse'",
            3,
            "1",
        ),
    ],
)
def test_use_of_what_is_gone_is_told_at_its_first_line(source: str, entry: str, line: int, lines: str) -> None:
    assert told(source) == [(entry, line, lines)]


@pytest.mark.parametrize("line", ["frame.ix[1]\n", "rows.append(1)\n" + "# " + "-" * 60 + "\n"])
def test_file_made_of_such_names_is_read_in_time_linear_in_its_size(line: str) -> None:
    source = (PANDAS + line * 15_000).encode()
    started = time.process_time()
    read(source)
    assert time.process_time() - started < 3.0
