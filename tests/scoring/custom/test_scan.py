"""Own signals on the command line: `debtboard scan --signals`, `debtboard signals check`, and the README's example."""

import json
import re
import textwrap
from pathlib import Path

import jsonschema
import pytest

from scoring.__main__ import catalogue, main
from scoring.contract import main as signals
from scoring.debts import own
from tests.scoring.custom.folders import GOOD, PAGE, SCORED, folder_of, whole
from tests.scoring.sources.git_lab import DAY, Lab

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "scoring/reports/report-1.schema.json").read_text("utf-8"))
MONDAY = 1_772_442_000
SERVE = "import acme_features\nfrom sklearn.svm import SVC\n\nMODEL = SVC(random_state=1)\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    lab = Lab(tmp_path / "r.git")
    first = lab.commit(lab.files({"serve.py": SERVE}), time=MONDAY)
    lab.point(lab.commit(lab.files({"serve.py": f"import os\n{SERVE}"}), (first,), time=MONDAY + 8 * DAY))
    return lab.path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([*map(str, arguments), "--quiet"])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def check(capsys: pytest.CaptureFixture[str], folder: Path) -> tuple[int, list[str], str]:
    code = signals(["check", str(folder)])
    captured = capsys.readouterr()
    return code, captured.out.splitlines(), captured.err


# ---------------------------------------------------------------- scan


def test_folder_that_is_absent_is_one_line_and_exit_2(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, repository, "--signals", "/nowhere/at/all") == (
        2,
        "",
        "debtboard: /nowhere/at/all: there is no such folder; name the one that holds your signals.\n",
    )
    assert own() is None


def test_scan_tells_of_a_broken_file_and_goes_on(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_of(tmp_path, {"acme_rules.py": GOOD, "broken.py": "def (\n"})
    code, out, err = run(capsys, repository, "--signals", folder, "--format", "json", "--history", "3")
    document = json.loads(out)
    jsonschema.validate(document, SCHEMA)
    assert (code, err) == (0, "debtboard: broken.py does not parse: invalid syntax (line 1).\n")
    assert [(file["name"], file["signals"], file["problem"]) for file in document["own"]] == [
        ("acme_rules.py", ["x-acme.1"], ""),
        ("broken.py", [], "does not parse: invalid syntax (line 1)"),
    ]
    assert [(row["id"], row["outcome"]) for row in document["signals"] if row["id"].startswith("x-")] == [
        ("x-acme.1", "found"),
        ("x-broken.0", "error"),
    ]
    assert [(row["path"], row["line"]) for row in document["findings"] if row["signal"] == "x-acme.1"] == [
        ("serve.py", 2)
    ]
    assert [week["debts"]["x-acme-rules"]["index"]["value"] for week in document["history"]] == [25.0, 25.0]
    assert own() is None


def test_folder_of_the_environment_is_taken_and_the_option_goes_before_it(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path, {"acme_rules.py": GOOD})
    empty = tmp_path / "empty"
    empty.mkdir(mode=0o755)
    monkeypatch.setenv("DEBTBOARD_SIGNALS", str(folder))
    told = run(capsys, repository)[1]
    assert "your own signals, acme_rules.py: x-acme.1\n" in told
    assert "imports acme_features [x-acme.1, yours]\n" in told
    plain = run(capsys, repository, "--signals", empty)[1]
    monkeypatch.delenv("DEBTBOARD_SIGNALS")
    assert plain == run(capsys, repository)[1]
    assert "yours" not in plain


@pytest.mark.parametrize("format", ["markdown", "sarif"])
def test_every_report_holds_them(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str
) -> None:
    folder = folder_of(tmp_path, {"acme_rules.py": GOOD, "broken.py": "def (\n"})
    code, out, _ = run(capsys, repository, "--signals", folder, "--format", format)
    assert (code, "x-acme.1" in out, "broken.py" in out) == (0, True, True)


def test_catalogue_holds_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = folder_of(tmp_path, {"acme_rules.py": GOOD})
    assert catalogue(["--format", "json", "--signals", str(folder)]) == 0
    last = json.loads(capsys.readouterr().out)["debts"][-1]
    assert (last["slug"], [signal["id"] for signal in last["signals"]]) == ("x-acme-rules", ["x-acme.1"])


def test_signal_that_raises_is_told_on_stderr_and_in_the_text_and_costs_no_scan(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raising = GOOD.replace("    found = [", "    assert not facts.imports\n    found = [")
    assert raising != GOOD
    folder = folder_of(tmp_path, {"acme_rules.py": raising, "broken.py": "def (\n"})
    code, out, err = run(capsys, repository, "--signals", folder)
    said = [line for line in err.splitlines() if "x-acme.1" in line]
    assert (code, len(said), err.count("broken.py")) == (0, 1, 1)
    assert said[0].startswith(
        "debtboard: x-acme.1 could not be measured, and counts as unseen: it raises AssertionError"
    )
    block = out.partition("Could not be measured, and counts as unseen\n")[2].partition("\n\n")[0]
    assert block.startswith("  x-acme.1: it raises AssertionError")
    assert "x-broken" not in block


# ---------------------------------------------------------------- signals check


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "holds no file of signals; put one there, named like acme_rules.py.\n"),
        (None, "there is no such folder; name the one that holds your signals.\n"),
    ],
)
def test_folder_without_signals_is_unusable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str] | None, said: str
) -> None:
    folder = tmp_path / "signals" if files is None else folder_of(tmp_path, files)
    code, out, err = check(capsys, folder)
    assert (code, out, err.endswith(said)) == (2, [], True)


