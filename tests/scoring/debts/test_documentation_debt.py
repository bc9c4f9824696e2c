"""Knowledge that lives in heads: README, docstrings, model cards, age."""

import pytest

from scoring.facts import HistoryFacts
from scoring.findings import Finding, Outcome, SignalResult
from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, facts_from, result_of

PURPOSE = "# Churn\n\nPredicts which customers leave in the next quarter, for the sales team.\n"
WHOLE = (
    PURPOSE
    + "\n## Installation\n\n```bash\npip install -r requirements.txt\n```\n\n## Training\n\n```bash\npython train.py\n"
    "```\n\n## Dataset\n\nInvoices of two years.\n\n## Contact\n\nThe churn team.\n"
)
CARD = "# Churn\n\n" + "Trained on the invoices of two years, split by customer and by month. " * 4
UNREADABLE = b"\x00\xff\xfe"

# ---------------------------------------------------------------- doc.1


@pytest.mark.parametrize("files", [{}, {"README.md": ""}, {"README.md": "\n\n"}, {"docs/usage.md": WHOLE}])
def test_doc_1_removed_or_emptied_readme_is_found(files: dict[str, str]) -> None:
    assert check_found("doc.1", files).value == 0.0


def test_doc_1_unreadable_readme_is_unknown() -> None:
    check_unknown("doc.1", {**ML_FILE, "README.md": UNREADABLE})


def test_doc_1_whole_readme_is_clear() -> None:
    assert check_clear("doc.1", {"README.md": WHOLE}).value == 5.0


def test_doc_1_nearest_readme_counts_and_not_that_of_a_part() -> None:
    files = {"README.md": PURPOSE, "services/api/README.md": WHOLE}
    assert check_found("doc.1", files, at=["README.md:1"] * 4).value == 1.0


def test_doc_1_readme_of_an_example_is_none() -> None:
    assert check_found("doc.1", {"examples/README.md": WHOLE}).value == 0.0


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("Chat with us in the [room](https://chat.mozilla.org/#/room/#x:y).", "contact"),
        ("Please report any issues found in this project [here](https://example.org/a/b).", "contact"),
        ("Setup instructions are in [chapter 1](code/ch01/README.md).", "set-up"),
        ("Data generated to train the models is told in the [docs](docs/data.md).", "data"),
    ],
)
def test_doc_1_sentence_that_says_it_is_a_part(line: str, part: str) -> None:
    _, findings = result_of("doc.1", facts_from({**ML_FILE, "README.md": f"{PURPOSE}\n{line}\n"}))
    assert part not in {finding.evidence["part"] for finding in findings}


BOOK = "## Book (2nd Ed.)\n\nPaperback: 622 pages\n"


@pytest.mark.parametrize(
    "readme",
    [
        BOOK.replace("(2nd Ed.)", "(2nd Ed.) Code Repository"),
        BOOK.replace("Book", "Code for the book"),
        BOOK + "\n**Please note that these are just the code examples accompanying the book.**\n",
        BOOK + "\n- one\n\nThis repository contains the notebooks of a course.\n",
    ],
)
def test_doc_1_readme_of_a_book_says_what_it_is(readme: str) -> None:
    _, findings = result_of("doc.1", facts_from({**ML_FILE, "README.md": readme}))
    assert "purpose" not in {finding.evidence["part"] for finding in findings}


@pytest.mark.parametrize("line", ["", "This project is licensed.", "The package repository of pip is down.", "See it."])
def test_doc_1_readme_that_does_not_say_what_it_is_is_found(line: str) -> None:
    _, findings = result_of("doc.1", facts_from({**ML_FILE, "README.md": f"{BOOK}\n{line}\n"}))
    assert "purpose" in {finding.evidence["part"] for finding in findings}


CONDUCT = "For more see the Code of Conduct FAQ or contact [open@example.org](mailto:open@example.org)"


@pytest.mark.parametrize(("rest", "missing"), [(".", True), (" with any additional questions or comments.", False)])
def test_doc_1_address_for_questions_is_a_contact(rest: str, missing: bool) -> None:
    _, findings = result_of("doc.1", facts_from({**ML_FILE, "README.md": f"{PURPOSE}\n{CONDUCT}{rest}\n"}))
    assert ("contact" in {finding.evidence["part"] for finding in findings}) is missing


