"""Imports against the layers (abs.3)."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown

TRAIN = "import sklearn\n\n\ndef scaled(rows):\n    return rows\n"
USES = "from {} import scaled\n\nprint(scaled([]))\n"
ANSWERS = (
    "from fastapi import FastAPI\n\n{}\n\napp = FastAPI()\n\n\n"
    "@app.post('{}')\ndef answer(rows: list):\n    return scaled(rows)\n"
)
LIBRARY = {
    "README.md": "# shop\n\n    pip install shop\n",
    "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n',
}


@pytest.mark.parametrize(
    ("importer", "target"),
    [
        ("shop/training/evaluate.py", "shop/training/train.py"),
        ("shop/training/train.py", "shop/serving/answer.py"),
        ("shop/api/routes.py", "shop/api/training.py"),
        ("shop/api/routes.py", "shop/schemas/training.py"),
        ("shop/api/retrain.py", "shop/training/train.py"),
        ("scripts/check.py", "scripts/train_all.py"),
        ("tools/check.py", "scripts/run.py"),
        ("shop/test_answer.py", "tests/rows.py"),
        ("shop/__init__.py", "shop/tests/test_rows.py"),
    ],
)
def test_import_along_the_layers_is_clear(importer: str, target: str) -> None:
    module = target.removesuffix(".py").replace("/", ".")
    others = {"a.py": "import b\n", "b.py": "import sklearn\n", "scripts/told.py": "import os\n"}
    check_clear("abs.3", {importer: USES.format(module), target: TRAIN, **others})


@pytest.mark.parametrize(
    ("importer", "target"),
    [
        ("shop/serving/answer.py", "shop/training/scaling.py"),
        ("shop/api/routes.py", "shop/train.py"),
        ("shop/rows.py", "scripts/run.py"),
        ("shop/rows.py", "tests/made_rows.py"),
    ],
)
def test_import_against_the_layers_is_found(importer: str, target: str) -> None:
    module = target.removesuffix(".py").replace("/", ".")
    check_found("abs.3", {importer: "import os\n" + USES.format(module), target: TRAIN}, at=[f"{importer}:2"])


def test_module_of_endpoints_serves_whatever_its_folder() -> None:
    files = {"shop/heart/app.py": ANSWERS.format("from .train import scaled", "/predict"), "shop/heart/train.py": TRAIN}
    check_found("abs.3", files, at=["shop/heart/app.py:3"])


def test_endpoint_that_is_there_to_train_may_import_it() -> None:
    files = {"shop/heart/app.py": ANSWERS.format("from .train import scaled", "/train"), "shop/heart/train.py": TRAIN}
    check_clear("abs.3", files)


def test_features_that_import_what_serves_are_found() -> None:
    served = ANSWERS.format("def scaled(rows):\n    return rows", "/predict")
    files = {"shop/features/rows.py": USES.format("shop.app"), "shop/app.py": served}
    check_found("abs.3", files, at=["shop/features/rows.py:1"])


def test_folders_of_a_library_are_called_after_what_others_do() -> None:
    files = {"shop/inference/meta.py": USES.format("shop.training.scaling"), "shop/training/scaling.py": TRAIN}
    check_found("abs.3", files)
    check_clear("abs.3", {**files, **LIBRARY})


def test_library_whose_code_rests_on_its_tests_is_found() -> None:
    files = {"shop/rows.py": USES.format("shop.tests.made"), "shop/tests/made.py": TRAIN, **LIBRARY}
    check_found("abs.3", files, at=["shop/rows.py:1"])


def test_component_of_which_nothing_tells_a_layer_is_not_applicable() -> None:
    check_unknown("abs.3", {"train_it.py": "import rows\n\nimport sklearn\n", "rows.py": ""})


def test_component_without_imports_of_its_own_is_not_applicable() -> None:
    check_unknown("abs.3", {"train.py": "import sklearn\n"})
