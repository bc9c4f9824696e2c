"""Prose: what passes no check first."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.facts import Command, DocFacts
from scoring.readers.base import Unreadable
from scoring.readers.docs import READERS

READ = {reader.name.partition(".")[2]: reader.read for reader in READERS}


def facts(text: str, kind: str = "readme") -> DocFacts:
    read = READ[kind](text.encode())
    assert isinstance(read, DocFacts)
    return read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Title\n",
        "# Title\n\n[![badge](https://x/y.svg)](https://x)\n\nShort line.\n",
        "# Model structure\n\n## Data structures\n\n## Database\n",
        '# x\n\n```json\n{"a": 1}\n```\n',
        "<!-- a comment about installing -->\n",
    ],
)
def test_readme_passes_no_check(text: str) -> None:
    assert facts(text).checks == ()


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("# Churn\n\nPredicts which customers leave next month, for the team that calls them.\n", "purpose"),
        ("# x\n\n## Overview\n", "purpose"),
        ("<h1>Churn</h1>\n\n## What is it?\n", "purpose"),
        ("# x\n\n## Installation\n", "set-up"),
        ("# x\n\n```bash\npip install -r requirements.txt\n```\n", "set-up"),
        ("# x\n\nRun `pip install churn` first.\n", "set-up"),
        ("x\n=\n\nPrerequisites\n-------------\n", "set-up"),
        ("# x\n\n## Usage\n", "run"),
        ("# x\n\n```\npython train.py --epochs 3\n```\n", "run"),
        ("# x\n\n    $ dvc repro\n", "run"),
        ("# x\n\n```python\nimport x\n```\n", "run"),
        ("# x\n\n## Dataset\n", "data"),
        ("# x\n\nTrained on the [COCO dataset](https://cocodataset.org).\n", "data"),
        ("# x\n\n```sh\ndvc pull\n```\n", "data"),
        ("# x\n\n## Contact\n", "contact"),
        ("# x\n\nMaintained by the growth team.\n", "contact"),
        ("# x\n\nAsk ann@example.org\n", "contact"),
    ],
)
def test_readme_passes_one_check(text: str, check: str) -> None:
    assert facts(text).checks == (check,)


@pytest.mark.parametrize(
    ("line", "check"),
    [
        ("**[The documentation](https://churn.readthedocs.io)**", "set-up"),
        ("Beside [its](https://pytorch.org/docs/stable/) we have [ours](https://example.org/docs/).", "set-up"),
        ("See [INSTRUCTIONS](INSTRUCTIONS.md) to use it.", "run"),
        ("* [Quick start guide](docs/quickstart.md)", "run"),
        ("Python codes for common algorithms", "purpose"),
        ("Implementing different approaches to churn", "purpose"),
        ("Extra batteries for a well-known program", "purpose"),
        ("Then run `cd example ; go run ../churn.txt`", "run"),
        ("Get it by `go get example.org/churn`", "set-up"),
        ("Check out my [ML blog](https://example.org) for posts.", "contact"),
        ("Learn more at https://example.org/churn", "run"),
        ("The tutorial itself can be `found here <https://example.org/churn>`_.", "run"),
        ("See [churn](https://example.org/churn) for a description.", "set-up"),
        ("See [DEVELOPERS.md](./DEVELOPERS.md)", "set-up"),
        ("* train_model.py: trains on some toy data", "run"),
        ("Clone the repo and do things like\n\n```\nIn [1]: from churn import fit\n```", "run"),
        ("Clone the repo and do things like\n\n```\nIn [1]: from churn import fit\n```", "set-up"),
        ("Requirements: 16 GB of memory, Keras 0.2.0", "set-up"),
        ("Images are kept in `data/train`.", "data"),
        ("Trained on the Telco Churn dataset.", "data"),
        ("KAGGLE_DISTRACTED_DRIVER, the first solution", "data"),
        ("Guides are in the documentation_.", "set-up"),
        ("Metrics are collected from the hosts: the data of two weeks.", "data"),
        ("Put train_identity.csv beside the script.", "data"),
        ("Trained on MNIST.", "data"),
        ("The regression is fit on a library's breast cancer dataset.", "data"),
        ("Documentation: https://churn.readthedocs.io/en/latest/", "run"),
        ("[![me](https://img.shields.io/twitter/follow/ann?style=social)](https://example.org)", "contact"),
        ("2nd place solution of a challenge", "data"),
        ("All datasets used in the training process:\n- LFPW: https://example.org/lfpw/", "data"),
        ("Copyright © 2022-26 Example Group plc.", "contact"),
        ("- Written by me (Ann)", "contact"),
        ("**Authors**: [Ann](https://example.org/ann)", "contact"),
        ("The source code for the paper by [Ann Lee](https://example.org/ann).", "contact"),
        ("- Ann ([page](https://www.linkedin.com/in/ann/))", "contact"),
        ("Keep an eye out in the `issues` of this repo.", "contact"),
        ("## Team members", "contact"),
        ("### Connect with me", "contact"),
        ("The code of my book on churn.", "contact"),
        ("The codes of the Churn YouTube channel.", "contact"),
        ("How to take part: [guide](docs/CONTRIBUTING.md)", "contact"),
        ("Publications\n------------\n* Ann Lee (2016)", "contact"),
        ("```\n@misc{churn,\nauthor={Ann Lee},\n}\n```", "contact"),
    ],
)
def test_readme_tells_a_part_in_other_words(line: str, check: str) -> None:
    assert check in facts(f"# x\n\n{line}\n").checks


@pytest.mark.parametrize(
    ("line", "check"),
    [
        ("![docs](docs/banner.png)", "set-up"),
        ("Goes with [`torchvision`](https://pytorch.org/docs/stable/torchvision/index.html).", "set-up"),
        ("Rows come as frames, see https://docs.python.org/3/library/csv.html", "run"),
        ("The data augmentation is strong.", "data"),
        ("```\n@misc{churn,\n  title={Churn}\n}\n```", "run"),
        ("```\n├── src\n└── README.md\n```", "run"),
        ("```yaml\na: 1\n```", "run"),
        ("It can be used with your own dataset.", "data"),
        (".. image:: https://readthedocs.org/projects/churn/badge/", "set-up"),
        ("This work was inspired by [Ann Lee](https://example.org/ann).", "contact"),
        ("[![tweet](https://example.org/badge/twitter.svg)](https://example.org)", "contact"),
    ],
)
def test_readme_tells_no_part_in_like_words(line: str, check: str) -> None:
    assert check not in facts(f"# x\n\n{line}\n").checks


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Install it.", ()),
        ("Run `pip install -U churn` or `conda install -c conda-forge churn-lib`.", ("churn", "churn-lib")),
        ("[![v](https://img.shields.io/pypi/v/churn.svg)](https://pypi.example/project/churn/)", ("churn",)),
    ],
)
def test_readme_names_what_is_installed(text: str, names: tuple[str, ...]) -> None:
    assert facts(text).installs == names


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Predicts which customers leave, for the team that calls them. " * 9, True),
        ("Este projeto prevê quais clientes vão sair, para a equipe de vendas. " * 9, False),
        ("Das Modell sagt vorher, welche Kunden gehen, und wird jede Woche neu gelernt. " * 9, False),
        ("本项目预测哪些客户会离开，供销售团队使用。" * 9, False),
        ("Short.", True),
    ],
)
def test_readme_language_shows_in_its_prose(text: str, english: bool) -> None:
    assert facts(f"# x\n\n{text}\n").english is english


@pytest.mark.parametrize(
    "text",
    [
        "# x\n\n```\ngit clone git@github.com:o/r.git\n```\n",
        "# x\n\n## Weights provided by the authors of the original paper\n",
    ],
)
def test_readme_names_no_contact(text: str) -> None:
    assert "contact" not in facts(text).checks


def test_readme_commands_and_headings() -> None:
    text = (
        "# Title <a name='t'></a>\n\n```console\n$ git clone x\nCloning into x\n$ pip install \\\n    -e .\n```\n\n"
        "Sub\n---\n\n```python\nx = 1\n!pip install y\n```\n\n```yaml\npip: 1\n```\n"
    )
    read = facts(text)
    assert read.headings == (("Title", 1), ("Sub", 10))
    assert read.commands == (Command(4, "git clone x"), Command(6, "pip install -e ."), Command(15, "pip install y"))


def test_rst_directives_and_literal_blocks() -> None:
    text = "Title\n=====\n\n.. code-block:: bash\n   :linenos:\n\n   pip install x\n\nText\n\n    python train.py\n"
    read = facts(text)
    assert read.headings == (("Title", 1),)
    assert read.commands == (Command(7, "pip install x"), Command(11, "python train.py"))


def test_front_matter_keys() -> None:
    read = facts("---\nlicense: mit\nlibrary_name: peft\ntags:\n- x\n---\n# Model\n\ntwo words\n")
    assert (read.front_matter, read.words, read.headings) == (("license", "library_name", "tags"), 2, (("Model", 7),))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# Guide\n\n## Limitations\n", "prose"),
        ("# m\n\n## Intended use\n\n## Training data\n\n## Limitations\n", "model-card"),
    ],
)
def test_prose_with_the_headings_of_a_model_card(text: str, kind: str) -> None:
    assert facts(text, "prose").kind == kind


def test_prose_is_not_checked() -> None:
    assert facts("# x\n\n## Installation\n", "prose").checks == ()


@pytest.mark.parametrize("kind", sorted(READ))
@given(
    data=st.one_of(st.binary(max_size=200), st.text(alphabet="#=-`~. \n[]()<>h1/$apip", max_size=150).map(str.encode))
)
def test_docs_any_bytes_raise_only_unreadable(kind: str, data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        READ[kind](data)


@pytest.mark.parametrize(
    "text",
    [
        "# Apples\n\nSorts apples.\n",
        "# Apples\n\n## Modules\n",
        "# Apples\n\nOf course it sorts apples.\n",
        "# Apples\n\nThis project sorts apples. See the tutorial.\n",
        "# Apples\n" + "\nA line.\n" * 40 + "\nThis repository holds tutorials.\n",
    ],
)
def test_readme_teaches_nothing(text: str) -> None:
    assert facts(text).teaches is False


@pytest.mark.parametrize(
    "text",
    [
        "# A course on apples\n",
        "# Apples, a handbook\n",
        "# Lab code on apples\n",
        "# Code for the apple book\n",
        "# Apples\n\n## Tutorials\n",
        "# Apples\n\n## Course outline:\n",
        "# Apples\n\nThis repository contains exercises about apples.\n",
        "# Apples\n\nThe notebooks of the teaching material.\n",
        "# Apples\n\nCode of all examples in the second edition of our book.\n",
        "# Apples\n\nThis is a compilation of code on the Apple YouTube channel.\n",
    ],
)
def test_readme_teaches(text: str) -> None:
    assert facts(text).teaches is True


def test_other_prose_teaches_nothing() -> None:
    assert facts("# A course on apples\n", "prose").teaches is False
