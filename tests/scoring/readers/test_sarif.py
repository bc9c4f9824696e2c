"""SARIF of other tools: what is taken of it, and what is refused with its line or field."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scoring.readers import sarif
from scoring.readers.sarif import NotSarif, read_sarif
from tests.scoring.readers.tool_logs import BANDIT, PYLINT, SEMGREP, log, result


def read(document: Any) -> tuple[sarif.ToolRun, ...]:
    return read_sarif(json.dumps(document).encode())


def changed(**fields: Any) -> bytes:
    return json.dumps({**log(result("a.py")), **fields}).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "It is no JSON that can be read: it is empty."),
        (b"a,b\n", "It is no JSON that can be read: line 1, invalid character."),
        (b'{\n"version": "2.1.0",\n"runs": [oh]}', "It is no JSON that can be read: line 3, invalid character."),
        (b'{"version": "2.1.0", "runs": [', "It is no JSON that can be read: Input data was truncated."),
        (
            b"\xff\xfe{\x00}\x00",
            "It is UTF-16, and SARIF is UTF-8: let the tool write the file itself (-o), not the shell.",
        ),
        (b"[1]", "It is JSON, and no SARIF 2.1.0: Expected `object`, got `array`."),
        (b"{}", "Its version is missing: SARIF 2.1.0 is read."),
        (changed(version="2.0.0"), "Its version is '2.0.0': SARIF 2.1.0 is read."),
        (changed(version=2.1), "It is JSON, and no SARIF 2.1.0: Expected `str | null`, got `float` - at `$.version`."),
        (b'{"version": "2.1.0"}', "It is JSON, and no SARIF 2.1.0: Object missing required field `runs`."),
        (changed(runs=[]), "It holds no run (runs is empty): run the tool again."),
        (
            changed(runs=[{"tool": {"driver": {"name": ""}}}]),
            "The tool has no name: $.runs[0].tool.driver.name is empty.",
        ),
        (
            json.dumps(log(result("a.py"), {"ruleId": 7, "message": {}})).encode(),
            "It is JSON, and no SARIF 2.1.0: Expected `str | null`, got `int` - at `$.runs[0].results[1].ruleId`.",
        ),
        (
            json.dumps(log({"ruleId": "E1"})).encode(),
            "It is JSON, and no SARIF 2.1.0: Object missing required field `message` - at `$.runs[0].results[0]`.",
        ),
    ],
)
def test_what_is_no_sarif_is_refused_with_its_place(data: bytes, said: str) -> None:
    with pytest.raises(NotSarif) as refusal:
        read_sarif(data)
    assert str(refusal.value).replace(" (byte 0)", "") == said


def test_too_large_and_too_deep_are_refused() -> None:
    with pytest.raises(NotSarif, match="It has 50 MB, and at most 20 are read"):
        read_sarif(b" " * 50_000_000)
    deep = b'{"version": "2.1.0", "x": ' + b"[" * 200_000
    with pytest.raises(NotSarif, match="It is no JSON that can be read"):
        read_sarif(deep)


def test_a_million_results_are_refused_with_their_number() -> None:
    head = b'{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":['
    row = b'{"message":{}},'
    with pytest.raises(NotSarif, match="It holds 1,000,000 results, and at most 50,000 are taken"):
        read_sarif(head + row * 999_999 + row[:-1] + b"]}]}")


def test_results_that_are_no_faults_are_counted_and_left_out() -> None:
    (run,) = read(
        log(
            result("a.py", kind="pass"),
            result("a.py", kind="open"),
            result("a.py", suppressions=[{"kind": "inSource"}]),
            result("a.py", suppressions=[{"kind": "external", "status": "rejected"}]),
            result("a.py", baselineState="absent"),
            result(None),
            {"message": {"text": "x"}, "locations": [{"logicalLocations": [{"name": "f"}]}]},
        )
    )
    assert len(run.results) == 1
    assert run.left_out == {
        "gone since the tool's baseline": 1,
        "not a fault": 2,
        "suppressed in the tool": 1,
        "without a place": 2,
    }


def test_run_without_results_is_a_run() -> None:
    (run,) = read({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "ruff"}}, "results": None}]})
    assert (run.tool, run.results, run.left_out) == ("ruff", (), {})


def test_odd_values_do_not_reach_a_page() -> None:
    (run,) = read(
        log(
            result("a.py", "E\u202e1\0", line=10**12, message={"text": "password = 'hunter2hunter2'\n\0" + "x" * 9000}),
            result("a.py", rule="", level="fatal", line=-4),
        )
    )
    first, second = run.results
    assert first.names == ("E 1",)
    assert (first.line, first.end_line, len(first.message)) == (0, 0, sarif.MAX_TEXT)
    assert "hunter2" not in first.message
    assert "\0" not in first.message
    assert (second.names, second.level, second.line) == (("without a rule",), "warning", 0)


def test_message_of_the_rule_is_filled_in() -> None:
    rules = [{"id": "R1", "messageStrings": {"default": {"text": "{0} is not {1}, {7}"}}}]
    driver = {"driver": {"name": "x", "rules": rules}}
    said = {"id": "default", "arguments": ["this", "that"]}
    row = {**result("a.py", "R1", ruleIndex=0), "message": said}
    (run,) = read({"version": "2.1.0", "runs": [{"tool": driver, "results": [row]}]})
    assert [found.message for found in run.results] == ["this is not that, {7}"]


def test_few_bytes_do_not_make_a_long_message() -> None:
    said = {"text": "{0}" * 100_000, "arguments": ["long " * 200_000]}
    (run,) = read(log({**result("a.py"), "message": said}))
    assert [len(found.message) for found in run.results] == [sarif.MAX_TEXT]


def test_address_longer_than_a_path_is_no_place() -> None:
    long = {"uri": "a/" * sarif.MAX_URI}
    row = result("a.py")
    row["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"] = "SRC"
    (run,) = read(log(result("a/" * sarif.MAX_URI), row, originalUriBaseIds={"SRC": long}))
    assert (run.results, run.left_out) == ((), {"without a place": 2})


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (["0001-01-01T00:00:00+14:00"], None),
        (["9999-12-31T23:59:59-14:00"], None),
        (["0001-01-01T00:00:00Z", "2026-03-05T03:28:48Z"], datetime(2026, 3, 5, 3, 28, 48, tzinfo=UTC)),
    ],
)
def test_time_that_no_clock_shows_is_not_said(ends: list[str], said: datetime | None) -> None:
    (run,) = read(log(result("a.py"), invocations=[{"endTimeUtc": end} for end in ends]))
    assert run.ended_at == said


def test_place_may_point_at_the_list_of_files() -> None:
    row = {"message": {"text": "x"}, "locations": [{"physicalLocation": {"artifactLocation": {"index": 1}}}]}
    files = [{"location": {"uri": "a.py"}}, {"location": {"uri": "b.py", "uriBaseId": "SRC"}}]
    bases = {"ROOT": {"uri": "file:///home"}, "SRC": {"uri": "src", "uriBaseId": "ROOT"}}
    (run,) = read(log(row, artifacts=files, originalUriBaseIds=bases))
    assert [(found.uri, found.base) for found in run.results] == [("b.py", "file:///home/src/")]


def test_bandit_as_documented() -> None:
    (run,) = read(BANDIT)
    assert (run.tool, run.version, run.ended_at) == ("Bandit", "1.7.8", datetime(2026, 3, 5, 3, 28, 48, tzinfo=UTC))
    assert [(f.names, f.level, f.uri, f.line) for f in run.results] == [
        (("B301", "blacklist"), "warning", "src/load.py", 9)
    ]


def test_pylint_as_documented() -> None:
    (run,) = read(PYLINT)
    assert [(f.names, f.level, f.uri, f.base, f.line) for f in run.results] == [
        (("too-many-branches", "R0912"), "warning", "src/train.py", "", 3),
        (("line-too-long", "C0301"), "note", "src/train.py", "", 0),
    ]


def test_semgrep_as_documented() -> None:
    (run,) = read(SEMGREP)
    assert (run.tool, run.version, run.left_out) == ("Semgrep OSS", "1.100.0", {"suppressed in the tool": 1})
    assert [(f.uri, f.base, f.line) for f in run.results] == [("src/load.py", "", 4)]


def test_ruff_by_running_it(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text("import os\n\n\ndef f(a, b, c, d, e, g):\n    return a == 4\n")
    command = [
        str(Path(sys.executable).parent / "ruff"),
        "check",
        "--isolated",
        "--no-cache",
        "--output-format",
        "sarif",
    ]
    done = subprocess.run(
        [*command, "--select", "F401,PLR0913", "train.py"], cwd=tmp_path, capture_output=True, check=False
    )
    (run,) = read_sarif(done.stdout)
    assert run.tool == "ruff"
    assert [(found.names[0], found.line, found.uri.endswith("/train.py")) for found in run.results] == [
        ("F401", 1, True),
        ("PLR0913", 4, True),
    ]


def test_byte_order_mark_is_passed_over() -> None:
    assert len(read_sarif(b"\xef\xbb\xbf" + json.dumps(log(result("a.py"))).encode())) == 1
