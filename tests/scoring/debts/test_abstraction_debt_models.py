"""Models that stand beside one another: how they are trained and asked (abs.1), and what they share by copy (abs.2)."""

import pytest

from scoring.analyses import copies
from scoring.debts import all_signals
from scoring.findings import Outcome
from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

MODEL = "from sklearn.svm import SVC\n\n\nclass {0}:\n    def {1}(self, {2}):\n        self.made = SVC()\n"


def models(*written: tuple[str, str, str], folder: str = "models") -> dict[str, str]:
    return {f"{folder}/{name.lower()}.py": MODEL.format(name, verb, needs) for name, verb, needs in written}


SAME = models(("One", "fit", "x, y"), ("Two", "train", "rows, labels"), ("Three", "fit", "x, y"))


@pytest.mark.parametrize(
    "more",
    [
        {},
        models(("Four", "fit", "x, y, weights=None")),
        models(("Four", "fit", "x, y=None")),
        models(("Four", "fit", "*given")),
        models(("Four", "score", "x")),
        {"models/four.py": MODEL.format("Four", "fit", "x").replace("    def", "    @fit.setter\n    def")},
        {"models/four.py": MODEL.format("Four", "fit", "x") + "\n    def train(self, x, y):\n        pass\n"},
        models(("Four", "fit", "x"), folder="other"),
        {"models/scaler.py": MODEL.format("Scaler", "fit", "x") + "\n    def transform(self, x):\n        return x\n"},
        {
            "base.py": "import numpy\n\n\nclass Base:\n    def transform(self, x):\n        return x\n",
            "models/mean.py": MODEL.format("Mean(Base)", "fit", "x"),
        },
        {"models/net.py": "import torch\n\n\nclass Net(torch.nn.Module):\n    def train(self, m=1):\n        pass\n"},
        {"examples/models/four.py": MODEL.format("Four", "fit", "x")},
    ],
)
def test_models_that_are_called_alike_are_clear(more: dict[str, str]) -> None:
    assert check_clear("abs.1", {**SAME, **more}).value == 0.0


@pytest.mark.parametrize("files", [{}, models(("One", "fit", "x")), {"a.py": "import numpy\n"}, {"a.py": "def (:\n"}])
def test_without_two_models_nothing_is_clear(files: dict[str, str]) -> None:
    check_unknown("abs.1", files)


def test_model_that_needs_more_is_found() -> None:
    result, findings = result_of("abs.1", facts_from({**SAME, **models(("Four", "fit", "x, y, *, epochs"))}))
    assert (result.value, result.population) == (round(1 / 3, 6), 4)
    assert [(item.path, item.line, item.symbol) for item in findings] == [("models/four.py", 5, "Four.fit")]
    assert findings[0].message == (
        "Four.fit needs (x, y, epochs), while 3 of the 4 models beside one another need (x, y): what calls those can't "
        "call this one."
    )


def test_base_class_makes_a_family_across_folders() -> None:
    base = {"base.py": "import numpy\n\n\nclass Base:\n    pass\n"}
    derived = {
        f"{name}/{name}.py": "import numpy\nfrom base import Base\n\n\n"
        f"class {name.title()}(Base):\n    def predict(self, {needs}):\n        return 1\n"
        for name, needs in (("one", "x"), ("two", "x"), ("three", "x, y"))
    }
    check_found("abs.1", {**base, **derived}, at=["three/three.py:6"])


def test_models_of_which_no_two_agree_are_counted_and_not_listed() -> None:
    files = models(("One", "fit", "x"), ("Two", "fit", "x, y"), ("Three", "fit", "x, y, z"))
    result, findings = result_of("abs.1", facts_from(files))
    assert (result.value, findings) == (1.0, ())


PIPELINE = {signal.id: signal for signal in all_signals()}["abs.2"].bad["one.py"]


def pipeline(name: str, step: str = "loss.backward()") -> str:
    return PIPELINE.replace("train_one", f"train_{name}").replace("loss.backward()", step)


ONE, TWO = pipeline("one"), "LIMIT = 1\n" + pipeline("two")


@pytest.mark.parametrize(
    "files",
    [
        {"one.py": ONE},
        {"one.py": ONE, "two.py": ONE},
        {"one.py": ONE, "examples/two.py": TWO},
        {"one.py": ONE, "two.py": "LIMIT = 1\n" + pipeline("two", "loss.forward()")},
    ],
)
def test_without_two_modules_that_fit_nothing_is_clear(files: dict[str, str]) -> None:
    check_unknown("abs.2", files)


def test_module_of_its_own_is_clear() -> None:
    check_clear(
        "abs.2",
        {"one.py": ONE, "two.py": "import torch\n\n\ndef two(loss):\n    torch.optim.SGD(loss)\n    loss.backward()\n"},
    )


def test_copied_pipeline_is_found() -> None:
    result, findings = result_of("abs.2", facts_from({"one.py": ONE, "two.py": TWO}))
    assert result.outcome is Outcome.FOUND
    assert [(item.path, item.evidence["equals"]) for item in findings] == [("two.py", "one.py:8")]


@pytest.mark.parametrize("files", [{"one.py": ONE, "two.py": TWO}, {"b.py": ONE, "a/two.py": TWO, "c.py": "x = 1\n"}])
def test_copy_between_models_counts_in_both_rows_and_is_told_once(files: dict[str, str]) -> None:
    view = facts_from(files)
    (pipelines, told), (copies, again) = result_of("abs.2", view), result_of("duplicate-code", view)
    assert (pipelines.outcome, copies.outcome) == (Outcome.FOUND, Outcome.FOUND)
    assert ([item.signal for item in told], again) == (["abs.2"], ())
    assert copies.reason == "of these, abs.2 tells a copy between modules that fit models"


def test_copy_between_other_modules_is_told_as_duplicate_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "SHOWN", copies.MIN_LINES)
    files = {"one.py": ONE, "two.py": "LIMIT = 1\n" + pipeline("two", "loss.forward()")}
    _, findings = result_of("duplicate-code", facts_from(files))
    assert [(item.signal, item.path) for item in findings] == [("duplicate-code", "two.py")]


def test_few_lines_copied_between_models_count_and_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    told, _ = result_of("abs.2", facts_from({"one.py": ONE, "two.py": TWO}))
    monkeypatch.setattr(copies, "SHOWN", 100)
    result, findings = result_of("abs.2", facts_from({"one.py": ONE, "two.py": TWO}))
    assert (result.value, findings) == (told.value, ())
    assert told.findings == 1


def test_modules_of_transformers_fit_no_models() -> None:
    step = (
        "from sklearn.linear_model import Ridge\n\n\nclass {0}:\n    def fit(self, x, y):\n"
        "        self.made = Ridge()\n        self.made.fit(x, y)\n\n    def {1}(self, x):\n        return x\n"
    )
    check_unknown("abs.2", {"one.py": step.format("One", "transform"), "two.py": step.format("Two", "transform")})
    check_clear("abs.2", {"one.py": step.format("One", "predict"), "two.py": step.format("Two", "score")})
