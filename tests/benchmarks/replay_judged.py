"""Replay the findings judged by hand against mirrors: python tests/benchmarks/replay_judged.py FOLDER

FOLDER holds one folder per repository, "owner+name" or "owner+name/repo", each a git directory or a work tree. What
is not there is skipped and said. Prints the agreement per signal; exits 1 when a finding judged false and mended is
found again, or one judged true is lost. Counted only: a false one that is known and not yet mended (status "open"), and
a true one that is made no more on purpose (status "withdrawn"; its reason says since when). Says which status is out
of date.
"""

import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

JUDGED = Path(__file__).parents[1] / "judged"
ROOT = Path(__file__).parents[2]
AGREED, AGAIN, LOST, OPEN, WITHDRAWN = "agreed", "found again", "lost", "open", "withdrawn"

COMPONENTS = {"malusamayo+leakage-analysis": "tests/inputs"}
"""List -> the folder that is scanned alone. Those cases lie among the tests, which are no product of the whole."""

Row = dict[str, str]
Found = dict[tuple[str, int, str], set[str]]


def key_of(finding: dict[str, object]) -> str:
    """What tells findings of one place apart: a notebook's cell, the part that a README lacks."""
    evidence = finding["evidence"]
    assert isinstance(evidence, dict)
    if "cell" in evidence:
        return f"cell {evidence['cell']}"
    return str(evidence.get("part", "")) if finding["signal"] == "doc.1" else ""


def outcome(row: Row, found: Found) -> str:
    """What became of one row. An empty key stands for any finding at the place."""
    keys = found.get((row["path"], int(row["line"]), row["signal"]), set())
    there = row["key"] in keys if row["key"] else bool(keys)
    if there == (row["verdict"] == "true"):
        return AGREED
    return row["status"] or (AGAIN if there else LOST)


def main(arguments: list[str]) -> int:
    """Replay every list. Returns the exit code."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("replay_judged: give one folder that holds the mirrors", file=sys.stderr)
        return 2
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    replayed = 0
    for path in sorted(JUDGED.glob("*.csv")):
        target = _mirror(Path(arguments[0]) / path.stem)
        if target is None:
            print(f"skipped: {path.stem} is not there")
            continue
        replayed += 1
        with path.open(newline="", encoding="utf-8") as handle:
            rows = list(csv.DictReader(handle))
        for commit in sorted({row["commit"] for row in rows}):
            found = _scan(target, commit, COMPONENTS.get(path.stem, ""))
            _count((row for row in rows if row["commit"] == commit), found, tally)
    return _report(tally, replayed)


def _mirror(folder: Path) -> Path | None:
    candidates = (folder / "repo", folder)
    marks = ("HEAD", ".git")
    return next((place for place in candidates if any((place / mark).exists() for mark in marks)), None)


def _scan(target: Path, commit: str, component: str) -> Found:
    with tempfile.TemporaryDirectory(prefix="replay-") as scratch:
        report = Path(scratch) / "report.json"
        command = [sys.executable, "-m", "scoring", str(target), "--rev", commit, "--format", "json", "--quiet"]
        alone = ["--component", component] if component else []
        subprocess.run([*command, *alone, "--output", str(report)], check=True, cwd=ROOT)
        findings = json.loads(report.read_bytes())["findings"]
    found: Found = defaultdict(set)
    for finding in findings:
        path = Path(component, finding["path"]).as_posix()
        found[path, finding["line"], finding["signal"]].add(key_of(finding))
    return found


def _count(rows: Iterable[Row], found: Found, tally: dict[str, Counter[str]]) -> None:
    for row in rows:
        result = outcome(row, found)
        tally[row["signal"]][result] += 1
        told = f"{row['repository']} {row['path']}:{row['line']} {row['signal']} ({row['reason']})"
        if result in (AGAIN, LOST):
            print(f"{result}: {told}")
        elif result == AGREED and row["status"]:
            print(f"{row['status']} no more: {told}")


def _report(tally: dict[str, Counter[str]], replayed: int) -> int:
    total: Counter[str] = Counter()
    print(f"{'signal':28} {'rows':>5} {AGREED:>7} {OPEN:>5} {WITHDRAWN:>10} {LOST:>5} {AGAIN:>12}")
    for signal, counts in [*sorted(tally.items()), ("all", total)]:
        if signal != "all":
            total.update(counts)
        columns = (sum(counts.values()), *(counts[kind] for kind in (AGREED, OPEN, WITHDRAWN, LOST, AGAIN)))
        print("{:28} {:>5} {:>7} {:>5} {:>10} {:>5} {:>12}".format(signal, *columns))
    print(f"{replayed} repositories replayed")
    if not replayed:
        return 2
    return 1 if total[AGAIN] or total[LOST] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
