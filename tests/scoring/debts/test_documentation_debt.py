"""Knowledge that lives in heads: README, docstrings, model cards, age."""

from datetime import UTC, datetime, timedelta

import pytest

from scoring.facts import HistoryFacts
from scoring.findings import Finding, Outcome, SignalResult
from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, facts_from, result_of

PURPOSE = "# Churn\n\nPredicts which customers leave in the next quarter, for the sales team.\n"
CARD = "# Churn\n\n" + "Trained on the invoices of two years, split by customer and by month. " * 4
UNREADABLE = b"\x00\xff\xfe"

# ---------------------------------------------------------------- doc.2

BARE = "import pandas as pd\n\n\n" + "".join(
    f"def load_{n}(path):\n    return pd.read_csv(path)\n\n\n" for n in range(5)
)


@pytest.mark.parametrize(
    "content", ["", "\n", "import pandas as pd\n\npd.read_csv('x')\n", "import json\n\ndef f(): pass\n"]
)
def test_doc_2_no_public_function_of_an_ml_file_does_not_apply(content: str) -> None:
    files = {"train.py": content, "model.py": "import sklearn\n"}
    assert result_of("doc.2", facts_from(files))[0].outcome is Outcome.NOT_APPLICABLE


def test_doc_2_unreadable_code_is_unknown() -> None:
    check_unknown("doc.2", {"train.py": "print 'python 2'\n", "model.py": "import sklearn\n"})


def test_doc_2_private_functions_and_tests_do_not_count() -> None:
    documented = 'def load():\n    """Read."""\n\n\ndef clean():\n    """Drop."""\n'
    files = {
        "train.py": f"import pandas as pd\n\n\n{documented}\n\ndef _part():\n    pass\n",
        "tests/test_a.py": BARE,
    }
    assert check_clear("doc.2", files).population == 3


def test_doc_2_overloads_and_setters_do_not_count() -> None:
    code = (
        "import pandas as pd\nfrom typing import overload\n\n\n@overload\ndef load(path: int): ...\n\n\n"
        'def load(path):\n    """Read."""\n\n\nclass A:\n    """A."""\n\n'
        '    @property\n    def x(self):\n        """X."""\n\n'
        "    @x.setter\n    def x(self, value):\n        pass\n"
    )
    assert check_clear("doc.2", {"train.py": code}).population == 4


def test_doc_2_checks_of_a_named_field_do_not_count() -> None:
    code = (
        "import pandas as pd\nimport pydantic\nfrom pydantic import field_validator\n\n\n"
        'class Query:\n    """What is asked."""\n\n'
        '    @field_validator("text")\n    def check_text(cls, value):\n        return value.strip()\n\n'
        '    @pydantic.validator("limit")\n    def check_limit(cls, value):\n        return abs(value)\n\n'
        "    def frame(self):\n        return pd.DataFrame()\n"
    )
    assert result_of("doc.2", facts_from({"query.py": code}))[0].population == 2


def test_doc_2_methods_of_a_framework_need_no_words_in_its_heirs() -> None:
    code = (
        'import torch\n\n\nclass Net(torch.nn.Module):\n    """A net."""\n\n'
        "    def forward(self, x):\n        return x\n\n\n"
        "def main():\n    print(Net())\n"
    )
    assert check_clear("doc.2", {"net.py": code}).population == 2


@pytest.mark.parametrize(
    ("counted", "body"), [(1, "__len__(self):\n        return 1"), (3, "size(self):\n        return 1")]
)
def test_doc_2_class_that_only_fills_in_its_base_needs_no_words(counted: int, body: str) -> None:
    text = f"from torch.utils.data import Dataset\n\n\nclass Rows(Dataset):\n    def {body}\n"
    assert result_of("doc.2", facts_from({**ML_FILE, "rows.py": text}))[0].population == counted


def test_doc_2_method_of_that_name_in_a_class_of_its_own_counts() -> None:
    code = "import torch\n\n\nclass Net:\n    def forward(self, x):\n        return x\n"
    assert check_found("doc.2", {"net.py": code}).population == 3


@pytest.mark.parametrize(
    ("code", "counted"),
    [
        ("import enum\n\n\nclass Kind(enum.Enum):\n    RED = 1\n\n    def shade(self):\n        return 1\n", 1),
        (
            "from dataclasses import dataclass\n\n\n@dataclass\nclass Row:\n    size: int\n\n\n"
            "class Bad(Row):\n    def worth(self):\n        return 0\n",
            1,
        ),
        ("def kinds() -> pandas.Series:\n    return KINDS\n\n\ndef rows() -> list:\n    return ROWS\n", 0),
        ("def kinds():\n    return KINDS\n\n\ndef rows():\n    return ROWS\n", 2),
    ],
    ids=["cases", "records", "told by a type", "told by nothing"],
)
def test_doc_2_what_would_say_a_name_again_does_not_count(code: str, counted: int) -> None:
    with_model = {**ML_FILE, "rows.py": f"import pandas\n{code}"}
    alone = result_of("doc.2", facts_from(ML_FILE))[0].population
    assert result_of("doc.2", facts_from(with_model))[0].population - alone == counted


