"""The parts of a README (doc.1): what tells one first, then what is missing."""

import json

import pytest

from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, facts_from, result_of

PURPOSE = "# Churn\n\nPredicts which customers leave in the next quarter, for the sales team.\n"
WHOLE = (
    PURPOSE
    + "\n## Installation\n\n```bash\npip install -r requirements.txt\n```\n\n## Training\n\n```bash\npython train.py\n"
    "```\n\n## Dataset\n\nInvoices of two years.\n\n## Contact\n\nThe churn team.\n"
)
UNREADABLE = b"\x00\xff\xfe"
TRAIN = {"train.py": "from sklearn.svm import SVC\n\nSVC().fit(rows, labels)\n"}


@pytest.mark.parametrize("files", [{}, {"README.md": ""}, {"README.md": "\n\n"}, {"docs/usage.md": WHOLE}])
def test_doc_1_removed_or_emptied_readme_is_found(files: dict[str, str]) -> None:
    assert check_found("doc.1", files).value == 0.0


def test_doc_1_unreadable_readme_is_unknown() -> None:
    check_unknown("doc.1", {**ML_FILE, "README.md": UNREADABLE})


def test_doc_1_whole_readme_is_clear() -> None:
    assert check_clear("doc.1", {"README.md": WHOLE}).value == 5.0


def test_doc_1_nearest_readme_counts_and_not_that_of_a_part() -> None:
    files = {**TRAIN, "README.md": PURPOSE, "services/api/README.md": WHOLE}
    assert check_found("doc.1", files, at=["README.md:1"] * 3).value == 1.0


def test_doc_1_readme_of_an_example_is_none() -> None:
    assert check_found("doc.1", {"examples/README.md": WHOLE}).value == 0.0


CONDUCT = "For more see the Code of Conduct FAQ or contact [open@example.org](mailto:open@example.org)"
PLAIN = "# Sounds\n\nFinds out what can be heard in a recording, for the archive.\n"
SETUP = "from setuptools import setup\n\nsetup(name='sounds', author='A. Lee', author_email='{}')\n"
POETRY = '[tool.poetry]\nname = "a"\nauthors = ["{}"]\n'


@pytest.mark.parametrize(
    ("names", "twin"),
    [
        ("\nChat with us in the [room](https://chat.mozilla.org/#/room/#x:y).\n", ""),
        ("\nPlease report any issues found in this project [here](https://example.org/a/b).\n", ""),
        ("\nPlease raise an issue for any correction.\n", "\nThis may raise an issue with old drivers.\n"),
        (
            "\nKnown faults: [list](https://github.com/ann/apples/issues).\n",
            "\nA fault: [one](https://github.com/ann/apples/issues/12).\n",
        ),
        (
            "\nSee [the post](https://www.kaggle.com/c/sounds/discussion/77320).\n",
            "\nSee [the rules](https://www.kaggle.com/c/sounds/rules).\n",
        ),
        (
            "\nWe, [lee](https://github.com/lee) and others, heard them.\n",
            "\nWe use [it](https://github.com/lee/it).\n",
        ),
        ("*By Hugo Lee and Ana Moss*\n", "*By and by*\n"),
        (f"\n{CONDUCT} with any additional questions or comments.\n", f"\n{CONDUCT}.\n"),
    ],
)
def test_doc_1_line_that_names_a_contact_counts(names: str, twin: str) -> None:
    told, _ = result_of("doc.1", facts_from({**ML_FILE, "README.md": PLAIN + names}))
    untold, _ = result_of("doc.1", facts_from({**ML_FILE, "README.md": PLAIN + twin}))
    assert (untold.value, told.value) == (1.25, 2.5)


@pytest.mark.parametrize(
    ("path", "names", "twin"),
    [
        ("setup.py", SETUP.format("lee@sounds.dev"), SETUP.format("you@example.com")),
        ("pyproject.toml", POETRY.format("A. Lee <lee@sounds.dev>"), POETRY.format("A. Lee")),
    ],
)
def test_doc_1_author_with_an_address_in_packaging_counts(path: str, names: str, twin: str) -> None:
    told, _ = result_of("doc.1", facts_from({**ML_FILE, "README.md": PLAIN, path: names}))
    untold, _ = result_of("doc.1", facts_from({**ML_FILE, "README.md": PLAIN, path: twin}))
    assert untold.value is not None
    assert told.value is not None
    assert told.value > untold.value


def test_doc_1_contact_that_is_missing_counts_and_is_not_told() -> None:
    readme = WHOLE.replace("\n\n## Contact\n\nThe churn team.\n", "\n")
    assert check_found("doc.1", {**TRAIN, "README.md": readme}, at=[]).value == 4.0


