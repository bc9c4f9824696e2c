"""What an entry to a contest is not asked for: it is published when it is over, as it was."""

import pytest

from scoring.analyses.contests import is_entry
from scoring.testing import check_found, check_unknown, facts_from

MODEL = (
    "from sklearn.svm import SVC\n\n\ndef scale(rows):\n    low, high = min(rows), max(rows)\n"
    "    return [(row - low) / (high - low) for row in rows]\n\n\ndef train(rows, labels):\n"
    "    model = SVC(random_state=1)\n    model.fit(rows, labels)\n    return model\n\n\n"
    "def score(model, rows):\n    found = model.predict(rows)\n    return list(found)\n"
)


SOLUTION = "The source code of the 1st place solution for [Sounds](https://kaggle.com/c/sounds)."
TUTORIAL = "This tutorial shows how to build a network for Kaggle 2nd Annual Data Science Bowl competition."


@pytest.mark.parametrize("says", [SOLUTION, TUTORIAL])
@pytest.mark.parametrize("signal", ["tst.1", "tst.3", "mul.5"])
def test_entry_to_a_contest_is_asked_for_no_tests_and_no_checks(signal: str, says: str) -> None:
    entry = f"# Sounds\n\n{says}\n"
    files = {"model.py": MODEL, "kernel.cpp": "".join(f"int x{number} = {number};\n" for number in range(200))}
    check_found(signal, {**files, "README.md": "# Sounds\n\nFinds out what can be heard, for the archive.\n"})
    check_unknown(signal, {**files, "README.md": entry})


@pytest.mark.parametrize(
    "says",
    [
        "This repository addresses the challenge of predicting churn, for three banks.",
        "The code tracks the competition between retailers every night.",
        "First place your data into rows/ and start the service.",
        "Our second solution has answered all calls since 2021.",
        "Code of the pricing service that beats the competition.",
    ],
)
def test_words_of_contests_make_no_entry_by_themselves(says: str) -> None:
    assert not is_entry(facts_from({"model.py": MODEL, "README.md": f"# Sounds\n\n{says}\n"}))


@pytest.mark.parametrize(
    "says", ["My code for the ISIC challenge.", "Second place in the data cup.", "Solution of the competition in 2018."]
)
def test_entries_say_what_contest_they_were_in(says: str) -> None:
    assert is_entry(facts_from({"model.py": MODEL, "README.md": f"# Sounds\n\n{says}\n"}))
