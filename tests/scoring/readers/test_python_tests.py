"""Modules of tests: their walk keeps less than that over other modules, and says the same of what it keeps."""

import pytest

from scoring.readers.python import read, read_test

HEAD = "import os\nimport numpy as np\nimport pandas as pd\nfrom sklearn.svm import SVC\n"


@pytest.mark.parametrize(
    "source",
    [
        "a = b = pd.read_csv('x.csv')\na.fit(1)\n",
        "model = SVC()\nmodel.fit(x, y)\nmodel = other\nmodel.fit(x, y)\n",
        "x, (y, *z) = pd.concat([pd.read_csv(p) for p in [1, 2]]), SVC().fit(a, b)\n",
        "class T:\n    def a(self):\n        self.m = SVC()\n        self.k.m = SVC()\n    def b(self):\n"
        "        self.m.predict(x)\n",
        "pd.read_csv(a)\n'text'\n...\nSVC\n",
        "assert np.mean(x) == np.mean(y), np.median(z)\nassert SVC().predict(x) in [np.ones(3), 2]\n",
        "d = {1: pd.read_csv(a), **np.zeros(2), np.ones(1): 3}\ns = {np.ones(3), 'a'}\n",
        "if np.random.rand() < np.random.randn() <= 3:\n    x[np.ones(2)] = os.environ['A']\n",
        "for a in os.listdir(p):\n    with open(a) as f:\n        yield f[np.ones(1):]\n",
        "def f(a=np.ones(1), *, b: np.ndarray = np.ones(2)) -> pd.DataFrame:\n    return lambda: np.ones(a)\n",
        "# TODO: less\nx = '# TODO: no'\n",
    ],
)
def test_module_of_tests_says_what_any_module_says(source: str) -> None:
    told, whole = read_test((HEAD + source).encode()), read((HEAD + source).encode())
    assert (told.imports, told.calls, told.comments) == (whole.imports, whole.calls, whole.comments)
    assert told.function_names == whole.function_names