@pytest.mark.parametrize(
    ("line", "part"),
    [
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


def test_doc_1_remedy_names_the_part_that_is_missing() -> None:
    readme = WHOLE.replace("## Training\n\n```bash\npython train.py\n```\n\n", "")
    _, findings = result_of("doc.1", facts_from({**ML_FILE, "README.md": readme}))
    assert [finding.remedy for finding in findings] == [
        "Add to README.md the commands that run it, and those that train its model."
    ]


def test_doc_1_library_brings_no_data() -> None:
    files = {"README.md": WHOLE.replace("## Dataset\n\nInvoices of two years.\n\n", "")}
    assert check_found("doc.1", {**TRAIN, **files}).value == 4.0
    assert check_clear("doc.1", {**TRAIN, **files}, profile="library").value == 5.0


def test_doc_1_code_that_trains_nothing_brings_no_data() -> None:
    assert (
        check_clear("doc.1", {"README.md": WHOLE.replace("## Dataset\n\nInvoices of two years.\n\n", "")}).value == 5.0
    )


@pytest.mark.parametrize(
    "load",
    ["from sklearn.datasets import load_iris\nload_iris()\n", "import keras\nkeras.datasets.mnist.load_data()\n"],
)
def test_doc_1_data_that_a_package_brings_is_told_by_its_name(load: str) -> None:
    readme = {"README.md": WHOLE.replace("## Dataset\n\nInvoices of two years.\n\n", "")}
    assert check_clear("doc.1", {"train.py": load + TRAIN["train.py"], **readme}).value == 5.0


def test_doc_1_demonstration_on_made_up_data_does_not_tell_what_training_reads() -> None:
    readme = {"README.md": WHOLE.replace("## Dataset\n\nInvoices of two years.\n\n", "")}
    demo = {"demo.py": "from sklearn import datasets\n\ndatasets.make_blobs()\n" + TRAIN["train.py"]}
    _, findings = result_of("doc.1", facts_from({**TRAIN, **demo, **readme}))
    assert [finding.evidence["part"] for finding in findings] == ["data"]


@pytest.mark.parametrize(("rows", "told"), [("np.random.randn(9, 1)", False), ("np.load('rows.npy')", True)])
def test_doc_1_notebook_that_makes_its_data_up_is_asked_for_no_origin(rows: str, told: bool) -> None:
    source = f"import numpy as np\nfrom sklearn.svm import SVR\n\nrows = {rows}\nSVR().fit(rows, rows)\n"
    cell = {"cell_type": "code", "execution_count": 1, "source": source, "metadata": {}, "outputs": []}
    files = {"README.md": PURPOSE, "a.ipynb": json.dumps({"nbformat": 4, "cells": [cell]})}
    _, findings = result_of("doc.1", facts_from(files))
    assert ("data" in {finding.evidence["part"] for finding in findings}) is told


def test_doc_1_library_by_the_index_that_its_readme_names_brings_no_data() -> None:
    readme = WHOLE.replace("## Dataset\n\nInvoices of two years.\n\n", "Available by `pip install churn`.\n\n")
    files = {**TRAIN, "README.md": readme, "pyproject.toml": '[project]\nname = "churn"\nversion = "1"\n'}
    assert check_clear("doc.1", files).value == 5.0


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("AUTHORS.md", "contact"),
        ("CONTRIBUTING.md", "contact"),
        ("data/README.md", "data"),
        ("docs/dataset-card.md", "data"),
    ],
)
def test_doc_1_document_beside_the_readme_tells_a_part(path: str, part: str) -> None:
    files = {**TRAIN, "README.md": PURPOSE, path: "Told by those who know.\n"}
    result, findings = result_of("doc.1", facts_from(files))
    assert result.value == 2.0
    assert {finding.evidence["part"] for finding in findings} == {"data", "run", "set-up"} - {part}


FOREIGN = (
    "# Churn\n\n" + "Este projeto prevê quais clientes vão sair no próximo trimestre, para a equipe de vendas. " * 5
)


def test_doc_1_readme_in_another_language_is_unknown() -> None:
    check_unknown("doc.1", {**TRAIN, "README.md": FOREIGN})


def test_doc_1_readme_in_two_languages_is_read_in_english() -> None:
    assert check_clear("doc.1", {**TRAIN, "README.md": WHOLE, "README_PT.md": FOREIGN}).value == 5.0


def test_doc_1_missing_parts_are_named() -> None:
    _, findings = result_of("doc.1", facts_from({**TRAIN, "README.md": PURPOSE}))
    assert sorted(str(finding.evidence["part"]) for finding in findings) == ["data", "run", "set-up"]


def test_doc_1_course_is_asked_neither_for_data_nor_how_to_run() -> None:
    teaches = f"{PURPOSE}\nThis repository contains exercises about churn.\n"
    files = {"README.md": teaches, "week1/train.py": TRAIN["train.py"] * 9, "week2/train.py": TRAIN["train.py"] * 10}
    _, findings = result_of("doc.1", facts_from(files))
    assert {finding.evidence["part"] for finding in findings} == {"set-up"}


def test_doc_1_readmes_of_several_parts_tell_what_the_root_leaves_to_them() -> None:
    parts = {"first/README.md": WHOLE, "second/README.md": WHOLE}
    _, findings = result_of("doc.1", facts_from({**TRAIN, "README.md": PURPOSE, **parts}))
    assert findings == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("uvicorn app.main:app --reload", False),
        ("python own/grow.py --size 3", False),
        ("uvicorn is a server", True),
        ("python files", True),
    ],
)
def test_doc_1_command_on_a_line_of_its_own_says_how_to_run(line: str, told: bool) -> None:
    _, findings = result_of("doc.1", facts_from({**ML_FILE, "README.md": f"{PURPOSE}\n{line}\n"}))
    assert ("run" in {finding.evidence["part"] for finding in findings}) is told