def test_doc_2_class_whose_constructor_says_what_it_is_has_one() -> None:
    code = "import pandas\n\n\nclass Basket:\n    def __init__(self, size):\n{}        self.size = size\n"
    said = code.format('        """Hold so many apples."""\n')
    assert check_clear("doc.2", {"train.py": said}).value == 1.0
    assert check_found("doc.2", {"train.py": code.format("")}).value < 1.0


HEIR = (
    "import keras\n{}\n\nclass Net({}):\n    def load(self):\n        return 1\n\n"
    "    def clean(self):\n        return 2\n"
)
TELLING = (
    'class Base:\n    """Reads."""\n\n    def load(self):\n        """Loads."""\n\n'
    '    def clean(self):\n        """Cleans."""\n'
)


@pytest.mark.parametrize(
    ("files", "counted"),
    [
        ({"net.py": HEIR.format("", "keras.Net")}, 3),  # a framework's class of the same name is not the class itself
        ({"net.py": HEIR.format("", "keras.Base"), "other.py": TELLING}, 3),  # a namesake elsewhere is no base
        ({"net.py": HEIR.format("from own.base import Base\n", "Base"), "own/base.py": TELLING}, 1),
        (
            {
                "net.py": HEIR.format("from own.base import Base\n", "Base"),
                "own/base.py": "class Base:\n    def load(self): ...\n    def clean(self): ...\n",
            },
            3,
        ),
        (
            {
                "net.py": HEIR.format("from own import Base\n", "Base"),
                "own/__init__.py": "from own.base import Base\n",
                "own/base.py": TELLING,
            },
            1,
        ),
    ],
)
def test_doc_2_method_needs_no_words_where_a_base_of_the_component_has_them(
    files: dict[str, str], counted: int
) -> None:
    result, _ = result_of("doc.2", facts_from(files))
    assert result.population == counted


def test_doc_2_module_that_nothing_can_import_has_nothing_public() -> None:
    paths = ["prep/03-clean.py", "prep/501_concat.py", "asv/benchmarks/a.py", "setup.py"]
    paths += ["prep/internals/clean.py", "prep/_inner/clean.py", "prep/_clean.py"]
    assert check_clear("doc.2", dict.fromkeys(paths, BARE)).population == 1


HOSTED_BARE = "import openai\n\n\n" + "".join(f"def ask_{n}(text):\n    return openai.{n}(text)\n\n\n" for n in "abcde")


def test_doc_2_file_beside_what_calls_a_hosted_model_does_not_count() -> None:
    plain = HOSTED_BARE.replace("openai", "shelve")
    assert check_found("doc.2", {"ask.py": HOSTED_BARE, "store.py": plain}).population == 6


def test_doc_2_methods_that_a_library_of_hosted_models_asks_for_need_no_words_in_its_heirs() -> None:
    methods = "".join(
        f"    def {name}(self, text):\n        return text\n\n" for name in ("complete", "chat", "metadata")
    )
    code = f'from llama_index.core.llms import CustomLLM\n\n\nclass Own({{}}):\n    """Ours."""\n\n{methods}'
    assert check_clear("doc.2", {"own.py": code.format("CustomLLM")}).population == 2
    assert check_found("doc.2", {"own.py": code.format("Plain")}).population == 5


def test_doc_2_docstrings_of_what_calls_a_hosted_model_lower_the_debt() -> None:
    said = HOSTED_BARE.replace("text):\n", 'text):\n    """Ask it."""\n')
    results = [result_of("doc.2", facts_from({"ask.py": code}))[0] for code in (HOSTED_BARE, said)]
    assert [(result.outcome, result.value) for result in results] == [(Outcome.FOUND, 0.0), (Outcome.CLEAR, 1.0)]


def test_doc_2_bare_names_are_counted_and_not_listed() -> None:
    result = check_found("doc.2", {"train.py": BARE}, at=[])
    assert (result.value, result.population, result.reason) == (0.166667, 6, "1 of 6 have one")


# ---------------------------------------------------------------- doc.3

ONE_MODEL = '[models.churn]\nentry = "train.py"\nowner = "growth"\n'
TWO_MODELS = ONE_MODEL + '\n[models.fraud]\nentry = "fraud/train.py"\nowner = "risk"\n'


