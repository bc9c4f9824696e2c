"""Precision and recall of the leak patterns on labelled notebooks, read in place (catalogue 12.3, V4).

    python -m tests.benchmarks.bench_leakage GITDIR [--rev HEAD]

GITDIR is a copy of malusamayo/leakage-analysis, whose tests name the estimators that a leak reaches: a file with any
is leaking, one with none is clean. It states no licence: nothing of it is copied here. Prints one line of JSON, with
exit code 1 below the bar and 0 where the data is absent.
"""

import argparse
import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from scoring.readers.base import Unreadable
from scoring.readers.python import read

LABELS = {"tests/test_preprocessing.py": {"preparation", "test"}, "tests/test_overlap.py": {"overlap"}}
RECALL, PRECISION = 0.75, 0.9


def shown(gitdir: str, rev: str, path: str) -> bytes:
    """A file of the revision."""
    return subprocess.run(["git", "-C", gitdir, "show", f"{rev}:{path}"], capture_output=True, check=True).stdout


def labelled(source: bytes) -> Iterator[tuple[str, bool]]:
    """(file, leaking) of each case that the tests list."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "template":
            name, methods = node.args
            if isinstance(name, ast.Constant) and isinstance(methods, ast.List):
                yield str(name.value), bool(methods.elts)


def found(data: bytes, kinds: set[str]) -> bool:
    """Whether a leak of these kinds is found in the file."""
    try:
        return any(flow.kind in kinds for flow in read(data).flows)
    except Unreadable:
        return False


def counted(gitdir: str, rev: str, test: str, kinds: set[str]) -> dict[str, object]:
    """True and false positives and negatives over one list of cases, and the files that were missed or accused."""
    counts = {"hit": 0, "false": 0, "missed": 0, "clean": 0}
    wrong = []
    for name, leaking in labelled(shown(gitdir, rev, test)):
        told = found(shown(gitdir, rev, f"tests/inputs/{name}"), kinds)
        outcome = ("hit" if told else "missed") if leaking else ("false" if told else "clean")
        counts[outcome] += 1
        wrong += [f"{outcome} {name}"] if outcome in {"missed", "false"} else []
    return {**counts, "wrong": wrong}


def main() -> int:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gitdir")
    parser.add_argument("--rev", default="HEAD")
    asked = parser.parse_args()
    if not Path(asked.gitdir).is_dir():
        print(json.dumps({"skipped": "the labelled cases are not there"}))
        return 0
    results = {test: counted(asked.gitdir, asked.rev, test, kinds) for test, kinds in LABELS.items()}
    hit, false, missed = (sum(int(str(row[key])) for row in results.values()) for key in ("hit", "false", "missed"))
    recall, precision = hit / (hit + missed), hit / (hit + false)
    print(json.dumps({"recall": round(recall, 3), "precision": round(precision, 3), "cases": results}))
    return int(recall < RECALL or precision < PRECISION)


if __name__ == "__main__":
    sys.exit(main())
