"""`debtboard scan --flags`: an export of feature flags on the command line, told of each week as it stood then."""

import json
from pathlib import Path

import jsonschema
import pytest

from scoring.__main__ import main
from tests.scoring.sources.git_lab import DAY, Lab

MONDAY = 1_772_442_000
SCHEMA = json.loads((Path(__file__).parents[2] / "scoring/reports/report-1.schema.json").read_text("utf-8"))
ASKS = "import ldclient\n\n\ndef rank(rows, who):\n    return rows if ldclient.get().variation('new', who, 0) else []\n"
NEW = {
    "items": [
        {
            "key": "new",
            "variations": [{"value": 1}],
            "environments": {"live": {"on": False, "offVariation": 0, "lastModified": 1_735_689_600_000}},
        }
    ]
}


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        (None, (), "can't be read (No such file or directory); name an export of feature flags."),
        ('{"flags": {\n', (), "It is no JSON that can be read: it ends too early, in line 2."),
        ('{"items": [{"key": 1}]}', (), "It is no export of LaunchDarkly: Expected `str`, got `int` - at"),
        (json.dumps(NEW), ("--flags-date", "soon"), "--flags-date 'soon' is not a date; write it as 2026-11-21"),
    ],
)
def test_flags_that_can_not_be_used_are_one_line_and_exit_2(
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    text: str | None,
    more: tuple[str, ...],
    said: str,
) -> None:
    given = tmp_path / "flags.json"
    if text is not None:
        given.write_text(text)
    lab = Lab(tmp_path / "flags.git")
    lab.point(lab.commit(lab.files({"serve.py": ASKS}), time=MONDAY))
    code, out, err = run(capsysbinary, str(lab.path), "--flags", str(given), *more, "--quiet")
    assert (code, out, err.count("\n"), said in err) == (2, b"", 1, True)


def test_flags_are_told_of_each_week_as_of_that_commit_alone(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    lab = Lab(tmp_path / "flags.git")
    first = lab.commit(lab.files({"serve.py": ASKS}), time=MONDAY)
    lab.point(lab.commit(lab.files({"serve.py": f"\n{ASKS}"}), (first,), time=MONDAY + 8 * DAY))
    given = tmp_path / "flags.json"
    given.write_text(json.dumps(NEW))
    asked = (str(lab.path), "--flags", str(given), "--quiet")
    _, told, _ = run(capsysbinary, *asked, "--history", "3", "--format", "json")
    report = json.loads(told)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert (report["flags"]["system"], report["flags"]["flags"], report["flags"]["taken_at"]) == (
        "LaunchDarkly",
        1,
        report["as_of"],
    )
    (row,) = [row for row in report["signals"] if row["id"] == "dec.2"]
    assert (row["outcome"], row["value"], row["findings"]) == ("found", 1.0, 1)
    assert [(found["path"], found["line"]) for found in report["findings"] if found["signal"] == "dec.2"] == [
        ("serve.py", 6)
    ]
    past = report["history"][1]
    again = ("--rev", past["commit"], "--as-of", past["as_of"], "--flags-date", report["as_of"], "--format", "json")
    _, alone, _ = run(capsysbinary, *asked, *again, "--history", "1")
    assert json.loads(alone)["history"] == [past]
    for form in ("text", "markdown"):
        _, shown, _ = run(capsysbinary, *asked, "--format", form)
        assert "1 flag of LaunchDarkly, as exported on 2026-03-10" in shown.decode()


def run(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, bytes, str]:
    code = main([str(argument) for argument in arguments])
    captured = capsysbinary.readouterr()
    return code, captured.out, captured.err.decode()