BARE = 'source=PY, anchors=(0, 4), severity=3, unit="imports"'


UNSEEN = "where its files are absent it is clear, and should not be: what was not seen is never clear."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def (\n", ["does not parse: invalid syntax (line 1)."]),
        (
            GOOD.replace("Imports of the retired client.", "Client"),
            ["the title, which is the docstring's first line, has 1 word: write 2 to 12."],
        ),
        (GOOD.replace("Why:", "Because:"), ['the docstring has no paragraph that begins "Why:".']),
        (GOOD.replace("Remedy:", "Cure:"), ['the docstring has no paragraph that begins "Remedy:".']),
        (
            GOOD.replace("The handbook of Acme (2026), section 4.", "Us."),
            ['the paragraph "Source:" has 1 word: write 4 to 80.'],
        ),
        (
            GOOD.replace("(__name__)", "(__name__, beside='glue')"),
            ["beside='glue' is no debt of the catalogue; `debtboard catalogue` lists them."],
        ),
        (
            PAGE + f"\n@debt.signal('x-acme.1', {BARE})\ndef signal(view):\n    return Unknown('none')\n",
            [
                "x-acme.1: its function has no docstring that says in a few words what is measured.",
                "x-acme.1: bad={path: text} is missing: an example of what it finds.",
                "x-acme.1: good={path: text} is missing: an example of what it accepts.",
            ],
        ),
        (
            whole("return Measure(0, 1)").replace("(__name__)", "(__name__, ml_only=False)"),
            ["x-acme.1: its bad example is clear, and should be found.", f"x-acme.1: {UNSEEN}"],
        ),
        (
            whole("return Unknown('no idea')"),
            [
                "x-acme.1: its bad example is unknown (no idea), and should be found.",
                "x-acme.1: its good example is unknown (no idea), and should be clear.",
            ],
        ),
        (
            whole("raise ValueError('odd')"),
            [
                "x-acme.1: its bad example is error (it raises ValueError at line 22: odd), and should be found.",
                "x-acme.1: its good example is error (it raises ValueError at line 22: odd), and should be clear.",
            ],
        ),
        (
            whole(
                "bad = any(i.module == 'acme_features' for file in view.product for i in file.facts.imports)\n"
                "global seen\nseen = globals().get('seen', 0) + bad\n"
                "return Measure(seen if bad else 0, 1) if view.product else NotApplicable('none')"
            ),
            ["x-acme.1: the same facts give another answer the second time."],
        ),
    ],
    ids=lambda value: "" if isinstance(value, str) else value[0][:40],
)
def test_each_rule_that_is_not_kept_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: list[str]
) -> None:
    code, out, err = check(capsys, folder_of(tmp_path, {"acme_rules.py": text}))
    assert (code, err) == (1, "")
    assert out[: len(said)] == [f"acme_rules.py: {sentence}" for sentence in said]


# ---------------------------------------------------------------- the README


def example() -> str:
    """The file that the README's section shows whole."""
    section = (ROOT / "README.md").read_text("utf-8").split("## Your own signals\n")[1].split("\n## ")[0]
    (block,) = re.findall(r'(?:^    """(?:.*\n)(?:(?:    .*)?\n)*)', section, re.MULTILINE)
    return textwrap.dedent(block).rstrip() + "\n"


def test_example_of_the_readme_keeps_the_contract_and_finds_what_it_says(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_of(tmp_path, {"acme_features.py": example()})
    assert check(capsys, folder) == (0, ["acme_features.py: x-acme.1: everything is kept."], "")
    assert "[x-acme.1, yours]" in run(capsys, repository, "--signals", folder)[1]


def test_contract_of_the_folders_of_these_tests_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(capsys, folder_of(tmp_path, {"acme_rules.py": GOOD}))[0] == 0
    assert SCORED in GOOD
