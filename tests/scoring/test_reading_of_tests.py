"""Of modules of tests less is read, and no answer differs by it: what was not read can't be taken for absent."""

import msgspec
import pytest

from scoring.analyses.view import View
from scoring.debts import all_signals
from scoring.engine import assess
from scoring.facts import Component, FileEntry, ModuleOfTests, PythonFacts
from scoring.findings import Outcome
from scoring.readers import readers_for
from scoring.readers.places import roles_of
from scoring.readers.python import READER
from scoring.testing import COMMIT, ML_FILE, component_from, facts_from

LEFT_OUT = sorted({*PythonFacts.__struct_fields__} - {*ModuleOfTests.__struct_fields__})


def bad_modules() -> dict[str, str]:
    """Every Python module of an example of what is bad, each under a name of its own."""
    return {
        f"{signal.id.replace('.', '_')}_{path.replace('/', '_')}": text
        for signal in all_signals()
        for path, text in signal.bad.items()
        if path.endswith(".py")
    }


def read_whole(component: Component, texts: dict[str, str]) -> Component:
    """The component as if its tests had been read as the product is."""

    def whole(entry: FileEntry) -> FileEntry:
        if not any(isinstance(facts, ModuleOfTests) for facts in entry.facts):
            return entry
        facts = (READER.read(texts[entry.path].encode()), *entry.facts[1:])
        return msgspec.structs.replace(entry, facts=facts)

    return msgspec.structs.replace(component, files=tuple(whole(entry) for entry in component.files))


@pytest.mark.parametrize(
    "product",
    [
        pytest.param({}, id="tests alone"),
        pytest.param(
            {
                "train.py": "from sklearn.svm import SVC\nfrom tests.test_rep_1_train import *\n"
                "import tests.test_rep_10_load\nimport tests.test_scaling\n\nSVC().fit(rows, labels)\n",
                "load.py": "import pandas as pd\n\n\ndef load(path):\n    return pd.read_csv(path)\n",
                "requirements.txt": "pandas\nscikit-learn==1.5.0\n",
                "tests/test_train.py": "from load import load\n\n\ndef test_load():\n    load('a')\n",
                "tests/test_scaling.py": "def standardize(rows):\n    return rows\n",
                "tests/test_pipeline.py": "def test_all():\n    pass\n",
            },
            id="a product that imports its tests",
        ),
    ],
)
def test_answers_equal_whether_tests_are_read_whole(product: dict[str, str]) -> None:
    tests = {f"tests/test_{name}": text for name, text in bad_modules().items()}
    texts = {**ML_FILE, **tests, **product}
    component = component_from(texts)
    whole = read_whole(component, texts)
    assert whole != component
    answer, wanted = assess(component, "0" * 40), assess(whole, "0" * 40)
    assert [result.id for result in answer.signals if result.outcome is Outcome.ERROR] == []
    assert msgspec.json.encode(answer) == msgspec.json.encode(wanted)


def test_same_modules_are_full_of_findings_in_the_product() -> None:
    found = assess(component_from({**ML_FILE, **bad_modules()}), COMMIT).findings
    assert len({finding.signal for finding in found}) > 50


def test_module_of_tests_has_no_field_that_is_not_read() -> None:
    assert "fingerprints" in LEFT_OUT
    (facts,) = component_from({"tests/test_a.py": "x = 1\n"}).files[0].facts
    assert [name for name in LEFT_OUT if hasattr(facts, name)] == []


@pytest.mark.parametrize("name", ModuleOfTests.__struct_fields__)
def test_module_of_tests_says_what_a_whole_reading_says(name: str) -> None:
    wanted = "function_names" if name == "defined" else name
    for text in bad_modules().values():
        (facts,) = component_from({"tests/test_a.py": text}).files[0].facts
        assert getattr(facts, name) == getattr(READER.read(text.encode()), wanted)


def test_module_of_the_product_read_as_a_test_is_refused() -> None:
    files = component_from({"tests/test_a.py": "x = 1\n"}).files
    moved = msgspec.structs.replace(files[0], path="a.py", roles=frozenset())
    component = msgspec.structs.replace(component_from({}), files=(moved,))
    with pytest.raises(ValueError, match="is no test"):
        _ = View(component).product


@pytest.mark.parametrize(
    ("path", "of_tests"),
    [
        ("train.py", False),
        ("test.py", False),
        ("contest/a.pyi", False),
        ("docs/conf.py", False),
        ("setup.py", False),
        ("tests/setup.py", True),
        ("tests/noxfile.py", True),
        ("Tests/Util.PYI", True),
        ("pkg/test_model.py", True),
        ("pkg/model_test.py", True),
        ("pkg/testing/maker.pyw", True),
        ("fixtures/a.py", True),
    ],
)
def test_reader_and_role_of_tests_agree(path: str, of_tests: bool) -> None:
    assert ("test" in roles_of(path)) is of_tests
    assert readers_for(path)[0].name == ("python.test" if of_tests else "python")


def test_module_at_both_kinds_of_path_is_read_as_each() -> None:
    text = "import numpy as np\n\n\ndef drop(rows):\n    return rows == np.nan\n"
    view = facts_from({"same.py": text, "tests/test_same.py": text})
    assert [type(file.facts) for file in view.python] == [PythonFacts, ModuleOfTests]
    assert [file.path for file in view.product] == ["same.py"]