def test_doc_3_no_declared_model_is_unknown() -> None:
    assert result_of("doc.3", facts_from(ML_FILE))[0].outcome is Outcome.UNKNOWN
    assert result_of("doc.3", facts_from({**ML_FILE, "MODEL_CARD.md": CARD}))[0].outcome is Outcome.UNKNOWN


def test_doc_3_component_without_a_model_does_not_apply() -> None:
    assert result_of("doc.3", facts_from({"main.py": "import json\n"}))[0].outcome is Outcome.NOT_APPLICABLE


def test_doc_3_unreadable_card_is_unknown() -> None:
    check_unknown("doc.3", {**ML_FILE, "debtboard.toml": ONE_MODEL, "MODEL_CARD.md": UNREADABLE})


def test_doc_3_card_of_the_only_model_is_clear() -> None:
    check_clear("doc.3", {"debtboard.toml": ONE_MODEL, "docs/MODEL_CARD.md": CARD})


def test_doc_3_card_beside_its_entry_point_is_clear_for_that_model_only() -> None:
    files = {"debtboard.toml": TWO_MODELS, "fraud/MODEL_CARD.md": CARD}
    assert check_found("doc.3", files, at=["debtboard.toml:1"]).value == 0.5


def test_doc_3_emptied_card_is_none() -> None:
    assert check_found("doc.3", {"debtboard.toml": ONE_MODEL, "MODEL_CARD.md": ""}).value == 0.0


# ---------------------------------------------------------------- doc.4

ENTRY = {"train.py": "import sklearn\n\nif __name__ == '__main__':\n    print(1)\n"}
STARTED = f"{PURPOSE}\n\n```bash\npython train.py\n```\n"
WRITTEN = datetime(2025, 1, 1, tzinfo=UTC)


def age(files: dict[str, str], history: HistoryFacts | None) -> tuple[SignalResult, tuple[Finding, ...]]:
    return result_of(
        "doc.4",
        facts_from(
            {**ENTRY, "setup.py": "import setuptools\n", **files},
            history=history,
            as_of=datetime(2025, 7, 2, 12, tzinfo=UTC),
        ),
    )


def changed(*paths: str, written: datetime = WRITTEN) -> HistoryFacts:
    """A history in which these paths changed ten days after the README was written."""
    dates = dict.fromkeys(paths, written + timedelta(days=10))
    return HistoryFacts(entry_points_changed=1.0, last_change={"README.md": written, "train.py": written, **dates})


@pytest.mark.parametrize("history", [None, HistoryFacts(), HistoryFacts(reason="shallow clone")], ids=str)
def test_doc_4_history_that_is_not_there_is_unknown(history: HistoryFacts | None) -> None:
    assert age({"README.md": PURPOSE}, history)[0].outcome is Outcome.UNKNOWN


def test_doc_4_no_readme_does_not_apply() -> None:
    assert age({}, changed("train.py"))[0].outcome is Outcome.NOT_APPLICABLE


def test_doc_4_no_entry_point_does_not_apply() -> None:
    history = HistoryFacts(last_change={"README.md": WRITTEN})
    assert age({"README.md": PURPOSE}, history)[0].outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("readme", "history"),
    [
        (STARTED, changed("serve.py")),
        (PURPOSE, changed("train.py")),
        (PURPOSE + "\n## Examples\n\nBelow.\n", changed("train.py")),
        (STARTED.replace("train.py", "serve.py"), changed("train.py")),
        (STARTED.replace("train.py", "setup.py install"), changed("setup.py")),
        (STARTED, changed("train.py", written=datetime(2025, 5, 1, tzinfo=UTC))),
    ],
    ids=["resting", "silent", "heading", "another", "build", "days"],
)
def test_doc_4_readme_that_kept_pace_is_clear(readme: str, history: HistoryFacts) -> None:
    assert age({"README.md": readme}, history)[0].outcome is Outcome.CLEAR


def test_doc_4_readme_in_a_second_language_that_kept_pace_is_clear() -> None:
    history = HistoryFacts(
        entry_points_changed=1.0,
        last_change={
            "README.md": WRITTEN,
            "README_PT.md": WRITTEN + timedelta(days=11),
            "train.py": WRITTEN + timedelta(10),
        },
    )
    assert age({"README.md": STARTED, "README_PT.md": STARTED}, history)[0].outcome is Outcome.CLEAR


def test_doc_4_readme_left_behind_is_found() -> None:
    result, findings = age({"README.md": STARTED}, changed("train.py"))
    assert (result.outcome, result.value, result.badness) == (Outcome.FOUND, 182.5, 0.5)
    assert [(finding.path, finding.evidence["days"]) for finding in findings] == [("README.md", 182)]
    assert findings[0].message.startswith("1 of the 1 scripts that README.md starts have changed in the 182 days")