def test_doc_1_remedy_names_the_part_that_is_missing() -> None:
    readme = WHOLE.replace("\n\n## Contact\n\nThe churn team.\n", "\n")
    _, findings = result_of("doc.1", facts_from({**ML_FILE, "README.md": readme}))
    assert [finding.remedy for finding in findings] == [
        "Add to README.md whom to ask: a team, a channel or an address."
    ]


def test_doc_1_library_brings_no_data() -> None:
    files = {"README.md": WHOLE.replace("## Dataset\n\nInvoices of two years.\n\n", "")}
    assert check_found("doc.1", files).value == 4.0
    assert check_clear("doc.1", files, profile="library").value == 5.0


def test_doc_1_missing_parts_are_named() -> None:
    _, findings = result_of("doc.1", facts_from({**ML_FILE, "README.md": PURPOSE}))
    assert sorted(str(finding.evidence["part"]) for finding in findings) == ["contact", "data", "run", "set-up"]


# ---------------------------------------------------------------- doc.2

BARE = "import pandas as pd\n\n\n" + "".join(
    f"def load_{n}(path):\n    return pd.read_csv(path)\n\n\n" for n in range(4)
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


def test_doc_2_methods_of_a_framework_need_no_words_in_its_heirs() -> None:
    code = (
        'import torch\n\n\nclass Net(torch.nn.Module):\n    """A net."""\n\n'
        "    def forward(self, x):\n        return x\n\n\n"
        "def main():\n    print(Net())\n"
    )
    assert check_clear("doc.2", {"net.py": code}).population == 2


def test_doc_2_method_of_that_name_in_a_class_of_its_own_counts() -> None:
    code = "import torch\n\n\nclass Net:\n    def forward(self, x):\n        return x\n"
    assert check_found("doc.2", {"net.py": code}).population == 3


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


def test_doc_2_bare_file_is_one_finding_at_its_first_bare_name() -> None:
    result = check_found("doc.2", {"train.py": BARE}, at=["train.py:4"])
    assert (result.value, result.population) == (0.2, 5)


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


def age(files: dict[str, str], history: HistoryFacts | None) -> tuple[SignalResult, tuple[Finding, ...]]:
    return result_of("doc.4", facts_from({**ENTRY, **files}, history=history))


@pytest.mark.parametrize("history", [None, HistoryFacts(), HistoryFacts(reason="shallow clone")], ids=str)
def test_doc_4_history_that_is_not_there_is_unknown(history: HistoryFacts | None) -> None:
    assert age({"README.md": PURPOSE}, history)[0].outcome is Outcome.UNKNOWN


def test_doc_4_no_readme_does_not_apply() -> None:
    history = HistoryFacts(readme_age_days=400.0, entry_points_changed=1.0)
    assert age({}, history)[0].outcome is Outcome.NOT_APPLICABLE


def test_doc_4_no_entry_point_does_not_apply() -> None:
    history = HistoryFacts(readme_age_days=400.0, entry_points_changed=None)
    assert age({"README.md": PURPOSE}, history)[0].outcome is Outcome.NOT_APPLICABLE


def test_doc_4_old_readme_whose_entry_points_rest_is_clear() -> None:
    history = HistoryFacts(readme_age_days=900.0, entry_points_changed=0.3)
    assert age({"README.md": PURPOSE}, history)[0].outcome is Outcome.CLEAR


STARTED = f"{PURPOSE}\n\n```bash\npython train.py\n```\n"


@pytest.mark.parametrize("more", ["", "\n## Examples\n\nBelow.\n"])
def test_doc_4_readme_that_says_nothing_of_starting_is_clear(more: str) -> None:
    history = HistoryFacts(readme_age_days=182.5, entry_points_changed=1.0)
    assert age({"README.md": PURPOSE + more}, history)[0].outcome is Outcome.CLEAR


def test_doc_4_readme_left_behind_is_found() -> None:
    result, findings = age({"README.md": STARTED}, HistoryFacts(readme_age_days=182.5, entry_points_changed=1.0))
    assert (result.outcome, result.value, result.badness) == (Outcome.FOUND, 182.5, 0.5)
    assert [(finding.path, finding.evidence["days"]) for finding in findings] == [("README.md", 182)]
