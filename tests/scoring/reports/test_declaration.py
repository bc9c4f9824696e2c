"""The printed debtboard.toml: read by the reader of declarations without a problem, whatever the names are."""

from pathlib import Path

import pytest

from scoring.__main__ import init
from scoring.analyses.proposal import propose
from scoring.readers.declaration import read
from scoring.reports.declaration import render
from scoring.testing import COMMIT, facts_from
from tests.scoring.sources.git_lab import Lab

FIT = 'from sklearn.svm import SVC\n\nif __name__ == "__main__":\n    SVC().fit(1, 2)\n'
FILES = {
    "churn/train.py": FIT + '    import joblib\n\n    joblib.dump(value=1, filename="churn.pkl")\n',
    "examples/train.py": FIT,
    "make.py": "import pandas as pd\n\npd.DataFrame().to_csv('out/a.csv')\n",
    "use.py": "import pandas as pd\n\npd.read_csv('out/a.csv')\n",
    "conf/a.yaml": "data:\n  path: s3://bucket/raw\n",
}


def printed(files: dict[str, str]) -> bytes:
    return render(propose(facts_from(files)), COMMIT)


@pytest.mark.parametrize(
    "path",
    [
        'we"ird\\/train.py',
        "new\nline # x/train.py",
        "caf\xe9/train.py",
        "] = [/train.py",
        "\u202e/train.py",
    ],
)
def test_hostile_name_stays_a_name(path: str) -> None:
    data = printed({path: FIT, "other/train.py": FIT})
    facts = read(data)
    assert facts.problems == ()
    assert sorted(entry for _, entry, _, _ in facts.models) == sorted([path, "other/train.py"])
    assert all(mark.isprintable() for line in data.decode().split("\n") for mark in line)


def test_place_that_no_declaration_may_hold_is_a_question() -> None:
    data = printed({"\x1b[31m/train.py": FIT, "other/train.py": FIT})
    facts = read(data)
    assert (facts.problems, [entry for _, entry, _, _ in facts.models]) == ((), ["other/train.py"])
    assert "# ?[31m/train.py" in data.decode()


def test_repository_without_code_declares_only_itself() -> None:
    facts = read(printed({}))
    assert (facts.problems, facts.models, facts.consumers, facts.aliases) == ((), (), (), ())
    assert [path for path, _, _ in facts.components] == [""]


def test_proposal_is_read_back_as_it_was_meant() -> None:
    facts = read(printed(FILES))
    assert facts.problems == ()
    assert [(name, entry) for name, entry, _, _ in facts.models] == [("churn", "churn/train.py")]
    assert [(data, declared) for data, declared, _ in facts.consumers] == [("out/a.csv", ("use.py",))]
    assert facts.aliases == (("cfg:data.path", "s3://bucket/raw"),)
    assert facts.components == (("", "", "prototype"),)


def test_every_guess_names_its_place_and_what_is_unsure_is_a_comment() -> None:
    text = printed(FILES).decode()
    assert 'outputs = ["churn.pkl"]  # churn/train.py:7\n' in text
    assert 'entry_point = "churn/train.py"  # churn/train.py:4 fits sklearn.svm.SVC\n' in text
    assert "# examples/train.py  (examples/train.py:4 fits sklearn.svm.SVC)\n" in text
    assert '# team = ""' in text


def test_bytes_are_the_same_for_the_same_files() -> None:
    assert printed(FILES) == printed(dict(reversed(FILES.items())))


def test_init_prints_to_stdout_and_tells_of_a_declaration(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    lab = Lab(tmp_path / "r.git")
    lab.point(lab.commit(lab.files(FILES | {"debtboard.toml": "[scan]\n"})))
    assert init([str(lab.path)]) == 0
    out, err = capsysbinary.readouterr()
    assert read(out).problems == ()
    assert err == b"debtboard: It has a debtboard.toml already; what is printed does not know it.\n"


def test_init_of_no_repository_is_one_line_and_exit_2(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert init(["nowhere-at-all"]) == 2
    out, err = capsysbinary.readouterr()
    assert (out, err.count(b"\n")) == (b"", 1)
