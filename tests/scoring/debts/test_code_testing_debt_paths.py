"""tst.1: modules that a test imports by a bare name, from a folder that it puts on Python's path."""

import pytest

from scoring.testing import check_clear, check_found

MODEL = (
    "from sklearn.svm import SVC\n\n\ndef scale(rows):\n    low, high = min(rows), max(rows)\n"
    "    return [(row - low) / (high - low) for row in rows]\n\n\ndef train(rows, labels):\n"
    "    model = SVC(random_state=1)\n    model.fit(rows, labels)\n    return model\n\n\n"
    "def score(model, rows):\n    found = model.predict(rows)\n    return list(found)\n"
)
TEST = "from model import scale\n\n\ndef test_scale():\n    assert scale([1, 3]) == [0, 1]\n"
OTHER = "def test_nothing():\n    assert True\n"
ON_THE_PATH = "import os\nimport sys\n\nsys.path.append(os.path.join(os.path.dirname(__file__), '..', 'churn'))\n"


def test_tst_1_a_module_whose_folder_a_test_puts_on_the_path_is_reached() -> None:
    files = {"churn/model.py": MODEL, "tests/test_model.py": ON_THE_PATH + TEST}
    assert check_clear("tst.1", files).value == 1.0


@pytest.mark.parametrize(
    ("path", "head"), [("churn/model.py", ""), ("churn/yaml.py", ON_THE_PATH)], ids=["left alone", "a package's name"]
)
def test_tst_1_a_module_that_a_bare_name_need_not_mean_is_told(path: str, head: str) -> None:
    test = f"{head}import {path[6:-3]}\n\n\n{OTHER}"
    assert check_found("tst.1", {path: MODEL, "tests/test_model.py": test}, at=[f"{path}:1"]).value == 0.0
