"""tst.1: modules that a test imports by a bare name, from a folder that it puts on Python's path."""

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


def test_tst_1_a_module_of_any_folder_that_a_test_imports_by_its_bare_name_is_reached() -> None:
    assert check_clear("tst.1", {"churn/model.py": MODEL, "tests/test_model.py": TEST}).value == 1.0


def test_tst_1_a_module_that_bears_a_package_s_name_is_told() -> None:
    files = {"churn/yaml.py": MODEL, "tests/test_model.py": f"{ON_THE_PATH}import yaml\n\n\n{OTHER}"}
    assert check_found("tst.1", files, at=["churn/yaml.py:1"]).value == 0.0


def test_tst_1_a_module_that_its_neighbour_alone_imports_is_told() -> None:
    files = {"churn/model.py": MODEL, "tools/run.py": "import model\n\nprint(model)\n", "tests/test_a.py": OTHER}
    assert check_found("tst.1", files, at=["churn/model.py:1"]).value == 0.0
