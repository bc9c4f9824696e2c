"""V13 of the validation plan: does the score fall where people cleaned up?

    python -m tests.benchmarks.bench_cleanups MIRRORS

MIRRORS holds one folder `owner+name/repo` for each repository; those that are absent are skipped, with a sentence.
`cleanups.csv` beside this file lists past clean-ups and the debt that each should lower. Every row was written and
committed before its commits were scored: a first lot from subjects and lists of changed files, a second ("diff") from
the change itself, read beside what the catalogue says that the debt measures. A row that misses stays, unless the
change turns out not to lower what it was listed for: then `withdrawn` says why, it is not scored, and one chosen as
"replacement" stands for it. "fresh", "second fresh" and "third fresh" rows are of repositories whose findings nobody
had judged.
A debt falls where its `worst` falls or it has fewer findings; "index" is the share where its `worst` falls. "control"
is the share that fell in the commit just before the clean-up: what falls by chance.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.bench_niche import scanned

LIST = Path(__file__).with_name("cleanups.csv")
PASS = 0.8

Row = dict[str, str]
Report = dict[str, Any]


class Standing(NamedTuple):
    """A debt at one commit; `worst` is None where the debt does not apply."""

    worst: float | None
    findings: int


def rows() -> list[Row]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def standing_rows() -> list[Row]:
    """Those that were not withdrawn."""
    return [row for row in rows() if not row["withdrawn"]]


def standings(report: Report) -> dict[str, Standing]:
    """Every debt of a report."""
    return {one["slug"]: Standing(one["index"]["worst"], one["findings"]) for one in report["debts"]}


def index_falls(before: Standing, after: Standing) -> bool:
    """Whether the index is lower; a debt that stops applying has fallen too."""
    return before.worst is not None and (after.worst is None or after.worst < before.worst)


def falls(before: Standing, after: Standing) -> bool:
    """Whether the index or the number of findings is lower."""
    return index_falls(before, after) or after.findings < before.findings


def first_parents(target: Path, commit: str) -> tuple[str, str] | None:
    """The commit before, and the one before that; None where the history is not that long."""
    ran = subprocess.run(
        ["git", "-C", str(target), "rev-list", "--first-parent", "--max-count=3", commit],
        capture_output=True,
        text=True,
    )
    line = ran.stdout.split()
    return (line[1], line[2]) if len(line) == 3 else None


def measured(directory: Path, row: Row, scan: Callable[[Path, str], Report | None]) -> dict[str, Any] | None:
    """One clean-up as a line of output; None where it cannot be scored."""
    parents = first_parents(directory, row["commit"])
    if parents is None:
        return None
    reports = [scan(directory, commit) for commit in (parents[1], parents[0], row["commit"])]
    known = [standings(report) for report in reports if report is not None]
    if len(known) < len(reports):
        return None
    earlier, before, after = (one[row["debt"]] for one in known)
    others = sorted(slug for slug in known[1] if slug != row["debt"] and falls(known[1][slug], known[2][slug]))
    said = {"repository": row["repository"], "commit": row["commit"][:12], "debt": row["debt"]}
    said |= {"chosen": row["chosen"]}
    told: dict[str, Any] = {"worst": [before.worst, after.worst], "findings": [before.findings, after.findings]}
    told |= {"falls": falls(before, after), "index": index_falls(before, after), "control": falls(earlier, before)}
    return {**said, **told, "others": others}


def share(results: Sequence[dict[str, Any]], key: str) -> float:
    return sum(bool(one[key]) for one in results) / len(results)


def shares(results: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """How many clean-ups there are, and each share of them."""
    return {"clean-ups": len(results), **{key: round(share(results, key), 3) for key in ("falls", "index", "control")}}


def main(mirrors: str) -> int:
    """Print a line for each clean-up, then the share that falls. Returns 2 where there is nothing to score."""
    results = []
    for row in standing_rows():
        directory = Path(mirrors) / row["repository"].replace("/", "+") / "repo"
        result = measured(directory, row, scanned) if directory.is_dir() else None
        if result is None:
            print(
                f"skipped: {row['repository']} at {row['commit'][:12]} is not here or cannot be read", file=sys.stderr
            )
            continue
        results.append(result)
        print(json.dumps(result), flush=True)
    if not results:
        print("none of the listed repositories lies in the folder", file=sys.stderr)
        return 2
    for chosen in sorted({one["chosen"] for one in results}):
        print(json.dumps({"chosen": chosen, **shares([one for one in results if one["chosen"] == chosen])}))
    print(json.dumps({**shares(results), "pass": PASS}))
    return 0 if share(results, "falls") >= PASS else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
