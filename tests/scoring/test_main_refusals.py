"""What the command line says of input that it can't use: one line, what and what to do, and exit 2."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from scoring.__main__ import SHALLOW, catalogue, init, main
from scoring.contract import main as signals
from tests.scoring.sources.git_lab import ENVIRONMENT, Lab

TRAIN = "from sklearn.svm import SVC\n\nSVC().fit([[1]], [1])\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    lab = Lab(tmp_path / "r.git")
    first = lab.commit(lab.files({"train.py": TRAIN}))
    lab.point(lab.commit(lab.files({"train.py": TRAIN, "README.md": "# R\n"}), (first,)))
    return lab.path


def run(capsysbinary: pytest.CaptureFixture[bytes], *arguments: object) -> tuple[int, bytes, str]:
    code = main([str(argument) for argument in arguments])
    captured = capsysbinary.readouterr()
    return code, captured.out, captured.err.decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere-at-all"], "There is no folder nowhere-at-all: check the path, or begin an address with https://."),
        (["github.com/o/r"], "There is no folder github.com/o/r: check the path, or begin an address with https://."),
        ([""], "The target is empty: name a folder or an address."),
        (["{repository}/.."], "The folder is not a git repository: name one that holds .git, or a bare one."),
        (["{repository}", "--rev", "nope"], "There is no branch, tag or commit named 'nope'"),
        ([__file__], f"{__file__} is a file; name the repository that holds it"),
        (
            ["{repository}", "--rev", ""],
            "The revision is not a name that git allows: give a branch, a tag or a commit.",
        ),
        (["{repository}", "--as-of", ""], "--as-of '' is not a date; write it as 2026-11-21"),
        (["{repository}", "--exclude", "/srv/**"], "--exclude '/srv/**' is absolute: patterns begin at"),
        (["{repository}", "--as-of", "2020-01-01"], "--as-of 2020-01-01 is before "),
        (["{repository}", "--as-of", "yesterday"], "--as-of 'yesterday' is not a date; write it as 2026-11-21"),
        (["{repository}", "--history", "521"], "--history takes 0 to 520 weeks"),
        (["{repository}", "--component", "services/none"], "services/none is no folder of"),
        (["{repository}", "--output", "/nowhere/at/all"], "/nowhere/at/all can't be written (there is no such folder)"),
        (["{repository}", "--output", "/tmp"], "/tmp can't be written (it is a folder); name a file in a folder that"),
        (
            ["{repository}", "--flags-date", "2026-01-01"],
            "--flags-date says what moment an export speaks of; give that",
        ),
        (["{repository}", "--signals", "/nowhere"], "/nowhere: there is no such folder; name the one that holds your"),
        (["https://127.0.0.1/r.git"], "The host is not public"),
    ],
)
def test_unusable_input_is_one_line_and_exit_2(
    repository: Path, capsysbinary: pytest.CaptureFixture[bytes], arguments: list[str], said: str
) -> None:
    code, out, err = run(capsysbinary, *[part.format(repository=repository) for part in arguments], "--quiet")
    assert (code, out) == (2, b"")
    assert err.startswith(f"debtboard: {said}")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "arguments", "said"),
    [
        (main, ["r", "--profile", "nope"], "argument --profile: invalid choice: 'nope' (choose from"),
        (main, ["r", "--ruler", "2020"], "unrecognized arguments: --ruler 2020"),
        (main, ["r", "--history", "many"], "argument --history: invalid int value: 'many'"),
        (main, [], "the following arguments are required: TARGET"),
        (init, [], "the following arguments are required: TARGET"),
        (catalogue, ["--format", "xml"], "argument --format: invalid choice: 'xml'"),
        (signals, [], "the following arguments are required: command"),
    ],
)
def test_option_that_is_not_known_is_one_line_and_exit_2(
    capsys: pytest.CaptureFixture[str], command: Callable[[list[str]], int], arguments: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        command(arguments)
    out, err = capsys.readouterr()
    assert (ended.value.code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"debtboard: {said}")
    assert re.search(r"`debtboard \w+ --help` says what it takes\.\n$", err)


@pytest.mark.parametrize("written", ["services/churn", "./services/churn", "services//churn/", "/services/churn"])
def test_component_may_be_written_as_a_shell_completes_it(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], written: str
) -> None:
    lab = Lab(tmp_path / "r.git")
    lab.one({"services/churn/train.py": TRAIN, "other.py": "import os\n"})
    code, out, _ = run(capsysbinary, lab.path, "--component", written, "--quiet")
    assert (code, out.splitlines()[0]) == (0, b"Debtboard  component services/churn, profile production")
    whole = run(capsysbinary, lab.path, "--quiet")
    assert [run(capsysbinary, lab.path, "--component", root, "--quiet") for root in (".", "/")] == [whole, whole]


def test_mistakes_in_a_declaration_are_told_with_their_lines_and_stop_nothing(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    lab = Lab(tmp_path / "r.git")
    lab.one({"train.py": TRAIN, "debtboard.toml": "[scan]\nexclude = 3\n" + "".join(f"a{n} = 1\n" for n in range(5))})
    code, _, err = run(capsysbinary, lab.path, "--quiet")
    lines = err.splitlines()
    assert (code, len(lines)) == (0, 6)
    assert lines[0] == "debtboard: debtboard.toml:2: scan.exclude must be a list of texts."
    assert lines[5].startswith("debtboard: debtboard.toml: 1 more mistake; ")
    lab.one({"train.py": TRAIN, "debtboard.toml": "[scan\n"})
    code, _, err = run(capsysbinary, lab.path, "--quiet")
    assert (code, err) == (
        0,
        "debtboard: debtboard.toml:1: debtboard.toml is not valid TOML; nothing in it counts.\n",
    )


def test_shallow_clone_is_scanned_and_said_to_be_one(
    repository: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    shallow = tmp_path / "shallow.git"
    command = ["git", "clone", "-q", "--bare", "--depth", "1", f"file://{repository}", str(shallow)]
    subprocess.run(command, env=ENVIRONMENT, check=True)
    code, _, err = run(capsysbinary, shallow)
    assert (code, err.splitlines()[-1]) == (0, f"debtboard: {SHALLOW}")
    assert SHALLOW not in run(capsysbinary, repository)[2]
    assert run(capsysbinary, shallow, "--quiet")[2] == ""


def test_branch_whose_newest_commit_is_gone_is_said_to_be_damaged(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    lab = Lab(tmp_path / "r.git")
    lab.loose(lab.one({"a.py": "1"})).unlink()
    code, out, err = run(capsysbinary, lab.path, "--quiet")
    assert (code, out) == (2, b"")
    assert err == "debtboard: The newest commit of 'main' is missing or damaged: clone it again.\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "can't be read (No such file or directory); name a SARIF file."),
        ("{", "It is no JSON that can be read: Input data was truncated."),
        ('{"version": "1.0.0"}', "Its version is '1.0.0': SARIF 2.1.0 is read."),
    ],
)
def test_sarif_that_can_not_be_used_is_one_line_and_exit_2(
    repository: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], text: str | None, said: str
) -> None:
    given = tmp_path / "x.sarif"
    if text is not None:
        given.write_text(text)
    code, out, err = run(capsysbinary, str(repository), "--sarif", str(given), "--quiet")
    assert (code, out, err.count("\n")) == (2, b"", 1)
    assert err.startswith(f"debtboard: {given}")
    assert err.endswith(f"{said}\n")


def test_empty_repository_is_told(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, _, err = run(capsysbinary, Lab(tmp_path / "empty.git").path, "--quiet")
    assert (code, err) == (2, "debtboard: The repository has no commits yet: push one, then scan again.\n")
